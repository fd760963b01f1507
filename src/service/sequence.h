#ifndef SERVICE_SEQUENCE_H
#define SERVICE_SEQUENCE_H

/*
 * sequence -- bring the log up to date: what waits gets its index, and the
 * tree a signed checkpoint.  The server does it by interval, a writing command
 * before it ends.
 *
 *   [SQ1] A leaf gets its index only after the journals it comes from were
 *         verified (service/logged.h), in the same transaction, or by the
 *         command that entered it with nobody else having written since
 *         (service/kept.h [KP5]); the index of a certificate's leaf goes to its
 *         row of the register.
 *   [SQ2] When one of them does not fit, or the log does not continue what was
 *         signed last, nothing gets an index and nothing is signed, until
 *         somebody has mended what is stored.
 *   [SQ3] Before it signs for the first time, a sequencer reads all that
 *         signatures rest on, once: check_records().
 *   [SQ4] What was given indices is on disk before it is signed, in a
 *         transaction of its own, and what was signed is in DIR/log.checkpoint
 *         before anybody can read it (tlog/anchor.h): a store that was restored
 *         from an old copy is found out, and one that broke off is not.
 *   [SQ5] What witnesses have seen counts as what was signed does [SQ2]:
 *         service/witnesses.h [WS3], service/witness_ask.h [WA4].
 */

#include "service/app.h"

/* One for as long as somebody signs: all zero but the app to begin with. */
struct sequencer {
    struct app *app;
    const _Atomic bool *stop; /* true: break off [SQ3]; NULL: nobody will */
    bool sound;               /* [SQ3] everything was read, and fits */
};

/*
 * Once.  *size is the number of entries that the newest checkpoint covers: all
 * of them, unless somebody else is at it.  ERR_CORRUPT as check_records() or
 * logged_check(), "check.certificate" (number) also when it is not on the
 * register, "tlog.damaged" (size),
 * as tlog_check_anchor() [SQ2] and witnesses_check() [SQ5]; ERR_BUSY
 * "store.stopped".
 */
err sequence_turn(struct sequencer *s, struct arena *a, int64_t *size);

/* The same, unless nothing waits and all is signed: then nothing is read. */
err sequence_rest(struct sequencer *s, struct arena *a, int64_t *size);

/* .. by a sequencer of its own. */
err sequence_log(struct app *app, struct arena *a, int64_t *size);

#endif
