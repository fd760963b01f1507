/*
 * Ways out of where a case would stand for good: corrections after an appeal, a
 * lead who drops out, a head who will not sign.
 * [17065 7.4] [17065 7.6] [17065 7.11] [17065 7.13] [条例 22]
 */

#include "domain/test_fixture.h"
#include "domain/todo.h"

#define EXTEND(until) "{'until':'" until "','reason':'申诉成立'}"
#define SUBMIT        "{'number':1,'cause':'c','action':'a','evidence':['e']}"

/* --- corrections after all (correction.c [CR5]) -----------------------------
 */

/* Refused on 2026-04-06 for what had not come by 2026-04-05. */
static void refused_for_corrections(struct fixture *f)
{
    go_to(f, STAGE_CORRECTION);
    set_today(f, "2026-04-06");
    DO(f, "reviewer", "decision.refuse", "{'reasons':'逾期未整改'}");
}

static void uphold(struct fixture *f)
{
    DO(f, "applicant", "appeal.file",
       "{'subject':'refusal','grounds':'期限有误'}");
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    DO(f, "appeal", "appeal.decide", "{'upheld':true,'reasons':'属实'}");
}

static const struct task *find_task(struct fixture *f, enum task_kind kind)
{
    const struct todo_facts facts = { DAY_NEVER, false };
    struct list l = { 0 };

    EXPECT_OK(todo_make(&f->arena, f->state, &facts, &l));
    for (size_t i = 0; i < l.n; i++) {
        const struct task *t = (const struct task *)l.p + i;

        if (t->kind == kind)
            return t;
    }
    return NULL;
}

/* [17065 7.13] Thirty days from 2026-04-06. */
TEST(after_an_upheld_appeal_what_never_came_may_still_be_corrected)
{
    static const struct attempt rows[] = {
        { "to the last day", "planner", "correction.extend",
          EXTEND("2026-05-06"), ALLOWED },
        { "a day more", "planner", "correction.extend", EXTEND("2026-05-07"),
          ERR_REFUSED, "correction.until" },
        { "to today", "planner", "correction.extend", EXTEND("2026-04-06"),
          ERR_REFUSED, "correction.until" },
        { "by a reviewer", "jack", "correction.extend", EXTEND("2026-05-06"),
          ERR_DENIED, "rights.role" },
        { "granted as it is", "jack", "decision.grant", "{}", ERR_REFUSED,
          "decision.open" },
    };
    FIXTURE(f);

    refused_for_corrections(f);
    DO(f, "head", "decision.sign", "{}");
    uphold(f);
    EXPECT(f->state->stage == STAGE_DECISION);
    ATTEMPTS(f, rows);
    EXPECT(find_task(f, TASK_EXTEND) != NULL);
    EXPECT(task_is_open(find_task(f, TASK_EXTEND), f->facts.today));
    DO(f, "planner", "correction.extend", EXTEND("2026-05-06"));
    EXPECT(f->state->stage == STAGE_CORRECTION);
    EXPECT(f->state->waiting == WAITING_APPLICANT);
    EXPECT(f->state->due == on("2026-05-06"));
    DO(f, "applicant", "correction.submit", SUBMIT);
    DO(f, "auditor", "correction.accept", "{'number':1}");
    EXPECT(f->state->stage == STAGE_DECISION);
    EXPECT(find_task(f, TASK_EXTEND) == NULL);
    NO(f, "reviewer", "decision.grant", "{}", ERR_DENIED,
       "rights.uninvolved"); /* who was overruled */
    DO(f, "jack", "decision.grant", "{}");
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->stage == STAGE_CERTIFICATE);
}

/* The same when they do not come again. */
TEST(what_does_not_come_again_is_refused_again)
{
    FIXTURE(f);

    refused_for_corrections(f);
    DO(f, "head", "decision.sign", "{}");
    uphold(f);
    DO(f, "planner", "correction.extend", EXTEND("2026-04-20"));
    set_today(f, "2026-04-20");
    NO(f, "jack", "decision.refuse", "{'reasons':'x'}", ERR_REFUSED,
       "decision.correcting");
    set_today(f, "2026-04-21");
    NO(f, "reviewer", "decision.refuse", "{'reasons':'x'}", ERR_DENIED,
       "rights.uninvolved");
    DO(f, "jack", "decision.refuse", "{'reasons':'再次逾期'}");
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->ending == ENDING_REFUSED);
}

TEST(with_nothing_open_or_a_decision_made_there_is_nothing_to_extend)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    NO(f, "planner", "correction.extend", EXTEND("2026-04-20"), ERR_REFUSED,
       "correction.nothing_open");
    DO(f, "reviewer", "decision.question", "{'reasons':'x'}");
    NO(f, "planner", "correction.extend", EXTEND("2026-04-20"), ERR_REFUSED,
       "decision.question_open");

    FIXTURE(g);
    refused_for_corrections(g);
    NO(g, "planner", "correction.extend", EXTEND("2026-04-20"), ERR_REFUSED,
       "decision.made_already");
}

/* In a later round the decision is another one. */
TEST(who_was_overruled_once_decides_in_a_later_round_again)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.refuse", "{'reasons':'不足'}");
    DO(f, "head", "decision.sign", "{}");
    uphold(f);
    DO(f, "jack", "decision.grant", "{}");
    DO(f, "head", "decision.sign", "{}");
    DO(f, "certificates", "certificate.issue", "{}");
    set_today(f, "2027-03-01");
    do_round_plan(f);
    do_round_audit(f);
    do_round_report(f);
    DO(f, "reviewer", "decision.grant", "{}");
}

/* --- a lead who drops out (plan.c [PL5]) -------------------------------------
 */

#define INSTEAD "{'lead':'spare','members':['auditor'],'reason':'组长生病'}"

TEST(the_lead_is_replaced_after_the_opening_meeting)
{
    FIXTURE(f);
    const struct person *lead = person_of(f, "lead");

    go_to(f, STAGE_AUDIT);
    NO(f, "planner", "plan.replace", INSTEAD, ERR_REFUSED, "plan.not_begun");
    DO(f, "lead", "audit.open", "{}");
    DO(f, "lead", "finding.record", "{'indicator':'3.1','result':'met'}");
    DO(f, "planner", "plan.replace", INSTEAD);
    EXPECT(f->state->stage == STAGE_AUDIT && f->state->opening_held);
    EXPECT(state_is_lead(f->state, person_of(f, "spare")->id));
    EXPECT(f->state->plan->person_days == 45);
    EXPECT(f->state->plan->sites.n == 2);
    NO(f, "lead", "finding.record", "{'indicator':'3.2','result':'met'}",
       ERR_DENIED, "rights.team");
    EXPECT(id_eq(f->state->leaves[scheme_leaf(f->scheme, S("3.1"))].auditor,
                 lead->id)); /* it stays theirs */
    EXPECT(state_is_evaluator(f->state, lead->id));
    EXPECT(state_is_evaluator(f->state, person_of(f, "spare")->id));
    EXPECT(state_is_involved(f->state, lead->id));
    DO(f, "applicant", "plan.agree", "{}");
    DO(f, "spare", "finding.record", "{'indicator':'3.2','result':'met'}");
}

/* All that is asked of a team is asked of this one. */
TEST(a_replaced_team_is_held_to_what_every_team_is)
{
    static const struct attempt rows[] = {
        { "another lead", "planner", "plan.replace", INSTEAD, ALLOWED },
        { "a member leads", "planner", "plan.replace",
          "{'lead':'auditor','members':['lead'],'reason':'x'}", ALLOWED },
        { "another member", "planner", "plan.replace",
          "{'lead':'lead','members':['jack'],'reason':'x'}", ALLOWED },
        { "one more", "planner", "plan.replace",
          "{'lead':'lead','members':['auditor','expert'],'reason':'x'}",
          ALLOWED },
        { "the same team", "planner", "plan.replace",
          "{'lead':'lead','members':['auditor'],'reason':'x'}", ERR_REFUSED,
          "plan.same_team" },
        { "without a reason", "planner", "plan.replace",
          "{'lead':'spare','members':['auditor']}", ERR_INVALID,
          "record.missing" },
        { "with a tie", "planner", "plan.replace",
          "{'lead':'tied','members':['auditor'],'reason':'x'}", ERR_REFUSED,
          "plan.conflict" },
        { "no auditor", "planner", "plan.replace",
          "{'lead':'finance','members':['auditor'],'reason':'x'}", ERR_REFUSED,
          "plan.not_auditor" },
        { "who left", "planner", "plan.replace",
          "{'lead':'retired','members':['auditor'],'reason':'x'}", ERR_REFUSED,
          "plan.left" },
        { "twice", "planner", "plan.replace",
          "{'lead':'spare','members':['spare'],'reason':'x'}", ERR_INVALID,
          "plan.twice" },
        { "too few for the days", "planner", "plan.replace",
          "{'lead':'lead','reason':'x'}", ERR_INVALID, "plan.person_days" },
        { "by the lead", "lead", "plan.replace", INSTEAD, ERR_DENIED,
          "rights.role" },
    };
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    ATTEMPTS(f, rows);
}

/* [17065 7.6.2] jack came along for a while. */
TEST(who_was_on_the_team_for_a_while_does_not_decide)
{
    FIXTURE(f);

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    DO(f, "planner", "plan.replace",
       "{'lead':'lead','members':['jack'],'reason':'x'}");
    DO(f, "planner", "plan.replace",
       "{'lead':'lead','members':['auditor'],'reason':'x'}");
    do_findings(f, "met");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    do_report(f);
    NO(f, "jack", "decision.grant", "{}", ERR_DENIED, "rights.independent");
    DO(f, "reviewer", "decision.grant", "{}");
    NO(f, "jack", "decision.sign", "{}", ERR_DENIED, "rights.independent");
}

/* The report, the corrections and the answer to a question want people of the
 * team, too. */
TEST(people_are_replaced_until_the_round_is_decided)
{
    FIXTURE(f);

    go_to(f, STAGE_REPORT);
    DO(f, "planner", "plan.replace", INSTEAD);
    DO(f, "applicant", "plan.agree", "{}");
    NO(f, "lead", "report.issue", "{'recommended':true,'summary':'报告'}",
       ERR_DENIED, "rights.lead");
    DO(f, "spare", "report.issue", "{'recommended':true,'summary':'报告'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    DO(f, "reviewer", "decision.question", "{'reasons':'谁核对名单？'}");
    DO(f, "planner", "plan.replace",
       "{'lead':'auditor','members':['spare'],'reason':'出差'}");
    DO(f, "auditor", "decision.answer", "{'reasons':'审查组'}");
    DO(f, "reviewer", "decision.grant", "{}");
    NO(f, "planner", "plan.replace", INSTEAD, ERR_REFUSED,
       "decision.made_already");
}

/* --- a head who will not sign (decision.c [DE8])
 * ------------------------------ */

TEST(a_head_sends_a_decision_back_and_it_is_made_anew)
{
    static const char why[] = "{'reasons':'级别依据不足'}";
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    NO(f, "head", "decision.return", why, ERR_REFUSED, "decision.none");
    DO(f, "reviewer", "decision.grant",
       "{'conditions':[{'text':'x','until':'2026-09-30'}]}");
    NO(f, "head", "decision.return", "{}", ERR_INVALID, "record.missing");
    NO(f, "reviewer", "decision.return", why, ERR_DENIED, "rights.role");
    NO(f, "tied", "decision.return", why, ERR_DENIED, "rights.conflict");
    DO(f, "head", "decision.return", why);
    EXPECT(f->state->stage == STAGE_DECISION);
    EXPECT(f->state->decision == NULL);
    EXPECT(id_is_zero(f->state->decided_by));
    EXPECT(find_task(f, TASK_DECIDE) != NULL);
    EXPECT(find_task(f, TASK_COUNTERSIGN) == NULL);
    NO(f, "head", "decision.sign", "{}", ERR_REFUSED, "decision.none");
    DO(f, "reviewer", "decision.grant", "{'level':'three'}"); /* the same */
    DO(f, "head", "decision.return", why);
    DO(f, "critic", "decision.grant", "{'level':'three'}"); /* another */
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->stage == STAGE_CERTIFICATE);
    EXPECT(f->state->condition_count == 0); /* of the one that went back */
}

/* [条例 22] Whoever had no part in it signs; jack and umpire are heads, too. */
TEST(of_several_heads_any_signs_who_had_no_part)
{
    static const struct attempt rows[] = {
        { "the one who decided", "jack", "decision.sign", "{}", ERR_DENIED,
          "rights.second" },
        { "nor sends it back", "jack", "decision.return", "{'reasons':'x'}",
          ERR_DENIED, "rights.second" },
        { "another head", "umpire", "decision.sign", "{}", ALLOWED },
        { "and another", "head", "decision.sign", "{}", ALLOWED },
        { "one with a tie", "tied", "decision.sign", "{}", ERR_DENIED,
          "rights.conflict" },
    };
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "jack", "decision.grant", "{}");
    ATTEMPTS(f, rows);
    DO(f, "head", "decision.return", "{'reasons':'x'}");
    DO(f, "critic", "decision.grant", "{}");
    DO(f, "umpire", "decision.sign", "{}");
}

/* panel.c [PN3]: a panel votes anew. */
TEST(a_panel_whose_decision_was_sent_back_votes_anew)
{
    static const char *const voters[] = { "reviewer", "critic", "umpire" };
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "planner", "decision.panel",
       "{'chair':'reviewer','members':['critic','umpire']}");
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < COUNT(voters); i++)
            DO(f, voters[i], "decision.vote",
               "{'outcome':'granted','reasons':'x'}");
        DO(f, "reviewer", "decision.grant", "{}");
        NO(f, "umpire", "decision.return", "{'reasons':'x'}", ERR_DENIED,
           "rights.seated");
        DO(f, "head", "decision.return", "{'reasons':'x'}");
        NO(f, "reviewer", "decision.grant", "{}", ERR_REFUSED,
           "panel.votes_open");
    }
}

/* A refusal for corrections that never came, sent back. [CR5] */
TEST(a_refusal_that_the_head_sent_back_lets_the_case_be_corrected)
{
    FIXTURE(f);

    refused_for_corrections(f);
    DO(f, "head", "decision.return", "{'reasons':'给企业时间'}");
    DO(f, "planner", "correction.extend", EXTEND("2026-04-20"));
    DO(f, "applicant", "correction.submit", SUBMIT);
    DO(f, "auditor", "correction.accept", "{'number':1}");
    DO(f, "reviewer", "decision.grant", "{}");
}

/* --- who restores (life.c [LI2])
 * ---------------------------------------------- */

/* [17065 7.11] */
TEST(who_suspended_may_restore_and_who_evaluated_may_not)
{
    FIXTURE(f);

    go_to(f, STAGE_UPKEEP);
    person_of(f, "lead")->roles |= ROLE_BIT(ROLE_REVIEWER);
    DO(f, "reviewer", "certificate.suspend",
       "{'code':'0111','reasons':'热线停用','confirmed':'2026-03-16'}");
    NO(f, "lead", "certificate.restore", "{'reasons':'已整改'}", ERR_DENIED,
       "rights.independent");
    DO(f, "reviewer", "certificate.restore", "{'reasons':'已整改'}");
}
