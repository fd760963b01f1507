#ifndef STORE_FACTORS_H
#define STORE_FACTORS_H

/*
 * factors -- what people prove themselves with beside a password: the secret
 * of a second factor, and recovery codes.
 *
 *   [SF1] A secret is in a box that the store cannot open.
 *   [SF2] Somebody has one factor that counts and one that waits for its first
 *         code, at most.
 *   [SF3] A step is used up once, and with it all before it.
 *   [SF4] Recovery codes are kept as hashes, and are gone once used.
 */

#include "base/hash.h"
#include "store/store.h"

struct arena;

struct factor_row {
    id person;
    bool proved; /* it counts */
    str sealed;  /* [SF1] */
    int64_t step;
    int64_t made; /* microseconds UTC */
};

/* Insert, or put in place of the one that is as much proved. */
err factor_put(struct tx *tx, const struct factor_row *row);

/* *found is false, *out untouched, when there is none. */
err factor_get(struct tx *tx, struct arena *a, id person, bool proved,
               struct factor_row *out, bool *found);

/* [SF3] *used is false when the one that counts is beyond this step already,
 * or there is none. */
err factor_use(struct tx *tx, id person, int64_t step, bool *used);

/* Nothing happens when there is none. */
err factor_drop(struct tx *tx, id person, bool proved);

/* ERR_CONFLICT "store.constraint" when they have it already. */
err recovery_code_add(struct tx *tx, id person, const struct hash *code);

/* [SF4] *used is false when the person has no such code. */
err recovery_code_use(struct tx *tx, id person, const struct hash *code,
                      bool *used);
err recovery_code_count(struct tx *tx, id person, int64_t *out);
err recovery_code_drop_all(struct tx *tx, id person);

#endif
