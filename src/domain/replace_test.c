/* People of a team replaced while it audits, and what the enterprise says to
 * that (plan.c [PL5] [PL7]). [M15] [17065 7.4] */

#include "codec/json.h"
#include "domain/test_fixture.h"
#include "domain/test_pinned.h"
#include "domain/test_tasks.h"
#include "domain/view.h"

#define INSTEAD "{'lead':'spare','members':['auditor'],'reason':'组长生病'}"
#define FOUND   "{'indicator':'3.1','result':'met'}"

/* On Monday 2026-03-16 lead opened the audit, and spare came for lead: three
 * working days end on Thursday the 19th. */
static void replaced(struct fixture *f)
{
    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "planner", "plan.replace", INSTEAD);
    EXPECT(f->state->plan->objection_due == on("2026-03-19"));
}

TEST(who_is_new_waits_until_the_enterprise_agrees)
{
    FIXTURE(f);

    replaced(f);
    NO(f, "spare", "finding.record", FOUND, ERR_REFUSED, "rights.new_on_team");
    NO(f, "spare", "audit.close", "{}", ERR_REFUSED, "rights.new_on_team");
    DO(f, "auditor", "finding.record", FOUND); /* was there before */
    DO(f, "applicant", "plan.agree", "{}");
    EXPECT(f->state->stage == STAGE_AUDIT && f->state->opening_held);
    DO(f, "spare", "finding.record", FOUND);
    NO(f, "applicant", "plan.agree", "{}", ERR_REFUSED, "plan.nobody_new");
    NO(f, "applicant", "plan.object", "{'reasons':'x'}", ERR_REFUSED,
       "plan.nobody_new");
}

/* Both sides of the day. */
TEST(who_is_new_waits_until_the_time_to_object_has_passed)
{
    static const struct attempt before[] = {
        { "they wait", "spare", "finding.record", FOUND, ERR_REFUSED,
          "rights.new_on_team" },
        { "to object", "applicant", "plan.object", "{'reasons':'x'}", ALLOWED },
        { "to agree", "applicant", "plan.agree", "{}", ALLOWED },
        { "on paper", "intake", "plan.object", "{'reasons':'x'}", ERR_DENIED,
          "rights.paper" },
    };
    static const struct attempt after[] = {
        { "they act", "spare", "finding.record", FOUND, ALLOWED },
        { "too late to object", "applicant", "plan.object", "{'reasons':'x'}",
          ERR_REFUSED, "plan.objection_late" },
        { "and to agree", "applicant", "plan.agree", "{}", ERR_REFUSED,
          "plan.objection_late" },
    };
    FIXTURE(f);

    replaced(f);
    set_today(f, "2026-03-19");
    ATTEMPTS(f, before);
    set_today(f, "2026-03-20");
    ATTEMPTS(f, after);
    DO(f, "spare", "finding.record", FOUND);
    EXPECT(f->state->replacement.before == NULL);
    NO(f, "applicant", "plan.object", "{'reasons':'x'}", ERR_REFUSED,
       "plan.nobody_new");
}

TEST(a_package_may_give_another_time_to_object)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("conflict: 24m }", "conflict: 24m, objection: 1d }");

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "planner", "plan.replace", INSTEAD);
    EXPECT(f->state->plan->objection_due == on("2026-03-17"));
    set_today(f, "2026-03-17");
    NO(f, "spare", "finding.record", FOUND, ERR_REFUSED, "rights.new_on_team");
    set_today(f, "2026-03-18");
    DO(f, "spare", "finding.record", FOUND);
}

/* --- an objection ----------------------------------------------------------
 */

static void objected(struct fixture *f)
{
    replaced(f);
    DO(f, "applicant", "plan.object", "{'reasons':'曾任职于竞争对手'}");
}

TEST(while_the_enterprise_objects_who_is_new_does_nothing)
{
    FIXTURE(f);

    objected(f);
    EXPECT(f->state->stage == STAGE_AUDIT);
    NO(f, "applicant", "plan.agree", "{}", ERR_REFUSED, "plan.none");
    set_today(f, "2026-03-20"); /* no day ends an objection */
    NO(f, "spare", "finding.record", FOUND, ERR_REFUSED, "rights.objected");
    DO(f, "auditor", "finding.record", FOUND);
    NO(f, "spare", "finding.record", FOUND, ERR_REFUSED, "rights.objected");
}

/* Upheld: somebody else comes, and the enterprise is asked about them. */
TEST(after_an_objection_the_planner_names_others)
{
    FIXTURE(f);

    objected(f);
    DO(f, "planner", "plan.replace",
       "{'lead':'auditor','members':['jack'],'reason':'企业有异议'}");
    EXPECT(f->state->objection.n == 0);
    NO(f, "spare", "finding.record", FOUND, ERR_DENIED, "rights.team");
    NO(f, "jack", "finding.record", FOUND, ERR_REFUSED, "rights.new_on_team");
    DO(f, "auditor", "finding.record", FOUND);
    DO(f, "applicant", "plan.agree", "{}");
    DO(f, "jack", "finding.record", FOUND);
}

/* Refused: the same come again, with a reason, and the enterprise is asked
 * anew, as after a plan that is made anew. */
TEST(after_an_objection_the_planner_may_name_the_same_with_a_reason)
{
    FIXTURE(f);

    replaced(f);
    NO(f, "planner", "plan.replace", INSTEAD, ERR_REFUSED, "plan.same_team");
    DO(f, "applicant", "plan.object", "{'reasons':'曾任职于竞争对手'}");
    set_today(f, "2026-03-18");
    DO(f, "planner", "plan.replace",
       "{'lead':'spare','members':['auditor'],'reason':'已核实，未曾任职'}");
    EXPECT(f->state->plan->objection_due == on("2026-03-23"));
    NO(f, "spare", "finding.record", FOUND, ERR_REFUSED, "rights.new_on_team");
    set_today(f, "2026-03-24");
    DO(f, "spare", "finding.record", FOUND);
}

/* --- who is new ------------------------------------------------------------
 */

TEST(where_nobody_is_new_nobody_is_asked)
{
    static const char *const rows[] = {
        "{'lead':'auditor','members':['lead'],'reason':'换组长'}",
        "{'lead':'lead','members':['auditor'],'reason':'换回'}",
    };
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    for (size_t i = 0; i < COUNT(rows); i++) {
        DO(f, "planner", "plan.replace", rows[i]);
        EXPECT(f->state->plan->objection_due == DAY_NEVER);
        EXPECT(f->state->replacement.before == NULL);
    }
    DO(f, "planner", "plan.replace", INSTEAD);
    DO(f, "planner", "plan.replace", rows[1]); /* those it knew from before */
    EXPECT(f->state->plan->objection_due == DAY_NEVER);
    DO(f, "lead", "finding.record", FOUND);
}

/* Replaced again before its day passed, who came first is new all the same. */
TEST(a_second_replacement_makes_nobody_known)
{
    FIXTURE(f);

    replaced(f);
    set_today(f, "2026-03-17");
    DO(f, "planner", "plan.replace",
       "{'lead':'spare','members':['jack'],'reason':'组员出差'}");
    set_today(f, "2026-03-20"); /* the second one's last day */
    NO(f, "spare", "finding.record", FOUND, ERR_REFUSED, "rights.new_on_team");
    NO(f, "jack", "finding.record", FOUND, ERR_REFUSED, "rights.new_on_team");
    set_today(f, "2026-03-23");
    DO(f, "spare", "finding.record", FOUND);
    DO(f, "jack", "finding.record", FOUND);
}

/* .. and once its day has passed they are known. */
TEST(who_was_let_pass_is_known_to_the_next_replacement)
{
    FIXTURE(f);

    replaced(f);
    set_today(f, "2026-03-20");
    DO(f, "planner", "plan.replace",
       "{'lead':'spare','members':['jack'],'reason':'组员出差'}");
    DO(f, "spare", "finding.record", FOUND);
    NO(f, "jack", "finding.record", FOUND, ERR_REFUSED, "rights.new_on_team");
}

TEST(the_report_and_an_answer_wait_for_the_enterprise_too)
{
    FIXTURE(f);

    go_to(f, STAGE_REPORT);
    DO(f, "planner", "plan.replace", INSTEAD);
    NO(f, "spare", "report.issue", "{'recommended':true,'summary':'报告'}",
       ERR_REFUSED, "rights.new_on_team");
    DO(f, "applicant", "plan.agree", "{}");
    DO(f, "spare", "report.issue", "{'recommended':true,'summary':'报告'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    DO(f, "planner", "plan.replace",
       "{'lead':'jack','members':['spare'],'reason':'出差'}");
    EXPECT(f->state->stage == STAGE_DECISION);
    DO(f, "reviewer", "decision.grant", "{}");
    NO(f, "applicant", "plan.object", "{'reasons':'x'}", ERR_REFUSED,
       "decision.made_already");
    EXPECT(!has_open(f, TASK_AGREE_TEAM));
}

TEST(before_a_team_was_replaced_there_is_nothing_to_answer)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    NO(f, "applicant", "plan.agree", "{}", ERR_REFUSED, "plan.nobody_new");
    DO(f, "lead", "audit.open", "{}");
    NO(f, "applicant", "plan.object", "{'reasons':'x'}", ERR_REFUSED,
       "plan.nobody_new");
}

/* --- reasons ---------------------------------------------------------------
 */

TEST(a_plan_keeps_its_own_reason_beside_that_of_a_replacement)
{
    FIXTURE(f);
    const struct json *shown = NULL;
    struct json *view = NULL;

    go_to(f, STAGE_PLAN);
    DO(f, "planner", "plan.make",
       "{'lead':'lead','members':['auditor'],'from':'2026-03-02',"
       "'to':'2026-03-04','person_days':20,'reason':'网点集中'}");
    DO(f, "applicant", "plan.agree", "{}");
    DO(f, "lead", "audit.open", "{}");
    DO(f, "planner", "plan.replace", INSTEAD);
    EXPECT_STR(f->state->plan->reason, S("网点集中"));
    EXPECT_STR(f->state->plan->replaced, S("组长生病"));
    DO(f, "planner", "plan.replace",
       "{'lead':'jack','members':['auditor'],'reason':'改派'}");
    EXPECT_STR(f->state->plan->reason, S("网点集中"));
    EXPECT_STR(f->state->plan->replaced, S("改派"));
    EXPECT_OK(case_view_json(&f->arena, f->state, S("C2026-0001"),
                             &f->enterprise, READER_ENTERPRISE, &view));
    shown = json_get(view, S("plan"));
    EXPECT_STR(json_get_str(shown, S("reason")), S("网点集中"));
    EXPECT_STR(json_get_str(shown, S("replaced")), S("改派"));
    EXPECT(json_get(shown, S("new_people_wait")) != NULL);
}

/* [EV2] As it was written before there was anything to object to. */
TEST(an_older_replacement_keeps_nobody_waiting)
{
    FIXTURE(f);
    struct event *e = NULL;

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    EXPECT_OK(event_read(&f->arena,
                         pinned_text(&f->arena, "events/plan.replaced.1.json"),
                         &e));
    const struct plan *made = e->data;
    EXPECT(made->objection_due == DAY_NEVER && made->replaced.n == 0);
    apply(f->state, e);
    EXPECT(f->state->replacement.before == NULL);
    EXPECT(state_is_lead(f->state, person_of(f, "spare")->id));
    EXPECT(!state_is_kept_waiting(f->state, person_of(f, "spare")->id,
                                  f->facts.today));
}

/* --- what waits ------------------------------------------------------------
 */

TEST(a_replacement_waits_for_the_enterprise_then_for_the_planner)
{
    FIXTURE(f);
    const struct task *t;

    replaced(f);
    t = find_task(f, TASK_AGREE_TEAM);
    EXPECT(t != NULL && t->opens == on("2026-03-16") &&
           t->due == on("2026-03-19") &&
           (t->roles & ROLE_BIT(ROLE_APPLICANT)) != 0);
    EXPECT(find_task(f, TASK_REPLACE) == NULL);
    EXPECT_STR(open_tasks(f), S("agree_team applicant 2026-03-19\n"
                                "audit auditor 2026-03-18"));
    set_today(f, "2026-03-19");
    EXPECT_STR(open_tasks(f), S("agree_team applicant 2026-03-19\n"
                                "audit auditor 2026-03-18 overdue"));
    set_today(f, "2026-03-20"); /* silence was consent */
    EXPECT_STR(open_tasks(f), S("audit spare 2026-03-18 overdue\n"
                                "audit auditor 2026-03-18 overdue"));
    set_today(f, "2026-03-16");
    DO(f, "applicant", "plan.object", "{'reasons':'曾任职于竞争对手'}");
    EXPECT_STR(open_tasks(f), S("replace planner 2026-03-18\n"
                                "audit auditor 2026-03-18"));
    DO(f, "planner", "plan.replace",
       "{'lead':'lead','members':['auditor'],'reason':'换回'}");
    EXPECT(find_task(f, TASK_REPLACE) == NULL);
    EXPECT(find_task(f, TASK_AGREE_TEAM) == NULL);
}

/* [PL7] Who was there before, who is new, who went and who never came; on the
 * last day to object and on the day after. */
TEST(only_who_is_new_is_kept_waiting_and_only_so_long)
{
    static const struct {
        const char *who;
        bool waits;
    } rows[] = {
        { "spare", true },
        { "auditor", false },
        { "lead", false },
        { "jack", false },
    };
    FIXTURE(f);

    replaced(f);
    for (size_t i = 0; i < COUNT(rows); i++) {
        id person = person_of(f, rows[i].who)->id;

        EXPECT_ROW(rows[i].who,
                   state_is_kept_waiting(f->state, person, on("2026-03-19")) ==
                       rows[i].waits);
        EXPECT_ROW(rows[i].who,
                   !state_is_kept_waiting(f->state, person, on("2026-03-20")));
    }
}

/* [PL7] What came up after the time to object is there from its own day on. */
TEST(a_task_of_who_is_new_opens_when_it_is_there_and_they_are_free)
{
    FIXTURE(f);
    const struct task *t;

    replaced(f);
    f->state->stage = STAGE_REPORT;
    t = find_task(f, TASK_REPORT);
    EXPECT(t != NULL && t->opens == on("2026-03-20"));
    f->state->stage_since = on("2026-03-19");
    t = find_task(f, TASK_REPORT);
    EXPECT(t != NULL && t->opens == on("2026-03-20"));
    f->state->stage_since = on("2026-03-23");
    t = find_task(f, TASK_REPORT);
    EXPECT(t != NULL && t->opens == on("2026-03-23"));
}
