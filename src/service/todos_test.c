/* Whose list holds what, and when cases are likely to end. [TO1] [TO2] [M4] */

#include "service/todos.h"

#include "base/buf.h"
#include "service/service_test_env.h"
#include "service/tick.h"

/* --- lists -------------------------------------------------------------- */

static err ask(struct office *o, const char *reader, const char *whose,
               struct todo_list *out)
{
    const struct todo_wish wish = {
        .who = office_as(o, reader),
        .login = str_of(whose),
        .today = DAY_NEVER,
    };

    return todo_list(o->app, &o->arena, &wish, out);
}

/* "C2026-0001 check, .." of what stands in the list. */
static str list_text(struct office *o, const char *reader, const char *whose)
{
    struct todo_list l = { 0 };
    struct buf b;
    str out = S("");

    EXPECT_ROW_OK(whose, ask(o, reader, whose, &l));
    buf_init(&b, &o->arena, 10000);
    for (size_t i = 0; i < l.tasks.n; i++) {
        const struct todo_line *x = (const struct todo_line *)l.tasks.p + i;

        buf_str(&b, i > 0 ? S(", ") : S(""));
        buf_str(&b, x->case_number);
        buf_printf(&b, " %s", task_names[x->task.kind]);
        buf_str(&b, x->overdue ? S(" overdue") : S(""));
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

EACH_STORE_TEST(what_waits_stands_in_the_lists_of_those_who_may_do_it)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *login;
        const char *want;
    } rows[] = {
        { "newcomer", "" },
        { "rival", "" },
        { "insider", "" }, /* an applicant's case of their own enterprise */
        { "intake", "C2026-0001 check" },
        { "finance", "" },
        { "admin", "" },
        { "", "C2026-0001 check" },
    };
    str ref = office_case(&o);

    EXPECT_STR(list_text(&o, "newcomer", "newcomer"), S("C2026-0001 apply"));
    office_go_to(&o, ref, STAGE_COMPLETENESS);
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].login, list_text(&o, "quality", rows[i].login),
                       str_of(rows[i].want));
}

/* "check decline" of what waits in the case so many days from today. */
static str of_case(struct office *o, str ref, int32_t days)
{
    struct case_file file = office_read(o, ref);
    struct list found = { 0 };
    struct buf b;
    str out = S("");

    EXPECT_OK(
        todo_of_case(o->app, &o->arena, &file, office_today(o) + days, &found));
    buf_init(&b, &o->arena, 10000);
    for (size_t i = 0; i < found.n; i++)
        buf_printf(&b, "%s%s", i > 0 ? " " : "",
                   task_names[((const struct task *)found.p)[i].kind]);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

EACH_STORE_TEST(of_a_case_it_is_told_what_is_open_or_else_what_comes_first)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    EXPECT_STR(of_case(&o, ref, 0), S("apply"));
    office_go_to(&o, ref, STAGE_COMPLETENESS);
    EXPECT_STR(of_case(&o, ref, 0), S("check"));
    office_go_to(&o, ref, STAGE_UPKEEP);
    /* Nothing waits yet: the surveillance is what comes first. */
    EXPECT_STR(of_case(&o, ref, 0), S("survey"));
    EXPECT_STR(of_case(&o, ref, 1000), S("survey suspend renew"));
    EXPECT_OK(
        office_do(&o, "newcomer", ref, "cancellation.ask", "{'reasons':'x'}"));
    EXPECT_STR(of_case(&o, ref, 0), S("cancel"));
}

ONE_STORE_TEST(in_a_case_that_is_over_nothing_waits, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    EXPECT_OK(
        office_do(&o, "newcomer", ref, "case.withdraw", "{'reasons':'x'}"));
    EXPECT_STR(of_case(&o, ref, 0), S(""));
}

/* [17065 4.2] [17065 7.6.2] */
ONE_STORE_TEST(who_may_not_do_it_does_not_find_it_there, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_DOCUMENTS);
    EXPECT_STR(list_text(&o, "quality", "auditor2"), S("C2026-0001 review"));
    EXPECT_STR(list_text(&o, "quality", "consultant"), S("")); /* has a tie */
    EXPECT_OK(office_hire(&o, "both",
                          ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_REVIEWER),
                          (id){ { 0 } }));
    EXPECT_OK(office_do(&o, "both", ref, "document.judge",
                        "{'requirement':'licence','quantified':'na',"
                        "'closed':'na','resourced':'na','note':'在册'}"));
    office_go_to(&o, ref, STAGE_DECISION);
    EXPECT_STR(list_text(&o, "quality", "reviewer"), S("C2026-0001 decide"));
    EXPECT_STR(list_text(&o, "quality", "both"), S("")); /* evaluated it */
}

/* Its pieces together are the whole, though of some cases "both" finds nothing
 * there: they evaluated every other one. [TO1] [TO3] */
ONE_STORE_TEST(a_list_in_pieces_is_the_whole_list, true)
{
    enum { CASES = 5 };
    TEST_OFFICE(o, place);
    struct todo_list whole = { 0 };
    struct todo_list piece = { .next = S("") };
    size_t n = 0;

    EXPECT_OK(office_hire(&o, "both",
                          ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_REVIEWER),
                          (id){ { 0 } }));
    for (int i = 0; i < CASES; i++) {
        str ref = office_case_of(&o, "rival");

        office_go_to(&o, ref, STAGE_DOCUMENTS);
        if (i % 2 == 1)
            EXPECT_OK(office_do(&o, "both", ref, "document.judge",
                                "{'requirement':'licence','quantified':'na',"
                                "'closed':'na','resourced':'na',"
                                "'note':'在册'}"));
        office_go_to(&o, ref, STAGE_DECISION);
    }
    EXPECT_OK(ask(&o, "both", "both", &whole));
    EXPECT(whole.tasks.n == CASES - CASES / 2 && whole.next.n == 0);
    do {
        const struct todo_wish wish = { .who = office_as(&o, "both"),
                                        .login = S("both"),
                                        .today = DAY_NEVER,
                                        .most = 1,
                                        .after = piece.next };

        EXPECT_OK(todo_list(o.app, &o.arena, &wish, &piece));
        if (piece.tasks.n != 1 || n == whole.tasks.n)
            break;
        EXPECT_STR(((const struct todo_line *)piece.tasks.p)->case_number,
                   ((const struct todo_line *)whole.tasks.p)[n].case_number);
        n++;
    } while (piece.next.n > 0);
    EXPECT(n == whole.tasks.n && piece.next.n == 0);
}

/* What is no place in a list is its start. */
ONE_STORE_TEST(a_list_goes_on_from_nowhere_else, true)
{
    static const char *const nowhere[] = {
        "x",
        "1.1.C2026-0001.check.0",
        "1.1..check.0.00000000000000000000000000000000",
        "-1.1.C2026-0001.check.0.00000000000000000000000000000000",
        "1.99999999999.C2026-0001.check.0.00000000000000000000000000000000",
        "1.1.C2026-0001.check.x.00000000000000000000000000000000",
    };
    TEST_OFFICE(o, place);

    office_go_to(&o, office_case(&o), STAGE_COMPLETENESS);
    for (size_t i = 0; i < COUNT(nowhere); i++) {
        const struct todo_wish wish = { .who = office_as(&o, "intake"),
                                        .login = S("intake"),
                                        .today = DAY_NEVER,
                                        .after = str_of(nowhere[i]) };
        struct todo_list l = { 0 };

        EXPECT_ROW_OK(nowhere[i], todo_list(o.app, &o.arena, &wish, &l));
        EXPECT_ROW(nowhere[i], l.tasks.n == 1);
    }
}

/* The enterprise waits beside the reviewer who lifts it. [TO1] [LI2] */
ONE_STORE_TEST(what_is_theirs_to_cure_stands_in_the_enterprise_s_list, true)
{
    TEST_OFFICE(o, place);
    static const struct {
        const char *login;
        const char *want;
    } rows[] = {
        { "newcomer", "C2026-0001 cure" },
        { "reviewer", "C2026-0001 cure" },
        { "rival", "" },
        { "insider", "" }, /* works there, and for the body */
        { "auditor1", "" },
    };
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_UPKEEP);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.suspend",
                        "{'code':'0111','reasons':'热线停用',"
                        "'confirmed':'2026-03-02'}"));
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_STR(rows[i].login, list_text(&o, "quality", rows[i].login),
                       str_of(rows[i].want));
}

/* [M21] [17065 4.1.3.2] */
EACH_STORE_TEST(a_misuse_stands_in_the_lists_of_both_sides_until_it_is_settled)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_UPKEEP);
    EXPECT_OK(office_do(&o, "certificates", ref, "misuse.record",
                        "{'kind':'altered','text':'网店首页',"
                        "'found':'2026-03-01','until':'2099-01-01'}"));
    EXPECT_STR(list_text(&o, "quality", "newcomer"),
               S("C2026-0001 cure_misuse"));
    EXPECT_STR(list_text(&o, "quality", "certificates"),
               S("C2026-0001 cure_misuse"));
    EXPECT_STR(list_text(&o, "quality", "reviewer"), S(""));
    EXPECT_OK(office_do(&o, "certificates", ref, "misuse.settle",
                        "{'number':1,'outcome':'corrected','text':'已更换'}"));
    EXPECT_STR(list_text(&o, "quality", "newcomer"), S(""));
    EXPECT_STR(list_text(&o, "quality", "certificates"), S(""));
}

/* Bill all that was paid and a yuan more, due today; then pay that. */
static err bill(struct office *o, str ref)
{
    char today[DAY_TEXT];
    struct buf b;
    str json;

    buf_init(&b, &o->arena, 400);
    buf_printf(&b,
               "{'number':'F1','due':'%s','lines':[{'text':'审查费',"
               "'kind':'fee','amount':%lld}]}",
               day_text(office_today(o), today).p,
               (long long)office_read(o, ref).state->paid + 100);
    TRY(buf_done(&b, &json));
    return office_do(o, "finance", ref, "invoice.issue", json.p);
}

static err pay(struct office *o, str ref)
{
    struct buf b;
    str json;

    buf_init(&b, &o->arena, 400);
    buf_str(&b, S("{'amount':100,'invoice':'F1','received':'" OFFICE_TODAY
                  "','payer':'"));
    buf_str(&b, o->own.name);
    buf_str(&b, S("'}"));
    TRY(buf_done(&b, &json));
    return office_do(o, "finance", ref, "payment.record", json.p);
}

/* Everybody who waits for the money, and how much it is. [M13] [TD5] */
EACH_STORE_TEST(
    a_late_invoice_stands_in_the_lists_of_both_sides_until_it_is_paid)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct todo_list l = { 0 };

    office_go_to(&o, ref, STAGE_DOCUMENTS);
    EXPECT_OK(bill(&o, ref)); /* the prepayment settles all but a yuan */
    EXPECT_STR(list_text(&o, "quality", "finance"), S(""));
    office_pass_days(&o, 1);
    EXPECT_STR(list_text(&o, "quality", "finance"),
               S("C2026-0001 collect overdue"));
    EXPECT_STR(list_text(&o, "quality", "newcomer"),
               S("C2026-0001 collect overdue"));
    EXPECT_STR(list_text(&o, "quality", "rival"), S(""));
    EXPECT_OK(ask(&o, "finance", "finance", &l));
    EXPECT(l.tasks.n == 1);
    if (l.tasks.n == 1)
        EXPECT(((const struct todo_line *)l.tasks.p)->task.amount == 100);
    EXPECT_OK(pay(&o, ref));
    EXPECT_STR(list_text(&o, "quality", "finance"), S(""));
}

EACH_STORE_TEST(an_audit_stands_in_the_lists_of_its_team_with_its_days)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct todo_list l = { 0 };

    office_go_to(&o, ref, STAGE_AUDIT);
    EXPECT_STR(list_text(&o, "quality", "auditor1"),
               S("C2026-0001 begin_audit"));
    EXPECT_STR(list_text(&o, "quality", "auditor2"), S(""));

    const struct plan *plan = office_read(&o, ref).state->plan;
    EXPECT_OK(ask(&o, "auditor3", "auditor3", &l));
    EXPECT(l.audits.n == 1);
    if (l.audits.n == 1) {
        const struct todo_audit *x = l.audits.p;

        EXPECT_STR(x->case_number, S("C2026-0001"));
        EXPECT_STR(x->enterprise, o.own.name);
        EXPECT_STR(x->login, S("auditor3"));
        EXPECT(x->from == plan->from && x->to == plan->to);
    }
    EXPECT_OK(ask(&o, "auditor2", "auditor2", &l));
    EXPECT(l.audits.n == 0);
    EXPECT_OK(ask(&o, "planner", "", &l));
    EXPECT(l.audits.n == plan->team.n);
}

/* Of a newer program, say: its rows are another's to read. */
EACH_STORE_TEST(a_task_of_a_kind_nobody_here_knows_is_left_out)
{
    TEST_OFFICE(o, place);

    (void)office_case(&o);
    EXPECT_STR(list_text(&o, "newcomer", "newcomer"), S("C2026-0001 apply"));
    (void)office_ask(&o, "UPDATE task SET kind = 'apply_twice'");
    EXPECT_STR(list_text(&o, "newcomer", "newcomer"), S(""));
    EXPECT_STR(list_text(&o, "quality", ""), S(""));
}

/* To people who are new on a team the enterprise agrees by letting its day
 * pass: from then on nothing waits. [M21] */
EACH_STORE_TEST(what_silence_has_settled_is_on_no_list)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct tick_made made = { 0 };

    office_go_to(&o, ref, STAGE_AUDIT);
    office_pass_days(&o,
                     office_read(&o, ref).state->plan->from - office_today(&o));
    EXPECT_OK(office_do(&o, "auditor1", ref, "audit.open", "{}"));
    EXPECT_OK(office_do(&o, "planner", ref, "plan.replace",
                        "{'lead':'auditor1','members':['auditor2'],"
                        "'reason':'病假'}"));
    day due = office_read(&o, ref).state->plan->objection_due;
    EXPECT(due > office_today(&o) && due < DAY_NEVER);

    office_pass_days(&o, due - office_today(&o));
    EXPECT_STR(list_text(&o, "newcomer", "newcomer"),
               S("C2026-0001 agree_team"));
    EXPECT(str_begins(of_case(&o, ref, 0), S("agree_team ")));

    office_pass_days(&o, 1);
    EXPECT_STR(list_text(&o, "newcomer", "newcomer"), S(""));
    EXPECT(!str_contains(list_text(&o, "quality", ""), S("agree_team")));
    EXPECT(!str_contains(of_case(&o, ref, 0), S("agree_team")));
    EXPECT_OK(tick(o.app, &o.arena, office_today(&o), &made));
    EXPECT(office_count(&o, "SELECT count(*) FROM notice"
                            " WHERE kind = 'agree_team'") == 0);
    EXPECT(office_count(&o, "SELECT count(*) FROM task"
                            " WHERE kind = 'agree_team'") == 1);
}

/* The check has five working days; the sixth is too late. */
ONE_STORE_TEST(what_passed_its_limit_is_overdue, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_COMPLETENESS);
    day due = office_read(&o, ref).state->due;
    office_pass_days(&o, due - office_today(&o));
    EXPECT_STR(list_text(&o, "intake", "intake"), S("C2026-0001 check"));
    office_pass_days(&o, 1);
    EXPECT_STR(list_text(&o, "intake", "intake"),
               S("C2026-0001 check overdue"));
}

/* [TO2] */
ONE_STORE_TEST(lists_of_others_are_for_staff, true)
{
    TEST_OFFICE(o, place);
    struct todo_list l;

    EXPECT_OK(ask(&o, "newcomer", "newcomer", &l));
    EXPECT_ERR(ask(&o, "newcomer", "rival", &l), ERR_DENIED, "todo.others");
    EXPECT_ERR(ask(&o, "newcomer", "intake", &l), ERR_DENIED, "todo.others");
    EXPECT_ERR(ask(&o, "newcomer", "", &l), ERR_DENIED, "todo.others");
    EXPECT_ERR(ask(&o, "admin", "", &l), ERR_DENIED, "todo.others");
    EXPECT_OK(ask(&o, "intake", "finance", &l));
    EXPECT_OK(ask(&o, "authority", "", &l));
    EXPECT_ERR(ask(&o, "intake", "nobody", &l), ERR_NOT_FOUND, "todo.person");
}

/* Staff who come from an enterprise see nothing of its cases. [RI2] */
ONE_STORE_TEST(a_list_shows_only_what_its_reader_may_read, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_COMPLETENESS);
    EXPECT_STR(list_text(&o, "insider", "intake"), S(""));
    EXPECT_STR(list_text(&o, "insider", ""), S(""));
}

/* --- forecasts ---------------------------------------------------------- */

static struct list forecasts(struct office *o, const char *reader, str ref)
{
    struct list l = { 0 };

    EXPECT_ROW_OK(reader, forecast_list(o->app, &o->arena, office_as(o, reader),
                                        ref, DAY_NEVER, &l));
    return l;
}

EACH_STORE_TEST(cases_under_way_have_a_forecast_for_who_may_read_them)
{
    TEST_OFFICE(o, place);
    str first = office_case(&o);
    str second = office_case(&o);
    struct list l;

    office_go_to(&o, first, STAGE_COMPLETENESS);
    l = forecasts(&o, "planner", S(""));
    EXPECT(l.n == 2);
    if (l.n == 2) {
        const struct forecast_line *x = l.p;

        EXPECT_STR(x[0].case_number, second); /* by stage */
        EXPECT(x[0].stage == STAGE_PREPARATION);
        EXPECT_STR(x[1].case_number, first);
        EXPECT_STR(x[1].enterprise, o.own.name);
        EXPECT(x[1].forecast.steps[0].basis == BASIS_LIMIT);
        EXPECT(x[1].forecast.likely > office_today(&o));
    }
    EXPECT(forecasts(&o, "newcomer", S("")).n == 2);
    EXPECT(forecasts(&o, "rival", S("")).n == 0);
    EXPECT(forecasts(&o, "newcomer", first).n == 1);
    EXPECT_ERR(forecast_list(o.app, &o.arena, office_as(&o, "rival"), first,
                             DAY_NEVER, &l),
               ERR_NOT_FOUND, "case.missing");
}

/* [FC1] Five certificates of the same scheme, and no fewer. */
ONE_STORE_TEST(a_body_learns_of_the_certificates_it_issued, true)
{
    TEST_OFFICE(o, place);
    str refs[FORECAST_LEAST + 1]; /* opened before the first certificate */
    str ref;

    for (size_t i = 0; i < COUNT(refs); i++)
        refs[i] = office_case(&o);
    for (size_t i = 0; i < FORECAST_LEAST; i++) {
        office_go_to(&o, refs[i], STAGE_CONTRACT);
        const struct forecast_line *x = forecasts(&o, "planner", refs[i]).p;
        EXPECT(x != NULL && x->forecast.steps[0].basis == BASIS_NONE);
        office_go_to(&o, refs[i], STAGE_UPKEEP);
        /* nothing is under way */
        EXPECT(forecasts(&o, "planner", refs[i]).n == 0);
    }
    ref = refs[FORECAST_LEAST];
    office_go_to(&o, ref, STAGE_CONTRACT);

    struct list l = forecasts(&o, "planner", ref);
    EXPECT(l.n == 1);
    if (l.n == 1) {
        const struct forecast_line *x = l.p;

        EXPECT(x->forecast.steps[0].basis == BASIS_OWN);
        EXPECT(x->forecast.steps[0].cases == FORECAST_LEAST);
    }
}
