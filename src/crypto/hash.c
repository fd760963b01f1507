/*
 * libcrypto's SHA-256 cannot fail: what it returns is always 1.  OpenSSL 3
 * would rather have us ask EVP, which looks the algorithm up and allocates for
 * each hash: then hashing could fail, and would take twice as long.
 */

#define OPENSSL_SUPPRESS_DEPRECATED
#include "crypto/hash.h"

#include "crypto/bytes.h"

void sha256_init(struct sha256 *h)
{
    (void)SHA256_Init(&h->state);
}

void sha256_add(struct sha256 *h, const void *p, size_t n)
{
    if (n > 0)
        (void)SHA256_Update(&h->state, p, n);
}

void sha256_end(struct sha256 *h, uint8_t out[static SHA256_BYTES])
{
    (void)SHA256_Final(out, &h->state);
    /* What was hashed may have been a secret. */
    bytes_wipe(h, sizeof *h);
}

void sha256(const void *p, size_t n, uint8_t out[static SHA256_BYTES])
{
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, p, n);
    sha256_end(&h, out);
}
