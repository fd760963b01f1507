/* Stage 9: review, decision, second signature. [M19] [17065 7.5] [17065 7.6]
 * [条例 22] */

#include "domain/test_fixture.h"

/* [17065 7.5] [条例 22] */
TEST(who_evaluated_does_not_decide_and_who_decided_does_not_sign)
{
    static const struct attempt rows[] = {
        { "the reviewer", "reviewer", "decision.grant", "{}", ALLOWED },
        { "an auditor", "lead", "decision.grant", "{}", ERR_DENIED,
          "rights.role" },
        { "a reviewer with a tie", "tied", "decision.grant", "{}", ERR_DENIED,
          "rights.conflict" },
        { "the head alone", "head", "decision.grant", "{}", ERR_DENIED,
          "rights.role" },
        { "nothing to sign", "head", "decision.sign", "{}", ERR_REFUSED,
          "decision.none" },
        { "nothing to answer", "lead", "decision.answer", "{'reasons':'x'}",
          ERR_REFUSED, "decision.no_question" },
    };
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    ATTEMPTS(f, rows);
    DO(f, "jack", "decision.grant", "{}"); /* reviewer and head in one */
    NO(f, "jack", "decision.sign", "{}", ERR_DENIED, "rights.second");
    NO(f, "tied", "decision.sign", "{}", ERR_DENIED, "rights.conflict");
    NO(f, "reviewer", "decision.grant", "{}", ERR_REFUSED,
       "decision.made_already");
    NO(f, "reviewer", "decision.refuse", "{'reasons':'x'}", ERR_REFUSED,
       "decision.made_already");
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->stage == STAGE_CERTIFICATE);
}

/* [17065 7.6.2] for one who is auditor, reviewer and head. */
TEST(a_member_of_the_team_neither_decides_nor_signs)
{
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    DO(f, "planner", "plan.make",
       "{'lead':'lead','members':['auditor','jack'],'from':'2026-03-02',"
       "'to':'2026-03-04','person_days':45}");
    DO(f, "applicant", "plan.agree", "{}");
    do_audit(f); /* jack records nothing, but was there */
    do_report(f);
    NO(f, "jack", "decision.grant", "{}", ERR_DENIED, "rights.independent");
    NO(f, "jack", "decision.question", "{'reasons':'x'}", ERR_DENIED,
       "rights.independent");
    DO(f, "reviewer", "decision.grant", "{}");
    NO(f, "jack", "decision.sign", "{}", ERR_DENIED, "rights.independent");
}

TEST(a_question_stands_before_the_decision)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.question", "{'reasons':'谁核对名单？'}");
    NO(f, "reviewer", "decision.grant", "{}", ERR_REFUSED,
       "decision.question_open");
    NO(f, "reviewer", "decision.refuse", "{'reasons':'x'}", ERR_REFUSED,
       "decision.question_open");
    NO(f, "reviewer", "decision.question", "{'reasons':'x'}", ERR_REFUSED,
       "decision.question_open");
    NO(f, "auditor", "decision.answer", "{'reasons':'x'}", ERR_DENIED,
       "rights.lead");
    DO(f, "lead", "decision.answer", "{'reasons':'审查组'}");
    DO(f, "reviewer", "decision.grant", "{}");
}

/* [M2] [M3] [M19] [DE1] */
TEST(a_level_is_granted_that_was_reached)
{
    static const struct attempt rows[] = {
        { "the level reached", "reviewer", "decision.grant", "{}", ALLOWED },
        { "a lower one", "reviewer", "decision.grant", "{'level':'three'}",
          ALLOWED },
        { "the same by name", "reviewer", "decision.grant", "{'level':'ten'}",
          ALLOWED },
        { "no such level", "reviewer", "decision.grant", "{'level':'eleven'}",
          ERR_INVALID, "case.level" },
    };
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    ATTEMPTS(f, rows);
    DO(f, "reviewer", "decision.grant", "{}");
    EXPECT_STR(f->state->decision->level, S("ten"));
}

/* [DE1] [17065 7.6]: level ten was reached; what was applied and quoted for is
 * the most that is granted. */
TEST(no_level_is_granted_above_the_one_applied_for)
{
    static const struct {
        const char *applied;
        const char *wish;
        const char *granted; /* NULL: refused */
    } rows[] = {
        { "three", "{}", "three" },
        { "three", "{'level':'three'}", "three" },
        { "three", "{'level':'ten'}", NULL },
        { "ten", "{}", "ten" },
        { "ten", "{'level':'ten'}", "ten" },
        { "ten", "{'level':'three'}", "three" },
        { "of another package, forged", "{}", "ten" },
        { "of another package, forged", "{'level':'three'}", "three" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct event_list got = { 0 };
        FIXTURE(f);

        go_to(f, STAGE_DECISION);
        struct case_opened opened = *f->state->opened;
        opened.level = str_of(rows[i].applied);
        f->state->opened = &opened;
        err e = try_it(f, "reviewer", "decision.grant", rows[i].wish, &got);
        if (rows[i].granted == NULL) {
            EXPECT_ROW_ERR(rows[i].applied, e, ERR_REFUSED,
                           "decision.above_applied");
            continue;
        }
        EXPECT_ROW_OK(rows[i].applied, e);
        const struct decision *made = got.first->data;
        EXPECT_ROW_STR(rows[i].applied, made->level, str_of(rows[i].granted));
    }
}

/* The figures on record are below their gate: 89 of 100. */
TEST(a_hard_indicator_that_is_missed_blocks_its_level)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    f->state->figures[1].k = 90;
    struct event_list events = { 0 };
    EXPECT_OK(
        try_it(f, "reviewer", "decision.grant", "{'level':'ten'}", &events));
    f->state->figures[1].k = 89;
    NO(f, "reviewer", "decision.grant", "{'level':'ten'}", ERR_REFUSED,
       "decision.level");
    DO(f, "reviewer", "decision.grant", "{}");
    EXPECT_STR(f->state->decision->level, S("three"));
}

TEST(without_a_level_nothing_is_granted)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    f->state->deductions = 4; /* 100 - 4 = 96 */
    struct event_list events = { 0 };
    EXPECT_OK(try_it(f, "reviewer", "decision.grant", "{}", &events));
    f->state->deductions = 5; /* five fail whatever the score */
    NO(f, "reviewer", "decision.grant", "{}", ERR_REFUSED, "decision.no_level");
}

/* [DE3] [17065 7.6] */
TEST(who_grants_against_the_team_says_why)
{
    FIXTURE(f);

    go_to(f, STAGE_REPORT);
    DO(f, "lead", "report.issue", "{'recommended':false,'summary':'s'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    NO(f, "reviewer", "decision.grant", "{}", ERR_INVALID,
       "decision.against_team");
    DO(f, "reviewer", "decision.grant", "{'note':'答辩材料充分'}");
}

/* The refusal path. */
TEST(a_refusal_takes_effect_with_the_second_signature)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    NO(f, "reviewer", "decision.refuse", "{}", ERR_INVALID, "record.missing");
    DO(f, "reviewer", "decision.refuse", "{'reasons':'证据不足'}");
    EXPECT(f->state->stage == STAGE_DECISION);
    EXPECT(f->state->decision->outcome == OUTCOME_REFUSED);
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->stage == STAGE_ENDED);
    EXPECT(f->state->ending == ENDING_REFUSED);
    EXPECT(f->state->waiting == WAITING_NOBODY);
}

/* [DE4] the limit of the corrections is 2026-04-05. */
TEST(a_case_whose_corrections_never_came_is_refused_after_their_limit)
{
    FIXTURE(f);
    struct event_list events = { 0 };

    go_to(f, STAGE_CORRECTION);
    NO(f, "reviewer", "decision.grant", "{}", ERR_REFUSED, "rights.stage");
    set_today(f, "2026-04-05");
    NO(f, "reviewer", "decision.refuse", "{'reasons':'x'}", ERR_REFUSED,
       "decision.correcting");
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'c','action':'a','evidence':['e']}");
    set_today(f, "2026-04-06"); /* one waits to be judged */
    NO(f, "reviewer", "decision.refuse", "{'reasons':'x'}", ERR_REFUSED,
       "decision.correcting");
    DO(f, "auditor", "correction.return", "{'number':1,'note':'x'}");
    EXPECT_OK(
        try_it(f, "reviewer", "decision.refuse", "{'reasons':'x'}", &events));
    DO(f, "reviewer", "decision.refuse", "{'reasons':'逾期未整改'}");
    EXPECT(f->state->stage == STAGE_DECISION);
    NO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'c','action':'a','evidence':['e']}", ERR_REFUSED,
       "rights.stage");
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->ending == ENDING_REFUSED);
}

/* state.h [ST-3]: however it came about, nothing open is granted. */
TEST(an_open_nonconformity_blocks_the_grant)
{
    static const struct nonconformity open = {
        .number = 1,
        .indicator = S_INIT("1.1"),
        .grade = GRADE_MINOR,
    };
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    f->state->nonconformities[0].raised = &open;
    f->state->nonconformity_count = 1;
    NO(f, "reviewer", "decision.grant", "{}", ERR_REFUSED, "decision.open");
}

/* A package that sets no limit for the certificate. */
TEST(without_a_limit_the_certificate_is_never_due)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("after: decision, limit: 7wd", "after: decision");

    go_to(f, STAGE_CERTIFICATE);
    EXPECT(f->state->due == DAY_NEVER);
    DO(f, "certificates", "certificate.issue", "{}");
}
