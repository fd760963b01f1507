#include "verify/instant.h"

#include "base/size.h"
#include "base/test.h"

TEST(a_moment_and_its_text_are_each_others)
{
    static const struct {
        int64_t micros;
        str text;
    } rows[] = {
        { 0, S_INIT("1970-01-01T00:00:00Z") },
        { -1000000, S_INIT("1969-12-31T23:59:59Z") },
        { -86400000000, S_INIT("1969-12-31T00:00:00Z") },
        { 1677281798000000, S_INIT("2023-02-24T23:36:38Z") },
        { 951868800000000, S_INIT("2000-03-01T00:00:00Z") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[INSTANT_TEXT];
        int64_t back = 1;

        EXPECT_STR(instant_text(rows[i].micros, text), rows[i].text);
        EXPECT(instant_parse(rows[i].text, &back));
        EXPECT(back == rows[i].micros);
    }
}

TEST(a_fraction_of_a_second_is_cut_off)
{
    char text[INSTANT_TEXT];

    EXPECT_STR(instant_text(999999, text), S("1970-01-01T00:00:00Z"));
    EXPECT_STR(instant_text(-1, text), S("1969-12-31T23:59:59Z"));
}

/* [IN1] */
TEST(a_moment_written_otherwise_is_none)
{
    static const char *const rows[] = {
        "",
        "2026-11-27",
        "2026-11-27T16:00:00",
        "2026-11-27T16:00:00z",
        "2026-11-27t16:00:00Z",
        "2026-11-27 16:00:00Z",
        "2026-11-27T16:00:00+08:00",
        "2026-11-27T16:00:00.0Z",
        "2026-11-27T24:00:00Z",
        "2026-11-27T23:60:00Z",
        "2026-11-27T23:59:60Z",
        "2026-11-31T00:00:00Z",
        "2026-11-27T1 :00:00Z",
        "2026-11-27T-1:00:00Z",
        "2026-11-27T16-00:00Z",
        "2026-11-27T16:00-00Z",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t out = 7;

        EXPECT_ROW(rows[i], !instant_parse(str_of(rows[i]), &out));
        EXPECT_ROW(rows[i], out == 7);
    }
}

/* [IN2] */
TEST(a_day_begins_and_ends_at_16_o_clock_utc)
{
    char text[INSTANT_TEXT];
    day d = 0;

    EXPECT(day_parse(S("2026-01-01"), &d));
    EXPECT_STR(instant_text(instant_day_begin(d), text),
               S("2025-12-31T16:00:00Z"));
    EXPECT_STR(instant_text(instant_day_end(d), text),
               S("2026-01-01T15:59:59Z"));
}
