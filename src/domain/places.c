#include "domain/places.h"

#include "base/buf.h"
#include "base/size.h"

#include <string.h>

enum { PLACE_DIGITS = 6, PROVINCE_DIGITS = 2, PREFECTURE_DIGITS = 4 };

const struct place *place_of(str code)
{
    size_t least = 0;
    size_t most = places_count;

    if (code.n != PLACE_DIGITS)
        return NULL;
    while (least < most) {
        size_t at = (least + most) / 2;
        int order = memcmp(places_table[at].code, code.p, PLACE_DIGITS);

        if (order == 0)
            return &places_table[at];
        if (order < 0)
            least = at + 1;
        else
            most = at;
    }
    return NULL;
}

/* The place whose code begins with so many digits of this one, and then has
 * zeros. */
static const struct place *around(str code, size_t digits)
{
    char text[PLACE_DIGITS] = { '0', '0', '0', '0', '0', '0' };

    if (code.n < digits)
        return NULL;
    memcpy(text, code.p, digits);
    return place_of((str){ text, PLACE_DIGITS });
}

void place_put(struct buf *b, str code)
{
    static const size_t digits[] = { PROVINCE_DIGITS, PREFECTURE_DIGITS,
                                     PLACE_DIGITS };
    const struct place *before = NULL;

    for (size_t i = 0; i < COUNT(digits); i++) {
        const struct place *p = around(code, digits[i]);

        if (p != NULL && p != before)
            buf_str(b, str_of(p->name));
        before = p != NULL ? p : before;
    }
}

const struct trade_division *trade_division_of(str code)
{
    for (size_t i = 0; i < trades_count; i++) {
        if (str_begins(code, str_of(trades_table[i].code)))
            return &trades_table[i];
    }
    return NULL;
}
