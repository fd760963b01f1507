#ifndef SERVICE_LOGGED_H
#define SERVICE_LOGGED_H

/*
 * logged -- is what goes into the log what the journals say?
 *
 *   [LO1] A leaf is one that an event makes, in the stream that its subject
 *         names, and that stream is unbroken.
 *   [LO2] A certificate's case is unbroken too and records the same.
 */

#include "base/err.h"

struct app;
struct log_pending_row;
struct tx;

/* Of a leaf that waits: ERR_CORRUPT "journal.tampered" (stream, event),
 * "check.pending" (subject) [LO1], "check.certificate" (number) [LO2]. */
err logged_check(struct app *app, struct tx *tx,
                 const struct log_pending_row *p);

#endif
