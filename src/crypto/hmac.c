#include "crypto/hmac.h"

#include "crypto/bytes.h"

#include <string.h>

enum { BLOCK = 64 }; /* bytes that SHA-256 takes at once */

static void begin(struct sha256 *h, const uint8_t key[static BLOCK],
                  uint8_t pad)
{
    uint8_t padded[BLOCK];

    for (size_t i = 0; i < BLOCK; i++)
        padded[i] = key[i] ^ pad;
    sha256_init(h);
    sha256_add(h, padded, sizeof padded);
    bytes_wipe(padded, sizeof padded);
}

void hmac_sha256(const void *key, size_t key_n, const struct hmac_piece *pieces,
                 size_t count, uint8_t out[static SHA256_BYTES])
{
    uint8_t whole[BLOCK] = { 0 };
    uint8_t inner[SHA256_BYTES];
    struct sha256 h;

    if (key_n > BLOCK)
        sha256(key, key_n, whole);
    else if (key_n > 0)
        memcpy(whole, key, key_n);
    begin(&h, whole, 0x36);
    for (size_t i = 0; i < count; i++)
        sha256_add(&h, pieces[i].p, pieces[i].n);
    sha256_end(&h, inner);
    begin(&h, whole, 0x5c);
    sha256_add(&h, inner, sizeof inner);
    sha256_end(&h, out);
    bytes_wipe(whole, sizeof whole);
    bytes_wipe(inner, sizeof inner);
}
