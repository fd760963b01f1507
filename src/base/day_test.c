#include "base/day.h"

#include "base/size.h"
#include "base/test.h"

static day parse(const char *text)
{
    day d = DAY_NEVER;

    if (!day_parse(str_of(text), &d))
        test_fail(__FILE__, __LINE__, text, "a date");
    return d;
}

TEST(the_range_begins_in_1900_and_ends_in_2199)
{
    char text[DAY_TEXT];

    EXPECT(parse("1970-01-01") == 0);
    EXPECT(parse("1900-01-01") == DAY_MIN);
    EXPECT(parse("2199-12-31") == DAY_MAX);
    EXPECT_STR(day_text(DAY_MIN, text), S("1900-01-01"));
    EXPECT_STR(day_text(DAY_MAX, text), S("2199-12-31"));
    EXPECT_STR(day_text(DAY_NEVER, text), S("never"));
}

/* How long a month is, from the rule and not from the table under test. */
static int32_t days_in_month(int32_t year, int32_t month)
{
    if (month == 2) {
        if (year % 400 == 0)
            return 29;
        return year % 100 != 0 && year % 4 == 0 ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* Walk the calendar a day at a time, beside the functions that jump. */
TEST(every_day_of_the_range_is_the_one_after_the_day_before)
{
    struct date t = { 1900, 1, 1 };
    int weekday = 0;

    for (day d = DAY_MIN; d <= DAY_MAX; d++) {
        struct date got = date_of_day(d);
        day back = DAY_NEVER;

        EXPECT(got.year == t.year && got.month == t.month &&
               got.mday == t.mday);
        EXPECT(day_of_date(t, &back) && back == d);
        EXPECT(day_weekday(d) == weekday);

        weekday = (weekday + 1) % 7;
        if (++t.mday > days_in_month(t.year, t.month)) {
            t.mday = 1;
            t.month++;
        }
        if (t.month > 12) {
            t.month = 1;
            t.year++;
        }
    }
    EXPECT(t.year == 2200 && t.month == 1 && t.mday == 1);
}

TEST(every_day_of_the_range_round_trips_through_its_text)
{
    for (day d = DAY_MIN; d <= DAY_MAX; d++) {
        char text[DAY_TEXT];
        day back = DAY_NEVER;
        str s = day_text(d, text);

        EXPECT(s.n == 10 && text[10] == '\0');
        EXPECT(day_parse(s, &back) && back == d);
    }
}

TEST(weekdays_of_known_days)
{
    EXPECT(day_weekday(parse("1970-01-01")) == 3); /* Thursday */
    EXPECT(day_weekday(parse("2000-02-29")) == 1); /* Tuesday */
    EXPECT(day_weekday(parse("2026-11-24")) == 1); /* Tuesday */
    EXPECT(day_weekday(parse("2026-10-10")) == 5); /* Saturday */
    EXPECT(day_weekday(parse("2026-09-20")) == 6); /* Sunday */
}

TEST(what_is_no_date_is_refused_and_changes_nothing)
{
    static const struct {
        const char *why;
        str text;
    } rows[] = {
        { "empty", S_INIT("") },
        { "one short", S_INIT("2026-11-2") },
        { "one long", S_INIT("2026-11-240") },
        { "blank in front", S_INIT(" 2026-11-2") },
        { "slashes", S_INIT("2026/11/24") },
        { "second separator", S_INIT("2026-11/24") },
        { "no separators", S_INIT("2026011024") },
        { "a letter in the year", S_INIT("202a-11-24") },
        { "a letter in the month", S_INIT("2026-1x-24") },
        { "a letter in the day", S_INIT("2026-11-2x") },
        { "a sign", S_INIT("2026-+1-24") },
        { "day before the range", S_INIT("1899-12-31") },
        { "day after the range", S_INIT("2200-01-01") },
        { "month 0", S_INIT("2026-00-01") },
        { "month 13", S_INIT("2026-13-01") },
        { "day 0", S_INIT("2026-01-00") },
        { "day 32", S_INIT("2026-01-32") },
        { "30 days has April", S_INIT("2026-04-31") },
        { "no leap year", S_INIT("2026-02-29") },
        { "1900 was no leap year", S_INIT("1900-02-29") },
        { "2100 will be no leap year", S_INIT("2100-02-29") },
        { "leap day, one more", S_INIT("2024-02-30") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        day d = 77;
        EXPECT_ROW(rows[i].why, !day_parse(rows[i].text, &d));
        EXPECT_ROW(rows[i].why, d == 77);
    }
    EXPECT(parse("2000-02-29") + 1 == parse("2000-03-01"));
    EXPECT(parse("2024-02-29") + 1 == parse("2024-03-01"));
}

TEST(what_is_no_date_as_numbers_is_refused)
{
    static const struct date rows[] = {
        { 1899, 12, 31 }, { 2200, 1, 1 },         { 2026, 0, 1 },
        { 2026, 13, 1 },  { 2026, 1, 0 },         { 2026, 1, 32 },
        { 2026, 2, 29 },  { INT32_MIN, 1, 1 },    { 2026, INT32_MAX, 1 },
        { 2026, -1, 1 },  { 2026, 1, INT32_MIN },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        day d = 77;
        EXPECT(!day_of_date(rows[i], &d));
        EXPECT(d == 77);
    }
}

TEST(the_day_changes_at_16_00_utc)
{
    static const int64_t hour = INT64_C(3600000000);
    static const int64_t eve = 16 * INT64_C(3600000000) - 1;

    EXPECT(day_of_micros(0) == 0);
    EXPECT(day_of_micros(eve) == 0); /* 15:59:59.999999 UTC */
    EXPECT(day_of_micros(eve + 1) == 1);
    EXPECT(day_of_micros(-8 * hour) == 0);
    EXPECT(day_of_micros(-8 * hour - 1) == -1);
    EXPECT(day_of_micros(-1) == 0);
}

TEST(the_start_of_every_day_belongs_to_it_and_the_moment_before_does_not)
{
    for (day d = DAY_MIN + 1; d <= DAY_MAX; d++) {
        EXPECT(day_of_micros(day_start_micros(d)) == d);
        EXPECT(day_of_micros(day_start_micros(d) - 1) == d - 1);
    }
    EXPECT(day_start_micros(DAY_NEVER) == INT64_MAX);
}

TEST(instants_outside_the_range_clamp_to_its_ends)
{
    EXPECT(day_of_micros(INT64_MIN) == DAY_MIN);
    EXPECT(day_of_micros(day_start_micros(DAY_MIN)) == DAY_MIN);
    EXPECT(day_of_micros(day_start_micros(DAY_MIN) - 1) == DAY_MIN);
    EXPECT(day_of_micros(day_start_micros(DAY_MAX)) == DAY_MAX);
    EXPECT(day_of_micros(INT64_MAX) == DAY_MAX);
}

static void expect_round_trips(enum span_unit unit)
{
    for (int32_t n = 0; n <= 9999; n++) {
        char text[SPAN_TEXT];
        struct span back = { -1, SPAN_DAYS };
        str s = span_text((struct span){ n, unit }, text);

        EXPECT(text[s.n] == '\0');
        EXPECT(span_parse(s, &back));
        EXPECT(back.n == n && back.unit == unit);
    }
}

TEST(every_span_round_trips_through_its_text)
{
    expect_round_trips(SPAN_DAYS);
    expect_round_trips(SPAN_WORKDAYS);
    expect_round_trips(SPAN_MONTHS);
}

TEST(spans_are_read_as_people_write_them)
{
    struct span s = { 0, SPAN_DAYS };

    EXPECT(span_parse(S("5wd"), &s) && s.n == 5 && s.unit == SPAN_WORKDAYS);
    EXPECT(span_parse(S("30d"), &s) && s.n == 30 && s.unit == SPAN_DAYS);
    EXPECT(span_parse(S("3m"), &s) && s.n == 3 && s.unit == SPAN_MONTHS);
    EXPECT(span_parse(S("0d"), &s) && s.n == 0);
    EXPECT(span_parse(S("9999wd"), &s) && s.n == 9999);
}

TEST(what_is_no_span_is_refused_and_changes_nothing)
{
    static const str rows[] = {
        S_INIT(""),     S_INIT("d"),      S_INIT("wd"),   S_INIT("5"),
        S_INIT("5w"),   S_INIT("5 d"),    S_INIT(" 5d"),  S_INIT("5d "),
        S_INIT("-5d"),  S_INIT("+5d"),    S_INIT("05d"),  S_INIT("00d"),
        S_INIT("5dd"),  S_INIT("10000d"), S_INIT("5D"),   S_INIT("5y"),
        S_INIT("1.5d"), S_INIT("xwd"),    S_INIT("5wwd"), S_INIT("5mm"),
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span s = { 77, SPAN_MONTHS };
        EXPECT_ROW(rows[i].p, !span_parse(rows[i], &s));
        EXPECT_ROW(rows[i].p, s.n == 77 && s.unit == SPAN_MONTHS);
    }
}
