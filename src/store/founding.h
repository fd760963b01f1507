#ifndef STORE_FOUNDING_H
#define STORE_FOUNDING_H

/*
 * founding -- a store in which a body is founded: it is empty before, and again
 * when that came to nothing.
 *
 *   [FG1] What is taken away was put there since store_migrate(): only a store
 *         that founding_begun() found empty is to be emptied again.
 */

#include "store/store.h"

/* Does anything stand on record here? */
err founding_begun(struct tx *tx, bool *out);

/* Take away all that founding a body puts into a store. [FG1] */
err founding_undo(struct tx *tx);

#endif
