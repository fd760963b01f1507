#ifndef DOMAIN_SAMPLING_H
#define DOMAIN_SAMPLING_H

/*
 * sampling -- a sample of customers that neither side can rig. [M16]
 * (journey.md, "The sample of customers")
 *
 *   [SA1] The list is fixed by its hash before anything is drawn, together
 *         with the body's commitment SHA-256(nonce_b).
 *   [SA2] seed = SHA-256(list hash || nonce_b || nonce_e).
 *   [SA3] The draw is a Fisher-Yates shuffle of rows 1..size, driven by the
 *         numbers SHA-256(seed || u64be counter), counter = 0, 1, 2 ..: the
 *         first 8 bytes, big-endian, taken modulo the rows left, values that
 *         would favour low rows skipped.  Position p of the sample is the p-th
 *         row of the shuffle; whoever has list and seed can repeat it.
 *   [SA4] Who cannot be reached is replaced by the next of the same sequence,
 *         never by hand.
 *   [SA5] How many are to be reached is fixed with the list, before anything
 *         is drawn: nobody stops asking when the answers please them.
 */

#include "codec/record.h"
#include "domain/state.h"

#include <stdint.h>

struct hash sampling_commitment(const struct hash *nonce);
struct hash sampling_seed(const struct hash *list, const struct hash *body,
                          const struct hash *enterprise);

/* The row (1..size) at `position` (1..min(size, CUSTOMER_MAX)). */
int64_t sampling_row(const struct hash *seed, int64_t size, int64_t position);

/* How many customers are to be reached [SA5]: as drawn, else as committed,
 * else the package's most; never more than stand on the list. */
int64_t sampling_wanted(const struct state *s);

/* Were that many reached, or is the sequence exhausted? */
bool sampling_complete(const struct state *s);

/* A place in the sample, and the row of the list that stands there. */
struct customer {
    int64_t position;
    int64_t row;
};

/* Whom to ask next; false, *out untouched, while nobody is to be asked: before
 * the draw, and when the sample is complete. */
bool sampling_next(const struct state *s, struct customer *out);

/* What the sample says about the gate it can refute (scheme.sample.figure): the
 * one of the level applied for, else of the lowest level that has it. */
enum sample_verdict {
    SAMPLE_OPEN,       /* not complete, or no level has such a gate */
    SAMPLE_MET,        /* shown: the lower Wilson bound reaches it */
    SAMPLE_REFUTED,    /* one-sided at 5 % */
    SAMPLE_CANNOT_TELL /* too small for either */
};
enum sample_verdict sampling_verdict(const struct state *s);

#endif
