#ifndef STORE_HELD_H
#define STORE_HELD_H

/*
 * held -- files of service records that are held for a while: their rows.
 * Their bytes are service/records_held's.
 *
 *   [SH1] A row that goes takes the file's key with it: nobody opens its boxes
 *         any more, whatever lies on disk.
 *   [SH2] What was found in a round counts for that round only: whoever asked
 *         anew meanwhile has begun another.
 */

#include "store/rows.h"

enum held_row_state {
    HELD_ROW_ARRIVING,
    HELD_ROW_WAITING, /* to be counted */
    HELD_ROW_COUNTED,
    HELD_ROW_REFUSED,
    HELD_ROW_STATES,
};

struct held_row_of {
    id id;
    id of_case; /* its stream */
    id enterprise;
    id person;
    str name;
    int64_t size;    /* bytes, as was said beforehand */
    int64_t arrived; /* of them */
    int64_t at;      /* microseconds UTC, when it began */
    day until;       /* last day it is held */
    enum held_row_state state;
    bool hashed;        /* whether the next says anything */
    struct hash sha256; /* of all of it */
    str asked;          /* JSON; empty: nobody said */
    int64_t round;      /* how often that changed */
    str sealed;         /* its key, in a box */
};

/* Insert one that begins to arrive: of `row` what is up to `until`, but
 * `arrived`, and `sealed` count. */
err held_row_add(struct tx *tx, const struct held_row_of *row);

/* *found is false, *out untouched, when there is none. */
err held_row_get(struct tx *tx, struct arena *a, id file,
                 struct held_row_of *out, bool *found);

/* struct held_row_of of a case, newest first, at most `limit`,
 * 1..STORE_PAGE_MAX; and those that wait, oldest first. */
err held_row_list(struct tx *tx, struct arena *a, id of_case, int32_t limit,
                  struct list *out);
err held_row_waiting(struct tx *tx, struct arena *a, int32_t limit,
                     struct list *out);
err held_row_count(struct tx *tx, id of_case, int64_t *out);

/* Bytes of all files there are, of those that still come as was said. */
err held_row_taken(struct tx *tx, int64_t *out);

/* Bytes came behind `from`: there are `to` now.  *done is false when it was
 * otherwise, here and below. */
err held_row_arrive(struct tx *tx, id file, int64_t from, int64_t to,
                    bool *done);
err held_row_whole(struct tx *tx, id file, bool *done);

/* Count it otherwise, once it is whole: the next round. */
err held_row_ask(struct tx *tx, id file, str asked, bool *done);

/* It was counted, or refused [SH2]: row's id, round, state, sha256 where
 * `hashed`, and asked. */
err held_row_end(struct tx *tx, const struct held_row_of *row, bool *done);

/* Nothing happens when there is none. */
err held_row_drop(struct tx *tx, id file);

/* Those that are held until a day before `today`, and those that began before
 * `began`, in microseconds UTC, and did not come whole; at most `limit`. */
err held_row_over(struct tx *tx, struct arena *a, day today, int64_t began,
                  int32_t limit, struct list *out);

/* How the last file of an enterprise was counted. */
struct held_asked_row {
    id enterprise;
    str columns; /* names of its columns */
    str asked;
};
err held_asked_put(struct tx *tx, const struct held_asked_row *row);

/* Of row->enterprise; *found is false, *row untouched, when there is none. */
err held_asked_get(struct tx *tx, struct arena *a, struct held_asked_row *row,
                   bool *found);

#endif
