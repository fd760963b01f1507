/*
 * value -- numbers, money and days as people write them.
 *
 * Magnitudes are taken as unsigned, so that INT64_MIN has one too.
 */

#include "text/text.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"

#include <inttypes.h>

/* A value under way: a buf over the TEXT_VALUE bytes of the caller, whose
 * arena has nothing to give, so that what does not fit is left out. */
struct value {
    struct arena nothing;
    struct buf text;
};

static void value_init(struct value *v, char *out)
{
    *v = (struct value){ 0 };
    buf_init(&v->text, &v->nothing, TEXT_VALUE - 1);
    v->text.p = out;
    v->text.size = TEXT_VALUE;
}

static str value_end(struct value *v)
{
    v->text.p[v->text.n] = '\0';
    return buf_view(&v->text);
}

str text_day(enum lang l, day d, char out[static TEXT_VALUE])
{
    static const char *const months[] = {
        "text.month_1", "text.month_2",  "text.month_3",  "text.month_4",
        "text.month_5", "text.month_6",  "text.month_7",  "text.month_8",
        "text.month_9", "text.month_10", "text.month_11", "text.month_12",
    };
    struct value v;

    value_init(&v, out);
    if (d < DAY_MIN || d > DAY_MAX) {
        buf_str(&v.text, S("—"));
        return value_end(&v);
    }

    struct date t = date_of_day(d);
    const struct err_arg args[] = {
        ARG_INT("year", t.year),
        ARG_IDS("month", str_of(months[t.month - 1])),
        ARG_INT("day", t.mday),
        { 0 },
    };
    text_render(&v.text, l, "text.day", args);
    return value_end(&v);
}

str text_number(int64_t n, char out[static TEXT_VALUE])
{
    struct value v;

    value_init(&v, out);
    buf_int(&v.text, n);
    return value_end(&v);
}

static uint64_t magnitude(int64_t n)
{
    return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

/* Digits with a comma before each group of three but the first. */
static void put_grouped(struct buf *b, uint64_t n)
{
    uint64_t groups[7]; /* 20 digits at most */
    size_t k = 0;

    do {
        groups[k++] = n % 1000;
        n /= 1000;
    } while (n > 0 && k < COUNT(groups));

    buf_printf(b, "%" PRIu64, groups[--k]);
    while (k > 0)
        buf_printf(b, ",%03" PRIu64, groups[--k]);
}

str text_money(int64_t fen, char out[static TEXT_VALUE])
{
    struct value v;
    uint64_t m = magnitude(fen);

    value_init(&v, out);
    buf_str(&v.text, fen < 0 ? S("-¥") : S("¥"));
    put_grouped(&v.text, m / 100);
    buf_printf(&v.text, ".%02" PRIu64, m % 100);
    return value_end(&v);
}

str text_score(int64_t hundredths, char out[static TEXT_VALUE])
{
    struct value v;
    uint64_t m = magnitude(hundredths);

    value_init(&v, out);
    buf_printf(&v.text, "%s%" PRIu64 ".%02" PRIu64, hundredths < 0 ? "-" : "",
               m / 100, m % 100);
    return value_end(&v);
}

str text_percent(int64_t basis_points, char out[static TEXT_VALUE])
{
    struct value v;
    uint64_t m = magnitude(basis_points);

    value_init(&v, out);
    buf_printf(&v.text, "%s%" PRIu64, basis_points < 0 ? "-" : "", m / 100);
    if (m % 10 > 0)
        buf_printf(&v.text, ".%02" PRIu64, m % 100);
    else if (m % 100 > 0)
        buf_printf(&v.text, ".%" PRIu64, m % 100 / 10);
    buf_char(&v.text, '%');
    return value_end(&v);
}
