/* Reporting to the authority, on both engines. [M20] */

#include "service/reporting.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "domain/reporting.h"
#include "service/particulars.h"
#include "service/service_test_env.h"
#include "store/particulars.h"

enum { FILE_BYTES = 16 << 20 };

/* --- an office that reports -------------------------------------------------
 */

static str path_in(struct office *o, const char *name)
{
    struct buf b;
    str out = S("");

    buf_init(&b, &o->arena, 1000);
    buf_str(&b, o->dir);
    buf_char(&b, '/');
    buf_str(&b, str_of(name));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static void go_to(struct office *o, const char *date)
{
    office_pass_days(o, office_day(date) - office_today(o));
}

static err say(struct office *o, const char *login, const char *ref,
               const char *code, const char *value)
{
    struct particular p = { str_of(code), str_of(value) };
    struct particulars_order order = {
        .who = office_as(o, login),
        .today = DAY_NEVER,
        .ref = str_of(ref),
        .said = &p,
        .n = 1,
    };

    return particulars_say(o->app, &o->arena, &order);
}

static struct particulars said_of(struct office *o, const char *ref)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct particulars out = { 0 };
    struct subject s = { 0 };

    EXPECT_OK(app_read(o->app, &o->arena, &tx));
    EXPECT_ROW_OK(ref, subject_find(tx, &o->arena, str_of(ref), &s));
    EXPECT_ROW_OK(ref, particulars_load(o->app, tx, &s, &o->arena, &out));
    return out;
}

/* Reduce the certificate of the case, to take effect on a day that may lie
 * before the clock's. */
static void reduce(struct office *o, str ref, const char *date)
{
    struct case_order orders[] = {
        office_order(o, "reviewer", ref, "reduction.decide",
                     "{'scope':'热水器的售后服务','reasons':'停产'}"),
        office_order(o, "head", ref, "certificate.reduce", "{}"),
    };

    for (size_t i = 0; i < COUNT(orders); i++) {
        orders[i].today = office_day(date);
        EXPECT_ROW_OK(date, office_give(o, &orders[i], NULL));
    }
}

static err export(struct office *o, const char *login, const char *month,
                  bool partial, struct reporting_made *made)
{
    struct reporting_wish wish = {
        .who = office_as(o, login),
        .today = DAY_NEVER,
        .partial = partial,
    };

    EXPECT_ROW(month, month_parse(str_of(month), &wish.month));
    return reporting_export(o->app, &o->arena, &wish, path_in(o, "out.xlsx"),
                            made);
}

static bool was_written(struct office *o)
{
    str bytes;

    return !failed(file_read(&o->files, &o->arena, path_in(o, "out.xlsx"),
                             FILE_BYTES, &bytes));
}

/* The line of the month; all zero when there is none. */
static struct reporting_line line_of(struct office *o, const char *month)
{
    struct month m = { 0 };
    struct list lines = { 0 };

    EXPECT_ROW(month, month_parse(str_of(month), &m));
    EXPECT_OK(reporting_list(o->app, &o->arena, office_as(o, "reporter"),
                             DAY_NEVER, &lines));
    for (size_t i = 0; i < lines.n; i++) {
        const struct reporting_line *l = lines.p;

        if (month_eq(l[i].month.month, m))
            return l[i];
    }
    return (struct reporting_line){ 0 };
}

/* --- particulars [PC1] [PC2] [PC3] ---- */

EACH_STORE_TEST(what_is_said_is_kept_until_it_is_taken_back)
{
    TEST_OFFICE(o, place);
    struct particulars got;

    EXPECT(said_of(&o, "person:auditor1").n == 0);
    EXPECT_OK(say(&o, "reporter", "person:auditor1", "PHONE", "13900139000"));
    EXPECT_OK(say(&o, "reporter", "person:auditor1", "QUA_CODE", "02"));
    EXPECT_OK(say(&o, "reporter", "person:auditor1", "QUA_CODE", "06"));
    got = said_of(&o, "person:auditor1");
    EXPECT(got.n == 2);
    EXPECT_STR(particular_value(&got, S("PHONE")), S("13900139000"));
    EXPECT_STR(particular_value(&got, S("QUA_CODE")), S("06"));
    EXPECT(said_of(&o, "person:auditor2").n == 0);
    EXPECT_OK(say(&o, "reporter", "person:auditor1", "PHONE", ""));
    EXPECT(said_of(&o, "person:auditor1").n == 1);
    EXPECT_OK(say(&o, "reporter", "person:auditor1", "QUA_CODE", ""));
    EXPECT(office_count(&o, "SELECT count(*) FROM particular") == 0);
}

EACH_STORE_TEST(only_what_the_dictionary_knows_of_a_subject_that_is_there)
{
    static const struct {
        const char *login;
        const char *ref;
        const char *code;
        const char *value;
        enum err_code error;
        const char *id; /* NULL: it is kept */
    } rows[] = {
        { "reporter", "body", "BRANCH_CODE", "00", 0, NULL },
        { "reporter", "scheme:mini", "AUTH_PROJ_CODE", "C0203", 0, NULL },
        { "reporter", "case:C2026-0001", "REMARK", "说明", 0, NULL },
        { "reporter", "case:c2026-0001", "REMARK", "说明", 0, NULL },
        { "admin", "body", "BRANCH_CODE", "00", ERR_DENIED, "filing.role" },
        { "quality", "body", "BRANCH_CODE", "00", ERR_DENIED, "filing.role" },
        { "reporter", "body:x", "BRANCH_CODE", "00", ERR_NOT_FOUND,
          "filing.subject" },
        { "reporter", "scheme:none", "AUTH_PROJ_CODE", "C0203", ERR_NOT_FOUND,
          "filing.subject" },
        { "reporter", "case:C2026-0002", "REMARK", "x", ERR_NOT_FOUND,
          "filing.subject" },
        { "reporter", "person:nobody", "PHONE", "13900139000", ERR_NOT_FOUND,
          "filing.subject" },
        { "reporter", "enterprise:1", "ORG_ZIP", "990000", ERR_NOT_FOUND,
          "filing.subject" },
        { "reporter", "person:", "PHONE", "13900139000", ERR_NOT_FOUND,
          "filing.subject" },
        { "reporter", "auditor1", "PHONE", "13900139000", ERR_NOT_FOUND,
          "filing.subject" },
        { "reporter", "body", "PHONE", "13900139000", ERR_NOT_FOUND,
          "filing.no_particular" },
        { "reporter", "person:auditor1", "PHONE", "1", ERR_INVALID,
          "filing.phone" },
    };
    TEST_OFFICE(o, place);

    (void)office_case(&o); /* C2026-0001 */

    for (size_t i = 0; i < COUNT(rows); i++) {
        err e =
            say(&o, rows[i].login, rows[i].ref, rows[i].code, rows[i].value);

        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].ref, e);
        else
            EXPECT_ROW_ERR(rows[i].ref, e, rows[i].error, rows[i].id);
    }
}

/* [PC2]: not to be read in the store, nor in another's place; of events, only
 * the names. */
EACH_STORE_TEST(what_is_said_is_sealed_and_no_event_tells_it)
{
    TEST_OFFICE(o, place);
    scoped(tx_abort) struct tx *tx = NULL;
    struct subject one;
    struct subject two;
    struct particulars got;
    str sealed;
    bool found;

    EXPECT_OK(say(&o, "reporter", "person:auditor1", "ID_CODE",
                  "11010519491231002X"));
    str body =
        office_ask(&o,
                   "SELECT body FROM journal WHERE type = 'particulars.said'");
    EXPECT(str_contains(body, S("\"codes\":[\"ID_CODE\"]")));
    EXPECT(str_contains(body, S("\"subject\":\"person/")));
    EXPECT(!str_contains(body, S("11010519491231002X")));
    EXPECT(!str_contains(body, S("auditor1")));

    EXPECT_OK(app_read(o.app, &o.arena, &tx));
    EXPECT_OK(subject_find(tx, &o.arena, S("person:auditor1"), &one));
    EXPECT_OK(subject_find(tx, &o.arena, S("person:auditor2"), &two));
    EXPECT_OK(particular_get(tx, &o.arena, one.key, &sealed, &found));
    EXPECT(found && !str_contains(sealed, S("11010519491231002X")));
    tx_abort(&tx);
    tx = NULL;
    (void)office_ask(&o, "UPDATE particular SET subject = 'person/' || "
                         "substr(subject, 8, 31) || 'z'");
    EXPECT_OK(app_read(o.app, &o.arena, &tx));
    two.key = (str){ one.key.p, one.key.n };
    str moved = S("");
    EXPECT(arena_str(&o.arena, one.key, &moved));
    struct buf b;
    buf_init(&b, &o.arena, 100);
    buf_str(&b, str_first(moved, moved.n - 1));
    buf_char(&b, 'z');
    EXPECT_OK(buf_done(&b, &two.key));
    EXPECT_ERR(particulars_load(o.app, tx, &two, &o.arena, &got), ERR_CORRUPT,
               "secret.altered");
}

/* --- the report [RT1] [RT2] ---- */

EACH_STORE_TEST(a_report_is_read_by_staff_and_exported_by_a_reporter)
{
    static const struct {
        const char *login;
        bool reads;
        bool exports;
    } rows[] = {
        { "reporter", true, true },   { "quality", true, false },
        { "authority", true, false }, { "planner", true, false },
        { "admin", false, false },    { "newcomer", false, false },
    };
    TEST_OFFICE(o, place);

    for (size_t i = 0; i < COUNT(rows); i++) {

        struct reporting_wish wish = { .who = office_as(&o, rows[i].login),
                                       .month = { 2026, 2 },
                                       .today = DAY_NEVER };
        struct reporting_made made;
        err e = reporting_make(o.app, &o.arena, &wish, &made);

        if (rows[i].reads)
            EXPECT_ROW_OK(rows[i].login, e);
        else
            EXPECT_ROW_ERR(rows[i].login, e, ERR_DENIED, "filing.read");
        e = export(&o, rows[i].login, "2026-02", true, &made);
        if (rows[i].exports)
            EXPECT_ROW_OK(rows[i].login, e);
        else
            EXPECT_ROW_ERR(rows[i].login, e, ERR_DENIED, "filing.role");
    }
}

/* Both sides of the month's first day. */
EACH_STORE_TEST(a_month_is_reported_from_its_first_day_on)
{
    TEST_OFFICE(o, place);
    struct reporting_made made;

    go_to(&o, "2026-11-30");
    EXPECT_ERR(export(&o, "reporter", "2026-12", true, &made), ERR_INVALID,
               "filing.ahead");
    go_to(&o, "2026-12-01");
    EXPECT_OK(export(&o, "reporter", "2026-12", true, &made));
}

EACH_STORE_TEST(an_act_entered_after_the_export_is_noticed)
{
    TEST_OFFICE(o, place);
    struct reporting_made made;

    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_UPKEEP);
    go_to(&o, "2026-11-25");
    reduce(&o, ref, "2026-11-25");
    EXPECT(line_of(&o, "2026-11").month.acts);
    EXPECT(line_of(&o, "2026-11").month.exported == NULL);
    go_to(&o, "2026-12-02");
    EXPECT_ERR(export(&o, "reporter", "2026-11", false, &made), ERR_REFUSED,
               "filing.problems");
    EXPECT(made.filing.problems > 0 && !was_written(&o));
    EXPECT_OK(export(&o, "reporter", "2026-11", true, &made));
    EXPECT(made.filing.sheets[SHEET_CERTIFICATE].n == 1 && was_written(&o));
    EXPECT(line_of(&o, "2026-11").late == 0);
    EXPECT(!line_of(&o, "2026-11").month.whole); /* nothing was sound */
    go_to(&o, "2026-12-03");
    reduce(&o, ref, "2026-12-03");
    EXPECT(line_of(&o, "2026-11").late == 0); /* is December's */
    reduce(&o, ref, "2026-11-30");
    EXPECT(line_of(&o, "2026-11").late == 1);
    go_to(&o, "2026-12-04");
    EXPECT_OK(export(&o, "reporter", "2026-11", true, &made));
    EXPECT(made.filing.sheets[SHEET_CERTIFICATE].n == 2);
    EXPECT(line_of(&o, "2026-11").late == 0);
}

/* Nobody did anything in that month; the days did (filing/rows.c [RO4]). */
EACH_STORE_TEST(a_sub_certificate_that_runs_out_alone_is_due_to_be_reported)
{
    TEST_OFFICE(o, place);
    struct reporting_made made;
    str ref = office_case(&o);

    office_go_to(&o, ref, STAGE_UPKEEP);
    EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub",
                        "{'n':1,'until':'2026-11-30'}"));
    go_to(&o, "2026-11-30");
    EXPECT(!line_of(&o, "2026-11").month.acts);
    EXPECT(!line_of(&o, "2026-12").month.acts);
    go_to(&o, "2026-12-01");
    EXPECT(!line_of(&o, "2026-11").month.acts);
    EXPECT(line_of(&o, "2026-12").month.acts);
    EXPECT(line_of(&o, "2026-12").state == MONTH_DUE);
    EXPECT_OK(export(&o, "reporter", "2026-12", true, &made));
    EXPECT(made.filing.sheets[SHEET_CERTIFICATE].n == 1);
    go_to(&o, "2027-01-11"); /* the tenth has passed */
    EXPECT(line_of(&o, "2026-12").state == MONTH_OVERDUE);
}

/* What ended before that day, alone or with the main one, is due as that. */
EACH_STORE_TEST(a_sub_certificate_that_had_ended_is_not_due_again)
{
    static const char *const ends[] = {
        "UPDATE sub_certificate SET ended = valid_until",
        "UPDATE certificate SET status = 3, status_since ="
        " (SELECT valid_until FROM sub_certificate)",
        "UPDATE sub_certificate SET valid_until ="
        " (SELECT valid_until FROM certificate)",
    };

    for (size_t i = 0; i < COUNT(ends); i++) {
        TEST_OFFICE(o, place);
        str ref = office_case(&o);

        office_go_to(&o, ref, STAGE_UPKEEP);
        EXPECT_OK(office_do(&o, "certificates", ref, "certificate.sub",
                            "{'n':1,'until':'2026-11-30'}"));
        go_to(&o, "2026-12-01");
        EXPECT_ROW(ends[i], line_of(&o, "2026-12").month.acts);
        (void)office_ask(&o, ends[i]);
        EXPECT_ROW(ends[i], !line_of(&o, "2026-12").month.acts);
    }
}

/* [RT3] */
EACH_STORE_TEST(the_record_of_an_export_has_rows_and_digests_of_each_sheet)
{
    TEST_OFFICE(o, place);
    struct reporting_made made;
    const struct reported_sheet *sheets;
    struct reporting_line line;

    EXPECT_OK(export(&o, "reporter", "2026-02", false, &made)); /* no rows */
    line = line_of(&o, "2026-02");
    EXPECT(line.month.exported != NULL && line.month.whole);
    if (line.month.exported == NULL)
        return;
    EXPECT(line.month.exported_on == office_day(OFFICE_TODAY));
    EXPECT(line.month.exported->sheets.n == SHEET_COUNT);
    sheets = line.month.exported->sheets.p;
    for (int i = 0; i < SHEET_COUNT; i++) {
        EXPECT_STR(sheets[i].name, made.dictionary->sheets[i].name);
        EXPECT(sheets[i].rows == 0 && sheets[i].left_out == 0);
        for (int k = 0; k < i; k++)
            EXPECT(memcmp(&sheets[i].digest, &sheets[k].digest,
                          sizeof sheets[i].digest) != 0);
    }
}

/* [RT4]: the file goes when there is no record of it, and nothing is recorded
 * that was not written. */
EACH_STORE_TEST(a_workbook_is_written_and_recorded_or_neither)
{
    TEST_OFFICE(o, place);
    struct reporting_wish wish = { .who = office_as(&o, "reporter"),
                                   .month = { 2026, 2 },
                                   .today = DAY_NEVER };
    struct reporting_made made;

    EXPECT_ERR(reporting_export(o.app, &o.arena, &wish,
                                path_in(&o, "no/such/folder.xlsx"), &made),
               ERR_NOT_FOUND, "file.parent");
    EXPECT(line_of(&o, "2026-02").month.exported == NULL);
    (void)office_ask(&o,
                     "UPDATE stream SET number = 'gone' WHERE kind = 'body'");
    EXPECT_ERR(export(&o, "reporter", "2026-02", false, &made), ERR_NOT_FOUND,
               "journal.stream");
    EXPECT(!was_written(&o));
}

EACH_STORE_TEST(only_a_reporter_marks_a_month_as_filed)
{
    TEST_OFFICE(o, place);
    struct reporting_mark mark = {
        .who = office_as(&o, "planner"),
        .month = { 2026, 2 },
        .today = DAY_NEVER,
        .filed = office_day("2026-03-10"),
        .receipt = S(" 示例回执 "),
    };
    struct reporting_made made;

    go_to(&o, "2026-03-10");
    EXPECT_ERR(reporting_mark(o.app, &o.arena, &mark), ERR_DENIED,
               "filing.role");
    mark.who = office_as(&o, "reporter");
    EXPECT_ERR(reporting_mark(o.app, &o.arena, &mark), ERR_REFUSED,
               "filing.not_exported");
    EXPECT_OK(export(&o, "reporter", "2026-02", false, &made));
    EXPECT_OK(reporting_mark(o.app, &o.arena, &mark));
    struct reporting_line line = line_of(&o, "2026-02");
    EXPECT(line.state == MONTH_IN_TIME);
    EXPECT(line.month.filed != NULL);
    if (line.month.filed != NULL)
        EXPECT_STR(line.month.filed->receipt, S("示例回执"));
}

/* [RT5] */
EACH_STORE_TEST(a_dictionary_in_the_folder_takes_the_place_of_the_program_s)
{
    TEST_OFFICE(o, place);
    const struct dictionary *d = NULL;
    str path = path_in(&o, "dictionary.yaml");
    str text;

    EXPECT_OK(file_read(&o.files, &o.arena, S("reporting/dictionary.yaml"),
                        FILE_BYTES, &text));
    EXPECT_OK(reporting_dictionary(o.app, &o.arena, &d));
    EXPECT_STR(d->edition, S("2021-09"));

    struct buf b;
    str own;
    size_t at = str_find(text, S("\"2021-09\""));
    buf_init(&b, &o.arena, FILE_BYTES);
    buf_str(&b, str_first(text, at));
    buf_str(&b, S("own"));
    buf_str(&b, str_from(text, at + strlen("\"2021-09\"")));
    EXPECT_OK(buf_done(&b, &own));
    EXPECT_OK(file_write(&o.files, &o.arena, path, own, FILE_PUBLIC));
    EXPECT_OK(reporting_dictionary(o.app, &o.arena, &d));
    EXPECT_STR(d->edition, S("own"));
    EXPECT_OK(
        file_write(&o.files, &o.arena, path, S("format: 2\n"), FILE_PUBLIC));
    EXPECT_ERR(reporting_dictionary(o.app, &o.arena, &d), ERR_INVALID,
               "filing.dictionary");
}

/* FILE:LINE:COLUMN, as compilers print it, whatever is wrong. */
ONE_STORE_TEST(what_is_wrong_with_a_dictionary_is_told_with_its_place_once,
               true)
{
    static const struct {
        const char *why;
        str text;
        const char *place;
    } rows[] = {
        { "another format", S_INIT("\nformat: 2\n"), "dictionary.yaml:2:" },
        { "no YAML", S_INIT("a: b: c\n"), "dictionary.yaml:1:5: " },
    };
    TEST_OFFICE(o, place);
    str path = path_in(&o, "dictionary.yaml");

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct dictionary *d = NULL;
        struct buf b;
        str line = S("");

        EXPECT_OK(
            file_write(&o.files, &o.arena, path, rows[i].text, FILE_PUBLIC));
        err e = reporting_dictionary(o.app, &o.arena, &d);
        EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, "filing.dictionary");
        buf_init(&b, &o.arena, FILE_BYTES);
        text_err(&b, LANG_EN, e);
        EXPECT_OK(buf_done(&b, &line));
        EXPECT_ROW(rows[i].why, str_begins(line, o.dir));
        size_t at = str_find(line, str_of(rows[i].place));
        EXPECT_ROW(rows[i].why, at < line.n);
        EXPECT_ROW(rows[i].why,
                   !str_contains(str_from(line, at + 1), S("dictionary.yaml")));
    }
}
