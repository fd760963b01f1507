#ifndef CRYPTO_HASH_H
#define CRYPTO_HASH_H

/* hash -- SHA-256 (FIPS 180-4), of bytes at once or piece by piece. */

#include <sodium/crypto_hash_sha256.h>
#include <stddef.h>
#include <stdint.h>

enum { SHA256_BYTES = 32 };

struct sha256 {
    crypto_hash_sha256_state state;
};

void sha256_init(struct sha256 *h);
void sha256_add(struct sha256 *h, const void *p, size_t n); /* p may be NULL
                                                               when n is 0 */
void sha256_end(struct sha256 *h, uint8_t out[static SHA256_BYTES]);

void sha256(const void *p, size_t n, uint8_t out[static SHA256_BYTES]);

#endif
