#include "crypto/secret.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/size.h"

#include <sodium/crypto_aead_xchacha20poly1305.h>

#include <assert.h>

static_assert(SECRET_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(SECRET_NONCE_BYTES ==
              crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(SECRET_TAG_BYTES == crypto_aead_xchacha20poly1305_ietf_ABYTES);

static const unsigned char *bytes(str s)
{
    return (const unsigned char *)s.p;
}

static err check_length(struct arena *a, size_t n)
{
    if (n > SECRET_PLAIN_MAX)
        return err_new(a, ERR_LIMIT, "secret.long",
                       ARG_INT("limit", SECRET_PLAIN_MAX));
    return OK;
}

err secret_seal(struct arena *a, const uint8_t key[static SECRET_KEY_BYTES],
                const uint8_t nonce[static SECRET_NONCE_BYTES], str about,
                str plain, str *out)
{
    TRY(check_length(a, plain.n));

    unsigned char *box = arena_zero(a, plain.n + SECRET_EXTRA_BYTES);
    TRY_MEMORY(box);
    memcpy(box, nonce, SECRET_NONCE_BYTES);
    /* Always 0: there is nothing to fail below the greatest length. */
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(box + SECRET_NONCE_BYTES,
                                                     NULL, bytes(plain),
                                                     plain.n, bytes(about),
                                                     about.n, NULL, nonce, key);

    *out = (str){ (char *)box, plain.n + SECRET_EXTRA_BYTES };
    return OK;
}

err secret_open(struct arena *a, const uint8_t key[static SECRET_KEY_BYTES],
                str about, str sealed, str *out)
{
    if (sealed.n < SECRET_EXTRA_BYTES)
        return err_new(a, ERR_CORRUPT, "secret.altered");

    size_t n = sealed.n - SECRET_EXTRA_BYTES;
    TRY(check_length(a, n));

    unsigned char *plain = arena_zero(a, n + 1);
    TRY_MEMORY(plain);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            plain, NULL, NULL, bytes(sealed) + SECRET_NONCE_BYTES,
            n + SECRET_TAG_BYTES, bytes(about), about.n, bytes(sealed),
            key) != 0)
        return err_new(a, ERR_CORRUPT, "secret.altered");

    *out = (str){ (char *)plain, n };
    return OK;
}

void secret_seal_at(const uint8_t key[static SECRET_KEY_BYTES],
                    const uint8_t nonce[static SECRET_NONCE_BYTES], str about,
                    uint8_t *box, size_t n)
{
    uint8_t *plain = box + SECRET_NONCE_BYTES;

    check(n <= SECRET_PLAIN_MAX);
    memcpy(box, nonce, SECRET_NONCE_BYTES);
    (void)crypto_aead_xchacha20poly1305_ietf_encrypt(plain, NULL, plain, n,
                                                     bytes(about), about.n,
                                                     NULL, nonce, key);
}

err secret_open_at(struct arena *a, const uint8_t key[static SECRET_KEY_BYTES],
                   str about, uint8_t *box, size_t n, str *out)
{
    uint8_t *plain = box + SECRET_NONCE_BYTES;

    check(n <= SECRET_PLAIN_MAX + SECRET_EXTRA_BYTES);
    if (n < SECRET_EXTRA_BYTES ||
        crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, plain,
                                                   n - SECRET_NONCE_BYTES,
                                                   bytes(about), about.n, box,
                                                   key) != 0)
        return err_new(a, ERR_CORRUPT, "secret.altered");
    *out = (str){ (char *)plain, n - SECRET_EXTRA_BYTES };
    return OK;
}
