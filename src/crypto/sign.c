/*
 * What libsodium's signing returns is left alone where it is always 0: with a
 * buffer for the signature and any message there is nothing to fail.
 */

#include "crypto/sign.h"

#include "crypto/bytes.h"

#include <sodium/crypto_sign_ed25519.h>

#include <assert.h>

static_assert(SIGN_SEED_BYTES == crypto_sign_ed25519_SEEDBYTES);
static_assert(SIGN_PUBLIC_BYTES == crypto_sign_ed25519_PUBLICKEYBYTES);
static_assert(SIGNATURE_BYTES == crypto_sign_ed25519_BYTES);
static_assert(sizeof((struct sign_key *)NULL)->secret ==
              crypto_sign_ed25519_SECRETKEYBYTES);

void sign_key_of_seed(const uint8_t seed[static SIGN_SEED_BYTES],
                      struct sign_key *out)
{
    (void)crypto_sign_ed25519_seed_keypair(out->public, out->secret, seed);
}

void sign_key_of_pair(const uint8_t seed[static SIGN_SEED_BYTES],
                      const uint8_t public[static SIGN_PUBLIC_BYTES],
                      struct sign_key *out)
{
    memcpy(out->secret, seed, SIGN_SEED_BYTES);
    memcpy(out->secret + SIGN_SEED_BYTES, public, SIGN_PUBLIC_BYTES);
    memcpy(out->public, public, SIGN_PUBLIC_BYTES);
}

void sign_key_end(struct sign_key *k)
{
    bytes_wipe(k, sizeof *k);
}

void sign_bytes(const struct sign_key *k, str message,
                uint8_t out[static SIGNATURE_BYTES])
{
    (void)crypto_sign_ed25519_detached(out, NULL,
                                       (const unsigned char *)message.p,
                                       message.n, k->secret);
}

bool sign_verify(const uint8_t public[static SIGN_PUBLIC_BYTES], str message,
                 const uint8_t signature[static SIGNATURE_BYTES])
{
    return crypto_sign_ed25519_verify_detached(signature,
                                               (const unsigned char *)message.p,
                                               message.n, public) == 0;
}
