#ifndef CRYPTO_SM2_H
#define CRYPTO_SM2_H

/*
 * sm2 -- SM2 signatures over SM3 (GB/T 32918.2, GB/T 32905), for bodies that
 * are asked for them.
 *
 *   [SC1] The signer's identity is always the 16 digits 1234567812345678, which
 *         the standard takes when nothing is agreed.  OpenSSL takes none at all
 *         unless it is told, and then nobody else's verifier agrees: so it is
 *         always told.
 *   [SC2] Randomness is an argument, and it is not taken as it comes: the
 *         secret number of a signature is made of the key, the message and it.
 *         Should one value ever be given twice, two messages still have two
 *         secret numbers, and the key is not given away.  So signing is a
 *         function of its arguments.
 *   [SC3] Points of the curve are multiplied by OpenSSL, in a time that does
 *         not depend on the secret.  Verifying is OpenSSL's own.
 *
 * OpenSSL takes the memory it works in itself, and gives it back before these
 * functions return; it reads its configuration when it is first used.
 */

#include "base/err.h"

#include <stdint.h>

enum {
    SM2_SECRET_BYTES = 32,
    SM2_PUBLIC_BYTES = 65,    /* 04 || x || y */
    SM2_SIGNATURE_BYTES = 64, /* r || s */
    SM2_RANDOM_BYTES = 32,
    SM3_BYTES = 32,
};

/* [SC1] */
extern const str sm2_identity;

/* A key pair; the owner ends it with sm2_key_end(). */
struct sm2_key {
    uint8_t secret[SM2_SECRET_BYTES];
    uint8_t public[SM2_PUBLIC_BYTES];
};

/* SM3 of n bytes at p, which may be NULL when n is 0.  ERR_MEMORY. */
err sm3(const void *p, size_t n, uint8_t out[static SM3_BYTES]);

/*
 * The key pair of 32 random bytes.  *valid is false, *out untouched, for the
 * few that are no secret key (0, and from the order of the curve less one on):
 * draw again.  ERR_MEMORY.
 */
err sm2_key_of_secret(const uint8_t secret[static SM2_SECRET_BYTES],
                      struct sm2_key *out, bool *valid);

/* Wipe.  A zeroed key may be ended; so may one twice. */
void sm2_key_end(struct sm2_key *k);

/* ERR_MEMORY. */
err sm2_sign(const struct sm2_key *k, str message,
             const uint8_t random[static SM2_RANDOM_BYTES],
             uint8_t out[static SM2_SIGNATURE_BYTES]);

/* *valid says whether the owner of `public` signed exactly this message.
 * ERR_MEMORY. */
err sm2_verify(const uint8_t public[static SM2_PUBLIC_BYTES], str message,
               const uint8_t signature[static SM2_SIGNATURE_BYTES],
               bool *valid);

#endif
