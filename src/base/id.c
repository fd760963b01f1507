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

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool hex_parse(str s, uint8_t *out, size_t n)
{
    if (s.n != 2 * n)
        return false;
    for (size_t k = 0; k < s.n; k++) {
        if (hex_digit(s.p[k]) < 0)
            return false;
    }
    for (size_t k = 0; k < n; k++)
        out[k] =
            (uint8_t)(hex_digit(s.p[2 * k]) * 16 + hex_digit(s.p[2 * k + 1]));
    return true;
}

bool id_parse(str s, id *out)
{
    return hex_parse(s, out->b, sizeof out->b);
}
