#include "codec/base32.h"

#include "base/arena.h"
#include "base/buf.h"

#include <stdint.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void base32_encode(struct buf *b, const void *p, size_t n)
{
    const unsigned char *in = p;
    uint32_t group = 0;
    unsigned bits = 0; /* of `group` that no letter has taken yet */

    for (size_t i = 0; i < n; i++) {
        group = (group << 8 | in[i]) & 0xfff;
        for (bits += 8; bits >= 5; bits -= 5)
            buf_char(b, letters[group >> (bits - 5) & 31]);
    }
    if (bits > 0)
        buf_char(b, letters[group << (5 - bits) & 31]);
}

/* -1 for what is no letter of the alphabet. */
static int letter_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

/* Do `n` letters stand for whole bytes and less than one letter more? */
static bool is_length(size_t n)
{
    size_t rest = n % 8;

    return rest != 1 && rest != 3 && rest != 6;
}

static bool decode_letters(str s, char *out, size_t *n)
{
    uint32_t group = 0;
    unsigned bits = 0; /* of `group` that no byte has taken yet */

    *n = 0;
    for (size_t i = 0; i < s.n; i++) {
        int value = letter_value(s.p[i]);

        if (value < 0)
            return false;
        group = (group << 5 | (uint32_t)value) & 0xfff;
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            out[(*n)++] = (char)(group >> bits & 0xff);
        }
    }
    return (group & ((1U << bits) - 1)) == 0; /* no stray bits */
}

err base32_decode(struct arena *a, str s, str *out, bool *valid)
{
    char *made = arena_zero(a, s.n / 8 * 5 + 5);
    size_t n;

    TRY_MEMORY(made);
    *valid = is_length(s.n) && decode_letters(s, made, &n);
    if (*valid)
        *out = (str){ made, n };
    return OK;
}
