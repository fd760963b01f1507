#include "records/hours.h"

#include "base/size.h"
#include "base/test.h"

#include <stdio.h>

static int64_t minute(const char *date, int hour, int min)
{
    day d = 0;

    EXPECT(day_parse(str_of(date), &d));
    return (int64_t)d * 1440 + (int64_t)hour * 60 + min;
}

/* [HR1] [HR3] National Day 2025 is off from 1 to 8 October; Sunday 28 September
 * and Saturday 11 October are worked for it. */
TEST(working_minutes_follow_week_and_calendar)
{
    static const struct {
        const char *name;
        const char *from;
        int from_hour;
        const char *to;
        int to_hour;
        uint32_t want;
    } rows[] = {
        { "within a day", "2025-09-01", 10, "2025-09-01", 12, 120 },
        { "before opening", "2025-09-01", 7, "2025-09-01", 8, 0 },
        { "from before opening", "2025-09-01", 7, "2025-09-01", 10, 60 },
        { "after closing", "2025-09-01", 19, "2025-09-01", 23, 0 },
        { "over night", "2025-09-01", 17, "2025-09-02", 10, 120 },
        { "over a weekend", "2025-09-05", 17, "2025-09-08", 10, 120 },
        { "a make-up Sunday is a Monday", "2025-09-28", 0, "2025-09-29", 0,
          540 },
        { "holidays have no hours", "2025-09-30", 17, "2025-10-09", 10, 120 },
        { "a make-up Saturday", "2025-10-10", 17, "2025-10-13", 10, 660 },
        { "a week", "2025-09-01", 0, "2025-09-08", 0, 2700 },
        { "nothing", "2025-09-01", 10, "2025-09-01", 10, 0 },
    };
    TEST_ARENA(a, 4 << 20);
    struct calendar *c = NULL;
    struct hours *h = NULL;

    if (!EXPECT_OK(calendar_official(&a, &c)) ||
        !EXPECT_OK(hours_new(&a, &week_usual, c, &h)))
        return;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_ROW(rows[i].name,
                   hours_between(h, minute(rows[i].from, rows[i].from_hour, 0),
                                 minute(rows[i].to, rows[i].to_hour, 0)) ==
                       rows[i].want);
}

TEST(a_saturday_of_its_own_is_kept_unless_it_is_a_holiday)
{
    struct week w = week_usual;
    TEST_ARENA(a, 4 << 20);
    struct calendar *c = NULL;
    struct hours *h = NULL;

    w.days[5] = (struct opening){ 600, 720 };
    if (!EXPECT_OK(calendar_official(&a, &c)) ||
        !EXPECT_OK(hours_new(&a, &w, c, &h)))
        return;
    EXPECT(hours_between(h, minute("2025-09-06", 0, 0),
                         minute("2025-09-07", 0, 0)) == 120);
    EXPECT(hours_between(h, minute("2025-10-04", 0, 0),
                         minute("2025-10-05", 0, 0)) == 0);
    EXPECT(hours_between(h, minute("2025-10-11", 0, 0),
                         minute("2025-10-12", 0, 0)) == 540);
}

/* [property] [HR3] Against walking minute by minute; the clock's time is the
 * difference itself. */
TEST(one_subtraction_is_a_walk_over_the_minutes)
{
    struct test_random r = { TEST_SEED };
    TEST_ARENA(a, 8 << 20);
    struct hours *h = NULL;
    struct hours *always = NULL;

    if (!EXPECT_OK(hours_new(&a, &week_usual, NULL, &h)) ||
        !EXPECT_OK(hours_new(&a, &week_always, NULL, &always)))
        return;
    for (int i = 0; i < 200 && !test_failing(); i++) {
        int64_t from = (int64_t)test_random_below(&r, 60 * UINT64_C(525600));
        int64_t to = from + (int64_t)test_random_below(&r, 30000);
        uint32_t walked = 0;

        for (int64_t m = from; m < to; m++)
            walked += day_weekday((day)(m / 1440)) < 5 && m % 1440 >= 540 &&
                      m % 1440 < 1080;
        EXPECT(hours_between(h, from, to) == walked);
        EXPECT(hours_between(always, from, to) == to - from);
    }
}

TEST(minutes_beyond_the_table_are_taken_to_its_ends)
{
    TEST_ARENA(a, 4 << 20);
    struct hours *h = NULL;

    if (!EXPECT_OK(hours_new(&a, &week_always, NULL, &h)))
        return;
    EXPECT(hours_between(h, -5, 3) == 3);
    EXPECT(hours_between(h, (int64_t)DAY_MAX * 1440, INT64_MAX) == 1439);
}

/* "0:540-1080 .." of the days that have hours. */
static str week_shown(const char *text, char out[200])
{
    struct week w;
    size_t n = 0;

    if (!week_parse(str_of(text), &w))
        return S("no");
    for (int i = 0; i < 7; i++)
        if (w.days[i].to > 0)
            n += (size_t)snprintf(out + n, 200 - n, "%d:%d-%d ", i,
                                  w.days[i].from, w.days[i].to);
    if (w.holidays)
        n += (size_t)snprintf(out + n, 200 - n, "holidays");
    return (str){ out, n };
}

TEST(hours_of_a_week_are_read_as_people_give_them)
{
    static const struct {
        const char *text;
        const char *want;
    } rows[] = {
        { "1-2 9:00-18:00", "0:540-1080 1:540-1080 " },
        { " 6 09:30-12:00,7 0:00-24:00", "5:570-720 6:0-1440 " },
        { "always", "0:0-1440 1:0-1440 2:0-1440 3:0-1440 4:0-1440 5:0-1440 "
                    "6:0-1440 holidays" },
        { "", "no" },
        { "0 9:00-18:00", "no" },
        { "1-8 9:00-18:00", "no" },
        { "5-1 9:00-18:00", "no" },
        { "1-5 18:00-9:00", "no" },
        { "1-5 9:00-9:00", "no" },
        { "1-5 9:00-24:01", "no" },
        { "1-5 9:60-18:00", "no" },
        { "1-5 9-18", "no" },
        { "1-5", "no" },
        { "1-5 9:00-18:00 or so", "no" },
        { "1-5 9:00-18:00,5 9:00-12:00", "no" },
        { "1-5 9:00-18:00,,", "no" },
        { "1-,2 9:00-18:00", "no" },
        { "-5 9:00-18:00", "no" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char out[200];

        EXPECT_ROW_STR(rows[i].text, week_shown(rows[i].text, out),
                       str_of(rows[i].want));
    }
}
