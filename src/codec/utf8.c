#include "codec/utf8.h"

/* How many bytes follow this lead byte, and the bits of the code point that it
 * carries; -1 for a byte that cannot lead. */
static int follow_count(unsigned char lead, uint32_t *bits)
{
    if (lead < 0x80) {
        *bits = lead;
        return 0;
    }
    if (lead >= 0xc2 && lead <= 0xdf) {
        *bits = lead & 0x1fU;
        return 1;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        *bits = lead & 0x0fU;
        return 2;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        *bits = lead & 0x07U;
        return 3;
    }
    return -1;
}

static bool is_code_point(uint32_t c)
{
    return c < 0xd800 || (c > 0xdfff && c <= 0x10ffff);
}

bool utf8_next(str s, size_t *at, uint32_t *out)
{
    /* By the number of bytes that follow: the first code point to need them. */
    static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
    uint32_t c;

    if (*at >= s.n)
        return false;

    const unsigned char *p = (const unsigned char *)s.p + *at;
    int n = follow_count(p[0], &c);
    if (n < 0 || s.n - *at <= (size_t)n)
        return false;
    for (int i = 1; i <= n; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return false;
        c = c << 6 | (p[i] & 0x3fU);
    }
    if (c < least[n] || !is_code_point(c))
        return false;
    *at += (size_t)n + 1;
    *out = c;
    return true;
}

/* How many bytes from `at` on are ASCII, by eights as far as it goes: most of
 * what is stored. */
static size_t plain_bytes(str s, size_t at)
{
    const uint64_t high = UINT64_C(0x8080808080808080);
    size_t n = 0;
    uint64_t eight;

    for (; s.n - at - n >= sizeof eight; n += sizeof eight) {
        memcpy(&eight, s.p + at + n, sizeof eight);
        if ((eight & high) != 0)
            break;
    }
    while (at + n < s.n && (unsigned char)s.p[at + n] < 0x80)
        n++;
    return n;
}

/* A character of three bytes, of those whose second byte may be any that
 * follows: nearly all of Chinese. */
static bool is_three(const unsigned char *p)
{
    return p[0] > 0xe0 && p[0] < 0xf0 && p[0] != 0xed &&
           (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80;
}

/* The bytes of such characters from `at` on. */
static size_t threes(str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.p + at;
    size_t n = 0;

    while (s.n - at - n >= 3 && is_three(p + n))
        n += 3;
    return n;
}

bool utf8_check(str s, size_t *count)
{
    size_t n = 0;
    uint32_t c;

    for (size_t at = 0; at < s.n;) {
        size_t plain = plain_bytes(s, at);

        at += plain;
        n += plain;
        size_t wide = threes(s, at);
        at += wide;
        n += wide / 3;
        if (plain + wide > 0)
            continue;
        if (!utf8_next(s, &at, &c))
            return false;
        n++;
    }
    if (count != NULL)
        *count = n;
    return true;
}

bool utf8_is_text(str s)
{
    return str_index(s, '\0') == s.n && utf8_check(s, NULL);
}

str utf8_first(str s, size_t n)
{
    size_t at = 0;
    uint32_t c;

    for (; n > 0 && at < s.n; n--) {
        if (!utf8_next(s, &at, &c))
            at++;
    }
    return str_first(s, at);
}

static char follow(uint32_t c, int shift)
{
    return (char)(0x80 | (c >> shift & 0x3f));
}

size_t utf8_write(uint32_t c, char *out)
{
    if (!is_code_point(c))
        return 0;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xc0 | c >> 6);
        out[1] = follow(c, 0);
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xe0 | c >> 12);
        out[1] = follow(c, 6);
        out[2] = follow(c, 0);
        return 3;
    }
    out[0] = (char)(0xf0 | c >> 18);
    out[1] = follow(c, 12);
    out[2] = follow(c, 6);
    out[3] = follow(c, 0);
    return 4;
}
