/* What cases add to the figures of the body, on both engines. [TS1] */

#include "store/tallies.h"

#include "base/size.h"
#include "store/cases.h"
#include "store/enterprises.h"
#include "store/schemes.h"
#include "store/store_test_env.h"

static const id cases[] = { { { 0xC1 } }, { { 0xC2 } } };

/* A tx with two cases of scheme "mini". */
static err begin(struct store *s, struct arena *a, struct tx **tx)
{
    const struct hash package = { { 0x5C } };
    const struct scheme_row scheme = { package, S("mini"), S("1"), 1 };
    const struct enterprise_row enterprise = {
        .id = { { 0xE1 } }, .uscc = S("U"), .name = S("示例"), .registered = 1
    };

    TRY(tx_begin(s, a, TX_WRITE, tx));
    TRY(scheme_freeze(*tx, &scheme, NULL, 0));
    TRY(enterprise_put(*tx, &enterprise));
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct case_row row = { .id = cases[i],
                                      .number = i == 0 ? S("C1") : S("C2"),
                                      .enterprise = enterprise.id,
                                      .scheme_id = S("mini"),
                                      .scheme_hash = package,
                                      .due = DAY_NEVER };

        TRY(case_put(*tx, &row));
    }
    return OK;
}

static struct tally_row row(const char *item, int32_t quarter, int32_t value,
                            int64_t n)
{
    return (struct tally_row){ 0, str_of(item), quarter, value, n };
}

static err change(struct tx *tx, size_t of_case, struct tally_row now,
                  int64_t before)
{
    const struct tally_place at = { cases[of_case], S("mini") };

    return tally_change(tx, &at, &now, before);
}

/* How many of `item` there are in quarters from..to, all values together. */
static int64_t sum(struct tx *tx, struct arena *a, const char *item,
                   struct tally_wanted w)
{
    struct list found = { 0 };
    int64_t n = 0;

    EXPECT_OK(tally_sums(tx, a, &w, &found));
    for (size_t i = 0; i < found.n; i++) {
        const struct tally_sum *s = (const struct tally_sum *)found.p + i;

        n += str_eq(s->item, str_of(item)) ? s->n : 0;
    }
    return n;
}

EACH_STORE_TEST(sums_are_what_the_cases_give)
{
    static const struct {
        const char *why;
        struct tally_wanted wanted;
        int64_t n;
    } rows[] = {
        { "all quarters", { .from = 1, .to = 9, .scheme = S_INIT("") }, 6 },
        { "its scheme", { .from = 1, .to = 9, .scheme = S_INIT("mini") }, 6 },
        { "another", { .from = 1, .to = 9, .scheme = S_INIT("other") }, 0 },
        { "up to a quarter", { .from = 1, .to = 4, .scheme = S_INIT("") }, 0 },
        { "one quarter", { .from = 5, .to = 5, .scheme = S_INIT("") }, 5 },
        { "from a quarter", { .from = 6, .to = 9, .scheme = S_INIT("") }, 1 },
    };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct list found = { 0 };
    int32_t first = 0;
    int32_t last = 0;
    bool any = true;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(tally_quarters(tx, &first, &last, &any));
    EXPECT(!any);
    EXPECT_OK(change(tx, 0, row("x", 5, 0, 2), 0));
    EXPECT_OK(change(tx, 1, row("x", 5, 7, 3), 0));
    EXPECT_OK(change(tx, 1, row("x", 6, 0, 1), 0));
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why, sum(tx, &a, "x", rows[i].wanted) == rows[i].n);
    EXPECT_OK(tally_quarters(tx, &first, &last, &any));
    EXPECT(any && first == 5 && last == 6);
    EXPECT_OK(tally_of_case(tx, &a, cases[1], &found));
    EXPECT(found.n == 2);
    EXPECT_OK(tally_find_stray(tx, &any));
    EXPECT(!any);
}

EACH_STORE_TEST(a_sum_goes_with_the_last_that_gave_it)
{
    const struct tally_wanted all = { .from = 1, .to = 9, .scheme = S("") };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct list found = { 0 };
    bool stray = true;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(change(tx, 0, row("x", 5, 0, 2), 0));
    EXPECT_OK(change(tx, 0, row("x", 5, 0, 1), 2));
    EXPECT(sum(tx, &a, "x", all) == 1);
    EXPECT_OK(change(tx, 0, row("x", 5, 0, 1), 1)); /* nothing changed */
    EXPECT_OK(change(tx, 0, row("x", 5, 0, 0), 1));
    EXPECT_OK(
        tally_sums(tx, &a, &(struct tally_wanted){ 0, 1, 9, S("") }, &found));
    EXPECT(found.n == 0);
    EXPECT_OK(tally_find_stray(tx, &stray));
    EXPECT(!stray);
    EXPECT_ERR(change(tx, 0, row("x", 5, 0, 0), 1), ERR_CONFLICT,
               "store.changed");
}

EACH_STORE_TEST(a_sum_that_no_case_gives_is_found)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    bool stray = false;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(change(tx, 0, row("x", 5, 0, 1), 0));
    EXPECT_OK(change(tx, 1, row("x", 5, 0, 9), 1)); /* it had none */
    EXPECT_OK(tally_find_stray(tx, &stray));
    EXPECT(stray);
    EXPECT_OK(tally_clear(tx));
    EXPECT_OK(tally_find_stray(tx, &stray));
    EXPECT(!stray);
}
