#ifndef STORE_PARTICULARS_H
#define STORE_PARTICULARS_H

/*
 * particulars -- sealed texts, one a subject: what the reporter says for the
 * authority's sheets.  The store cannot read them.
 */

#include "store/store.h"

/* Insert, or replace. */
err particular_put(struct tx *tx, str subject, str sealed);

/* *found is false, *sealed untouched, when there is none. */
err particular_get(struct tx *tx, struct arena *a, str subject, str *sealed,
                   bool *found);

/* No more of it; nothing happens when there is none. */
err particular_drop(struct tx *tx, str subject);

#endif
