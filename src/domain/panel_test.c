/* A panel that decides. [17065 7.5] [17065 7.6] [条例 22] */

#include "domain/panel.h"

#include "domain/test_fixture.h"

#define NAMED                                                                  \
    "{'chair':'reviewer','members':['critic','umpire'],'experts':['expert']}"
#define YES   "{'outcome':'granted','reasons':'材料齐全'}"
#define NO_   "{'outcome':'refused','reasons':'样本不足'}"
#define THREE "{'outcome':'granted','level':'three','reasons':'首次解决率偏低'}"

static struct fixture *with_panel_required(void)
{
    return fixture_with("defence: true\nsurveillance",
                        "defence: true\ndecision: panel\nsurveillance");
}

/* Named on 2026-03-16: reviewer, critic and umpire vote; expert advises. */
static void empanel(struct fixture *f)
{
    go_to(f, STAGE_DECISION);
    DO(f, "planner", "decision.panel", NAMED);
}

static void vote(struct fixture *f, const char *reviewer, const char *critic,
                 const char *umpire)
{
    DO(f, "reviewer", "decision.vote", reviewer);
    DO(f, "critic", "decision.vote", critic);
    DO(f, "umpire", "decision.vote", umpire);
}

/* --- who sits there [PN1] [PN2] ------------------------------------------- */

TEST(a_panel_is_an_odd_number_of_reviewers_who_took_no_part)
{
    static const struct attempt rows[] = {
        { "three", "planner", "decision.panel",
          "{'chair':'reviewer','members':['critic','umpire']}", ALLOWED },
        { "one", "planner", "decision.panel", "{'chair':'reviewer'}",
          ERR_INVALID, "panel.odd" },
        { "two", "planner", "decision.panel",
          "{'chair':'reviewer','members':['critic']}", ERR_INVALID,
          "panel.odd" },
        { "four", "planner", "decision.panel",
          "{'chair':'reviewer','members':['critic','umpire','jack']}",
          ERR_INVALID, "panel.odd" },
        { "an expert has no vote", "planner", "decision.panel",
          "{'chair':'reviewer','members':['critic'],'experts':['expert']}",
          ERR_INVALID, "panel.odd" },
        { "an expert beside them", "planner", "decision.panel", NAMED,
          ALLOWED },
        { "the same twice", "planner", "decision.panel",
          "{'chair':'reviewer','members':['critic','reviewer']}", ERR_INVALID,
          "panel.twice" },
        { "no reviewer", "planner", "decision.panel",
          "{'chair':'reviewer','members':['critic','head']}", ERR_REFUSED,
          "panel.not_reviewer" },
        { "no expert", "planner", "decision.panel",
          "{'chair':'reviewer','members':['critic','umpire'],"
          "'experts':['finance']}",
          ERR_REFUSED, "panel.not_expert" },
        { "a tie", "planner", "decision.panel",
          "{'chair':'tied','members':['critic','umpire']}", ERR_REFUSED,
          "panel.tied" },
        { "nobody of this name", "planner", "decision.panel",
          "{'chair':'nobody','members':['critic','umpire']}", ERR_NOT_FOUND,
          "plan.person" },
        { "by a reviewer", "reviewer", "decision.panel", NAMED, ERR_DENIED,
          "rights.role" },
        { "by quality", "quality", "decision.panel", NAMED, ERR_DENIED,
          "rights.role" },
        { "by the head", "head", "decision.panel", NAMED, ERR_DENIED,
          "rights.role" },
        { "a vote without a panel", "reviewer", "decision.vote", YES,
          ERR_REFUSED, "panel.none" },
    };
    FIXTURE(f);

    go_to(f, STAGE_DECISION);
    ATTEMPTS(f, rows);
}

/* jack is auditor, reviewer and head; the expert came along, too; spare
 * reviewed a document. */
TEST(who_evaluated_has_no_seat)
{
    static const struct attempt rows[] = {
        { "an auditor who is a reviewer", "planner", "decision.panel",
          "{'chair':'reviewer','members':['critic','jack']}", ERR_REFUSED,
          "panel.on_team" },
        { "an expert of the team", "planner", "decision.panel", NAMED,
          ERR_REFUSED, "panel.on_team" },
        { "who reviewed the documents, and is on no team", "planner",
          "decision.panel", "{'chair':'spare','members':['critic','umpire']}",
          ERR_REFUSED, "panel.evaluated" },
        { "others", "planner", "decision.panel",
          "{'chair':'reviewer','members':['critic','umpire']}", ALLOWED },
    };
    FIXTURE(f);

    person_of(f, "spare")->roles |= ROLE_BIT(ROLE_REVIEWER);
    go_to(f, STAGE_DOCUMENTS);
    DO(f, "spare", "document.judge",
       "{'requirement':'manual','quantified':'yes','closed':'yes',"
       "'resourced':'na'}");
    do_documents(f);
    DO(f, "planner", "plan.make",
       "{'lead':'lead','members':['auditor','jack','expert'],"
       "'from':'2026-03-02','to':'2026-03-04','person_days':45}");
    DO(f, "applicant", "plan.agree", "{}");
    do_audit(f);
    do_report(f);
    ATTEMPTS(f, rows);
}

/* What the register says nothing of, nobody has shown. [17065 6.1.2] */
TEST(an_expert_advises_a_panel_in_a_field_on_record)
{
    for (size_t i = 0; i < EXPERT_ROWS; i++) {
        const struct expert_row *row = &expert_rows[i];
        FIXTURE(f);

        go_to(f, STAGE_DECISION);
        person_of(f, "expert")->qualification = row->on_record;
        err e = give(f, "planner", "decision.panel", NAMED);
        if (row->id == NULL)
            EXPECT_ROW_OK(row->why, e);
        else
            EXPECT_ROW_ERR(row->why, e, ERR_REFUSED, row->id);
    }
}

/* [PN8] A planner who is a reviewer and an expert, too. */
TEST(nobody_names_themselves_to_a_panel)
{
    static const struct attempt rows[] = {
        { "as its chair", "planner", "decision.panel",
          "{'chair':'planner','members':['critic','umpire']}", ERR_REFUSED,
          "panel.self" },
        { "as a member", "planner", "decision.panel",
          "{'chair':'reviewer','members':['critic','planner']}", ERR_REFUSED,
          "panel.self" },
        { "as an expert", "planner", "decision.panel",
          "{'chair':'reviewer','members':['critic','umpire'],"
          "'experts':['planner']}",
          ERR_REFUSED, "panel.self" },
        { "by another planner", "critic", "decision.panel",
          "{'chair':'planner','members':['reviewer','umpire']}", ALLOWED },
    };
    FIXTURE(f);

    person_of(f, "planner")->roles |=
        ROLE_BIT(ROLE_REVIEWER) | ROLE_BIT(ROLE_EXPERT);
    person_of(f, "critic")->roles |= ROLE_BIT(ROLE_PLANNER);
    go_to(f, STAGE_DECISION);
    ATTEMPTS(f, rows);
}

static void no_head_but(struct fixture *f, const char *login)
{
    static const char *const heads[] = { "head", "umpire", "jack", "tied" };

    for (size_t i = 0; i < COUNT(heads); i++) {
        if (strcmp(heads[i], login) != 0)
            person_of(f, heads[i])->roles &= ~ROLE_BIT(ROLE_HEAD);
    }
}

/* [PN8] [条例 22] */
TEST(a_panel_leaves_a_head_who_can_sign)
{
    static const char without[] =
        "{'chair':'reviewer','members':['critic','jack']}";
    static const struct {
        const char *name;
        const char *head; /* the only one */
        const char *json;
        const char *refused;
    } rows[] = {
        { "the head has no seat", "head", NAMED, NULL },
        { "the only head votes", "umpire", NAMED, "panel.no_head" },
        { "the same one, left out", "umpire", without, NULL },
        { "the only head has a tie", "tied", NAMED, "panel.no_head" },
        { "no head at all", "", NAMED, "panel.no_head" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        go_to(f, STAGE_DECISION);
        no_head_but(f, rows[i].head);
        err e = give(f, "planner", "decision.panel", rows[i].json);
        if (rows[i].refused == NULL)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_REFUSED, rows[i].refused);
    }
}

/* [PN8] jack, a head, audited; the other head left. */
TEST(who_audited_or_left_is_no_head_who_can_sign)
{
    FIXTURE(f);

    go_to(f, STAGE_PLAN);
    DO(f, "planner", "plan.make",
       "{'lead':'lead','members':['auditor','jack'],"
       "'from':'2026-03-02','to':'2026-03-04','person_days':45}");
    DO(f, "applicant", "plan.agree", "{}");
    do_audit(f);
    do_report(f);
    DO(f, "planner", "decision.panel", NAMED);
    person_of(f, "head")->active = false;
    NO(f, "planner", "decision.panel",
       "{'chair':'umpire','members':['critic','reviewer'],'reason':'x'}",
       ERR_REFUSED, "panel.no_head");
    person_of(f, "head")->active = true;
    DO(f, "planner", "decision.panel",
       "{'chair':'umpire','members':['critic','reviewer'],'reason':'x'}");
}

/* [PN8] Who had a seat on the panel before signs nothing of this round. */
TEST(a_head_who_was_seated_before_is_no_head_who_can_sign)
{
    FIXTURE(f);

    empanel(f); /* umpire among them */
    no_head_but(f, "umpire");
    NO(f, "planner", "decision.panel",
       "{'chair':'reviewer','members':['critic','jack'],'reason':'x'}",
       ERR_REFUSED, "panel.no_head");
}

/* --- votes [PN3] ---------------------------------------------------------- */

TEST(only_those_who_vote_vote)
{
    static const struct attempt rows[] = {
        { "the chair", "reviewer", "decision.vote", YES, ALLOWED },
        { "a member", "critic", "decision.vote", NO_, ALLOWED },
        { "a reviewer without a seat", "jack", "decision.vote", YES, ERR_DENIED,
          "panel.not_yours" },
        { "an expert", "expert", "decision.vote", YES, ERR_DENIED,
          "rights.role" },
        { "without reasons", "critic", "decision.vote", "{'outcome':'granted'}",
          ERR_INVALID, "record.missing" },
        { "a level nobody has", "critic", "decision.vote",
          "{'outcome':'granted','level':'eleven','reasons':'x'}", ERR_INVALID,
          "case.level" },
        { "a question of somebody else", "jack", "decision.question",
          "{'reasons':'x'}", ERR_DENIED, "panel.not_yours" },
        { "a question of a member", "critic", "decision.question",
          "{'reasons':'x'}", ALLOWED },
    };
    FIXTURE(f);

    empanel(f);
    ATTEMPTS(f, rows);
    DO(f, "critic", "decision.question", "{'reasons':'谁核对名单？'}");
    NO(f, "critic", "decision.vote", YES, ERR_REFUSED,
       "decision.question_open");
}

/* An expert who is a reviewer as well advises all the same. */
TEST(who_advises_does_not_vote)
{
    FIXTURE(f);

    person_of(f, "expert")->roles |= ROLE_BIT(ROLE_REVIEWER);
    empanel(f);
    NO(f, "expert", "decision.vote", YES, ERR_DENIED, "panel.not_yours");
    NO(f, "expert", "decision.grant", "{}", ERR_DENIED, "panel.not_chair");
}

/* [PN4], both sides of more than half. */
TEST(the_chair_decides_what_more_than_half_say)
{
    static const struct {
        const char *name;
        const char *votes[3];
        const char *command;
        const char *json;
        const char *refused;
    } rows[] = {
        { "all", { YES, YES, YES }, "decision.grant", "{}", NULL },
        { "two of three", { YES, NO_, YES }, "decision.grant", "{}", NULL },
        { "one of three",
          { YES, NO_, NO_ },
          "decision.grant",
          "{}",
          "panel.no_majority" },
        { "one of three the other way",
          { YES, YES, NO_ },
          "decision.refuse",
          "{'reasons':'x'}",
          "panel.no_majority" },
        { "most against",
          { YES, NO_, NO_ },
          "decision.refuse",
          "{'reasons':'x'}",
          NULL },
        { "another level than most say",
          { THREE, THREE, YES },
          "decision.grant",
          "{}",
          "panel.no_majority" },
        { "the level most say",
          { THREE, THREE, YES },
          "decision.grant",
          "{'level':'three'}",
          NULL },
        { "as many opinions as people",
          { YES, THREE, NO_ },
          "decision.grant",
          "{}",
          "panel.no_majority" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        empanel(f);
        vote(f, rows[i].votes[0], rows[i].votes[1], rows[i].votes[2]);
        err e = give(f, "reviewer", rows[i].command, rows[i].json);
        if (rows[i].refused == NULL)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_REFUSED, rows[i].refused);
    }
}

TEST(nothing_is_decided_before_all_have_voted_and_by_nobody_but_the_chair)
{
    FIXTURE(f);

    empanel(f);
    DO(f, "reviewer", "decision.vote", YES);
    DO(f, "critic", "decision.vote", YES);
    NO(f, "reviewer", "decision.grant", "{}", ERR_REFUSED, "panel.votes_open");
    NO(f, "critic", "decision.grant", "{}", ERR_DENIED, "panel.not_chair");
    DO(f, "umpire", "decision.vote", YES);
    NO(f, "critic", "decision.grant", "{}", ERR_DENIED, "panel.not_chair");
    NO(f, "jack", "decision.grant", "{}", ERR_DENIED, "panel.not_chair");
    DO(f, "reviewer", "decision.grant", "{}");
    NO(f, "critic", "decision.vote", NO_, ERR_REFUSED, "decision.made_already");
    NO(f, "planner", "decision.panel", NAMED, ERR_REFUSED,
       "decision.made_already");
}

TEST(whoever_changes_their_mind_votes_anew)
{
    FIXTURE(f);

    empanel(f);
    vote(f, YES, THREE, NO_);
    EXPECT(panel_majority(f->state) == NULL);
    DO(f, "umpire", "decision.vote", YES);
    EXPECT(panel_majority(f->state) != NULL);
    DO(f, "reviewer", "decision.grant", "{}");
}

/* [PN3] [DE1] What may not be granted is not voted for. */
TEST(nobody_votes_to_grant_with_a_nonconformity_open)
{
    static const struct nonconformity open = {
        .number = 1,
        .indicator = S_INIT("1.1"),
        .grade = GRADE_MINOR,
    };
    FIXTURE(f);

    empanel(f);
    f->state->nonconformities[0].raised = &open;
    f->state->nonconformity_count = 1;
    NO(f, "critic", "decision.vote", YES, ERR_REFUSED, "decision.open");
    DO(f, "critic", "decision.vote", NO_);
}

/* [DE4] [PN6] The limit of the corrections is 2026-04-05. */
TEST(a_panel_refuses_a_case_whose_corrections_never_came)
{
    scoped(fixture_end) struct fixture *f = with_panel_required();

    go_to(f, STAGE_CORRECTION);
    DO(f, "planner", "decision.panel", NAMED);
    set_today(f, "2026-04-05");
    NO(f, "critic", "decision.vote", NO_, ERR_REFUSED, "decision.correcting");
    set_today(f, "2026-04-06");
    NO(f, "critic", "decision.vote", YES, ERR_REFUSED, "decision.open");
    vote(f, NO_, NO_, NO_);
    DO(f, "planner", "correction.extend",
       "{'until':'2026-04-10','reason':'节假日'}");
    EXPECT(panel_majority(f->state) == NULL); /* about another file */
    set_today(f, "2026-04-11");
    NO(f, "reviewer", "decision.refuse", "{'reasons':'x'}", ERR_REFUSED,
       "panel.votes_open");
    vote(f, NO_, NO_, NO_);
    DO(f, "reviewer", "decision.refuse", "{'reasons':'逾期未整改'}");
    EXPECT(f->state->stage == STAGE_DECISION);
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->ending == ENDING_REFUSED);
}

/* --- what follows from a seat [PN5] ----------------------------------------
 */

/* umpire is head, too. */
TEST(nobody_with_a_seat_signs_or_hears_the_appeal)
{
    static const struct attempt rows[] = {
        { "a member", "quality", "appeal.assign", "{'members':['critic']}",
          ERR_REFUSED, "appeal.involved" },
        { "the expert", "quality", "appeal.assign", "{'members':['expert']}",
          ERR_REFUSED, "appeal.involved" },
        { "somebody else", "quality", "appeal.assign", "{'members':['appeal']}",
          ALLOWED },
    };
    FIXTURE(f);

    person_of(f, "critic")->roles |= ROLE_BIT(ROLE_APPEAL);
    person_of(f, "expert")->roles |=
        ROLE_BIT(ROLE_APPEAL) | ROLE_BIT(ROLE_HEAD);
    empanel(f);
    vote(f, NO_, NO_, YES);
    DO(f, "reviewer", "decision.refuse", "{'reasons':'样本不足'}");
    NO(f, "umpire", "decision.sign", "{}", ERR_DENIED, "rights.seated");
    NO(f, "expert", "decision.sign", "{}", ERR_DENIED, "rights.seated");
    DO(f, "head", "decision.sign", "{}");
    DO(f, "applicant", "appeal.file", "{'subject':'refusal','grounds':'不服'}");
    ATTEMPTS(f, rows);
}

/* Who had a seat and was replaced had a part all the same. */
TEST(another_panel_is_named_with_a_reason_and_begins_without_votes)
{
    static const char other[] =
        "{'chair':'jack','members':['reviewer','critic'],'reason':'有人请假'}";
    FIXTURE(f);

    empanel(f);
    vote(f, YES, YES, YES);
    NO(f, "planner", "decision.panel", NAMED, ERR_INVALID, "panel.reason");
    DO(f, "planner", "decision.panel", other);
    NO(f, "jack", "decision.grant", "{}", ERR_REFUSED, "panel.votes_open");
    NO(f, "umpire", "decision.vote", YES, ERR_DENIED, "panel.not_yours");
    DO(f, "jack", "decision.vote", YES);
    DO(f, "reviewer", "decision.vote", YES);
    DO(f, "critic", "decision.vote", NO_);
    DO(f, "jack", "decision.grant", "{}");
    NO(f, "umpire", "decision.sign", "{}", ERR_DENIED, "rights.seated");
    DO(f, "head", "decision.sign", "{}");
}

/* appeal.c [AP4] */
TEST(who_was_overruled_does_not_decide_anew)
{
    FIXTURE(f);

    empanel(f);
    vote(f, NO_, NO_, YES);
    DO(f, "reviewer", "decision.refuse", "{'reasons':'样本不足'}");
    DO(f, "head", "decision.sign", "{}");
    DO(f, "applicant", "appeal.file", "{'subject':'refusal','grounds':'不服'}");
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    DO(f, "appeal", "appeal.decide", "{'upheld':true,'reasons':'属实'}");
    EXPECT(f->state->panel.named == NULL);
    NO(f, "critic", "decision.grant", "{}", ERR_DENIED, "rights.uninvolved");
    NO(f, "umpire", "decision.grant", "{}", ERR_DENIED, "rights.uninvolved");
    NO(f, "planner", "decision.panel",
       "{'chair':'critic','members':['jack','umpire']}", ERR_REFUSED,
       "panel.overruled");
    DO(f, "jack", "decision.grant", "{}");
}

/* Nothing forbids it: the next round's decision is another one. */
TEST(in_a_later_round_who_had_a_seat_is_free_again)
{
    FIXTURE(f);

    person_of(f, "critic")->roles |= ROLE_BIT(ROLE_AUDITOR);
    person_of(f, "critic")->qualification =
        person_of(f, "spare")->qualification;
    empanel(f);
    vote(f, YES, YES, YES);
    do_decision(f);
    DO(f, "certificates", "certificate.issue", "{}");
    set_today(f, "2027-03-01");
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    EXPECT(f->state->panel.named == NULL);
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['critic'],'from':'2027-03-01',"
       "'to':'2027-03-01','person_days':20}");
}

/* A major nonconformity, corrected: the case is planned anew. */
TEST(in_its_own_round_who_has_a_seat_joins_no_team)
{
    FIXTURE(f);
    static const char plan[] =
        "{'lead':'lead','members':['jack'],'from':'2026-03-16',"
        "'to':'2026-03-18','person_days':45}";

    go_to(f, STAGE_AUDIT);
    DO(f, "lead", "audit.open", "{}");
    do_findings(f, "not_met");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'major','text':'无部门'}");
    do_sample(f, 5);
    DO(f, "lead", "defence.record", "{'passed':true}");
    DO(f, "lead", "audit.close", "{}");
    DO(f, "lead", "report.issue",
       "{'recommended':true,'summary':'报告','correct_until':'2026-04-05'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    DO(f, "planner", "decision.panel",
       "{'chair':'reviewer','members':['critic','jack']}");
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'c','action':'a','evidence':['e']}");
    DO(f, "auditor", "correction.accept", "{'number':1}");
    EXPECT(f->state->stage == STAGE_PLAN);
    NO(f, "planner", "plan.make", plan, ERR_REFUSED, "team.seated");
}

/* --- where the package asks for it [PN6] -----------------------------------
 */

TEST(where_the_package_asks_for_a_panel_nothing_is_decided_without_one)
{
    scoped(fixture_end) struct fixture *f = with_panel_required();

    go_to(f, STAGE_DECISION);
    NO(f, "reviewer", "decision.grant", "{}", ERR_REFUSED, "panel.needed");
    NO(f, "reviewer", "decision.refuse", "{'reasons':'x'}", ERR_REFUSED,
       "panel.needed");
    DO(f, "planner", "decision.panel", NAMED);
    vote(f, YES, YES, NO_);
    do_decision(f);
    EXPECT(f->state->stage == STAGE_CERTIFICATE);
}

/* state.h [ST-14]: whatever a journal says. */
TEST(a_decision_without_its_majority_is_never_signed)
{
    FIXTURE(f);

    empanel(f);
    vote(f, YES, YES, NO_);
    DO(f, "reviewer", "decision.grant", "{}");
    EXPECT_STR(str_of(state_invariant(f->state)), str_of(NULL));
    f->state->panel.votes[1] = f->state->panel.votes[2];
    EXPECT_STR(str_of(state_invariant(f->state)), S("ST-14"));
    NO(f, "head", "decision.sign", "{}", ERR_CORRUPT, "case.invariant");
}
