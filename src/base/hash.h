#ifndef BASE_HASH_H
#define BASE_HASH_H

/* hash -- a SHA-256 value.  crypto/hash.h makes them. */

#include <stdint.h>

struct hash {
    uint8_t b[32];
};

#endif
