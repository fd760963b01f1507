#ifndef STORE_COUNTERS_H
#define STORE_COUNTERS_H

/*
 * counters -- numbers for people, given out one after the other.
 *
 * A counter's name holds its year: 'case/2026'.  A number given out in a tx
 * that does not commit is given out again, so there are no gaps.
 */

#include "store/store.h"

/* The next number of `name`; the first is 1. */
err counter_next(struct tx *tx, str name, int64_t *out);

/* The last number given out; 0 when none was. */
err counter_get(struct tx *tx, str name, int64_t *out);

#endif
