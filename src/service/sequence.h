#ifndef SERVICE_SEQUENCE_H
#define SERVICE_SEQUENCE_H

/*
 * sequence -- bring the log up to date: what waits gets its index, and the
 * tree a signed checkpoint.  The server does it by interval, a writing command
 * before it ends.
 *
 *   [SQ1] Before a leaf gets its index, the journals it comes from are
 *         verified (service/logged.h), in the same transaction.
 *   [SQ2] When one of them does not fit, or the log does not continue what was
 *         signed last, nothing gets an index and nothing is signed, until
 *         somebody has mended what is stored.
 *
 * What lies deeper is not read each time: check_records() does that.
 */

#include "service/app.h"

/* *size is the number of entries that the newest checkpoint covers: all of
 * them, unless somebody else is at it.  ERR_CORRUPT as logged_check(), and
 * "tlog.damaged" (size) [SQ2]. */
err sequence_log(struct app *app, struct arena *a, int64_t *size);

#endif
