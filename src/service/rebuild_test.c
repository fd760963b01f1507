/*
 * The projections made again from the journals: whatever was done to them,
 * what comes out is what was there. [RB1]..[RB3]
 */
#include "service/rebuild.h"

#include "base/size.h"
#include "service/check.h"
#include "service/test_projections.h"
#include "service/test_tamper.h"
#include "service/tick.h"
#include "store/test_faults.h"

/* Each row leaves the projections wrong in a way of its own. */
static const struct damage {
    const char *why;
    const char *sql;
} damages[] = {
    { "nothing was done", "SELECT 1" },
    { "the lists are gone",
      "DELETE FROM task; DELETE FROM booking; DELETE FROM certificate;"
      "DELETE FROM case_view; DELETE FROM relation" },
    { "a case at another stage", "UPDATE case_view SET stage = 3" },
    { "a deadline", "UPDATE case_view SET due = 1, due_provisional = 1" },
    { "the number of a case", "UPDATE case_view SET number = 'C1999-0001'" },
    { "what stands on a certificate",
      "UPDATE certificate SET holder = 'x', status = 2, valid_until = 1" },
    { "the place of a certificate in the log",
      "UPDATE certificate SET log_index = 0" },
    { "the enterprise of a certificate",
      "UPDATE certificate SET enterprise = NULL" },
    { "what an enterprise is",
      "UPDATE enterprise SET name = 'x', scope = 'y', province = '', city = '',"
      " registered = NULL" },
    { "the code of an enterprise",
      "UPDATE enterprise SET uscc = 'x' WHERE uscc = '" OFFICE_USCC "'" },
    { "everybody may do everything", "UPDATE person SET roles = 4095" },
    { "who has left is back, and the other way",
      "UPDATE person SET state = 1 - state" },
    { "whom people work for", "UPDATE person SET enterprise = NULL" },
    { "a tie is gone", "DELETE FROM relation" },
    { "a tie ends", "UPDATE relation SET until = 0" },
    { "a tie nobody declared",
      "INSERT INTO relation SELECT p.id, e.id, NULL FROM person p, enterprise e"
      " WHERE p.login = 'intake' AND e.uscc = '" OFFICE_USCC "'" },
    { "somebody is planned for",
      "INSERT INTO booking SELECT c.id, p.id, 1, 2 FROM case_view c, person p"
      " WHERE p.login = 'auditor1'" },
    { "nothing waits", "DELETE FROM task" },
    { "a limit of what waits", "UPDATE task SET due = 1" },
    { "for whom something waits", "UPDATE task SET roles = 4095" },
    { "told of before its day", "UPDATE task SET raised = 2" },
    { "a task nobody has", "INSERT INTO task SELECT id, 'x', 0, id, 0, 1, "
                           "NULL, 0, 0, 0, 0 FROM person"
                           " WHERE login = 'intake'" },
    { "no case counts for anything", "DELETE FROM case_tally" },
    { "the body has other figures", "UPDATE tally SET n = n + 1" },
    { "a case counts twice", "UPDATE case_tally SET n = 2" },
    { "nothing is summed", "DELETE FROM tally" },
    { "told of a case that nobody opened",
      "INSERT INTO notice SELECT id, 'x', 0, id, 1, 1, 1 FROM person"
      " WHERE login = 'intake'" },
};

static err do_rebuild(struct desk *d, struct rebuilt *out)
{
    return rebuild(d->app, &d->arena, out);
}

static err do_check(struct desk *d)
{
    struct check_counts counts;

    return check_all(d->app, &d->arena, &counts);
}

/* --- what is mended [RB2] --------------------------------------------- */

EACH_STORE_TEST(whatever_was_done_to_the_projections_is_mended)
{
    TEST_TAMPER(at, place);
    struct rebuilt made = { 0 };
    TEST_DESK(d, &at, APP_WRITE);

    EXPECT_OK(desk_sequence(&d));

    const struct projected before = projected_now(&at.office);
    for (size_t i = 0; i < COUNT(damages); i++) {
        (void)office_ask(&at.office, damages[i].sql);
        EXPECT_ROW(damages[i].why, failed(do_check(&d)) == (i > 0));
        EXPECT_ROW_OK(damages[i].why, do_rebuild(&d, &made));
        expect_projected(damages[i].why, &at.office, &before);
        EXPECT_ROW_OK(damages[i].why, do_check(&d));
    }
}

/* [RB3] */
EACH_STORE_TEST(what_no_stream_says_is_taken_away)
{
    static const struct damage rows[] = {
        { "a certificate nobody issued",
          "INSERT INTO certificate SELECT 'FORGED', substr(hash, 1, 16), NULL,"
          " NULL, 'h', 'u', 's', 'c', 'l', 1, 1, 1, 1, 1, 0, 1, '', '', NULL,"
          " 1, NULL, NULL FROM scheme_package LIMIT 1" },
        { "a person nobody hired, of an enterprise nobody registered, and the "
          "address of a calendar",
          "INSERT INTO enterprise SELECT substr(hash, 1, 16), 'FORGED', 'n',"
          " '', NULL, '', '', '', '', '', '', '' FROM scheme_package LIMIT 1;"
          "INSERT INTO person SELECT substr(hash, 1, 16), 'forged', 'n', 4095,"
          " substr(hash, 1, 16), '', 0 FROM scheme_package LIMIT 1;"
          "INSERT INTO calendar_link SELECT id, id, 1, 0, 'zh-CN', 1,"
          " (SELECT hash FROM scheme_package LIMIT 1)"
          " FROM person WHERE login = 'forged'" },
        { "one of ours works for an enterprise nobody registered",
          "INSERT INTO enterprise SELECT substr(hash, 1, 16), 'FORGED', 'n',"
          " '', NULL, '', '', '', '', '', '', '' FROM scheme_package LIMIT 1;"
          "UPDATE person SET enterprise ="
          " (SELECT id FROM enterprise WHERE uscc = 'FORGED')"
          " WHERE login = 'newcomer'" },
    };
    TEST_TAMPER(at, place);
    struct rebuilt made = { 0 };
    TEST_DESK(d, &at, APP_WRITE);
    const struct projected before = projected_now(&at.office);

    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)office_ask(&at.office, rows[i].sql);
        EXPECT_ROW_ERR(rows[i].why, do_check(&d), ERR_CORRUPT,
                       i < 2 ? "check.row" : "check.person");
        EXPECT_ROW_OK(rows[i].why, do_rebuild(&d, &made));
        expect_projected(rows[i].why, &at.office, &before);
    }
}

EACH_STORE_TEST(what_stands_in_a_register_only_stays)
{
    TEST_TAMPER(at, place);
    struct rebuilt made = { 0 };
    TEST_DESK(d, &at, APP_WRITE);

    (void)office_ask(&at.office,
                     "UPDATE person SET name = 'n', secret = 's';"
                     "UPDATE enterprise SET name_en = 'e', address = 'a',"
                     " contact_name = 'c', contact_phone = 'p',"
                     " contact_mail = 'm'");

    const struct projected before = projected_now(&at.office);
    EXPECT_OK(do_rebuild(&d, &made));
    expect_projected("texts of people and enterprises", &at.office, &before);
}

EACH_STORE_TEST(a_rebuild_counts_what_it_made)
{
    TEST_TAMPER(at, place);
    struct rebuilt made = { 0 };
    TEST_DESK(d, &at, APP_WRITE);

    EXPECT_OK(do_rebuild(&d, &made));
    EXPECT(made.cases == 1 && made.certificates == 1);
    EXPECT(made.people ==
           office_count(&at.office, "SELECT count(*) FROM person"));
    EXPECT(made.enterprises ==
           office_count(&at.office, "SELECT count(*) FROM enterprise"));
    EXPECT(made.events ==
           office_count(&at.office, "SELECT count(*) FROM journal j"
                                    " JOIN stream s ON s.id = j.stream"
                                    " WHERE s.kind NOT IN ('body', 'scheme')"));
}

/* --- what waits [RB2] ------------------------------------------------- */

static void expect_made_again(struct office *o)
{
    const struct projected before = projected_now(o);
    struct check_counts counts;
    struct rebuilt made;

    projected_clear(o);
    EXPECT_OK(rebuild(o->app, &o->arena, &made));
    expect_projected("what waits", o, &before);
    EXPECT_OK(check_records(o->app, &o->arena, NULL, &counts));
}

EACH_STORE_TEST(what_was_told_of_a_task_is_known_after_a_rebuild)
{
    static const struct {
        const char *name;
        int32_t days; /* after the first */
        int64_t raised;
    } rows[] = {
        { "nothing was told", -1, RAISED_NOTHING },
        { "it was told that it is there", 0, RAISED_OPEN },
        { "and that it is overdue", 60, RAISED_OVERDUE },
    };
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct tick_made told;

    office_go_to(&o, ref, STAGE_COMPLETENESS);
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (rows[i].days >= 0)
            EXPECT_ROW_OK(rows[i].name,
                          tick(o.app, &o.arena, office_today(&o) + rows[i].days,
                               &told));
        EXPECT_ROW(rows[i].name,
                   office_count(&o, "SELECT max(raised) FROM task") ==
                       rows[i].raised);
        expect_made_again(&o);
    }
}

/* The renewal's number is after that of the case it looks at, but in the
 * order of streams neither is there when the other is made. */
EACH_STORE_TEST(what_waits_around_a_renewal_is_made_again_when_both_are_there)
{
    TEST_OFFICE(o, place);
    str ref = office_case(&o);
    struct script script = office_script(&o);
    struct case_answer answer = { 0 };
    bool over = false;

    office_go_to(&o, ref, STAGE_UPKEEP);
    office_pass_days(&o, 1000);
    struct case_order order =
        office_order(&o, "newcomer", S("new"), "case.open",
                     "{'scheme':'mini','level':'ten','kind':'renewal',"
                     "'previous':'00026SC0001R0S'}");
    EXPECT_OK(office_give(&o, &order, &answer));
    EXPECT(office_count(&o, "SELECT count(*) FROM task"
                            " WHERE kind = 'apply' AND due IS NOT NULL") == 1);
    expect_made_again(&o);
    while (!over && !test_failing() &&
           office_read(&o, answer.number).state->stage == STAGE_PREPARATION)
        EXPECT_OK(office_step(&o, &script, answer.number, &over));
    EXPECT(office_count(&o, "SELECT count(*) FROM task"
                            " WHERE kind = 'renew'") == 0);
    expect_made_again(&o);
}

/* --- what is not [RB1] ------------------------------------------------ */

EACH_STORE_TEST(from_a_journal_that_was_tampered_with_nothing_is_made)
{
    static const struct {
        const char *why;
        const char *sql;
        const char *id;
    } rows[] = {
        { "an event of the case",
          "UPDATE journal SET body = replace(body, '2026', '2025')"
          " WHERE version = 7"
          " AND stream = (SELECT id FROM stream WHERE kind = 'case')",
          "journal.tampered" },
        { "the certificate's only event",
          "UPDATE journal SET day = day + 1"
          " WHERE stream = (SELECT id FROM stream WHERE kind = 'certificate')",
          "journal.tampered" },
        { "an event of a person",
          "UPDATE journal SET at = at + 1 WHERE version = 1 AND stream ="
          " (SELECT id FROM person WHERE login = 'intake')",
          "journal.tampered" },
        { "the case of a certificate is gone",
          "DELETE FROM journal WHERE stream ="
          " (SELECT id FROM stream WHERE kind = 'case');"
          "DELETE FROM command WHERE stream ="
          " (SELECT id FROM stream WHERE kind = 'case');"
          "DELETE FROM stream WHERE kind = 'case'",
          "check.certificate" },
    };
    TEST_TAMPER(at, place);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct rebuilt made = { .events = -1 };
        TEST_DESK(d, &at, APP_WRITE);

        (void)office_ask(&at.office, rows[i].sql);
        const struct projected before = projected_now(&at.office);
        EXPECT_ROW_ERR(rows[i].why, do_rebuild(&d, &made), ERR_CORRUPT,
                       rows[i].id);
        expect_projected(rows[i].why, &at.office, &before);
        EXPECT_ROW(rows[i].why, made.events == -1);
        tamper_mend(&at);
    }
}

/* [RB3] The row of rival's enterprise has nobody who refers to it once rival
 * is gone, too. */
EACH_STORE_TEST(a_row_that_cannot_be_made_again_is_named)
{
    TEST_TAMPER(at, place);
    struct rebuilt made = { 0 };
    TEST_DESK(d, &at, APP_WRITE);

    (void)office_ask(&at.office, "DELETE FROM person WHERE login = 'rival'");
    EXPECT_ERR(do_rebuild(&d, &made), ERR_CORRUPT, "rebuild.lost");
    (void)office_ask(&at.office, "DELETE FROM relation WHERE enterprise ="
                                 " (SELECT id FROM enterprise"
                                 " WHERE uscc = '" RIVAL_USCC "');"
                                 "DELETE FROM enterprise"
                                 " WHERE uscc = '" RIVAL_USCC "'");
    err e = do_rebuild(&d, &made);
    EXPECT_ERR(e, ERR_CORRUPT, "rebuild.lost");
    EXPECT_STR(err_arg_text(e, "name"), S(RIVAL_USCC));
}

/* --- all or nothing [RB1] --------------------------------------------- */

static void take_lists_away(void *context)
{
    struct issue *at = (struct issue *)context;

    projected_clear(&at->office);
}

static err rebuild_once(struct heap *h, struct file_ops *files, void *context)
{
    const struct issue *at = (const struct issue *)context;
    scoped(desk_leave) struct desk d = { 0 };
    struct rebuilt made;

    TRY(desk_take(&d, at, h, files, APP_WRITE));
    return do_rebuild(&d, &made);
}

static void expect_all_or_nothing(const struct fault_run *run, void *context)
{
    struct issue *at = (struct issue *)context;
    int64_t rows =
        office_count(&at->office, "SELECT (SELECT count(*) FROM case_view)"
                                  " + (SELECT count(*) FROM certificate)");
    TEST_DESK(d, at, APP_WRITE);
    struct rebuilt made;

    EXPECT(rows == 2 || (run->failed && rows == 0));
    if (rows == 2)
        EXPECT_OK(do_check(&d));
    EXPECT_OK(do_rebuild(&d, &made));
    EXPECT_OK(do_check(&d));
}

ONE_STORE_TEST(a_rebuild_that_fails_anywhere_leaves_all_or_nothing, true)
{
    static const struct {
        enum fault what;
        long stride; /* a prime: a quick look */
    } rows[] = {
        { FAULT_HEAP, 211 },      { FAULT_SQLITE_MEMORY, 307 },
        { FAULT_DISK_ERROR, 23 }, { FAULT_DISK_FULL, 17 },
        { FAULT_CRASH, 17 },
    };
    TEST_TAMPER(at, place);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct fault_plan plan = {
            .prepare = take_lists_away,
            .body = rebuild_once,
            .check = expect_all_or_nothing,
            .context = &at,
            .stride = rows[i].stride,
        };

        EXPECT(fault_each(rows[i].what, &plan) > 1);
    }
}

/* --- every table ------------------------------------------------------ */

/* A table that is new is either made again or has a reason to stand here. */
ONE_STORE_TEST(every_table_is_made_again_or_holds_what_nothing_else_has, true)
{
    static const char *const kept[] = {
        "admission",     /* until when people come in, and their mail */
        "blob",          /* which files there are */
        "calendar_link", /* under which secrets lists are read */
        "command",       /* answers that were given */
        "counter",       /* numbers that were given out */
        "credential",    /* what was signed */
        "draft",         /* what people began to say */
        "failure",       /* how long to wait */
        "held_asked",    /* how an enterprise's last file was counted */
        "held_file",     /* files of records, for a while */
        "imported",      /* certificates that files brought */
        "hook",          /* whom people want to be told */
        "hook_call",     /* on its way, and what became of it */
        "job",           /* work that waits */
        "journal",       /* what everything is made from */
        "log_checkpoint",
        "log_cosignature", /* what witnesses said */
        "log_entry",
        "log_node",
        "log_pending",
        "mail",         /* on its way, and what became of it */
        "message_read", /* how far people have read */
        "meta",         /* of the installation */
        "migration",    /* of the schema */
        "notice",       /* what was told, and on which day */
        "particular",   /* sealed, and nowhere else */
        "passage",      /* the trail of the door */
        "recovery_code",
        "refusal", /* the audit trail */
        "report",  /* what the public saw; in no journal */
        "scheme_file",
        "scheme_package", /* the rules themselves */
        "second_factor",
        "stream", /* heads of the journal */
        "ticket", /* that people were sent */
        "web_session",
    };
    TEST_OFFICE(o, place);
    str left = office_ask(&o, "SELECT name FROM sqlite_master"
                              " WHERE type = 'table'"
                              " AND name NOT LIKE 'sqlite_%' ORDER BY name");

    while (left.n > 0) {
        str name = str_cut(&left, '\n');
        size_t known = 0;

        for (size_t i = 0; i < COUNT(kept); i++)
            known += str_eq(name, str_of(kept[i]));
        for (size_t i = 0; i < PROJECTIONS; i++)
            known += str_eq(name, str_of(projections[i]));
        EXPECT_ROW(name.p, known == 1);
    }
}
