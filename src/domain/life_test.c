/* What befalls a certificate after its issue. [17065 7.11] [条例 26]
 * [认证机构管理办法] */

#include "domain/test_fixture.h"
#include "domain/test_pinned.h"

#include <stdio.h>

#define SUSPEND(confirmed)                                                     \
    "{'code':'0111','reasons':'热线停用','confirmed':'" confirmed "'}"

#define NARROW                                                                 \
    "{'scope':'空调售后','scope_en':'Air conditioners','reasons':'冰箱停产'}"

static void suspended(struct fixture *f)
{
    certified(f, "2027-01-10");
    DO(f, "certificates", "certificate.suspend", SUSPEND("2027-01-08"));
}

/* Give a command as the program itself. */
static err by_itself(struct fixture *f, const char *command)
{
    return give(f, NULL, command, "{}");
}

/* [17065 7.11] [LI1] */
TEST(a_person_suspends_with_code_reasons_and_a_limit)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "five days", "certificates", "certificate.suspend",
          SUSPEND("2027-01-05"), ALLOWED },
        { "a reviewer", "reviewer", "certificate.suspend",
          SUSPEND("2027-01-10"), ALLOWED },
        { "the enterprise", "applicant", "certificate.suspend",
          SUSPEND("2027-01-10"), ERR_DENIED, "rights.role" },
        { "confirmed tomorrow", "certificates", "certificate.suspend",
          SUSPEND("2027-01-11"), ERR_INVALID, "life.confirmed" },
        { "no code of the authority", "certificates", "certificate.suspend",
          "{'code':'0101','reasons':'热线停用','confirmed':'2027-01-10'}",
          ERR_INVALID, "record.choice" },
        { "not suspended", "reviewer", "certificate.restore",
          "{'reasons':'已整改'}", ERR_REFUSED, "life.not_suspended" },
    };

    certified(f, "2027-01-10");
    ATTEMPTS(f, rows);
    DO(f, "certificates", "certificate.suspend", SUSPEND("2027-01-08"));
    EXPECT(f->state->status == CERTIFICATE_SUSPENDED);
    EXPECT(f->state->suspended_until == on("2027-07-10"));
    EXPECT(f->state->due == on("2027-07-10"));
    EXPECT(f->state->waiting == WAITING_APPLICANT);
    NO(f, "certificates", "certificate.suspend", SUSPEND("2027-01-10"),
       ERR_REFUSED, "life.suspended_already");
}

/* [LI1]: calendar days, both sides of the fifth. */
TEST(a_late_suspension_is_on_record_as_late)
{
    static const struct {
        const char *confirmed;
        bool late;
    } rows[] = {
        { "2027-01-10", false }, /* the same day */
        { "2027-01-05", false }, /* the fifth day after */
        { "2027-01-04", true },  /* the sixth */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        char json[200];
        struct event_list got = { 0 };

        certified(f, "2027-01-10");
        (void)snprintf(json, sizeof json,
                       "{'code':'0199','reasons':'其他','confirmed':'%s'}",
                       rows[i].confirmed);
        EXPECT_ROW_OK(rows[i].confirmed,
                      try_it(f, "certificates", "certificate.suspend", json,
                             &got));
        const struct suspension *s = got.first->data;
        EXPECT_ROW(rows[i].confirmed, s->late == rows[i].late);
    }
}

/* [LI2] */
TEST(a_suspension_is_lifted_within_its_limit_or_not_at_all)
{
    FIXTURE(f);
    static const struct attempt last[] = {
        { "the last day", "reviewer", "certificate.restore",
          "{'reasons':'已整改'}", ALLOWED },
        { "an evaluator of the round", "jack", "certificate.restore",
          "{'reasons':'已整改'}", ALLOWED }, /* took no part in it */
        { "who keeps certificates", "certificates", "certificate.restore",
          "{'reasons':'已整改'}", ERR_DENIED, "rights.role" },
    };
    static const struct attempt over[] = {
        { "the day after", "reviewer", "certificate.restore",
          "{'reasons':'已整改'}", ERR_REFUSED, "life.suspension_over" },
    };

    suspended(f);
    set_today(f, "2027-07-11");
    ATTEMPTS(f, over);
    set_today(f, "2027-07-10");
    ATTEMPTS(f, last);
    DO(f, "reviewer", "certificate.restore", "{'reasons':'已整改'}");
    EXPECT(f->state->status == CERTIFICATE_VALID);
    EXPECT(f->state->suspended_until == DAY_NEVER);
    EXPECT(f->state->due == on("2027-04-15")); /* the surveillance, overdue */
}

static const char because[] = "{'reasons':'已整改'}";

static void suspend_today(struct fixture *f)
{
    char json[200];
    char date[DAY_TEXT];

    (void)day_text(f->facts.today, date);
    (void)snprintf(json, sizeof json,
                   "{'code':'0111','reasons':'监督','confirmed':'%s'}", date);
    DO(f, "certificates", "certificate.suspend", json);
}

static void surveyed(struct fixture *f, bool granted)
{
    do_round_plan(f);
    do_round_audit(f);
    do_round_report(f);
    if (granted)
        DO(f, "reviewer", "decision.grant", "{}");
    else
        DO(f, "reviewer", "decision.refuse", "{'reasons':'部门已撤销'}");
    DO(f, "head", "decision.sign", "{}");
}

/* [LI9] [17065 7.11.4]: the surveillance is due on 2027-04-15. */
TEST(what_was_suspended_for_a_missed_surveillance_wants_one_that_is_granted)
{
    static const struct {
        const char *today;
        bool missed;
    } rows[] = {
        { "2027-04-15", false }, /* it may be held on this day still */
        { "2027-04-16", true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct event_list got = { 0 };

        certified(f, rows[i].today);
        suspend_today(f);
        err e = try_it(f, "reviewer", "certificate.restore", because, &got);
        if (!rows[i].missed) {
            EXPECT_ROW_OK(rows[i].today, e);
            continue;
        }
        EXPECT_ROW_ERR(rows[i].today, e, ERR_REFUSED,
                       "life.uncured_surveillance");
        surveyed(f, true);
        DO(f, "reviewer", "certificate.restore", because);
    }
}

/* [LI9] The team was there in time; its report is on the way. */
TEST(a_surveillance_that_was_held_in_time_is_not_missed)
{
    FIXTURE(f);

    certified(f, "2027-04-15");
    do_round_plan(f);
    do_round_audit(f);
    set_today(f, "2027-04-16");
    suspend_today(f);
    EXPECT(f->state->cure == CURE_TOLD);
    DO(f, "reviewer", "certificate.restore", because);
}

/* [LI9]: a refused surveillance, and a refused one while it is suspended. */
TEST(what_was_suspended_for_a_refused_surveillance_wants_one_that_is_granted)
{
    for (int first = 0; first < 2; first++) {
        FIXTURE(f);

        certified(f, "2026-06-01");
        if (first)
            suspend_today(f);
        surveyed(f, false);
        if (!first)
            suspend_today(f);
        NO(f, "reviewer", "certificate.restore", because, ERR_REFUSED,
           "life.uncured_surveillance");
        surveyed(f, true);
        DO(f, "reviewer", "certificate.restore", because);
        EXPECT(f->state->status == CERTIFICATE_VALID);
    }
}

/* [LI9] */
TEST(a_special_audit_stands_for_no_surveillance)
{
    FIXTURE(f);

    certified(f, "2026-06-01");
    surveyed(f, false);
    suspend_today(f);
    do_round_of(f, "special", "");
    NO(f, "reviewer", "certificate.restore", because, ERR_REFUSED,
       "life.uncured_surveillance");
}

/* [LI9] */
TEST(a_refused_special_audit_wants_a_round_that_is_granted)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    DO(f, "planner", "round.open", "{'kind':'special','reason':'投诉'}");
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2027-01-10',"
       "'to':'2027-01-10','person_days':20}");
    DO(f, "applicant", "plan.agree", "{}");
    DO(f, "spare", "audit.open", "{}");
    DO(f, "auditor", "finding.record", "{'indicator':'1.1','result':'met'}");
    DO(f, "spare", "audit.close", "{}");
    DO(f, "spare", "report.issue", "{'recommended':true,'summary':'报告'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    DO(f, "reviewer", "decision.refuse", "{'reasons':'部门已撤销'}");
    DO(f, "head", "decision.sign", "{}");
    suspend_today(f);
    NO(f, "reviewer", "certificate.restore", because, ERR_REFUSED,
       "life.uncured_round");
    surveyed(f, true);
    DO(f, "reviewer", "certificate.restore", because);
}

TEST(a_round_goes_on_while_the_certificate_is_suspended)
{
    FIXTURE(f);

    suspended(f);
    do_round_plan(f);
    do_round_audit(f);
    do_round_report(f);
    do_decision(f);
    EXPECT(f->state->status == CERTIFICATE_SUSPENDED); /* a person lifts it */
    EXPECT(f->state->due == on("2027-07-10"));
    DO(f, "reviewer", "certificate.restore", "{'reasons':'监督通过'}");
    EXPECT(f->state->due == on("2028-01-10"));
}

#define WITHDRAW(code) "{'code':'" code "','reasons':'期满未改'}"

/* [LI8] [条例 26]: the enterprise has the whole of its time, and the authority
 * is told of no suspension that there was not. */
TEST(a_withdrawal_for_want_of_cure_follows_a_suspension_that_ran_out)
{
    FIXTURE(f);
    static const struct attempt valid[] = {
        { "none is suspended", "jack", "withdrawal.decide", WITHDRAW("0115"),
          ERR_REFUSED, "life.uncured_nothing" },
        { "for another cause", "jack", "withdrawal.decide", WITHDRAW("0116"),
          ALLOWED },
    };
    static const struct attempt last[] = {
        { "the last day", "jack", "withdrawal.decide", WITHDRAW("0115"),
          ERR_REFUSED, "life.uncured_early" },
        { "for another cause", "jack", "withdrawal.decide", WITHDRAW("0116"),
          ALLOWED },
    };
    static const struct attempt over[] = {
        { "the day after", "jack", "withdrawal.decide", WITHDRAW("0115"),
          ALLOWED },
    };

    certified(f, "2027-01-10");
    ATTEMPTS(f, valid);
    DO(f, "certificates", "certificate.suspend", SUSPEND("2027-01-08"));
    set_today(f, "2027-07-10");
    ATTEMPTS(f, last);
    set_today(f, "2027-07-11");
    ATTEMPTS(f, over);
}

/* [17065 7.11] [LI3] [条例 22] */
TEST(a_withdrawal_is_decided_by_one_and_signed_by_another)
{
    FIXTURE(f);

    suspended(f);
    set_today(f, "2027-07-11");
    NO(f, "head", "certificate.withdraw", "{}", ERR_REFUSED,
       "life.not_decided");
    NO(f, "certificates", "withdrawal.decide",
       "{'code':'0115','reasons':'期满未改'}", ERR_DENIED, "rights.role");
    DO(f, "jack", "withdrawal.decide", "{'code':'0115','reasons':'期满未改'}");
    EXPECT(f->state->status == CERTIFICATE_SUSPENDED); /* not yet signed */
    NO(f, "reviewer", "withdrawal.decide",
       "{'code':'0115','reasons':'期满未改'}", ERR_REFUSED,
       "life.decided_already");
    NO(f, "jack", "certificate.withdraw", "{}", ERR_DENIED, "rights.second");
    DO(f, "head", "certificate.withdraw", "{}");
    EXPECT(f->state->status == CERTIFICATE_WITHDRAWN);
    EXPECT(f->state->stage == STAGE_ENDED);
    EXPECT(f->state->ending == ENDING_CLOSED);
    NO(f, "certificates", "certificate.suspend", SUSPEND("2027-01-10"),
       ERR_REFUSED, "rights.stage");
}

/* [LI4] */
TEST(a_certificate_is_cancelled_when_the_enterprise_asks)
{
    static const struct {
        const char *code;
        bool asked;
        const char *id;
    } rows[] = {
        { "0122", true, NULL },
        { "0199", true, NULL },
        { "0122", false, "life.not_asked" },
        { "0199", false, "life.not_asked" },
        { "0111", false, NULL }, /* there is nobody to ask any more */
        { "0120", false, NULL }, /* its successor is there */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        char json[200];

        certified(f, "2027-01-10");
        if (rows[i].asked)
            DO(f, "applicant", "cancellation.ask", "{'reasons':'停业'}");
        (void)snprintf(json, sizeof json, "{'code':'%s','reasons':'注销'}",
                       rows[i].code);
        if (rows[i].id == NULL)
            DO(f, "certificates", "certificate.cancel", json);
        else
            NO(f, "certificates", "certificate.cancel", json, ERR_REFUSED,
               rows[i].id);
        EXPECT_ROW(rows[i].code, (f->state->status == CERTIFICATE_CANCELLED) ==
                                     (rows[i].id == NULL));
    }
}

TEST(an_enterprise_asks_for_cancellation_once)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    NO(f, "certificates", "cancellation.ask", "{'reasons':'停业'}", ERR_DENIED,
       "rights.role");
    DO(f, "applicant", "cancellation.ask", "{'reasons':'停业'}");
    NO(f, "applicant", "cancellation.ask", "{'reasons':'停业'}", ERR_REFUSED,
       "life.asked_already");
}

/* [LI5] [RI6] */
TEST(only_expiry_happens_by_itself_and_only_when_its_day_has_come)
{
    FIXTURE(f);

    certified(f, "2029-04-14");
    EXPECT_ERR(by_itself(f, "certificate.expire"), ERR_REFUSED,
               "life.not_over");
    set_today(f, "2029-04-15");
    NO(f, "certificates", "certificate.expire", "{}", ERR_DENIED,
       "rights.program");
    NO(f, "head", "certificate.expire", "{}", ERR_DENIED, "rights.program");
    NO(f, "certificates", "certificate.suspend", SUSPEND("2029-04-15"),
       ERR_REFUSED, "life.expired");
    NO(f, "reviewer", "reduction.decide", NARROW, ERR_REFUSED, "life.expired");
    EXPECT_OK(by_itself(f, "certificate.expire"));
    EXPECT(f->state->status == CERTIFICATE_EXPIRED);
    EXPECT(f->state->ending == ENDING_CLOSED);
}

TEST(the_program_does_nothing_else_by_itself)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    for (size_t i = 0; i < command_kind_count(); i++) {
        const char *name = command_kind_at(i)->name;
        struct event_list none = { 0 };

        if (strcmp(name, "certificate.expire") == 0)
            continue;
        err e = try_it(f, NULL, name, "{}", &none);
        EXPECT_ROW(name, failed(e));
    }
}

TEST(nothing_befalls_a_certificate_that_is_not_there)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "suspended", "certificates", "certificate.suspend",
          SUSPEND("2026-03-02"), ERR_REFUSED, "life.no_certificate" },
        { "restored", "reviewer", "certificate.restore", "{'reasons':'已整改'}",
          ERR_REFUSED, "life.no_certificate" },
        { "reduced", "reviewer", "reduction.decide", NARROW, ERR_REFUSED,
          "life.no_certificate" },
        { "withdrawn", "reviewer", "withdrawal.decide",
          "{'code':'0115','reasons':'期满未改'}", ERR_REFUSED,
          "life.no_certificate" },
        { "cancelled", "certificates", "certificate.cancel",
          "{'code':'0111','reasons':'注销'}", ERR_REFUSED,
          "life.no_certificate" },
    };

    go_to(f, STAGE_PLAN);
    ATTEMPTS(f, rows);
}

/* [17065 7.11.3] [LI7] */
TEST(a_scope_is_reduced_with_reasons_that_stay_in_the_case)
{
    FIXTURE(f);
    struct event_list got = { 0 };

    certified(f, "2027-01-10");
    EXPECT_OK(try_it(f, "reviewer", "reduction.decide", NARROW, &got));
    EXPECT(got.n == 1); /* nothing of it is public */
    const struct reduction *why = got.first->data;
    EXPECT_STR(why->reasons, S("冰箱停产"));
    DO(f, "reviewer", "reduction.decide", NARROW);
    EXPECT_OK(try_it(f, "head", "certificate.reduce", "{'note':'同意'}", &got));
    EXPECT(got.n == 2);
    const struct certificate_scope *told = got.last->data;
    EXPECT_STR(told->scope, S("空调售后"));
    EXPECT_STR(told->scope_en, S("Air conditioners"));
    EXPECT(got.last->kind->stream == STREAM_CERTIFICATE);
}

/* [17065 7.11] [LI3] [条例 22] */
TEST(a_reduction_is_decided_by_one_and_signed_by_another)
{
    static const struct attempt before[] = {
        { "nothing to sign", "head", "certificate.reduce", "{}", ERR_REFUSED,
          "life.no_reduction" },
        { "nothing to return", "head", "reduction.return", "{'reasons':'x'}",
          ERR_REFUSED, "life.no_reduction" },
        { "by who keeps certificates", "certificates", "reduction.decide",
          NARROW, ERR_DENIED, "rights.role" },
        { "by an auditor", "lead", "reduction.decide", NARROW, ERR_DENIED,
          "rights.role" },
    };
    static const struct attempt decided[] = {
        { "twice", "reviewer", "reduction.decide", NARROW, ERR_REFUSED,
          "life.reduction_decided" },
        { "a reviewer", "reviewer", "certificate.reduce", "{}", ERR_DENIED,
          "rights.role" },
        { "signed by who decided", "jack", "certificate.reduce", "{}",
          ERR_DENIED, "rights.second" },
        { "returned by who decided", "jack", "reduction.return",
          "{'reasons':'x'}", ERR_DENIED, "rights.second" },
        { "returned without reasons", "head", "reduction.return", "{}",
          ERR_INVALID, "record.missing" },
        { "the head", "head", "certificate.reduce", "{}", ALLOWED },
        { "another head", "umpire", "certificate.reduce", "{}", ALLOWED },
    };
    FIXTURE(f);

    certified(f, "2027-01-10");
    ATTEMPTS(f, before);
    DO(f, "jack", "reduction.decide", NARROW);
    ATTEMPTS(f, decided);
    EXPECT_STR(f->state->scope, S("家用电器的售后服务")); /* not yet signed */
    DO(f, "head", "certificate.reduce", "{}");
    EXPECT_STR(f->state->scope, S("空调售后"));
    EXPECT(f->state->status == CERTIFICATE_VALID);
    NO(f, "head", "certificate.reduce", "{}", ERR_REFUSED, "life.no_reduction");
    DO(f, "jack", "reduction.decide", NARROW); /* and another */
}

/* [LI3] [17065 7.6.2]: in the round under way, too. */
TEST(who_evaluates_the_round_neither_reduces_nor_signs)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    person_of(f, "spare")->roles |=
        ROLE_BIT(ROLE_REVIEWER) | ROLE_BIT(ROLE_HEAD);
    do_round_plan(f);
    NO(f, "spare", "reduction.decide", NARROW, ERR_DENIED,
       "rights.independent");
    DO(f, "reviewer", "reduction.decide", NARROW);
    NO(f, "spare", "certificate.reduce", "{}", ERR_DENIED,
       "rights.independent");
    NO(f, "spare", "reduction.return", "{'reasons':'x'}", ERR_DENIED,
       "rights.independent");
    DO(f, "head", "certificate.reduce", "{}");
}

/* [LI7] */
TEST(a_reduction_that_the_head_returns_changes_nothing)
{
    FIXTURE(f);
    size_t publics;

    certified(f, "2027-01-10");
    publics = f->public_count;
    DO(f, "reviewer", "reduction.decide", NARROW);
    DO(f, "head", "reduction.return", "{'reasons':'并未变窄'}");
    EXPECT_STR(f->state->scope, S("家用电器的售后服务"));
    EXPECT(f->public_count == publics);
    EXPECT(state_is_involved(f->state, person_of(f, "head")->id));
    NO(f, "head", "certificate.reduce", "{}", ERR_REFUSED, "life.no_reduction");
    do_reduction(f, "reviewer", NARROW);
    EXPECT_STR(f->state->scope, S("空调售后"));
}

/* [17065 7.11.3]: what is left of it may be restored. */
TEST(the_scope_of_a_suspended_certificate_may_be_reduced)
{
    FIXTURE(f);

    suspended(f);
    do_reduction(f, "reviewer", NARROW);
    EXPECT(f->state->status == CERTIFICATE_SUSPENDED);
    DO(f, "reviewer", "certificate.restore", "{'reasons':'已缩小'}");
    EXPECT_STR(f->state->scope, S("空调售后"));
}

/* [LI6] What was decided and not signed ends with the case. */
TEST(a_reduction_is_signed_no_more_once_the_certificate_is_over)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    DO(f, "reviewer", "reduction.decide", NARROW);
    DO(f, "certificates", "certificate.cancel",
       "{'code':'0111','reasons':'主体注销'}");
    NO(f, "head", "certificate.reduce", "{}", ERR_REFUSED, "rights.stage");
    NO(f, "applicant", "appeal.file", "{'subject':'reduction','grounds':'x'}",
       ERR_REFUSED, "appeal.nothing");
}

/* [LI7] [17065 7.12] One of the days when a reviewer alone reduced a scope. */
TEST(a_reduction_of_old_needs_no_signature_and_is_what_it_was)
{
    FIXTURE(f);
    struct event *old = NULL;

    certified(f, "2027-01-10");
    EXPECT_OK(event_read(&f->arena,
                         pinned_text(&f->arena, "events/scope.reduced.1.json"),
                         &old));
    apply(f->state, old);
    EXPECT_STR(f->state->scope, S("空调售后"));
    EXPECT_STR(f->state->scope_en, S("Air conditioners"));
    EXPECT(state_is_involved(f->state, old->actor));
    EXPECT(f->state->reduction == NULL);
}

/* [EV2] A signature under nothing, as no rule of ours would make it. */
TEST(a_signature_that_no_decision_came_before_reduces_nothing)
{
    FIXTURE(f);
    struct event *stray = NULL;

    certified(f, "2027-01-10");
    EXPECT_OK(
        event_read(&f->arena,
                   pinned_text(&f->arena, "events/reduction.signed.1.json"),
                   &stray));
    apply(f->state, stray);
    EXPECT_STR(f->state->scope, S("家用电器的售后服务"));
}
