#ifndef RECORDS_HASHING_H
#define RECORDS_HASHING_H

/* hashing -- inside records: FNV-1a of 64 bits (G. Fowler, L. C. Noll, K.-P.
 * Vo): of texts that nobody gains by choosing. */

#include "base/str.h"

#include <stdint.h>

/* What a hash begins with. */
#define HASH_BEGIN UINT64_C(0xcbf29ce484222325)

/* The hash of what `hash` is of, and then `s`. */
static inline uint64_t hash_text(uint64_t hash, str s)
{
    for (size_t i = 0; i < s.n; i++)
        hash = (hash ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
    return hash;
}

#endif
