#ifndef CRYPTO_HASH_H
#define CRYPTO_HASH_H

/*
 * hash -- SHA-256 (FIPS 180-4), of bytes at once or piece by piece.
 *
 * libcrypto's, which uses the processor's instructions for it: libsodium's does
 * not, and takes four times as long.
 *
 * The room crypto as a whole: functions of bytes around libsodium.  Randomness
 * (seeds, salts, nonces) is always an argument.  libsodium works without
 * sodium_init(): that call only picks faster code for the processor and opens
 * the random source, which nothing here draws from.  main() has it done once
 * (crypto/library.h), before the threads start.
 */

#include <openssl/sha.h>
#include <stddef.h>
#include <stdint.h>

enum { SHA256_BYTES = 32 };

struct sha256 {
    SHA256_CTX state;
};

/*
 *     struct sha256 h;
 *     sha256_init(&h);
 *     sha256_add(&h, p, n);       -- as often as you like
 *     sha256_end(&h, out);        -- and wipes h
 */
void sha256_init(struct sha256 *h);

/* p may be NULL when n is 0. */
void sha256_add(struct sha256 *h, const void *p, size_t n);
void sha256_end(struct sha256 *h, uint8_t out[static SHA256_BYTES]);

/* The hash of n bytes at p, which may be NULL when n is 0. */
void sha256(const void *p, size_t n, uint8_t out[static SHA256_BYTES]);

#endif
