#ifndef CRYPTO_SECRET_H
#define CRYPTO_SECRET_H

/*
 * secret -- boxes that only the holder of a key can open or make:
 * XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha).
 *
 *   sealed = nonce (24 bytes) || cipher text (as long as the plain one) ||
 *            tag (16 bytes)
 *
 *   [SB1] A box that was altered in any bit does not open.
 *   [SB2] Nor does one that was put in another's place: `about` says what it
 *         is for (the row it belongs to, say), is not stored in the box, and
 *         must be the same when it is opened.
 *   [SB3] A nonce must never be used twice with one key.  24 random bytes are
 *         long enough not to repeat.
 */

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
    SECRET_KEY_BYTES = 32,
    SECRET_NONCE_BYTES = 24,
    SECRET_TAG_BYTES = 16,
    SECRET_EXTRA_BYTES = SECRET_NONCE_BYTES + SECRET_TAG_BYTES,
};

/* Far beyond any file we take, far below where the cipher ends. */
#define SECRET_PLAIN_MAX INT64_C(0x40000000)

/* `plain` in a box.  ERR_LIMIT "secret.long" (limit), ERR_MEMORY. */
err secret_seal(struct arena *a, const uint8_t key[static SECRET_KEY_BYTES],
                const uint8_t nonce[static SECRET_NONCE_BYTES], str about,
                str plain, str *out);

/* What is in the box, followed by a NUL that is not counted.  The caller wipes
 * it when it should not outlive its use: arenas do not.  ERR_CORRUPT
 * "secret.altered" when key, `about` or box are not the ones of secret_seal();
 * which of them cannot be told.  ERR_LIMIT "secret.long", ERR_MEMORY. */
err secret_open(struct arena *a, const uint8_t key[static SECRET_KEY_BYTES],
                str about, str sealed, str *out);

/* The same in place, for large boxes.  `box` has SECRET_NONCE_BYTES of room, n
 * bytes of plain text, at most SECRET_PLAIN_MAX, and SECRET_TAG_BYTES of room:
 * it becomes their box of n + SECRET_EXTRA_BYTES. */
void secret_seal_at(const uint8_t key[static SECRET_KEY_BYTES],
                    const uint8_t nonce[static SECRET_NONCE_BYTES], str about,
                    uint8_t *box, size_t n);

/* The box of `n` bytes, at most as many as above makes, becomes what is in it:
 * *out lies there, and is for the caller to wipe.  ERR_CORRUPT "secret.altered"
 * as secret_open(); then `box` is nothing any more. */
err secret_open_at(struct arena *a, const uint8_t key[static SECRET_KEY_BYTES],
                   str about, uint8_t *box, size_t n, str *out);

#endif
