/* What a day does by itself. [TI1]..[TI4] [M22] [条例 26] */

#include "service/tick.h"

#include "base/buf.h"
#include "service/case_tasks.h"
#include "service/check.h"
#include "service/service_test_env.h"

#include <stdio.h>

/* --- running it --------------------------------------------------------- */

static struct tick_made run(struct office *o, day today)
{
    struct tick_made made = { 0 };

    EXPECT_OK(tick(o->app, &o->arena, today, &made));
    EXPECT(made.failed == 0);
    return made;
}

static const struct certificate *certificate_of(struct office *o, str ref)
{
    const struct certificate *c = office_read(o, ref).state->certificate;

    EXPECT(c != NULL);
    return c;
}

/* Every row of both tables but the ids. */
static str tasks_text(struct office *o)
{
    return office_ask(o, "SELECT kind, number, roles, opens, due, raised"
                         " FROM task ORDER BY case_id, kind, number, person");
}

static str notices_text(struct office *o)
{
    return office_ask(o, "SELECT kind, what, day FROM notice"
                         " ORDER BY case_id, day, what, kind, number, person");
}

static void expect_sound(struct office *o)
{
    struct check_counts counts;

    EXPECT_OK(check_records(o->app, &o->arena, NULL, &counts));
}

/* --- expiry [TI1] --------------------------------------------------------- */

EACH_STORE_TEST(a_certificate_expires_the_day_after_its_last)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    day until = certificate_of(&o, ref)->until;

    EXPECT(run(&o, until).expired.n == 0);

    struct office_rows before = office_rows(&o);
    struct tick_made made = run(&o, until + 1);
    struct office_rows after = office_rows(&o);
    EXPECT(made.expired.n == 1);
    if (made.expired.n == 1)
        EXPECT_STR(*(const str *)made.expired.p, S("00026SC0001R0S"));
    EXPECT(after.events == before.events + 2); /* the case's and its own */
    EXPECT(after.pending == before.pending + 1);

    struct case_file file = office_read(&o, ref);
    EXPECT(file.state->stage == STAGE_ENDED);
    EXPECT(file.state->status == CERTIFICATE_EXPIRED);
    EXPECT_STR(str_of(file.events.last->kind->name), S("validity.ended"));
    EXPECT(id_is_zero(file.events.last->actor)); /* the program [RI6] */
    EXPECT_STR(file.events.last->channel, S("tick"));
    EXPECT(office_count(&o, "SELECT count(*) FROM task") == 0);
    expect_sound(&o);
}

/* [SD3] Days on which it did not run are made up for. */
ONE_STORE_TEST(a_certificate_that_ran_out_long_ago_expired_on_its_own_day, true)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    day until = certificate_of(&o, ref)->until;

    EXPECT(run(&o, until + 400).expired.n == 1);
    EXPECT(office_count(&o, "SELECT status_since FROM certificate") ==
           until + 1);
    expect_sound(&o);
}

ONE_STORE_TEST(a_suspended_certificate_expires_as_well, true)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    char json[200];
    char today[DAY_TEXT];

    (void)day_text(office_today(&o), today);
    (void)snprintf(json, sizeof json,
                   "{'code':'0111','reasons':'热线停用','confirmed':'%s'}",
                   today);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.suspend", json));
    EXPECT(run(&o, certificate_of(&o, ref)->until + 1).expired.n == 1);
}

/* [UP2] A surveillance was missed, a suspension not: that waits for a person,
 * however long nobody comes. */
ONE_STORE_TEST(nobody_is_suspended_by_itself, true)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    day due = certificate_of(&o, ref)->surveillance_due;

    (void)run(&o, due);
    EXPECT(office_count(&o, "SELECT count(*) FROM notice"
                            " WHERE kind = 'suspend'") == 0);
    (void)run(&o, due + 1);
    (void)run(&o, due + 100);
    EXPECT(office_read(&o, ref).state->status == CERTIFICATE_VALID);
    EXPECT(office_count(&o, "SELECT count(*) FROM notice"
                            " WHERE kind = 'suspend'") == 2);
    expect_sound(&o);
}

/* --- once [TI2] ----------------------------------------------------------- */

static bool same_rows(struct office *o, const struct office_rows *before,
                      str tasks, str notices)
{
    struct office_rows after = office_rows(o);

    return office_rows_same(before, &after, 0) &&
           str_eq(tasks, tasks_text(o)) && str_eq(notices, notices_text(o));
}

/* On the day of issue, when a surveillance comes near, when it was missed, and
 * when the certificate is over. */
EACH_STORE_TEST(a_second_run_of_a_day_writes_nothing)
{
    TEST_OFFICE(o, place);
    static const int32_t after_issue[] = { 0, 280, 366, 1100 };
    str ref = office_certified(&o);
    day issued = certificate_of(&o, ref)->issued;

    for (size_t i = 0; i < COUNT(after_issue); i++) {
        day today = issued + after_issue[i];

        (void)run(&o, today);
        struct office_rows before = office_rows(&o);
        str tasks = tasks_text(&o);
        str notices = notices_text(&o);
        struct tick_made again = run(&o, today);

        EXPECT(again.expired.n == 0 && again.opened.n == 0);
        EXPECT(again.told.opened == 0 && again.told.overdue == 0);
        EXPECT(same_rows(&o, &before, tasks, notices));
        (void)run(&o, today - 1); /* nor does one of an earlier day */
        EXPECT(same_rows(&o, &before, tasks, notices));
    }
    expect_sound(&o);
}

enum { DAYS = 30 };

/* Tasks and notices after the run of the last of these days: after one every
 * day, or on that day alone; nothing was told before. */
static str ticked(struct office *o, day from, bool daily)
{
    struct buf b;
    str out = S("");

    (void)office_ask(o, "UPDATE task SET raised = 0");
    (void)office_ask(o, "DELETE FROM notice");
    (void)office_ask(o, "DELETE FROM meta WHERE key = 'tick'");
    for (day d = daily ? from : from + DAYS; d <= from + DAYS; d++)
        (void)run(o, d);
    buf_init(&b, &o->arena, 100000);
    buf_str(&b, tasks_text(o));
    buf_str(&b, notices_text(o));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* Around a surveillance, and around the first day of a renewal. */
EACH_STORE_TEST(a_run_every_day_comes_to_the_same_as_one_on_the_last)
{
    TEST_OFFICE(o, place);
    static const int32_t after_issue[] = { 345, 890 };
    str ref = office_certified(&o);
    day issued = certificate_of(&o, ref)->issued;

    for (size_t i = 0; i < COUNT(after_issue); i++) {
        str daily = ticked(&o, issued + after_issue[i], true);

        EXPECT_STR(ticked(&o, issued + after_issue[i], false), daily);
        EXPECT(str_contains(daily, i == 0 ? S("survey|2|") : S("renew|1|")));
    }
}

EACH_STORE_TEST(what_comes_up_after_a_run_is_told_by_the_next)
{
    TEST_OFFICE(o, place);
    struct tick_made made;

    (void)run(&o, office_today(&o));
    (void)office_case(&o);
    made = run(&o, office_today(&o));
    EXPECT(made.told.opened == 1 && made.told.overdue == 0);
    EXPECT(made.opened.n == 1);
    if (made.opened.n == 1) {
        const struct task_line *l = made.opened.p;

        EXPECT_STR(l->task.kind, S("apply"));
        EXPECT_STR(l->case_number, S("C2026-0001"));
        EXPECT_STR(l->enterprise_name, o.own.name);
    }
    EXPECT(run(&o, office_today(&o) + 1).told.opened == 0);
    expect_sound(&o);
}

/* --- cases that cannot be believed [TI3] [TI4] ------------------------------
 */

static void alter_journal(struct office *o, str ref)
{
    struct buf b;
    str sql = S("");

    buf_init(&b, &o->arena, 300);
    buf_str(&b, S("UPDATE journal SET at = at + 1 WHERE version = 3 AND"
                  " stream = (SELECT id FROM stream WHERE number = '"));
    buf_str(&b, ref);
    buf_str(&b, S("')"));
    buf_char(&b, '\0');
    EXPECT_OK(buf_done(&b, &sql));
    (void)office_ask(o, sql.p);
}

EACH_STORE_TEST(a_case_that_was_tampered_with_keeps_no_other_waiting)
{
    TEST_OFFICE(o, place);
    str bad = office_certified(&o);
    str good = office_certified_of(&o, "rival");
    day until = certificate_of(&o, good)->until;
    struct tick_made made = { 0 };

    alter_journal(&o, bad);
    EXPECT_OK(tick(o.app, &o.arena, until + 1, &made));
    EXPECT(made.expired.n == 1);
    EXPECT(made.failed == 1);
    EXPECT_ERR(made.first, ERR_CORRUPT, "journal.tampered");
    EXPECT(office_read(&o, good).state->status == CERTIFICATE_EXPIRED);
    EXPECT_OK(tick(o.app, &o.arena, until + 2, &made)); /* it goes on */
    EXPECT(made.expired.n == 0 && made.failed == 1);
}

/* One that was never opened could not be found damaged. */
ONE_STORE_TEST(only_cases_whose_certificate_ends_are_opened, true)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    day until = certificate_of(&o, ref)->until;
    struct tick_made made = { 0 };

    alter_journal(&o, ref);
    EXPECT_OK(tick(o.app, &o.arena, until, &made));
    EXPECT(made.failed == 0);
    EXPECT(made.told.opened > 0);
}

/* --- the projection [CT1]..[CT3] --------------------------------------------
 */

/* What the check says after `sql`. */
static err checked_after(struct office *o, const char *sql)
{
    struct check_counts counts;

    (void)office_ask(o, sql);
    return check_records(o->app, &o->arena, NULL, &counts);
}

/* Copies of what a row of the table below alters. */
static void keep_tables(struct office *o)
{
    (void)office_ask(o, "CREATE TABLE task_kept AS SELECT * FROM task");
    (void)office_ask(o, "CREATE TABLE notice_kept AS SELECT * FROM notice");
    (void)office_ask(o, "CREATE TABLE meta_kept AS SELECT * FROM meta");
}

static void put_tables_back(struct office *o)
{
    static const char *const steps[] = {
        "DELETE FROM task",   "INSERT INTO task SELECT * FROM task_kept",
        "DELETE FROM notice", "INSERT INTO notice SELECT * FROM notice_kept",
        "DELETE FROM meta",   "INSERT INTO meta SELECT * FROM meta_kept",
    };

    for (size_t i = 0; i < COUNT(steps); i++)
        (void)office_ask(o, steps[i]);
}

static void drop_kept_tables(struct office *o)
{
    (void)office_ask(o, "DROP TABLE task_kept");
    (void)office_ask(o, "DROP TABLE notice_kept");
    (void)office_ask(o, "DROP TABLE meta_kept");
}

EACH_STORE_TEST(tasks_that_the_journal_does_not_say_are_found)
{
    static const struct {
        const char *sql;
        const char *id;
    } rows[] = {
        { "DELETE FROM task WHERE kind = 'renew'", "check.tasks" },
        { "UPDATE task SET due = due + 1 WHERE kind = 'survey'",
          "check.tasks" },
        { "UPDATE task SET opens = opens - 1 WHERE kind = 'survey'",
          "check.tasks" },
        { "UPDATE task SET amount = 1 WHERE kind = 'survey'", "check.tasks" },
        { "UPDATE task SET lapses = 1 WHERE kind = 'survey'", "check.tasks" },
        { "UPDATE task SET roles = 1 WHERE kind = 'survey'", "check.tasks" },
        { "UPDATE task SET due_provisional = 1 WHERE kind = 'survey'",
          "check.tasks" },
        { "UPDATE task SET kind = 'plan' WHERE kind = 'survey'",
          "check.tasks" },
        /* told before its day, told of as overdue, told without a notice */
        { "UPDATE task SET raised = 1 WHERE kind = 'renew'", "check.tasks" },
        { "UPDATE task SET raised = 2 WHERE kind = 'survey'", "check.tasks" },
        { "DELETE FROM notice", "check.tasks" },
        { "UPDATE notice SET raised = raised + 1000", "check.tasks" },
        { "UPDATE meta SET value = 'soon' WHERE key = 'tick'", "check.row" },
        /* of no case */
        { "INSERT INTO task SELECT person, kind, number, person, roles, opens,"
          " due, due_provisional, raised, amount, lapses FROM task WHERE kind "
          "= "
          "'survey'",
          "check.row" },
        { "INSERT INTO notice SELECT person, kind, number, person, what, day,"
          " raised FROM notice WHERE kind = 'survey'",
          "check.row" },
    };

    TEST_OFFICE(o, place);
    str ref = office_certified(&o);

    (void)run(&o, certificate_of(&o, ref)->surveillance_due);
    expect_sound(&o);
    keep_tables(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW_ERR(rows[i].sql, checked_after(&o, rows[i].sql), ERR_CORRUPT,
                       rows[i].id);
        put_tables_back(&o);
    }
    expect_sound(&o);
    drop_kept_tables(&o);
}

/* [CT3] */
EACH_STORE_TEST(tasks_that_no_program_or_an_older_one_made_are_made_anew_once)
{
    TEST_OFFICE(o, place);
    static const char *const older[] = {
        "DELETE FROM meta WHERE key = 'tasks'",
        "UPDATE meta SET value = '0' WHERE key = 'tasks'",
    };
    str ref = office_certified(&o);
    day today = office_today(&o);
    str before;

    (void)office_case_of(&o, "rival");
    before = tasks_text(&o);
    for (size_t i = 0; i < COUNT(older); i++) {
        EXPECT_OK(checked_after(&o, older[i]));
        EXPECT_OK(checked_after(&o, i == 0 ? "DELETE FROM task"
                                           : "UPDATE task SET roles = 1"));
        EXPECT(run(&o, certificate_of(&o, ref)->issued - 100).made == 2);
        EXPECT_STR(tasks_text(&o), before);
        EXPECT(run(&o, today - 100).made == 0);
        expect_sound(&o);
    }
}

/* [CT2] */
ONE_STORE_TEST(what_was_told_stays_told_while_the_days_stay, true)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);

    (void)run(&o, office_today(&o));
    EXPECT_OK(office_do(&o, "newcomer", ref, "eligibility.answer",
                        "{'declarations':[{'item':'legal_person','yes':true},"
                        "{'item':'accident','yes':false}]}"));
    EXPECT(run(&o, office_today(&o)).told.opened == 0);
}

/* --- renewals [M23] ---------------------------------------------------------
 */

static int64_t renewals(struct office *o)
{
    return office_count(o, "SELECT count(*) FROM task WHERE kind = 'renew'");
}

EACH_STORE_TEST(a_renewal_waits_until_it_is_applied_for_and_again_when_given_up)
{
    TEST_OFFICE(o, place);
    str ref = office_certified(&o);
    const struct certificate *c = certificate_of(&o, ref);
    struct script script = office_script(&o);
    struct case_answer answer = { 0 };
    bool over = false;

    office_pass_days(&o, c->until - office_today(&o) - 100);
    struct case_order order =
        office_order(&o, "newcomer", S("new"), "case.open",
                     "{'scheme':'mini','level':'ten','kind':'renewal',"
                     "'previous':'00026SC0001R0S'}");
    EXPECT_OK(office_give(&o, &order, &answer));
    EXPECT(renewals(&o) == 1); /* it was not applied for yet */
    EXPECT(office_count(&o, "SELECT due FROM task WHERE kind = 'apply'") ==
           office_count(&o, "SELECT due FROM task WHERE kind = 'renew'"));
    while (!over && !test_failing() &&
           office_read(&o, answer.number).state->stage == STAGE_PREPARATION)
        EXPECT_OK(office_step(&o, &script, answer.number, &over));
    EXPECT(renewals(&o) == 0);
    expect_sound(&o);
    EXPECT_OK(office_do(&o, "newcomer", answer.number, "case.withdraw",
                        "{'reasons':'不续了'}"));
    EXPECT(renewals(&o) == 1);
    expect_sound(&o);
}
