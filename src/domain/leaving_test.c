/* Changes while a round is under way, and what becomes of its plan when a site
 * leaves. [17065 7.10] [17065 7.4] [M15] */

#include "domain/change.h"

#include "domain/stages.h"
#include "domain/test_fixture.h"

#define RENAMED "{'kind':'name','holder':'示例电器集团','reasons':'更名'}"
#define CLOSE   "{'kind':'sites','sites':['一店'],'reasons':'关店'}"
#define NARROW  "{'scope':'空调售后','sites':['一店'],'reasons':'关店'}"
#define SPOILT                                                                 \
    "{'indicator':'1.1','result':'not_met','evidence':['现场'],'site':'一店'}"
#define SEEN                                                                   \
    "{'site':'一店','place':'柜台','indicators':['1.1'],'note':'有记录'}"

/* A surveillance on the headquarters and one shop, up to where it is planned,
 * agreed to, begun, closed, reported. */
enum how_far { PLANNED, AGREED, BEGUN, CLOSED, REPORTED };

static void go_round(struct fixture *f, enum how_far far)
{
    certified(f, "2027-01-10");
    if (far == PLANNED) {
        DO(f, "planner", "round.open", "{'kind':'surveillance'}");
        DO(f, "planner", "plan.make",
           "{'lead':'spare','members':['auditor'],'from':'2027-01-10',"
           "'to':'2027-01-10','person_days':20}");
        return;
    }
    do_round_plan(f);
    if (far == BEGUN)
        DO(f, "spare", "audit.open", "{}");
    if (far >= CLOSED)
        do_round_audit(f);
    if (far >= REPORTED)
        do_round_report(f);
}

static size_t planned(const struct fixture *f)
{
    return f->state->plan->sites.n;
}

/* Did the shop leave the certificate? */
static bool has_left(const struct fixture *f)
{
    return f->state->site_gone[sites_place(f->state, S("一店"))];
}

/* --- at any stage [CH4] -----------------------------------------------------
 */

/* [CH3]: by who takes no part in it. [17065 7.6.2] */
TEST(a_name_changes_at_every_stage_of_a_round)
{
    static const struct {
        const char *name;
        enum how_far far;
        enum stage stage;
    } rows[] = {
        { "planned", PLANNED, STAGE_PLAN },
        { "agreed", AGREED, STAGE_AUDIT },
        { "begun", BEGUN, STAGE_AUDIT },
        { "closed", CLOSED, STAGE_REPORT },
        { "reported", REPORTED, STAGE_DECISION },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        go_round(f, rows[i].far);
        const struct plan *plan = f->state->plan;
        DO(f, "applicant", "change.ask", RENAMED);
        DO(f, "reviewer", "change.refuse", "{'number':1,'reasons':'无证据'}");
        DO(f, "certificates", "change.ask", RENAMED);
        DO(f, "reviewer", "change.approve", "{'number':2}");
        EXPECT_ROW_STR(rows[i].name, f->state->certificate->holder,
                       S("示例电器集团"));
        EXPECT_ROW(rows[i].name, f->state->stage == rows[i].stage);
        EXPECT_ROW(rows[i].name, f->state->plan == plan);
    }
}

TEST(who_evaluates_the_round_under_way_judges_no_change)
{
    FIXTURE(f);

    person_of(f, "spare")->roles |= ROLE_BIT(ROLE_REVIEWER);
    go_round(f, BEGUN);
    DO(f, "applicant", "change.ask", RENAMED);
    NO(f, "spare", "change.approve", "{'number':1}", ERR_DENIED,
       "rights.independent");
    NO(f, "spare", "change.refuse", "{'number':1,'reasons':'x'}", ERR_DENIED,
       "rights.independent");
    DO(f, "jack", "change.approve", "{'number':1}");
}

/* [CH4] A round goes on while the certificate is suspended; changes wait. */
TEST(a_suspended_certificate_is_not_changed_during_a_round_either)
{
    FIXTURE(f);

    go_round(f, BEGUN);
    DO(f, "certificates", "certificate.suspend",
       "{'code':'0111','reasons':'x','confirmed':'2027-01-10'}");
    NO(f, "applicant", "change.ask", RENAMED, ERR_REFUSED,
       "changing.suspended");
}

/* [ST-4] */
TEST(before_there_is_a_certificate_no_stage_has_a_change)
{
    static const enum stage stages[] = { STAGE_PLAN, STAGE_AUDIT, STAGE_REPORT,
                                         STAGE_CORRECTION, STAGE_DECISION };

    for (size_t i = 0; i < COUNT(stages); i++) {
        FIXTURE(f);

        go_to(f, stages[i]);
        NO(f, "applicant", "change.ask", RENAMED, ERR_REFUSED,
           "life.no_certificate");
    }
}

/* [CH2] What the round under way is about has not been evaluated. */
TEST(an_extension_is_not_granted_before_its_round_is_decided)
{
    static const char wider[] =
        "{'kind':'extension','scope':'家电与灯具','reasons':'扩大'}";
    FIXTURE(f);

    certified(f, "2026-06-01");
    DO(f, "planner", "round.open", "{'kind':'extension','reason':'申请'}");
    NO(f, "applicant", "change.ask", wider, ERR_REFUSED,
       "changing.no_extension");
}

/* --- a site leaves before the team was there [SI5] -------------------------
 */

TEST(a_site_that_leaves_before_it_is_visited_leaves_the_plan)
{
    static const enum how_far far[] = { PLANNED, AGREED, BEGUN };

    for (size_t i = 0; i < COUNT(far); i++) {
        FIXTURE(f);
        struct event_list made = { 0 };

        go_round(f, far[i]);
        enum stage stage = f->state->stage;
        DO(f, "applicant", "change.ask", CLOSE);
        EXPECT(planned(f) == 2 && !has_left(f)); /* not yet approved */
        EXPECT_OK(try_it(f, "jack", "change.approve", "{'number':1}", &made));
        EXPECT(strcmp(made.first->next->kind->name, "plan.narrowed") == 0);
        DO(f, "jack", "change.approve", "{'number':1}");
        EXPECT(planned(f) == 1 && has_left(f));
        EXPECT_STR(*(const str *)f->state->plan->sites.p, S("总部"));
        EXPECT(f->state->stage == stage);
        EXPECT(f->state->plan_agreed == (far[i] != PLANNED)); /* [PL6] */
    }
}

TEST(nothing_is_recorded_any_more_of_a_site_that_left_the_plan)
{
    FIXTURE(f);

    go_round(f, BEGUN);
    DO(f, "applicant", "change.ask", CLOSE);
    DO(f, "jack", "change.approve", "{'number':1}");
    NO(f, "auditor", "observation.record", SEEN, ERR_INVALID, "papers.site");
    NO(f, "auditor", "finding.record", SPOILT, ERR_INVALID, "papers.site");
}

TEST(a_refused_change_leaves_the_plan_as_it_is)
{
    FIXTURE(f);

    go_round(f, BEGUN);
    DO(f, "applicant", "change.ask", CLOSE);
    DO(f, "jack", "change.refuse", "{'number':1,'reasons':'未关店'}");
    EXPECT(planned(f) == 2 && !has_left(f));
}

/* [PL6]: half a day for each outlet, never below what is needed. */
TEST(the_time_for_an_outlet_leaves_with_it)
{
    static const struct {
        const char *name;
        const char *planned; /* tenths of a day; 25 are needed */
        int64_t left;        /* and then 20 */
        const char *more;
    } rows[] = {
        { "what is needed", "25", 20, "" },
        { "more than that", "30", 25, "" },
        { "less, for a reason", "22", 20, ",'reason':'网点集中'" },
        { "much less, for a reason", "18", 18, ",'reason':'网点集中'" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        scoped(fixture_end) struct fixture *f =
            fixture_with("site: 4.5, surveillance: 2, renewal: 4 }\n",
                         "site: 4, surveillance: 2, renewal: 4 }\n"
                         "  outlet: 0.5\n");
        struct buf b;
        str json;

        buf_init(&b, &f->arena, 1000);
        buf_printf(&b,
                   "{'lead':'spare','members':['auditor'],'from':'2027-01-10',"
                   "'to':'2027-01-11','person_days':%s%s}",
                   rows[i].planned, rows[i].more);
        EXPECT_OK(buf_done(&b, &json));
        certified(f, "2027-01-10");
        DO(f, "planner", "round.open", "{'kind':'surveillance'}");
        DO(f, "planner", "plan.make", json.p);
        EXPECT_ROW(rows[i].name, f->state->plan->needed == 25);
        DO(f, "applicant", "change.ask", CLOSE);
        DO(f, "jack", "change.approve", "{'number':1}");
        EXPECT_ROW(rows[i].name, f->state->plan->needed == 20);
        EXPECT_ROW(rows[i].name, f->state->plan->person_days == rows[i].left);
    }
}

/* [PL4] The planner makes that one anew, without the site. */
TEST(a_plan_that_was_objected_to_does_not_hold_a_site_back)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    DO(f, "planner", "round.open", "{'kind':'special','reason':'投诉'}");
    DO(f, "planner", "plan.make",
       "{'lead':'spare','members':['auditor'],'from':'2027-01-10',"
       "'to':'2027-01-10','person_days':20,'sites':['一店']}");
    DO(f, "applicant", "change.ask", CLOSE);
    NO(f, "jack", "change.approve", "{'number':1}", ERR_REFUSED,
       "changing.few_sites");
    DO(f, "applicant", "plan.object", "{'reasons':'已关店'}");
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(has_left(f));
}

/* --- after it [SI5] [SI6] ---------------------------------------------------
 */

/* What was seen stays in the report. */
TEST(a_site_that_was_visited_stays_in_the_plan_when_it_leaves)
{
    FIXTURE(f);

    go_round(f, BEGUN);
    DO(f, "auditor", "observation.record", SEEN);
    DO(f, "applicant", "change.ask", CLOSE);
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(planned(f) == 2 && has_left(f));
    fixture_end(&f);

    f = fixture_new();
    go_round(f, BEGUN);
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.1','result':'met','site':'一店'}");
    DO(f, "applicant", "change.ask", CLOSE);
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(planned(f) == 2 && has_left(f));
}

TEST(after_the_closing_meeting_the_plan_is_what_it_was)
{
    static const enum how_far far[] = { CLOSED, REPORTED };

    for (size_t i = 0; i < COUNT(far); i++) {
        FIXTURE(f);

        go_round(f, far[i]);
        DO(f, "applicant", "change.ask", CLOSE);
        DO(f, "jack", "change.approve", "{'number':1}");
        EXPECT(planned(f) == 2 && has_left(f));
    }
}

/* What an earlier audit saw is no visit of this one. */
TEST(a_visit_of_the_round_before_keeps_no_site_in_the_plan)
{
    FIXTURE(f);

    go_round(f, BEGUN);
    DO(f, "auditor", "observation.record", SEEN);
    DO(f, "auditor", "finding.record", "{'indicator':'1.1','result':'met'}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.2','result':'sampled','k':10,'n':10}");
    DO(f, "auditor", "figure.record",
       "{'figure':'satisfaction','k':95,'n':100,'source':'x'}");
    DO(f, "auditor", "figure.record",
       "{'figure':'resolution','k':92,'n':100,'source':'x'}");
    DO(f, "spare", "audit.close", "{}");
    do_round_report(f);
    do_decision(f);
    set_today(f, "2028-01-10");
    do_round_plan(f);
    DO(f, "spare", "audit.open", "{}");
    DO(f, "applicant", "change.ask", CLOSE);
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(planned(f) == 1);
}

/* [17065 7.4.6] Both sides: what costs points, and what does not. */
TEST(a_site_where_the_audit_found_something_stays_until_that_is_settled)
{
    static const struct {
        const char *name;
        const char *command;
        const char *json;
        const char *id; /* NULL: it leaves */
    } rows[] = {
        { "what costs points", "finding.record", SPOILT,
          "changing.open_findings" },
        { "what costs points elsewhere", "finding.record",
          "{'indicator':'1.1','result':'not_met','evidence':['x'],"
          "'site':'总部'}",
          NULL },
        { "a sample with a miss", "finding.record",
          "{'indicator':'1.2','result':'sampled','k':9,'n':10,"
          "'evidence':['x'],'site':'一店'}",
          "changing.open_findings" },
        { "a sample without", "finding.record",
          "{'indicator':'1.2','result':'sampled','k':10,'n':10,"
          "'site':'一店'}",
          NULL },
        { "a minor nonconformity", "nonconformity.raise",
          "{'indicator':'1.1','grade':'minor','text':'x','site':'一店'}",
          "changing.open_findings" },
        { "one of the headquarters", "nonconformity.raise",
          "{'indicator':'1.1','grade':'minor','text':'x','site':'总部'}",
          NULL },
        { "an observation, which is not corrected", "nonconformity.raise",
          "{'indicator':'1.1','grade':'observation','text':'x',"
          "'site':'一店'}",
          NULL },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        go_round(f, BEGUN);
        DO(f, "applicant", "change.ask", CLOSE);
        DO(f, "auditor", rows[i].command, rows[i].json);
        if (rows[i].id == NULL)
            DO(f, "jack", "change.approve", "{'number':1}");
        else
            NO(f, "jack", "change.approve", "{'number':1}", ERR_REFUSED,
               rows[i].id);
        EXPECT_ROW(rows[i].name, has_left(f) == (rows[i].id == NULL));
    }
}

/* The surveillance finds a minor nonconformity at the shop, up to its
 * correction. */
static void find_at_the_shop(struct fixture *f)
{
    go_round(f, BEGUN);
    DO(f, "auditor", "finding.record", SPOILT);
    DO(f, "auditor", "nonconformity.raise",
       "{'indicator':'1.1','grade':'minor','text':'职责不清'}");
    DO(f, "auditor", "finding.record",
       "{'indicator':'1.2','result':'sampled','k':10,'n':10}");
    DO(f, "auditor", "figure.record",
       "{'figure':'satisfaction','k':95,'n':100,'source':'x'}");
    DO(f, "auditor", "figure.record",
       "{'figure':'resolution','k':92,'n':100,'source':'x'}");
    DO(f, "spare", "audit.close", "{}");
    DO(f, "applicant", "change.ask", CLOSE);
    NO(f, "jack", "change.approve", "{'number':1}", ERR_REFUSED,
       "changing.open_findings");
    DO(f, "spare", "report.issue",
       "{'recommended':true,'summary':'报告','runs':true,"
       "'improvements':'x','correct_until':'2027-01-30'}");
    DO(f, "applicant", "report.acknowledge", "{}");
}

TEST(a_site_leaves_once_what_was_found_there_is_corrected)
{
    FIXTURE(f);

    find_at_the_shop(f);
    NO(f, "jack", "change.approve", "{'number':1}", ERR_REFUSED,
       "changing.open_findings");
    DO(f, "applicant", "correction.submit",
       "{'number':1,'cause':'c','action':'a','evidence':['e']}");
    NO(f, "jack", "change.approve", "{'number':1}", ERR_REFUSED,
       "changing.open_findings");
    DO(f, "auditor", "correction.accept", "{'number':1}");
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(planned(f) == 2 && has_left(f));
    do_decision(f);
}

/* Between rounds the round that found it was decided. */
TEST(what_a_decided_round_left_open_holds_no_site)
{
    FIXTURE(f);

    find_at_the_shop(f);
    set_today(f, "2027-01-31"); /* the limit has passed */
    DO(f, "reviewer", "decision.refuse", "{'reasons':'未整改'}");
    DO(f, "head", "decision.sign", "{}");
    EXPECT(f->state->stage == STAGE_UPKEEP);
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(has_left(f));
}

/* --- with a reduction (life.c [LI7]) -----------------------------------------
 */

TEST(a_site_that_leaves_with_a_scope_leaves_the_plan_when_the_head_signs)
{
    FIXTURE(f);
    struct event_list made = { 0 };

    go_round(f, AGREED);
    DO(f, "jack", "reduction.decide", NARROW);
    EXPECT(planned(f) == 2);
    EXPECT_OK(try_it(f, "head", "certificate.reduce", "{}", &made));
    EXPECT(strcmp(made.first->kind->name, "plan.narrowed") == 0);
    DO(f, "head", "certificate.reduce", "{}");
    EXPECT(planned(f) == 1 && has_left(f));
}

TEST(the_head_signs_no_reduction_that_would_leave_findings_behind)
{
    FIXTURE(f);

    go_round(f, BEGUN);
    DO(f, "auditor", "finding.record", SPOILT);
    DO(f, "jack", "reduction.decide", NARROW);
    NO(f, "head", "certificate.reduce", "{}", ERR_REFUSED,
       "changing.open_findings");
    EXPECT(f->state->reduction != NULL && !has_left(f));
}

/* One that left in the meantime is not counted twice. */
TEST(a_site_that_left_with_a_reduction_leaves_no_plan_again)
{
    FIXTURE(f);

    certified(f, "2027-01-10");
    DO(f, "applicant", "change.ask", CLOSE);
    do_reduction(f, "jack", NARROW);
    do_round_plan(f);
    EXPECT(planned(f) == 1);
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(planned(f) == 1 && has_left(f));
}
