/* How many sites a plan under way keeps when one leaves: as many as the round
 * asks for. [17065 7.4] [M15] [SI1] [SI5] */

#include "domain/plan.h"
#include "domain/stages.h"
#include "domain/test_fixture.h"

#define CLOSE "{'kind':'sites','sites':['一店'],'reasons':'关店'}"
#define WHOLE_PLAN                                                             \
    "{'lead':'spare','members':['auditor'],'from':'2027-01-10',"               \
    "'to':'2027-01-10','person_days':20}"

static size_t planned(const struct fixture *f)
{
    return f->state->plan->sites.n;
}

static void certify_network(struct fixture *f)
{
    prepare_case(f);
    DO(f, "applicant", "application.submit",
       "{'scope':'家用电器的售后服务','staff':40,'service_staff':12,'sites':["
       "{'name':'总部','place':'示例市','kind':'hq'},"
       "{'name':'一店','place':'示例市','kind':'outlet'},"
       "{'name':'二店','place':'示例市','kind':'outlet'},"
       "{'name':'三店','place':'示例市','kind':'outlet'},"
       "{'name':'四店','place':'示例市','kind':'outlet'},"
       "{'name':'五店','place':'示例市','kind':'outlet'}]}");
    do_completeness(f);
    do_contract(f);
    do_documents(f);
    do_plan(f);
    do_audit(f);
    do_report(f);
    do_decision(f);
    DO(f, "certificates", "certificate.issue", "{}");
    set_today(f, "2027-01-10");
}

/* The planner visits the headquarters, the drawn outlet and others, `n` outlets
 * in all; the enterprise agrees. */
static void plan_outlets(struct fixture *f, size_t n)
{
    static const char *const names[] = { "一店", "二店", "三店", "四店",
                                         "五店" };
    str drawn = *(const str *)f->state->sites_drawn->drawn.p;
    struct buf b;
    str json;

    buf_init(&b, &f->arena, 1000);
    buf_printf(&b,
               "{'lead':'spare','members':['auditor'],'from':'2027-01-10',"
               "'to':'2027-01-10','person_days':20,'sites':['总部','%.*s'",
               STR_ARG(drawn));
    for (size_t i = 0; i < COUNT(names) && n > 1; i++) {
        if (str_eq(str_of(names[i]), drawn))
            continue;
        buf_printf(&b, ",'%s'", names[i]);
        n--;
    }
    buf_str(&b, S("]}"));
    EXPECT_OK(buf_done(&b, &json));
    DO(f, "planner", "plan.make", json.p);
    DO(f, "applicant", "plan.agree", "{}");
}

/* What stands between `before` and `after` is the outlet that was drawn. */
static const char *about_drawn(struct fixture *f, const char *before,
                               const char *after)
{
    const str *drawn = f->state->sites_drawn->drawn.p;
    struct buf b;
    str json = S("");

    buf_init(&b, &f->arena, 1000);
    buf_printf(&b, "%s%.*s%s", before, STR_ARG(*drawn), after);
    EXPECT_OK(buf_done(&b, &json));
    return json.p;
}

/* A plan that visits two outlets, neither of which was drawn. */
static const char *about_others(struct fixture *f)
{
    str drawn = *(const str *)f->state->sites_drawn->drawn.p;
    const char *first = str_eq(drawn, S("一店")) ? "三店" : "一店";
    const char *second = str_eq(drawn, S("二店")) ? "三店" : "二店";
    struct buf b;
    str json = S("");

    buf_init(&b, &f->arena, 1000);
    buf_printf(&b,
               "{'lead':'spare','members':['auditor'],'from':'2027-01-10',"
               "'to':'2027-01-10','person_days':20,'reason':'已关店',"
               "'sites':['总部','%s','%s']}",
               first, second);
    EXPECT_OK(buf_done(&b, &json));
    return json.p;
}

static void draw_outlets(struct fixture *f)
{
    certify_network(f);
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    DO(f, "planner", "sites.draw", "{}");
}

static void ask_to_close_the_drawn(struct fixture *f)
{
    DO(f, "applicant", "change.ask",
       about_drawn(f, "{'kind':'sites','sites':['", "'],'reasons':'关店'}"));
}

/* Two of five, two of the four that are left. */
TEST(a_plan_keeps_as_many_sites_as_the_round_asks_for)
{
    static const struct {
        size_t outlets;
        const char *id;
    } rows[] = { { 2, "changing.few_sites" }, { 3, NULL } };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);

        draw_outlets(f);
        EXPECT(sites_least(f->state) == 2);
        plan_outlets(f, rows[i].outlets);
        ask_to_close_the_drawn(f);
        if (rows[i].id == NULL)
            DO(f, "jack", "change.approve", "{'number':1}");
        else
            NO(f, "jack", "change.approve", "{'number':1}", ERR_REFUSED,
               rows[i].id);
        EXPECT(sites_least(f->state) == 2);
        EXPECT(planned(f) == 3);
    }
}

/* [PL4] What the refusal says has to be done, can be. */
TEST(the_planner_adds_a_site_and_the_other_leaves)
{
    FIXTURE(f);

    draw_outlets(f);
    plan_outlets(f, 2);
    ask_to_close_the_drawn(f);
    NO(f, "jack", "change.approve", "{'number':1}", ERR_REFUSED,
       "changing.few_sites");
    plan_outlets(f, 3);
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(planned(f) == 3);
    DO(f, "spare", "audit.open", "{}");
}

/* The visit counts, though it is over. */
TEST(a_visited_site_that_leaves_counts_among_those_that_are_visited)
{
    FIXTURE(f);

    draw_outlets(f);
    plan_outlets(f, 2);
    ask_to_close_the_drawn(f);
    DO(f, "spare", "audit.open", "{}");
    NO(f, "jack", "change.approve", "{'number':1}", ERR_REFUSED,
       "changing.few_sites");
    DO(f, "auditor", "observation.record",
       about_drawn(f, "{'site':'",
                   "','place':'柜台','indicators':['1.1'],'note':'有记录'}"));
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(planned(f) == 3);
}

/* Nor has the plan to know of it. */
TEST(a_site_that_is_not_visited_leaves_without_touching_the_plan)
{
    FIXTURE(f);

    draw_outlets(f);
    const str *drawn = f->state->sites_drawn->drawn.p;
    plan_outlets(f, 2);
    const struct plan *plan = f->state->plan;
    const char *last = str_eq(*drawn, S("五店")) ? "四店" : "五店";
    str json;
    struct buf b;
    buf_init(&b, &f->arena, 200);
    buf_printf(&b, "{'kind':'sites','sites':['%s'],'reasons':'x'}", last);
    EXPECT_OK(buf_done(&b, &json));
    DO(f, "applicant", "change.ask", json.p);
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(f->state->plan == plan);
}

/* A special audit visits what it is about, which has to be something. */
TEST(a_special_audit_of_one_site_alone_holds_it)
{
    static const struct {
        const char *sites;
        const char *id;
    } rows[] = {
        { "'一店'", "changing.few_sites" },
        { "'总部','一店'", NULL },
        { "'一店','二店'", NULL },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct buf b;
        str json;

        certify_network(f);
        DO(f, "planner", "round.open", "{'kind':'special','reason':'投诉'}");
        buf_init(&b, &f->arena, 1000);
        buf_printf(&b,
                   "{'lead':'spare','members':['auditor'],'from':'2027-01-10',"
                   "'to':'2027-01-10','person_days':20,'sites':[%s]}",
                   rows[i].sites);
        EXPECT_OK(buf_done(&b, &json));
        DO(f, "planner", "plan.make", json.p);
        DO(f, "applicant", "change.ask", CLOSE);
        if (rows[i].id == NULL)
            DO(f, "jack", "change.approve", "{'number':1}");
        else
            NO(f, "jack", "change.approve", "{'number':1}", ERR_REFUSED,
               rows[i].id);
        EXPECT_ROW(rows[i].sites,
                   f->state->site_gone[1] == (rows[i].id == NULL));
    }
}

/* [SI3] [SI4] Chance said that it is visited; then it closed, before the
 * planner wrote the plan. */
TEST(a_drawn_site_that_left_before_the_plan_is_not_asked_for)
{
    FIXTURE(f);

    draw_outlets(f);
    NO(f, "planner", "plan.make", about_others(f), ERR_REFUSED,
       "plan.drawn_site");
    ask_to_close_the_drawn(f);
    DO(f, "jack", "change.approve", "{'number':1}");
    DO(f, "planner", "plan.make", about_others(f));
    EXPECT(planned(f) == 3);
}

/* [PL6] It is made anew, and the site that left is none of it then. */
TEST(a_plan_that_was_objected_to_is_not_narrowed)
{
    FIXTURE(f);

    draw_outlets(f);
    DO(f, "planner", "plan.make", WHOLE_PLAN);
    const struct plan *plan = f->state->plan;
    DO(f, "applicant", "plan.object", "{'reasons':'曾任职'}");
    ask_to_close_the_drawn(f);
    DO(f, "jack", "change.approve", "{'number':1}");
    EXPECT(f->state->plan == plan);
    DO(f, "planner", "plan.make", about_others(f));
    EXPECT(planned(f) == 3);
}

TEST(every_allocation_of_narrowing_a_plan_may_fail)
{
    FIXTURE(f);
    err plenty;

    draw_outlets(f);
    plan_outlets(f, 3);
    ask_to_close_the_drawn(f);
    EXPECT(try_without_memory(f, "jack", "change.approve", "{'number':1}",
                              &plenty) > 0);
    EXPECT_OK(plenty);
}

static bool asked_for(const struct plan_asked *asked, str name)
{
    const str *names = asked->sites.p;

    for (size_t i = 0; i < asked->sites.n; i++) {
        if (str_eq(names[i], name))
            return true;
    }
    return false;
}

/* Neither before chance decided nor after. */
TEST(the_sites_a_plan_begins_with_leave_out_who_left)
{
    FIXTURE(f);
    struct plan_asked asked = { 0 };

    certify_network(f);
    DO(f, "applicant", "change.ask", CLOSE);
    DO(f, "jack", "change.approve", "{'number':1}");
    DO(f, "planner", "round.open", "{'kind':'surveillance'}");
    EXPECT_OK(plan_asks(&f->arena, f->state, &asked));
    EXPECT(asked.sites.n == 5 && !asked_for(&asked, S("一店")));
    DO(f, "planner", "sites.draw", "{}");
    str drawn = *(const str *)f->state->sites_drawn->drawn.p;
    EXPECT_OK(plan_asks(&f->arena, f->state, &asked));
    EXPECT((int64_t)asked.sites.n == asked.least_sites + 1);
    EXPECT(asked_for(&asked, drawn) && !asked_for(&asked, S("一店")));
    DO(f, "applicant", "change.ask",
       about_drawn(f, "{'kind':'sites','sites':['", "'],'reasons':'关店'}"));
    DO(f, "jack", "change.approve", "{'number':2}");
    EXPECT_OK(plan_asks(&f->arena, f->state, &asked));
    EXPECT((int64_t)asked.sites.n == asked.least_sites + 1);
    EXPECT(!asked_for(&asked, drawn) && !asked_for(&asked, S("一店")));
}
