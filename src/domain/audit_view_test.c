/* Working papers and document reviews as JSON. [M14] [M15] [M16] */

#include "domain/audit_view.h"

#include "codec/json.h"
#include "domain/test_fixture.h"
#include "domain/test_pinned.h"

static void expect_shown(struct fixture *f, const char *name,
                         const struct json *j)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &f->arena, 1 << 20);
    json_pretty(&b, j);
    buf_char(&b, '\n');
    EXPECT_OK(buf_done(&b, &text));
    expect_pinned(&f->arena, name, text);
}

/* Two gaps, one of them closed; then a site audit with one of everything. */
static void go_on(struct fixture *f)
{
    go_to(f, STAGE_DOCUMENTS);
    DO(f, "lead", "document.judge",
       "{'requirement':'manual','quantified':'no','closed':'yes',"
       "'resourced':'na','note':'没有时限'}");
    DO(f, "lead", "document.judge",
       "{'requirement':'records','quantified':'na','closed':'na',"
       "'resourced':'no','note':'人手不足'}");
    DO(f, "lead", "revision.ask", "{'until':'2026-03-20','note':'请修订'}");
    set_today(f, "2026-03-05");
    DO(f, "applicant", "document.add",
       "{'requirement':'manual','title':'手册','blob':'" TWOS "','size':1}");
}

static void go_to_the_site(struct fixture *f)
{
    DO(f, "applicant", "document.add",
       "{'requirement':'records','title':'记录','blob':'" TWOS "','size':1,"
       "'covers_from':'2025-10-01','covers_to':'2026-02-28'}");
    do_documents(f);
    do_plan(f);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "interview.record",
       "{'site':'总部','role':'维修工','people':2,'note':'知道时限',"
       "'indicators':['1.2']}");
    DO(f, "lead", "observation.record",
       "{'site':'一店','place':'备件库','note':'没有预警',"
       "'evidence':['照片 3']}");
    do_draw(f);
    DO(f, "auditor", "sample.call",
       "{'position':1,'on':'2026-03-19','time':'14:30','outcome':'busy'}");
    DO(f, "auditor", "sample.ask", "{'position':2,'outcome':'satisfied'}");
}

TEST(reviews_and_working_papers_are_shown_as_they_were_before)
{
    FIXTURE(f);
    struct event_list journal;
    struct review_rounds rounds;
    struct json *j = NULL;

    go_on(f);
    journal = fixture_journal(f);
    EXPECT_OK(review_rounds_read(&f->arena, f->scheme, &journal, &rounds));
    EXPECT_OK(review_json(&f->arena, f->state, &rounds, &j));
    expect_shown(f, "audit/review.json", j);

    go_to_the_site(f);
    journal = fixture_journal(f);
    EXPECT_OK(papers_json(&f->arena, f->state, &journal, &j));
    expect_shown(f, "audit/papers.json", j);
}

/* --- two audits, and lists with modes --------------------------------------
 */

static const struct json *nth(const struct json *j, const char *list, size_t n)
{
    j = json_get(j, str_of(list))->first;
    while (j != NULL && n-- > 0)
        j = j->next;
    return j;
}

/* [M14] The papers of the surveillance are not those of the first audit. */
TEST(the_papers_of_two_audits_stand_apart)
{
    FIXTURE(f);
    struct event_list journal;
    struct json *j = NULL;

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "interview.record",
       "{'site':'总部','role':'维修工','people':1,'note':'n'}");
    do_findings(f, "met");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    do_report(f);
    do_decision(f);
    DO(f, "certificates", "certificate.issue", "{}");
    pass_days(f, 340);
    do_round_plan(f);
    DO(f, "spare", "audit.open", "{}");
    journal = fixture_journal(f);
    EXPECT_OK(papers_json(&f->arena, f->state, &journal, &j));

    const struct json *first = nth(j, "audits", 0);
    const struct json *second = nth(j, "audits", 1);
    EXPECT_STR(json_get_str(first, S("round")), S("initial"));
    EXPECT(json_get(first, S("interviews"))->count == 1);
    EXPECT_STR(json_get_str(second, S("round")), S("surveillance"));
    EXPECT(json_get(second, S("interviews"))->count == 0);
}

/* Notes of risks are working papers as well. */
TEST(a_risk_that_was_noted_is_among_the_papers)
{
    FIXTURE(f);
    struct event_list journal;
    struct json *j = NULL;

    go_to(f, STAGE_PLAN);
    DO(f, "auditor", "risk.note",
       "{'title':'抽样风险提示','blob':'" ONES "','size':2000,'records':'" ONES
       "','raised':2}");
    journal = fixture_journal(f);
    EXPECT_OK(papers_json(&f->arena, f->state, &journal, &j));
    EXPECT(json_get(j, S("risk_notes"))->count == 1);
    EXPECT_STR(json_get_str(nth(j, "risk_notes", 0), S("title")),
               S("抽样风险提示"));
}

/* [M15] [CK3] */
TEST(a_list_names_its_mode_what_was_raised_and_the_papers_of_its_own_site)
{
    FIXTURE(f);
    str modes[] = { S("B") };
    struct event_list journal;
    struct checklists lists = { 0 };
    struct json *j = NULL;

    go_to(f, STAGE_AUDIT);
    struct plan plan = *f->state->plan;
    plan.modes = (struct list){ modes, COUNT(modes) };
    f->state->plan = &plan;
    DO(f, "lead", "audit.open", "{}");
    DO(f, "auditor", "interview.record",
       "{'site':'总部','role':'维修工','people':1,'note':'n',"
       "'indicators':['1.1']}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.1','result':'not_met','evidence':['e'],'site':'总部'}");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'minor','text':'x'}");
    journal = fixture_journal(f);
    EXPECT_OK(
        checklist_make(&f->arena, f->state, &journal, S(""), S(""), &lists));
    EXPECT_OK(checklist_json(&f->arena, f->state, &lists, &j));

    const struct json *hq = nth(j, "lists", 0);
    const struct json *shop = nth(j, "lists", 1);
    EXPECT_STR(json_get_str(hq, S("mode")), S("B"));
    EXPECT_STR(json_get_str(shop, S("site")), S("一店"));
    EXPECT(json_get(nth(hq, "lines", 0), S("raised"))->count == 1);
    EXPECT(json_get(nth(hq, "lines", 1), S("raised"))->count == 0);
    EXPECT(json_get(nth(hq, "lines", 0), S("papers"))->count == 1);
    EXPECT(json_get(nth(shop, "lines", 0), S("papers"))->count == 0);
}

/* --- memory --------------------------------------------------------------- */

struct showing {
    struct fixture *f;
    struct event_list journal;
};

static err show_review(struct heap *h, void *context)
{
    const struct showing *x = context;
    scoped(arena_end) struct arena a;
    struct review_rounds rounds;
    struct json *j;

    arena_init(&a, h, 16 << 20);
    TRY(review_rounds_read(&a, x->f->scheme, &x->journal, &rounds));
    return review_json(&a, x->f->state, &rounds, &j);
}

static err show_papers(struct heap *h, void *context)
{
    const struct showing *x = context;
    scoped(arena_end) struct arena a;
    struct json *j;

    arena_init(&a, h, 16 << 20);
    return papers_json(&a, x->f->state, &x->journal, &j);
}

static err show_checklist(struct heap *h, void *context)
{
    const struct showing *x = context;
    scoped(arena_end) struct arena a;
    struct checklists lists;
    struct json *j;

    arena_init(&a, h, 16 << 20);
    TRY(checklist_make(&a, x->f->state, &x->journal, S("总部"), S(""), &lists));
    return checklist_json(&a, x->f->state, &lists, &j);
}

TEST(every_failed_allocation_of_a_view_of_an_audit_is_reported)
{
    FIXTURE(f);
    struct showing x = { .f = f };

    go_on(f);
    go_to_the_site(f);
    x.journal = fixture_journal(f);
    EXPECT(test_every_allocation_fails(show_review, NULL, &x) > 0);
    EXPECT(test_every_allocation_fails(show_papers, NULL, &x) > 0);
    EXPECT(test_every_allocation_fails(show_checklist, NULL, &x) > 0);
}
