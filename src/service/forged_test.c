/*
 * A journal by somebody else's hand: its chain checks out, and its events led
 * to what no rule lets in.  Whoever counts on such a case says which it is, and
 * the program goes on. [CA5] [FS2]
 */
#include "service/case_tasks.h"
#include "service/improve.h"
#include "service/mark_use.h"
#include "service/reporting.h"
#include "service/service_test_env.h"
#include "service/stream.h"
#include "service/tick.h"
#include "service/todos.h"

#define DECLARATIONS                                                           \
    "{'declarations':[{'item':'legal_person','yes':true},"                     \
    "{'item':'accident','yes':false}]}"

/* --- forging ------------------------------------------------------------- */

struct forgery {
    const struct office *office;
    str ref;
};

/* The seventh nonconformity of a case without a first. [ST-5] */
static err append_seventh(struct tx *tx, void *context)
{
    const struct forgery *x = context;
    struct clock *clock = x->office->world.clock;
    struct facts f = { .at = clock->now(clock),
                       .today = office_today(x->office),
                       .channel = S("demo") };
    struct nonconformity seventh = {
        .number = 7,
        .indicator = S("1.1"),
        .text = S("示例"),
        .site = S("总部"),
    };
    struct event_list events = { 0 };
    struct stream_row row;

    TRY(stream_by_number(tx, tx_arena(tx), S("case"), x->ref, &row));
    TRY(event_emit(tx_arena(tx), &events, "nonconformity.raised", &f,
                   &seventh));
    return stream_append(tx, row.id, row.version, &row.head, &events);
}

static void forge(struct office *o, str ref)
{
    struct forgery x = { o, ref };

    EXPECT_OK(app_write(o->app, &o->arena, append_seventh, &x));
}

/* The sentence names the case, and the rule. */
static void expect_found(const char *why, err e, str ref)
{
    EXPECT_ROW_ERR(why, e, ERR_CORRUPT, "case.invariant");
    EXPECT_ROW(why, str_eq(err_arg_text(e, "case"), ref));
    EXPECT_ROW(why, str_eq(err_arg_text(e, "invariant"), S("ST-5")));
}

/* --- reading and commands ------------------------------------------------- */

static err load(struct office *o, const char *login, str ref)
{
    struct case_file file;

    return cases_load(o->app, &o->arena, office_as(o, login), ref, &file);
}

/* Pages, documents, checklists and scores are made of what this gives. */
EACH_STORE_TEST(a_forged_case_is_read_by_nobody_and_says_why)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    EXPECT_OK(load(&o, "quality", ref));
    forge(&o, ref);
    expect_found("staff", load(&o, "quality", ref), ref);
    expect_found("its enterprise", load(&o, "newcomer", ref), ref);
    EXPECT_ERR(load(&o, "rival", ref), ERR_NOT_FOUND, "case.missing");
    EXPECT_OK(load(&o, "quality", office_case(&o)));
}

EACH_STORE_TEST(a_forged_case_takes_no_command)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    forge(&o, ref);
    expect_found("a command",
                 office_do(&o, "newcomer", ref, "eligibility.answer",
                           DECLARATIONS),
                 ref);
    EXPECT_OK(office_do(&o, "newcomer", office_case(&o), "eligibility.answer",
                        DECLARATIONS));
}

/* [CT3] The day's work goes on with the next case. */
EACH_STORE_TEST(the_day_passes_over_a_forged_case)
{
    TEST_OFFICE(o, place);
    struct tick_made made = { 0 };
    str ref = office_case(&o);

    (void)office_case(&o);
    forge(&o, ref);
    (void)office_ask(&o, "DELETE FROM task;"
                         "DELETE FROM meta WHERE key = 'tasks'");
    EXPECT_OK(tick(o.app, &o.arena, office_today(&o), &made));
    EXPECT(made.failed == 1);
    expect_found("tasks", made.first, ref);
}

/* --- over several cases --------------------------------------------------- */

static err report_of(struct office *o, const char *login, str ref)
{
    struct improvement_file x = { 0 };

    return improve_load(o->app, &o->arena, office_as(o, login), ref, &x);
}

/* [IS2] */
EACH_STORE_TEST(a_trend_ends_at_a_forged_case_of_the_enterprise)
{
    TEST_OFFICE(o, place);
    str first = office_case(&o);
    str second = office_case(&o);

    office_go_to(&o, second, STAGE_COMPLETENESS);
    EXPECT_OK(report_of(&o, "newcomer", second));
    forge(&o, first);
    expect_found("an older case", report_of(&o, "newcomer", second), first);
    expect_found("its own", report_of(&o, "newcomer", first), first);
    EXPECT_ERR(report_of(&o, "rival", first), ERR_NOT_FOUND, "case.missing");
}

static err foresee(struct office *o, str ref, struct list *out)
{
    return forecast_list(o->app, &o->arena, office_as(o, "planner"), ref,
                         DAY_NEVER, out);
}

/* [FS2] */
EACH_STORE_TEST(a_forged_case_has_no_forecast)
{
    TEST_OFFICE(o, place);
    str first = office_case(&o);
    str second = office_case(&o);
    struct list l = { 0 };

    EXPECT_OK(foresee(&o, S(""), &l));
    EXPECT(l.n == 2);
    forge(&o, first);
    EXPECT_OK(foresee(&o, S(""), &l));
    EXPECT(l.n == 1);
    if (l.n == 1)
        EXPECT_STR(((const struct forecast_line *)l.p)->case_number, second);
    expect_found("named", foresee(&o, first, &l), first);
}

/* [FS2] The fifth certificate makes five cases; a forged one is none. */
ONE_STORE_TEST(a_forged_case_teaches_no_forecast, true)
{
    TEST_OFFICE(o, place);
    struct list l = { 0 };
    str refs[FORECAST_LEAST + 1]; /* opened before the first certificate */

    for (size_t i = 0; i < COUNT(refs); i++)
        refs[i] = office_case(&o);
    for (size_t i = 0; i < FORECAST_LEAST; i++)
        office_go_to(&o, refs[i], STAGE_UPKEEP);

    str ref = refs[FORECAST_LEAST];
    office_go_to(&o, ref, STAGE_CONTRACT);
    EXPECT_OK(foresee(&o, ref, &l));
    EXPECT(l.n == 1 &&
           ((const struct forecast_line *)l.p)->forecast.steps[0].basis ==
               BASIS_OWN);
    forge(&o, refs[0]);
    EXPECT_OK(foresee(&o, ref, &l));
    EXPECT(l.n == 1 &&
           ((const struct forecast_line *)l.p)->forecast.steps[0].basis ==
               BASIS_NONE);
}

static size_t waiting(struct office *o, const char *login)
{
    struct todo_list l = { 0 };
    struct todo_wish wish = { .who = office_as(o, "quality"),
                              .login = str_of(login),
                              .today = DAY_NEVER };

    EXPECT_OK(todo_list(o->app, &o->arena, &wish, &l));
    return l.tasks.n;
}

/* [TO1] Of a case that cannot be believed nobody says that it does not wait. */
EACH_STORE_TEST(a_forged_case_waits_for_whoever_has_the_role)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    EXPECT_OK(office_hire(&o, "both",
                          ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_REVIEWER),
                          (id){ { 0 } }));
    office_go_to(&o, ref, STAGE_DOCUMENTS);
    EXPECT_OK(office_do(&o, "both", ref, "document.judge",
                        "{'requirement':'licence','quantified':'na',"
                        "'closed':'na','resourced':'na','note':'在册'}"));
    office_go_to(&o, ref, STAGE_DECISION);
    EXPECT(waiting(&o, "both") == 0); /* evaluated it */
    forge(&o, ref);
    EXPECT(waiting(&o, "both") == 1);
}

EACH_STORE_TEST(a_case_that_broke_an_invariant_ends_the_report)
{
    TEST_OFFICE(o, place);
    struct reporting_made made;
    struct reporting_wish wish = {
        .who = office_as(&o, "reporter"),
        .month = month_of_day(office_today(&o)),
        .today = DAY_NEVER,
    };
    str ref = office_case(&o);

    forge(&o, ref);
    expect_found("report", reporting_make(o.app, &o.arena, &wish, &made), ref);
}
