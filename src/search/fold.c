#include "search/fold.h"

#include "codec/utf8.h"
#include "search_data.h"

enum { SPACE = 0x20, PLANE = 0x10000, HIGH = 0xd800, LOW = 0xdc00 };

/* One character, folded, behind what `out` holds: no more than fits. */
static void put(uint32_t c, uint16_t *out, size_t max, size_t *n)
{
    if (c >= PLANE) {
        if (max - *n < 2)
            return;
        out[(*n)++] = (uint16_t)(HIGH + ((c - PLANE) >> 10));
        out[(*n)++] = (uint16_t)(LOW + ((c - PLANE) & 0x3ff));
        return;
    }

    uint16_t unit = search_fold[c];
    if (unit != 0 && unit != SPACE && *n < max)
        out[(*n)++] = unit;
}

bool fold_name(str name, uint16_t *out, size_t max, size_t *n)
{
    size_t at = 0;
    uint32_t c;

    *n = 0;
    while (utf8_next(name, &at, &c))
        put(c, out, max, n);
    return at == name.n;
}

static bool is_space(uint32_t c)
{
    return c < PLANE && search_fold[c] == SPACE;
}

bool fold_word(str s, size_t *at, uint16_t *out, size_t max, size_t *n)
{
    uint32_t c;

    *n = 0;
    while (utf8_next(s, at, &c)) {
        if (!is_space(c))
            put(c, out, max, n);
        else if (*n > 0)
            return true;
    }
    return *at == s.n;
}

uint32_t fold_tables(void)
{
    return search_tables_sum;
}
