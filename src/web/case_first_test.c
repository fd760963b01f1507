/* What already stands in the form of a command, and what stands beside it.
 * [FV1]..[FV4] [BS1] [M4] [D4] */

#include "base/buf.h"
#include "base/size.h"
#include "domain/command.h"
#include "domain/names.h"
#include "domain/rights.h"
#include "domain/sampling.h"
#include "service/toss.h"
#include "web/test_work.h"

#include <stdio.h>
#include <string.h>

#define LIST_HASH                                                              \
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static struct response look(struct test_work *w, const char *login, str ref,
                            const char *command)
{
    struct browser b = work_enter(w, login);

    b.lang = LANG_EN;
    return work_get(w, &b,
                    work_text(w, "/cases/", ref,
                              work_text(w, "/do/", str_of(command), "")));
}

/* Is this value picked? */
static bool picked(struct test_work *w, const struct response *rs, str value)
{
    return work_holds(rs,
                      work_text(w, "<option value=\"", value, "\" selected>"));
}

/* [FV1] By the rules: what they ask for stands there, and what comes of it. */
ONE_STORE_TEST(a_quote_begins_with_what_the_fee_rules_give, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_CONTRACT);
    struct response rs = look(&w, "finance", ref, "quote.make");
    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "name=\"prepay\" value=\"30\""));
    EXPECT(work_holds(&rs, "By the fee rules"));
}

/* Is it picked, be it in a list or among buttons? */
static bool chosen(struct test_work *w, const struct response *rs, str value)
{
    return picked(w, rs, value) ||
           work_holds(rs, work_text(w, "value=\"", value, "\" checked"));
}

/* An amount in yuan, as it stands in the first line of a form. */
static bool first_line_is(const struct response *rs, int64_t fen)
{
    char value[80];

    if (fen % 100 == 0)
        (void)snprintf(value, sizeof value,
                       "name=\"lines.0.amount\" value=\"%lld\"",
                       (long long)fen / 100);
    else
        (void)snprintf(value, sizeof value,
                       "name=\"lines.0.amount\" value=\"%lld.%02d\"",
                       (long long)fen / 100, (int)(fen % 100));
    return work_holds(rs, value);
}

/* [FV1] [M13] The contract's instalments: the prepayment first, then what is
 * left of it; sent as it stands, it is taken. */
ONE_STORE_TEST(an_invoice_begins_with_what_the_contract_leaves, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    char json[300];

    office_go_to(&w.office, ref, STAGE_PLAN);
    const struct state *s = office_read(&w.office, ref).state;
    int64_t prepayment = s->quote->prepayment;
    int64_t fees = state_first_left(s, LINE_FEE);
    EXPECT(prepayment > 0 && fees > prepayment);

    struct response rs = look(&w, "finance", ref, "invoice.issue");
    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "Prepayment of certification fees, contract "));
    EXPECT(chosen(&w, &rs, S("first")));
    EXPECT(first_line_is(&rs, prepayment));
    EXPECT(!work_holds(&rs, "name=\"lines.1.amount\""));

    /* What is needed is not called optional. */
    EXPECT(work_holds(&rs, "<legend>Lines <span class=\"optional\">(needed"));

    (void)snprintf(json, sizeof json,
                   "{'number':'F-1','lines':[{'text':'预付款','kind':'fee',"
                   "'amount':%lld}],'due':'2099-06-30'}",
                   (long long)prepayment);
    EXPECT_OK(office_do(&w.office, "finance", ref, "invoice.issue", json));
    rs = look(&w, "finance", ref, "invoice.issue");
    EXPECT(work_holds(&rs, "Remaining certification fees, contract "));
    EXPECT(first_line_is(&rs, fees - prepayment));
}

/* Once all of it is invoiced: a surveillance, as the contract prices it. */
ONE_STORE_TEST(an_invoice_after_the_first_certification_is_of_surveillance,
               true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);
    char json[400];

    const struct state *s = office_read(&w.office, ref).state;
    EXPECT(s->quote->surveillance > 0);
    (void)snprintf(json, sizeof json,
                   "{'number':'F-1','lines':[{'text':'费','kind':'fee',"
                   "'amount':%lld}],'due':'2099-06-30'}",
                   (long long)state_first_left(s, LINE_FEE));
    EXPECT(state_first_left(s, LINE_TRAVEL) == 0);
    EXPECT_OK(office_do(&w.office, "finance", ref, "invoice.issue", json));
    struct response rs = look(&w, "finance", ref, "invoice.issue");
    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, "Surveillance audit, contract "));
    EXPECT(chosen(&w, &rs, S("surveillance")));
}

static const char *in_hex(struct test_work *w, const char *before,
                          const struct hash *h, const char *after)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &w->office.arena, 2 * sizeof h->b);
    buf_hex(&b, h->b, sizeof h->b);
    EXPECT_OK(buf_done(&b, &text));
    return work_text(w, before, text, after);
}

/* As far as its opening meeting. */
static void open_audit(struct test_work *w, str ref)
{
    struct script script = office_script(&w->office);
    bool over = false;

    office_go_to(&w->office, ref, STAGE_AUDIT);
    while (!over && !office_read(&w->office, ref).state->opening_held)
        EXPECT_OK(office_step(&w->office, &script, ref, &over));
    EXPECT(!over);
}

/* The body's number and what it is sealed by, of the toss that comes next. */
static void make_toss(struct test_work *w, str ref, struct hash *number,
                      struct hash *sealed)
{
    const struct case_file file = office_read(&w->office, ref);

    *number = toss_next(w->office.app, &file);
    *sealed = sampling_commitment(number);
}

/* In an audit that was opened, with a list fixed by this seal. */
static void fix_list(struct test_work *w, str ref, const struct hash *sealed)
{
    EXPECT_OK(office_do(&w->office, "auditor1", ref, "sample.commit",
                        in_hex(w,
                               "{'list':'" LIST_HASH "','size':300,"
                               "'commitment':'",
                               sealed, "'}")));
}

/* [FV1] [TS1] [M16] What an auditor cannot work out by hand: sealed at first,
 * opened by that very number, and told nobody before the enterprise gave its
 * own. */
ONE_STORE_TEST(the_bodys_number_of_a_toss_is_made_by_the_program, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    struct hash number;
    struct hash sealed;

    open_audit(&w, ref);
    make_toss(&w, ref, &number, &sealed);
    struct response rs = look(&w, "auditor1", ref, "sample.commit");
    EXPECT(work_holds(&rs, in_hex(&w, "value=\"", &sealed, "\"")));
    EXPECT(work_holds(&rs, "/assets/") && work_holds(&rs, "list-file"));
    fix_list(&w, ref, &sealed);
    rs = look(&w, "auditor1", ref, "sample.reveal");
    EXPECT(!work_holds(&rs, in_hex(&w, "value=\"", &number, "\"")));
    EXPECT_OK(office_do(&w.office, "newcomer", ref, "sample.give_nonce",
                        "{'nonce':'" LIST_HASH "'}"));
    rs = look(&w, "auditor1", ref, "sample.reveal");
    EXPECT(work_holds(&rs, in_hex(&w, "value=\"", &number, "\"")));
    make_toss(&w, ref, &sealed, &number);
    EXPECT(!hash_eq(&sealed, &number)); /* [TS1] another for another draw */
}

/* [FV1] [M14] What the package does not ask about a document is answered; the
 * documents lead to the form of each. */
ONE_STORE_TEST(of_a_document_only_what_is_asked_is_left_open, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_DOCUMENTS);
    const struct scheme *s = office_read(&w.office, ref).state->scheme;
    size_t r = 0;
    while (r < s->requirement_count && s->requirements[r].aspects == 0)
        r++;
    struct response rs = look(&w, "auditor1", ref, "document.judge");
    EXPECT(r < s->requirement_count);
    EXPECT(picked(&w, &rs, s->requirements[r].id));
    for (unsigned i = 0; aspect_names[i] != NULL; i++) {
        const char *na = work_text(&w, "name=\"", str_of(aspect_names[i]),
                                   "\" value=\"na\" checked");
        bool asked = (s->requirements[r].aspects & 1U << i) != 0;

        EXPECT_ROW(aspect_names[i], work_holds(&rs, na) == !asked);
    }
    struct browser b = work_enter(&w, "auditor1");
    rs = work_get(&w, &b, work_text(&w, "/cases/", ref, "/papers"));
    EXPECT(work_holds(&rs, "/do/document.judge?number="));
}

/* [FV1] [PK1] */
ONE_STORE_TEST(a_plan_begins_with_what_the_package_asks_for, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_PLAN);
    const struct state *s = office_read(&w.office, ref).state;
    const struct site *sites = s->application->sites.p;
    struct response rs = look(&w, "planner", ref, "plan.make");
    EXPECT(work_holds(&rs, work_text(&w, "name=\"sites\" value=\"",
                                     sites[0].name, "\" checked")));
    EXPECT(work_holds(&rs, "Person-days"));
}

/* [FV1] [FV3] The level that was reached, worked out anew; no reason. */
ONE_STORE_TEST(a_decision_begins_with_the_level_that_was_reached, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);

    office_go_to(&w.office, ref, STAGE_DECISION);
    const struct state *s = office_read(&w.office, ref).state;
    static struct score score;
    state_score(s, &score);
    struct response rs = look(&w, "reviewer", ref, "decision.grant");
    EXPECT(score.level >= 0 &&
           picked(&w, &rs, s->scheme->levels[score.level].id));
    EXPECT(work_holds(&rs, "Level reached"));
    EXPECT(work_holds(&rs, "Still to be corrected"));
    EXPECT(work_holds(&rs, ">\n</textarea>"));
}

/* [FV1] The task's link says which one, and that one stands there, with what it
 * is about beside it; a number that is none is as none. */
ONE_STORE_TEST(the_number_of_a_task_stands_in_its_form, true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);

    for (int i = 0; i < 2; i++)
        EXPECT_OK(office_do(&w.office, "intake", ref, "complaint.record",
                            i == 0 ? "{'about':'body','text':'The first',"
                                     "'received':'2026-03-02'}"
                                   : "{'about':'body','text':'The second',"
                                     "'received':'2026-03-02'}"));
    struct response rs = look(&w, "quality", ref, "complaint.assign?number=2");
    EXPECT(picked(&w, &rs, S("2")));
    EXPECT(work_holds(&rs, "<p class=\"said\">The second</p>"));
    EXPECT(!work_holds(&rs, "<p class=\"said\">The first</p>"));
    rs = look(&w, "quality", ref, "complaint.assign?number=x");
    EXPECT(rs.status == 200 && !picked(&w, &rs, S("2")));

    struct browser b = work_enter(&w, "quality");
    rs = work_get(&w, &b, work_text(&w, "/cases/", ref, ""));
    EXPECT(work_holds(&rs, "/do/complaint.assign?number=1\""));
}

/* [FV2] */
ONE_STORE_TEST(the_only_one_that_can_be_meant_stands_there, true)
{
    TEST_WORK(w, place);
    str ref = office_certified(&w.office);

    EXPECT_OK(office_do(&w.office, "intake", ref, "complaint.record",
                        "{'about':'body','text':'The only one',"
                        "'received':'2026-03-02'}"));
    struct response rs = look(&w, "quality", ref, "complaint.assign");
    EXPECT(picked(&w, &rs, S("1")));
    EXPECT(work_holds(&rs, "<p class=\"said\">The only one</p>"));
}

/* [FV4] [BS1] Whatever may be done in a stage has a form that opens. */
ONE_STORE_TEST(every_form_that_may_be_had_opens_with_what_is_known, true)
{
    static const struct {
        enum stage stage;
        const char *login;
    } rows[] = {
        { STAGE_PREPARATION, "newcomer" }, { STAGE_COMPLETENESS, "intake" },
        { STAGE_CONTRACT, "finance" },     { STAGE_CONTRACT, "newcomer" },
        { STAGE_DOCUMENTS, "auditor1" },   { STAGE_PLAN, "planner" },
        { STAGE_AUDIT, "newcomer" },       { STAGE_REPORT, "auditor1" },
        { STAGE_DECISION, "planner" },     { STAGE_DECISION, "reviewer" },
        { STAGE_UPKEEP, "reviewer" },      { STAGE_UPKEEP, "certificates" },
        { STAGE_UPKEEP, "newcomer" },      { STAGE_UPKEEP, "quality" },
    };
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    size_t opened = 0;

    for (size_t i = 0; i < COUNT(rows); i++) {
        office_go_to(&w.office, ref, rows[i].stage);
        for (size_t k = 0; right_at(k) != NULL; k++) {
            struct response rs =
                look(&w, rows[i].login, ref, right_at(k)->command);

            EXPECT_ROW(right_at(k)->command, rs.status != 500);
            opened += rs.status == 200;
        }
    }
    EXPECT(opened >= COUNT(rows));
}

/* Up to corrections, of what a weak enterprise was found with. */
static str to_correct(struct test_work *w)
{
    str ref = office_case(&w->office);
    struct script script = office_script(&w->office);
    bool over = false;

    script.weak = 1;
    while (!over &&
           office_read(&w->office, ref).state->stage != STAGE_CORRECTION)
        EXPECT_OK(office_step(&w->office, &script, ref, &over));
    return ref;
}

/* [FV1] [FV2] [BS1] What is to be corrected stands beside it. */
ONE_STORE_TEST(a_correction_has_what_was_found_beside_it, true)
{
    TEST_WORK(w, place);
    str ref = to_correct(&w);
    const struct state *s = office_read(&w.office, ref).state;
    struct response rs = look(&w, "newcomer", ref, "correction.submit");

    EXPECT(s->nonconformity_count == 1);
    EXPECT(picked(&w, &rs, S("1")));
    EXPECT(str_contains(rs.body, s->nonconformities[0].raised->text));
    EXPECT(work_holds(&rs, "Still to be corrected"));
}

/* [BS1] Of several each leads to its own form. */
ONE_STORE_TEST(each_of_several_leads_to_the_form_that_is_about_it, true)
{
    TEST_WORK(w, place);
    str ref = to_correct(&w);
    const struct state *s = office_read(&w.office, ref).state;
    struct response rs =
        look(&w, "newcomer", ref, "correction.submit?number=9");

    EXPECT(rs.status == 200);
    EXPECT(work_holds(&rs, work_text(&w, "<a href=\"/cases/", ref,
                                     "/do/correction.submit?number=1\">")));
    rs = look(&w, "newcomer", ref, "correction.submit?number=1");
    EXPECT(str_contains(rs.body, s->nonconformities[0].raised->text));
    EXPECT(!work_holds(&rs, "?number=1\">"));
}

/* [FV1] Every item that is declared stands there, with what is asked of it: an
 * item may be one that had better not be so, so nobody is asked whether it is
 * met. */
ONE_STORE_TEST(a_declaration_asks_of_every_item_whether_it_is_so, true)
{
    TEST_WORK(w, place);
    str ref = office_case(&w.office);
    const struct scheme *s = office_read(&w.office, ref).state->scheme;
    struct response rs = look(&w, "newcomer", ref, "eligibility.answer");

    for (size_t i = 0; i < s->eligibility_count; i++)
        EXPECT(s->eligibility[i].kind != ELIGIBLE_DECLARED ||
               work_holds(&rs, work_text(&w, ".item\" value=\"",
                                         s->eligibility[i].id, "\">")));
    EXPECT(!work_holds(&rs, "name=\"add\""));
    EXPECT(work_holds(&rs, "Is it so?") && !work_holds(&rs, "Is it met?"));
}
