/* The invoices of all cases, as finance looks through them. [MN1]..[MN4] */

#include "service/money.h"

#include "base/buf.h"
#include "service/check.h"
#include "service/overviews.h"
#include "service/rebuild.h"
#include "service/service_test_env.h"

#include <stdio.h>

#define DUE "2026-06-30"

/* An invoice of a case in which `paid` was paid before any: `open` more. */
static err bill(struct office *o, str ref, const char *number, int64_t amount)
{
    char json[300];

    (void)snprintf(json, sizeof json,
                   "{'number':'%s','lines':[{'text':'审查费','kind':'fee',"
                   "'amount':%lld}],'due':'" DUE "'}",
                   number, (long long)amount);
    return office_do(o, "finance", ref, "invoice.issue", json);
}

/* A case with a contract, whose prepayment settles the first invoice but for
 * 100 fen; the second is open as a whole: 50 fen. */
static str billed(struct office *o)
{
    str ref = office_case(o);

    office_go_to(o, ref, STAGE_PLAN);
    EXPECT_OK(bill(o, ref, "F-1", office_read(o, ref).state->paid + 100));
    EXPECT_OK(bill(o, ref, "F-2", 50));
    return ref;
}

static struct money_wish any(const struct office *o)
{
    return (struct money_wish){ .today = office_today(o),
                                .state = MONEY_ANY,
                                .words = S(""),
                                .from = DAY_MIN,
                                .to = DAY_MAX,
                                .after = S(""),
                                .most = MONEY_PAGE };
}

static struct money_found look(struct office *o, const struct money_wish *wish)
{
    struct money_found found = { .next = S("") };

    EXPECT_OK(
        money_list(o->app, &o->arena, office_as(o, "finance"), wish, &found));
    return found;
}

/* [MN1] */
EACH_STORE_TEST(money_is_read_by_finance_and_head_and_nobody_else)
{
    static const struct {
        const char *login;
        bool may;
    } rows[] = {
        { "finance", true },   { "head", true },   { "quality", false },
        { "auditor1", false }, { "admin", false }, { "newcomer", false },
        { "insider", false }, /* of an enterprise, with every role */
    };
    TEST_OFFICE(o, place);
    const struct money_wish wish = any(&o);
    struct money_found found;
    struct list refunds;

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct session *who = office_as(&o, rows[i].login);
        err list = money_list(o.app, &o.arena, who, &wish, &found);
        err back = money_refunds(o.app, &o.arena, who, &refunds);

        EXPECT_ROW(rows[i].login, money_open_to(who) == rows[i].may);
        if (rows[i].may) {
            EXPECT_ROW_OK(rows[i].login, list);
            EXPECT_ROW_OK(rows[i].login, back);
        } else {
            EXPECT_ROW_ERR(rows[i].login, list, ERR_DENIED, "money.read");
            EXPECT_ROW_ERR(rows[i].login, back, ERR_DENIED, "money.read");
        }
    }
}

/* [MN2] [MN3] Every filter from both sides. */
EACH_STORE_TEST(invoices_are_found_by_what_is_asked_and_summed)
{
    TEST_OFFICE(o, place);
    str ref = billed(&o);
    int64_t paid = office_read(&o, ref).state->paid;
    day due = office_day(DUE);
    const struct {
        const char *why;
        enum money_filter state;
        day today;
        day from;
        day to;
        const char *words;
        int64_t n;
        int64_t owed;
    } rows[] = {
        { "all", MONEY_ANY, due, DAY_MIN, DAY_MAX, "", 2, 150 },
        { "open", MONEY_OPEN, due, DAY_MIN, DAY_MAX, "", 2, 150 },
        { "on the day it is not late", MONEY_OVERDUE, due, DAY_MIN, DAY_MAX, "",
          0, 0 },
        { "the day after it is", MONEY_OVERDUE, due + 1, DAY_MIN, DAY_MAX, "",
          2, 150 },
        { "none is paid", MONEY_PAID, due, DAY_MIN, DAY_MAX, "", 0, 0 },
        { "none was cancelled", MONEY_CANCELLED, due, DAY_MIN, DAY_MAX, "", 0,
          0 },
        { "due on that day", MONEY_ANY, due, due, due, "", 2, 150 },
        { "due before it", MONEY_ANY, due, DAY_MIN, due - 1, "", 0, 0 },
        { "due after it", MONEY_ANY, due, due + 1, DAY_MAX, "", 0, 0 },
        { "its code", MONEY_ANY, due, DAY_MIN, DAY_MAX, OFFICE_USCC, 2, 150 },
        { "another's", MONEY_ANY, due, DAY_MIN, DAY_MAX, RIVAL_USCC, 0, 0 },
        { "no text", MONEY_ANY, due, DAY_MIN, DAY_MAX, "\xff", 0, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct money_wish w = any(&o);
        struct money_found found;

        w.state = rows[i].state;
        w.today = rows[i].today;
        w.from = rows[i].from;
        w.to = rows[i].to;
        w.words = str_of(rows[i].words);
        found = look(&o, &w);
        EXPECT_ROW(rows[i].why, (int64_t)found.lines.n == rows[i].n);
        EXPECT_ROW(rows[i].why,
                   found.sums.n == rows[i].n &&
                       found.sums.owed == rows[i].owed &&
                       found.sums.paid == (rows[i].n > 0 ? paid : 0));
    }
}

/* [MN2] One row a page. */
EACH_STORE_TEST(a_list_of_invoices_goes_on_by_its_key)
{
    TEST_OFFICE(o, place);
    str ref = billed(&o);
    struct money_wish w = any(&o);
    struct money_found found;

    EXPECT_OK(office_do(&o, "finance", ref, "invoice.cancel",
                        "{'number':'F-1','reason':'开错'}"));
    w.most = 1;
    w.today = office_day(DUE) + 3;
    found = look(&o, &w);
    EXPECT(found.lines.n == 1 && found.next.n > 0);
    const struct money_line first = *(const struct money_line *)found.lines.p;
    EXPECT_STR(first.row.number, S("F-2"));
    EXPECT_STR(first.case_number, ref);
    EXPECT_STR(first.enterprise, o.own.name);
    EXPECT(first.late == 3);
    EXPECT(found.sums.n == 1); /* the other was cancelled [MN3] */
    w.after = found.next;
    found = look(&o, &w);
    EXPECT(found.lines.n == 1 && found.next.n == 0);
    const struct money_line last = *(const struct money_line *)found.lines.p;
    EXPECT(last.row.standing == INVOICE_CANCELLED && last.owed == 0 &&
           last.late == 0);
    w.after = S("nonsense");
    EXPECT(look(&o, &w).lines.n == 1);
}

/* As the list of enterprises tells it. */
static int64_t owed_by_own(struct office *o)
{
    const struct enterprise_search search = { office_today(o), S(OFFICE_USCC),
                                              S("") };
    struct overview found = { .next = S("") };

    EXPECT_OK(overview_of_enterprises(o->app, &o->arena,
                                      office_as(o, "finance"), &search,
                                      &found));
    EXPECT(found.found.n == 1);
    return found.found.n == 1
               ? ((const struct enterprise_line *)found.found.p)->owed
               : -1;
}

/* [CC1] A payment moves an invoice, and the sums with it. */
EACH_STORE_TEST(what_was_paid_is_no_longer_open)
{
    TEST_OFFICE(o, place);
    str ref = billed(&o);
    struct money_wish w = any(&o);
    struct check_counts counts;
    struct rebuilt made;
    struct buf b;
    str json = S("");

    buf_init(&b, &o.arena, 400);
    buf_str(&b, S("{'amount':100,'received':'" OFFICE_TODAY "','payer':'"));
    buf_str(&b, o.own.name);
    buf_str(&b, S("','invoice':'F-1'}"));
    buf_char(&b, '\0');
    EXPECT_OK(buf_done(&b, &json));
    EXPECT_OK(office_do(&o, "finance", ref, "payment.record", json.p));
    w.state = MONEY_PAID;
    EXPECT(look(&o, &w).sums.n == 1);
    w.state = MONEY_OPEN;
    EXPECT(look(&o, &w).sums.owed == 50);
    EXPECT(owed_by_own(&o) == 50);
    EXPECT_OK(check_records(o.app, &o.arena, NULL, &counts));
    EXPECT_OK(rebuild(o.app, &o.arena, &made));
    EXPECT(look(&o, &w).sums.owed == 50);
    EXPECT_OK(office_do(&o, "finance", ref, "invoice.cancel",
                        "{'number':'F-2','reason':'开错'}"));
    EXPECT(owed_by_own(&o) == 0);
}

/* [IV1] [RB2] */
EACH_STORE_TEST(whatever_was_done_to_invoices_is_found_and_mended)
{
    static const char *const damages[] = {
        "DELETE FROM invoice",
        "UPDATE invoice SET paid = amount, state = 1",
        "UPDATE invoice SET refunded = 1",
        "UPDATE invoice_sum SET amount = amount + 1",
        "DELETE FROM invoice_sum",
        "INSERT INTO invoice_sum VALUES (0, 1, 1, 1, 0)",
    };
    TEST_OFFICE(o, place);
    struct money_wish w = any(&o);
    struct check_counts counts;
    struct rebuilt made;

    (void)billed(&o);
    EXPECT_OK(check_records(o.app, &o.arena, NULL, &counts));
    for (size_t i = 0; i < COUNT(damages); i++) {
        (void)office_ask(&o, damages[i]);
        EXPECT_ROW(damages[i],
                   failed(check_records(o.app, &o.arena, NULL, &counts)));
        EXPECT_ROW_OK(damages[i], rebuild(o.app, &o.arena, &made));
        EXPECT_ROW_OK(damages[i],
                      check_records(o.app, &o.arena, NULL, &counts));
        EXPECT_ROW(damages[i], look(&o, &w).sums.owed == 150);
    }
}
