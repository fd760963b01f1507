/* What a panel has before it when it votes, and what waits for it. [17065 7.5]
 * [17065 7.6] */

#include "domain/panel.h"

#include "domain/condition.h"
#include "domain/test_fixture.h"
#include "domain/todo.h"

#include <stdio.h>

#define YES   "{'outcome':'granted','reasons':'材料齐全'}"
#define NO_   "{'outcome':'refused','reasons':'样本不足'}"
#define THREE "{'outcome':'granted','level':'three','reasons':'首次解决率偏低'}"
#define NAMED                                                                  \
    "{'chair':'reviewer','members':['critic','umpire'],'experts':['expert']}"
#define ADVICE "{'text':'热线录音只保存一周'}"
/* Granted on 2026-03-16 the certificate is due on 2026-03-25. */
#define ON(until) "{'conditions':[{'text':'补齐录音','until':'" until "'}]}"

/* On 2026-03-16: reviewer (chair), critic and umpire vote; expert advises. */
static void empanel(struct fixture *f)
{
    go_to(f, STAGE_DECISION);
    DO(f, "planner", "decision.panel", NAMED);
}

static void all_vote(struct fixture *f, const char *json)
{
    DO(f, "reviewer", "decision.vote", json);
    DO(f, "critic", "decision.vote", json);
    DO(f, "umpire", "decision.vote", json);
}

/* --- advice [MO1] --------------------------------------------------------- */

/* [PN9] By the package's word, and not without it. */
TEST(a_panel_votes_before_its_experts_advise_unless_the_package_says_otherwise)
{
    static const struct {
        const char *word;
        const char *experts;
        bool waits;
    } rows[] = {
        { "", "['expert']", false },
        { "advice: optional\n", "['expert']", false },
        { "advice: before_vote\n", "['expert']", true },
        { "advice: before_vote\n", "[]", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char stages[100];
        char named[200];

        (void)snprintf(stages, sizeof stages, "defence: true\n%ssurveillance",
                       rows[i].word);
        (void)snprintf(named, sizeof named,
                       "{'chair':'reviewer','members':['critic','umpire'],"
                       "'experts':%s}",
                       rows[i].experts);
        scoped(fixture_end) struct fixture *f =
            fixture_with("defence: true\nsurveillance", stages);
        go_to(f, STAGE_DECISION);
        DO(f, "planner", "decision.panel", named);
        if (rows[i].waits)
            NO(f, "critic", "decision.vote", YES, ERR_REFUSED,
               "panel.advice_owed");
        else
            DO(f, "critic", "decision.vote", YES);
    }
}

static struct fixture *advised_first(void)
{
    return fixture_with("defence: true\nsurveillance",
                        "defence: true\nadvice: before_vote\nsurveillance");
}

/* Each expert: the last one's advice opens the vote, and a panel without those
 * who do not advise goes on. */
TEST(the_vote_opens_with_the_advice_of_the_last_expert)
{
    static const char two[] =
        "{'chair':'reviewer','members':['critic','umpire'],"
        "'experts':['expert','appeal']}";
    scoped(fixture_end) struct fixture *f = advised_first();

    person_of(f, "appeal")->roles |= ROLE_BIT(ROLE_EXPERT);
    person_of(f, "appeal")->qualification =
        person_of(f, "expert")->qualification;
    go_to(f, STAGE_DECISION);
    DO(f, "planner", "decision.panel", two);
    DO(f, "expert", "decision.advise", ADVICE);
    NO(f, "critic", "decision.vote", YES, ERR_REFUSED, "panel.advice_owed");
    DO(f, "reviewer", "decision.propose", "{}"); /* is no vote */
    DO(f, "appeal", "decision.advise", ADVICE);
    all_vote(f, YES);
    DO(f, "reviewer", "decision.grant", "{}");
    fixture_end(&f);

    f = advised_first();
    empanel(f);
    NO(f, "critic", "decision.vote", YES, ERR_REFUSED, "panel.advice_owed");
    DO(f, "planner", "decision.panel",
       "{'chair':'reviewer','members':['critic','umpire'],"
       "'reason':'专家生病'}");
    all_vote(f, YES);
}

TEST(only_an_expert_of_the_panel_advises_it)
{
    static const struct attempt rows[] = {
        { "the expert", "expert", "decision.advise", ADVICE, ALLOWED },
        { "an expert without a seat", "appeal", "decision.advise", ADVICE,
          ERR_DENIED, "panel.not_advising" },
        { "a member who is an expert, too", "critic", "decision.advise", ADVICE,
          ERR_DENIED, "panel.not_advising" },
        { "a member", "umpire", "decision.advise", ADVICE, ERR_DENIED,
          "rights.role" },
        { "without a word", "expert", "decision.advise", "{}", ERR_INVALID,
          "record.missing" },
    };
    FIXTURE(f);

    person_of(f, "appeal")->roles |= ROLE_BIT(ROLE_EXPERT);
    person_of(f, "critic")->roles |= ROLE_BIT(ROLE_EXPERT);
    go_to(f, STAGE_DECISION);
    NO(f, "expert", "decision.advise", ADVICE, ERR_REFUSED, "panel.none");
    fixture_end(&f);

    f = fixture_new();
    person_of(f, "appeal")->roles |= ROLE_BIT(ROLE_EXPERT);
    person_of(f, "critic")->roles |= ROLE_BIT(ROLE_EXPERT);
    empanel(f);
    ATTEMPTS(f, rows);
}

TEST(advice_comes_before_the_first_vote_and_is_none)
{
    FIXTURE(f);
    const struct advice *kept;

    empanel(f);
    DO(f, "expert", "decision.advise", "{'text':'x'}");
    DO(f, "expert", "decision.advise", ADVICE); /* the newest counts */
    kept = f->state->panel.advice[3];
    EXPECT(kept != NULL && str_eq(kept->text, S("热线录音只保存一周")));
    EXPECT(!panel_has_voted(f->state));
    NO(f, "reviewer", "decision.grant", "{}", ERR_REFUSED, "panel.votes_open");
    DO(f, "critic", "decision.vote", YES);
    NO(f, "expert", "decision.advise", ADVICE, ERR_REFUSED, "panel.voting");
    DO(f, "reviewer", "decision.vote", YES);
    DO(f, "umpire", "decision.vote", YES);
    DO(f, "reviewer", "decision.grant", "{}");
    NO(f, "expert", "decision.advise", ADVICE, ERR_REFUSED,
       "decision.made_already");
    DO(f, "head", "decision.return", "{'reasons':'请核对录音'}");
    EXPECT(f->state->panel.advice[3] == kept); /* it outlives the votes */
    DO(f, "expert", "decision.advise", "{'text':'已核对'}");
    EXPECT(state_is_involved(f->state, person_of(f, "expert")->id));
}

/* A question that is open keeps nobody from advising. */
TEST(an_expert_advises_while_a_question_is_open)
{
    FIXTURE(f);

    empanel(f);
    DO(f, "critic", "decision.question", "{'reasons':'谁核对名单？'}");
    DO(f, "expert", "decision.advise", ADVICE);
}

/* [PN7] */
TEST(another_panel_begins_without_advice_and_without_conditions)
{
    FIXTURE(f);

    empanel(f);
    DO(f, "expert", "decision.advise", ADVICE);
    DO(f, "reviewer", "decision.propose", ON("2026-09-30"));
    DO(f, "planner", "decision.panel",
       "{'chair':'jack','members':['reviewer','critic'],"
       "'experts':['expert'],'reason':'有人请假'}");
    EXPECT(f->state->panel.advice[3] == NULL);
    EXPECT(f->state->panel.motion == NULL);
}

/* --- conditions [MO3] ----------------------------------------------------- */

TEST(only_the_chair_proposes_and_only_days_that_can_be_met)
{
    static const struct attempt rows[] = {
        { "the chair", "reviewer", "decision.propose", ON("2026-03-26"),
          ALLOWED },
        { "the day the certificate is due", "reviewer", "decision.propose",
          ON("2026-03-25"), ERR_REFUSED, "condition.until" },
        { "none, which takes them back", "reviewer", "decision.propose", "{}",
          ALLOWED },
        { "a member", "critic", "decision.propose", ON("2026-03-26"),
          ERR_DENIED, "panel.not_chair" },
        { "a reviewer without a seat", "jack", "decision.propose",
          ON("2026-03-26"), ERR_DENIED, "panel.not_chair" },
        { "an expert", "expert", "decision.propose", ON("2026-03-26"),
          ERR_DENIED, "rights.role" },
    };
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    NO(f, "reviewer", "decision.propose", "{}", ERR_REFUSED, "panel.none");
    DO(f, "planner", "decision.panel",
       "{'chair':'reviewer','members':['critic','umpire']}");
    ATTEMPTS(f, rows);
    DO(f, "critic", "decision.question", "{'reasons':'谁核对名单？'}");
    NO(f, "reviewer", "decision.propose", "{}", ERR_REFUSED,
       "decision.question_open");
}

static size_t voted_for(const struct fixture *f, size_t seat)
{
    const struct vote *v = f->state->panel.votes[seat];

    return v == NULL ? 0 : v->conditions.n;
}

TEST(whoever_votes_to_grant_votes_for_the_conditions)
{
    FIXTURE(f);

    empanel(f);
    DO(f, "critic", "decision.vote", YES);
    DO(f, "reviewer", "decision.propose", ON("2026-09-30"));
    EXPECT(!panel_has_voted(f->state)); /* it was a vote for something else */
    DO(f, "reviewer", "decision.vote", YES);
    DO(f, "critic", "decision.vote", NO_);
    DO(f, "umpire", "decision.vote", YES);
    EXPECT(voted_for(f, 0) == 1);
    EXPECT(voted_for(f, 1) == 0);
    EXPECT(voted_for(f, 2) == 1);
    NO(f, "reviewer", "decision.grant", ON("2026-09-30"), ERR_INVALID,
       "panel.conditions");
    DO(f, "reviewer", "decision.grant", "{}");
    EXPECT(f->state->decision->conditions.n == 1);
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->condition_count == 1);
    EXPECT(f->state->conditions[0].until == on("2026-09-30"));
}

TEST(what_the_panel_refuses_has_no_conditions)
{
    FIXTURE(f);

    empanel(f);
    DO(f, "reviewer", "decision.propose", ON("2026-09-30"));
    all_vote(f, NO_);
    DO(f, "reviewer", "decision.refuse", "{'reasons':'样本不足'}");
    EXPECT(f->state->decision->conditions.n == 0);
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->condition_count == 0);
}

TEST(a_panel_that_takes_its_conditions_back_grants_without)
{
    FIXTURE(f);

    empanel(f);
    DO(f, "reviewer", "decision.propose", ON("2026-09-30"));
    DO(f, "reviewer", "decision.propose", "{}");
    all_vote(f, YES);
    DO(f, "reviewer", "decision.grant", "{}");
    EXPECT(f->state->decision->conditions.n == 0);
}

/* [CN3] Decided on 2026-03-17 the certificate is due on 2026-03-26. */
TEST(a_panel_that_decides_late_proposes_a_later_day)
{
    FIXTURE(f);

    empanel(f);
    DO(f, "reviewer", "decision.propose", ON("2026-03-26"));
    all_vote(f, YES);
    set_today(f, "2026-03-17");
    NO(f, "reviewer", "decision.grant", "{}", ERR_REFUSED, "condition.late");
    DO(f, "reviewer", "decision.propose", ON("2026-03-27"));
    NO(f, "reviewer", "decision.grant", "{}", ERR_REFUSED, "panel.votes_open");
    all_vote(f, YES);
    DO(f, "reviewer", "decision.grant", "{}");
}

/* state.h [ST-14]: whatever a journal says. */
TEST(a_decision_with_conditions_nobody_voted_on_is_never_signed)
{
    struct condition another = { 1, S_INIT("补齐录音"), 1 };
    struct decision forged;
    FIXTURE(f);

    empanel(f);
    DO(f, "reviewer", "decision.propose", ON("2026-09-30"));
    all_vote(f, YES);
    DO(f, "reviewer", "decision.grant", "{}");
    EXPECT_STR(str_of(state_invariant(f->state)), str_of(NULL));
    forged = *f->state->decision;
    f->state->decision = &forged;
    EXPECT_STR(str_of(state_invariant(f->state)), str_of(NULL));
    forged.conditions = (struct list){ &another, 1 };
    EXPECT_STR(str_of(state_invariant(f->state)), S("ST-14"));
    forged.conditions = (struct list){ 0 };
    EXPECT_STR(str_of(state_invariant(f->state)), S("ST-14"));
    f->state->panel.motion = NULL; /* a journal from before proposals */
    forged.conditions = (struct list){ &another, 1 };
    EXPECT_STR(str_of(state_invariant(f->state)), str_of(NULL));
}

/* --- what waits ------------------------------------------------------------
 */

static size_t count_tasks(struct fixture *f, enum task_kind kind,
                          const char *login)
{
    const struct todo_facts facts = { DAY_NEVER, false };
    struct list l = { 0 };
    size_t n = 0;

    EXPECT_OK(todo_make(&f->arena, f->state, &facts, &l));
    for (size_t i = 0; i < l.n; i++) {
        const struct task *t = (const struct task *)l.p + i;

        n += t->kind == kind &&
             (login == NULL || id_eq(t->person, person_of(f, login)->id));
    }
    return n;
}

TEST(a_decision_of_a_panel_waits_for_its_naming_its_votes_and_its_chair)
{
    scoped(fixture_end) struct fixture *f =
        fixture_with("defence: true\nsurveillance",
                     "defence: true\ndecision: panel\nsurveillance");

    go_to(f, STAGE_DECISION);
    EXPECT(count_tasks(f, TASK_NAME_PANEL, NULL) == 1);
    EXPECT(count_tasks(f, TASK_DECIDE, NULL) == 0);
    DO(f, "planner", "decision.panel", NAMED);
    EXPECT(count_tasks(f, TASK_NAME_PANEL, NULL) == 0);
    EXPECT(count_tasks(f, TASK_VOTE, NULL) == 3);
    EXPECT(count_tasks(f, TASK_VOTE, "expert") == 0);
    EXPECT(count_tasks(f, TASK_ADVISE, NULL) == 1);
    EXPECT(count_tasks(f, TASK_ADVISE, "expert") == 1);
    DO(f, "critic", "decision.vote", YES);
    EXPECT(count_tasks(f, TASK_VOTE, "critic") == 0);
    EXPECT(count_tasks(f, TASK_VOTE, NULL) == 2);
    EXPECT(count_tasks(f, TASK_ADVISE, NULL) == 0); /* they vote already */
    DO(f, "umpire", "decision.vote", NO_);
    DO(f, "reviewer", "decision.vote", THREE);
    EXPECT(count_tasks(f, TASK_VOTE, NULL) == 3); /* nobody agrees */
    EXPECT(count_tasks(f, TASK_DECIDE, NULL) == 0);
    DO(f, "umpire", "decision.vote", YES);
    EXPECT(count_tasks(f, TASK_VOTE, NULL) == 0);
    EXPECT(count_tasks(f, TASK_DECIDE, "reviewer") == 1);
    DO(f, "reviewer", "decision.grant", "{}");
    EXPECT(count_tasks(f, TASK_COUNTERSIGN, NULL) == 1);
}

/* [PN9] [M19] */
TEST(no_vote_waits_while_advice_is_owed)
{
    scoped(fixture_end) struct fixture *f = advised_first();

    empanel(f);
    EXPECT(count_tasks(f, TASK_VOTE, NULL) == 0);
    EXPECT(count_tasks(f, TASK_ADVISE, "expert") == 1);
    DO(f, "expert", "decision.advise", ADVICE);
    EXPECT(count_tasks(f, TASK_VOTE, NULL) == 3);
    EXPECT(count_tasks(f, TASK_ADVISE, NULL) == 0);
}

/* --- while corrections are awaited [DE4] ---------------------------------- */

static const struct task *task_of(struct fixture *f, enum task_kind kind,
                                  const char *login)
{
    const struct todo_facts facts = { DAY_NEVER, false };
    struct list l = { 0 };

    EXPECT_OK(todo_make(&f->arena, f->state, &facts, &l));
    for (size_t i = 0; i < l.n; i++) {
        const struct task *t = (const struct task *)l.p + i;

        if (t->kind == kind && id_eq(t->person, person_of(f, login)->id))
            return t;
    }
    return NULL;
}

/* The limit of the corrections is 2026-04-05. */
TEST(a_panel_votes_in_the_correction_stage_once_its_limit_has_passed)
{
    const struct task *t;
    FIXTURE(f);

    go_to(f, STAGE_CORRECTION);
    DO(f, "planner", "decision.panel", NAMED);
    t = task_of(f, TASK_VOTE, "critic");
    EXPECT(t != NULL && t->opens == on("2026-04-06") && t->due == DAY_NEVER);
    EXPECT(task_of(f, TASK_ADVISE, "expert") != NULL);
    EXPECT(task_of(f, TASK_REFUSE, "reviewer") == NULL);
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'c','action':'a','evidence':['e']}");
    EXPECT(task_of(f, TASK_VOTE, "critic") == NULL); /* it is to be verified */
    DO(f, "auditor", "correction.return", "{'number':1,'note':'缺签到'}");
    set_today(f, "2026-04-06");
    all_vote(f, NO_);
    EXPECT(task_of(f, TASK_VOTE, "critic") == NULL);
    t = task_of(f, TASK_REFUSE, "reviewer");
    EXPECT(t != NULL && t->opens == on("2026-04-06"));
    EXPECT(task_of(f, TASK_DECIDE, "reviewer") == NULL);
    DO(f, "reviewer", "decision.refuse", "{'reasons':'逾期未整改'}");
    EXPECT(task_of(f, TASK_REFUSE, "reviewer") == NULL);
}

/* Sent back by the head, and given time after all: they have to vote again. */
TEST(a_panel_votes_anew_when_a_refusal_was_sent_back_and_nothing_came)
{
    FIXTURE(f);

    go_to(f, STAGE_CORRECTION);
    DO(f, "planner", "decision.panel",
       "{'chair':'reviewer','members':['critic','umpire']}");
    set_today(f, "2026-04-06");
    all_vote(f, NO_);
    DO(f, "reviewer", "decision.refuse", "{'reasons':'逾期未整改'}");
    DO(f, "head", "decision.return", "{'reasons':'再给一次机会'}");
    EXPECT(task_of(f, TASK_VOTE, "critic") != NULL);
    DO(f, "planner", "correction.extend",
       "{'until':'2026-04-20','reason':'供应商停产'}");
    EXPECT(f->state->stage == STAGE_CORRECTION);
    const struct task *t = task_of(f, TASK_VOTE, "critic");
    EXPECT(t != NULL && t->opens == on("2026-04-21"));
    set_today(f, "2026-04-21");
    DO(f, "critic", "decision.vote", NO_);
}

/* A decision that says otherwise than what was voted on is none of the panel's,
 * whoever wrote the journal. [MO3] [ST] */
TEST(a_decision_has_the_conditions_that_were_proposed_to_the_letter)
{
    static const struct {
        const char *why;
        struct condition given;
        bool same;
    } rows[] = {
        { "the same", { 1, S_INIT("补齐录音"), 100 }, true },
        { "another number", { 2, S_INIT("补齐录音"), 100 }, false },
        { "another day", { 1, S_INIT("补齐录音"), 101 }, false },
        { "other words", { 1, S_INIT("补齐录像"), 100 }, false },
    };
    struct condition proposed = { 1, S_INIT("补齐录音"), 100 };
    FIXTURE(f);
    struct motion put = { { &proposed, 1 } };

    go_to(f, STAGE_DECISION);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct condition given = rows[i].given;
        struct decision made = { .outcome = OUTCOME_GRANTED,
                                 .conditions = { &given, 1 } };

        f->state->panel.motion = &put;
        EXPECT_ROW(rows[i].why,
                   panel_proposed(f->state, &made) == rows[i].same);
        made.outcome = OUTCOME_REFUSED; /* a refusal has none */
        EXPECT_ROW(rows[i].why, panel_proposed(f->state, &made));
        made.outcome = OUTCOME_GRANTED;
        made.conditions.n = 0;
        EXPECT_ROW(rows[i].why, !panel_proposed(f->state, &made));
        f->state->panel.motion = NULL;
        EXPECT_ROW(rows[i].why, panel_proposed(f->state, &made));
    }
}
