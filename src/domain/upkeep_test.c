/* Stage 11: rounds of upkeep. [M22] [17065 7.9] [条例 26] */

#include "domain/stages.h"
#include "domain/test_fixture.h"

/* A surveillance audited on this day, its report acknowledged. */
static void audited(struct fixture *f, const char *today)
{
    certified(f, today);
    do_round_plan(f);
    do_round_audit(f);
    do_round_report(f);
}

/* [17065 7.10] [UP1] */
TEST(a_round_is_opened_by_who_plans_or_reviews_and_says_what_it_is)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "the usual one", "planner", "round.open", "{'kind':'surveillance'}",
          ALLOWED },
        { "a reviewer who was told something", "reviewer", "round.open",
          "{'kind':'special','reason':'投诉'}", ALLOWED },
        { "an extension", "planner", "round.open",
          "{'kind':'extension','reason':'新增品类'}", ALLOWED },
        { "the enterprise", "applicant", "round.open",
          "{'kind':'surveillance'}", ERR_DENIED, "rights.role" },
        { "no reason", "planner", "round.open", "{'kind':'special'}",
          ERR_INVALID, "upkeep.reason" },
        { "the first one again", "planner", "round.open", "{'kind':'initial'}",
          ERR_INVALID, "upkeep.initial" },
        { "the case is over", "applicant", "case.withdraw",
          "{'reasons':'不做了'}", ERR_REFUSED, "rights.stage" },
    };

    certified(f, "2027-03-22");
    ATTEMPTS(f, rows);
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    NO(f, "planner", "round.open", "{'kind':'surveillance'}", ERR_REFUSED,
       "rights.stage");
    NO(f, "applicant", "case.withdraw", "{'reasons':'不做了'}", ERR_REFUSED,
       "case.certified");
}

/* [M22] The package's surveillance is about 1.1 and 1.2, and draws no
 * customers. */
TEST(a_surveillance_judges_its_part_anew_and_carries_the_rest)
{
    FIXTURE(f);
    struct score score;

    certified(f, "2027-03-22");
    do_round_plan(f);
    DO(f, "spare", "audit.open", "{}");
    state_score(f->state, &score);
    EXPECT(score.shown == 10000); /* as the first audit left it */
    NO(f, "spare", "audit.close", "{}", ERR_REFUSED, "audit.no_finding");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.1','result':'not_met','evidence':['现场'],'site':'总部'"
       "}");
    NO(f, "spare", "audit.close", "{}", ERR_REFUSED, "audit.no_finding");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.2','result':'sampled','k':10,'n':10}");
    state_score(f->state, &score);
    EXPECT(score.shown == 7500); /* 60 of the 80 that apply */
    NO(f, "spare", "audit.close", "{}", ERR_REFUSED, "audit.no_figure");
}

/* [RP3] [M22] [M27] */
TEST(the_report_of_a_surveillance_says_whether_the_system_runs)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "says nothing of it", "spare", "report.issue",
          "{'recommended':true,'summary':'报告'}", ERR_INVALID,
          "report.surveillance" },
        { "recommends what does not run", "spare", "report.issue",
          "{'recommended':true,'summary':'报告','improvements':'无'}",
          ERR_REFUSED, "report.does_not_run" },
        { "does not recommend it", "spare", "report.issue",
          "{'recommended':false,'summary':'报告','improvements':'无'}",
          ALLOWED },
        { "the lead of the first audit", "lead", "report.issue",
          "{'recommended':true,'summary':'报告','runs':true,"
          "'improvements':'有'}",
          ERR_DENIED, "rights.lead" },
    };

    certified(f, "2027-03-22");
    do_round_plan(f);
    do_round_audit(f);
    ATTEMPTS(f, rows);
}

TEST(the_report_of_a_first_audit_says_nothing_of_upkeep)
{
    FIXTURE(f);

    go_to(f, STAGE_REPORT);
    NO(f, "lead", "report.issue",
       "{'recommended':true,'summary':'报告','runs':true}", ERR_INVALID,
       "report.surveillance");
}

/* [ST-2] [17065 7.6.2]: jack may do everything, but not all of it; and who
 * audited last year may decide this year. */
TEST(each_round_has_people_of_its_own)
{
    FIXTURE(f);

    audited(f, "2027-03-22");
    NO(f, "spare", "decision.grant", "{}", ERR_DENIED, "rights.role");
    DO(f, "jack", "decision.grant", "{}");
    NO(f, "jack", "decision.sign", "{}", ERR_DENIED, "rights.second");
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->surveillances == 1 && f->state->rounds == 1);
    EXPECT(f->state->due == on("2028-03-22"));

    set_today(f, "2028-03-01");
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    DO(f, "planner", "plan.make",
       "{'lead':'jack','members':['auditor'],'from':'2028-03-01',"
       "'to':'2028-03-01','person_days':20}");
    DO(f, "applicant", "plan.agree", "{}");
    NO(f, "jack", "decision.grant", "{}", ERR_REFUSED, "rights.stage");
    DO(f, "jack", "audit.open", "{}");
    DO(f, "auditor", "finding.record", "{'indicator':'1.1','result':'met'}");
    EXPECT(state_is_evaluator(f->state, person_of(f, "jack")->id));
    EXPECT(!state_is_evaluator(f->state, person_of(f, "spare")->id));
}

/* [UP2] [DE5]: nobody is suspended by itself. */
TEST(a_round_that_is_refused_proposes_to_suspend_within_five_days)
{
    FIXTURE(f);

    audited(f, "2027-03-22");
    DO(f, "reviewer", "decision.refuse", "{'reasons':'部门已撤销'}");
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->stage == STAGE_UPKEEP);
    EXPECT(f->state->suspension_proposed);
    EXPECT(f->state->due == on("2027-03-27"));
    EXPECT(f->state->surveillances == 0);
    EXPECT_STR(f->state->granted->level, S("ten"));

    /* another look may lift the proposal */
    DO(f, "planner", "round.open", "{'kind':'special','reason':'复查'}");
    EXPECT(!f->state->suspension_proposed);
}

/* [UP3] */
TEST(rounds_belong_to_a_certificate_that_runs)
{
    FIXTURE(f);
    static const struct attempt last[] = {
        { "the last day", "planner", "round.open", "{'kind':'surveillance'}",
          ALLOWED },
    };
    static const struct attempt over[] = {
        { "the day after", "planner", "round.open", "{'kind':'surveillance'}",
          ERR_REFUSED, "upkeep.expired" },
    };

    certified(f, "2029-04-14");
    ATTEMPTS(f, last);
    set_today(f, "2029-04-15");
    ATTEMPTS(f, over);
}

/* state.h [ST-8]: whoever evaluates is remembered for good, so the next round
 * begins only where all of this one find a place. */
TEST(a_round_that_could_not_be_remembered_is_not_opened)
{
    FIXTURE(f);
    struct state *s;
    static const struct attempt full[] = {
        { "room for all of them", "planner", "round.open",
          "{'kind':'surveillance'}", ALLOWED },
    };
    static const struct attempt fuller[] = {
        { "for all but one", "planner", "round.open", "{'kind':'surveillance'}",
          ERR_LIMIT, "rights.evaluators" },
    };

    certified(f, "2027-03-22");
    s = f->state;
    while (s->involved_count < INVOLVED_MAX - s->evaluators.n) {
        s->involved[s->involved_count] =
            (id){ { 9, (uint8_t)(s->involved_count >> 8),
                    (uint8_t)s->involved_count } };
        s->involved_count++;
    }
    ATTEMPTS(f, full);
    s->involved[s->involved_count++] = (id){ { 8 } };
    ATTEMPTS(f, fuller);
}

/* [M22] [条例 26] [UP3]: issued on 2026-04-15 for three years. */
TEST(the_next_surveillance_is_due_twelve_months_after_the_newest)
{
    static const struct {
        const char *decided;
        const char *next;
    } rows[] = {
        { "2027-04-15", "2028-04-15" },
        { "2028-04-14", "2029-04-14" }, /* the very last day */
        { "2028-04-15", "never" },      /* it would be a day too late */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        char got[DAY_TEXT];

        audited(f, rows[i].decided);
        do_decision(f);
        EXPECT_ROW_STR(rows[i].decided, day_text(f->state->due, got),
                       str_of(rows[i].next));
    }
}

/* [17065 7.9]: it may look at one thing only, and moves no due day. */
TEST(a_special_audit_looks_at_something)
{
    FIXTURE(f);

    certified(f, "2026-09-01");
    DO(f, "planner", "round.open", "{'kind':'special','reason':'投诉集中'}");
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2026-09-01',"
       "'to':'2026-09-01','person_days':10}");
    DO(f, "applicant", "plan.agree", "{}");
    DO(f, "spare", "audit.open", "{}");
    NO(f, "spare", "audit.close", "{}", ERR_REFUSED, "audit.nothing_found");
    DO(f, "spare", "finding.record", "{'indicator':'3.2','result':'met'}");
    DO(f, "spare", "audit.close", "{}");
    DO(f, "spare", "report.issue", "{'recommended':true,'summary':'属实'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    do_decision(f);
    EXPECT(f->state->surveillances == 0);
    EXPECT(f->state->due == on("2027-04-15")); /* as it was */
}

/* [DE5] [M18]: a nonconformity of a round is corrected like any other. */
TEST(a_round_corrects_what_it_found)
{
    FIXTURE(f);

    certified(f, "2027-03-22");
    do_round_plan(f);
    DO(f, "spare", "audit.open", "{}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.1','result':'not_met','evidence':['现场'],'site':'总部'"
       "}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.2','result':'sampled','k':10,'n':10}");
    DO(f, "auditor", "figure.record",
       "{'figure':'satisfaction','k':95,'n':100,'source':'满意度调查'}");
    DO(f, "auditor", "figure.record",
       "{'figure':'resolution','k':92,'n':100,'source':'维修工单'}");
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'minor','text':'职责不清'}");
    DO(f, "spare", "audit.close", "{}");
    DO(f, "spare", "report.issue",
       "{'recommended':true,'summary':'报告','runs':true,'improvements':'有',"
       "'correct_until':'2027-04-11'}");
    DO(f, "applicant", "report.acknowledge", "{}");
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'分工','action':'专人','evidence':['记录']}");
    DO(f, "auditor", "correction.accept", "{'number':1}");
    EXPECT(f->state->stage == STAGE_DECISION);
    do_decision(f);
    EXPECT(f->state->decision->shown == 10000);
    EXPECT(f->state->stage == STAGE_UPKEEP);
}

/* [DE5]: below its level a certificate is kept at one that is named. */
TEST(a_round_may_keep_the_certificate_at_a_lower_level)
{
    FIXTURE(f);

    certified(f, "2027-03-22");
    do_round_plan(f);
    DO(f, "spare", "audit.open", "{}");
    DO(f, "auditor", "finding.record", "{'indicator':'1.1','result':'met'}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.2','result':'sampled','k':5,'n':10,"
       "'evidence':['档案']"
       ",'site':'总部'}");
    DO(f, "auditor", "figure.record",
       "{'figure':'satisfaction','k':95,'n':100,'source':'满意度调查'}");
    DO(f, "auditor", "figure.record",
       "{'figure':'resolution','k':92,'n':100,'source':'维修工单'}");
    DO(f, "spare", "audit.close", "{}");
    do_round_report(f);
    NO(f, "reviewer", "decision.grant", "{}", ERR_REFUSED, "decision.level");
    DO(f, "reviewer", "decision.grant", "{'level':'three'}");
    DO(f, "head", "decision.sign", "{}");
    EXPECT_STR(f->state->granted->level, S("three"));
    EXPECT_STR(f->state->certificate->level, S("ten")); /* until reissued */
}

/* The scheme's table: 2 days for 26 to 45 staff. */
TEST(a_surveillance_keeps_the_norms_of_its_own_table)
{
    FIXTURE(f);
    static const struct attempt rows[] = {
        { "as the table asks", "planner", "plan.make",
          "{'lead':'spare','members':['auditor'],'from':'2027-03-22',"
          "'to':'2027-03-22','person_days':20}",
          ALLOWED },
        { "a tenth less", "planner", "plan.make",
          "{'lead':'spare','members':['auditor'],'from':'2027-03-22',"
          "'to':'2027-03-22','person_days':19}",
          ERR_REFUSED, "plan.below_table" },
        { "a conflict of interest", "planner", "plan.make",
          "{'lead':'tied','members':['auditor'],'from':'2027-03-22',"
          "'to':'2027-03-22','person_days':20}",
          ERR_REFUSED, "plan.conflict" },
    };

    certified(f, "2027-03-22");
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    ATTEMPTS(f, rows);
}

/* 1.5 days for up to 25 staff, 2 for up to 45, no norm above. */
TEST(the_table_asks_for_days_of_a_surveillance_by_staff)
{
    static const struct {
        int64_t staff;
        int64_t days; /* tenths */
    } rows[] = { { 1, 15 }, { 25, 15 }, { 26, 20 }, { 45, 20 }, { 46, 0 } };
    FIXTURE(f);

    certified(f, "2027-03-22");
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    struct application other = *f->state->application;
    f->state->application = &other;
    for (size_t i = 0; i < COUNT(rows); i++) {
        other.staff = rows[i].staff;
        DO(f, "planner", "plan.make",
           "{'lead':'spare','members':['auditor'],'from':'2027-03-22',"
           "'to':'2027-03-22','person_days':20}");
        EXPECT(f->state->plan->table_days == rows[i].days);
    }
}

/* life.c [LI9] What is asked for before a certificate is restored: by the round
 * that was failed, and done by one that was kept. */
TEST(a_round_asks_for_its_cure_and_is_one)
{
    static const struct {
        const char *name;
        enum round_kind round;
        bool kept;
        enum cure before;
        enum cure after;
    } rows[] = {
        { "a surveillance failed", ROUND_SURVEILLANCE, false, CURE_TOLD,
          CURE_SURVEILLANCE },
        { "a special audit failed", ROUND_SPECIAL, false, CURE_TOLD,
          CURE_ROUND },
        { "after a surveillance", ROUND_SPECIAL, false, CURE_SURVEILLANCE,
          CURE_SURVEILLANCE },
        { "a surveillance after a special audit", ROUND_SURVEILLANCE, false,
          CURE_ROUND, CURE_SURVEILLANCE },
        { "a surveillance kept", ROUND_SURVEILLANCE, true, CURE_SURVEILLANCE,
          CURE_TOLD },
        { "that cures what a special audit asked for", ROUND_SURVEILLANCE, true,
          CURE_ROUND, CURE_TOLD },
        { "a special audit kept", ROUND_SPECIAL, true, CURE_ROUND, CURE_TOLD },
        { "that does not stand for a surveillance", ROUND_SPECIAL, true,
          CURE_SURVEILLANCE, CURE_SURVEILLANCE },
        { "nothing was asked for", ROUND_EXTENSION, true, CURE_TOLD,
          CURE_TOLD },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct event e = { .on = f->facts.today };

        certified(f, "2027-03-22");
        f->state->round = rows[i].round;
        f->state->cure = rows[i].before;
        upkeep_resume(f->state, &e, rows[i].kept, f->facts.today + 1);
        EXPECT_ROW(rows[i].name, f->state->cure == rows[i].after);
    }
}
