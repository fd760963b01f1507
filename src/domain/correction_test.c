/* Stage 8: corrections, their limits, and the new audit after a major
 * nonconformity. [M18] [17065 7.4.6] */

#include "domain/test_fixture.h"

#define FIX(number)                                                            \
    "{'number':" number ",'cause':'c','action':'a','evidence':['e']}"

/* [M18] [17065 7.4.6] */
TEST(a_correction_names_cause_action_and_evidence)
{
    static const struct attempt rows[] = {
        { "whole", "applicant", "correction.submit", FIX("1"), ALLOWED },
        { "with pictures", "applicant", "correction.submit",
          "{'number':1,'cause':'c','action':'a','evidence':['e'],"
          "'photos':['p']}",
          ALLOWED },
        { "without evidence", "applicant", "correction.submit",
          "{'number':1,'cause':'c','action':'a'}", ERR_INVALID,
          "record.missing" },
        { "with a list of none", "applicant", "correction.submit",
          "{'number':1,'cause':'c','action':'a','evidence':[]}", ERR_INVALID,
          "record.count" },
        { "no such number", "applicant", "correction.submit", FIX("2"),
          ERR_NOT_FOUND, "correction.number" },
        { "nothing submitted yet", "auditor", "correction.accept",
          "{'number':1}", ERR_REFUSED, "correction.none_submitted" },
        { "nothing to send back", "auditor", "correction.return",
          "{'number':1,'note':'x'}", ERR_REFUSED, "correction.none_submitted" },
        { "not by an auditor", "auditor", "correction.submit", FIX("1"),
          ERR_DENIED, "rights.role" },
    };
    FIXTURE(f);

    go_to(f, STAGE_CORRECTION);
    ATTEMPTS(f, rows);
}

TEST(a_correction_is_accepted_or_sent_back_with_a_note)
{
    FIXTURE(f);

    go_to(f, STAGE_CORRECTION);
    DO(f, "applicant", "correction.submit", FIX("1"));
    EXPECT(f->state->waiting == WAITING_BODY && f->state->due == DAY_NEVER);
    NO(f, "applicant", "correction.submit", FIX("1"), ERR_REFUSED,
       "correction.all_submitted");
    NO(f, "spare", "correction.accept", "{'number':1}", ERR_DENIED,
       "rights.team");
    NO(f, "auditor", "correction.return", "{'number':1}", ERR_INVALID,
       "correction.note");
    DO(f, "auditor", "correction.return", "{'number':1,'note':'缺签到'}");
    EXPECT(f->state->waiting == WAITING_APPLICANT);
    EXPECT(f->state->due == f->state->correct_until);
    DO(f, "applicant", "correction.submit", FIX("1"));
    DO(f, "auditor", "correction.accept", "{'number':1}");
    EXPECT(f->state->stage == STAGE_DECISION);
}

/* [M18] [CR1] [CR3]: the report is of 2026-03-16, the limit 2026-04-05. */
TEST(after_the_limit_nothing_is_submitted_until_the_planner_extends_it)
{
    static const struct attempt running[] = {
        { "the old day", "planner", "correction.extend",
          "{'until':'2026-04-05','reason':'r'}", ERR_REFUSED,
          "correction.until" },
        { "a day more", "planner", "correction.extend",
          "{'until':'2026-04-06','reason':'r'}", ALLOWED },
        { "30 days after the report", "planner", "correction.extend",
          "{'until':'2026-04-15','reason':'r'}", ALLOWED },
        { "31 days", "planner", "correction.extend",
          "{'until':'2026-04-16','reason':'r'}", ERR_REFUSED,
          "correction.until" },
        { "without a reason", "planner", "correction.extend",
          "{'until':'2026-04-06'}", ERR_INVALID, "record.missing" },
        { "not by the team", "lead", "correction.extend",
          "{'until':'2026-04-06','reason':'r'}", ERR_DENIED, "rights.role" },
    };
    static const struct attempt last_day[] = {
        { "30 days after the report", "planner", "correction.extend",
          "{'until':'2026-04-15','reason':'r'}", ALLOWED },
        { "it has not passed yet", "planner", "correction.extend",
          "{'until':'2026-04-16','reason':'r'}", ERR_REFUSED,
          "correction.until" },
    };
    static const struct attempt passed[] = {
        { "too late", "applicant", "correction.submit", FIX("1"), ERR_REFUSED,
          "correction.late" },
        { "today", "planner", "correction.extend",
          "{'until':'2026-04-06','reason':'r'}", ERR_REFUSED,
          "correction.until" },
        { "30 days from today", "planner", "correction.extend",
          "{'until':'2026-05-06','reason':'r'}", ALLOWED },
        { "31 days from today", "planner", "correction.extend",
          "{'until':'2026-05-07','reason':'r'}", ERR_REFUSED,
          "correction.until" },
    };
    FIXTURE(f);
    struct event_list events = { 0 };

    go_to(f, STAGE_CORRECTION);
    EXPECT(f->state->correct_until == on("2026-04-05"));
    ATTEMPTS(f, running);
    set_today(f, "2026-04-05");
    EXPECT_OK(try_it(f, "applicant", "correction.submit", FIX("1"), &events));
    ATTEMPTS(f, last_day);
    set_today(f, "2026-04-06");
    ATTEMPTS(f, passed);
    DO(f, "planner", "correction.extend",
       "{'until':'2026-05-06','reason':'春节停工'}");
    EXPECT(f->state->due == on("2026-05-06"));
    DO(f, "applicant", "correction.submit", FIX("1"));
}

/* [CR4]: two to correct, one after the other; an observation needs none. */
TEST(it_is_the_enterprise_s_turn_while_anything_is_to_be_submitted)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    DO(f, "lead", "nonconformity.raise",
       "{'indicator':'1.1','grade':'minor','text':'x'}");
    DO(f, "lead", "nonconformity.raise",
       "{'indicator':'3.2','grade':'observation','text':'x'}");
    DO(f, "lead", "finding.record",
       "{'indicator':'2.1','result':'not_met','evidence':['e'],'site':'总部'}");
    DO(f, "lead", "nonconformity.raise",
       "{'indicator':'2.1','grade':'minor','text':'x'}");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    DO(f, "lead", "report.issue",
       "{'recommended':true,'summary':'s','correct_until':'2026-04-10'}");
    DO(f, "applicant", "report.acknowledge", "{}");

    NO(f, "applicant", "correction.submit", FIX("2"), ERR_REFUSED,
       "correction.observation");
    DO(f, "applicant", "correction.submit", FIX("1"));
    EXPECT(f->state->waiting == WAITING_APPLICANT); /* number 3 is open */
    NO(f, "applicant", "correction.submit", FIX("1"), ERR_REFUSED,
       "correction.submitted_already");
    NO(f, "auditor", "correction.accept", "{'number':3}", ERR_REFUSED,
       "correction.not_submitted");
    DO(f, "auditor", "correction.accept", "{'number':1}");
    EXPECT(f->state->stage == STAGE_CORRECTION);
    EXPECT(f->state->waiting == WAITING_APPLICANT);
    NO(f, "applicant", "correction.submit", FIX("1"), ERR_REFUSED,
       "correction.accepted_already");
    DO(f, "applicant", "correction.submit", FIX("3"));
    EXPECT(f->state->waiting == WAITING_BODY);
    DO(f, "auditor", "correction.accept", "{'number':3}");
    EXPECT(f->state->stage == STAGE_DECISION);
}

static const char replan[] =
    "{'lead':'spare','members':['auditor'],'from':'2026-03-20',"
    "'to':'2026-03-22','person_days':45}";

static void find_a_major(struct fixture *f)
{
    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    DO(f, "lead", "nonconformity.raise",
       "{'indicator':'1.1','grade':'major','text':'x'}");
    DO(f, "lead", "special.record", "{'indicator':'3.2','note':'违规'}");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    DO(f, "lead", "report.issue",
       "{'recommended':false,'summary':'s','correct_until':'2026-04-10'}");
    DO(f, "applicant", "report.acknowledge", "{}");
}

/* [CR2] [M18]: major: after correction a new site audit, from the plan on. */
TEST(a_major_nonconformity_leads_to_a_new_site_audit)
{
    FIXTURE(f);

    find_a_major(f);
    DO(f, "applicant", "correction.submit", FIX("1"));
    DO(f, "applicant", "correction.submit", FIX("2"));
    DO(f, "lead", "correction.accept", "{'number':1}");
    DO(f, "lead", "correction.accept", "{'number':2}");
    EXPECT(f->state->stage == STAGE_PLAN);
    EXPECT(f->state->waiting == WAITING_BODY);
    EXPECT(f->state->plan == NULL && !f->state->plan_agreed);
    NO(f, "applicant", "plan.agree", "{}", ERR_REFUSED, "plan.none");
    DO(f, "planner", "plan.make", replan);
    DO(f, "applicant", "plan.agree", "{}");
    set_today(f, "2026-03-20");
    NO(f, "lead", "audit.open", "{}", ERR_DENIED, "rights.lead");
    DO(f, "spare", "audit.open", "{}");

    /* everything is found anew; what was corrected stays corrected */
    EXPECT(f->state->audits == 2);
    EXPECT(f->state->leaves_found == 0 && f->state->deductions == 0);
    EXPECT(f->state->sample.commitment == NULL);
    EXPECT(f->state->report == NULL && f->state->correct_until == DAY_NEVER);
    EXPECT(!state_has_major(f->state));
    EXPECT(f->state->nonconformity_count == 2);
    NO(f, "spare", "audit.close", "{}", ERR_REFUSED, "audit.no_finding");
    DO(f, "auditor", "finding.record", "{'indicator':'1.1','result':'met'}");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'2.1','grade':'minor','text':'x'}");
    EXPECT(f->state->nonconformities[2].raised->number == 3);
    /* who audited before is still no independent person [17065 7.6.2] */
    EXPECT(state_is_evaluator(f->state, person_of(f, "lead")->id));
}

/* An old correction restores nothing in the new audit. */
TEST(a_new_audit_does_not_count_corrections_of_the_old_one)
{
    FIXTURE(f);
    struct score *score = arena_zero(&f->arena, sizeof *score);

    find_a_major(f);
    DO(f, "applicant", "correction.submit", FIX("1"));
    DO(f, "applicant", "correction.submit", FIX("2"));
    DO(f, "lead", "correction.accept", "{'number':1}");
    DO(f, "lead", "correction.accept", "{'number':2}");
    DO(f, "planner", "plan.make", replan);
    DO(f, "applicant", "plan.agree", "{}");
    set_today(f, "2026-03-20");
    DO(f, "spare", "audit.open", "{}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.1','result':'not_met','evidence':['e'],'site':'总部'}");
    state_score(f->state, score);
    EXPECT(score->shown == 0);
}

/* journey.md, Score: a package says which indicators a correction restores. */
TEST(a_verified_correction_restores_points_where_the_package_lets_it)
{
    static const struct {
        const char *indicator;
        int32_t shown; /* after the correction */
    } rows[] = {
        { "1.1", 10000 }, /* corrects: 20 of 100 come back */
        { "3.1", 9000 },  /* does not: 10 of 100 are lost */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct score *score = arena_zero(&f->arena, sizeof *score);
        bool first = i == 0;

        go_to(f, STAGE_AUDIT);
        DO(f, "lead", "audit.open", "{}");
        do_findings(f, first ? "not_met" : "met");
        DO(f, "lead", "finding.record",
           "{'indicator':'2.2','result':'sampled','k':5,'n':5}");
        if (!first)
            DO(f, "lead", "finding.record",
               "{'indicator':'3.1','result':'not_met','evidence':['e'],'site':'"
               "总部'}");
        DO(f, "lead", "nonconformity.raise",
           first ? "{'indicator':'1.1','grade':'minor','text':'x'}"
                 : "{'indicator':'3.1','grade':'minor','text':'x'}");
        do_sample(f, 5);
        DO(f, "lead", "defence.record", "{'passed':true}");
        DO(f, "lead", "audit.close", "{}");
        DO(f, "lead", "report.issue",
           "{'recommended':true,'summary':'s','correct_until':'2026-04-10'}");
        DO(f, "applicant", "report.acknowledge", "{}");
        DO(f, "applicant", "correction.submit", FIX("1"));
        DO(f, "lead", "correction.accept", "{'number':1}");
        state_score(f->state, score);
        EXPECT_ROW(rows[i].indicator, score->shown == rows[i].shown);
    }
}
