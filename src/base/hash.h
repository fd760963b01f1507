#ifndef BASE_HASH_H
#define BASE_HASH_H

/* hash -- a SHA-256 value.  crypto/hash.h makes them. */

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct hash {
    uint8_t b[32];
};

/* Public values only: the time it takes tells where they differ. */
static inline bool hash_eq(const struct hash *a, const struct hash *b)
{
    return memcmp(a->b, b->b, sizeof a->b) == 0;
}

static inline bool hash_is_zero(const struct hash *h)
{
    static const struct hash zero;

    return hash_eq(h, &zero);
}

#endif
