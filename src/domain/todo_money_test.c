/* What waits about money: invoices that are late, what is to be given back.
 * [TD5] [M13] [M31] */

#include "base/size.h"
#include "domain/test_fixture.h"
#include "domain/test_tasks.h"

#define CLIENT "'payer':'示例电器有限公司'"
#define PAY(fen, number)                                                       \
    "{'amount':" fen ",'received':'2026-03-02'," CLIENT ",'invoice':'" number  \
    "'}"
#define PREPAY(fen) "{'amount':" fen ",'received':'2026-03-02'," CLIENT "}"
#define BILL(number, fen)                                                      \
    "{'number':'" number "','lines':[{'text':'审查费','kind':'fee',"        \
    "'amount':" fen "}],'due':'2026-04-01'}"
#define BACK(fen, why)                                                         \
    "{'amount':" fen ",'paid':'2026-03-02','reason':'" why "'}"

/* 1000 of fees, signed; the package gives back all, then 70 %. */
static struct fixture *signed_contract(void)
{
    struct fixture *f =
        fixture_with("prepay: [30, 50], assumed: true }",
                     "prepay: [30, 50], assumed: true,"
                     " refund: { contract: 100, documents: 70 } }");

    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make",
       "{'lines':[{'text':'审查费','kind':'fee','amount':1000}],"
       "'prepay':3000}");
    DO(f, "applicant", "contract.accept", "{}");
    DO(f, "finance", "contract.sign", "{}");
    return f;
}

/* The lines of open_tasks() that are about this. */
static str lines_of(struct fixture *f, const char *kind)
{
    str open = open_tasks(f);
    struct buf b;
    str out = S("");

    buf_init(&b, &f->arena, 2000);
    while (open.n > 0) {
        str line = str_cut(&open, '\n');

        if (!str_begins(line, str_of(kind)))
            continue;
        buf_str(&b, buf_view(&b).n > 0 ? S("\n") : S(""));
        buf_str(&b, line);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* --- invoices ------------------------------------------------------------- */

TEST(an_invoice_is_asked_for_from_the_day_after_its_own)
{
    scoped(fixture_end) struct fixture *f = signed_contract();

    DO(f, "finance", "invoice.issue", BILL("1", "600"));
    set_today(f, "2026-04-01"); /* it may still come */
    EXPECT(!has_open(f, TASK_COLLECT));
    set_today(f, "2026-04-02");
    EXPECT_STR(lines_of(f, "collect"),
               S("collect#1 applicant|finance 2026-04-01 overdue 600"));
}

TEST(what_is_asked_for_is_what_is_not_paid_of_each_invoice_by_itself)
{
    scoped(fixture_end) struct fixture *f = signed_contract();

    DO(f, "finance", "invoice.issue", BILL("1", "600"));
    DO(f, "finance", "invoice.issue", BILL("2", "300"));
    DO(f, "finance", "invoice.issue", BILL("3", "100"));
    DO(f, "finance", "payment.record", PAY("599", "1"));
    DO(f, "finance", "payment.record", PAY("300", "2"));
    set_today(f, "2026-04-02");
    EXPECT_STR(lines_of(f, "collect"),
               S("collect#1 applicant|finance 2026-04-01 overdue 1\n"
                 "collect#3 applicant|finance 2026-04-01 overdue 100"));
    DO(f, "finance", "payment.record", PAY("1", "1"));
    DO(f, "finance", "invoice.cancel", "{'number':'3','reason':'重开'}");
    EXPECT_STR(lines_of(f, "collect"), S(""));
}

/* [IN3] What came before the invoice has settled it. */
TEST(an_invoice_that_was_paid_before_it_came_is_not_asked_for)
{
    scoped(fixture_end) struct fixture *f = signed_contract();

    DO(f, "finance", "payment.record", PREPAY("600"));
    DO(f, "finance", "invoice.issue", BILL("1", "600"));
    DO(f, "finance", "invoice.issue", BILL("2", "400"));
    set_today(f, "2026-04-02");
    EXPECT_STR(lines_of(f, "collect"),
               S("collect#2 applicant|finance 2026-04-01 overdue 400"));
}

/* [IN5] [TM1] */
TEST(an_invoice_is_asked_for_however_the_case_ended)
{
    scoped(fixture_end) struct fixture *f = signed_contract();

    DO(f, "finance", "invoice.issue", BILL("1", "600"));
    DO(f, "applicant", "case.withdraw", "{'reasons':'停产'}");
    set_today(f, "2026-04-02");
    EXPECT_STR(open_tasks(f),
               S("collect#1 applicant|finance 2026-04-01 overdue 600"));
}

/* --- refunds -------------------------------------------------------------- */

TEST(what_the_contract_gives_back_waits_until_it_is_given_back)
{
    static const struct {
        const char *given; /* what was given back; NULL: nothing */
        const char *want;
    } rows[] = {
        { NULL, "refund finance never 210" },
        { BACK("1", ""), "refund finance never 209" },
        { BACK("209", ""), "refund finance never 1" },
        { BACK("210", ""), "" },
        { BACK("211", "双方协商"), "" }, /* more than that, for a reason */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f = signed_contract();

        DO(f, "finance", "payment.record", PREPAY("300"));
        EXPECT(!has_open(f, TASK_REFUND));
        DO(f, "applicant", "case.withdraw", "{'reasons':'停产'}");
        if (rows[i].given != NULL)
            DO(f, "finance", "refund.record", rows[i].given);
        EXPECT_ROW_STR(rows[i].want, open_tasks(f), str_of(rows[i].want));
    }
}

TEST(of_what_was_not_paid_nothing_is_to_be_given_back)
{
    scoped(fixture_end) struct fixture *f = signed_contract();

    DO(f, "applicant", "case.withdraw", "{'reasons':'停产'}");
    EXPECT_STR(open_tasks(f), S(""));
}

/* The package's own rule gives nothing back. */
TEST(where_the_contract_gives_nothing_back_nothing_waits)
{
    FIXTURE(f);

    go_to(f, STAGE_DOCUMENTS);
    EXPECT(f->state->paid > 0);
    DO(f, "applicant", "case.withdraw", "{'reasons':'停产'}");
    EXPECT_STR(open_tasks(f), S(""));
}

/* [IN5] The same case: its work was done. */
TEST(who_was_refused_is_owed_nothing)
{
    scoped(fixture_end) struct fixture *f = signed_contract();

    DO(f, "finance", "payment.record", PREPAY("300"));
    f->state->ending = ENDING_REFUSED;
    f->state->money.ended_in = STAGE_DOCUMENTS;
    EXPECT(state_refund_owed(f->state) == 0);
    f->state->ending = ENDING_DECLINED;
    EXPECT(state_refund_owed(f->state) == 210);
}

/* --- words ---------------------------------------------------------------- */

TEST(a_task_about_money_says_how_much)
{
    static const struct {
        const char *kind;
        int64_t amount;
        enum lang l;
        const char *want;
    } rows[] = {
        { "refund", 21000, LANG_EN,
          "Give back what the contract says, and record it: ¥210.00" },
        { "refund", 1, LANG_ZH, "按合同退款并记录：¥0.01" },
        { "quote", 0, LANG_EN, "Make the quote" },
    };
    FIXTURE(f);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b;
        str said = S("");

        buf_init(&b, &f->arena, 400);
        task_words(&b, rows[i].l, str_of(rows[i].kind), rows[i].amount);
        EXPECT_OK(buf_done(&b, &said));
        EXPECT_ROW_STR(rows[i].want, said, str_of(rows[i].want));
    }
}
