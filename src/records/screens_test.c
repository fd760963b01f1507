#include "records/screens.h"

#include "base/heap.h"
#include "base/size.h"
#include "base/test.h"
#include "records/hours.h"
#include "records/screens_parts.h"

#include <string.h>

/* --- chance --- */

/* The bound by hand: 10 of 10 at 1/2 is 10 bits; 3 of 4 at 1/2 is
 * 3 log2(3/2) + log2(1/2) = 0.75; 50 of 500 at 1/20 is 50 - 450 log2(19/18),
 * 14.9; 5 of 5 at 1/16 is 20. */
TEST(the_bound_of_chance_is_that_of_chernoff)
{
    static const struct {
        struct screen_rate seen;
        struct screen_rate base;
        uint32_t bits;
    } rows[] = {
        { { 10, 10 }, { 1, 2 }, 10 },   { { 20, 20 }, { 1, 2 }, 20 },
        { { 3, 4 }, { 1, 2 }, 0 },      { { 2, 4 }, { 1, 2 }, 0 },
        { { 1, 4 }, { 1, 2 }, 0 },      { { 0, 4 }, { 1, 2 }, 0 },
        { { 50, 500 }, { 1, 20 }, 14 }, { { 5, 5 }, { 1, 16 }, 20 },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(chance_bits(rows[i].seen, rows[i].base) == rows[i].bits);
}

/* [SC1] [SC3] Both sides of the limit. */
TEST(the_limit_is_the_least_count_that_is_rare_enough)
{
    const struct screen_rate half = { 1, 2 };

    EXPECT(chance_limit(9, half, 10) == 0);
    EXPECT(chance_limit(10, half, 10) == 10);
    for (uint64_t n = 20; n < 3000; n += 97) {
        uint64_t k = chance_limit(n, half, 10);

        EXPECT(chance_bits((struct screen_rate){ k, n }, half) >= 10);
        EXPECT(chance_bits((struct screen_rate){ k - 1, n }, half) < 10);
    }
}

TEST(keys_are_sorted_and_their_rows_stay_in_order)
{
    static struct sorted a[1000];
    static struct sorted b[1000];
    struct test_random r = { TEST_SEED };
    const struct sorted *got;

    for (size_t i = 0; i < COUNT(a); i++)
        a[i] = (struct sorted){ test_random_below(&r, 70000), i };
    got = screens_sort(a, b, COUNT(a), 3);
    for (size_t i = 1; i < COUNT(a); i++)
        EXPECT(got[i - 1].key < got[i].key ||
               (got[i - 1].key == got[i].key && got[i - 1].row < got[i].row));
}
