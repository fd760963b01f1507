/*
 * value -- numbers, money and days as people write them.
 *
 * Magnitudes are taken as unsigned, so that INT64_MIN has one too.
 */

#include "text/text.h"

#include <inttypes.h>
#include <stdio.h>

static str formatted(char *out, int n)
{
    return (str){ out, (size_t)n };
}

str text_day(enum lang l, day d, char out[static TEXT_VALUE])
{
    static const char *const months[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December",
    };

    if (d < DAY_MIN || d > DAY_MAX)
        return formatted(out, snprintf(out, TEXT_VALUE, "—"));

    struct date t = date_of_day(d);
    if (l == LANG_ZH)
        /* rules: allow han because it is the form of a date, no text */
        return formatted(out, snprintf(out, TEXT_VALUE, "%d年%d月%d日", t.year,
                                       t.month, t.mday));
    return formatted(out, snprintf(out, TEXT_VALUE, "%d %s %d", t.mday,
                                   months[t.month - 1], t.year));
}

static uint64_t magnitude(int64_t n)
{
    return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

static const char *sign(int64_t n)
{
    return n < 0 ? "-" : "";
}

/* Digits with a comma before each group of three. */
static void grouped(uint64_t n, char out[static TEXT_VALUE])
{
    char digits[TEXT_VALUE];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, n);
    int k = 0;

    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            out[k++] = ',';
        out[k++] = digits[i];
    }
    out[k] = '\0';
}

str text_money(int64_t fen, char out[static TEXT_VALUE])
{
    char yuan[TEXT_VALUE];
    uint64_t m = magnitude(fen);

    grouped(m / 100, yuan);
    /* 27 characters at most before the point: 20 digits and 6 commas. */
    return formatted(out, snprintf(out, TEXT_VALUE, "%s¥%.32s.%02u", sign(fen),
                                   yuan, (unsigned)(m % 100)));
}

str text_score(int64_t hundredths, char out[static TEXT_VALUE])
{
    uint64_t m = magnitude(hundredths);

    return formatted(out,
                     snprintf(out, TEXT_VALUE, "%s%" PRIu64 ".%02u",
                              sign(hundredths), m / 100, (unsigned)(m % 100)));
}

str text_percent(int64_t basis_points, char out[static TEXT_VALUE])
{
    str s = text_score(basis_points, out);

    while (s.p[s.n - 1] == '0')
        s.n--;
    if (s.p[s.n - 1] == '.')
        s.n--;
    return formatted(out,
                     (int)s.n + snprintf(out + s.n, TEXT_VALUE - s.n, "%%"));
}
