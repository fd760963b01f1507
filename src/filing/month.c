#include "filing/month.h"

#include "base/check.h"

#include <stdio.h>

enum { DUE = 10 }; /* [MO1] */

static day day_in(struct month m, int32_t mday)
{
    day d = 0;

    check(day_of_date((struct date){ m.year, m.month, mday }, &d));
    return d;
}

bool month_parse(str s, struct month *out)
{
    char text[DAY_TEXT];
    day d;

    if (s.n != MONTH_TEXT - 1)
        return false;
    (void)snprintf(text, sizeof text, "%.*s-01", STR_ARG(s));
    if (!day_parse(str_of(text), &d))
        return false;
    *out = month_of_day(d);
    return true;
}

str month_text(struct month m, char out[static MONTH_TEXT])
{
    char text[DAY_TEXT];

    memcpy(out, day_text(month_first(m), text).p, MONTH_TEXT - 1);
    out[MONTH_TEXT - 1] = '\0';
    return (str){ out, MONTH_TEXT - 1 };
}

struct month month_of_day(day d)
{
    struct date date = date_of_day(d);

    return (struct month){ date.year, date.month };
}

day month_first(struct month m)
{
    return day_in(m, 1);
}

day month_last(struct month m)
{
    struct month next = month_next(m);

    return month_eq(next, m) ? DAY_MAX : month_first(next) - 1;
}

struct month month_next(struct month m)
{
    if (m.month < 12)
        return (struct month){ m.year, m.month + 1 };
    if (m.year < YEAR_MAX)
        return (struct month){ m.year + 1, 1 };
    return m;
}

day month_due(struct month m)
{
    struct month next = month_next(m);

    return month_eq(next, m) ? DAY_NEVER : day_in(next, DUE);
}

bool month_eq(struct month a, struct month b)
{
    return a.year == b.year && a.month == b.month;
}
