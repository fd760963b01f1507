/*
 * record_form_number -- numbers as people type them. [RF6]
 */

#include "web/record_form_parts.h"

#include "base/check.h"

#include <inttypes.h>
#include <stdio.h>

enum { PLACES_MOST = 2 }; /* of any unit */

static size_t places_of(enum field_unit unit)
{
    switch (unit) {
    case UNIT_NONE: return 0;
    case UNIT_TENTHS: return 1;
    case UNIT_FEN:
    case UNIT_PERCENT: return PLACES_MOST;
    }
    check(false);
    return 0;
}

/* Of a number with a point.  Zeros at the end say nothing; of money both places
 * stand, or none. */
static size_t shorten(const char *text, size_t n, enum field_unit unit)
{
    size_t least = n;

    while (least > 0 && text[least - 1] == '0')
        least--;
    if (text[least - 1] == '.')
        return least - 1;
    return unit == UNIT_FEN ? n : least;
}

str record_form_number(int64_t n, enum field_unit unit,
                       char out[static TEXT_VALUE])
{
    uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    size_t places = places_of(unit);
    char digits[TEXT_VALUE];
    int length = snprintf(digits, sizeof digits, "%03" PRIu64, size);
    size_t whole = (size_t)length - places;
    size_t at = 0;
    size_t from = 0;

    check(length > 0 && length < 24);
    while (from + 1 < whole && digits[from] == '0')
        from++;
    if (n < 0)
        out[at++] = '-';
    for (; from < (size_t)length; from++) {
        if (from == whole)
            out[at++] = '.';
        out[at++] = digits[from];
    }
    return (str){ out, places == 0 ? at : shorten(out, at, unit) };
}

/* `digits`, at least one, onto *n; false when one is none or it grows too
 * big. */
static bool take_digits(str digits, int64_t *n)
{
    for (size_t i = 0; i < digits.n; i++) {
        int digit = digits.p[i] - '0';

        if (digit < 0 || digit > 9 || __builtin_mul_overflow(*n, 10, n) ||
            __builtin_sub_overflow(*n, digit, n))
            return false;
    }
    return digits.n > 0;
}

/* Negative, so that the least number has its place too. */
static bool read_size(str s, enum field_unit unit, int64_t *out)
{
    size_t places = places_of(unit);
    bool point = str_index(s, '.') < s.n;
    str whole = str_cut(&s, '.');

    if (whole.n > 1 && whole.p[0] == '0')
        return false;
    if (!take_digits(whole, out) || (point && !take_digits(s, out)) ||
        s.n > places)
        return false;
    for (size_t i = s.n; i < places; i++) {
        if (!take_digits(S("0"), out))
            return false;
    }
    return true;
}

bool record_form_count(str s, enum field_unit unit, int64_t *out)
{
    bool minus = str_begins(s, S("-"));
    int64_t n = 0;

    if (!read_size(str_from(s, minus), unit, &n) || (minus && n == 0) ||
        (!minus && n == INT64_MIN))
        return false;
    *out = minus ? n : -n;
    return true;
}
