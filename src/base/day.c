/*
 * Dates and their texts; the arithmetic of the Gregorian calendar within the
 * range we accept.  Working days are in calendar.c.
 */

#include "base/day.h"

#include "base/check.h"

enum { DAYS_IN_400_YEARS = 146097 };

#define MICROS_A_DAY INT64_C(86400000000)
#define MICROS_UTC8  INT64_C(28800000000)

/* Days before the first of each month, in common and in leap years. */
static const int32_t month_starts[2][13] = {
    { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 },
    { 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366 },
};

static bool day_is_in_range(day d)
{
    return d >= DAY_MIN && d <= DAY_MAX;
}

static bool is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* How many leap days came before the first of `year`, since year 1. */
static int32_t leap_days_before(int32_t year)
{
    int32_t past = year - 1;

    return past / 4 - past / 100 + past / 400;
}

/* The first of January. */
static day year_start(int32_t year)
{
    return 365 * (year - 1970) + leap_days_before(year) -
           leap_days_before(1970);
}

struct date date_of_day(day d)
{
    check(day_is_in_range(d));

    /* The mean year's length is off by less than a year over three centuries:
     * the guess is right or next to right. */
    int32_t year =
        YEAR_MIN + (int32_t)((int64_t)(d - DAY_MIN) * 400 / DAYS_IN_400_YEARS);
    if (d < year_start(year))
        year--;
    else if (d >= year_start(year + 1))
        year++;

    const int32_t *starts = month_starts[is_leap(year)];
    int32_t in_year = d - year_start(year);
    int32_t month = 1;
    while (in_year >= starts[month])
        month++;
    return (struct date){ year, month, in_year - starts[month - 1] + 1 };
}

/* How many days a month of the range has. */
static int32_t month_length(int32_t year, int32_t month)
{
    const int32_t *starts = month_starts[is_leap(year)];

    return starts[month] - starts[month - 1];
}

bool day_of_date(struct date date, day *out)
{
    if (date.year < YEAR_MIN || date.year > YEAR_MAX)
        return false;
    if (date.month < 1 || date.month > 12)
        return false;
    if (date.mday < 1 || date.mday > month_length(date.year, date.month))
        return false;

    *out = year_start(date.year) +
           month_starts[is_leap(date.year)][date.month - 1] + date.mday - 1;
    return true;
}

/* The decimal digits s.p[from..from+n) as a number, or -1. */
static int32_t digits(str s, size_t from, size_t n)
{
    int32_t value = 0;

    for (size_t i = from; i < from + n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        value = value * 10 + (s.p[i] - '0');
    }
    return value;
}

bool day_parse(str s, day *out)
{
    if (s.n != DAY_TEXT - 1 || s.p[4] != '-' || s.p[7] != '-')
        return false;
    return day_of_date((struct date){ digits(s, 0, 4), digits(s, 5, 2),
                                      digits(s, 8, 2) },
                       out);
}

/* The last n decimal digits of `value`, which is not negative. */
static void put_digits(char *out, int32_t value, size_t n)
{
    for (size_t i = n; i > 0; i--) {
        out[i - 1] = (char)('0' + value % 10);
        value /= 10;
    }
}

str day_text(day d, char out[static DAY_TEXT])
{
    static const char never[] = "never";

    if (d == DAY_NEVER) {
        memcpy(out, never, sizeof never);
        return (str){ out, sizeof never - 1 };
    }

    struct date t = date_of_day(d);
    memcpy(out, "0000-00-00", DAY_TEXT);
    put_digits(out, t.year, 4);
    put_digits(out + 5, t.month, 2);
    put_digits(out + 8, t.mday, 2);
    return (str){ out, DAY_TEXT - 1 };
}

int day_weekday(day d)
{
    check(day_is_in_range(d));
    /* DAY_MIN, the first day of 1900, was a Monday. */
    return (d - DAY_MIN) % 7;
}

day day_of_micros(int64_t micros)
{
    int64_t d = micros / MICROS_A_DAY;
    int64_t rest = micros % MICROS_A_DAY;

    if (rest < 0) {
        rest += MICROS_A_DAY;
        d--;
    }
    if (rest >= MICROS_A_DAY - MICROS_UTC8)
        d++;

    if (d < DAY_MIN)
        return DAY_MIN;
    return d > DAY_MAX ? DAY_MAX : (day)d;
}

int64_t day_start_micros(day d)
{
    if (d == DAY_NEVER)
        return INT64_MAX;
    check(day_is_in_range(d));
    return (int64_t)d * MICROS_A_DAY - MICROS_UTC8;
}

/* Longest first: "wd" ends in "d". */
static const struct {
    str text;
    enum span_unit unit;
} units[] = {
    { S_INIT("wd"), SPAN_WORKDAYS },
    { S_INIT("d"), SPAN_DAYS },
    { S_INIT("m"), SPAN_MONTHS },
};

enum { UNITS = sizeof units / sizeof *units, SPAN_DIGITS = 4 };

bool span_parse(str s, struct span *out)
{
    size_t u = 0;

    while (u < UNITS && !str_ends(s, units[u].text))
        u++;
    if (u == UNITS)
        return false;

    str number = str_first(s, s.n - units[u].text.n);
    if (number.n < 1 || number.n > SPAN_DIGITS)
        return false;
    if (number.n > 1 && number.p[0] == '0')
        return false;

    int32_t n = digits(number, 0, number.n);
    if (n < 0)
        return false;
    *out = (struct span){ n, units[u].unit };
    return true;
}

str span_text(struct span s, char out[static SPAN_TEXT])
{
    size_t u = 0;

    while (u < UNITS && units[u].unit != s.unit)
        u++;
    check(u < UNITS && s.n >= 0 && s.n <= 9999);

    size_t n = 1;
    for (int32_t rest = s.n / 10; rest > 0; rest /= 10)
        n++;
    put_digits(out, s.n, n);
    memcpy(out + n, units[u].text.p, units[u].text.n + 1);
    return (str){ out, n + units[u].text.n };
}
