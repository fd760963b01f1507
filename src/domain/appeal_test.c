/* Appeals and complaints. [17065 7.13] */

#include "domain/test_fixture.h"

/* Refused by jack on 2026-03-16, signed by the head. */
static void refused(struct fixture *f)
{
    go_to(f, STAGE_DECISION);
    set_today(f, "2026-03-20");
    DO(f, "jack", "decision.refuse", "{'reasons':'证据不足'}");
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->stage == STAGE_ENDED);
}

static void issued(struct fixture *f)
{
    go_to(f, STAGE_CERTIFICATE);
    DO(f, "certificates", "certificate.issue", "{}");
}

#define FILE_IT(subject) "{'subject':'" subject "','grounds':'评分有误'}"

/* [17065 7.13] [AP1]: thirty days after the signature, both sides. */
TEST(an_appeal_against_a_refusal_is_filed_within_the_limit)
{
    FIXTURE(f);
    static const struct attempt last[] = {
        { "the last day", "applicant", "appeal.file", FILE_IT("refusal"),
          ALLOWED },
        { "nothing is suspended", "applicant", "appeal.file",
          FILE_IT("suspension"), ERR_REFUSED, "appeal.nothing" },
        { "nothing is withdrawn", "applicant", "appeal.file",
          FILE_IT("withdrawal"), ERR_REFUSED, "appeal.nothing" },
        { "not the body itself", "quality", "appeal.file", FILE_IT("refusal"),
          ERR_DENIED, "rights.role" },
        { "not before it is filed", "quality", "appeal.assign",
          "{'members':['appeal']}", ERR_REFUSED, "appeal.none" },
    };
    static const struct attempt over[] = {
        { "the day after", "applicant", "appeal.file", FILE_IT("refusal"),
          ERR_REFUSED, "appeal.late" },
    };

    refused(f);
    set_today(f, "2026-04-19");
    ATTEMPTS(f, last);
    set_today(f, "2026-04-20");
    ATTEMPTS(f, over);
}

/* [17065 7.13.5] [AP2] [AP4]: somebody else decides again. */
TEST(a_refusal_that_is_appealed_with_success_is_decided_by_somebody_else)
{
    FIXTURE(f);

    refused(f);
    DO(f, "applicant", "appeal.file", FILE_IT("refusal"));
    NO(f, "applicant", "appeal.file", FILE_IT("refusal"), ERR_REFUSED,
       "appeal.filed_already");
    NO(f, "appeal", "appeal.decide", "{'upheld':true,'reasons':'成立'}",
       ERR_REFUSED, "appeal.not_assigned");
    NO(f, "quality", "appeal.assign", "{}", ERR_INVALID, "appeal.nobody");
    NO(f, "quality", "appeal.assign", "{'members':['reviewer']}", ERR_REFUSED,
       "appeal.not_panel");
    person_of(f, "lead")->roles |= ROLE_BIT(ROLE_APPEAL);
    NO(f, "quality", "appeal.assign", "{'members':['retired']}", ERR_REFUSED,
       "plan.left");
    NO(f, "quality", "appeal.assign", "{'members':['lead']}", ERR_REFUSED,
       "appeal.involved");
    person_of(f, "head")->roles |= ROLE_BIT(ROLE_APPEAL);
    NO(f, "quality", "appeal.assign", "{'members':['head']}", ERR_REFUSED,
       "appeal.involved"); /* signed it */
    NO(f, "quality", "appeal.assign", "{'members':['appeal','appeal']}",
       ERR_INVALID, "panel.twice"); /* nobody has the same task twice */
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    person_of(f, "spare")->roles |= ROLE_BIT(ROLE_APPEAL);
    NO(f, "spare", "appeal.decide", "{'upheld':true,'reasons':'成立'}",
       ERR_DENIED, "appeal.not_yours");
    DO(f, "appeal", "appeal.decide", "{'upheld':true,'reasons':'成立'}");
    EXPECT(f->state->stage == STAGE_DECISION);
    NO(f, "jack", "decision.grant", "{}", ERR_DENIED, "rights.uninvolved");
    DO(f, "reviewer", "decision.grant", "{}");
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->stage == STAGE_CERTIFICATE);
}

TEST(an_appeal_that_is_dismissed_leaves_the_decision_as_it_is)
{
    FIXTURE(f);

    refused(f);
    DO(f, "applicant", "appeal.file", FILE_IT("refusal"));
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    DO(f, "appeal", "appeal.decide", "{'upheld':false,'reasons':'不成立'}");
    EXPECT(f->state->stage == STAGE_ENDED);
    EXPECT(f->state->ending == ENDING_REFUSED);
    NO(f, "appeal", "appeal.decide", "{'upheld':true,'reasons':'成立'}",
       ERR_REFUSED, "appeal.none");
}

/* state.h: each of them is remembered, with its days. [17065 7.13.7] */
TEST(every_appeal_of_a_case_is_remembered)
{
    FIXTURE(f);

    issued(f);
    DO(f, "certificates", "certificate.suspend",
       "{'code':'0111','reasons':'热线停用','confirmed':'2026-03-16'}");
    for (int i = 0; i < 2; i++) {
        DO(f, "applicant", "appeal.file", FILE_IT("suspension"));
        EXPECT(f->state->appeal_count == i + 1);
        EXPECT(f->state->appeals[i].panel == NULL);
        DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
        EXPECT(f->state->appeals[i].decision == NULL);
        DO(f, "appeal", "appeal.decide", "{'upheld':false,'reasons':'x'}");
        EXPECT(f->state->appeals[i].panel != NULL);
        EXPECT(f->state->appeals[i].decision != NULL);
        EXPECT(f->state->appeals[i].filed == f->facts.today);
        EXPECT(f->state->appeals[i].decided == f->facts.today);
    }
}

/* state.h [ST-8] */
TEST(a_case_takes_so_many_appeals_and_no_more)
{
    static const struct appeal one_more = { .subject = APPEAL_SUSPENSION };
    FIXTURE(f);
    struct event e = { .kind = event_kind_find(S("appeal.filed"), 1),
                       .data = &one_more };

    issued(f);
    while (f->state->appeal_count < APPEAL_MAX)
        apply(f->state, &e);
    EXPECT(!f->state->overflow);
    f->state->appeal.appeal = NULL;
    NO(f, "applicant", "appeal.file", FILE_IT("suspension"), ERR_LIMIT,
       "appeal.too_many");
    apply(f->state, &e);
    EXPECT(f->state->appeal_count == APPEAL_MAX && f->state->overflow);
}

/* --- an application that was declined ------------------------------------- */

/* By intake on Monday, 2026-03-02. */
static void declined(struct fixture *f)
{
    go_to(f, STAGE_COMPLETENESS);
    DO(f, "intake", "application.decline", "{'reasons':'超出范围'}");
    EXPECT(f->state->ending == ENDING_DECLINED);
}

/* [AP1]: thirty days, both sides; whoever withdraws was declined nothing. */
TEST(an_appeal_against_a_declined_application_is_filed_within_the_limit)
{
    static const struct attempt last[] = {
        { "the last day", "applicant", "appeal.file", FILE_IT("decline"),
          ALLOWED },
        { "nothing was refused", "applicant", "appeal.file", FILE_IT("refusal"),
          ERR_REFUSED, "appeal.nothing" },
        { "by another enterprise", "rival", "appeal.file", FILE_IT("decline"),
          ERR_DENIED, "rights.own" },
    };
    static const struct attempt over[] = {
        { "the day after", "applicant", "appeal.file", FILE_IT("decline"),
          ERR_REFUSED, "appeal.late" },
    };
    FIXTURE(f);
    FIXTURE(given_up);
    FIXTURE(was_refused);

    declined(f);
    set_today(f, "2026-04-01");
    ATTEMPTS(f, last);
    set_today(f, "2026-04-02");
    ATTEMPTS(f, over);

    go_to(given_up, STAGE_COMPLETENESS);
    DO(given_up, "applicant", "case.withdraw", "{'reasons':'重组'}");
    NO(given_up, "applicant", "appeal.file", FILE_IT("decline"), ERR_REFUSED,
       "appeal.nothing");
    refused(was_refused);
    NO(was_refused, "applicant", "appeal.file", FILE_IT("decline"), ERR_REFUSED,
       "appeal.nothing");
}

/* [17065 7.13.5] [AP2] */
TEST(who_declined_an_application_does_not_hear_the_appeal)
{
    FIXTURE(f);

    declined(f);
    DO(f, "applicant", "appeal.file", FILE_IT("decline"));
    person_of(f, "intake")->roles |= ROLE_BIT(ROLE_APPEAL);
    NO(f, "quality", "appeal.assign", "{'members':['intake']}", ERR_REFUSED,
       "appeal.involved");
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    NO(f, "intake", "appeal.decide", "{'upheld':false,'reasons':'不成立'}",
       ERR_DENIED, "rights.uninvolved");
}

/* [AP4] [M12]: with the whole time for the check, five working days. */
TEST(an_application_whose_appeal_is_upheld_is_checked_again)
{
    FIXTURE(f);

    declined(f);
    set_today(f, "2026-03-09");
    DO(f, "applicant", "appeal.file", FILE_IT("decline"));
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    DO(f, "appeal", "appeal.decide", "{'upheld':true,'reasons':'在范围内'}");
    EXPECT(f->state->stage == STAGE_COMPLETENESS);
    EXPECT(f->state->ending == ENDING_NONE);
    EXPECT(f->state->waiting == WAITING_BODY);
    EXPECT(f->state->due == on("2026-03-16"));
    EXPECT(!f->state->due_provisional);
    EXPECT(state_invariant(f->state) == NULL);

    const struct state *again = replayed(f);
    EXPECT(again->stage == STAGE_COMPLETENESS);
    EXPECT(again->due == on("2026-03-16"));
    DO(f, "intake", "application.accept", "{}");
    EXPECT(f->state->stage == STAGE_CONTRACT);
}

TEST(an_application_may_be_declined_and_appealed_for_again)
{
    FIXTURE(f);

    declined(f);
    DO(f, "applicant", "appeal.file", FILE_IT("decline"));
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    DO(f, "appeal", "appeal.decide", "{'upheld':true,'reasons':'须再查'}");
    DO(f, "intake", "application.decline", "{'reasons':'无审查能力'}");
    DO(f, "applicant", "appeal.file", FILE_IT("decline"));
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    DO(f, "appeal", "appeal.decide", "{'upheld':false,'reasons':'不成立'}");
    EXPECT(f->state->stage == STAGE_ENDED);
    EXPECT(f->state->ending == ENDING_DECLINED);
}

/* No other appeal, and none that is dismissed, begins a check. */
TEST(the_day_of_a_check_is_no_part_of_other_rulings)
{
    FIXTURE(f);
    struct event_list got = { 0 };

    NO(f, "appeal", "appeal.decide",
       "{'upheld':true,'reasons':'x','check_due':'2026-05-01'}", ERR_INVALID,
       "record.unknown");
    refused(f);
    DO(f, "applicant", "appeal.file", FILE_IT("refusal"));
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    EXPECT_OK(try_it(f, "appeal", "appeal.decide",
                     "{'upheld':true,'reasons':'成立'}", &got));
    EXPECT(((const struct appeal_decision *)got.first->data)->check_due ==
           DAY_NEVER);
}

/* [AP3] [AP4] */
TEST(a_withdrawal_is_not_signed_while_an_appeal_is_open)
{
    FIXTURE(f);

    issued(f);
    DO(f, "reviewer", "withdrawal.decide", "{'code':'0112','reasons':'虚假'}");
    DO(f, "applicant", "appeal.file", FILE_IT("withdrawal"));
    NO(f, "head", "certificate.withdraw", "{}", ERR_REFUSED, "appeal.open");
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    DO(f, "appeal", "appeal.decide", "{'upheld':true,'reasons':'成立'}");
    NO(f, "head", "certificate.withdraw", "{}", ERR_REFUSED,
       "life.not_decided");
    DO(f, "reviewer", "withdrawal.decide", "{'code':'0112','reasons':'再查'}");
    DO(f, "head", "certificate.withdraw", "{}");
}

/* [AP1] [AP3] [AP4] [17065 7.13] */
TEST(a_reduction_is_neither_signed_nor_returned_while_an_appeal_is_open)
{
    static const char narrow[] = "{'scope':'空调售后','reasons':'停产'}";
    FIXTURE(f);

    issued(f);
    NO(f, "applicant", "appeal.file", FILE_IT("reduction"), ERR_REFUSED,
       "appeal.nothing");
    DO(f, "reviewer", "reduction.decide", narrow);
    DO(f, "applicant", "appeal.file", FILE_IT("reduction"));
    NO(f, "head", "certificate.reduce", "{}", ERR_REFUSED, "appeal.open");
    NO(f, "head", "reduction.return", "{'reasons':'x'}", ERR_REFUSED,
       "appeal.open");
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    DO(f, "appeal", "appeal.decide", "{'upheld':true,'reasons':'成立'}");
    NO(f, "head", "certificate.reduce", "{}", ERR_REFUSED, "life.no_reduction");
    DO(f, "reviewer", "reduction.decide", narrow);
    DO(f, "applicant", "appeal.file", FILE_IT("reduction"));
    DO(f, "quality", "appeal.assign", "{'members':['appeal']}");
    DO(f, "appeal", "appeal.decide", "{'upheld':false,'reasons':'不成立'}");
    DO(f, "head", "certificate.reduce", "{}");
    EXPECT_STR(f->state->scope, S("空调售后"));
    NO(f, "applicant", "appeal.file", FILE_IT("reduction"), ERR_REFUSED,
       "appeal.nothing"); /* it was signed */
}

TEST(a_suspension_is_appealed_while_it_lasts)
{
    FIXTURE(f);

    issued(f);
    NO(f, "applicant", "appeal.file", FILE_IT("suspension"), ERR_REFUSED,
       "appeal.nothing");
    DO(f, "certificates", "certificate.suspend",
       "{'code':'0111','reasons':'热线停用','confirmed':'2026-03-16'}");
    DO(f, "applicant", "appeal.file", FILE_IT("suspension"));
    person_of(f, "certificates")->roles |= ROLE_BIT(ROLE_APPEAL);
    NO(f, "quality", "appeal.assign", "{'members':['certificates']}",
       ERR_REFUSED, "appeal.involved"); /* suspended it */
}

/* [17065 7.13] [CM1] */
TEST(a_complaint_is_answered_by_somebody_uninvolved_who_was_assigned)
{
    FIXTURE(f);

    issued(f);
    NO(f, "quality", "complaint.assign", "{'number':1,'to':'spare'}",
       ERR_REFUSED, "complaint.none");
    NO(f, "intake", "complaint.record",
       "{'about':'enterprise','text':'回复太慢','received':'2026-03-17'}",
       ERR_INVALID, "complaint.received"); /* tomorrow */
    DO(f, "intake", "complaint.record",
       "{'about':'enterprise','text':'回复太慢','received':'2026-03-16'}");
    NO(f, "quality", "complaint.assign", "{'number':2,'to':'spare'}",
       ERR_NOT_FOUND, "complaint.number");
    NO(f, "quality", "complaint.assign", "{'number':1,'to':'auditor'}",
       ERR_REFUSED, "appeal.involved");
    NO(f, "quality", "complaint.assign", "{'number':1,'to':'retired'}",
       ERR_REFUSED, "plan.left");
    NO(f, "quality", "complaint.assign", "{'number':1,'to':'nobody'}",
       ERR_NOT_FOUND, "plan.person");
    NO(f, "quality", "complaint.assign", "{'number':1,'to':'tied'}",
       ERR_REFUSED, "appeal.involved"); /* could not answer it either */
    NO(f, "spare", "complaint.answer",
       "{'number':1,'justified':true,'answer':'属实'}", ERR_DENIED,
       "complaint.not_yours");
    DO(f, "quality", "complaint.assign", "{'number':1,'to':'spare'}");
    NO(f, "reviewer", "complaint.answer",
       "{'number':1,'justified':true,'answer':'属实'}", ERR_DENIED,
       "rights.uninvolved"); /* decided the case */
    DO(f, "spare", "complaint.answer",
       "{'number':1,'justified':true,'answer':'属实'}");
    NO(f, "spare", "complaint.answer",
       "{'number':1,'justified':false,'answer':'不属实'}", ERR_REFUSED,
       "complaint.none");
}

/* The service reads these from the register before anything is decided. */
TEST(who_is_to_hear_or_to_answer_is_named_by_the_command)
{
    str names[NAMED_PEOPLE_MAX];
    FIXTURE(f);
    struct command c;

    EXPECT_OK(command_read(&f->arena, S("appeal.assign"),
                           fixture_json(f, "{'members':['appeal','head']}"),
                           &c));
    EXPECT(command_people(&c, names, NAMED_PEOPLE_MAX) == 2);
    EXPECT_STR(names[1], S("head"));
    EXPECT(command_people(&c, names, 1) == 1);
    EXPECT_STR(names[0], S("appeal"));

    EXPECT_OK(command_read(&f->arena, S("complaint.assign"),
                           fixture_json(f, "{'number':1,'to':'finance'}"), &c));
    EXPECT(command_people(&c, names, NAMED_PEOPLE_MAX) == 1);
    EXPECT_STR(names[0], S("finance"));
    EXPECT(command_people(&c, names, 0) == 0);
}

TEST(nobody_complains_of_a_case_that_is_not_there)
{
    FIXTURE(f);

    NO(f, "intake", "complaint.record",
       "{'about':'enterprise','text':'x','received':'2026-03-02'}", ERR_REFUSED,
       "case.not_open");
}

/* [AP2] Who sits on a panel is of it, is there, and has nothing to do with the
 * case. */
TEST(a_panel_is_of_people_who_may_sit_on_it)
{
    static const struct attempt rows[] = {
        { "nobody", "quality", "appeal.assign", "{'members':['nobody']}",
          ERR_NOT_FOUND, "plan.person" },
        { "somebody who left", "quality", "appeal.assign",
          "{'members':['retired']}", ERR_REFUSED, "plan.left" },
        { "somebody with a tie", "quality", "appeal.assign",
          "{'members':['tied']}", ERR_REFUSED, "appeal.involved" },
        { "two of the panel", "quality", "appeal.assign",
          "{'members':['appeal','spare']}", ALLOWED },
    };
    FIXTURE(f);

    refused(f);
    DO(f, "applicant", "appeal.file", FILE_IT("refusal"));
    person_of(f, "retired")->roles |= ROLE_BIT(ROLE_APPEAL);
    person_of(f, "tied")->roles |= ROLE_BIT(ROLE_APPEAL);
    person_of(f, "spare")->roles |= ROLE_BIT(ROLE_APPEAL);
    ATTEMPTS(f, rows);
}

/* [AP1] */
TEST(what_is_appealed_against_has_happened_and_nothing_else_has)
{
    static const struct attempt rows[] = {
        { "the suspension", "applicant", "appeal.file", FILE_IT("suspension"),
          ALLOWED },
        { "no refusal", "applicant", "appeal.file", FILE_IT("refusal"),
          ERR_REFUSED, "appeal.nothing" },
        { "no withdrawal", "applicant", "appeal.file", FILE_IT("withdrawal"),
          ERR_REFUSED, "appeal.nothing" },
        { "no reduction", "applicant", "appeal.file", FILE_IT("reduction"),
          ERR_REFUSED, "appeal.nothing" },
    };
    static const struct attempt decided[] = {
        { "the withdrawal", "applicant", "appeal.file", FILE_IT("withdrawal"),
          ALLOWED },
        { "no reduction beside it", "applicant", "appeal.file",
          FILE_IT("reduction"), ERR_REFUSED, "appeal.nothing" },
    };
    FIXTURE(f);

    certified(f, "2026-04-15");
    DO(f, "certificates", "certificate.suspend",
       "{'code':'0111','reasons':'x','confirmed':'2026-03-16'}");
    ATTEMPTS(f, rows);
    DO(f, "jack", "withdrawal.decide", "{'code':'0112','reasons':'x'}");
    ATTEMPTS(f, decided);
}
