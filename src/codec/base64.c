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

/* -1 for what is no letter of the alphabet. */
static int letter_value(const char *letters, char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == letters[62])
        return 62;
    return c == letters[63] ? 63 : -1;
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

/* The bytes of `s`, which has no padding any more; false when it is none. */
static bool decode_letters(enum base64_kind kind, str s, char *out, size_t *n)
{
    uint32_t group = 0;
    size_t bits = 0; /* of `group` that no byte has taken yet */

    *n = 0;
    for (size_t i = 0; i < s.n; i++) {
        int value = letter_value(alphabets[kind], s.p[i]);

        if (value < 0)
            return false;
        group = group << 6 | (uint32_t)value;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[(*n)++] = (char)(group >> bits & 0xff);
        }
    }
    return (group & ((1U << bits) - 1)) == 0; /* no stray bits */
}

err base64_decode(struct arena *a, enum base64_kind kind, str s, str *out,
                  bool *valid)
{
    char *made = arena_zero(a, s.n / 4 * 3 + 3);
    size_t n;

    TRY_MEMORY(made);
    *valid = take_padding(kind, &s) && decode_letters(kind, s, made, &n);
    if (*valid)
        *out = (str){ made, n };
    return OK;
}
