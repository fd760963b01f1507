#include "base/id.h"

bool id_is_zero(id i)
{
    return id_eq(i, (id){ 0 });
}

bool id_eq(id a, id b)
{
    return memcmp(a.b, b.b, sizeof a.b) == 0;
}

str id_text(id i, char out[static ID_TEXT])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t k = 0; k < sizeof i.b; k++) {
        out[2 * k] = digits[i.b[k] >> 4];
        out[2 * k + 1] = digits[i.b[k] & 15];
    }
    out[ID_TEXT - 1] = '\0';
    return (str){ out, ID_TEXT - 1 };
}

/* What a digit stands for, and one more; 0: it is none. */
/* clang-format off */
static const uint8_t hex_digits[256] = {
    ['0'] = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ['A'] = 11, 12, 13, 14, 15, 16,
    ['a'] = 11, 12, 13, 14, 15, 16,
};
/* clang-format on */

bool hex_parse(str s, uint8_t *out, size_t n)
{
    const unsigned char *p = (const unsigned char *)s.p;

    if (s.n != 2 * n)
        return false;
    for (size_t k = 0; k < s.n; k++) {
        if (hex_digits[p[k]] == 0)
            return false;
    }
    for (size_t k = 0; k < n; k++)
        out[k] = (uint8_t)((hex_digits[p[2 * k]] - 1) << 4 |
                           (hex_digits[p[2 * k + 1]] - 1));
    return true;
}

bool id_parse(str s, id *out)
{
    return hex_parse(s, out->b, sizeof out->b);
}
