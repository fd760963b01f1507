#ifndef RECORDS_HASHING_H
#define RECORDS_HASHING_H

/*
 * hashing -- inside records: 64 bits of texts that nobody gains by choosing.
 *
 * 8 bytes at a time are multiplied in and folded; the length goes in at the
 * end, so that zeros behind a text are not the text, and "ab" and "c" are not
 * "a" and "bc".
 */

#include "base/str.h"

#include <stdint.h>

/* What a hash begins with. */
#define HASH_BEGIN UINT64_C(0xcbf29ce484222325)

static inline uint64_t hash_step(uint64_t hash, uint64_t part)
{
    hash = (hash ^ part) * UINT64_C(0xd6e8feb86659fd93);
    return hash ^ hash >> 32;
}

/* The hash of what `hash` is of, and then `s`. */
static inline uint64_t hash_text(uint64_t hash, str s)
{
    uint64_t part = 0;
    size_t i = 0;

    for (; s.n - i >= sizeof part; i += sizeof part) {
        memcpy(&part, s.p + i, sizeof part);
        hash = hash_step(hash, part);
    }
    part = 0;
    for (unsigned shift = 0; i < s.n; i++, shift += 8)
        part |= (uint64_t)(unsigned char)s.p[i] << shift;
    return hash_step(hash_step(hash, part), s.n);
}

#endif
