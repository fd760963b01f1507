#include "codec/base64.h"

#include "base/arena.h"
#include "base/buf.h"

#include <endian.h>

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

/* What each letter stands for, and KNOWN, which other bytes lack. */
enum { KNOWN = 64 };

/* clang-format off */
#define SIX_BITS(last_but_one, last)                                           \
    {                                                                          \
        ['A'] = 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76,            \
                77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89,            \
        ['a'] = 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102,         \
                103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114,    \
                115,                                                           \
        ['0'] = 116, 117, 118, 119, 120, 121, 122, 123, 124, 125,              \
        [last_but_one] = 126, [last] = 127                                     \
    }
/* clang-format on */
static const uint8_t values[2][256] = {
    [BASE64_PADDED] = SIX_BITS('+', '/'),
    [BASE64_URL] = SIX_BITS('-', '_'),
};

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

/* Four letters as one number of 24 bits.  *known keeps KNOWN as long as each is
 * a letter. */
static inline uint32_t four_letters(const uint8_t *values_of,
                                    const unsigned char *in, uint32_t *known)
{
    uint32_t a = values_of[in[0]];
    uint32_t b = values_of[in[1]];
    uint32_t c = values_of[in[2]];
    uint32_t d = values_of[in[3]];

    *known &= a & b & c & d;
    return (a & 63) << 18 | (b & 63) << 12 | (c & 63) << 6 | (d & 63);
}

/* The bytes of `s`, which has no padding any more; false when it is none.
 * `out` has room for whole groups and a byte more: each is written as four
 * bytes, of which the next overwrites the last. */
static bool decode_letters(enum base64_kind kind, str s, char *out, size_t *n)
{
    const unsigned char *in = (const unsigned char *)s.p;
    unsigned char last[4] = { 'A', 'A', 'A', 'A' };
    size_t whole = s.n / 4;
    size_t left = s.n % 4;
    uint32_t known = KNOWN;

    for (size_t i = 0; i < whole; i++) {
        uint32_t group =
            htobe32(four_letters(values[kind], in + 4 * i, &known) << 8);

        memcpy(out + 3 * i, &group, sizeof group);
    }
    *n = whole * 3;
    if (left > 0) {
        memcpy(last, in + 4 * whole, left);
        uint32_t group = htobe32(four_letters(values[kind], last, &known) << 8);

        memcpy(out + *n, &group, sizeof group);
        *n += left - 1;
    }
    return known != 0 && out[*n] == 0; /* no stray bits */
}

err base64_decode(struct arena *a, enum base64_kind kind, str s, str *out,
                  bool *valid)
{
    char *made = arena_zero(a, s.n / 4 * 3 + 4);
    size_t n;

    TRY_MEMORY(made);
    *valid = take_padding(kind, &s) && decode_letters(kind, s, made, &n);
    if (*valid)
        *out = (str){ made, n };
    return OK;
}
