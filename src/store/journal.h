#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

/*
 * journal -- streams of events, append-only.
 *
 *   [JN1] The versions of a stream's events are 1, 2, 3 .. without a gap, and
 *         stream.version is the last of them, stream.head its hash.
 *   [JN2] Events are appended only to the version they were decided on.
 *   [JN3] No statement changes or removes an event.
 *
 * What an event says, and its hash, are the caller's; the journal keeps the
 * bytes and their order.  Texts that are read live in the arena given.
 */

#include "store/rows.h"
#include "store/store.h"

struct stream_row {
    id id;
    str kind;   /* "case", "enterprise" .. */
    str number; /* its name for people, unique within its kind */
    int64_t version;
    struct hash head; /* of the last event; given by the caller at version 0 */
    int64_t opened;   /* microseconds UTC */
};

struct journal_row {
    int64_t version;
    str type;   /* "application.submitted" */
    int64_t at; /* recorded, microseconds UTC */
    day on;     /* takes effect */
    str body;   /* canonical JSON */
    struct hash hash;
};

/* A new stream at version 0, whatever s->version says.  ERR_CONFLICT
 * "journal.number" (kind, number) when its id or number is taken. */
err stream_open(struct tx *tx, const struct stream_row *s);

/* ERR_NOT_FOUND "journal.stream" (stream). */
err stream_get(struct tx *tx, struct arena *a, id stream,
               struct stream_row *out);

/* When its last event was recorded, microseconds UTC.  ERR_NOT_FOUND
 * "store.missing" where nothing happened yet. */
err stream_touched(struct tx *tx, id stream, int64_t *out);

/* ERR_NOT_FOUND "journal.stream" (stream: the number). */
err stream_by_number(struct tx *tx, struct arena *a, str kind, str number,
                     struct stream_row *out);

/* struct stream_row of one kind by number; the key is the number. */
err stream_list(struct tx *tx, struct arena *a, str kind, const struct page *p,
                struct list *out);

/* The same, of those in which something took effect between two days, or
 * one of whose sub-certificates ran out. */
struct days {
    day from; /* both inclusive */
    day to;
};
err stream_list_active(struct tx *tx, struct arena *a, str kind,
                       const struct days *between, const struct page *p,
                       struct list *out);

/*
 * Append `n` events, at least one, whose versions are expected + 1, + 2 ..
 * ERR_CONFLICT "journal.version" (expected, found) when the stream has moved
 * on, ERR_NOT_FOUND "journal.stream".
 */
err journal_append(struct tx *tx, id stream, int64_t expected,
                   const struct journal_row *events, size_t n);

/* Every event after version `after`, in order, as struct journal_row. */
err journal_read(struct tx *tx, struct arena *a, id stream, int64_t after,
                 struct list *out);

/* Of a case's events those that say which sites its certificate covers, in
 * order, as struct journal_row. */
err journal_sites(struct tx *tx, struct arena *a, id stream, struct list *out);

/* The days after `after` on which something happened that is reported to the
 * authority, or a sub-certificate ran out alone by `today`; rising, at most
 * `limit` of them, as day. */
err journal_report_days(struct tx *tx, struct arena *a, day after, day today,
                        int32_t limit, struct list *out);

/* How much of it took effect between two days and was recorded after instant
 * `at`. */
err journal_report_late(struct tx *tx, const struct days *between, int64_t at,
                        int64_t *out);

/*
 * The same one by one, for streams that are not kept in memory whole:
 *
 *     scoped(journal_end) struct journal_cursor c;
 *     journal_begin(&c, tx, stream, 0);
 *     for (;;) {
 *         TRY(journal_next(&c, a, &event, &found));
 *         ..
 */
struct journal_cursor {
    struct tx *tx;
    id stream;
    int64_t after;
    struct query *q; /* the page being read, or NULL */
    int32_t rows;    /* read of that page */
    bool ended;      /* no page is left */
};

void journal_begin(struct journal_cursor *c, struct tx *tx, id stream,
                   int64_t after);

/* ERR_CORRUPT "journal.gap" (stream, version) when a version is missing. */
err journal_next(struct journal_cursor *c, struct arena *a,
                 struct journal_row *out, bool *found);
void journal_end(struct journal_cursor *c);

#endif
