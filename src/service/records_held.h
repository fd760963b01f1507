#ifndef SERVICE_RECORDS_HELD_H
#define SERVICE_RECORDS_HELD_H

/*
 * records_held -- files of service records that were handed in with a case, for
 * as long as somebody works with them. [M3] [M14] [M26] [M27]
 *
 *   [RH1] A file lies on disk in boxes (crypto/secret.h) under a key of its
 *         own, which lies in a box under the installation's: names and
 *         telephone numbers of customers are nowhere in clear.
 *   [RH2] It goes HELD_DAYS after it came, or when whoever may hand in says so:
 *         its key first, then its bytes.  What stays is a signed sheet, where
 *         one was made of it (records_sheet.h).
 *   [RH3] It comes in pieces, in order, so that a line that breaks goes on
 *         where it was; what is not whole after HELD_ARRIVES hours goes.
 *   [RH4] Counting is a worker's: whoever looks is told how far it is and never
 *         waits for it.  What was counted is kept in memory, within bounds, and
 *         counted again when it is not there.
 *   [RH5] The enterprise sees figures and rows of its own files; what made-up
 *         records look like (records/screens.h) is for those who may read the
 *         working papers of an audit, and for nobody else.
 *   [RH6] The mapping and terms last used for an enterprise's file are where
 *         its next file begins.
 *
 * Threads: any.
 */

#include "service/cases.h"
#include "service/records.h"
#include "service/records_sheet.h"

#include "base/hash.h"
#include "base/id.h"

enum {
    HELD_DAYS = 90,
    HELD_ARRIVES = 24,        /* hours */
    HELD_PIECE_MAX = 8 << 20, /* bytes of a piece by the API */
    HELD_OF_CASE = 20,        /* files of a case at once */
    HELD_ROWS_MAX = 100,      /* of a look into the rows */
};

/* Most bytes of a file: a hundred million rows of 160. */
#define HELD_BYTES_MAX (INT64_C(16) << 30)

/* Whose case, and who asks. */
struct held_of {
    const struct session *who;
    const struct case_file *file; /* as `who` loaded it */
    day today;                    /* DAY_NEVER: the clock's */
};

enum held_state {
    HELD_ARRIVING, /* not whole yet */
    HELD_COUNTING, /* a worker is at it, or will be */
    HELD_COUNTED,
    HELD_REFUSED, /* it is nothing that can be counted, and `why` says why */
};

struct held_file {
    id id;
    str name;
    int64_t size;       /* bytes, as was said beforehand */
    int64_t arrived;    /* of them */
    struct hash sha256; /* of all of it; zero while it arrives */
    int64_t at;         /* microseconds UTC, when it began */
    id by;
    day until; /* [RH2] */
    struct sheet_asked asked;
    enum held_state state;
    struct records_progress progress; /* HELD_COUNTING */
    int64_t left;                     /* ms until it is counted; -1: unknown */
    err why;                          /* HELD_REFUSED */
};

/* What was counted.  It stays while it is held; give it back soon. */
struct held_counted {
    struct records_file file;
    struct records_period period;
    struct records_figures *figures;
    str name;
    struct hash sha256;
};

/* May whoever asks hand files in, and may they see what screens say? [RH5] */
bool held_may_hand_in(const struct held_of *of);
bool held_may_screen(const struct held_of *of);

/* Begin a file of `size` bytes.  ERR_DENIED "records.not_yours"; ERR_LIMIT
 * "records.held_size" (size, most), "records.held_many" (most); ERR_INVALID
 * "records.empty". */
err held_begin(struct app *app, struct arena *a, const struct held_of *of,
               str name, int64_t size, id *out);

/* The bytes from `at` on.  Sending some again that came changes nothing.
 * ERR_NOT_FOUND "records.held_missing"; ERR_CONFLICT "records.held_at"
 * (expected, found); ERR_LIMIT "records.held_piece" (most). */
err held_piece(struct app *app, struct arena *a, const struct held_of *of,
               id file, int64_t at, str bytes);

/* All bytes came: what it is is found, and counting begins.  ERR_CONFLICT
 * "records.held_at" when some are missing. */
err held_finish(struct app *app, struct arena *a, const struct held_of *of,
                id file);

/* All at once, as a form sends it. */
err held_take(struct app *app, struct arena *a, const struct held_of *of,
              str name, str bytes, id *out);

/* struct held_file of the case, newest first. */
err held_list(struct app *app, struct arena *a, const struct held_of *of,
              struct list *out);
err held_look(struct app *app, struct arena *a, const struct held_of *of,
              id file, struct held_file *out);

/* Count with another mapping or other terms.  Errors of columns_map_read() and
 * week_parse(), before anything changes. */
err held_ask(struct app *app, struct arena *a, const struct held_of *of,
             id file, const struct sheet_asked *asked);

/* What was counted; ERR_BUSY "records.counting" while it is not, and then it is
 * begun.  Give it back with held_give(), also to another thread's profit. */
err held_counted(struct app *app, struct arena *a, const struct held_of *of,
                 id file, const struct held_counted **out);
void held_give(struct app *app, const struct held_counted **c);

/* Rows of the file, for whoever drills down: those of one outlet, month ..  of
 * `kind` called `group` (as records_group_name() has it), after line `after`,
 * or the rows at the given lines. */
struct held_asked_rows {
    enum figure_group kind;
    str group;
    uint64_t after;        /* line; 0: from the first */
    const uint64_t *lines; /* NULL: by group */
    size_t lines_n;        /* at most HELD_ROWS_MAX */
};
/* A row: its cells in the file's order.  Cells of columns that name customers
 * or telephones are masked: "张*", "138****0001". */
struct held_row {
    uint64_t line;
    const str *cells;
    size_t n;
};
struct held_rows {
    const str *names; /* of the columns */
    size_t names_n;
    struct list rows; /* of struct held_row */
    uint64_t next;    /* line to go on after; 0: that was the last */
};
err held_rows(struct app *app, struct arena *a, const struct held_of *of,
              id file, const struct held_asked_rows *asked,
              struct held_rows *out);

/* The signed sheet of what was counted, as a document of the case
 * (service/evidence.h).  Errors of held_counted() and evidence_add(). */
err held_submit(struct app *app, struct arena *a, const struct held_of *of,
                id file, str requirement, struct case_answer *out);

err held_drop(struct app *app, struct arena *a, const struct held_of *of,
              id file);

/* The daily round: what is over its time goes. [RH2] [RH3]  *gone gets how many
 * went. */
err held_tick(struct app *app, struct arena *a, day today, int64_t *gone);

#endif
