#ifndef SERVICE_PROJECTIONS_H
#define SERVICE_PROJECTIONS_H

/*
 * projections -- which program made the tables that look-ups read.
 *
 *   [PV1] A table that is new or comes to mean something else is empty or wrong
 *         for what was on record before.  So the store remembers by what
 * version its projections were made, and an installation opens with those of
 *         this program only; `tenstar rebuild` makes them. [AP5]
 */

#include "base/err.h"

struct tx;

/* One more whenever rebuild() makes of the same journals something else than
 * before: 1, up to former names; 2, since the version is remembered; 3, with
 * complaints, appeals, and what cases count for. */
enum { PROJECTED_BY = 3 };

/* Are they this program's?  And: they are now. */
err projections_made(struct tx *tx, bool *made);
err projections_set_made(struct tx *tx);

#endif
