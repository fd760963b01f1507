/* Invoices, payments in part, refunds. [M13] [M31] [17065 4.2] */

#include "domain/test_fixture.h"

#include <stdio.h>

#define CLIENT   "'payer':'示例电器有限公司'"
#define PAY(fen) "{'amount':" fen ",'received':'2026-03-02'," CLIENT "}"
#define PAY_ON(fen, number)                                                    \
    "{'amount':" fen ",'received':'2026-03-02'," CLIENT ",'invoice':'" number  \
    "'}"
#define FEE(fen)    "{'text':'审查费','kind':'fee','amount':" fen "}"
#define TRAVEL(fen) "{'text':'差旅','kind':'travel','amount':" fen "}"
#define BILL(number, lines)                                                    \
    "{'number':'" number "','lines':[" lines "],'due':'2026-04-01'}"
#define BILL_LATER(number, lines, due)                                         \
    "{'number':'" number "','what':'surveillance','lines':[" lines "],"        \
    "'due':'" due "'}"
#define BACK(fen) "{'amount':" fen ",'paid':'2026-03-02'}"
#define BACK_WHY(fen)                                                          \
    "{'amount':" fen ",'paid':'2026-03-02','reason':'双方协商'}"

#define REFUNDS                                                                \
    "prepay: [30, 50], assumed: true,"                                         \
    " refund: { contract: 100, documents: 70, plan: 50 } }"
static struct fixture *with_refunds(void)
{
    return fixture_with("prepay: [30, 50], assumed: true }", REFUNDS);
}

/* 1000 of fees and 500 of travel, signed; 7 for each surveillance. */
static void sign(struct fixture *f)
{
    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make",
       "{'lines':[" FEE("1000") "," TRAVEL("500") "],'prepay':3000,"
                                                  "'surveillance':7}");
    DO(f, "applicant", "contract.accept", "{}");
    DO(f, "finance", "contract.sign", "{}");
}

static const struct invoice_state *bill(const struct fixture *f, int32_t i)
{
    return &f->state->money.invoices[i];
}

/* --- invoices [IN1] ----------------------------------------------------- */

TEST(no_more_is_invoiced_than_was_agreed)
{
    static const struct attempt rows[] = {
        { "all of it", "finance", "invoice.issue",
          BILL("1", FEE("1000") "," TRAVEL("500")), ALLOWED },
        { "a fen of fees too much", "finance", "invoice.issue",
          BILL("1", FEE("1001")), ERR_REFUSED, "invoice.fees" },
        { "travel does not stand in for it", "finance", "invoice.issue",
          BILL("1", FEE("600") "," FEE("401")), ERR_REFUSED, "invoice.fees" },
        { "a fen of travel too much", "finance", "invoice.issue",
          BILL("1", TRAVEL("501")), ERR_REFUSED, "invoice.travel" },
        { "for nothing", "finance", "invoice.issue", BILL("1", FEE("0")),
          ERR_INVALID, "record.range" },
        { "without lines", "finance", "invoice.issue", BILL("1", ""),
          ERR_INVALID, "invoice.lines" },
        { "of an audit that is none", "finance", "invoice.issue",
          "{'number':'1','audit':1,'lines':[" FEE("1") "],"
                                                       "'due':'2026-04-01'}",
          ERR_INVALID, "invoice.not_of_audit" },
        { "without number", "finance", "invoice.issue", BILL(" ", FEE("1")),
          ERR_INVALID, "invoice.number" },
        { "due today", "finance", "invoice.issue",
          "{'number':'1','lines':[" FEE("1") "],'due':'2026-03-02'}", ALLOWED },
        { "due yesterday", "finance", "invoice.issue",
          "{'number':'1','lines':[" FEE("1") "],'due':'2026-03-01'}",
          ERR_INVALID, "invoice.due" },
        { "by the client", "applicant", "invoice.issue", BILL("1", FEE("1")),
          ERR_DENIED, "rights.role" },
        { "for a surveillance nobody has yet", "finance", "invoice.issue",
          BILL_LATER("1", FEE("1"), "2026-04-01"), ERR_REFUSED,
          "invoice.no_certificate" },
    };
    FIXTURE(f);

    sign(f);
    ATTEMPTS(f, rows);
}

TEST(invoices_share_what_was_agreed)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    NO(f, "finance", "invoice.issue", BILL("1", FEE("1")), ERR_REFUSED,
       "contract.not_signed");
    DO(f, "finance", "quote.make", "{'lines':[" FEE("1000") "],'prepay':3000}");
    DO(f, "applicant", "contract.accept", "{}");
    NO(f, "finance", "invoice.issue", BILL("1", FEE("1")), ERR_REFUSED,
       "contract.not_signed");
    DO(f, "finance", "contract.sign", "{}");
    DO(f, "finance", "invoice.issue", BILL("1", FEE("600")));
    NO(f, "finance", "invoice.issue", BILL("1", FEE("1")), ERR_INVALID,
       "invoice.number");
    NO(f, "finance", "invoice.issue", BILL("2", FEE("401")), ERR_REFUSED,
       "invoice.fees");
    DO(f, "finance", "invoice.issue", BILL("2", FEE("400")));
    EXPECT(f->state->money.invoice_count == 2);
    EXPECT(bill(f, 1)->issued->amount == 400);
}

TEST(a_case_has_its_most_invoices)
{
    FIXTURE(f);

    sign(f);
    for (int i = 1; i <= INVOICE_MAX; i++) {
        char json[200];

        (void)snprintf(json, sizeof json,
                       "{'number':'%d','lines':[" FEE(
                           "1") "],"
                                "'due':'2026-04-01'}",
                       i);
        DO(f, "finance", "invoice.issue", json);
    }
    NO(f, "finance", "invoice.issue", BILL("x", FEE("1")), ERR_LIMIT,
       "invoice.full");
}

/* [M31] Two surveillances of 7 each. */
TEST(surveillances_are_invoiced_up_to_what_the_quote_says)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make",
       "{'lines':[" FEE("1000") "],'prepay':3000,'surveillance':7}");
    DO(f, "applicant", "contract.accept", "{}");
    DO(f, "finance", "contract.sign", "{}");
    DO(f, "finance", "payment.record", PAY("300"));
    do_documents(f);
    do_plan(f);
    do_audit(f);
    do_report(f);
    do_decision(f);
    DO(f, "certificates", "certificate.issue", "{}");
    NO(f, "finance", "invoice.issue", BILL_LATER("S1", FEE("15"), "2027-04-01"),
       ERR_REFUSED, "invoice.surveillance");
    DO(f, "finance", "invoice.issue",
       BILL_LATER("S1", FEE("6") "," TRAVEL("1"), "2027-04-01"));
    EXPECT(bill(f, 0)->paid == 0); /* nothing settles it */
    NO(f, "finance", "invoice.issue", BILL_LATER("S2", FEE("8"), "2027-04-01"),
       ERR_REFUSED, "invoice.surveillance");
    DO(f, "finance", "invoice.issue", BILL_LATER("S2", FEE("7"), "2027-04-01"));
    NO(f, "finance", "payment.record", PAY_ON("8", "S1"), ERR_REFUSED,
       "invoice.overpaid");
    DO(f, "finance", "payment.record", PAY_ON("7", "S1"));
    EXPECT(f->state->money.later == 7 && f->state->paid == 300);
    NO(f, "finance", "invoice.cancel", "{'number':'S1','reason':'误开'}",
       ERR_REFUSED, "invoice.paid");
    DO(f, "finance", "invoice.cancel", "{'number':'S2','reason':'误开'}");
    DO(f, "finance", "invoice.issue", BILL_LATER("S3", FEE("7"), "2027-04-01"));
}

/* --- payments [IN2] [IN3] ----------------------------------------------- */

TEST(an_invoice_is_paid_in_parts_and_not_beyond_its_amount)
{
    static const struct attempt rows[] = {
        { "the rest", "finance", "payment.record", PAY_ON("250", "A"),
          ALLOWED },
        { "a fen more", "finance", "payment.record", PAY_ON("251", "A"),
          ERR_REFUSED, "invoice.overpaid" },
        { "blanks around the number", "finance", "payment.record",
          PAY_ON("250", " A "), ALLOWED },
        { "on none", "finance", "payment.record", PAY_ON("1", "B"),
          ERR_NOT_FOUND, "invoice.unknown" },
        { "by somebody else", "finance", "payment.record",
          "{'amount':1,'received':'2026-03-02','payer':'咨询公司',"
          "'invoice':'A'}",
          ERR_REFUSED, "contract.payer" },
        { "without invoice", "finance", "payment.record", PAY("1250"),
          ALLOWED },
        { "without invoice, beyond the contract", "finance", "payment.record",
          PAY("1251"), ERR_REFUSED, "contract.overpaid" },
    };
    FIXTURE(f);

    sign(f);
    DO(f, "finance", "invoice.issue", BILL("A", FEE("500")));
    DO(f, "finance", "payment.record", PAY_ON("250", "A"));
    EXPECT(bill(f, 0)->paid == 250);
    ATTEMPTS(f, rows);
    DO(f, "finance", "payment.record", PAY_ON("250", "A"));
    EXPECT(bill(f, 0)->paid == 500);
    NO(f, "finance", "payment.record", PAY_ON("1", "A"), ERR_REFUSED,
       "invoice.overpaid");
    EXPECT(f->state->paid == 500 && f->state->money.loose == 0);
}

TEST(a_payment_on_an_invoice_counts_for_the_prepayment)
{
    FIXTURE(f);

    sign(f);
    DO(f, "finance", "invoice.issue", BILL("A", FEE("300")));
    DO(f, "finance", "payment.record", PAY_ON("299", "A"));
    EXPECT(f->state->stage == STAGE_CONTRACT);
    DO(f, "finance", "payment.record", PAY_ON("1", "A"));
    EXPECT(f->state->stage == STAGE_DOCUMENTS);
}

TEST(what_was_paid_before_any_invoice_settles_the_first_that_follow)
{
    FIXTURE(f);

    sign(f);
    DO(f, "finance", "payment.record", PAY("300"));
    EXPECT(f->state->money.loose == 300);
    DO(f, "finance", "invoice.issue", BILL("A", FEE("200")));
    EXPECT(bill(f, 0)->issued->settled == 200 && bill(f, 0)->paid == 200);
    EXPECT(f->state->money.loose == 100);
    DO(f, "finance", "invoice.issue", BILL("B", FEE("400")));
    EXPECT(bill(f, 1)->paid == 100 && f->state->money.loose == 0);
    NO(f, "finance", "payment.record", PAY_ON("1", "A"), ERR_REFUSED,
       "invoice.overpaid");
    DO(f, "finance", "payment.record", PAY_ON("300", "B"));
    EXPECT(f->state->paid == 600);
}

TEST(an_invoice_is_cancelled_until_somebody_paid_on_it)
{
    FIXTURE(f);

    sign(f);
    NO(f, "finance", "invoice.cancel", "{'number':'A','reason':'误开'}",
       ERR_REFUSED, "invoice.none");
    DO(f, "finance", "payment.record", PAY("300"));
    DO(f, "finance", "invoice.issue", BILL("A", FEE("1000")));
    EXPECT(f->state->money.loose == 0);
    NO(f, "finance", "invoice.cancel", "{'number':'B','reason':'误开'}",
       ERR_NOT_FOUND, "invoice.unknown");
    NO(f, "finance", "invoice.cancel", "{'number':'A','reason':''}",
       ERR_INVALID, "record.length");
    DO(f, "finance", "invoice.cancel", "{'number':'A','reason':'误开'}");
    EXPECT(f->state->money.loose == 300); /* settles the next */
    NO(f, "finance", "invoice.issue", BILL("A", FEE("1")), ERR_INVALID,
       "invoice.number"); /* a number is used once */
    NO(f, "finance", "payment.record", PAY_ON("1", "A"), ERR_REFUSED,
       "invoice.cancelled_already");
    DO(f, "finance", "invoice.issue", BILL("B", FEE("1000")));
    NO(f, "finance", "invoice.cancel", "{'number':'A','reason':'误开'}",
       ERR_REFUSED, "invoice.cancelled_already");
    DO(f, "finance", "payment.record", PAY_ON("1", "B"));
    NO(f, "finance", "invoice.cancel", "{'number':'B','reason':'误开'}",
       ERR_REFUSED, "invoice.paid");
    EXPECT(f->state->paid == 301);
}

/* --- refunds [IN4] [IN5] ------------------------------------------------ */

/* Signed, 300 of 1500 paid, and withdrawn in that stage. */
static void withdraw_in(struct fixture *f, enum stage stage)
{
    sign(f);
    DO(f, "finance", "payment.record",
       stage == STAGE_CONTRACT ? PAY("299") : PAY("300"));
    if (stage >= STAGE_PLAN)
        do_documents(f);
    if (stage >= STAGE_AUDIT)
        do_plan(f);
    EXPECT(f->state->stage == stage);
    DO(f, "applicant", "case.withdraw", "{'reasons':'重组'}");
}

TEST(the_package_gives_back_by_the_stage_the_case_ended_in)
{
    static const struct {
        enum stage stage;
        const char *all;    /* by the rule */
        const char *beyond; /* a fen more */
    } rows[] = {
        { STAGE_CONTRACT, BACK("299"), BACK("300") },  /* 100 % of 299 */
        { STAGE_DOCUMENTS, BACK("210"), BACK("211") }, /* 70 % of 300 */
        { STAGE_PLAN, BACK("150"), BACK("151") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f = with_refunds();
        const char *stage = stage_names[rows[i].stage];

        withdraw_in(f, rows[i].stage);
        EXPECT_ROW_ERR(stage,
                       give(f, "finance", "refund.record", rows[i].beyond),
                       ERR_REFUSED,
                       rows[i].stage == STAGE_CONTRACT ? "refund.beyond_paid"
                                                       : "refund.beyond_rule");
        EXPECT_ROW_OK(stage, give(f, "finance", "refund.record", rows[i].all));
    }
}

TEST(more_than_the_rule_is_given_back_for_a_reason_and_never_more_than_was_paid)
{
    static const struct attempt rows[] = {
        { "nothing by the rule, without a reason", "finance", "refund.record",
          BACK("1"), ERR_REFUSED, "refund.beyond_rule" },
        { "with one", "finance", "refund.record", BACK_WHY("1"), ALLOWED },
        { "all that was paid", "finance", "refund.record", BACK_WHY("300"),
          ALLOWED },
        { "a fen more", "finance", "refund.record", BACK_WHY("301"),
          ERR_REFUSED, "refund.beyond_paid" },
        { "by the client", "applicant", "refund.record", BACK_WHY("1"),
          ERR_DENIED, "rights.role" },
        { "by the head", "head", "refund.record", BACK_WHY("1"), ERR_DENIED,
          "rights.role" },
    };
    scoped(fixture_end) struct fixture *f = with_refunds();

    withdraw_in(f, STAGE_AUDIT); /* of which the rule says nothing */
    ATTEMPTS(f, rows);
}

TEST(refunds_in_parts_are_taken_together)
{
    scoped(fixture_end) struct fixture *f = with_refunds();

    withdraw_in(f, STAGE_DOCUMENTS);
    DO(f, "finance", "refund.record", BACK("200"));
    NO(f, "finance", "refund.record", BACK("11"), ERR_REFUSED,
       "refund.beyond_rule");
    DO(f, "finance", "refund.record", BACK("10"));
    DO(f, "finance", "refund.record", BACK_WHY("90"));
    EXPECT(f->state->money.refunded == 300);
    NO(f, "finance", "refund.record", BACK_WHY("1"), ERR_REFUSED,
       "refund.nothing");
}

TEST(a_refund_has_been_paid)
{
    scoped(fixture_end) struct fixture *f = with_refunds();

    withdraw_in(f, STAGE_DOCUMENTS);
    NO(f, "finance", "refund.record", "{'amount':1,'paid':'2026-03-03'}",
       ERR_INVALID, "refund.paid");
    DO(f, "finance", "refund.record", "{'amount':1,'paid':'2026-03-02'}");
}

/* [17065 4.2] Who is refused has had the work done all the same. */
TEST(a_refusal_gives_nothing_back_and_what_is_open_stays_open)
{
    scoped(fixture_end) struct fixture *f = with_refunds();

    sign(f);
    DO(f, "finance", "payment.record", PAY("300"));
    do_documents(f);
    do_plan(f);
    do_audit(f);
    do_report(f);
    DO(f, "reviewer", "decision.refuse", "{'reasons':'未达标'}");
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->ending == ENDING_REFUSED);
    NO(f, "finance", "refund.record", BACK_WHY("1"), ERR_REFUSED,
       "refund.earned");
    DO(f, "finance", "invoice.issue",
       "{'number':'A','lines':[" FEE("1000") "],'due':'2026-06-01'}");
    DO(f, "finance", "payment.record", PAY_ON("700", "A"));
    EXPECT(f->state->paid == 1000 && f->state->stage == STAGE_ENDED);
}

TEST(nothing_goes_back_where_nothing_was_paid)
{
    scoped(fixture_end) struct fixture *f = with_refunds();

    go_to(f, STAGE_CONTRACT);
    DO(f, "applicant", "case.withdraw", "{'reasons':'重组'}");
    NO(f, "finance", "refund.record", BACK("1"), ERR_REFUSED, "refund.nothing");
}

/* --- [ST-12] ------------------------------------------------------------ */

static void expect_broken(struct fixture *f, const char *what)
{
    const char *broken = state_invariant(f->state);

    EXPECT_ROW(what, broken != NULL && strcmp(broken, "ST-12") == 0);
    EXPECT_ROW_ERR(what,
                   give(f, "applicant", "case.withdraw", "{'reasons':'重组'}"),
                   ERR_CORRUPT, "case.invariant");
}

/* Signed, 300 paid on an invoice of 500, 100 on none. */
static void pay_some(struct fixture *f)
{
    sign(f);
    DO(f, "finance", "invoice.issue", BILL("A", FEE("500")));
    DO(f, "finance", "payment.record", PAY_ON("300", "A"));
    DO(f, "finance", "payment.record", PAY("100"));
    EXPECT(state_money_adds_up(f->state));
}

/* What no rule of ours would let happen; a journal that somebody else made
 * might. */
TEST(nothing_is_decided_on_money_that_does_not_add_up)
{
    static const struct {
        const char *what;
        int64_t paid;
        int64_t on_invoice;
        int64_t loose;
        int64_t later;
        int64_t refunded;
        bool holds;
    } rows[] = {
        { "as it is", 400, 300, 100, 0, 0, true },
        { "a fen out of nowhere", 401, 300, 100, 0, 0, false },
        { "a fen lost", 400, 299, 100, 0, 0, false },
        { "a fen less than nothing", 400, 401, -1, 0, 0, false },
        { "less than nothing on the invoice", 99, -1, 100, 0, 0, false },
        { "all of the invoice", 600, 500, 100, 0, 0, true },
        { "more than the invoice", 601, 501, 100, 0, 0, false },
        { "all of the contract", 1500, 300, 1200, 0, 0, true },
        { "more than the contract", 1501, 300, 1201, 0, 0, false },
        { "surveillances without invoice", 400, 300, 100, 1, 0, false },
        { "all given back", 400, 300, 100, 0, 400, true },
        { "more given back than paid", 400, 300, 100, 0, 401, false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        pay_some(f);
        f->state->paid = rows[i].paid;
        f->state->money.invoices[0].paid = rows[i].on_invoice;
        f->state->money.loose = rows[i].loose;
        f->state->money.later = rows[i].later;
        f->state->money.refunded = rows[i].refunded;
        if (rows[i].holds)
            EXPECT_ROW(rows[i].what, state_invariant(f->state) == NULL);
        else
            expect_broken(f, rows[i].what);
    }
}

TEST(money_under_no_contract_breaks_the_case)
{
    FIXTURE(f);

    pay_some(f);
    struct quote quote = *f->state->quote;
    f->state->quote = &quote;
    quote.total++;
    expect_broken(f, "a total that is not that of its lines");
    quote.total--;
    f->state->body_signed = false; /* which [ST-6] says as well */
    EXPECT(!state_money_adds_up(f->state));
    f->state->body_signed = true;
    f->state->client_accepted = false;
    EXPECT(!state_money_adds_up(f->state));
    f->state->client_accepted = true;
    EXPECT(state_money_adds_up(f->state));
    f->state->quote = NULL;
    f->state->money.invoice_count = 0;
    f->state->money.loose = f->state->paid;
    EXPECT(!state_money_adds_up(f->state));
}

TEST(an_invoice_that_was_never_agreed_breaks_the_case)
{
    struct quote_line line = { S("审查费"), LINE_FEE, 1001, 0, 0, S("") };
    struct invoice made = {
        S("A"), INVOICE_FIRST, 0, { &line, 1 }, 1001, 0, 0
    };
    FIXTURE(f);

    sign(f);
    f->state->money.invoices[0].issued = &made;
    f->state->money.invoice_count = 1;
    expect_broken(f, "a fen beyond the contract");
    line.amount = 1000;
    expect_broken(f, "an amount that is not that of its lines");
    made.amount = 1000;
    EXPECT(state_invariant(f->state) == NULL);
    f->state->quote = NULL;
    EXPECT(!state_money_adds_up(f->state));
}

/* Of each kind as much as was agreed of it: fees 1000, travel 500, and for the
 * surveillances 14 in all. [IN1] */
TEST(no_kind_of_invoice_goes_beyond_what_was_agreed_of_it)
{
    static const struct {
        const char *what;
        enum invoice_for about;
        enum line_kind kind;
        int64_t amount;
        bool holds;
    } rows[] = {
        { "all of the fees", INVOICE_FIRST, LINE_FEE, 1000, true },
        { "a fen of fees more", INVOICE_FIRST, LINE_FEE, 1001, false },
        { "all of the travel", INVOICE_FIRST, LINE_TRAVEL, 500, true },
        { "a fen of travel more", INVOICE_FIRST, LINE_TRAVEL, 501, false },
        { "all surveillances", INVOICE_SURVEILLANCE, LINE_FEE, 14, true },
        { "a fen more", INVOICE_SURVEILLANCE, LINE_FEE, 15, false },
        { "their travel is among it", INVOICE_SURVEILLANCE, LINE_TRAVEL, 14,
          true },
        { "and a fen more", INVOICE_SURVEILLANCE, LINE_TRAVEL, 15, false },
    };
    FIXTURE(f);

    sign(f);
    EXPECT(f->state->quote->surveillance * f->state->quote->surveillances ==
           14);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct quote_line line = {
            S("x"), (int)rows[i].kind, rows[i].amount, 0, 0, S("")
        };
        struct invoice made = {
            S("A"), (int)rows[i].about, 0, { &line, 1 }, rows[i].amount, 0, 0
        };

        f->state->money.invoices[0].issued = &made;
        f->state->money.invoice_count = 1;
        EXPECT_ROW(rows[i].what,
                   state_money_adds_up(f->state) == rows[i].holds);
    }
}

TEST(money_before_both_have_signed_breaks_the_case)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make", "{'lines':[" FEE("10") "],'prepay':3000}");
    DO(f, "applicant", "contract.accept", "{}");
    f->state->paid = f->state->money.loose = 1;
    expect_broken(f, "paid before the body signed");
}

/* Every event is read again and gives the same. */
TEST(a_case_with_money_replays)
{
    scoped(fixture_end) struct fixture *f = with_refunds();
    struct state *again;

    pay_some(f);
    DO(f, "finance", "invoice.issue", BILL("B", TRAVEL("500")));
    DO(f, "finance", "invoice.cancel", "{'number':'B','reason':'误开'}");
    DO(f, "applicant", "case.withdraw", "{'reasons':'重组'}");
    DO(f, "finance", "refund.record", BACK("280"));
    again = replayed(f);
    EXPECT(again->paid == 400 && again->money.loose == 100);
    EXPECT(again->money.invoice_count == 2 && again->money.refunded == 280);
    EXPECT(again->money.invoices[1].cancelled);
    EXPECT(again->money.ended_in == STAGE_DOCUMENTS);
    EXPECT(state_invariant(again) == NULL);
}
