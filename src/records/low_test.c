#include "records/low.h"

#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"

enum { PARTS = 30, DAYS = 100, SEEN = 5000 };

/* [LW1] [property] Seen many times in any order, by one or by two. */
TEST(a_part_is_low_once_a_day_whoever_saw_it)
{
    static bool low[PARTS][DAYS];
    static uint32_t turned[PARTS];
    struct test_random r = { TEST_SEED };
    struct heap h = HEAP_LIBC;
    struct low one;
    struct low two[2];
    uint32_t days[2][PARTS];
    uint32_t any = 0;

    low_init(&one, &h);
    low_init(&two[0], &h);
    low_init(&two[1], &h);
    for (uint32_t i = 0; i < PARTS; i++)
        turned[i] = PARTS - 1 - i;
    for (size_t i = 0; i < SEEN; i++) {
        uint32_t part = (uint32_t)test_random_below(&r, PARTS);
        uint32_t on = (uint32_t)test_random_below(&r, DAYS) / 2 * 2;
        size_t who = test_random_below(&r, 2);

        low[part][on] = true;
        EXPECT(low_add(&one, part, on));
        EXPECT(low_add(&two[who], who == 1 ? turned[part] : part, on));
    }
    EXPECT(low_merge(&two[0], &two[1], turned));
    low_close(&one);
    low_close(&two[0]);
    EXPECT(low_parts(&one) == PARTS && low_parts(&two[0]) == PARTS);
    low_by_part(&one, days[0]);
    low_by_part(&two[0], days[1]);
    for (uint32_t i = 0; i < PARTS; i++) {
        uint32_t want = 0;

        for (uint32_t k = 0; k < DAYS; k++)
            want += low[i][k];
        EXPECT(days[0][i] == want && days[1][i] == want);
    }
    for (uint32_t k = 0; k < DAYS; k++) {
        bool some = false;

        for (uint32_t i = 0; i < PARTS; i++)
            some = some || low[i][k];
        any += some;
    }
    EXPECT(any == DAYS / 2);
    EXPECT(low_days(&one) == any && low_days(&two[0]) == any);
    EXPECT(one.room < SEEN); /* what stands twice takes no room */
    low_end(&one);
    low_end(&two[0]);
    low_end(&two[1]);
}

TEST(nothing_low_is_no_day_and_no_part)
{
    struct heap h = HEAP_LIBC;
    struct low l;

    low_init(&l, &h);
    low_close(&l);
    EXPECT(low_days(&l) == 0 && low_parts(&l) == 0);
    low_by_part(&l, NULL);
    low_end(&l);
}
