#ifndef SERVICE_CHECK_PARTS_H
#define SERVICE_CHECK_PARTS_H

/* check_parts -- inside check: what its files share. */

#include "domain/event.h"
#include "service/check.h"

struct stream_row;

struct checking {
    struct app *app;
    struct tx *tx;
    struct arena *kept; /* for what outlives a part */
    struct check_counts counts;
    int64_t booked;     /* rows of booking that the plans which stand ask for */
    int64_t complaints; /* rows of complaint that the cases tell of */
    int64_t credentials; /* that the certificates' streams tell of */
    int64_t imported;    /* rows that the chunks of files tell of */
    int64_t chunks;      /* and so many chunks */
    bool whole;          /* the rows of imports are read, too */
    uint8_t *said;       /* a bit an entry of the log: some event makes it */
    bool tasks;          /* they were made (case_tasks.h [CT3]) */
};

enum { CHECK_PAGE = 200 };

/* A part of the check, by tx_apart(). */
typedef err check_part(struct checking *c, struct arena *a, void *what);
err check_apart(struct checking *c, check_part *part, void *what);

/* [CK5] `stream`, which has these `events`, says `e`: where in the log its leaf
 * is, into *index: LOG_INDEX_NONE while it waits or when it has none. */
err check_entered(struct checking *c, struct arena *a, str stream,
                  const struct event_list *events, const struct event *e,
                  int64_t *index);

/* [CK5] the other way: what is in the log, some event says. */
err check_said_begin(struct checking *c);
err check_said(struct checking *c);

/* [CK2] the other way: what a projection holds, some stream says. */
err check_rows(struct checking *c);

/* [CK8] `what`, the stream of a file; and whether its chunks are all there
 * is. */
err check_import(struct checking *c, struct arena *a, void *what);
err check_imports(struct checking *c);

/* A stream on record: its events, at least one, and each of them in the log. */
err check_read_events(struct checking *c, struct arena *a,
                      const struct stream_row *stream, struct event_list *out);

/* [CK6] */
err check_files(struct checking *c);

#endif
