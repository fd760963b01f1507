#include "codec/base64.h"

#include "base/arena.h"
#include "base/buf.h"

static const char alphabets[2][65] = {
    [BASE64_PADDED] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                      "abcdefghijklmnopqrstuvwxyz0123456789+/",
    [BASE64_URL] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                   "abcdefghijklmnopqrstuvwxyz0123456789-_",
};

void base64_encode(struct buf *b, enum base64_kind kind, const void *p,
                   size_t n)
{
    const unsigned char *in = p;
    const char *letters = alphabets[kind];

    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i < 3 ? n - i : 3;
        uint32_t group = 0;

        for (size_t k = 0; k < 3; k++)
            group = group << 8 | (k < left ? in[i + k] : 0U);
        for (size_t k = 0; k <= left; k++)
            buf_char(b, letters[group >> (18 - 6 * k) & 63]);
        for (size_t k = left; kind == BASE64_PADDED && k < 3; k++)
            buf_char(b, '=');
    }
}

static int letter_value(const char *letters, char c)
{
    for (int i = 0; i < 64; i++) {
        if (letters[i] == c)
            return i;
    }
    return -1;
}

/* Without its padding; false when that is not what belongs there. */
static bool take_padding(enum base64_kind kind, str *s)
{
    size_t n = s->n;

    if (kind == BASE64_URL)
        return s->n % 4 != 1;
    if (s->n % 4 != 0)
        return false;
    while (s->n > 0 && n - s->n < 2 && s->p[s->n - 1] == '=')
        s->n--;
    return true;
}

err base64_decode(struct arena *a, enum base64_kind kind, str s, str *out,
                  bool *valid)
{
    char *made = arena_zero(a, s.n / 4 * 3 + 4);
    uint32_t group = 0;
    size_t bits = 0;
    size_t n = 0;

    TRY_MEMORY(made);
    *valid = false;
    if (!take_padding(kind, &s))
        return OK;
    for (size_t i = 0; i < s.n; i++) {
        int value = letter_value(alphabets[kind], s.p[i]);

        if (value < 0)
            return OK;
        group = group << 6 | (uint32_t)value;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            made[n++] = (char)(group >> bits & 0xff);
        }
    }
    if ((group & ((1U << bits) - 1)) != 0)
        return OK;
    *out = (str){ made, n };
    *valid = true;
    return OK;
}
