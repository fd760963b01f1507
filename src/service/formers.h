#ifndef SERVICE_FORMERS_H
#define SERVICE_FORMERS_H

/*
 * formers -- inside the service room: the names that once stood on a
 * certificate, from the fold of its stream to their rows in the store.
 */

#include "codec/record.h"
#include "domain/standing.h"
#include "store/store.h"

/* Write them all. */
err formers_project(struct tx *tx, const struct standing *s);

/* Has the store these and no others of this certificate? */
err formers_agree(struct tx *tx, struct arena *a, const struct standing *s,
                  bool *agree);

#endif
