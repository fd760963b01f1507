#include "auth/recovery.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/base32.h"
#include "crypto/hash.h"

enum { LETTERS = RECOVERY_BYTES * 8 / 5, GROUP = 4, TEXT_MAX = 40 };

err recovery_text(struct arena *a, const uint8_t random[static RECOVERY_BYTES],
                  str *text, struct hash *kept)
{
    struct buf letters;
    struct buf b;
    str plain;

    buf_init(&letters, a, LETTERS);
    base32_encode(&letters, random, RECOVERY_BYTES);
    TRY(buf_done(&letters, &plain));
    buf_init(&b, a, TEXT_MAX);
    for (size_t i = 0; i < plain.n; i++) {
        if (i > 0 && i % GROUP == 0)
            buf_char(&b, '-');
        buf_char(&b, plain.p[i]);
    }
    TRY(buf_done(&b, text));
    sha256(random, RECOVERY_BYTES, kept->b);
    return OK;
}

/* Its letters as capitals; false when there are more or fewer. */
static bool read_letters(str typed, char out[static LETTERS])
{
    size_t n = 0;

    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];

        if (c == '-' || c == ' ')
            continue;
        if (n == LETTERS)
            return false;
        out[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return n == LETTERS;
}

err recovery_kept(struct arena *a, str typed, struct hash *kept, bool *valid)
{
    char letters[LETTERS];
    bool right = false;
    str bytes = S("");

    if (read_letters(typed, letters))
        TRY(base32_decode(a, (str){ letters, LETTERS }, &bytes, &right));
    *valid = right;
    if (right)
        sha256(bytes.p, bytes.n, kept->b);
    return OK;
}
