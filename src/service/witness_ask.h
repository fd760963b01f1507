#ifndef SERVICE_WITNESS_ASK_H
#define SERVICE_WITNESS_ASK_H

/*
 * witness_ask -- a witness is asked to cosign the newest checkpoint (C2SP
 * tlog-witness, add-checkpoint), and what comes of it.
 *
 *   [WA1] No transaction is open while the other side is waited for, and what
 *         it does never keeps the log from signing, but for [WA4] and
 *         witnesses.h [WS3].
 *   [WA2] A cosignature is kept when it is the witness's own over this very
 *         checkpoint, and only then.
 *   [WA3] Where the witness remembers another size than we thought, it is asked
 *         again from there, a few times at most.
 *   [WA4] Where it has seen more, or other entries, it is asked what it
 *         remembers.  A checkpoint that our own key signed and the store does
 *         not continue is proof: it is kept in DIR/log.shown, and nothing is
 *         signed any more until the store continues it (tlog/anchor.h).
 *   [WA5] What it answered is kept, whatever it was.
 */

#include "service/witnesses.h"

enum { WITNESS_MILLISECONDS = 5000 };

struct witness_answer {
    struct witness_state state;
    err why; /* unreached, unsound, differs: because of this; else OK */
};

/*
 * Ask one, for an app that was opened for writing; every call to it may last
 * this long.  Only what goes wrong here is an error: ERR_NOT_FOUND
 * "log.unsigned" when nothing was signed yet, of the store, and ERR_CORRUPT as
 * tlog_consistency().
 */
err witness_ask(struct app *app, struct arena *a, const struct witness_named *w,
                long milliseconds, struct witness_answer *out);

/* What it said last.  ERR_CORRUPT "witnesses.state" (name). */
err witness_last(struct app *app, struct arena *a,
                 const struct witness_named *w, struct witness_state *out);

/* Has it yet to cosign the newest checkpoint? */
err witness_is_owed(struct app *app, struct arena *a,
                    const struct witness_named *w, bool *out);

#endif
