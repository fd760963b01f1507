#include "codec/utf8.h"

/* What a lead byte says: how many bytes follow, and the first code point that
 * needs that many; 0 for a byte that cannot lead. */
static int follow_count(unsigned char lead, uint32_t *least, uint32_t *bits)
{
    if (lead >= 0xc2 && lead <= 0xdf) {
        *least = 0x80;
        *bits = lead & 0x1fU;
        return 1;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        *least = 0x800;
        *bits = lead & 0x0fU;
        return 2;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        *least = 0x10000;
        *bits = lead & 0x07U;
        return 3;
    }
    return 0;
}

bool utf8_next(str s, size_t *at, uint32_t *out)
{
    uint32_t least = 0;
    uint32_t code = 0;

    if (*at >= s.n)
        return false;

    unsigned char lead = (unsigned char)s.p[*at];
    if (lead < 0x80) {
        *out = lead;
        (*at)++;
        return true;
    }

    int n = follow_count(lead, &least, &code);
    if (n == 0 || s.n - *at <= (size_t)n)
        return false;
    for (int i = 1; i <= n; i++) {
        unsigned char c = (unsigned char)s.p[*at + (size_t)i];
        if ((c & 0xc0) != 0x80)
            return false;
        code = code << 6 | (c & 0x3fU);
    }
    if (code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return false;
    *at += (size_t)n + 1;
    *out = code;
    return true;
}

bool utf8_check(str s, size_t *count)
{
    size_t n = 0;
    uint32_t code;

    for (size_t at = 0; at < s.n; n++) {
        if (!utf8_next(s, &at, &code))
            return false;
    }
    if (count != NULL)
        *count = n;
    return true;
}
