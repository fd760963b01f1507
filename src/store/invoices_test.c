/* The invoices of all cases, on both engines. [IV1] */

#include "store/invoices.h"

#include "base/size.h"
#include "store/cases.h"
#include "store/enterprises.h"
#include "store/schemes.h"
#include "store/store_test_env.h"
#include "store/tasks.h"

static const id cases[] = { { { 0xC1 } }, { { 0xC2 } } };
static const id enterprises[] = { { { 0xE1 } }, { { 0xE2 } } };

/* A tx with a case of each of two enterprises. */
static err begin(struct store *s, struct arena *a, struct tx **tx)
{
    const struct hash package = { { 0x5C } };
    const struct scheme_row scheme = { package, S("mini"), S("1"), 1 };

    TRY(tx_begin(s, a, TX_WRITE, tx));
    TRY(scheme_freeze(*tx, &scheme, NULL, 0));
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct enterprise_row enterprise = {
            .id = enterprises[i],
            .uscc = i == 0 ? S("U1") : S("U2"),
            .name = i == 0 ? S("示例青禾") : S("示例恒远"),
            .registered = 1,
        };
        const struct case_row row = { .id = cases[i],
                                      .number = i == 0 ? S("C1") : S("C2"),
                                      .enterprise = enterprises[i],
                                      .scheme_id = S("mini"),
                                      .scheme_hash = package,
                                      .due = DAY_NEVER };

        TRY(enterprise_put(*tx, &enterprise));
        TRY(case_put(*tx, &row));
    }
    return OK;
}

static struct invoice_row invoice(size_t of_case, int64_t place, day due,
                                  int64_t paid)
{
    return (struct invoice_row){
        .of_case = cases[of_case],
        .place = place,
        .enterprise = enterprises[of_case],
        .number = S("F-1"),
        .standing = paid == 100 ? INVOICE_PAID : INVOICE_OPEN,
        .due = due,
        .amount = 100,
        .paid = paid,
    };
}

/* C1 owes 100 and 60, and paid one; C2 owes 100, due before all others. */
static err put_all(struct tx *tx)
{
    const struct invoice_row rows[] = {
        invoice(0, 1, 20, 0),
        invoice(0, 2, 30, 40),
        invoice(0, 3, 20, 100),
        invoice(1, 1, 10, 0),
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        TRY(invoice_change(tx, NULL, &rows[i]));
    return OK;
}

static const struct row {
    const char *why;
    struct invoice_wanted wanted;
    struct invoice_sum sum;
    day first; /* of the list */
} wishes[] = {
    { "what is open",
      { INVOICE_OPEN, 0, 99, S_INIT(""), S_INIT("") },
      { 3, 300, 40 },
      10 },
    { "what is open by a day",
      { INVOICE_OPEN, 0, 20, S_INIT(""), S_INIT("") },
      { 2, 200, 0 },
      10 },
    { "from a day on",
      { INVOICE_OPEN, 11, 99, S_INIT(""), S_INIT("") },
      { 2, 200, 40 },
      20 },
    { "what is paid",
      { INVOICE_PAID, 0, 99, S_INIT(""), S_INIT("") },
      { 1, 100, 100 },
      20 },
    { "nothing was cancelled",
      { INVOICE_CANCELLED, 0, 99, S_INIT(""), S_INIT("") },
      { 0, 0, 0 },
      0 },
    { "of one enterprise",
      { INVOICE_OPEN, 0, 99, S_INIT("青禾"), S_INIT("") },
      { 2, 200, 40 },
      20 },
    { "by its code",
      { INVOICE_OPEN, 0, 99, S_INIT("u2"), S_INIT("U2") },
      { 1, 100, 0 },
      10 },
    { "of both, by a word that both have",
      { INVOICE_OPEN, 0, 99, S_INIT("示例"), S_INIT("") },
      { 3, 300, 40 },
      10 },
    { "a sign of LIKE is no wildcard",
      { INVOICE_OPEN, 0, 99, S_INIT("%"), S_INIT("") },
      { 0, 0, 0 },
      0 },
};

static void expect_wish(struct tx *tx, struct arena *a, const struct row *r)
{
    const struct invoice_key start = { .due = DAY_MIN };
    struct invoice_sum sum = { 0 };
    struct list found = { 0 };

    EXPECT_ROW_OK(r->why, invoice_sums(tx, a, &r->wanted, &sum));
    EXPECT_ROW(r->why, sum.n == r->sum.n && sum.amount == r->sum.amount &&
                           sum.paid == r->sum.paid);
    EXPECT_ROW_OK(r->why, invoice_list(tx, a, &r->wanted, &start, 10, &found));
    EXPECT_ROW(r->why, (int64_t)found.n == r->sum.n);
    if (found.n > 0)
        EXPECT_ROW(r->why,
                   ((const struct invoice_line *)found.p)->row.due == r->first);
}

EACH_STORE_TEST(invoices_are_listed_and_summed_by_what_is_wanted)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    bool stray = true;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(put_all(tx));
    for (size_t i = 0; i < COUNT(wishes); i++)
        expect_wish(tx, &a, &wishes[i]);
    EXPECT_OK(invoice_find_stray(tx, &stray));
    EXPECT(!stray);
}

EACH_STORE_TEST(a_list_goes_on_after_the_invoice_seen_last)
{
    const struct invoice_wanted open = { INVOICE_OPEN, 0, 99, S(""), S("") };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct invoice_key after = { .due = DAY_MIN };
    struct list found = { 0 };
    const day days[] = { 10, 20, 30 };

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(put_all(tx));
    for (size_t i = 0; i < COUNT(days); i++) {
        EXPECT_OK(invoice_list(tx, &a, &open, &after, 1, &found));
        EXPECT(found.n == 1);
        if (found.n != 1)
            return;

        const struct invoice_line *line = found.p;
        EXPECT(line->row.due == days[i]);
        EXPECT_STR(line->case_number, i == 0 ? S("C2") : S("C1"));
        after = (struct invoice_key){ line->row.due, line->row.of_case,
                                      line->row.place };
    }
    EXPECT_OK(invoice_list(tx, &a, &open, &after, 1, &found));
    EXPECT(found.n == 0);
}

EACH_STORE_TEST(an_invoice_that_is_paid_leaves_what_is_open)
{
    const struct invoice_wanted open = { INVOICE_OPEN, 0, 99, S(""), S("") };
    const struct invoice_row before = invoice(1, 1, 10, 0);
    const struct invoice_row after = invoice(1, 1, 10, 100);
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct invoice_sum sum = { 0 };
    struct list found = { 0 };
    bool stray = true;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(put_all(tx));
    EXPECT_OK(invoice_change(tx, &before, &after));
    EXPECT_OK(invoice_sums(tx, &a, &open, &sum));
    EXPECT(sum.n == 2 && sum.amount == 200 && sum.paid == 40);
    EXPECT_OK(invoice_find_stray(tx, &stray));
    EXPECT(!stray);
    EXPECT_OK(invoice_of_case(tx, &a, cases[1], &found));
    EXPECT(found.n == 1);
    if (found.n == 1)
        EXPECT(((const struct invoice_row *)found.p)->paid == 100);
    EXPECT_OK(invoice_change(tx, NULL, &before)); /* it forgets the other */
    EXPECT_OK(invoice_find_stray(tx, &stray));
    EXPECT(stray);
    EXPECT_OK(invoice_clear(tx));
    EXPECT_OK(invoice_find_stray(tx, &stray));
    EXPECT(!stray);
}

EACH_STORE_TEST(what_a_name_leads_to_is_counted_up_to_a_limit)
{
    const struct invoice_wanted both = { .words = S("示例"), .code = S("") };
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    int64_t n = 0;

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(invoice_named(tx, &a, &both, 5, &n));
    EXPECT(n == 2);
    EXPECT_OK(invoice_named(tx, &a, &both, 1, &n));
    EXPECT(n == 1);
}

EACH_STORE_TEST(what_has_to_be_given_back_is_listed_the_longest_first)
{
    TEST_ARENA(a, 1 << 20);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct task_row task = { .of_case = cases[0],
                             .kind = S("refund"),
                             .opens = 20,
                             .due = DAY_NEVER,
                             .amount = 7 };
    struct list found = { 0 };

    EXPECT_OK(begin(s, &a, &tx));
    EXPECT_OK(task_put(tx, &task));
    task.of_case = cases[1];
    task.opens = 10;
    EXPECT_OK(task_put(tx, &task));
    task.kind = S("collect");
    EXPECT_OK(task_put(tx, &task));
    EXPECT_OK(invoice_refunds(tx, &a, 10, &found));
    EXPECT(found.n == 2);
    if (found.n != 2)
        return;

    const struct refund_waiting *r = found.p;
    EXPECT_STR(r[0].case_number, S("C2"));
    EXPECT_STR(r[0].enterprise_name, S("示例恒远"));
    EXPECT(r[0].since == 10 && r[0].amount == 7 && r[1].since == 20);
}
