/*
 * Certificates of others go from a file into the register. [RI1]..[RI6] [M24]
 */

#include "service/register_import.h"

#include "base/buf.h"
#include "excel/excel.h"
#include "service/check.h"
#include "service/lookup.h"
#include "service/rebuild.h"
#include "service/register_export.h"
#include "service/sequence.h"
#include "service/service_test_env.h"
#include "store/imported.h"

#define HEAD "number,holder,uscc,body,criterion,from,until,status,since\n"
#define SAID ",示例公司," OFFICE_USCC ",示例认证,GB/T 19001-2016,"
#define GOOD SAID "2025-03-01,2028-02-29,valid,\n"

/* A test's file. */
static str laid(struct office *o, str bytes)
{
    str path = S("");

    EXPECT_OK(file_in(&o->arena, o->dir, S("certificates"), &path));
    EXPECT_OK(file_write(&o->files, &o->arena, path, bytes, FILE_PUBLIC));
    return path;
}

/* What was refused, as "LINE COLUMN ID;". */
struct told {
    struct import_listener listener;
    struct buf text;
};

static err refused(struct import_listener *l, const struct import_refusal *r)
{
    struct told *t = (struct told *)l;

    buf_printf(&t->text, "%d %s %s;", (int)r->line,
               r->column < IMPORT_COLUMNS ? import_column_names[r->column]
                                          : "row",
               r->why.info->id);
    return OK;
}

static struct told listen(struct office *o)
{
    struct told t = { .listener = { refused } };

    buf_init(&t.text, &o->arena, 1 << 16);
    return t;
}

static struct import_order order_of(struct office *o, str bytes)
{
    return (struct import_order){
        .from = { .files = &o->files, .path = laid(o, bytes) },
        .who = office_as(o, "certificates"),
        .today = office_today(o),
    };
}

static err import_text(struct office *o, const char *text,
                       struct import_counts *out)
{
    const struct import_order order = order_of(o, str_of(text));

    return register_import(o->app, &o->arena, &order, out);
}

static int64_t rows_in(struct office *o)
{
    return office_count(o, "SELECT count(*) FROM imported");
}

static err check_it(struct office *o)
{
    struct check_counts counts;

    return check_all(o->app, &o->arena, &counts);
}

/* [RI1] [RI2] */
EACH_STORE_TEST(sound_rows_go_in_and_the_others_are_told)
{
    static const char text[] =
        HEAD "A1" GOOD "A2,,1,示例认证,GB/T 1,2025-03-01,"
             "2028-02-29,good,\n"
             "\"A3\n"
             "A4" GOOD;
    TEST_OFFICE(o, place);
    struct told told = listen(&o);
    struct import_order order = order_of(&o, str_of(text));
    struct import_counts c;
    int64_t entries;

    order.listener = &told.listener;
    EXPECT_OK(register_import(o.app, &o.arena, &order, &c));
    EXPECT(c.rows == 4 && c.put == 2 && c.refused == 2 && c.known == 0);
    EXPECT(c.chunks == 1 && c.first == 1 && c.last == 2);
    EXPECT_STR(buf_view(&told.text),
               S("3 holder import.missing;3 uscc import.uscc_form;"
                 "3 status import.status;4 row csv.open_quote;"));
    EXPECT(office_count(&o, "SELECT line FROM imported"
                            " WHERE number = 'A4'") == 5);
    EXPECT_OK(sequence_log(o.app, &o.arena, &entries));
    EXPECT(office_count(&o, "SELECT count(*) FROM log_entry"
                            " WHERE subject LIKE 'import/%'") == 1);
    EXPECT_OK(check_it(&o));
}

/* [RI3] */
EACH_STORE_TEST(the_same_file_again_changes_nothing)
{
    TEST_OFFICE(o, place);
    struct import_counts c;

    EXPECT_OK(import_text(&o, HEAD "A1" GOOD "A2" GOOD, &c));
    EXPECT(c.put == 2);
    EXPECT_OK(import_text(&o, HEAD "A1" GOOD "A2" GOOD, &c));
    EXPECT(c.put == 0 && c.before == 2 && c.rows == 2 && c.chunks == 0);
    EXPECT(rows_in(&o) == 2);
    EXPECT(office_count(&o, "SELECT count(*) FROM imported_chunk") == 1);
}

/* [RI4] */
EACH_STORE_TEST(what_is_in_already_is_known_or_refused)
{
    static const char text[] =
        HEAD "A1" GOOD                                   /* as it is */
             "A2" SAID "2025-03-02,2028-02-29,valid,\n"  /* otherwise */
             "A3" GOOD                                   /* new */
             "a3" GOOD                                   /* the same again */
             "A3" SAID "2025-03-01,2028-03-01,valid,\n"; /* and otherwise */
    TEST_OFFICE(o, place);
    struct told told = listen(&o);
    struct import_order order;
    struct import_counts c;

    EXPECT_OK(import_text(&o, HEAD "A1" GOOD "A2" GOOD, &c));
    order = order_of(&o, str_of(text));
    order.listener = &told.listener;
    EXPECT_OK(register_import(o.app, &o.arena, &order, &c));
    EXPECT(c.put == 1 && c.known == 2 && c.refused == 2);
    EXPECT_STR(buf_view(&told.text),
               S("3 number import.otherwise;6 number import.twice;"));
    EXPECT_OK(check_it(&o));
}

/* [RI1] */
EACH_STORE_TEST(strictly_none_goes_in_when_one_is_refused)
{
    static const char bad[] =
        HEAD "A1" GOOD "A2,x\n"
             "A3" GOOD "A3" SAID "2025-03-01,2028-03-01,valid,\n"
             "A1" GOOD;
    TEST_OFFICE(o, place);
    struct told told = listen(&o);
    struct import_order order = order_of(&o, str_of(bad));
    struct import_counts c;

    order.listener = &told.listener;
    order.strict = true;
    EXPECT_ERR(register_import(o.app, &o.arena, &order, &c), ERR_REFUSED,
               "import.strict");
    EXPECT(c.refused == 2 && c.known == 1 && c.put == 0 && c.rows == 5);
    EXPECT(str_contains(buf_view(&told.text),
                        S("5 number import.twice_differs;")));
    EXPECT(rows_in(&o) == 0);
    order = order_of(&o, S(HEAD "A1" GOOD "A2" GOOD));
    order.strict = true;
    EXPECT_OK(register_import(o.app, &o.arena, &order, &c));
    EXPECT(c.put == 2);
    EXPECT(rows_in(&o) == 2);
}

EACH_STORE_TEST(a_file_can_be_looked_at_and_nothing_goes_in)
{
    TEST_OFFICE(o, place);
    struct import_order order;
    struct import_counts c;

    EXPECT_OK(import_text(&o, HEAD "A1" GOOD "A2" GOOD, &c));
    order =
        order_of(&o, S(HEAD "A1" GOOD "A2" SAID "2025-03-02,2028-02-29,valid,\n"
                            "A3" GOOD));
    order.only_check = true;
    EXPECT_OK(register_import(o.app, &o.arena, &order, &c));
    EXPECT(c.rows == 3 && c.known == 1 && c.refused == 1 && c.put == 0);
    EXPECT(rows_in(&o) == 2);
}

/* --- forms [IF1] --------------------------------------------------------- */

static str workbook(struct office *o)
{
    static const str cells[] = {
        S_INIT("证书编号"),         S_INIT("获证组织名称"),
        S_INIT("统一社会信用代码"), S_INIT("认证机构"),
        S_INIT("认证依据"),         S_INIT("有效期起"),
        S_INIT("有效期止"),         S_INIT("A1"),
        S_INIT("示例公司"),         S_INIT(OFFICE_USCC),
        S_INIT("示例认证"),         S_INIT("GB/T 19001-2016"),
        S_INIT("2025-03-01"),       S_INIT("2028-02-29"),
    };
    static const enum excel_kind kinds[] = { [5] = EXCEL_DAY, [6] = EXCEL_DAY };
    const struct excel_sheet sheet = {
        .name = S("s"),
        .cells = cells,
        .rows = 2,
        .columns = 7,
        .kinds = kinds,
        .head = 1,
    };
    const struct excel_book book = { &sheet, 1, S("t"), S("a"), 20000 };
    str bytes = S("");

    EXPECT_OK(excel_write(&o->arena, &book, &bytes));
    return bytes;
}

EACH_STORE_TEST(every_form_of_a_file_says_the_same)
{
    static const char gb18030[] =
        "number,holder,uscc,body,criterion,from,until\r\n"
        "A1,\xca\xbe\xc0\xfd\xb9\xab\xcb\xbe," OFFICE_USCC
        ",\xca\xbe\xc0\xfd\xc8\xcf\xd6\xa4,GB/T 19001-2016,2025-03-01,"
        "2028-02-29\r\n";
    TEST_OFFICE(o, place);
    const struct {
        const char *why;
        str bytes;
    } rows[] = {
        { "CSV", S(HEAD "A1" GOOD) },
        { "below a title, with semicolons and a column of no use",
          S("示例登记册;;;;;;;\n"
            "number;x;holder;uscc;body;criterion;from;until\n"
            "A1;y;示例公司;" OFFICE_USCC ";示例认证;GB/T 19001-2016;"
            "2025-03-01;2028-02-29\n;;;;;;;\n") },
        { "in GB18030", str_of(gb18030) },
        { "JSON lines",
          S("\n{\"number\":\"A1\",\"holder\":\"示例公司\",\"uscc\":"
            "\"" OFFICE_USCC
            "\",\"body\":\"示例认证\",\"criterion\":\"GB/T 19001-2016\","
            "\"from\":20250301,\"until\":\"2028-02-29\",\"status\":null,"
            "\"note\":[1]}\r\n") },
        { "a workbook", workbook(&o) },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct import_order order = order_of(&o, rows[i].bytes);
        struct import_counts c = { .rows = 0 };

        EXPECT_ROW_OK(rows[i].why,
                      register_import(o.app, &o.arena, &order, &c));
        EXPECT_ROW(rows[i].why, c.rows == 1);
        EXPECT_ROW(rows[i].why, c.put == (i == 0) && c.known == (i > 0));
        EXPECT_ROW(rows[i].why, c.unused.n == (i == 1));
    }
}

EACH_STORE_TEST(a_line_that_is_no_certificate_is_refused_alone)
{
    static const char text[] =
        "{\"number\":\"A1\"\n"
        "[1]\n"
        "{\"number\":true}\n"
        "{\"number\":\"A1\",\"Number\":\"A2\"}\n"
        "{\"number\":\"A1\",\"有效期\":\"2028-02-29\"}\n"
        "{\"number\":\"A1\",\"认证项目\":\"a\",\"认证领域\":\"b\"}\n"
        "{\"number\":\"A1\",\"holder\":\"示例公司\",\"uscc\":\"" OFFICE_USCC
        "\",\"body\":\"b\",\"criterion\":\"c\",\"issued\":\"2025-03-01\","
        "\"until\":\"2028-02-29\",\"scheme\":\"mini\",\"level\":\"none\"}\n"
        "{\"number\":\"A1\",\"holder\":\"示例公司\",\"uscc\":\"" OFFICE_USCC
        "\",\"body\":\"b\",\"criterion\":\"c\",\"issued\":\"2025-03-01\","
        "\"until\":\"2028-02-29\",\"scheme\":\"mini\",\"level\":\"ten\"}\n"
        "{\"number\":\"A2\",\"holder\":\"示例公司\",\"uscc\":\"" OFFICE_USCC
        "\",\"body\":\"b\",\"criterion\":\"c\",\"issued\":\"2025-03-01\","
        "\"until\":\"2028-02-29\",\"scheme\":\"other\",\"level\":\"any\"}\n";
    TEST_OFFICE(o, place);
    struct told told = listen(&o);
    struct import_order order = order_of(&o, str_of(text));
    struct import_counts c;

    order.listener = &told.listener;
    EXPECT_OK(register_import(o.app, &o.arena, &order, &c));
    EXPECT(c.rows == 9 && c.put == 2);
    EXPECT_STR(buf_view(&told.text),
               S("1 row json.end;2 row import.json_object;"
                 "3 row import.json_value;4 row import.json_twice;"
                 "5 row import.json_vague;6 row import.json_either;"
                 "7 level import.level_unknown;"));
}

EACH_STORE_TEST(a_file_that_is_none_is_refused)
{
    static const struct {
        const char *why;
        str bytes;
        const char *id;
    } rows[] = {
        { "nothing", S_INIT(""), "import.empty" },
        { "blanks", S_INIT(" \n\n"), "import.empty" },
        { "no text", S_INIT("a\0b,c\n"), "import.charset" },
        { "a list in JSON", S_INIT("[{}]\n"), "import.array" },
        { "no header", S_INIT("A1,2025-03-01,7\nA2,2025-03-01,8\n"),
          "import.no_header" },
        { "columns are missing", S_INIT("number,holder\nA1,x\n"),
          "import.columns" },
        { "a column twice", S_INIT("number,证书编号,holder\nA1,x,y\n"),
          "import.column_twice" },
        { "one of two columns",
          S_INIT("number,holder,uscc,body,认证项目,认证领域,from,until\n"
                 "A1,x,y,z,a,b,c,d\n"),
          "import.column_either" },
        { "a column that may be two",
          S_INIT("number,holder,uscc,body,criterion,from,有效期\n"
                 "A1,x,y,z,a,b,c\n"),
          "import.column_vague" },
        { "a workbook of old", S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
          "xlsx.old" },
    };
    TEST_OFFICE(o, place);

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct import_order order = order_of(&o, rows[i].bytes);
        struct import_counts c;

        EXPECT_ROW_ERR(rows[i].why,
                       register_import(o.app, &o.arena, &order, &c),
                       ERR_INVALID, rows[i].id);
    }
    EXPECT(rows_in(&o) == 0);
}

EACH_STORE_TEST(a_row_of_too_many_fields_is_refused)
{
    TEST_OFFICE(o, place);
    struct told told = listen(&o);
    struct import_order order =
        order_of(&o, S(HEAD "A0" GOOD "A1,1,2,3,4,5,6,7,8,9\n"));
    struct import_counts c;

    order.listener = &told.listener;
    EXPECT_OK(register_import(o.app, &o.arena, &order, &c));
    EXPECT_STR(buf_view(&told.text), S("3 row import.fields;"));
}

/* [RI5] */
EACH_STORE_TEST(not_everybody_brings_certificates_in)
{
    static const struct {
        const char *login;
        bool may;
    } rows[] = {
        { "newcomer", false },    { "intake", false }, { "auditor1", false },
        { "certificates", true }, { "admin", true },
    };
    TEST_OFFICE(o, place);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct import_order order = order_of(&o, S(HEAD "A1" GOOD));
        struct import_counts c;
        err e;

        order.who = office_as(&o, rows[i].login);
        e = register_import(o.app, &o.arena, &order, &c);
        EXPECT_ROW(rows[i].login, failed(e) == !rows[i].may);
        EXPECT_ROW(rows[i].login,
                   rows[i].may || strcmp(e.info->id, "import.denied") == 0);
    }
}

/* --- chunks [RI2] [RI3] -------------------------------------------------- */

/* Stops after the first chunk. */
static bool stop(struct records_watch *, const struct records_progress *p)
{
    EXPECT(p->lines > 0);
    return false;
}

ONE_STORE_TEST(a_file_that_broke_off_goes_on_where_it_did, true)
{
    enum { ROWS = IMPORT_CHUNK + 2 };
    TEST_OFFICE(o, place);
    struct records_watch watch = { stop };
    struct import_order order;
    struct import_counts c;
    struct buf b;

    buf_init(&b, &o.arena, 16 << 20);
    buf_str(&b, S(HEAD));
    for (int i = 1; i <= ROWS; i++)
        buf_printf(&b, "N%06d%s", i, GOOD);
    order = order_of(&o, buf_view(&b));
    order.watch = &watch;
    EXPECT_ERR(register_import(o.app, &o.arena, &order, &c), ERR_REFUSED,
               "records.stopped");
    EXPECT(rows_in(&o) == IMPORT_CHUNK);
    order.watch = NULL;
    EXPECT_OK(register_import(o.app, &o.arena, &order, &c));
    EXPECT(c.before == IMPORT_CHUNK && c.put == 2 && c.chunks == 1);
    EXPECT(c.first == IMPORT_CHUNK + 1 && c.last == ROWS && c.rows == ROWS);
    EXPECT_OK(check_it(&o));
    /* and in one go, which reads ahead: nothing differs, so all are known */
    buf_str(&b, S("\n"));
    order = order_of(&o, buf_view(&b));
    EXPECT_OK(register_import(o.app, &o.arena, &order, &c));
    EXPECT(c.known == ROWS && c.put == 0 && c.chunks == 2);
    EXPECT_OK(check_it(&o));
}

/* --- what is checked [CK8] ------------------------------------------------ */

EACH_STORE_TEST(a_certificate_that_was_changed_by_hand_is_found)
{
    static const struct {
        const char *why;
        const char *sql;
        const char *mend;
        const char *id;
    } rows[] = {
        { "a holder", "UPDATE imported SET holder = 'x' WHERE n = 2",
          "UPDATE imported SET holder = '示例公司' WHERE n = 2",
          "check.import" },
        { "a line", "UPDATE imported SET line = 9 WHERE n = 1",
          "UPDATE imported SET line = 2 WHERE n = 1", "check.import" },
        { "a chunk", "UPDATE imported_chunk SET lines = 9",
          "UPDATE imported_chunk SET lines = 3", "check.import" },
        { "where one is found", "DELETE FROM imported_code WHERE n = 1",
          "INSERT INTO imported_code VALUES ('" OFFICE_USCC "', 1)",
          "check.imported_code" },
        { "one more",
          "INSERT INTO imported SELECT 3, 'X', holder, uscc, body, scheme_id,"
          " level_id, criterion, place, trade, scope, issued, valid_from,"
          " valid_until, status, status_since, line FROM imported WHERE n = 1",
          "DELETE FROM imported WHERE n = 3", "check.imported" },
        { "one less", "DELETE FROM imported WHERE n = 2", "SELECT 1",
          "check.import" },
    };
    TEST_OFFICE(o, place);
    struct import_counts c;

    EXPECT_OK(import_text(&o, HEAD "A1" GOOD "A2" GOOD, &c));
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW_OK(rows[i].why, check_it(&o));
        (void)office_ask(&o, rows[i].sql);
        EXPECT_ROW_ERR(rows[i].why, check_it(&o), ERR_CORRUPT, rows[i].id);
        (void)office_ask(&o, rows[i].mend);
    }
}

EACH_STORE_TEST(what_chunks_brought_is_made_again)
{
    TEST_OFFICE(o, place);
    struct import_counts c;
    struct rebuilt made;

    EXPECT_OK(import_text(&o, HEAD "A1" GOOD "A2" GOOD, &c));
    (void)office_ask(&o, "DELETE FROM imported_chunk;"
                         "DELETE FROM imported_code");
    EXPECT(failed(check_it(&o)));
    EXPECT_OK(rebuild(o.app, &o.arena, &made));
    EXPECT_OK(check_it(&o));
    EXPECT_OK(import_text(&o, HEAD "A1" GOOD "A2" GOOD, &c));
    EXPECT(c.before == 2 && c.put == 0);
}

/* --- looked up [LU5] ------------------------------------------------------ */

EACH_STORE_TEST(an_imported_certificate_is_looked_up_and_says_whose_it_is)
{
    static const char text[] =
        "number,holder,uscc,body,criterion,scheme,level,from,until,status,"
        "since,place\n"
        "A1,示例公司," OFFICE_USCC ",示例认证甲,T 1-2026,mini,ten,2025-03-01,"
        "2028-02-29,suspended,2026-01-05,350102\n"
        "A2,示例公司," OFFICE_USCC ",示例认证乙,GB/T 1,,,2022-03-01,"
        "2025-02-28,,,\n";
    TEST_OFFICE(o, place);
    struct as_of then = { .today = office_today(&o) };
    struct public_certificate c;
    struct import_counts counts;
    struct list found;

    EXPECT_OK(import_text(&o, text, &counts));
    EXPECT(counts.put == 2);
    EXPECT_OK(lookup_certificate(o.app, &o.arena, S("a1"), then.today, &c));
    EXPECT_STR(c.issuer, S("示例认证甲"));
    EXPECT_STR(c.place, S("350102"));
    EXPECT(c.status == CERTIFICATE_SUSPENDED);
    EXPECT(c.stars == 10);
    EXPECT(c.history.n == 2 && c.body != NULL);
    EXPECT(str_contains(c.statement.zh, S("示例认证甲")));
    EXPECT(str_contains(c.statement.en, S("示例认证甲")));
    EXPECT_OK(lookup_certificate(o.app, &o.arena, S("A2"), then.today, &c));
    EXPECT(c.status == CERTIFICATE_EXPIRED);
    EXPECT(c.status_since == office_day("2025-03-01"));
    /* before its status changed, and before it was issued */
    then.on = office_day("2025-12-31");
    EXPECT_OK(lookup_as_of(o.app, &o.arena, S("A1"), &then, &c));
    EXPECT(c.status == CERTIFICATE_VALID && c.history.n == 1);
    then.on = office_day("2025-02-28");
    EXPECT_ERR(lookup_as_of(o.app, &o.arena, S("A1"), &then, &c), ERR_NOT_FOUND,
               "lookup.not_then");
    /* by its number and by its holder's code */
    EXPECT_OK(lookup_search(o.app, &o.arena, S("A1"), then.today, 20, &found));
    EXPECT(found.n == 1);
    EXPECT_OK(
        lookup_search(o.app, &o.arena, S(OFFICE_USCC), then.today, 20, &found));
    EXPECT(found.n == 2);
    EXPECT_OK(
        lookup_search(o.app, &o.arena, S(OFFICE_USCC), then.today, 1, &found));
    EXPECT(found.n == 1);
}

/* --- and out again [RE1] -------------------------------------------------- */

struct keeping {
    struct export_sink sink;
    struct buf bytes;
};

static err keep(struct export_sink *s, str bytes)
{
    struct keeping *k = (struct keeping *)s;

    buf_str(&k->bytes, bytes);
    return OK;
}

EACH_STORE_TEST(what_is_exported_is_known_when_it_comes_back)
{
    TEST_OFFICE(o, place);
    struct import_counts c;

    EXPECT_OK(import_text(&o,
                          HEAD "A1" GOOD "A2" SAID "2022-03-01,2025-02-28,,\n"
                               "A3" SAID
                               "2022-03-01,2028-02-28,withdrawn,2025-02-01\n",
                          &c));
    for (int f = 0; f < EXPORT_FORMS; f++) {
        struct keeping k = { .sink = { keep } };
        struct import_order order;
        int64_t rows = 0;

        buf_init(&k.bytes, &o.arena, 1 << 20);
        EXPECT_OK(register_export(o.app, &o.arena, (enum export_form)f,
                                  office_today(&o), &k.sink, &rows));
        EXPECT_ROW(export_form_names[f], rows == 3);
        order = order_of(&o, buf_view(&k.bytes));
        EXPECT_ROW_OK(export_form_names[f],
                      register_import(o.app, &o.arena, &order, &c));
        /* A2 says now that it expired, which its file did not say */
        EXPECT_ROW(export_form_names[f], c.known == 2 && c.refused == 1);
    }
}
