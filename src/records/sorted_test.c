/* Rows in the order of a key. */
#include "records/sorted.h"

#include "base/size.h"
#include "base/test.h"

enum { ROWS = 1000 };

/* Sorted by these bytes, and of one key in the order they had. */
static void is_sorted(const char *why, const struct sorted *t, size_t n)
{
    for (size_t i = 1; i < n; i++)
        EXPECT_ROW(why, t[i - 1].key < t[i].key || (t[i - 1].key == t[i].key &&
                                                    t[i - 1].row < t[i].row));
}

TEST(those_of_one_key_stay_in_order)
{
    static const struct {
        const char *why;
        uint64_t below; /* keys are */
        unsigned bytes;
    } rows[] = {
        { "one byte", 200, 1 },
        { "three bytes", 70000, 3 },
        { "all alike", 1, 8 },
        { "all of them, most without a one", UINT64_C(1) << 20, 8 },
    };
    static struct sorted a[ROWS];
    static struct sorted b[ROWS];
    struct test_random r = { TEST_SEED };

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t k = 0; k < ROWS; k++)
            a[k] = (struct sorted){ test_random_below(&r, rows[i].below), k };
        is_sorted(rows[i].why, sorted_by_key(a, b, ROWS, rows[i].bytes), ROWS);
    }
}

/* The highest byte counts as the lowest does. */
TEST(keys_that_differ_at_their_upper_end_are_sorted)
{
    struct sorted a[] = { { UINT64_MAX, 0 },
                          { UINT64_C(1) << 63, 1 },
                          { 1, 2 },
                          { UINT64_C(1) << 63, 3 } };
    struct sorted b[COUNT(a)];
    const struct sorted *got = sorted_by_key(a, b, COUNT(a), 8);

    is_sorted("whole keys", got, COUNT(a));
    EXPECT(got[0].row == 2 && got[1].row == 1 && got[3].row == 0);
}

TEST(what_is_in_order_already_stays_where_it_is)
{
    struct sorted a[] = { { 1, 0 }, { 1, 1 }, { 5, 2 } };
    struct sorted b[COUNT(a)];

    EXPECT(sorted_by_key(a, b, COUNT(a), 8) == a);
    EXPECT(sorted_by_key(a, b, 0, 8) == a);
}
