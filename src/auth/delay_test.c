/* How long one waits after failing. [DE1] [DE2] */

#include "auth/delay.h"

#include "base/size.h"
#include "base/test.h"

#define SECOND INT64_C(1000000)

TEST(the_wait_grows_from_nothing_to_the_longest)
{
    static const struct {
        const char *why;
        enum delay_of of;
        int64_t times;
        int64_t seconds;
    } rows[] = {
        { "none yet", DELAY_LOGIN, 0, 0 },
        { "the last free one", DELAY_LOGIN, 4, 0 },
        { "the first that costs", DELAY_LOGIN, 5, 1 },
        { "twice", DELAY_LOGIN, 6, 2 },
        { "the last below the longest", DELAY_LOGIN, 16, 2048 },
        { "the longest", DELAY_LOGIN, 17, 3600 },
        { "no longer than that", DELAY_LOGIN, 18, 3600 },
        { "however many", DELAY_LOGIN, INT64_MAX, 3600 },
        { "of a network, the last free one", DELAY_NETWORK, 30, 0 },
        { "of a network, the first that costs", DELAY_NETWORK, 31, 1 },
        { "of a network, below the longest", DELAY_NETWORK, 40, 512 },
        { "of a network, the longest", DELAY_NETWORK, 41, 900 },
        { "of codes, the last free one", DELAY_CODE, 4, 0 },
        { "of codes, the first that costs", DELAY_CODE, 5, 1 },
        { "of codes, the longest", DELAY_CODE, 17, 3600 },
        { "of asking, the last free one", DELAY_ASK, 10, 0 },
        { "of asking, the first that costs", DELAY_ASK, 11, 1 },
        { "of asking, the longest", DELAY_ASK, 23, 3600 },
        { "of mails, the last free one", DELAY_MAIL, 3, 0 },
        { "of mails, the first that costs", DELAY_MAIL, 4, 1 },
        { "of mails, the longest", DELAY_MAIL, 16, 3600 },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why, delay_after(rows[i].of, rows[i].times) ==
                                    rows[i].seconds * SECOND);
}

/* Of six failures, two seconds. */
TEST(what_is_left_of_a_wait_goes_with_the_time)
{
    static const struct {
        const char *why;
        int64_t now;
        int64_t left;
    } rows[] = {
        { "at once", 100 * SECOND, 2 * SECOND },
        { "the last moment", 102 * SECOND - 1, 1 },
        { "over", 102 * SECOND, 0 },
        { "long over", 500 * SECOND, 0 },
        { "the clock was put back", 1, 2 * SECOND },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why, delay_left(DELAY_LOGIN, 6, 100 * SECOND,
                                           rows[i].now) == rows[i].left);
}

TEST(a_day_without_a_failure_forgets_those_before)
{
    static const struct {
        const char *why;
        int64_t times;
        int64_t now;
        int64_t counted;
    } rows[] = {
        { "the first", 0, 100, 1 },
        { "one more", 6, 101, 7 },
        { "the last moment of the day", 6, 100 + DELAY_FORGOTTEN - 1, 7 },
        { "a day later", 6, 100 + DELAY_FORGOTTEN, 1 },
        { "the clock was put back", 6, 1, 7 },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why, delay_count(rows[i].times, 100, rows[i].now) ==
                                    rows[i].counted);
}
