#include "text/text.h"

#include "base/size.h"
#include "base/test.h"

TEST(days_are_written_out)
{
    static const struct {
        const char *name;
        day d;
        str zh;
        str en;
    } rows[] = {
        { "today", 20781, S_INIT("2026年11月24日"),
          S_INIT("24 November 2026") },
        { "one digit", 0, S_INIT("1970年1月1日"), S_INIT("1 January 1970") },
        { "first", DAY_MIN, S_INIT("1900年1月1日"), S_INIT("1 January 1900") },
        { "last", DAY_MAX, S_INIT("2199年12月31日"),
          S_INIT("31 December 2199") },
        { "before", DAY_MIN - 1, S_INIT("—"), S_INIT("—") },
        { "after", DAY_MAX + 1, S_INIT("—"), S_INIT("—") },
        { "never", DAY_NEVER, S_INIT("—"), S_INIT("—") },
    };
    char out[TEXT_VALUE];

    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW_STR(rows[i].name, text_day(LANG_ZH, rows[i].d, out),
                       rows[i].zh);
        EXPECT_ROW_STR(rows[i].name, text_day(LANG_EN, rows[i].d, out),
                       rows[i].en);
    }
}

TEST(money_has_groups_of_three_and_two_places)
{
    static const struct {
        int64_t fen;
        str want;
    } rows[] = {
        { 0, S_INIT("¥0.00") },
        { 5, S_INIT("¥0.05") },
        { -5, S_INIT("-¥0.05") },
        { 99999, S_INIT("¥999.99") },
        { 100000, S_INIT("¥1,000.00") },
        { 1234560, S_INIT("¥12,345.60") },
        { 100000000, S_INIT("¥1,000,000.00") },
        { INT64_MAX, S_INIT("¥92,233,720,368,547,758.07") },
        { INT64_MIN, S_INIT("-¥92,233,720,368,547,758.08") },
    };
    char out[TEXT_VALUE];

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_STR(text_money(rows[i].fen, out), rows[i].want);
}

TEST(scores_have_two_places)
{
    static const struct {
        int64_t hundredths;
        str want;
    } rows[] = {
        { 0, S_INIT("0.00") },
        { 9, S_INIT("0.09") },
        { 9499, S_INIT("94.99") },
        { 10000, S_INIT("100.00") },
        { -1, S_INIT("-0.01") },
        { INT64_MIN, S_INIT("-92233720368547758.08") },
    };
    char out[TEXT_VALUE];

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_STR(text_score(rows[i].hundredths, out), rows[i].want);
}

TEST(per_cents_have_no_place_more_than_needed)
{
    static const struct {
        int64_t basis_points;
        str want;
    } rows[] = {
        { 0, S_INIT("0%") },
        { 1, S_INIT("0.01%") },
        { 9250, S_INIT("92.5%") },
        { 9000, S_INIT("90%") },
        { 10000, S_INIT("100%") },
        { -50, S_INIT("-0.5%") },
        { INT64_MIN, S_INIT("-92233720368547758.08%") },
    };
    char out[TEXT_VALUE];

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_STR(text_percent(rows[i].basis_points, out), rows[i].want);
}
