#include "records/moment.h"

#include "base/size.h"
#include "base/test.h"

#include <stdio.h>
#include <string.h>

static const enum moment_order orders[] = { MOMENT_YMD, MOMENT_DMY,
                                            MOMENT_MDY };

/* Whether both ways find the same, in every order. */
static bool same(struct moment_days *days, str s)
{
    bool good = true;

    for (size_t i = 0; i < COUNT(orders); i++) {
        struct moment m = { -1, MOMENT_DAY };
        int64_t got = -1;
        bool want = moment_read(s, orders[i], &m);

        good = good && want == moment_read_known(days, s, orders[i], &got) &&
               got == m.seconds;
    }
    return good;
}

TEST(known_days_are_read_as_unknown_ones)
{
    static const char *const rows[] = {
        "2025-03-04 10:11:12", "2025-03-04 10:11",     "2025/03/04 10:11:12",
        "04/03/2025 10:11",    "04-03-2025 10:11:12",  "13/03/2025 10:11",
        "03/13/2025 10:11",    "2025-02-30 10:11:12",  "2025-03-04 24:00:00",
        "2025-03-04 23:59:60", "2025-03-04 25:00:00",  "2025-03-04 10:60:00",
        "2025-03/04 10:11:12", "2025-03-04T10:11:12",  "2025-03-04 10-11-12",
        "2025-3-4 10:11:12.5", "1899-12-31 10:11:12",  "2025-03-04 10:11+08",
        "2025-03-0: 10:11:12", "2025-03-04 1o:11:12",  "2025-03-04 10:11:1:",
        "20250304 10:11:12  ", "2025-03-04",           "",
        " 2025-03-04 10:11 ",  "2025-03-04 10:11:012",
    };
    static struct moment_days days;

    /* Each twice: a day is read, and then known. */
    for (size_t i = 0; i < 2 * COUNT(rows); i++) {
        const char *row = rows[i % COUNT(rows)];

        EXPECT_ROW(row, same(&days, str_of(row)));
    }
}

/* A date and time, or almost. */
static str draw(struct test_random *r, char text[80])
{
    static const char signs[] = "0123456789-/: T.";
    int year = 1990 + (int)test_random_below(r, 60);
    int month = 1 + (int)test_random_below(r, 13);
    int mday = 1 + (int)test_random_below(r, 31);
    int minute = (int)test_random_below(r, 1450);

    if (test_random_below(r, 2) == 0)
        (void)snprintf(text, 80, "%04d-%02d-%02d %02d:%02d:%02d", year, month,
                       mday, minute / 60, minute % 60, minute % 61);
    else
        (void)snprintf(text, 80, "%02d/%02d/%04d %02d:%02d:%02d", mday, month,
                       year, minute / 60, minute % 60, minute % 61);
    if (test_random_below(r, 4) == 0)
        text[test_random_below(r, 19)] =
            signs[test_random_below(r, sizeof signs - 1)];
    return (str){ text, test_random_below(r, 2) == 0 ? 16 : 19 };
}

/* [property] One byte of a moment changed, over many days. */
TEST(moments_with_slips_are_read_as_the_long_way_reads_them)
{
    struct test_random r = { TEST_SEED };
    static struct moment_days days;

    for (int i = 0; i < 200000 && !test_failing(); i++) {
        char text[80];
        str s = draw(&r, text);

        EXPECT_ROW(text, same(&days, s));
    }
}
