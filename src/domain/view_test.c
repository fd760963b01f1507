/* A case as one document. [VW1]-[VW3] */

#include "domain/view.h"

#include "codec/canonical.h"
#include "codec/json.h"
#include "domain/test_fixture.h"
#include "domain/test_pinned.h"

#include <stdio.h>

#define GRANTS "{'outcome':'granted','reasons':'材料齐全'}"

enum { TEXT_MOST = 1 << 20 };

static const struct json *view_of(struct fixture *f, enum reader reader)
{
    struct json *j = NULL;

    EXPECT_OK(case_view_json(&f->arena, f->state, S("C2026-0001"),
                             &f->enterprise, reader, &j));
    return j;
}

static const struct json *view(struct fixture *f)
{
    return view_of(f, READER_BODY);
}

static str member(const struct json *j, const char *key)
{
    return json_get_str(j, str_of(key));
}

static void expect_view(struct fixture *f, const char *name)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &f->arena, TEXT_MOST);
    json_pretty(&b, view(f));
    buf_char(&b, '\n');
    EXPECT_OK(buf_done(&b, &text));
    expect_pinned(&f->arena, name, text);
}

/* --- whole cases, pinned -------------------------------------------------- */

TEST(a_case_is_shown_as_it_was_before)
{
    FIXTURE(f);

    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    expect_view(f, "cases/opened.json");
    fixture_end(&f);

    f = fixture_new();
    do_preparation(f, false);
    DO(f, "intake", "supplement.ask", "{'note':'执照'}");
    expect_view(f, "cases/supplement.json");
    fixture_end(&f);

    f = fixture_new();
    go_to(f, STAGE_CORRECTION);
    expect_view(f, "cases/correction.json");
    fixture_end(&f);

    f = fixture_new();
    go_to(f, STAGE_UPKEEP);
    do_round_plan(f);
    DO(f, "spare", "audit.open", "{}");
    expect_view(f, "cases/upkeep.json");
}

/* --- what comes with a certificate ---------------------------------------- */

static const struct json *nth(const struct json *view, const char *list,
                              size_t n)
{
    const struct json *j = json_get(view, str_of(list))->first;

    while (j != NULL && n-- > 0)
        j = j->next;
    return j;
}

static int64_t number(const struct json *j, const char *key)
{
    return json_get(j, str_of(key))->number;
}

/* [M13] */
TEST(an_invoice_is_shown_with_what_is_open_on_it)
{
    FIXTURE(f);
    const struct json *money;

    go_to(f, STAGE_DOCUMENTS);
    DO(f, "finance", "invoice.issue",
       "{'number':'1','due':'2026-04-01',"
       "'lines':[{'text':'a','kind':'fee','amount':480700}]}");
    DO(f, "finance", "invoice.issue",
       "{'number':'2','due':'2026-04-01',"
       "'lines':[{'text':'a','kind':'fee','amount':500}]}");
    DO(f, "finance", "payment.record",
       "{'amount':300,'received':'2026-03-02','payer':'示例电器有限公司',"
       "'invoice':'1'}");
    DO(f, "finance", "invoice.cancel", "{'number':'2','reason':'x'}");
    money = json_get(view(f), S("quote"));
    EXPECT(json_get(money, S("invoices"))->count == 2);
    EXPECT(number(nth(money, "invoices", 0), "paid") == 480300);
    EXPECT(number(nth(money, "invoices", 0), "open") == 400);
    EXPECT(number(nth(money, "invoices", 1), "open") == 0);
    EXPECT(json_get(nth(money, "invoices", 1), S("cancelled"))->boolean);
}

/* invoice.c [IN5]: who withdrew owes what was invoiced and stands, and who was
 * refused or goes on owes the rest of the quote. */
TEST(of_an_ended_case_only_what_is_owed_is_open)
{
    static const char bill[] =
        "{'number':'1','due':'2026-04-01',"
        "'lines':[{'text':'a','kind':'fee','amount':480700}]}";
    FIXTURE(f);
    FIXTURE(g);
    FIXTURE(h);

    go_to(f, STAGE_DOCUMENTS);
    DO(f, "finance", "invoice.issue", bill);
    EXPECT(number(json_get(view(f), S("quote")), "open") ==
           f->state->quote->total - f->state->paid);
    DO(f, "applicant", "case.withdraw", "{'reasons':'重组'}");
    EXPECT(number(json_get(view(f), S("quote")), "open") == 700);

    go_to(g, STAGE_DOCUMENTS);
    DO(g, "finance", "invoice.issue", bill);
    DO(g, "finance", "invoice.cancel", "{'number':'1','reason':'x'}");
    DO(g, "applicant", "case.withdraw", "{'reasons':'重组'}");
    EXPECT(number(json_get(view(g), S("quote")), "open") == 0);

    go_to(h, STAGE_DECISION);
    DO(h, "reviewer", "decision.refuse", "{'reasons':'x'}");
    DO(h, "head", "decision.sign", "{}");
    EXPECT(h->state->stage == STAGE_ENDED);
    EXPECT(number(json_get(view(h), S("quote")), "open") ==
           h->state->quote->total - h->state->paid);
    EXPECT(h->state->quote->total > h->state->paid);
}

/* [M20] [M21] [17065 7.6] */
TEST(conditions_uses_misuses_and_sub_certificates_are_shown_as_they_stand)
{
    FIXTURE(f);
    const struct json *j;

    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.grant",
       "{'conditions':[{'text':'清单','until':'2026-09-30'}]}");
    DO(f, "head", "decision.sign", "{}");
    DO(f, "certificates", "certificate.issue", "{}");
    DO(f, "applicant", "mark.ask",
       "{'use':'tender','where':'投标书','words':'服务认证'}");
    DO(f, "certificates", "misuse.record",
       "{'kind':'as_product','text':'x','found':'2026-03-16',"
       "'until':'2026-03-18'}");
    DO(f, "certificates", "certificate.sub", "{'site':'一店'}");
    j = view(f);
    EXPECT_STR(member(nth(j, "conditions", 0), "until"), S("2026-09-30"));
    EXPECT_STR(member(nth(j, "conditions", 0), "standing"), S("open"));
    EXPECT_STR(member(nth(j, "marks", 0), "standing"), S("asked"));
    EXPECT_STR(member(nth(j, "misuses", 0), "kind"), S("as_product"));
    EXPECT(json_get(nth(j, "misuses", 0), S("settled"))->kind == JSON_NULL);
    EXPECT_STR(member(nth(j, "sub_certificates", 0), "site"), S("一店"));
    EXPECT(json_get(nth(j, "sub_certificates", 0), S("ended"))->kind ==
           JSON_NULL);
}

/* --- where a mistake would be easy ---------------------------------------- */

TEST(it_says_for_whom_the_case_waits)
{
    FIXTURE(f);

    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    EXPECT_STR(member(view(f), "waiting"), S("applicant"));
    fixture_end(&f);

    f = fixture_new();
    go_to(f, STAGE_COMPLETENESS);
    EXPECT_STR(member(view(f), "waiting"), S("body"));
    DO(f, "applicant", "case.withdraw", "{'reasons':'x'}");
    EXPECT_STR(member(view(f), "waiting"), S("nobody"));
    EXPECT_STR(member(view(f), "ending"), S("withdrawn"));
    EXPECT(json_get(view(f), S("due"))->kind == JSON_NULL);
    EXPECT(json_get(view(f), S("next"))->count == 1); /* people may complain */
}

/* The entry of `command` in what can be done next, or NULL. */
static const struct json *next_of(struct fixture *f, const char *command)
{
    const struct json *j = json_get(view(f), S("next"))->first;

    for (; j != NULL; j = j->next) {
        if (str_eq(json_get_str(j, S("command")), str_of(command)))
            return j;
    }
    return NULL;
}

/* Not what the stage alone would allow. */
TEST(next_is_what_can_be_done_now)
{
    FIXTURE(f);

    go_to(f, STAGE_CONTRACT);
    EXPECT(next_of(f, "quote.make") != NULL);
    EXPECT(next_of(f, "contract.accept") == NULL);
    EXPECT(next_of(f, "case.open") == NULL);
    DO(f, "finance", "quote.make",
       "{'lines':[{'text':'x','kind':'fee','amount':1}],'prepay':3000}");
    EXPECT(next_of(f, "contract.accept") != NULL);
    EXPECT(next_of(f, "contract.sign") == NULL);
}

/* rights.h [RI4]: staff speak for the enterprise in a paper case only. */
TEST(next_names_who_may_do_it)
{
    FIXTURE(f);

    DO(f, "applicant", "case.open", "{'scheme':'mini','level':'ten'}");
    const struct json *roles = json_get(next_of(f, "document.add"), S("roles"));
    EXPECT(roles->count == 1);
    EXPECT_STR(roles->first->text, S("applicant"));
    fixture_end(&f);

    f = fixture_new();
    DO(f, "intake", "case.open", "{'scheme':'mini','level':'ten'}");
    roles = json_get(next_of(f, "document.add"), S("roles"));
    EXPECT(roles->count == 2);
    EXPECT_STR(roles->last->text, S("intake"));
}

static str verdict(struct fixture *f)
{
    return member(json_get(view(f), S("sample")), "verdict");
}

static void ask(struct fixture *f, int from, int to, const char *outcome)
{
    for (int i = from; i <= to; i++) {
        char json[80];

        (void)snprintf(json, sizeof json, "{'position':%d,'outcome':'%s'}", i,
                       outcome);
        DO(f, "auditor", "sample.ask", json);
    }
}

/* sampling.h [SA5]: nothing is said before everybody was asked. */
TEST(a_sample_has_no_verdict_before_its_end)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    EXPECT(json_get(view(f), S("sample"))->kind == JSON_NULL);
    DO(f, "auditor", "sample.commit",
       "{'list':'" TWOS "','size':300,'commitment':'" COMMIT_ONES "'}");
    EXPECT(json_get(json_get(view(f), S("sample")), S("wanted"))->number == 5);
    EXPECT(json_get(json_get(view(f), S("sample")), S("interval_95")) == NULL);
    DO(f, "applicant", "sample.give_nonce", "{'nonce':'" TWOS "'}");
    DO(f, "auditor", "sample.reveal", "{'nonce':'" ONES "'}");
    ask(f, 1, 4, "dissatisfied");
    EXPECT_STR(verdict(f), S("open"));
    const struct json *next =
        json_get(json_get(view(f), S("sample")), S("next"));
    EXPECT(json_get(next, S("position"))->number == 5);
    int64_t row = json_get(next, S("row"))->number;
    ask(f, 5, 5, "dissatisfied");
    EXPECT(f->state->sample.answers[4].row == row);
    EXPECT(json_get(json_get(view(f), S("sample")), S("next"))->kind ==
           JSON_NULL);
    EXPECT_STR(verdict(f), S("refuted"));
    EXPECT_STR(member(json_get(json_get(view(f), S("sample")),
                               S("interval_95")),
                      "low"),
               S("0.00"));
}

/* journey.md, Score: indicator, finding, evidence and author. */
TEST(every_point_lost_names_its_finding_and_who_made_it)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");

    const struct json *lost =
        json_get(json_get(view(f), S("score")), S("lost"))->first;
    char auditor[ID_TEXT];
    EXPECT(lost != NULL && lost->next == NULL);
    EXPECT_STR(member(lost, "indicator"), S("1.1"));
    EXPECT_STR(member(lost, "points"), S("20"));
    EXPECT_STR(
        json_get(json_get(lost, S("finding")), S("evidence"))->first->text,
        S("现场"));
    EXPECT_STR(member(lost, "auditor"),
               id_text(person_of(f, "auditor")->id, auditor));
}

/* A reader of JSON counts in doubles; the exact score does not fit one. */
TEST(points_are_shown_without_needless_zeros)
{
    static const struct {
        int32_t min; /* of leaf 1.1, thousandths */
        const char *want;
    } rows[] = {
        { 20000, "20" },
        { 2500, "2.5" },
        { 120, "0.12" },
        { 1, "0.001" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct answer answers[LEAF_MAX] = { 0 };
        struct ratio figures[FIGURE_MAX] = { 0 };
        struct assessment in = { .answers = answers, .figures = figures };
        struct indicator *leaves =
            arena_array(&f->arena, f->scheme->indicator_count, sizeof *leaves);
        struct score score;

        memcpy(leaves, f->scheme->indicators,
               f->scheme->indicator_count * sizeof *leaves);
        leaves[f->scheme->leaves[0]].points = rows[i].min;
        f->scheme->indicators = leaves;
        score_compute(f->scheme, &in, &score);

        const struct json *j = score_json(&f->arena, f->scheme, &in, &score);
        EXPECT_ROW_STR(rows[i].want,
                       member(json_get(j, S("lost"))->first, "points"),
                       str_of(rows[i].want));
    }
}

/* Of a sample: how many of how many. */
TEST(a_part_that_was_lost_says_of_what)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.2','result':'sampled','k':9,'n':10,'evidence':['x']"
       ",'site':'总部'}");

    const struct json *lost =
        json_get(json_get(view(f), S("score")), S("lost"))->first->next;
    EXPECT_STR(member(lost, "reason"), S("sampled"));
    EXPECT_STR(member(lost, "points"), S("2"));
    EXPECT(json_get(json_get(lost, S("sample")), S("k"))->number == 9);
    EXPECT(json_get(json_get(lost, S("sample")), S("n"))->number == 10);
    EXPECT(json_get(lost, S("assumed"))->boolean); /* [VW2] */
    EXPECT(json_get(json_get(view(f), S("score")), S("assumed"))->boolean);
}

/* The lowest has index 0, and is a level. */
TEST(a_level_is_shown_by_its_id)
{
    FIXTURE(f);
    struct score score = { .exact = { 0, 1 } };
    struct answer answers[LEAF_MAX] = { 0 };
    struct ratio figures[FIGURE_MAX] = { 0 };
    struct assessment in = { .answers = answers, .figures = figures };

    const struct json *j = score_json(&f->arena, f->scheme, &in, &score);
    EXPECT_STR(member(j, "level"), S("three"));
    score.level = -1;
    j = score_json(&f->arena, f->scheme, &in, &score);
    EXPECT(json_get(j, S("level"))->kind == JSON_NULL);
    EXPECT_STR(member(j, "level_by_score"), S("three"));
}

TEST(what_is_open_is_shown_while_it_is)
{
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    do_plan(f);
    EXPECT(json_get(json_get(view(f), S("plan")), S("agreed"))->boolean);
    EXPECT(json_get(json_get(view(f), S("plan")), S("objection")) == NULL);
    do_audit(f);
    do_report(f);
    EXPECT(json_get(view(f), S("question"))->kind == JSON_NULL);
    DO(f, "reviewer", "decision.question", "{'reasons':'谁核对名单？'}");
    EXPECT_STR(member(view(f), "question"), S("谁核对名单？"));
    DO(f, "lead", "decision.answer", "{'reasons':'审查组'}");
    DO(f, "reviewer", "decision.grant", "{}");
    EXPECT(!json_get(json_get(view(f), S("decision")), S("signed"))->boolean);
    DO(f, "head", "decision.sign", "{}");
    EXPECT(json_get(json_get(view(f), S("decision")), S("signed"))->boolean);
    fixture_end(&f);

    f = fixture_new();
    go_to(f, STAGE_PLAN);
    DO(f, "planner", "plan.make",
       "{'lead':'lead','members':['auditor'],'from':'2026-03-16',"
       "'to':'2026-03-18','person_days':45}");
    DO(f, "applicant", "plan.object", "{'reasons':'曾任职于竞争对手'}");
    EXPECT_STR(member(json_get(view(f), S("plan")), "objection"),
               S("曾任职于竞争对手"));
    EXPECT(!json_get(json_get(view(f), S("plan")), S("agreed"))->boolean);
}

/* [VW2] */
TEST(nothing_is_called_assumed_where_nothing_is)
{
    FIXTURE(f);
    struct indicator *all =
        arena_array(&f->arena, f->scheme->indicator_count, sizeof *all);

    memcpy(all, f->scheme->indicators,
           f->scheme->indicator_count * sizeof *all);
    for (size_t i = 0; i < f->scheme->indicator_count; i++)
        all[i].assumed = false;
    f->scheme->indicators = all;
    do_preparation(f, true);
    EXPECT(
        !json_get(json_get(view(f), S("assessment")), S("assumed"))->boolean);
}

/* Does `reader` read this member, and is there something in it? */
static bool reads(struct fixture *f, enum reader reader, const char *name)
{
    const struct json *j = json_get(view_of(f, reader), str_of(name));

    return j != NULL && j->kind != JSON_NULL;
}

static bool reads_votes(struct fixture *f, enum reader reader)
{
    const struct json *panel = json_get(view_of(f, reader), S("panel"));

    return json_get(panel->first, S("vote"))->kind != JSON_NULL;
}

/* [VW5] [17065 7.6] */
TEST(the_enterprise_reads_a_decision_when_it_is_signed_and_no_votes)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "planner", "decision.panel",
       "{'chair':'reviewer','members':['critic','umpire']}");
    DO(f, "reviewer", "decision.question", "{'reasons':'热线为何无人接听'}");
    EXPECT(reads(f, READER_BODY, "question"));
    EXPECT(!reads(f, READER_ENTERPRISE, "question"));
    DO(f, "lead", "decision.answer", "{'reasons':'已核实'}");
    DO(f, "reviewer", "decision.vote", GRANTS);
    DO(f, "critic", "decision.vote", GRANTS);
    DO(f, "umpire", "decision.vote", GRANTS);
    EXPECT(reads_votes(f, READER_BODY));
    EXPECT(!reads_votes(f, READER_ENTERPRISE));
    DO(f, "reviewer", "decision.grant", "{}");
    EXPECT(reads(f, READER_BODY, "decision"));
    EXPECT(!reads(f, READER_ENTERPRISE, "decision"));
    DO(f, "head", "decision.sign", "{}");
    EXPECT(reads(f, READER_ENTERPRISE, "decision"));
    EXPECT(!reads_votes(f, READER_ENTERPRISE));
}

/* [VW5] [17065 7.6] Three seats and no more, and what they vote on is the
 * body's own business. */
TEST(the_seats_of_a_panel_are_shown_and_to_the_body_what_it_votes_on)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    EXPECT(!reads(f, READER_BODY, "panel"));
    DO(f, "planner", "decision.panel",
       "{'chair':'reviewer','members':['critic','umpire']}");
    EXPECT(!reads(f, READER_BODY, "motion"));
    DO(f, "reviewer", "decision.propose",
       "{'conditions':[{'text':'补齐录音','until':'2026-09-30'}]}");
    EXPECT(reads(f, READER_BODY, "motion"));
    EXPECT(!reads(f, READER_ENTERPRISE, "motion"));

    const struct json *seat =
        json_get(view_of(f, READER_ENTERPRISE), S("panel"))->first;
    for (int i = 0; i < 3; i++) {
        EXPECT_ROW("a seat", seat != NULL);
        seat = seat == NULL ? NULL : seat->next;
    }
    EXPECT(seat == NULL);
}

/* [VW3] People are named by id, never by login. */
TEST(it_names_nobody)
{
    FIXTURE(f);
    struct buf b;

    go_to(f, STAGE_UPKEEP);
    buf_init(&b, &f->arena, TEXT_MOST);
    json_canonical(&b, view(f));
    for (size_t i = 0; i < f->people_count; i++) {
        struct buf login;

        buf_init(&login, &f->arena, 100);
        buf_str(&login, S(":\""));
        buf_str(&login, f->people[i].login);
        buf_char(&login, '"');
        EXPECT_ROW(f->people[i].login.p,
                   !str_contains(buf_view(&b), buf_view(&login)));
    }
}

static err view_in(struct heap *h, void *context)
{
    struct fixture *f = context;
    scoped(arena_end) struct arena a;
    struct json *j = NULL;
    str text;

    arena_init(&a, h, 16 << 20);
    err e =
        case_view_json(&a, f->state, S("C1"), &f->enterprise, READER_BODY, &j);
    EXPECT(failed(e) == (j == NULL));
    TRY(e);
    return json_text(&a, j, TEXT_MOST, &text);
}

/* Where the package asks no customers there is no sample to show. */
TEST(a_package_without_a_sample_shows_none)
{
    FIXTURE(f);

    go_to(f, STAGE_REPORT);
    EXPECT(json_get(view(f), S("sample"))->kind == JSON_OBJECT);
    f->scheme->sample.used = false;
    EXPECT(json_get(view(f), S("sample"))->kind == JSON_NULL);
}

TEST(every_failed_allocation_of_a_view_is_reported)
{
    FIXTURE(f);

    go_to(f, STAGE_CORRECTION);
    EXPECT(test_every_allocation_fails(view_in, NULL, f) > 0);
}

TEST(a_day_that_is_not_known_is_null)
{
    FIXTURE(f);

    prepare_case(f);
    f->enterprise.registered = DAY_NEVER;

    const struct json *e = json_get(view(f), S("enterprise"));
    const struct json *since = json_get(e, S("registered"));
    EXPECT(since != NULL && since->kind == JSON_NULL);
}
