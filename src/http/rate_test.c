/* How often somebody may ask. [RA1]-[RA4] */

#include "http/rate.h"

#include "base/size.h"
#include "base/test.h"

#define SECOND INT64_C(1000000)

static const struct rate rules[] = {
    { 3, 10 * SECOND },
    { 1, SECOND },
};

static struct rates *made(struct arena *a)
{
    struct rates *r = NULL;

    EXPECT_OK(rates_new(a, rules, COUNT(rules), 7, &r));
    return r;
}

static struct peer four(uint8_t a, uint8_t b, uint8_t c, uint8_t d)
{
    return (struct peer){ .bytes = { a, b, c, d } };
}

static struct peer six(uint8_t of_network, uint8_t of_host)
{
    struct peer p = { .six = true, .bytes = { 0x20, 0x01, 0x0d, 0xb8 } };

    p.bytes[7] = of_network;
    p.bytes[8] = of_host;
    p.bytes[15] = of_host;
    return p;
}

TEST(a_full_bucket_gives_its_burst_and_then_one_at_a_time)
{
    static const struct {
        const char *why;
        int64_t at;
        int64_t wait;
    } rows[] = {
        { "the first", 0, 0 },
        { "the second", 0, 0 },
        { "the last of the burst", 0, 0 },
        { "none is left", 0, 10 * SECOND },
        { "a microsecond early", 10 * SECOND - 1, 1 },
        { "one came back", 10 * SECOND, 0 },
        { "and is gone [RA4]", 10 * SECOND, 10 * SECOND },
        { "two came back, not one more", 30 * SECOND, 0 },
        { "the second of the two", 30 * SECOND, 0 },
        { "none is left again", 30 * SECOND, 10 * SECOND },
        { "full again, and no fuller", 1000 * SECOND, 0 },
        { "second", 1000 * SECOND, 0 },
        { "third", 1000 * SECOND, 0 },
        { "no fourth", 1000 * SECOND, 10 * SECOND },
    };
    TEST_ARENA(a, 1 << 20);
    struct rates *r = made(&a);
    const struct peer p = four(192, 0, 2, 1);

    for (size_t i = 0; r != NULL && i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why,
                   rates_take(r, &p, 0, rows[i].at) == rows[i].wait);
}

/* [RA1] */
TEST(a_network_shares_an_allowance_and_its_neighbour_has_another)
{
    const struct {
        const char *why;
        struct peer one;
        struct peer other;
        bool share;
    } rows[] = {
        { "the same address", four(192, 0, 2, 1), four(192, 0, 2, 1), true },
        { "the next address", four(192, 0, 2, 1), four(192, 0, 2, 2), false },
        { "another host of the /64", six(1, 1), six(1, 9), true },
        { "the next /64", six(1, 1), six(2, 1), false },
        { "the same bytes of the other family", four(0, 0, 0, 0),
          (struct peer){ .six = true }, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 20);
        struct rates *r = made(&a);

        if (r == NULL)
            return;
        EXPECT_ROW(rows[i].why, rates_take(r, &rows[i].one, 1, 5) == 0);
        EXPECT_ROW(rows[i].why,
                   (rates_take(r, &rows[i].other, 1, 5) > 0) == rows[i].share);
    }
}

TEST(one_kind_takes_nothing_from_another)
{
    TEST_ARENA(a, 1 << 20);
    struct rates *r = made(&a);
    const struct peer p = four(192, 0, 2, 1);

    if (r == NULL)
        return;
    EXPECT(rates_take(r, &p, 1, 0) == 0);
    EXPECT(rates_take(r, &p, 1, 0) == SECOND);
    EXPECT(rates_take(r, &p, 0, 0) == 0);
}

/* [RA2]  So many others have asked once; who has emptied a bucket is still
 * known, and all fits in what was there at first. */
TEST(an_emptied_bucket_outlives_any_number_that_asked_once)
{
    TEST_ARENA(a, 1 << 20);
    struct rates *r = made(&a);
    const struct peer p = four(192, 0, 2, 1);

    if (r == NULL)
        return;
    for (int i = 0; i < 3; i++)
        EXPECT(rates_take(r, &p, 0, 0) == 0);
    for (int i = 0; i < 10 * RATE_BUCKETS; i++) {
        const struct peer other =
            four(10, (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i);

        (void)rates_take(r, &other, 0, 1);
    }
    EXPECT(rates_take(r, &p, 0, 2) > 0);
}

/* [RA2]  A place that is full is no wall: whoever comes new is served. */
TEST(whoever_comes_new_to_a_full_table_is_served)
{
    TEST_ARENA(a, 1 << 20);
    struct rates *r = made(&a);
    int refused = 0;

    for (int i = 0; r != NULL && i < 4 * RATE_BUCKETS; i++) {
        const struct peer p =
            four(10, (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i);

        refused += rates_take(r, &p, 1, 0) > 0;
    }
    EXPECT(refused == 0);
}
