#ifndef SERVICE_BATCH_NEAR_H
#define SERVICE_BATCH_NEAR_H

/*
 * batch_near -- inside the service room: numbers of the register that somebody
 * may have meant who wrote another.
 *
 *   [BN1] Near is one slip: a sign taken for one that looks like it or for
 *         another of its kind, one too many or too few, two side by side
 *         exchanged; or signs between that do not belong there.
 *   [BN2] Look-alikes and exchanges are tried first; at most BATCH_NEAR_MOST
 *         are found.
 *   [BN3] A batch seeks for BATCH_NEAR_SOUGHT numbers and no more, so that one
 *         of nonsense takes no longer than one of certificates.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct tx;

enum { BATCH_NEAR_SOUGHT = 200 };

/* Zeroed at the beginning of a batch. */
struct batch_nearby {
    int64_t sought;
    bool left_out; /* [BN3] some were not sought for */
};

/* The near ones of `number`, as it was typed, into found[0..BATCH_NEAR_MOST),
 * in `a`.  Errors of the store. */
err batch_near(struct batch_nearby *near, struct tx *tx, struct arena *a,
               str number, str *found, size_t *n);

#endif
