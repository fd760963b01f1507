#include "base/statistics.h"

#include "base/size.h"
#include "base/test.h"

#include <math.h>

/* Expected values were computed with exact fractions outside this program;
 * those of the trade's usual samples agree with the published ones. */
TEST(wilson_bounds_are_rounded_outward)
{
    static const struct {
        const char *name;
        int64_t k;
        int64_t n;
        struct interval want;
    } rows[] = {
        { "9 of 10", 9, 10, { 5958, 9822 } },
        { "10 of 10", 10, 10, { 7224, 10000 } },
        { "14 of 15", 14, 15, { 7018, 9882 } },
        { "17 of 20", 17, 20, { 6395, 9477 } },
        { "18 of 20 is 90 % and proves 69.89 %", 18, 20, { 6989, 9722 } },
        { "19 of 20", 19, 20, { 7638, 9912 } },
        { "20 of 20", 20, 20, { 8388, 10000 } },
        { "30 of 30", 30, 30, { 8864, 10000 } },
        { "45 of 50", 45, 50, { 7863, 9566 } },
        { "90 of 100", 90, 100, { 8256, 9448 } },
        { "180 of 200", 180, 200, { 8505, 9344 } },
        { "none of 10", 0, 10, { 0, 2776 } },
        { "one of one", 1, 1, { 2065, 10000 } },
        { "none of one", 0, 1, { 0, 7935 } },
        { "a great many", 500000000, STATISTICS_N_MAX, { 4999, 5001 } },
        { "all of a great many",
          STATISTICS_N_MAX,
          STATISTICS_N_MAX,
          { 9999, 10000 } },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct interval got = wilson(rows[i].k, rows[i].n);

        EXPECT_ROW(rows[i].name, got.low == rows[i].want.low);
        EXPECT_ROW(rows[i].name, got.high == rows[i].want.high);
    }
}

/* [property] Against the textbook formula, which is good to a basis point. */
TEST(wilson_agrees_with_the_textbook_formula)
{
    const double z2 = 3.841458820694;

    for (int64_t n = 1; n <= 120; n++) {
        for (int64_t k = 0; k <= n; k++) {
            double p = (double)k / (double)n;
            double d = 1 + z2 / (double)n;
            double c = (p + z2 / (2.0 * (double)n)) / d;
            double h = sqrt(z2 * (p * (1 - p) / (double)n +
                                  z2 / (4.0 * (double)(n * n)))) /
                       d;
            struct interval w = wilson(k, n);

            EXPECT(w.low <= 10000 * (c - h) + 1e-6);
            EXPECT(w.low > 10000 * (c - h) - 1 - 1e-6);
            EXPECT(w.high >= 10000 * (c + h) - 1e-6);
            EXPECT(w.high < 10000 * (c + h) + 1 + 1e-6);
        }
    }
}

/* [property] */
TEST(one_more_success_never_lowers_the_bounds)
{
    for (int64_t n = 1; n <= 60; n++) {
        for (int64_t k = 1; k <= n; k++) {
            struct interval less = wilson(k - 1, n);
            struct interval more = wilson(k, n);

            EXPECT(less.low <= more.low && less.high <= more.high);
            EXPECT(more.low <= more.high);
        }
    }
}

TEST(thirty_five_of_thirty_five_show_ninety_per_cent)
{
    EXPECT(!wilson_shows(34, 34, 90, 100));
    EXPECT(wilson_shows(35, 35, 90, 100));
    EXPECT(!wilson_shows(34, 35, 90, 100));
    EXPECT(wilson_shows(35, 35, 9, 10));
    EXPECT(!wilson_shows(20, 20, 9, 10)); /* however happy all twenty are */
}

TEST(nothing_is_always_shown_and_all_never)
{
    EXPECT(wilson_shows(0, 10, 0, 1));
    EXPECT(!wilson_shows(10, 10, 1, 1));
    EXPECT(!wilson_shows(STATISTICS_N_MAX, STATISTICS_N_MAX, 1, 1));
    EXPECT(!wilson_shows(5, 10, 1, 2)); /* the estimate itself is inside */
    EXPECT(!wilson_shows(5, 10, 3, 4)); /* above the estimate */
}

/* 49 of 117 show just above a third: 3333 basis points, rounded down, would
 * not have. */
TEST(rates_that_are_no_basis_points_are_compared_exactly)
{
    EXPECT(wilson(49, 117).low == 3333);
    EXPECT(wilson_shows(49, 117, 1, 3));
    EXPECT(!wilson_shows(48, 117, 1, 3));
}

TEST(refutation_counts_are_exact)
{
    static const struct {
        const char *name;
        int32_t p_n;
        int32_t p_d;
        int32_t n;
        int32_t want;
    } rows[] = {
        { "90 %, 10", 9, 10, 10, 6 },
        { "90 %, 12", 9, 10, 12, 8 },
        { "90 %, 15", 9, 10, 15, 10 },
        { "90 %, 20", 9, 10, 20, 15 },
        { "90 %, 30", 9, 10, 30, 23 },
        { "90 %, 60", 9, 10, 60, 49 },
        { "90 of 100 is 9 of 10", 90, 100, 20, 15 },
        { "90 %, one", 9, 10, 1, -1 },
        { "half, five: 1/32 is below 5 %", 1, 2, 5, 0 },
        { "half, four: 1/16 is not", 1, 2, 4, -1 },
        { "half, 60", 1, 2, 60, 23 },
        { "95 %, 20", 95, 100, 20, 16 },
        { "95 %, 60", 95, 100, 60, 53 },
        { "99 %, one: 1/100", 99, 100, 1, 0 },
        { "99 %, 60", 99, 100, 60, 57 },
        { "19 of 20 is the line: 1/20 is not below 5 %", 19, 20, 1, -1 },
        { "a fine rate", 9001, 10000, 60, 49 },
        { "a third, 60", 1, 3, 60, 13 },
        { "all, one failure refutes", 1, 1, 10, 9 },
        { "all, written otherwise", 7, 7, 10, 9 },
        { "nothing cannot be refuted", 0, 1, 60, -1 },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].name, refuted_up_to(rows[i].n, rows[i].p_n,
                                               rows[i].p_d) == rows[i].want);
}

/* [property] */
TEST(more_trials_and_higher_rates_refute_more)
{
    for (int32_t n = 1; n < REFUTE_N_MAX; n++) {
        for (int32_t p = 0; p < 100; p += 3) {
            int32_t here = refuted_up_to(n, p, 100);

            EXPECT(here <= refuted_up_to(n + 1, p, 100));
            EXPECT(here <= refuted_up_to(n, p + 1, 100));
            EXPECT(here >= -1 && here < n);
        }
    }
}

/* [property] A sample cannot both refute a rate and show it. */
TEST(what_is_refuted_is_not_shown)
{
    for (int32_t n = 1; n <= REFUTE_N_MAX; n++) {
        for (int32_t p = 1; p < 20; p++) {
            int32_t k = refuted_up_to(n, p, 20);

            EXPECT(k < 0 || !wilson_shows(k, n, p, 20));
        }
    }
}

TEST(a_verdict_is_met_not_met_or_open)
{
    static const struct {
        const char *name;
        int64_t k;
        int64_t n;
        int32_t p_n;
        enum rate_verdict want;
    } rows[] = {
        { "nobody was asked", 0, 0, 90, RATE_CANNOT_TELL },
        { "35 of 35", 35, 35, 90, RATE_MET },
        { "34 of 34", 34, 34, 90, RATE_CANNOT_TELL },
        { "18 of 20", 18, 20, 90, RATE_CANNOT_TELL },
        { "180 of 200", 180, 200, 90, RATE_CANNOT_TELL },
        { "94.48 % at most: 90 of 100 are below 95", 90, 100, 95,
          RATE_NOT_MET },
        { "94.48 % at most: not below 94", 90, 100, 94, RATE_CANNOT_TELL },
        { "82.56 % at least", 90, 100, 82, RATE_MET },
        { "nothing is always met", 0, 10, 0, RATE_MET },
        { "all cannot be shown", 10, 10, 100, RATE_CANNOT_TELL },
        { "all, and one failed", 9, 10, 100, RATE_NOT_MET },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].name, rate_verdict(rows[i].k, rows[i].n, rows[i].p_n,
                                              100) == rows[i].want);
}

TEST(a_difference_is_told_where_chance_does_not_explain_it)
{
    enum { MANY = STATISTICS_N_MAX };
    static const struct {
        const char *name;
        struct rate_count before;
        struct rate_count now;
        enum rate_change want;
    } rows[] = {
        { "z^2 = 3.92", { 80, 100 }, { 90, 100 }, CHANGE_HIGHER },
        { "the other way", { 90, 100 }, { 80, 100 }, CHANGE_LOWER },
        { "z^2 = 3.27", { 81, 100 }, { 90, 100 }, CHANGE_NONE },
        { "the same", { 90, 100 }, { 90, 100 }, CHANGE_NONE },
        { "5 failures are expected in each",
          { 10, 10 },
          { 0, 10 },
          CHANGE_LOWER },
        { "4.5 are not", { 9, 9 }, { 0, 9 }, CHANGE_CANNOT_TELL },
        { "all of all", { 100, 100 }, { 100, 100 }, CHANGE_CANNOT_TELL },
        { "none of all", { 0, 100 }, { 0, 100 }, CHANGE_CANNOT_TELL },
        { "nothing before", { 0, 0 }, { 90, 100 }, CHANGE_CANNOT_TELL },
        { "a great many, z = 4.47",
          { 500000000, MANY },
          { 500100000, MANY },
          CHANGE_HIGHER },
        { "a great many, z = 1.34",
          { 500000000, MANY },
          { 500030000, MANY },
          CHANGE_NONE },
        { "all against none", { MANY, MANY }, { 0, MANY }, CHANGE_LOWER },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].name,
                   rate_change(rows[i].before, rows[i].now) == rows[i].want);
}

/* [property] Against the textbook formula, away from its edge. */
TEST(differences_agree_with_the_textbook_formula)
{
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 20000; i++) {
        int64_t n1 = 20 + (int64_t)test_random_below(&r, 1000);
        int64_t n2 = 20 + (int64_t)test_random_below(&r, 1000);
        int64_t k1 = (int64_t)test_random_below(&r, (uint64_t)n1 + 1);
        int64_t k2 = (int64_t)test_random_below(&r, (uint64_t)n2 + 1);
        enum rate_change got = rate_change((struct rate_count){ k1, n1 },
                                           (struct rate_count){ k2, n2 });
        double p = (double)(k1 + k2) / (double)(n1 + n2);
        double d = (double)k2 / (double)n2 - (double)k1 / (double)n1;
        double z =
            fabs(d) / sqrt(p * (1 - p) * (1 / (double)n1 + 1 / (double)n2));

        if (got == CHANGE_CANNOT_TELL)
            continue;
        EXPECT(got != CHANGE_NONE || z < 1.959964 + 1e-6);
        EXPECT(got == CHANGE_NONE || z > 1.959964 - 1e-6);
        EXPECT(got == CHANGE_NONE || (got == CHANGE_HIGHER) == (d > 0));
    }
}
