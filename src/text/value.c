/*
 * value -- numbers, money and days as people write them.
 *
 * Magnitudes are taken as unsigned, so that INT64_MIN has one too.
 */

#include "text/text.h"

#include "base/arena.h"
#include "base/buf.h"

#include <inttypes.h>
#include <stdio.h>

static str formatted(const char *out, int n)
{
    return (str){ out, (size_t)n };
}

/* A buf over the TEXT_VALUE bytes at `out`; its arena has nothing to give, so
 * what does not fit is left out. */
static void value_buf(struct buf *b, struct arena *nothing, char *out)
{
    *nothing = (struct arena){ 0 };
    buf_init(b, nothing, TEXT_VALUE - 1);
    b->p = out;
    b->size = TEXT_VALUE;
}

str text_day(enum lang l, day d, char out[static TEXT_VALUE])
{
    static const char *const months[] = {
        "text.month_1", "text.month_2",  "text.month_3",  "text.month_4",
        "text.month_5", "text.month_6",  "text.month_7",  "text.month_8",
        "text.month_9", "text.month_10", "text.month_11", "text.month_12",
    };

    if (d < DAY_MIN || d > DAY_MAX)
        return formatted(out, snprintf(out, TEXT_VALUE, "—"));

    struct date t = date_of_day(d);
    const struct err_arg args[] = {
        ARG_INT("year", t.year),
        ARG_IDS("month", str_of(months[t.month - 1])),
        ARG_INT("day", t.mday),
        { 0 },
    };
    struct arena nothing;
    struct buf b;

    value_buf(&b, &nothing, out);
    text_render(&b, l, "text.day", args);
    out[b.n] = '\0';
    return formatted(out, (int)b.n);
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
