/* The month a report is about, and its limit. */

#include "base/size.h"
#include "base/test.h"
#include "filing/month.h"

static day on(const char *text)
{
    day d = 0;

    EXPECT_ROW(text, day_parse(str_of(text), &d));
    return d;
}

/* [MO1]: the tenth stands whatever day it is. */
TEST(a_month_is_due_on_the_tenth_of_the_next_and_no_holiday_moves_it)
{
    static const struct {
        const char *month;
        const char *due;
    } rows[] = {
        { "2026-11", "2026-12-10" }, /* a Thursday */
        { "2026-12", "2027-01-10" }, /* a Sunday */
        { "2026-09", "2026-10-10" }, /* a Saturday */
        { "2025-09", "2025-10-10" }, /* after the holiday week, make-up days */
        { "2024-01", "2024-02-10" }, /* Spring Festival */
        { "2026-01", "2026-02-10" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct month m = { 0, 0 };

        EXPECT_ROW(rows[i].month, month_parse(str_of(rows[i].month), &m));
        EXPECT_ROW(rows[i].month, month_due(m) == on(rows[i].due));
    }
}

TEST(a_month_has_a_first_and_a_last_day)
{
    static const struct {
        struct month m;
        const char *first;
        const char *last;
    } rows[] = {
        { { 2026, 2 }, "2026-02-01", "2026-02-28" },
        { { 2024, 2 }, "2024-02-01", "2024-02-29" },
        { { 2026, 12 }, "2026-12-01", "2026-12-31" },
        { { 1900, 1 }, "1900-01-01", "1900-01-31" },
        { { 2199, 12 }, "2199-12-01", "2199-12-31" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        day first = on(rows[i].first);
        day last = on(rows[i].last);

        EXPECT_ROW(rows[i].first, month_first(rows[i].m) == first);
        EXPECT_ROW(rows[i].first, month_last(rows[i].m) == last);
        EXPECT_ROW(rows[i].first, month_eq(month_of_day(first), rows[i].m));
        EXPECT_ROW(rows[i].first, month_eq(month_of_day(last), rows[i].m));
    }
    EXPECT(month_eq(month_next((struct month){ 2026, 12 }),
                    (struct month){ 2027, 1 }));
    EXPECT(month_eq(month_next((struct month){ 2026, 1 }),
                    (struct month){ 2026, 2 }));
    EXPECT(month_due((struct month){ 2199, 12 }) == DAY_NEVER);
    EXPECT(month_due((struct month){ 2199, 11 }) == on("2199-12-10"));
}

TEST(a_month_is_written_with_four_and_two_digits)
{
    static const struct {
        const char *text;
        bool right;
    } rows[] = {
        { "2026-11", true },  { "2026-01", true },     { "2026-12", true },
        { "2026-00", false }, { "2026-13", false },    { "2026-1", false },
        { "202611", false },  { "2026-11-01", false }, { "1899-12", false },
        { "1900-01", true },  { "2199-12", true },     { "2200-01", false },
        { "", false },        { "2026/11", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct month m = { 1, 2 };
        char text[MONTH_TEXT];

        EXPECT_ROW(rows[i].text,
                   month_parse(str_of(rows[i].text), &m) == rows[i].right);
        if (rows[i].right)
            EXPECT_ROW_STR(rows[i].text, month_text(m, text),
                           str_of(rows[i].text));
        else
            EXPECT_ROW(rows[i].text, m.year == 1 && m.month == 2);
    }
}
