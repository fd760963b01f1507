/* Invoices for audits that the quote does not price. [IA1] [IA2] [IA3] [M28]
 * [M30] [M31] [17065 4.1.2] */

#include "base/size.h"
#include "codec/json.h"
#include "domain/fees.h"
#include "domain/stages.h"
#include "domain/test_fixture.h"

#include <stdio.h>

/* Two person-days at two sites, as do_round_of() plans them: 3000 yuan a day,
 * and at most 500 yuan a day and 1000 a site of travel. */
#define TRAVEL_RULES                                                           \
    "prepay: [30, 50], assumed: true,"                                         \
    " travel: { site: [500, 1000], day: [300, 500] } }"
#define FEES   600000
#define TRAVEL 300000

#define FEE(fen)  "{'text':'审查费','kind':'fee','amount':" fen "}"
#define TRIP(fen) "{'text':'差旅','kind':'travel','amount':" fen "}"
#define OWN(number, more, lines)                                               \
    "{'number':'" number "','what':'audit','due':'2027-04-01'" more            \
    ",'lines':[" lines "]}"
#define BY_RULES(number, more)                                                 \
    "{'number':'" number "','what':'audit','due':'2027-04-01'" more "}"
#define PAY(fen, payer, number)                                                \
    "{'amount':" fen ",'received':'2026-06-01','payer':'" payer "',"           \
    "'invoice':'" number "'}"

/* A certificate, and a round of this kind that was held. */
static struct fixture *with_round(const char *kind)
{
    struct fixture *f =
        fixture_with("prepay: [30, 50], assumed: true }", TRAVEL_RULES);

    certified(f, "2026-06-01");
    do_round_of(f, kind, "ten");
    return f;
}

static const struct invoice *newest(const struct fixture *f)
{
    const struct money_state *m = &f->state->money;

    return m->invoices[m->invoice_count - 1].issued;
}

/* --- which audits [IA1] --------------------------------------------------- */

TEST(an_audit_that_the_quote_does_not_price_can_be_invoiced)
{
    static const struct {
        const char *kind;
        int32_t held;
    } rows[] = {
        { "special", 1 },
        { "extension", 1 },
        { "surveillance", 0 }, /* the quote says what each costs */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        certified(f, "2026-06-01");
        EXPECT_ROW(rows[i].kind, f->state->money.held_count == 0);
        if (rows[i].held == 1)
            do_round_of(f, rows[i].kind, "ten");
        else {
            do_round_plan(f);
            do_round_audit(f);
        }
        EXPECT_ROW(rows[i].kind, f->state->money.held_count == rows[i].held);
    }
}

static void correct_the_major(struct fixture *f)
{
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    DO(f, "lead", "nonconformity.raise",
       "{'indicator':'1.1','grade':'major','text':'x'}");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    DO(f, "lead", "report.issue",
       "{'recommended':false,'summary':'s','correct_until':'2026-04-10'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'c','action':'a','evidence':['e']}");
    DO(f, "lead", "correction.accept", "{'number':1}");
}

/* [M18] The first audit is the quote's; the one after it is not. */
TEST(a_new_audit_after_a_major_nonconformity_can_be_invoiced)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    correct_the_major(f);
    EXPECT(f->state->stage == STAGE_PLAN);
    NO(f, "finance", "invoice.issue", BY_RULES("W1", ""), ERR_REFUSED,
       "invoice.no_audit");
    do_plan(f);
    do_audit(f);
    EXPECT(f->state->money.held_count == 1);
    EXPECT(f->state->money.held[0].again);
    EXPECT(f->state->money.held[0].round == ROUND_INITIAL);
    DO(f, "finance", "invoice.issue", BY_RULES("W1", ""));
    EXPECT(newest(f)->audit == 1);
    EXPECT(newest(f)->amount == 1350000); /* 4.5 person-days */
    EXPECT(str_begins(((const struct quote_line *)newest(f)->lines.p)->reason,
                      S("严重不符合后的重新审查（首次审查）")));
}

TEST(an_audit_is_invoiced_once_it_was_held)
{
    FIXTURE(f);

    certified(f, "2026-06-01");
    DO(f, "planner", "round.open", "{'kind':'special','reason':'投诉'}");
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2026-06-01',"
       "'to':'2026-06-01','person_days':20}");
    DO(f, "applicant", "plan.agree", "{}");
    NO(f, "finance", "invoice.issue", BY_RULES("W1", ""), ERR_REFUSED,
       "invoice.no_audit");
    do_round_audit(f);
    DO(f, "finance", "invoice.issue", BY_RULES("W1", ""));
}

/* --- what for, and how much [IA2] [IA3] ----------------------------------- */

TEST(lines_nobody_writes_are_those_of_the_rules)
{
    scoped(fixture_end) struct fixture *f = with_round("special");
    const struct quote_line *l;

    DO(f, "finance", "invoice.issue", BY_RULES("W1", ""));
    EXPECT(newest(f)->amount == FEES + TRAVEL && newest(f)->lines.n == 2);
    l = newest(f)->lines.p;
    EXPECT_STR(l[0].text, S("现场审查费"));
    EXPECT(l[0].kind == LINE_FEE && l[0].rule == FEE_AUDIT);
    EXPECT(l[0].amount == FEES && l[0].by_rule == FEES);
    EXPECT_STR(l[0].reason, S("专项审查，2026年6月1日"));
    EXPECT(l[1].kind == LINE_TRAVEL && l[1].rule == FEE_TRAVEL);
    EXPECT(l[1].amount == TRAVEL && l[1].by_rule == TRAVEL);
    EXPECT_STR(l[1].reason, l[0].reason);
}

TEST(no_more_is_invoiced_for_an_audit_than_the_rules_ask)
{
    static const struct attempt rows[] = {
        { "all of it", "finance", "invoice.issue",
          OWN("1", "", FEE("600000") "," TRIP("300000")), ALLOWED },
        { "a fen of fees more", "finance", "invoice.issue",
          OWN("1", "", FEE("600001")), ERR_REFUSED, "invoice.audit_fees" },
        { "in two lines, too", "finance", "invoice.issue",
          OWN("1", "", FEE("600000") "," FEE("1")), ERR_REFUSED,
          "invoice.audit_fees" },
        { "a fen of travel more", "finance", "invoice.issue",
          OWN("1", "", TRIP("300001")), ERR_REFUSED, "invoice.audit_travel" },
        { "less", "finance", "invoice.issue", OWN("1", "", FEE("1")), ALLOWED },
        { "of the only one, by its number", "finance", "invoice.issue",
          BY_RULES("1", ",'audit':1"), ALLOWED },
        { "of one that was not held", "finance", "invoice.issue",
          BY_RULES("1", ",'audit':2"), ERR_INVALID, "invoice.which_audit" },
        { "of one before the first", "finance", "invoice.issue",
          BY_RULES("1", ",'audit':-1"), ERR_INVALID, "record.range" },
        { "due before today", "finance", "invoice.issue",
          "{'number':'1','what':'audit','due':'2026-05-31'}", ERR_INVALID,
          "invoice.due" },
        { "by the client", "applicant", "invoice.issue", BY_RULES("1", ""),
          ERR_DENIED, "rights.role" },
    };
    scoped(fixture_end) struct fixture *f = with_round("special");

    ATTEMPTS(f, rows);
}

TEST(what_was_invoiced_is_not_invoiced_again_until_it_is_cancelled)
{
    scoped(fixture_end) struct fixture *f = with_round("special");

    DO(f, "finance", "invoice.issue", OWN("W1", "", FEE("599999")));
    DO(f, "finance", "invoice.issue", BY_RULES("W2", "")); /* what is left */
    EXPECT(newest(f)->amount == 1 + TRAVEL);
    NO(f, "finance", "invoice.issue", BY_RULES("W3", ""), ERR_REFUSED,
       "invoice.audit_done");
    NO(f, "finance", "invoice.issue", OWN("W3", "", FEE("1")), ERR_REFUSED,
       "invoice.audit_fees");
    DO(f, "finance", "invoice.cancel", "{'number':'W1','reason':'重开'}");
    DO(f, "finance", "invoice.issue", BY_RULES("W3", ""));
    EXPECT(newest(f)->amount == 599999 && newest(f)->lines.n == 1);
}

TEST(when_its_fees_are_invoiced_its_travel_is_left)
{
    scoped(fixture_end) struct fixture *f = with_round("special");

    DO(f, "finance", "invoice.issue", OWN("W1", "", FEE("600000")));
    EXPECT(state_audit_left(f->state, 1) == TRAVEL);
    DO(f, "finance", "invoice.issue", BY_RULES("W2", ""));
    EXPECT(newest(f)->lines.n == 1 && newest(f)->amount == TRAVEL);
    EXPECT(state_audit_left(f->state, 1) == 0);
}

/* [IA2] Left out, it is the newest. */
TEST(each_audit_is_invoiced_for_itself)
{
    scoped(fixture_end) struct fixture *f = with_round("special");

    do_round_of(f, "extension", "ten");
    EXPECT(f->state->money.held_count == 2);
    DO(f, "finance", "invoice.issue", BY_RULES("W2", ""));
    EXPECT(newest(f)->audit == 2);
    NO(f, "finance", "invoice.issue", OWN("W1", ",'audit':2", FEE("1")),
       ERR_REFUSED, "invoice.audit_fees");
    DO(f, "finance", "invoice.issue", OWN("W1", ",'audit':1", FEE("600000")));
    EXPECT(newest(f)->audit == 1);
    EXPECT_STR(((const struct quote_line *)newest(f)->lines.p)->reason,
               S("专项审查，2026年6月1日"));
    EXPECT(state_invariant(f->state) == NULL);
}

/* The contract's own sums are not touched. */
TEST(it_takes_nothing_of_what_the_contract_agreed_and_gives_it_nothing)
{
    scoped(fixture_end) struct fixture *f = with_round("special");

    DO(f, "finance", "invoice.issue", BY_RULES("W1", ""));
    EXPECT(f->state->money.invoices[0].paid ==
           0); /* no prepayment settles it */
    DO(f, "finance", "invoice.issue",
       "{'number':'F1','due':'2027-04-01','lines':[{'text':'审查费',"
       "'kind':'fee','amount':1600000}]}");
    EXPECT(newest(f)->settled > 0);
}

/* --- who pays [IN2] --------------------------------------------------------
 */

TEST(the_client_pays_for_it_and_nobody_else)
{
    static const struct attempt rows[] = {
        { "a third party", "finance", "payment.record",
          PAY("900000", "示例咨询公司", "W1"), ERR_REFUSED, "contract.payer" },
        { "a fen too much", "finance", "payment.record",
          PAY("900001", "示例电器有限公司", "W1"), ERR_REFUSED,
          "invoice.overpaid" },
        { "all of it", "finance", "payment.record",
          PAY("900000", "示例电器有限公司", "W1"), ALLOWED },
    };
    scoped(fixture_end) struct fixture *f = with_round("special");
    int64_t before = f->state->paid;

    DO(f, "finance", "invoice.issue", BY_RULES("W1", ""));
    ATTEMPTS(f, rows);
    DO(f, "finance", "payment.record", PAY("900000", "示例电器有限公司", "W1"));
    EXPECT(f->state->paid == before && f->state->money.later == 900000);
    EXPECT(state_invariant(f->state) == NULL);

    const struct state *again = replayed(f);
    EXPECT(again->money.held_count == 1 && again->money.later == 900000);
    EXPECT(again->money.held[0].fees == FEES);
    EXPECT(again->money.held[0].travel == TRAVEL);
}

/* --- [ST-12] ---------------------------------------------------------------
 */

TEST(an_invoice_beyond_the_rules_of_an_audit_breaks_the_case)
{
    static const struct {
        const char *what;
        int64_t audit;
        int64_t amount;
        enum line_kind kind;
        bool holds;
    } rows[] = {
        { "all of the fees", 1, FEES, LINE_FEE, true },
        { "a fen of fees more", 1, FEES + 1, LINE_FEE, false },
        { "all of the travel", 1, TRAVEL, LINE_TRAVEL, true },
        { "a fen of travel more", 1, TRAVEL + 1, LINE_TRAVEL, false },
        { "of no audit", 0, 1, LINE_FEE, false },
        { "of one that was not held", 2, 1, LINE_FEE, false },
    };
    scoped(fixture_end) struct fixture *f = with_round("special");

    DO(f, "finance", "invoice.issue", BY_RULES("W1", ""));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct quote_line line = { .text = S("x"),
                                   .kind = (int)rows[i].kind,
                                   .amount = rows[i].amount };
        const struct invoice made = {
            .number = S("W1"),
            .what = INVOICE_AUDIT,
            .audit = rows[i].audit,
            .lines = { &line, 1 },
            .amount = rows[i].amount,
        };

        f->state->money.invoices[0].issued = &made;
        EXPECT_ROW(rows[i].what,
                   state_money_adds_up(f->state) == rows[i].holds);
    }
}

/* Of a journal in which a piece is missing nothing can be worked out. */
TEST(an_audit_of_a_forged_case_is_not_invoiced)
{
    FIXTURE(f);
    const struct event e = { .on = f->facts.today };
    struct state whole;

    go_to(f, STAGE_REPORT);
    whole = *f->state;
    for (int missing = 0; missing < 3; missing++) {
        *f->state = whole;
        f->state->plan = missing == 0 ? NULL : whole.plan;
        f->state->quote = missing == 1 ? NULL : whole.quote;
        f->state->application = missing == 2 ? NULL : whole.application;
        invoice_audit_held(f->state, &e);
        EXPECT(f->state->money.held_count == 0);
    }
    *f->state = whole;
    invoice_audit_held(f->state, &e);
    EXPECT(f->state->money.held_count == 1);
}

/* There can be no more invoices than that. */
TEST(a_case_remembers_as_many_audits_as_it_can_invoice)
{
    FIXTURE(f);
    const struct event e = { .on = f->facts.today };

    go_to(f, STAGE_REPORT);
    for (int i = 0; i < INVOICE_MAX + 1; i++)
        invoice_audit_held(f->state, &e);
    EXPECT(f->state->money.held_count == INVOICE_MAX);
}

/* --- as it is shown ----------------------------------------------------------
 */

TEST(an_audit_by_itself_is_shown_with_what_is_left_of_it)
{
    scoped(fixture_end) struct fixture *f = with_round("special");
    const struct json *audits;

    DO(f, "finance", "invoice.issue", OWN("W1", "", FEE("1")));
    audits = json_get(money_json(&f->arena, f->state), S("audits"));
    EXPECT(audits != NULL && audits->first != NULL);
    if (audits == NULL || audits->first == NULL)
        return;
    EXPECT_STR(json_get(audits->first, S("round"))->text, S("special"));
    EXPECT(!json_get(audits->first, S("again"))->boolean);
    EXPECT_STR(json_get(audits->first, S("held"))->text, S("2026-06-01"));
    EXPECT(audits->first->next == NULL);
}

/* A withdrawn case still owes it. [IN5] */
TEST(what_is_owed_at_the_end_holds_the_audits_by_themselves)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    correct_the_major(f);
    do_plan(f);
    do_audit(f);
    DO(f, "finance", "invoice.issue", BY_RULES("W1", ""));
    DO(f, "applicant", "case.withdraw", "{'reasons':'重组'}");
    EXPECT(state_owed(f->state) == newest(f)->amount);
    DO(f, "finance", "invoice.cancel", "{'number':'W1','reason':'免收'}");
    EXPECT(state_owed(f->state) == 0);
}

/* --- memory -----------------------------------------------------------------
 */

TEST(an_invoice_for_an_audit_survives_every_failing_allocation)
{
    static const char *const rows[] = {
        BY_RULES("W1", ""),
        OWN("W1", "", FEE("1")),
    };
    scoped(fixture_end) struct fixture *f = with_round("special");

    for (size_t i = 0; i < COUNT(rows); i++) {
        err e;

        EXPECT_ROW(rows[i], try_without_memory(f, "finance", "invoice.issue",
                                               rows[i], &e) > 0);
        EXPECT_ROW_OK(rows[i], e);
    }
}
