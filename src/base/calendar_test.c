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

static struct calendar *official(struct arena *a)
{
    struct calendar *c = NULL;

    EXPECT_OK(calendar_official(a, &c));
    return c;
}

static bool works(const struct calendar *c, day d)
{
    bool known;

    return calendar_workday(c, d, &known);
}

TEST(the_official_calendar_knows_2004_to_2026_and_says_where_from)
{
    TEST_ARENA(a, 4 << 20);
    struct calendar *c = official(&a);
    int32_t first;
    int32_t last;

    calendar_years(c, &first, &last);
    EXPECT(first == 2004 && last == 2026);
    for (int32_t year = first; year <= last; year++)
        EXPECT(str_contains(calendar_source(c, year), S("chinese-days 1.5.7")));
    EXPECT_STR(calendar_source(c, 2003), S(""));
    EXPECT_STR(calendar_source(c, 2027), S(""));
    EXPECT_STR(calendar_source(c, INT32_MIN), S(""));
    EXPECT_STR(calendar_source(c, INT32_MAX), S(""));
}

TEST(a_calendar_that_knows_nothing_says_so)
{
    TEST_ARENA(a, 1 << 16);
    struct calendar *c = NULL;
    int32_t first = 9;
    int32_t last = 9;
    bool known = true;

    EXPECT_OK(calendar_new(&a, &c));
    calendar_years(c, &first, &last);
    EXPECT(first == 0 && last == 0);
    EXPECT(!calendar_workday(c, parse("2026-01-04"), &known) && !known);
    EXPECT_STR(calendar_name(c, parse("2026-01-01")), S(""));
    EXPECT_STR(calendar_name(NULL, parse("2026-01-01")), S(""));
    EXPECT_STR(calendar_source(NULL, 2026), S(""));
}

/* The notice for 2026 (gov.cn, content_7047091): runs of days off, and the
 * days of a weekend that are worked. */
TEST(the_year_2026_is_as_the_state_council_announced_it)
{
    static const struct {
        const char *from;
        const char *to;
        bool off;
        str name;
    } rows[] = {
        { "2026-01-01", "2026-01-03", true, S_INIT("元旦") },
        { "2026-01-04", "2026-01-04", false, S_INIT("元旦") },
        { "2026-02-14", "2026-02-14", false, S_INIT("春节") },
        { "2026-02-15", "2026-02-23", true, S_INIT("春节") },
        { "2026-02-28", "2026-02-28", false, S_INIT("春节") },
        { "2026-04-04", "2026-04-06", true, S_INIT("清明") },
        { "2026-05-01", "2026-05-05", true, S_INIT("劳动节") },
        { "2026-05-09", "2026-05-09", false, S_INIT("劳动节") },
        { "2026-06-19", "2026-06-21", true, S_INIT("端午") },
        { "2026-09-20", "2026-09-20", false, S_INIT("国庆节") },
        { "2026-09-25", "2026-09-27", true, S_INIT("中秋") },
        { "2026-10-01", "2026-10-07", true, S_INIT("国庆节") },
        { "2026-10-10", "2026-10-10", false, S_INIT("国庆节") },
    };
    TEST_ARENA(a, 4 << 20);
    struct calendar *c = official(&a);
    size_t row = 0;

    for (day d = parse("2026-01-01"); d <= parse("2026-12-31"); d++) {
        char text[DAY_TEXT];
        bool known = false;
        bool work = calendar_workday(c, d, &known);

        (void)day_text(d, text);
        while (row < COUNT(rows) && d > parse(rows[row].to))
            row++;
        bool listed = row < COUNT(rows) && d >= parse(rows[row].from);
        bool want = listed ? !rows[row].off : day_weekday(d) < 5;
        EXPECT_ROW(text, known && work == want);
        EXPECT_ROW_STR(text, calendar_name(c, d),
                       listed ? rows[row].name : S(""));
    }
}

TEST(the_make_up_days_of_2025_are_worked)
{
    static const char *const rows[] = { "2025-01-26", "2025-02-08",
                                        "2025-04-27", "2025-09-28",
                                        "2025-10-11" };
    TEST_ARENA(a, 4 << 20);
    struct calendar *c = official(&a);
    size_t made_up = 0;

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i], works(c, parse(rows[i])));
    for (day d = parse("2025-01-01"); d <= parse("2025-12-31"); d++)
        made_up += day_weekday(d) >= 5 && works(c, d);
    EXPECT(made_up == COUNT(rows));
}

/* 全国年节及纪念日放假办法: New Year, 1 May and 1-3 October are fixed. */
TEST(statutory_holidays_of_fixed_date_are_off_in_every_known_year)
{
    static const struct date rows[] = {
        { 0, 1, 1 }, { 0, 5, 1 }, { 0, 10, 1 }, { 0, 10, 2 }, { 0, 10, 3 },
    };
    enum { FIRST = 2004, YEARS = 23 };
    TEST_ARENA(a, 4 << 20);
    struct calendar *c = official(&a);

    for (size_t i = 0; i < YEARS * COUNT(rows); i++) {
        struct date t = rows[i / YEARS];
        day d = 0;

        t.year = FIRST + (int32_t)(i % YEARS);
        EXPECT(day_of_date(t, &d));
        EXPECT(!works(c, d));
        EXPECT(calendar_name(c, d).n > 0);
    }
}

TEST(a_notice_can_reach_into_the_year_before)
{
    TEST_ARENA(a, 4 << 20);
    struct calendar *c = official(&a);

    EXPECT(works(c, parse("2018-12-29")));  /* a Saturday */
    EXPECT(!works(c, parse("2018-12-31"))); /* a Monday */
}

struct limit_row {
    const char *why;
    const char *from;
    str span;
    const char *on;
    bool provisional;
};

static void expect_limits(const struct calendar *c,
                          const struct limit_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct span s = { 0, SPAN_DAYS };
        char text[DAY_TEXT];

        EXPECT_ROW(rows[i].why, span_parse(rows[i].span, &s));
        struct deadline got = span_end(c, parse(rows[i].from), s);
        EXPECT_ROW_STR(rows[i].why, day_text(got.on, text), str_of(rows[i].on));
        EXPECT_ROW(rows[i].why, got.provisional == rows[i].provisional);
    }
}

/* clang-format off */
TEST(working_days_count_make_up_days_and_skip_holidays)
{
    static const struct limit_row rows[] = {
        { "counting starts with the next day", "2026-03-02", S_INIT("1wd"), "2026-03-03", false },
        { "nothing to count", "2026-03-01", S_INIT("0wd"), "2026-03-01", false },
        { "from a Friday over a weekend", "2026-03-06", S_INIT("1wd"), "2026-03-09", false },
        { "from a Saturday", "2026-03-07", S_INIT("1wd"), "2026-03-09", false },
        { "the make-up Saturday before Spring Festival counts", "2026-02-13", S_INIT("1wd"), "2026-02-14", false },
        { "and then come nine days off", "2026-02-13", S_INIT("2wd"), "2026-02-24", false },
        { "five, over the festival", "2026-02-13", S_INIT("5wd"), "2026-02-27", false },
        { "the make-up Saturday after it counts too", "2026-02-13", S_INIT("6wd"), "2026-02-28", false },
        { "and the Sunday after that does not", "2026-02-13", S_INIT("7wd"), "2026-03-02", false },
        { "from the last day off", "2026-02-23", S_INIT("1wd"), "2026-02-24", false },
        { "from a day in the festival", "2026-02-18", S_INIT("5wd"), "2026-02-28", false },
        { "five from the eve of the make-up day", "2026-02-12", S_INIT("5wd"), "2026-02-26", false },
        { "over National Day with Mid-autumn and both make-up days", "2026-09-18", S_INIT("10wd"), "2026-10-09", false },
        { "the Saturday after it is worked", "2026-09-18", S_INIT("11wd"), "2026-10-10", false },
        { "into the next known year", "2025-12-31", S_INIT("1wd"), "2026-01-04", false },
        { "a year's worth", "2024-12-31", S_INIT("248wd"), "2025-12-31", false },
    };
    TEST_ARENA(a, 4 << 20);

    expect_limits(official(&a), rows, COUNT(rows));
}

TEST(a_count_is_provisional_once_it_meets_an_unknown_year)
{
    static const struct limit_row rows[] = {
        { "ends on the last known day", "2026-12-30", S_INIT("1wd"), "2026-12-31", false },
        { "ends on the first unknown day", "2026-12-31", S_INIT("1wd"), "2027-01-01", true },
        { "one more", "2026-12-30", S_INIT("2wd"), "2027-01-01", true },
        { "no day is counted", "2026-12-31", S_INIT("0wd"), "2026-12-31", false },
        { "no day is counted there either", "2027-01-01", S_INIT("0wd"), "2027-01-01", false },
        { "wholly beyond", "2030-05-01", S_INIT("5wd"), "2030-05-08", true },
        { "the last day before the first known year", "2003-12-31", S_INIT("1wd"), "2004-01-02", false },
        { "one of its days", "2003-12-30", S_INIT("1wd"), "2003-12-31", true },
        { "through unknown into known", "2003-12-30", S_INIT("2wd"), "2004-01-02", true },
        { "calendar days need no calendar", "2026-12-31", S_INIT("30d"), "2027-01-30", false },
        { "nor do months", "2026-12-31", S_INIT("2m"), "2027-02-28", false },
    };
    TEST_ARENA(a, 4 << 20);

    expect_limits(official(&a), rows, COUNT(rows));
}

TEST(without_a_calendar_plain_weekends_count_provisionally)
{
    static const struct limit_row rows[] = {
        { "a holiday is taken for a day of work", "2025-12-31", S_INIT("1wd"), "2026-01-01", true },
        { "a make-up Sunday for a day off", "2026-01-02", S_INIT("1wd"), "2026-01-05", true },
        { "nothing to count", "2026-01-02", S_INIT("0wd"), "2026-01-02", false },
        { "calendar days", "2026-01-02", S_INIT("1d"), "2026-01-03", false },
    };

    expect_limits(NULL, rows, COUNT(rows));
}

TEST(days_and_months_follow_the_calendar)
{
    static const struct limit_row rows[] = {
        { "day 0", "2026-11-24", S_INIT("0d"), "2026-11-24", false },
        { "ends on a day off and stays there", "2026-09-01", S_INIT("30d"), "2026-10-01", false },
        { "across a leap day", "2024-02-28", S_INIT("2d"), "2024-03-01", false },
        { "to the last day there is", "2199-12-30", S_INIT("1d"), "2199-12-31", false },
        { "clamps there", "2199-12-30", S_INIT("2d"), "2199-12-31", false },
        { "clamps from afar", "2190-01-01", S_INIT("9999d"), "2199-12-31", false },
        { "no month", "2026-01-31", S_INIT("0m"), "2026-01-31", false },
        { "keeps the day of the month", "2026-01-28", S_INIT("1m"), "2026-02-28", false },
        { "clamps to the month's end", "2026-01-29", S_INIT("1m"), "2026-02-28", false },
        { "from the 31st", "2026-01-31", S_INIT("1m"), "2026-02-28", false },
        { "a leap year clamps later", "2024-01-31", S_INIT("1m"), "2024-02-29", false },
        { "31st to 30", "2026-03-31", S_INIT("1m"), "2026-04-30", false },
        { "over the end of the year", "2026-11-30", S_INIT("3m"), "2027-02-28", false },
        { "December stays December", "2026-12-15", S_INIT("12m"), "2027-12-15", false },
        { "three years from a leap day", "2024-02-29", S_INIT("36m"), "2027-02-28", false },
        { "clamping is not repeated month by month", "2026-01-31", S_INIT("2m"), "2026-03-31", false },
        { "to the last month there is", "2199-11-30", S_INIT("1m"), "2199-12-30", false },
        { "clamps there", "2199-12-01", S_INIT("1m"), "2199-12-31", false },
        { "clamps from afar", "1900-01-01", S_INIT("9999m"), "2199-12-31", false },
    };

    expect_limits(NULL, rows, COUNT(rows));
}
/* clang-format on */

TEST(a_count_that_leaves_the_range_clamps_and_is_provisional)
{
    struct span s = { 1, SPAN_WORKDAYS };
    struct deadline got = span_end(NULL, DAY_MAX, s);

    EXPECT(got.on == DAY_MAX && got.provisional);
    got = span_end(NULL, DAY_MAX - 1, s); /* 2199-12-31 is a Tuesday */
    EXPECT(got.on == DAY_MAX && got.provisional);
    s.n = 9999;
    got = span_end(NULL, DAY_MAX - 9999, s);
    EXPECT(got.on == DAY_MAX && got.provisional);
}

TEST(what_begins_never_ends_never)
{
    static const enum span_unit units[] = { SPAN_DAYS, SPAN_WORKDAYS,
                                            SPAN_MONTHS };

    for (size_t i = 0; i < COUNT(units); i++) {
        struct deadline got =
            span_end(NULL, DAY_NEVER, (struct span){ 5, units[i] });
        EXPECT(got.on == DAY_NEVER && !got.provisional);
    }
}

/* [property] Counting by leaps agrees with walking day by day, whatever year
 * is known. */
TEST(counting_by_leaps_agrees_with_walking)
{
    TEST_ARENA(a, 4 << 20);
    struct calendar *c = official(&a);
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 3000; i++) {
        day from = (day)test_random_below(&r, 40000) - 20;
        int32_t n = (int32_t)test_random_below(&r, i % 10 == 0 ? 2000 : 40);
        bool provisional = false;
        day on = from;

        for (int32_t left = n; left > 0;) {
            bool known;
            left -= calendar_workday(c, ++on, &known);
            provisional = provisional || !known;
        }
        struct deadline got =
            span_end(c, from, (struct span){ n, SPAN_WORKDAYS });
        EXPECT(got.on == on && got.provisional == provisional);
    }
}

TEST(plain_weekends_are_right_on_every_day_of_the_range)
{
    for (day d = DAY_MIN; d <= DAY_MAX; d++) {
        bool known = true;
        EXPECT(calendar_workday(NULL, d, &known) == (day_weekday(d) < 5));
        EXPECT(!known);
    }
}
