#ifndef WEB_BATCH_ASK_H
#define WEB_BATCH_ASK_H

/*
 * batch_ask -- inside the faces: a list of certificates that is sent to be
 * checked, and what goes back. [M24]
 *
 *   [BK1] The public has BATCH_PUBLIC_ROWS rows at once, and proofs of
 *         BATCH_PUBLIC_PROOFS certificates.
 *   [BK2] One list is checked at a time (limiter.h [LI4]), in memory of its own
 *         (http/request.h [RQ3]), of which nothing stays.
 */

#include "service/batch_proofs.h"
#include "web/web.h"

enum { BATCH_PUBLIC_ROWS = 10000, BATCH_PUBLIC_PROOFS = 1000 };

/* What comes back. */
enum batch_as {
    BATCH_AS_XLSX, /* by enum batch_form */
    BATCH_AS_CSV,
    BATCH_AS_JSON,
    BATCH_AS_ZIP, /* batch_proofs.h */
    BATCH_AS_PAGE,
};

/* By its name; false, *out untouched, for any other. */
bool batch_as_of(str name, enum batch_as *out);

/* A list on its way: `scoped(batch_done_end)`, zeroed at first. */
struct batch_done {
    struct arena *arena; /* in which answers have room; NULL: not begun */
    struct limiter *alone;
    bool begun;
    struct batch_table table;
    struct batch batch;
};
void batch_done_end(struct batch_done *d);

/* What was asked of which day; `on` empty: today.  ERR_INVALID "batch.day"
 * (given), ERR_REFUSED "lookup.not_yet". */
err batch_ask_day(struct request *rq, str on, bool known, struct as_of *out);

/* [BK2] Room for all of it; once a request.  ERR_BUSY "http.uploads", and as
 * limiter_alone(). */
err batch_ask_begin(struct request *rq, struct batch_done *out);

/* Read the table, or take the one that is there, and check it.  Errors of
 * batch_table_read() and batch_check(). */
err batch_ask_read(str file, struct batch_done *d);
err batch_ask_check(struct request *rq, const struct as_of *when,
                    struct batch_done *d);

/* Answer with a file.  Errors of batch_write() and batch_proofs(). */
err batch_ask_send(struct request *rq, struct response *rs,
                   const struct batch_done *d, enum batch_as as);

#endif
