#ifndef CRYPTO_HMAC_H
#define CRYPTO_HMAC_H

/* hmac -- HMAC-SHA256 (RFC 2104, FIPS 198-1): that bytes come from somebody who
 * has the same secret. */

#include "crypto/hash.h"

/* One piece of what is authenticated, at p, which may be NULL when n is 0. */
struct hmac_piece {
    const void *p;
    size_t n;
};

/* Of all `count` pieces one after the other, under a key of any length; what is
 * left of the key in memory is wiped. */
void hmac_sha256(const void *key, size_t key_n, const struct hmac_piece *pieces,
                 size_t count, uint8_t out[static SHA256_BYTES]);

#endif
