/*
 * Working days.  A year is a set of 366 bits, so that counting "5wd" or
 * "9999wd" costs a few bit counts a year and never looks at a text; a year
 * nobody told us about is made on the spot from the pattern of its weeks.
 *
 *   [C1] Bits beyond the end of a year are zero.
 */

#include "base/calendar_parts.h"

#include "base/arena.h"
#include "base/check.h"

day calendar_year_start(int32_t year)
{
    day d = 0;

    check(day_of_date((struct date){ year, 1, 1 }, &d));
    return d;
}

int32_t calendar_year_length(int32_t year)
{
    day last = 0;

    check(day_of_date((struct date){ year, 12, 31 }, &last));
    return last - calendar_year_start(year) + 1;
}

/* Clear the bits before day `from` of the year. */
static void clear_before(struct workdays *w, int32_t from)
{
    for (int32_t k = 0; k < YEAR_WORDS; k++) {
        if (from >= (k + 1) * 64)
            w->bits[k] = 0;
        else if (from > k * 64)
            w->bits[k] &= ~UINT64_C(0) << (from - k * 64);
    }
}

/* Clear the bits from day `from` of the year on; `from` is in its last word. */
static void clear_after(struct workdays *w, int32_t from)
{
    w->bits[YEAR_WORDS - 1] &= (UINT64_C(1) << (from % 64)) - 1;
}

struct workdays calendar_plain_weeks(int32_t year)
{
    /* 64 days that begin on a Monday, a Tuesday .. a Sunday. */
    static const uint64_t weeks[7] = {
        UINT64_C(0x9f3e7cf9f3e7cf9f), UINT64_C(0xcf9f3e7cf9f3e7cf),
        UINT64_C(0xe7cf9f3e7cf9f3e7), UINT64_C(0xf3e7cf9f3e7cf9f3),
        UINT64_C(0xf9f3e7cf9f3e7cf9), UINT64_C(0x7cf9f3e7cf9f3e7c),
        UINT64_C(0x3e7cf9f3e7cf9f3e),
    };
    int weekday = day_weekday(calendar_year_start(year));
    struct workdays w;

    /* 64 days are nine weeks and a day: the next word begins a weekday on. */
    for (int k = 0; k < YEAR_WORDS; k++)
        w.bits[k] = weeks[(weekday + k) % 7];
    clear_after(&w, calendar_year_length(year));
    return w;
}

static const struct calendar_year *find_year(const struct calendar *c,
                                             int32_t year)
{
    if (c == NULL || year < YEAR_MIN || year > YEAR_MAX)
        return NULL;
    return c->years[year - YEAR_MIN];
}

static struct workdays workdays_of(const struct calendar *c, int32_t year,
                                   bool *known)
{
    const struct calendar_year *y = find_year(c, year);

    *known = y != NULL;
    return y == NULL ? calendar_plain_weeks(year) : y->work;
}

static int32_t count(const struct workdays *w)
{
    int32_t n = 0;

    for (int k = 0; k < YEAR_WORDS; k++)
        n += __builtin_popcountll(w->bits[k]);
    return n;
}

/* Which day of the year is the n-th of the set, counted from 1. */
static int32_t nth(const struct workdays *w, int32_t n)
{
    int32_t k = 0;

    for (; n > __builtin_popcountll(w->bits[k]); k++)
        n -= __builtin_popcountll(w->bits[k]);

    uint64_t bits = w->bits[k];
    for (; n > 1; n--)
        bits &= bits - 1;
    return k * 64 + __builtin_ctzll(bits);
}

/* The n-th day of work after `from`, n > 0 ([DY1], [DY2], [DY4]). */
static struct deadline workdays_after(const struct calendar *c, day from,
                                      int32_t n)
{
    int32_t year = date_of_day(from).year;
    int32_t next = from - calendar_year_start(year) + 1;
    bool provisional = false;

    for (; year <= YEAR_MAX; year++, next = 0) {
        bool known;
        struct workdays w = workdays_of(c, year, &known);

        /* Nothing is counted in the year of an event on 31 December. */
        if (!known && next < calendar_year_length(year))
            provisional = true;
        clear_before(&w, next);
        if (count(&w) >= n)
            return (struct deadline){
                calendar_year_start(year) + nth(&w, n),
                provisional,
            };
        n -= count(&w);
    }
    /* Nobody knows the calendar beyond. */
    return (struct deadline){ DAY_MAX, true };
}

/* [DY3] */
static day days_after(day from, int32_t n)
{
    return n > DAY_MAX - from ? DAY_MAX : from + n;
}

/* [DY3] */
static day months_after(day from, int32_t n)
{
    struct date t = date_of_day(from);
    int32_t months = t.year * 12 + t.month - 1 + n;
    day on = DAY_MAX;

    t.year = months / 12;
    t.month = months % 12 + 1;
    if (t.year > YEAR_MAX)
        return DAY_MAX;
    while (!day_of_date(t, &on))
        t.mday--;
    return on;
}

struct deadline span_end(const struct calendar *c, day from, struct span s)
{
    check(s.n >= 0 && s.n <= 9999);
    if (from == DAY_NEVER)
        return (struct deadline){ DAY_NEVER, false };
    check(from >= DAY_MIN && from <= DAY_MAX);

    switch (s.unit) {
    case SPAN_DAYS: return (struct deadline){ days_after(from, s.n), false };
    case SPAN_MONTHS:
        return (struct deadline){ months_after(from, s.n), false };
    case SPAN_WORKDAYS: break;
    }
    if (s.n == 0)
        return (struct deadline){ from, false };
    return workdays_after(c, from, s.n);
}

bool calendar_workday(const struct calendar *c, day d, bool *known)
{
    int32_t year = date_of_day(d).year;
    struct workdays w = workdays_of(c, year, known);
    int32_t k = d - calendar_year_start(year);

    return (w.bits[k / 64] >> (k % 64) & 1) != 0;
}

str calendar_name(const struct calendar *c, day d)
{
    int32_t year = date_of_day(d).year;
    const struct calendar_year *y = find_year(c, year);

    return y == NULL ? S("") : y->names[d - calendar_year_start(year)];
}

str calendar_source(const struct calendar *c, int32_t year)
{
    const struct calendar_year *y = find_year(c, year);

    return y == NULL ? S("") : y->source;
}

void calendar_years(const struct calendar *c, int32_t *first, int32_t *last)
{
    *first = 0;
    *last = 0;
    for (int32_t year = YEAR_MIN; year <= YEAR_MAX; year++) {
        if (find_year(c, year) == NULL)
            continue;
        if (*first == 0)
            *first = year;
        *last = year;
    }
}
