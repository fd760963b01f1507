/* The days people are planned for, on both engines. */

#include "store/bookings.h"

#include "store/cases.h"
#include "store/enterprises.h"
#include "store/people.h"
#include "store/schemes.h"
#include "store/store_test_env.h"

static const id auditor = { { 0xA1 } };
static const id cases[] = { { { 0xC1 } }, { { 0xC2 } } };

/* A tx with a person and two cases. */
static err begin(struct store *s, struct arena *a, struct tx **tx)
{
    const struct hash package = { { 0x5C } };
    const struct scheme_row scheme = { package, S("mini"), S("1"), 1 };
    const struct enterprise_row enterprise = {
        .id = { { 0xE1 } }, .uscc = S("U"), .name = S("示例"), .registered = 1
    };
    const struct person_row person = { .id = auditor, .login = S("a") };

    TRY(tx_begin(s, a, TX_WRITE, tx));
    TRY(scheme_freeze(*tx, &scheme, NULL, 0));
    TRY(enterprise_put(*tx, &enterprise));
    TRY(person_put(*tx, &person));
    for (size_t i = 0; i < 2; i++) {
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

EACH_STORE_TEST(bookings_are_seen_from_other_cases_until_they_end)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct booking_row row = { .person = auditor, .from = 10, .to = 12 };
    struct list l;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(booking_replace(tx, cases[0], &row, 1));
    EXPECT_OK(booking_of_person(tx, &a, auditor, cases[1], 12, &l));
    EXPECT(l.n == 1);
    if (l.n == 1) {
        const struct booking_row *got = l.p;
        EXPECT(got->from == 10 && got->to == 12);
        EXPECT_STR(got->case_number, S("C1"));
    }
    EXPECT_OK(booking_of_person(tx, &a, auditor, cases[1], 13, &l));
    EXPECT(l.n == 0); /* it is over */
    EXPECT_OK(booking_of_person(tx, &a, auditor, cases[0], 10, &l));
    EXPECT(l.n == 0); /* the case's own */
}

EACH_STORE_TEST(a_new_plan_takes_the_place_of_the_old)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct booking_row before = { .person = auditor, .from = 1, .to = 2 };
    const struct booking_row after = { .person = auditor, .from = 5, .to = 6 };
    struct list l;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(booking_replace(tx, cases[0], &before, 1));
    EXPECT_OK(booking_replace(tx, cases[0], &after, 1));
    EXPECT_OK(booking_of_case(tx, &a, cases[0], &l));
    EXPECT(l.n == 1);
    if (l.n == 1)
        EXPECT(((const struct booking_row *)l.p)->from == 5);
    EXPECT_OK(booking_replace(tx, cases[0], NULL, 0));
    EXPECT_OK(booking_of_case(tx, &a, cases[0], &l));
    EXPECT(l.n == 0);
}

EACH_STORE_TEST(bookings_of_all_cases_are_counted)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    const struct booking_row row = { .person = auditor, .from = 1, .to = 2 };
    int64_t n = -1;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(booking_count(tx, &n));
    EXPECT(n == 0);
    EXPECT_OK(booking_replace(tx, cases[0], &row, 1));
    EXPECT_OK(booking_replace(tx, cases[1], &row, 1));
    EXPECT_OK(booking_count(tx, &n));
    EXPECT(n == 2);
}
