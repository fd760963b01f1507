#ifndef CRYPTO_SIGN_H
#define CRYPTO_SIGN_H

/*
 * sign -- Ed25519 signatures (RFC 8032, the pure variant).
 *
 *   [SG1] Signing is deterministic: the same key and message give the same
 *         signature, on every machine.
 *   [SG2] Verifying refuses what RFC 8032 refuses, and points of small order.
 */

#include "base/str.h"

#include <stdint.h>

enum {
    SIGN_SEED_BYTES = 32,
    SIGN_PUBLIC_BYTES = 32,
    SIGNATURE_BYTES = 64,
};

/* A key pair; the owner ends it with sign_key_end(). */
struct sign_key {
    uint8_t secret[SIGN_SEED_BYTES + SIGN_PUBLIC_BYTES]; /* as libsodium has
                                                            it: seed, public */
    uint8_t public[SIGN_PUBLIC_BYTES];
};

/* The key pair of a seed of 32 random bytes; the seed is all that has to be
 * kept.  The caller wipes it. */
void sign_key_of_seed(const uint8_t seed[static SIGN_SEED_BYTES],
                      struct sign_key *out);

/* The same where the public part is known: making it takes as long as a
 * signature.  It must be of that very seed, or what is signed gives the seed
 * away. */
void sign_key_of_pair(const uint8_t seed[static SIGN_SEED_BYTES],
                      const uint8_t public[static SIGN_PUBLIC_BYTES],
                      struct sign_key *out);

/* Wipe.  A zeroed key may be ended; so may one twice. */
void sign_key_end(struct sign_key *k);

void sign_bytes(const struct sign_key *k, str message,
                uint8_t out[static SIGNATURE_BYTES]);

/* Whether the owner of `public` signed exactly this message. */
bool sign_verify(const uint8_t public[static SIGN_PUBLIC_BYTES], str message,
                 const uint8_t signature[static SIGNATURE_BYTES]);

#endif
