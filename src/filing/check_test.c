/* What is wrong with a row, cell by cell. [RE5] */

#include "base/check.h"
#include "filing/test_filing.h"

/* A sound report of one certification, to spoil cell by cell. */
static struct office sound(struct fixture *f)
{
    struct office o = office_of(f);

    certify(f);
    tell_all(&o);
    report_month(&o, "2026-03");
    expect_sound(&o);
    return o;
}

static void put(struct office *o, enum filing_sheet sheet, const char *code,
                str value)
{
    int32_t column =
        dictionary_column(&o->dictionary->sheets[sheet], str_of(code));

    check(column >= 0);
    o->report.sheets[sheet].first->cells[column] = value;
}

/* What the cell is blamed for with this value in it; NULL: nothing. */
static const struct filing_problem *blame(struct office *o,
                                          enum filing_sheet sheet,
                                          const char *code, str value)
{
    str before = cell(o, sheet, 0, code);

    put(o, sheet, code, value);
    EXPECT_ROW_OK(code, filing_check(&o->f->arena, o->dictionary,
                                     on("2026-03-31"), &o->report));
    put(o, sheet, code, before);
    return problem_of(o, sheet, 0, code);
}

struct spoiled {
    enum filing_sheet sheet;
    const char *code;
    const char *value;
    const char *id; /* NULL: it is right */
};

static void expect_blame(struct office *o, const struct spoiled *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct filing_problem *p =
            blame(o, rows[i].sheet, rows[i].code, str_of(rows[i].value));
        const char *got = p == NULL ? "right" : p->what.info->id;

        EXPECT_ROW(rows[i].value,
                   p == NULL || p->what.info->code == ERR_INVALID);
        EXPECT_ROW_STR(rows[i].value, str_of(got),
                       str_of(rows[i].id == NULL ? "right" : rows[i].id));
    }
}

TEST(codes_come_from_their_tables)
{
    FIXTURE(f);
    struct office o = sound(f);
    static const struct spoiled rows[] = {
        { P, "AUDIT_MODE", "FS03", NULL },
        { P, "AUDIT_MODE", "FS04", "filing.code" },
        { P, "AUDIT_ACT_TYPE", "0102；03", NULL },
        { P, "AUDIT_ACT_TYPE", "0102；05", "filing.code" },
        { P, "AUDIT_ACT_TYPE", "0102；", "filing.empty_value" },
        { P, "AUDIT_ACT_TYPE", "0102;03", "filing.code" }, /* half-width */
        { C, "CERTI_STATUS", "05", NULL },
        { C, "CERTI_STATUS", "06", "filing.code" },
        { C, "CERTI_STATUS", "1", "filing.code" },
        { C, "ORG_PROP_CODE", "040105", NULL },
        { C, "ORG_PROP_CODE", "040111", "filing.code" },
        { C, "IS_MULTI_SCENE", "是", "filing.code" },
        { R, "QUA_CODE", "06", NULL },
        { R, "QUA_CODE", "05", "filing.code" },
        { R, "IDENTITY_CODE", "98", NULL },
        { R, "IDENTITY_CODE", "97", "filing.code" },
    };

    expect_blame(&o, rows, COUNT(rows));
}

/* The longest that is allowed, and one character more. */
TEST(a_text_is_no_longer_than_its_column)
{
    FIXTURE(f);
    struct office o = sound(f);
    static const struct {
        enum filing_sheet sheet;
        const char *code;
        size_t most;
    } rows[] = {
        { P, "ORG_NAME", 600 },    { C, "ORG_NAME", 300 },
        { C, "LEGAL_PEOPLE", 50 }, { C, "BUSI_COVER_SCOP", 2000 },
        { R, "FULL_NAME", 20 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b;
        str text;

        buf_init(&b, &f->arena, 10000);
        for (size_t k = 0; k <= rows[i].most; k++)
            buf_str(&b, S("售")); /* three bytes, one character */
        EXPECT_OK(buf_done(&b, &text));
        EXPECT_ROW(rows[i].code,
                   blame(&o, rows[i].sheet, rows[i].code,
                         str_first(text, 3 * rows[i].most)) == NULL);
        const struct filing_problem *p =
            blame(&o, rows[i].sheet, rows[i].code, text);
        EXPECT_ROW(rows[i].code, p != NULL);
        if (p != NULL)
            EXPECT_ROW_STR(rows[i].code, str_of(p->what.info->id),
                           S("filing.long"));
    }
}

TEST(numbers_have_the_digits_of_their_column)
{
    FIXTURE(f);
    struct office o = sound(f);
    static const struct spoiled rows[] = {
        { C, "ORG_REG_ASSETS", "0", NULL },
        { C, "ORG_REG_ASSETS", "12345678.1234", NULL },
        { C, "ORG_REG_ASSETS", "123456789", "filing.number" },
        { C, "ORG_REG_ASSETS", "1.12345", "filing.number" },
        { C, "ORG_REG_ASSETS", "1.", "filing.number" },
        { C, "ORG_REG_ASSETS", ".5", "filing.number" },
        { C, "ORG_REG_ASSETS", "-1", "filing.number" },
        { C, "ORG_REG_ASSETS", "01", "filing.number" },
        { C, "ORG_REG_ASSETS", "1,000", "filing.number" },
        { C, "ORG_REG_ASSETS", "500万", "filing.number" },
        { C, "CHK_PD_NUM", "999.999", NULL },
        { C, "CHK_PD_NUM", "1000", "filing.number" },
        { C, "SUSE_TIMES", "99", NULL },
        { C, "SUSE_TIMES", "100", "filing.number" },
        { C, "SUSE_TIMES", "1.0", "filing.number" }, /* a whole number */
        { C, "REV_CERTI_FEE", "999999.9999", NULL },
        { C, "REV_CERTI_FEE", "1000000", "filing.number" },
    };

    expect_blame(&o, rows, COUNT(rows));
}

TEST(days_hours_and_seconds_have_their_form)
{
    FIXTURE(f);
    struct office o = sound(f);
    static const struct spoiled rows[] = {
        { C, "APP_ASS_DATE", "2026-03-16", NULL },
        { C, "APP_ASS_DATE", "2026-02-29", "filing.date" },
        { C, "APP_ASS_DATE", "2026/03/16", "filing.date" },
        { C, "APP_ASS_DATE", "2026-03-16 09:00:00", "filing.date" },
        { P, "AUDIT_START_DATE", "2026-03-16 09:00:00", NULL },
        { P, "AUDIT_START_DATE", "2026-03-16 23:00:00", NULL },
        { P, "AUDIT_START_DATE", "2026-03-16 24:00:00", "filing.date" },
        { P, "AUDIT_START_DATE", "2026-03-16 09:30:00", "filing.date" },
        { P, "AUDIT_START_DATE", "2026-03-16 09:00:01", "filing.date" },
        { P, "AUDIT_START_DATE", "2026-03-16", "filing.date" },
        { P, "AUDIT_START_DATE", "2026-03-16T09:00:00", "filing.date" },
        { R, "APPR_S_DATE", "2026-03-02 09:15:59", NULL },
        { R, "APPR_S_DATE", "2026-03-02 09:60:00", "filing.date" },
        { R, "APPR_S_DATE", "2026-03-02 09:15:60", "filing.date" },
        { R, "APPR_S_DATE", "2026-03-02 9:15:00", "filing.date" },
    };

    expect_blame(&o, rows, COUNT(rows));
}

/* Both sides: the same day is right, a day later is not. */
TEST(dates_follow_each_other)
{
    FIXTURE(f);
    struct office o = sound(f);
    static const struct spoiled rows[] = {
        { P, "AUDIT_START_DATE", "2026-03-18 17:00:00", NULL },
        { P, "AUDIT_START_DATE", "2026-03-18 18:00:00", "filing.order" },
        { C, "FIRST_CERT_DATE", "2026-03-16", NULL },
        { C, "FIRST_CERT_DATE", "2026-03-17", "filing.order" },
        { C, "APPR_S_DATE", "2026-03-16", NULL },
        { C, "APPR_S_DATE", "2026-03-17", "filing.order" },
        { C, "APPR_E_DATE", "2026-03-16", NULL },
        { C, "APPR_E_DATE", "2026-03-17", "filing.order" }, /* decided 16th */
        { C, "AWARD_DATE", "2026-03-31", NULL },
        { C, "AWARD_DATE", "2026-04-01", "filing.future" },
        { C, "APP_ASS_DATE", "2026-04-01", "filing.future" },
        { R, "APPR_S_DATE", "2026-03-02 17:00:00", NULL },
        { R, "APPR_S_DATE", "2026-03-02 17:00:01", "filing.order" },
        { R, "APPR_E_DATE", "2026-03-31 17:00:00", NULL },
        { R, "APPR_E_DATE", "2026-04-01 09:00:00", "filing.future" },
    };

    expect_blame(&o, rows, COUNT(rows));
}

TEST(values_look_as_their_form_wants_them)
{
    FIXTURE(f);
    struct office o = sound(f);
    static const struct spoiled rows[] = {
        { C, "CERT_NUMBER", "00026SC0006R0S", NULL },
        { C, "CERT_NUMBER", "00026sc0006R0S", "filing.plain" },
        { C, "CERT_NUMBER", "00026 SC0006R0S", "filing.plain" },
        { C, "ORG_DISTRICT", "990101", NULL },
        { C, "ORG_DISTRICT", "99010", "filing.wrong_digits" },
        { C, "ORG_DISTRICT", "99010a", "filing.wrong_digits" },
        { C, "BEL_INDUSTRY", "5264", NULL },
        { C, "BEL_INDUSTRY", "526", "filing.wrong_digits" },
        { C, "BEL_INDUSTRY", "F5264", "filing.wrong_digits" },
        { C, "BEL_INDUSTRY", "5264；81325", "filing.wrong_digits" },
        { C, "ORG_COUNTRY", "156", NULL },
        { C, "ORG_COUNTRY", "CHN", "filing.wrong_digits" },
        { C, "ORG_CODE", "91350100M000100Y43", NULL },
        { C, "ORG_CODE", "91350100M000100Y44", "filing.organisation_check" },
        { C, "ORG_CODE", "9135", "filing.organisation" },
        { C, "ORG_CODE", "13800138000", "filing.organisation" },
        { C, "ORG_PHONE", "010-12345678", NULL },
        { C, "ORG_PHONE", "13800138000；400-123-4567", NULL },
        { C, "ORG_PHONE", "12345", "filing.phone" },
        { C, "ORG_PHONE", "91350100M000100Y43", "filing.phone" },
        { C, "Service_area_code", "SC01", NULL },
        { C, "Service_area_code", "SC22", NULL },
        { C, "Service_area_code", "SC00", "filing.service_field" },
        { C, "Service_area_code", "SC23", "filing.service_field" },
        { C, "Service_area_code", "SC3", "filing.service_field" },
        { C, "AUTH_PROJ_CODE", "C0203", NULL },
        { C, "AUTH_PROJ_CODE", "C020", "filing.project" },
        { C, "AUTH_PROJ_CODE", "c0203", "filing.project" },
        { C, "AUTH_PROJ_CODE", "C02O3", "filing.project" },
        { P, "AUDIT_PLAN_CODE", "R000001C2026000100", NULL },
        { P, "AUDIT_PLAN_CODE", "RF04501C2026000100", NULL },
        { P, "AUDIT_PLAN_CODE", "R000001", "filing.plan_number" }, /* bare */
        { P, "AUDIT_PLAN_CODE", "R1000011", "filing.plan_number" },
        { P, "AUDIT_PLAN_CODE", "R0A00011", "filing.plan_number" },
        { P, "AUDIT_PLAN_CODE", "RF0A5011", "filing.plan_number" },
        { P, "AUDIT_PLAN_CODE", "R0000-11", "filing.plan_number" },
        { R, "ID_CODE", "11010519491231002X", NULL },
        { R, "ID_CODE", "110105194912310021", "filing.identity" },
        { R, "ID_CODE", "11010519491331002X", "filing.identity" },
    };

    expect_blame(&o, rows, COUNT(rows));
    put(&o, R, "IDENTITY_CODE", S("04")); /* a passport has no check digit */
    EXPECT(blame(&o, R, "ID_CODE", S("E12345678")) == NULL);
}

TEST(each_member_of_a_team_is_named_with_what_is_missing)
{
    FIXTURE(f);
    struct office o = sound(f);
    static const struct {
        const char *value;
        const char *id;
        const char *subject;
        const char *code;
    } rows[] = {
        { "11010519491231002X，甲，01，13900139000", NULL, "", "" },
        { "E12345678，甲，01，13900139000", NULL, "", "" }, /* a passport */
        { "，甲，01，13900139000", "filing.member_lacks", "person:lead",
          "ID_CODE" },
        { "110105194912310021，甲，01，13900139000", "filing.member_wrong",
          "person:lead", "ID_CODE" },
        { "11010519491231002X，甲，01，13900139000；"
          "11010519491231002X，乙，02，",
          "filing.member_lacks", "person:auditor", "PHONE" },
        { "11010519491231002X，甲，01，123", "filing.member_wrong",
          "person:lead", "PHONE" },
        { "11010519491231002X，，01，13900139000", "filing.member_lacks", "",
          "" },
        { "11010519491231002X，甲，01", "filing.members", "", "" },
        { "11010519491231002X，甲，01，13900139000，", "filing.members", "",
          "" },
        { "11010519491231002X，甲，01，13900139000；", "filing.members", "",
          "" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct filing_problem *p =
            blame(&o, P, "AUDIT_INSPECTOR", str_of(rows[i].value));

        EXPECT_ROW(rows[i].value, (p == NULL) == (rows[i].id == NULL));
        if (p == NULL || rows[i].id == NULL)
            continue;
        EXPECT_ROW_STR(rows[i].value, str_of(p->what.info->id),
                       str_of(rows[i].id));
        EXPECT_ROW_STR(rows[i].value, p->subject, str_of(rows[i].subject));
        EXPECT_ROW_STR(rows[i].value, p->code, str_of(rows[i].code));
    }
}

/* --- what must be there, and what must not ----------------------------------
 */

TEST(a_cell_is_needed_when_another_says_so_and_empty_otherwise)
{
    static const struct {
        const char *when;
        const char *is;
        const char *code;
        const char *missing; /* what it is blamed for when empty */
        const char *right;
        const char *given; /* what it is blamed for when not */
    } rows[] = {
        { "CERTI_STATUS", "02", "PAUSE_CAUSE", "filing.missing_because",
          "0111；0199", NULL },
        { "CERTI_STATUS", "01", "PAUSE_CAUSE", NULL, "0111",
          "filing.not_empty" },
        { "CERTI_STATUS", "03", "CANCEL_CAUSE", "filing.missing_because",
          "0116", NULL },
        { "CERTI_STATUS", "04", "CANCEL_CAUSE", NULL, "0111",
          "filing.not_empty" },
        { "REPORT_TYPE", "05", "CHG_TYP_CODE", "filing.missing_because", "0197",
          NULL },
        { "APPR_AC_CODE", "05", "CHG_TYP_CODE", "filing.missing_because",
          "0106", NULL },
        { "REPORT_TYPE", "04", "CHG_TYP_CODE", NULL, "0105", NULL },
        { "CHG_TYP_CODE", "0105；0101", "ORG_O_NAME", "filing.missing_because",
          "旧名", NULL },
        { "CHG_TYP_CODE", "0105", "ORG_O_NAME", NULL, "旧名", NULL },
        { "IS_C_CERTI", "1", "M_CERTI_NUM", "filing.missing_because", "X1",
          NULL },
        { "IS_C_CERTI", "0", "M_CERTI_NUM", NULL, "X1", "filing.not_empty" },
        { "APPR_AC_CODE", "04", "CHK_PD_NUM", "filing.missing_because", "1",
          NULL },
        { "APPR_AC_CODE", "05", "CHK_PD_NUM", NULL, "1", NULL },
        { "AUTH_PROJ_CODE", "A010201", "QMS_COVERAGE", "filing.missing_because",
          "范围", NULL },
        { "AUTH_PROJ_CODE", "A010101", "QMS_COVERAGE", NULL, "范围",
          "filing.not_empty" },
        { "AUTH_PROJ_CODE", "A010101", "Service_area_code", NULL, "SC03",
          "filing.not_empty" },
        { "ORG_COUNTRY", "840", "ORG_DISTRICT", NULL, "990101",
          "filing.not_empty" },
        { "ORG_COUNTRY", "344", "ORG_DISTRICT", "filing.missing_because",
          "810000", NULL },
        { "PLACE_NAME_ADD", "详见附件", "ATTACHMENTS", "filing.missing_because",
          "场所.pdf", NULL },
        { "REPORT_TYPE", "02", "O_CERTI_NUM", "filing.missing_because", "X",
          NULL },
        { "IS_OVERFLOW", "1", "OVERFLOW_CAUSE", "filing.missing_because",
          "01；05", NULL },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct office o = sound(f);
        const struct filing_problem *p;
        str got;

        put(&o, C, rows[i].when, str_of(rows[i].is));
        p = blame(&o, C, rows[i].code, S(""));
        got = p == NULL ? S("right") : str_of(p->what.info->id);
        EXPECT_ROW_STR(rows[i].code, got,
                       str_of(rows[i].missing == NULL ? "right"
                                                      : rows[i].missing));
        p = blame(&o, C, rows[i].code, str_of(rows[i].right));
        got = p == NULL ? S("right") : str_of(p->what.info->id);
        EXPECT_ROW_STR(rows[i].code, got,
                       str_of(rows[i].given == NULL ? "right" : rows[i].given));
    }
}

/* Both tests of one case hold, or neither counts. */
TEST(a_risk_is_asked_of_an_accredited_system_only)
{
    static const struct {
        const char *mark;
        const char *project;
        bool needed;
    } rows[] = {
        { "01", "A010101", true }, { "02；01", "A020101", true },
        { "01", "C0203", false },  { "02", "A010101", false },
        { "", "A010101", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct office o = sound(f);

        put(&o, C, "ACC_SYMBOL", str_of(rows[i].mark));
        put(&o, C, "AUTH_PROJ_CODE", str_of(rows[i].project));
        EXPECT_ROW(rows[i].project, (blame(&o, C, "RISK_PARAM", S("")) !=
                                     NULL) == rows[i].needed);
        EXPECT_ROW(rows[i].project, (blame(&o, C, "RISK_PARAM", S("02")) ==
                                     NULL) == rows[i].needed);
    }
}

/* The service field, the risk and the division hang on a cell that is needed
 * always: while it is missing, that alone is blamed. */
TEST(nothing_is_said_of_what_hangs_on_a_cell_that_is_missing)
{
    static const struct {
        const char *name;
        const char *project;
        const char *mark;
        const char *code;
        const char *value;
        bool blamed;
    } rows[] = {
        { "a service", "C0203", "", "Service_area_code", "SC03", false },
        { "not told", "", "", "Service_area_code", "SC03", false },
        { "a system", "A010101", "", "Service_area_code", "SC03", true },
        { "not told, with the mark", "", "01", "RISK_PARAM", "02", false },
        { "not told, and without", "", "", "RISK_PARAM", "02", true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        FIXTURE(f);
        struct office o = sound(f);
        const struct filing_problem *p;

        put(&o, C, "AUTH_PROJ_CODE", str_of(rows[i].project));
        put(&o, C, "ACC_SYMBOL", str_of(rows[i].mark));
        p = blame(&o, C, rows[i].code, str_of(rows[i].value));
        EXPECT_ROW(rows[i].name, (p != NULL) == rows[i].blamed);
        if (p != NULL)
            EXPECT_ROW_STR(rows[i].name, str_of(p->what.info->id),
                           S("filing.not_empty"));
        p = problem_of(&o, C, 0, "AUTH_PROJ_CODE");
        EXPECT_ROW(rows[i].name, (p != NULL) == (rows[i].project[0] == '\0'));
    }
}

TEST(every_problem_of_a_row_is_found_and_sound_rows_are_counted)
{
    FIXTURE(f);
    struct office o = sound(f);
    const struct filing_rows *rows = &o.report.sheets[R];

    put(&o, R, "QUA_CODE", S("07"));
    put(&o, R, "FULL_NAME", S(""));
    EXPECT_OK(
        filing_check(&f->arena, o.dictionary, on("2026-03-31"), &o.report));
    EXPECT(o.report.problems == 2);
    EXPECT(rows->n == 3 && rows->sound == 2);
    EXPECT(problem_of(&o, R, 0, "QUA_CODE") != NULL);
    EXPECT(problem_of(&o, R, 0, "FULL_NAME") != NULL);
    EXPECT(rows->first->next->problems == NULL);
}

/* [RE6] */
TEST(results_are_left_out_with_the_certificate_they_belong_to)
{
    FIXTURE(f);
    struct office o = sound(f);
    const struct filing_rows *results = &o.report.sheets[R];

    EXPECT(results->left_out == 0 && o.report.sheets[C].left_out == 0);
    put(&o, R, "QUA_CODE", S("07"));
    EXPECT_OK(
        filing_check(&f->arena, o.dictionary, on("2026-03-31"), &o.report));
    EXPECT(results->left_out == 1 && results->sound == 2);
    EXPECT(results->first->left_out && !results->last->left_out);
    put(&o, C, "ORG_ZIP", S(""));
    EXPECT_OK(
        filing_check(&f->arena, o.dictionary, on("2026-03-31"), &o.report));
    EXPECT(o.report.sheets[C].left_out == 1);
    EXPECT(results->left_out == 3 && results->sound == 2);
    EXPECT(o.report.sheets[P].left_out == 0); /* a plan needs no certificate */
}

/* [RE3]: what problems show of people. */
TEST(a_personal_value_is_shown_masked)
{
    FIXTURE(f);
    struct office o = sound(f);
    const struct filing_problem *p =
        blame(&o, R, "ID_CODE", S("110105194912310021"));

    EXPECT(p != NULL);
    if (p == NULL)
        return;
    EXPECT_STR(p->value, S("11***"));
    EXPECT_STR(err_arg_text(p->what, "value"), S("11***"));
    p = blame(&o, C, "CERTI_STATUS", S("06"));
    EXPECT(p != NULL);
    if (p != NULL)
        EXPECT_STR(p->value, S("06"));
}

/* --- particulars ---- */

TEST(what_the_reporter_says_is_checked_before_it_is_kept)
{
    FIXTURE(f);
    const struct dictionary *d = NULL;
    static const struct {
        enum filing_subject of;
        const char *code;
        const char *value;
        const char *id;
    } rows[] = {
        { OF_BODY, "DAY_BEGINS", "00", NULL },
        { OF_BODY, "DAY_BEGINS", "23", NULL },
        { OF_BODY, "DAY_BEGINS", "24", "filing.hour" },
        { OF_BODY, "DAY_BEGINS", "9", "filing.hour" },
        { OF_BODY, "BRANCH_CODE", "A1", NULL },
        { OF_BODY, "BRANCH_CODE", "a1", "filing.plain" },
        { OF_BODY, "BRANCH_CODE", "001", "filing.long" },
        { OF_ENTERPRISE, "ORG_REG_ASSETS", "500.5", NULL },
        { OF_ENTERPRISE, "ORG_REG_ASSETS", "五百万", "filing.number" },
        { OF_ENTERPRISE, "BEL_INDUSTRY", "5264；8132", NULL },
        { OF_ENTERPRISE, "BEL_INDUSTRY", "52", "filing.wrong_digits" },
        { OF_PERSON, "IDENTITY_CODE", "01", NULL },
        { OF_PERSON, "IDENTITY_CODE", "00", "filing.code" },
        { OF_PERSON, "PHONE", "13900139000", NULL },
        { OF_PERSON, "PHONE", "139", "filing.phone" },
        { OF_PERSON, "PHONE", " 13900139000", "filing.trim" },
        { OF_PERSON, "PHONE", "", "filing.trim" },
        { OF_CASE, "PLAN_START", "2026-03-01", NULL },
        { OF_CASE, "PLAN_START", "1 March", "filing.date" },
    };

    EXPECT_OK(dictionary_official(&f->arena, &d));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct dictionary_field *field =
            dictionary_particular(d, rows[i].of, str_of(rows[i].code));

        EXPECT_ROW(rows[i].code, field != NULL);
        if (field == NULL)
            continue;
        err e = filing_check_value(&f->arena, d, field, str_of(rows[i].value));
        if (rows[i].id == NULL)
            EXPECT_ROW_OK(rows[i].value, e);
        else
            EXPECT_ROW_ERR(rows[i].value, e, ERR_INVALID, rows[i].id);
    }
}

/* [GB 11643]; the first is the standard's own example. */
TEST(an_identity_card_has_a_check_digit_and_a_date_of_birth)
{
    static const struct {
        const char *number;
        bool right;
    } rows[] = {
        { "11010519491231002X", true },
        { "440524188001010014", false }, /* born before 1900 */
        { "440524190001010017", true },
        { "110105194912310021", false },
        { "11010519491231002x", false },
        { "11010519491232002X", false },
        { "1101051949123100", false },
        { "11010519491231002X1", false },
        { "A1010519491231002X", false },
        { "", false },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].number, identity_card_right(str_of(
                                       rows[i].number)) == rows[i].right);
}

/* A single wrong digit never passes. */
TEST(an_identity_card_betrays_every_single_wrong_digit)
{
    for (size_t i = 0; i < 17; i++) {
        char number[] = "11010519491231002X";

        for (int digit = 0; digit <= 9; digit++) {
            number[i] = (char)('0' + digit);
            EXPECT_ROW(number, identity_card_right(str_of(number)) ==
                                   (number[i] == "11010519491231002X"[i]));
        }
    }
}
