#ifndef SERVICE_SEQUENCE_H
#define SERVICE_SEQUENCE_H

/*
 * sequence -- bring the log up to date: what waits gets its index, and the
 * tree a signed checkpoint.  The server does it by interval, a writing command
 * before it ends.
 */

#include "service/app.h"

/* *size is the number of entries that the newest checkpoint covers: all of
 * them, unless somebody else is at it.  ERR_CORRUPT "tlog.damaged". */
err sequence_log(struct app *app, struct arena *a, int64_t *size);

#endif
