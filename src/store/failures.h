#ifndef STORE_FAILURES_H
#define STORE_FAILURES_H

/*
 * failures -- how often in a row somebody failed to prove who they are; of a
 * login, a network or a person, which the caller hashes under a key: what is
 * typed for a login may be a password.
 */

#include "base/hash.h"
#include "store/store.h"

struct failure_row {
    int64_t times; /* 0: none */
    int64_t last;  /* microseconds UTC */
};

/* A zeroed row when there was none. */
err failure_get(struct tx *tx, const struct hash *whose,
                struct failure_row *out);

/* Insert, or replace; no times: forget them. */
err failure_put(struct tx *tx, const struct hash *whose,
                const struct failure_row *row);

/* Everybody's whose last was at `last` or before. */
err failure_drop_before(struct tx *tx, int64_t last);

#endif
