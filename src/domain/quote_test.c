/* Quotes by the package's rules, and what finance makes of them. [M13]
 * [M28]-[M31] [17065 4.1.2] */

#include "domain/test_fixture.h"

#include "domain/fees.h"

#include <stdio.h>

/* The test's package with travel, factors and terms. */
#define OLD_FEES "prepay: [30, 50], assumed: true }"
#define FEES(assumed)                                                          \
    "prepay: [30, 50], assumed: " assumed ", levels: { ten: [150, 160] },"     \
    " travel: { site: [500, 1000], day: [300, 500] }, body: [100, 130],"       \
    " refund: { contract: 100, documents: 70 },"                               \
    " trades: [{ code: '526', factor: 120, label: { zh: 车, en: Cars } }] }"  \
    "\ncontract: { period: 40m, terms: [{ side: client, kind: right,"          \
    " text: { zh: 申诉, en: To appeal } }, { side: body, kind: duty,"        \
    " text: { zh: 保密, en: To keep quiet } }] }"

static struct fixture *with_assumed_fees(void)
{
    return fixture_with(OLD_FEES, FEES("true"));
}

static struct fixture *with_published_fees(void)
{
    return fixture_with(OLD_FEES, FEES("false"));
}

static const struct quote_line *line_of(const struct fixture *f, int rule)
{
    const struct quote_line *l = f->state->quote->lines.p;

    for (size_t i = 0; i < f->state->quote->lines.n; i++) {
        if (l[i].rule == rule)
            return &l[i];
    }
    return NULL;
}

/* [QU1] 40 staff, two sites, level ten: 6 days on the whole, 4.5 on site. */
TEST(lines_left_out_are_worked_out_by_the_rules)
{
    static const struct {
        int rule;
        int kind;
        int64_t amount;
    } rows[] = {
        { FEE_APPLICATION, LINE_FEE, 150000 },
        { FEE_AUDIT, LINE_FEE, 2700000 },
        { FEE_REGISTRATION, LINE_FEE, 300000 },
        { FEE_YEARLY, LINE_FEE, 300000 },
        { FEE_TRAVEL, LINE_TRAVEL, 425000 }, /* 2 x 1000 + 4.5 x 500 */
    };
    scoped(fixture_end) struct fixture *f = with_assumed_fees();

    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make", "{'prepay':3000}");

    const struct quote *q = f->state->quote;
    EXPECT(q->lines.n == COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct quote_line *l = line_of(f, rows[i].rule);

        if (l == NULL) {
            EXPECT_ROW("there", l != NULL);
            continue;
        }
        EXPECT_ROW(l->text.p, l->kind == rows[i].kind);
        EXPECT_ROW(l->text.p, l->amount == rows[i].amount);
        EXPECT_ROW(l->text.p, l->by_rule == rows[i].amount);
        EXPECT_ROW(l->text.p, l->reason.n == 0);
    }
    EXPECT_STR(line_of(f, FEE_APPLICATION)->text, S("申请费"));
    EXPECT(q->by_rules == 3450000 && q->total == 3875000);
    EXPECT(q->prepayment == 1035000); /* 30 % of the fees [M13] [M30] */
    /* each surveillance: (2000 + 2 x 3000) x 1.5, and 2 x 1000 + 2 x 500 */
    EXPECT(q->surveillance == 1200000 + 300000);
    EXPECT(q->surveillances == 2);
    EXPECT(q->whole == 3875000 + 2 * 1500000); /* [QU4] */
}

TEST(a_trade_changes_the_fees_but_no_travel)
{
    scoped(fixture_end) struct fixture *f = with_assumed_fees();

    go_to(f, STAGE_CONTRACT);
    NO(f, "finance", "quote.make", "{'prepay':3000,'trade':'cars'}",
       ERR_INVALID, "fee.trade");
    DO(f, "finance", "quote.make", "{'prepay':3000,'trade':'5264'}");
    EXPECT(f->state->quote->by_rules == 4140000);
    EXPECT(line_of(f, FEE_TRAVEL)->amount == 425000);
    EXPECT_STR(f->state->quote->trade, S("5264"));
}

static void add(struct fixture *f, const char *requirement)
{
    char json[300];

    (void)snprintf(json, sizeof json,
                   "{'requirement':'%s','title':'文件','blob':'%s','size':1,"
                   "'covers_from':'2025-10-01','covers_to':'2026-02-28'}",
                   requirement, ONES);
    DO(f, "applicant", "document.add", json);
}

/* [QU1] */
TEST(the_trade_is_the_application_s_unless_finance_names_another)
{
    static const struct {
        const char *name;
        const char *applied; /* the application's trade */
        const char *wish;
        int64_t by_rules;
        const char *trade; /* in the quote */
    } rows[] = {
        { "none", "", "{'prepay':3000}", 3450000, "" },
        { "the application's", "5264", "{'prepay':3000}", 4140000, "5264" },
        { "beside the dear ones", "5254", "{'prepay':3000}", 3450000, "5254" },
        { "finance's", "5264", "{'prepay':3000,'trade':'5254'}", 3450000,
          "5254" },
        { "finance's, dear", "5254", "{'prepay':3000,'trade':'526'}", 4140000,
          "526" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f = with_assumed_fees();

        do_preparation_of_trade(f, rows[i].applied);
        do_completeness(f);
        DO(f, "finance", "quote.make", rows[i].wish);
        EXPECT_ROW(rows[i].name, f->state->quote->by_rules == rows[i].by_rules);
        EXPECT_ROW_STR(rows[i].name, f->state->quote->trade,
                       str_of(rows[i].trade));
    }
}

/* An application like that of the plain course, by somebody who thinks the
 * worst of themselves. */
static void apply_badly(struct fixture *f)
{
    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    DO(f, "applicant", "eligibility.answer",
       "{'declarations':[{'item':'legal_person','yes':true},"
       "{'item':'accident','yes':false}]}");
    DO(f, "applicant", "assessment.record",
       "{'answers':[{'indicator':'1.1','result':'not_met'},"
       "{'indicator':'1.2','result':'sampled','k':0,'n':10},"
       "{'indicator':'2.1','result':'not_met'},"
       "{'indicator':'2.2','result':'sampled','k':0,'n':10},"
       "{'indicator':'3.1','result':'not_met'},"
       "{'indicator':'3.2','result':'not_met'}],"
       "'figures':[{'figure':'satisfaction','k':1,'n':100},"
       "{'figure':'resolution','k':1,'n':100}]}");
    add(f, "licence");
    add(f, "manual");
    add(f, "records");
    DO(f, "applicant", "application.submit",
       "{'scope':'家用电器的售后服务','staff':40,'service_staff':12,"
       "'sites':[{'name':'总部','place':'示例市','kind':'hq'},"
       "{'name':'一店','place':'示例市','kind':'outlet'}]}");
}

/* [FE2] [17065 4.2]: what an enterprise thinks of itself, and how it will come
 * out, plays no part. */
TEST(no_fee_depends_on_the_result)
{
    scoped(fixture_end) struct fixture *good = with_assumed_fees();
    scoped(fixture_end) struct fixture *bad = with_assumed_fees();

    do_preparation(good, true);
    apply_badly(bad);
    do_completeness(good);
    do_completeness(bad);
    EXPECT(good->state->assessment->shown > bad->state->assessment->shown);
    DO(good, "finance", "quote.make", "{'prepay':3000}");
    DO(bad, "finance", "quote.make", "{'prepay':3000}");
    EXPECT(good->state->quote->total == bad->state->quote->total);
    EXPECT(good->state->quote->whole == bad->state->quote->whole);
}

#define CHANGE(rule, amount)                                                   \
    "{'rule':'" rule "','amount':" amount ",'reason':'两家同时审查'}"
#define ADD(text, kind, amount)                                                \
    "{'text':'" text "','kind':'" kind "','amount':" amount                    \
    ",'reason':'加印证书'}"

/* [QU2] */
TEST(a_line_is_changed_or_added_for_a_reason_and_shows_what_the_rule_asks)
{
    static const struct attempt rows[] = {
        { "changed", "finance", "quote.make",
          "{'prepay':3000,'changes':[" CHANGE("audit", "2500000") "]}",
          ALLOWED },
        { "without a reason", "finance", "quote.make",
          "{'prepay':3000,'changes':[{'rule':'audit','amount':1}]}",
          ERR_INVALID, "record.missing" },
        { "for an empty reason", "finance", "quote.make",
          "{'prepay':3000,'changes':[{'rule':'audit','amount':1,"
          "'reason':''}]}",
          ERR_INVALID, "record.length" },
        { "added", "finance", "quote.make",
          "{'prepay':3000,'changes':[" ADD("副本", "fee", "10000") "]}",
          ALLOWED },
        { "added without a text", "finance", "quote.make",
          "{'prepay':3000,'changes':[" ADD(" ", "fee", "10000") "]}",
          ERR_INVALID, "fee.text" },
        { "changed twice", "finance", "quote.make",
          "{'prepay':3000,'changes':[" CHANGE("audit",
                                              "1") "," CHANGE("audit",
                                                              "2") "]}",
          ERR_INVALID, "fee.twice" },
        { "a rule nobody has", "finance", "quote.make",
          "{'prepay':3000,'changes':[" CHANGE("bonus", "1") "]}", ERR_INVALID,
          "record.choice" },
        { "changes to lines of one's own", "finance", "quote.make",
          "{'prepay':3000,'lines':[{'text':'费','kind':'fee','amount':1}],"
          "'changes':[" CHANGE("audit", "1") "]}",
          ERR_INVALID, "fee.both" },
        { "below nothing", "finance", "quote.make",
          "{'prepay':3000,'changes':[" CHANGE("audit", "-1") "]}", ERR_INVALID,
          "record.range" },
    };
    scoped(fixture_end) struct fixture *f = with_assumed_fees();

    go_to(f, STAGE_CONTRACT);
    ATTEMPTS(f, rows);
    DO(f, "finance", "quote.make",
       "{'prepay':3000,'changes':[" CHANGE("audit",
                                           "2500000") "," ADD("副本", "fee",
                                                              "10000") "]}");

    const struct quote_line *audit = line_of(f, FEE_AUDIT);
    const struct quote_line *own = line_of(f, FEE_OTHER);
    EXPECT(audit->amount == 2500000 && audit->by_rule == 2700000);
    EXPECT_STR(audit->reason, S("两家同时审查"));
    EXPECT(own->amount == 10000 && own->by_rule == 0);
    EXPECT_STR(own->text, S("副本"));
    EXPECT(f->state->quote->by_rules == 3450000);
    EXPECT(f->state->quote->total == 3875000 - 200000 + 10000);
}

TEST(a_change_may_name_a_rule_whose_line_came_to_nothing)
{
    FIXTURE(f); /* no travel in these fees */

    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make",
       "{'prepay':3000,'changes':[" CHANGE("travel", "5000") "]}");
    EXPECT(line_of(f, FEE_TRAVEL)->amount == 5000);
    EXPECT(line_of(f, FEE_TRAVEL)->by_rule == 0);
    EXPECT(line_of(f, FEE_TRAVEL)->kind == LINE_TRAVEL);
    EXPECT(f->state->quote->prepayment == 690000); /* of the fees alone */
}

#define OWN "'lines':[{'text':'审查费','kind':'fee','amount':100}]"

/* [QU2] [条例 20] */
TEST(who_leaves_published_fees_says_why_and_who_leaves_assumed_ones_need_not)
{
    static const struct attempt published[] = {
        { "by the rules", "finance", "quote.make", "{'prepay':3000}", ALLOWED },
        { "own lines without a reason", "finance", "quote.make",
          "{'prepay':3000," OWN "}", ERR_REFUSED, "fee.reason" },
        { "own lines with one", "finance", "quote.make",
          "{'prepay':3000," OWN ",'reason':'集团合同'}", ALLOWED },
        { "a surveillance of one's own", "finance", "quote.make",
          "{'prepay':3000,'surveillance':5}", ERR_REFUSED, "fee.reason" },
        { "that with a reason", "finance", "quote.make",
          "{'prepay':3000,'surveillance':5,'reason':'集团合同'}", ALLOWED },
    };
    static const struct attempt assumed[] = {
        { "own lines", "finance", "quote.make", "{'prepay':3000," OWN "}",
          ALLOWED },
    };
    scoped(fixture_end) struct fixture *p = with_published_fees();
    scoped(fixture_end) struct fixture *f = with_assumed_fees();

    go_to(p, STAGE_CONTRACT);
    ATTEMPTS(p, published);
    go_to(f, STAGE_CONTRACT);
    ATTEMPTS(f, assumed);
}

TEST(lines_of_one_s_own_stand_beside_what_the_rules_ask)
{
    scoped(fixture_end) struct fixture *f = with_assumed_fees();

    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make",
       "{'prepay':3000," OWN ",'surveillance':7,'reason':'集团合同'}");
    EXPECT(f->state->quote->total == 100);
    EXPECT(f->state->quote->by_rules == 3450000);
    EXPECT(f->state->quote->surveillance == 7);
    EXPECT(f->state->quote->whole == 114);
    EXPECT_STR(f->state->quote->reason, S("集团合同"));
}

/* Staff beyond the table: somebody has to write the lines. */
TEST(where_the_rules_cannot_tell_finance_writes_the_lines)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("staff: [26, 45]", "staff: [26, 39]");

    go_to(f, STAGE_CONTRACT);
    NO(f, "finance", "quote.make", "{'prepay':3000}", ERR_REFUSED,
       "fee.no_days");
    DO(f, "finance", "quote.make", "{'prepay':3000," OWN "}");
    EXPECT(f->state->quote->by_rules == 0);
    EXPECT(f->state->quote->surveillance == 0);
    EXPECT(f->state->quote->whole == 0); /* not known */
}

TEST(rules_that_ask_nothing_make_no_quote)
{
    FIXTURE(f);

    f->scheme->fees.application = f->scheme->fees.registration = 0;
    f->scheme->fees.per_day = f->scheme->fees.yearly = 0;
    go_to(f, STAGE_CONTRACT);
    NO(f, "finance", "quote.make", "{'prepay':3000}", ERR_INVALID,
       "fee.nothing");
}

/* [M13] [17065 4.1.2] */
TEST(a_quote_has_the_package_s_terms_and_period_or_its_own)
{
    const struct term *terms;
    scoped(fixture_end) struct fixture *f = with_assumed_fees();

    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make", "{'prepay':3000}");
    terms = f->state->quote->terms.p;
    EXPECT(f->state->quote->terms.n == 2 + 1); /* and what is given back */
    EXPECT(terms[0].side == SIDE_CLIENT && terms[0].kind == TERM_RIGHT);
    EXPECT_STR(terms[0].text, S("申诉"));
    EXPECT_STR(terms[1].text_en, S("To keep quiet"));
    EXPECT(f->state->quote->period.n == 40);

    DO(f, "finance", "quote.make",
       "{'prepay':3000,'period':'12m','terms':[{'side':'body','kind':'right',"
       "'text':'公布状态'}]}");
    terms = f->state->quote->terms.p;
    EXPECT(f->state->quote->terms.n == 1 + 1);
    EXPECT(terms[0].side == SIDE_BODY && terms[0].kind == TERM_RIGHT);
    EXPECT(f->state->quote->period.n == 12);
    EXPECT(f->state->quote->period.unit == SPAN_MONTHS);
}

/* The last term of the quote: what is given back, as invoice.c [IN4] does. */
static void expect_refund_term(const struct fixture *f, const char *zh,
                               const char *en)
{
    const struct list *all = &f->state->quote->terms;
    const struct term *last = (const struct term *)all->p + all->n - 1;

    EXPECT(last->side == SIDE_BODY && last->kind == TERM_DUTY);
    EXPECT_STR(last->text, str_of(zh));
    EXPECT_STR(last->text_en, str_of(en));
}

/* [M13] [17065 4.1.2] */
TEST(a_contract_says_what_is_given_back_whoever_wrote_its_terms)
{
    static const char zh[] =
        "案件不予受理或撤回的，按其终止时所处的阶段退还已付款项：报价与合同 "
        "100%，文件审查 70%；在其他阶段不退还";
    static const char en[] =
        "To give back, when a case is declined or withdrawn, of what was paid, "
        "by the stage in which it ends: quote and contract 100%, document "
        "review 70%; nothing in any other stage";
    scoped(fixture_end) struct fixture *f = with_assumed_fees();

    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make", "{'prepay':3000}");
    expect_refund_term(f, zh, en);
    DO(f, "finance", "quote.make",
       "{'prepay':3000,'terms':[{'side':'body','kind':'right',"
       "'text':'公布状态'}]}");
    expect_refund_term(f, zh, en);
}

TEST(a_contract_says_that_nothing_is_given_back_where_it_is_so)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    DO(f, "finance", "quote.make",
       "{'prepay':3000,'lines':[{'text':'审查费','kind':'fee',"
       "'amount':100}]}");
    EXPECT(f->state->quote->terms.n == 1);
    expect_refund_term(f, "案件不予受理或撤回的，已付款项不退还",
                       "When a case is declined or withdrawn, nothing of what "
                       "was paid is given back");
}

/* As many terms as finance may write, and that one. */
TEST(terms_of_one_s_own_have_a_limit)
{
    FIXTURE(f);
    struct buf b;
    str json;

    go_to(f, STAGE_CONTRACT);
    for (int n = 60; n <= 61; n++) {
        buf_init(&b, &f->arena, 1 << 14);
        buf_str(&b, S("{'prepay':3000,'lines':[{'text':'x','kind':'fee',"
                      "'amount':100}],'terms':["));
        for (int i = 0; i < n; i++)
            buf_printf(&b, "%s{'side':'body','kind':'duty','text':'x'}",
                       i > 0 ? "," : "");
        buf_str(&b, S("]}"));
        buf_char(&b, '\0');
        EXPECT_OK(buf_done(&b, &json));
        if (n == 60)
            DO(f, "finance", "quote.make", json.p);
        else
            NO(f, "finance", "quote.make", json.p, ERR_INVALID, "record.count");
    }
    EXPECT(f->state->quote->terms.n == 61);
}
