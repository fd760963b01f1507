/* Conditions that go with a decision. [17065 7.6] [17065 7.7] */

#include "domain/condition.h"

#include "domain/test_fixture.h"
#include "domain/todo.h"

/* Granted on 2026-03-16, so issued by 2026-03-25 and a surveillance at the
 * latest on 2027-03-16. */
#define CONDITION(until) "{'text':'补齐备件清单','until':'" until "'}"
#define GRANT(list)      "{'conditions':[" list "]}"
#define ANSWER           "{'number':1,'text':'已补齐','evidence':['清单']}"

/* Issued on 2026-03-16 with one condition, to be met by 2026-09-30. */
static void conditioned(struct fixture *f)
{
    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.grant", GRANT(CONDITION("2026-09-30")));
    DO(f, "head", "decision.sign", "{}");
    DO(f, "certificates", "certificate.issue", "{}");
}

/* [CN3] both ends */
TEST(a_condition_has_a_day_after_the_issue_and_within_what_the_package_gives)
{
    static const struct attempt rows[] = {
        { "none", "reviewer", "decision.grant", GRANT(""), ALLOWED },
        { "on the last day for the certificate", "reviewer", "decision.grant",
          GRANT(CONDITION("2026-03-25")), ERR_REFUSED, "condition.until" },
        { "the day after", "reviewer", "decision.grant",
          GRANT(CONDITION("2026-03-26")), ALLOWED },
        { "the last day before the surveillance", "reviewer", "decision.grant",
          GRANT(CONDITION("2027-03-16")), ALLOWED },
        { "the day after that", "reviewer", "decision.grant",
          GRANT(CONDITION("2027-03-17")), ERR_REFUSED, "condition.until" },
        { "the second of two", "reviewer", "decision.grant",
          GRANT(CONDITION("2026-09-30") "," CONDITION("2027-03-17")),
          ERR_REFUSED, "condition.until" },
        { "without a day", "reviewer", "decision.grant", GRANT("{'text':'x'}"),
          ERR_INVALID, "record.missing" },
        { "without words", "reviewer", "decision.grant",
          GRANT("{'text':'','until':'2026-09-30'}"), ERR_INVALID,
          "record.length" },
    };
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    ATTEMPTS(f, rows);
}

TEST(a_package_may_give_conditions_less_time)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("conflict: 24m }", "conflict: 24m, condition: 90d }");

    go_to(f, STAGE_DECISION); /* on 2026-03-16 */
    NO(f, "reviewer", "decision.grant", GRANT(CONDITION("2026-06-15")),
       ERR_REFUSED, "condition.until");
    DO(f, "reviewer", "decision.grant", GRANT(CONDITION("2026-06-14")));
}

/* [CN3] Signed on 2026-03-17, the certificate is due on 2026-03-26. */
TEST(a_signature_that_comes_too_late_for_a_condition_is_refused)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.grant", GRANT(CONDITION("2026-03-26")));
    set_today(f, "2026-03-17");
    NO(f, "head", "decision.sign", "{}", ERR_REFUSED, "condition.late");
    DO(f, "head", "decision.return", "{'reasons':'条件期限过近'}");
    NO(f, "reviewer", "decision.grant", GRANT(CONDITION("2026-03-26")),
       ERR_REFUSED, "condition.until");
    DO(f, "reviewer", "decision.grant", GRANT(CONDITION("2026-03-27")));
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->due < f->state->conditions[0].until);
}

TEST(a_signature_on_the_last_day_for_a_condition_is_good)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.grant", GRANT(CONDITION("2026-03-26")));
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->due == on("2026-03-25"));
}

/* With a certificate a condition can be answered at once. */
TEST(in_a_later_round_the_signature_comes_before_the_day_of_a_condition)
{
    static const struct {
        const char *today;
        const char *refused;
    } rows[] = {
        { "2027-03-11", NULL },
        { "2027-03-12", "condition.late" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        certified(f, "2027-03-11");
        do_round_plan(f);
        do_round_audit(f);
        do_round_report(f);
        DO(f, "reviewer", "decision.grant", GRANT(CONDITION("2027-03-12")));
        set_today(f, rows[i].today);
        err e = give(f, "head", "decision.sign", "{}");
        if (rows[i].refused == NULL)
            EXPECT_ROW_OK(rows[i].today, e);
        else
            EXPECT_ROW_ERR(rows[i].today, e, ERR_REFUSED, rows[i].refused);
    }
}

/* [CN1] state.h [ST-3] */
TEST(a_condition_does_not_stand_for_a_nonconformity)
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
    NO(f, "reviewer", "decision.grant", GRANT(CONDITION("2026-09-30")),
       ERR_REFUSED, "decision.open");
}

/* [CN2] */
TEST(a_condition_binds_from_the_signature_and_is_answered_after_the_issue)
{
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.grant",
       GRANT(CONDITION("2026-09-30") "," CONDITION("2026-06-30")));
    EXPECT(f->state->condition_count == 0);
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->condition_count == 2);
    EXPECT(f->state->conditions[1].set->number == 2);
    EXPECT(f->state->conditions[1].until == on("2026-06-30"));
    NO(f, "applicant", "condition.answer", ANSWER, ERR_REFUSED, "rights.stage");
    DO(f, "certificates", "certificate.issue", "{}");
    DO(f, "applicant", "condition.answer", ANSWER);
    EXPECT(f->state->conditions[0].standing == CONDITION_ANSWERED);
    EXPECT(f->state->conditions[1].standing == CONDITION_OPEN);
    DO(f, "reviewer", "condition.judge", "{'number':1,'met':true}");
    EXPECT(f->state->conditions[0].standing == CONDITION_MET);
}

TEST(without_conditions_there_is_nothing_to_answer_and_to_judge)
{
    FIXTURE(f);

    go_to(f, STAGE_UPKEEP);
    NO(f, "applicant", "condition.answer", ANSWER, ERR_REFUSED,
       "condition.none_open");
    NO(f, "reviewer", "condition.judge", "{'number':1,'met':true}", ERR_REFUSED,
       "condition.none_answered");
    NO(f, "reviewer", "condition.extend",
       "{'number':1,'until':'2026-10-30','reason':'x'}", ERR_REFUSED,
       "condition.none_open");
}

/* [CN4] */
TEST(
    a_condition_is_answered_by_the_enterprise_and_judged_outside_the_evaluation)
{
    static const struct attempt before[] = {
        { "the enterprise", "applicant", "condition.answer", ANSWER, ALLOWED },
        { "without evidence", "applicant", "condition.answer",
          "{'number':1,'text':'已补齐'}", ERR_INVALID, "record.missing" },
        { "with a list of none", "applicant", "condition.answer",
          "{'number':1,'text':'已补齐','evidence':[]}", ERR_INVALID,
          "record.count" },
        { "no such number", "applicant", "condition.answer",
          "{'number':2,'text':'x','evidence':['x']}", ERR_NOT_FOUND,
          "condition.number" },
        { "somebody else's enterprise", "rival", "condition.answer", ANSWER,
          ERR_DENIED, "rights.own" },
        { "staff", "reviewer", "condition.answer", ANSWER, ERR_DENIED,
          "rights.role" },
        { "before the answer", "reviewer", "condition.judge",
          "{'number':1,'met':true}", ERR_REFUSED, "condition.none_answered" },
    };
    static const struct attempt after[] = {
        { "a reviewer", "reviewer", "condition.judge",
          "{'number':1,'met':true}", ALLOWED },
        { "an auditor of the round", "lead", "condition.judge",
          "{'number':1,'met':true}", ERR_DENIED, "rights.role" },
        { "a reviewer with a tie", "tied", "condition.judge",
          "{'number':1,'met':true}", ERR_DENIED, "rights.conflict" },
        { "the enterprise itself", "applicant", "condition.judge",
          "{'number':1,'met':true}", ERR_DENIED, "rights.role" },
        { "sent back with a note", "reviewer", "condition.judge",
          "{'number':1,'met':false,'note':'缺型号'}", ALLOWED },
        { "sent back without one", "reviewer", "condition.judge",
          "{'number':1,'met':false}", ERR_INVALID, "condition.note" },
        { "answered twice", "applicant", "condition.answer", ANSWER,
          ERR_REFUSED, "condition.none_open" },
    };
    FIXTURE(f);

    conditioned(f);
    ATTEMPTS(f, before);
    DO(f, "applicant", "condition.answer", ANSWER);
    ATTEMPTS(f, after);
}

/* [17065 7.6.2] of one who is auditor and reviewer. */
TEST(who_evaluated_judges_no_condition)
{
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    DO(f, "planner", "plan.make",
       "{'lead':'lead','members':['auditor','jack'],'from':'2026-03-02',"
       "'to':'2026-03-04','person_days':45}");
    DO(f, "applicant", "plan.agree", "{}");
    do_audit(f);
    do_report(f);
    DO(f, "reviewer", "decision.grant", GRANT(CONDITION("2026-09-30")));
    DO(f, "head", "decision.sign", "{}");
    DO(f, "certificates", "certificate.issue", "{}");
    DO(f, "applicant", "condition.answer", ANSWER);
    NO(f, "jack", "condition.judge", "{'number':1,'met':true}", ERR_DENIED,
       "rights.independent");
    NO(f, "jack", "condition.extend",
       "{'number':1,'until':'2026-10-30','reason':'x'}", ERR_DENIED,
       "rights.independent");
}

TEST(what_was_sent_back_is_answered_anew)
{
    FIXTURE(f);

    conditioned(f);
    DO(f, "applicant", "condition.answer", ANSWER);
    NO(f, "reviewer", "condition.extend",
       "{'number':1,'until':'2026-10-30','reason':'x'}", ERR_REFUSED,
       "condition.none_open");
    DO(f, "reviewer", "condition.judge",
       "{'number':1,'met':false,'note':'缺型号'}");
    EXPECT(f->state->conditions[0].standing == CONDITION_OPEN);
    DO(f, "applicant", "condition.answer", ANSWER);
    DO(f, "reviewer", "condition.judge", "{'number':1,'met':true}");
    NO(f, "applicant", "condition.answer", ANSWER, ERR_REFUSED,
       "condition.none_open");
    EXPECT(state_is_involved(f->state, person_of(f, "reviewer")->id));
}

/* Among several each goes its own way. */
TEST(each_condition_stands_by_itself)
{
    static const struct attempt rows[] = {
        { "met", "applicant", "condition.answer", ANSWER, ERR_REFUSED,
          "condition.met_already" },
        { "answered", "applicant", "condition.answer",
          "{'number':2,'text':'x','evidence':['x']}", ERR_REFUSED,
          "condition.answered_already" },
        { "open", "applicant", "condition.answer",
          "{'number':3,'text':'x','evidence':['x']}", ALLOWED },
        { "to judge an open one", "reviewer", "condition.judge",
          "{'number':3,'met':true}", ERR_REFUSED, "condition.not_answered" },
    };
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.grant",
       GRANT(CONDITION("2026-09-30") "," CONDITION("2026-09-30") "," CONDITION(
           "2026-09-30")));
    DO(f, "head", "decision.sign", "{}");
    DO(f, "certificates", "certificate.issue", "{}");
    DO(f, "applicant", "condition.answer", ANSWER);
    DO(f, "reviewer", "condition.judge", "{'number':1,'met':true}");
    DO(f, "applicant", "condition.answer",
       "{'number':2,'text':'x','evidence':['x']}");
    ATTEMPTS(f, rows);
}

/* [CN4] counted from today: 2026-10-05 and twelve months. */
TEST(the_day_of_a_condition_is_put_off_once)
{
    static const struct attempt rows[] = {
        { "by a day", "reviewer", "condition.extend",
          "{'number':1,'until':'2026-10-06','reason':'缺货'}", ALLOWED },
        { "to today", "reviewer", "condition.extend",
          "{'number':1,'until':'2026-10-05','reason':'缺货'}", ERR_REFUSED,
          "condition.until" },
        { "to the last day", "reviewer", "condition.extend",
          "{'number':1,'until':'2027-10-05','reason':'缺货'}", ALLOWED },
        { "by a day more", "reviewer", "condition.extend",
          "{'number':1,'until':'2027-10-06','reason':'缺货'}", ERR_REFUSED,
          "condition.until" },
        { "without a reason", "reviewer", "condition.extend",
          "{'number':1,'until':'2026-10-06'}", ERR_INVALID, "record.missing" },
        { "by the planner", "planner", "condition.extend",
          "{'number':1,'until':'2026-10-06','reason':'缺货'}", ERR_DENIED,
          "rights.role" },
    };
    FIXTURE(f);

    conditioned(f);
    NO(f, "reviewer", "condition.extend",
       "{'number':1,'until':'2026-09-30','reason':'x'}", ERR_REFUSED,
       "condition.until"); /* as it is */
    set_today(f, "2026-10-05");
    ATTEMPTS(f, rows);
    DO(f, "reviewer", "condition.extend",
       "{'number':1,'until':'2026-10-31','reason':'缺货'}");
    EXPECT(f->state->conditions[0].until == on("2026-10-31"));
    NO(f, "reviewer", "condition.extend",
       "{'number':1,'until':'2026-11-30','reason':'缺货'}", ERR_REFUSED,
       "condition.extended_already");
}

/* --- what waits [CN5] ------------------------------------------------------
 */

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

TEST(a_condition_that_is_not_met_by_its_day_is_a_task_to_suspend)
{
    FIXTURE(f);

    conditioned(f);
    const struct task *meet = find_task(f, TASK_MEET_CONDITION);
    const struct task *act = find_task(f, TASK_SUSPEND_UNMET);

    EXPECT(meet != NULL && act != NULL);
    if (meet == NULL || act == NULL)
        return;
    EXPECT(meet->number == 1 && meet->due == on("2026-09-30"));
    EXPECT(task_is_open(meet, f->facts.today));
    EXPECT(!task_is_open(act, on("2026-09-30")));
    EXPECT(task_is_open(act, on("2026-10-01")));
    EXPECT(act->due == on("2026-10-05"));
    DO(f, "applicant", "condition.answer", ANSWER);
    EXPECT(find_task(f, TASK_SUSPEND_UNMET) == NULL);
    EXPECT(find_task(f, TASK_MEET_CONDITION) == NULL);
    EXPECT(find_task(f, TASK_JUDGE_CONDITION) != NULL);
    DO(f, "reviewer", "condition.judge", "{'number':1,'met':true}");
    EXPECT(find_task(f, TASK_JUDGE_CONDITION) == NULL);
    EXPECT(find_task(f, TASK_SUSPEND_UNMET) == NULL);
}

/* Nothing happens by itself; who was suspended can still meet it. */
TEST(a_person_suspends_for_an_unmet_condition_and_it_can_still_be_met)
{
    FIXTURE(f);

    conditioned(f);
    set_today(f, "2026-10-01");
    EXPECT(f->state->status == CERTIFICATE_VALID);
    DO(f, "certificates", "certificate.suspend",
       "{'code':'0111','reasons':'条件逾期','confirmed':'2026-10-01'}");
    EXPECT(find_task(f, TASK_SUSPEND_UNMET) == NULL);
    DO(f, "applicant", "condition.answer", ANSWER);
    DO(f, "reviewer", "condition.judge", "{'number':1,'met':true}");
    DO(f, "reviewer", "certificate.restore", "{'reasons':'已补齐'}");
    EXPECT(f->state->status == CERTIFICATE_VALID);
    EXPECT(find_task(f, TASK_MEET_CONDITION) == NULL);
}

TEST(with_the_certificate_its_conditions_end)
{
    FIXTURE(f);

    conditioned(f);
    set_today(f, "2029-03-16");
    NO(f, "applicant", "condition.answer", ANSWER, ERR_REFUSED, "life.expired");
    EXPECT_OK(give(f, NULL, "certificate.expire", "{}"));
    EXPECT(find_task(f, TASK_MEET_CONDITION) == NULL);
    NO(f, "applicant", "condition.answer", ANSWER, ERR_REFUSED, "rights.stage");
}

/* --- what it is not ---------------------------------------------------------
 */

/* [CN6] */
TEST(the_public_reads_of_no_condition)
{
    FIXTURE(f);

    conditioned(f);
    DO(f, "applicant", "condition.answer", ANSWER);
    DO(f, "reviewer", "condition.judge", "{'number':1,'met':true}");
    EXPECT(f->public_count == 1);
    for (size_t i = 0; i < f->public_count; i++) {
        EXPECT(!str_contains(f->publics[i]->text, S("条件")));
        EXPECT(!str_contains(f->publics[i]->text, S("备件清单")));
        EXPECT(!str_contains(f->publics[i]->text, S("condition")));
    }
}

/* state.h [ST-13] A later round's conditions are counted on. */
TEST(conditions_of_a_later_round_follow_on_those_of_the_first)
{
    FIXTURE(f);

    conditioned(f);
    set_today(f, "2027-03-01");
    do_round_plan(f);
    do_round_audit(f);
    do_round_report(f);
    DO(f, "reviewer", "decision.grant", GRANT(CONDITION("2027-03-02")));
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->condition_count == 2);
    EXPECT(f->state->conditions[1].set->number == 2);
    EXPECT(f->state->conditions[0].standing == CONDITION_OPEN);
    EXPECT(f->state->conditions[1].decision == f->state->decision);
}

/* A round close to the end of the certificate. */
TEST(no_condition_goes_on_after_its_certificate)
{
    FIXTURE(f);

    conditioned(f);
    set_today(f, "2028-12-01");
    do_round_plan(f);
    do_round_audit(f);
    do_round_report(f);
    NO(f, "reviewer", "decision.grant", GRANT(CONDITION("2029-03-16")),
       ERR_REFUSED, "condition.until");
    DO(f, "reviewer", "decision.grant", GRANT(CONDITION("2029-03-15")));
}

/* state.h [ST-13]: whatever a journal says. */
TEST(every_condition_is_of_a_granted_decision_and_in_order)
{
    static const struct decision refused = { .outcome = OUTCOME_REFUSED };
    static const struct condition second = { .number = 2 };
    FIXTURE(f);

    conditioned(f);
    struct condition_state *x = &f->state->conditions[0];
    const struct condition_state as_it_was = *x;
    EXPECT_STR(str_of(state_invariant(f->state)), str_of(NULL));
    x->decision = &refused;
    EXPECT_STR(str_of(state_invariant(f->state)), S("ST-13"));
    *x = as_it_was;
    x->set = &second;
    EXPECT_STR(str_of(state_invariant(f->state)), S("ST-13"));
    NO(f, "applicant", "condition.answer", ANSWER, ERR_CORRUPT,
       "case.invariant");
}

/* [CN1] */
TEST(a_case_has_a_hundred_conditions_at_most)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "the hundredth", "reviewer", "decision.grant",
          GRANT(CONDITION("2026-09-30")), ALLOWED },
        { "one more", "reviewer", "decision.grant",
          GRANT(CONDITION("2026-09-30") "," CONDITION("2026-09-30")), ERR_LIMIT,
          "condition.too_many" },
    };

    go_to(f, STAGE_DECISION);
    const struct decision granted = { .outcome = OUTCOME_GRANTED };
    for (int32_t i = 0; i < CONDITION_MAX - 1; i++) {
        struct condition *set = arena_zero(&f->arena, sizeof *set);

        set->number = i + 1;
        f->state->conditions[i] =
            (struct condition_state){ .set = set, .decision = &granted };
    }
    f->state->condition_count = CONDITION_MAX - 1;
    ATTEMPTS(f, rows);
}

/* [CN3] The certificate may be issued the same day, then. */
TEST(without_a_limit_for_the_certificate_a_condition_is_of_tomorrow)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "today", "reviewer", "decision.grant", GRANT(CONDITION("2026-03-16")),
          ERR_REFUSED, "condition.until" },
        { "tomorrow", "reviewer", "decision.grant",
          GRANT(CONDITION("2026-03-17")), ALLOWED },
    };

    go_to(f, STAGE_DECISION);
    f->scheme->stages[STAGE_CERTIFICATE].has_limit = false;
    ATTEMPTS(f, rows);
}

/* state.h [ST-8] A journal that says more all the same. */
TEST(a_case_takes_so_many_conditions_and_no_more)
{
    static const struct decision_signed granted = {
        .outcome = OUTCOME_GRANTED,
        .issue_due = DAY_NEVER,
        .next_due = DAY_NEVER,
    };
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    DO(f, "reviewer", "decision.grant",
       GRANT(CONDITION("2026-09-30") "," CONDITION("2026-06-30")));
    struct event e = { .kind = event_kind_find(S("decision.signed"), 1),
                       .on = f->facts.today,
                       .data = &granted };
    f->state->condition_count = CONDITION_MAX - 1;
    e.kind->apply(f->state, &e);
    EXPECT(f->state->condition_count == CONDITION_MAX);
    EXPECT(f->state->overflow);
    EXPECT(f->state->conditions[CONDITION_MAX - 1].until == on("2026-09-30"));
}
