/* An improvement report as JSON. [M26] [M27] */

#include "domain/improve_view.h"

#include "codec/json.h"
#include "domain/test_fixture.h"
#include "domain/test_pinned.h"

static struct json *shown(struct fixture *f)
{
    struct event_list journal = fixture_journal(f);
    struct improvement x = { 0 };
    struct trend t = { 0 };
    struct json *j = NULL;

    EXPECT_OK(improve_case(&f->arena, f->state, &x));
    EXPECT_OK(trend_add(&f->arena, f->scheme, S("C2026-0001"), &journal, &t));
    EXPECT_OK(improvement_json(&f->arena, f->state, &x, &t, &j));
    return j;
}

static void expect_shown(struct fixture *f, const char *name)
{
    struct buf b;
    str text = S("");

    buf_init(&b, &f->arena, 1 << 20);
    json_pretty(&b, shown(f));
    buf_char(&b, '\n');
    EXPECT_OK(buf_done(&b, &text));
    expect_pinned(&f->arena, name, text);
}

/* Points and a gate are missed, measures of the package and others win them
 * back; a year later one indicator is worse and one better. */
TEST(an_improvement_report_is_shown_as_it_was_before)
{
    scoped(fixture_end) struct fixture *f = fixture_with(
        "defence: true\n",
        "defence: true\nmeasures:\n"
        "  - { id: parts, label: { zh: 备件预警, en: Warnings of parts },"
        " indicators: [\"2\"], figures: [resolution] }\n");

    go_to(f, STAGE_PREPARATION);
    prepare_case(f);
    expect_shown(f, "improve/assessment.json");
    fixture_end(&f);

    f = fixture_with(
        "defence: true\n",
        "defence: true\nmeasures:\n"
        "  - { id: parts, label: { zh: 备件预警, en: Warnings of parts },"
        " indicators: [\"2\"], figures: [resolution] }\n");
    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    DO(f, "auditor", "finding.record",
       "{'indicator':'2.2','result':'sampled','k':7,'n':8,'evidence':['e']"
       ",'site':'总部'}");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'minor','text':'职责不清'}");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'3.2','grade':'opportunity','text':'可在线查询'}");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    DO(f, "lead", "report.issue",
       "{'recommended':true,'summary':'报告','correct_until':'2026-04-05'}");
    expect_shown(f, "improve/report.json");
    DO(f, "applicant", "report.acknowledge", "{}");
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'c','action':'a','evidence':['e']}");
    DO(f, "auditor", "correction.accept", "{'number':1}");
    do_decision(f);
    DO(f, "certificates", "certificate.issue", "{}");
    pass_days(f, 340);
    do_round_plan(f);
    DO(f, "spare", "audit.open", "{}");
    DO(f, "auditor", "finding.record", "{'indicator':'1.1','result':'met'}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.2','result':'sampled','k':9,'n':10,'evidence':['e']"
       ",'site':'总部'}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'2.2','result':'sampled','k':8,'n':8}");
    DO(f, "auditor", "figure.record",
       "{'figure':'satisfaction','k':95,'n':100,'source':'s'}");
    DO(f, "auditor", "figure.record",
       "{'figure':'resolution','k':89,'n':100,'source':'s'}");
    DO(f, "spare", "audit.close", "{}");
    do_round_report(f);
    expect_shown(f, "improve/surveillance.json");
}

static err show_in(struct heap *h, void *context)
{
    struct fixture *f = context;
    struct event_list journal = fixture_journal(f);
    scoped(arena_end) struct arena a;
    struct improvement x;
    struct trend t = { 0 };
    struct json *j;

    arena_init(&a, h, 16 << 20);
    TRY(improve_case(&a, f->state, &x));
    TRY(trend_add(&a, f->scheme, S("C2026-0001"), &journal, &t));
    return improvement_json(&a, f->state, &x, &t, &j);
}

TEST(every_failed_allocation_of_a_report_is_reported)
{
    FIXTURE(f);

    go_to(f, STAGE_CORRECTION);
    EXPECT(test_every_allocation_fails(show_in, NULL, f) > 0);
}
