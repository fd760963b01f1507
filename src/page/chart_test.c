/* Charts: what is drawn, and that nothing is where nothing is known. */

#include "page/chart.h"

#include "base/size.h"
#include "base/test.h"

enum { ARENA = 8 << 20 };

static const struct chart_point points[] = {
    { S_INIT("2026-01"), S_INIT("90% (9/10)"), 9000, 8500, 9400, true },
    { S_INIT("2026-02"), S_INIT("<none>"), 0, 0, 0, false },
    { S_INIT("2026-03"), S_INIT("95% (19/20)"), 9500, 9100, 9700, true },
};

static size_t count(str text, str what)
{
    size_t n = 0;

    for (size_t at = str_find(text, what); at < text.n;
         at = str_find(text, what)) {
        text = str_from(text, at + what.n);
        n++;
    }
    return n;
}

/* [CH1] [CH2] */
TEST(a_trend_has_a_dot_for_each_month_that_is_known)
{
    TEST_ARENA(a, ARENA);
    struct chart c = {
        .title = S("T"), .points = points, .n = 3, .mark = 9000
    };
    str svg = S("");
    str again = S("");

    EXPECT_OK(chart_trend(&a, &c, &svg));
    EXPECT(count(svg, S("rx=\"3.5\"")) == 2);
    EXPECT(count(svg, S("fill=\"#d5e3e6\"")) == 2);
    EXPECT(str_contains(svg, S(">80%</text>")));
    EXPECT(str_contains(svg, S(">2026-02</text>")));
    EXPECT(str_contains(svg, S("#a06a0e")));
    EXPECT_OK(chart_trend(&a, &c, &again)); /* [CH4] */
    EXPECT_STR(again, svg);
    c.mark = 0;
    c.n = 1;
    EXPECT_OK(chart_trend(&a, &c, &svg));
    EXPECT(!str_contains(svg, S("#a06a0e")));
    EXPECT(count(svg, S("rx=\"3.5\"")) == 1);
}

/* [CH2] */
TEST(a_scale_shows_every_interval)
{
    static const struct {
        int64_t low;
        int64_t high;
        const char *foot;
        const char *top;
    } rows[] = {
        { 0, 500, ">0%<", ">5%<" },         { 0, 501, ">0%<", ">10%<" },
        { 9000, 10000, ">90%<", ">100%<" }, { 8999, 10000, ">80%<", ">100%<" },
        { 5000, 10000, ">50%<", ">100%<" }, { 4999, 10000, ">0%<", ">100%<" },
        { 1000, 2000, ">0%<", ">20%<" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        struct chart_point p = { .at = rows[i].low,
                                 .low = rows[i].low,
                                 .high = rows[i].high,
                                 .known = true };
        struct chart c = { .points = &p, .n = 1 };
        str svg = S("");

        EXPECT_OK(chart_trend(&a, &c, &svg));
        EXPECT_ROW(rows[i].top, str_contains(svg, str_of(rows[i].foot)) &&
                                    str_contains(svg, str_of(rows[i].top)));
    }
}

TEST(bars_stand_below_each_other_with_what_they_say)
{
    TEST_ARENA(a, ARENA);
    struct chart c = { .title = S("T"), .points = points, .n = 3 };
    str svg = S("");

    EXPECT_OK(chart_spans(&a, &c, &svg));
    EXPECT(str_contains(svg, S("viewBox=\"0 0 720 104\"")));
    EXPECT(chart_spans_height(3) == 104);
    EXPECT(str_contains(svg, S(">90% (9/10)</text>")));
    EXPECT(str_contains(svg, S(">&lt;none&gt;</text>")));
    EXPECT(count(svg, S("width=\"0\"")) == 1);
}

TEST(days_are_a_line_above_nothing)
{
    TEST_ARENA(a, ARENA);
    static const int64_t counts[] = { 3, 7, 0, 12 };
    static const struct chart_day_label labels[] = { { 0, S_INIT("3月") } };
    struct chart_days c = { .title = S("T"),
                            .counts = counts,
                            .n = 4,
                            .labels = labels,
                            .labels_n = 1 };
    int64_t *many = arena_array(&a, CHART_DAYS_MAX, sizeof *many);
    str svg = S("");

    EXPECT_OK(chart_days(&a, &c, &svg));
    EXPECT(str_contains(svg, S("d=\"M56 173L266 135L477 200L688 89\"")));
    EXPECT(str_contains(svg, S(">20</text>")));
    EXPECT(str_contains(svg, S(">3月</text>")));
    c.counts = many;
    c.n = CHART_DAYS_MAX;
    EXPECT_OK(chart_days(&a, &c, &svg));
    EXPECT(svg.n < 20000);
    c.n = 1;
    EXPECT_OK(chart_days(&a, &c, &svg));
}
