/* How files that are held are counted, and what becomes of them. [RH6] */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/json.h"
#include "excel/excel.h"
#include "service/file_type.h"
#include "service/records_held_room.h"
#include "service/test_held.h"
#include "sys/files_fault.h"

#include <errno.h>

enum { TEXT_MAX = 1 << 20 };

#define TEXT                                                                   \
    "单号,开始,结束,站,客户姓名,联系电话\n"                     \
    "A1,2025-01-03 09:00,2025-01-03 15:00,东站,张三,13800000001\n"         \
    "A2,2025-01-04 09:00,2025-01-05 15:00,西站,李四,021-55550002\n"        \
    "A3,2025-02-05 09:00,2025-02-05 11:00,东站,王五,13800000003\n"         \
    "A4,2025-02-06 09:00,2025-02-06 10:00,,赵六电13900000004,1380000\n"

#define MAP                                                                    \
    "单号: number\n开始: opened\n结束: resolved\n站: outlet\n"          \
    "客户姓名: customer\n联系电话: phone\n"

static struct sheet_asked mapped(void)
{
    return (struct sheet_asked){
        .map = S(MAP),
        .week = S("always"),
        .terms = { .whole = true, .repeat_days = 7, .audit = DAY_NONE },
    };
}

static uint64_t tickets(struct office *o, const struct held_of *x, id file)
{
    const struct held_counted *c = NULL;
    uint64_t n = 0;

    EXPECT_OK(held_counted(o->app, &o->arena, x, file, &c));
    if (c != NULL)
        n = c->figures->tickets;
    held_give(o->app, &c);
    return n;
}

/* --- asking -------------------------------------------------------------- */

EACH_STORE_TEST(the_next_file_begins_where_the_last_one_was)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    struct sheet_asked asked = mapped();
    id file = test_held_counted(&o, &x, S(TEXT));

    asked.terms.whole = false;
    asked.terms.first = office_day("2025-01-01");
    asked.terms.last = office_day("2025-01-31");
    EXPECT_OK(held_ask(o.app, &o.arena, &x, file, &asked));
    EXPECT(test_held_look(&o, &x, file).state == HELD_COUNTING);
    (void)test_held_work(&o);
    EXPECT(tickets(&o, &x, file) == 4);

    /* But for the period. */
    struct held_file next =
        test_held_look(&o, &x, test_held_counted(&o, &x, S(TEXT)));
    EXPECT_STR(next.asked.map, S(MAP));
    EXPECT_STR(next.asked.week, S("always"));
    EXPECT(next.asked.terms.repeat_days == 7 && next.asked.terms.whole);

    /* Another table is another table; and another's mapping is theirs. */
    next = test_held_look(
        &o, &x,
        test_held_counted(&o, &x, S("报修时间,网点\n2025-01-03 09:00,东站\n")));
    EXPECT_STR(next.asked.map, S(""));
    const struct held_of rival =
        test_held_of(&o, "rival", office_case_of(&o, "rival"));
    next = test_held_look(&o, &rival, test_held_counted(&o, &rival, S(TEXT)));
    EXPECT_STR(next.asked.map, S(""));
}

/* A mapping that is true of the last file but not of this one is not used. */
ONE_STORE_TEST(a_mapping_that_this_file_denies_is_left_out, true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    const struct sheet_asked asked = {
        .map = S("何时: opened\n网点: outlet\n"),
        .terms = { .whole = true, .repeat_days = 30, .audit = DAY_NONE }
    };
    id file =
        test_held_counted(&o, &x, S("何时,报修时间,网点\n2025-01-03,,东站\n"));

    EXPECT_OK(held_ask(o.app, &o.arena, &x, file, &asked));
    (void)test_held_work(&o);
    EXPECT(test_held_look(&o, &x, file).state == HELD_COUNTED);
    struct held_file next = test_held_look(
        &o, &x,
        test_held_counted(&o, &x,
                          S("何时,报修时间,网点\nnever,2025-01-03,东站\n")));
    EXPECT(next.state == HELD_COUNTED);
    EXPECT_STR(next.asked.map, S(""));
}

ONE_STORE_TEST(what_is_asked_wrongly_changes_nothing, true)
{
    static const struct {
        const char *map;
        const char *week;
        int32_t days;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "nothing: opened\n", "", 30, ERR_INVALID, "records.map_column" },
        { "开始: whatever\n", "", 30, ERR_INVALID, "records.map_role" },
        { "站: opened\n", "", 30, ERR_INVALID, "records.map_content" },
        { MAP, "sometimes", 30, ERR_INVALID, "records.held_week" },
        { MAP, "", -1, ERR_INVALID, "records.sheet_field" },
    };
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    struct sheet_asked asked = mapped();
    id file = test_held_counted(&o, &x, S(TEXT));

    EXPECT_OK(held_ask(o.app, &o.arena, &x, file, &asked));
    (void)test_held_work(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        asked.map = str_of(rows[i].map);
        asked.week = str_of(rows[i].week);
        asked.terms.repeat_days = rows[i].days;
        EXPECT_ROW_ERR(rows[i].id, held_ask(o.app, &o.arena, &x, file, &asked),
                       rows[i].code, rows[i].id);
        EXPECT_ROW(rows[i].id,
                   test_held_look(&o, &x, file).state == HELD_COUNTED);
    }
    EXPECT_STR(test_held_look(&o, &x, file).asked.map, S(MAP));
}

/* --- rows ---------------------------------------------------------------- */

static struct held_rows rows_of(struct office *o, const struct held_of *x,
                                id file, const struct held_asked_rows *asked)
{
    struct held_rows r = { 0 };

    EXPECT_OK(held_rows(o->app, &o->arena, x, file, asked, &r));
    return r;
}

static str cell(const struct held_rows *r, size_t row, size_t column)
{
    const struct held_row *all = r->rows.p;

    EXPECT(row < r->rows.n && column < all[row].n);
    return row < r->rows.n && column < all[row].n ? all[row].cells[column]
                                                  : S("");
}

ONE_STORE_TEST(rows_are_looked_into_by_group_and_name_no_customer, true)
{
    static const struct {
        enum figure_group kind;
        const char *group;
        size_t n;
        uint64_t first;
    } rows[] = {
        { GROUP_WHOLE, "", 4, 2 },
        { GROUP_OUTLET, "东站", 2, 2 },
        { GROUP_OUTLET, "西站", 1, 3 },
        { GROUP_OUTLET, "", 1, 5 },
        { GROUP_MONTH, "2025-02", 2, 4 },
        { GROUP_OUTLET, "南站", 0, 0 },
        { GROUP_OUTLET_MONTH, "东站 2025-02", 1, 4 },
    };
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    const struct sheet_asked asked = mapped();
    id file = test_held_counted(&o, &x, S(TEXT));
    struct held_rows r;

    EXPECT_OK(held_ask(o.app, &o.arena, &x, file, &asked));
    (void)test_held_work(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        r = rows_of(&o, &x, file,
                    &(struct held_asked_rows){
                        rows[i].kind, str_of(rows[i].group), 0, NULL, 0 });
        const struct held_row *all = r.rows.p;
        EXPECT_ROW(rows[i].group, r.rows.n == rows[i].n && r.next == 0);
        EXPECT_ROW(rows[i].group,
                   r.rows.n == 0 || all[0].line == rows[i].first);
    }
    r = rows_of(&o, &x, file, &(struct held_asked_rows){ .kind = GROUP_WHOLE });
    EXPECT(r.names_n == 6);
    EXPECT_STR(r.names_n == 6 ? r.names[3] : S(""), S("站"));
    EXPECT_STR(cell(&r, 0, 0), S("A1"));
    EXPECT_STR(cell(&r, 0, 4), S("张*"));
    EXPECT_STR(cell(&r, 0, 5), S("138****0001"));
    EXPECT(!str_contains(cell(&r, 1, 5), S("5555")));
    EXPECT_STR(cell(&r, 3, 4), S("赵*"));
}

ONE_STORE_TEST(rows_are_looked_into_by_line_and_go_on, true)
{
    static const uint64_t lines[] = { 5, 3, 999, 1 };
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    struct held_asked_rows asked = { .lines = lines, .lines_n = 4 };
    struct buf b;
    str text = S("");

    buf_init(&b, &o.arena, TEXT_MAX);
    buf_str(&b, S("报修时间,网点,备注\n"));
    for (int i = 0; i < 250; i++)
        buf_printf(&b, "2025-01-%02d 09:00,%s,\"来电13800000001。\"\n",
                   i % 28 + 1, i % 2 == 0 ? "东站" : "西站");
    EXPECT_OK(buf_done(&b, &text));
    id file = test_held_counted(&o, &x, text);

    struct held_rows r = rows_of(&o, &x, file, &asked);
    const struct held_row *all = r.rows.p;
    EXPECT(r.rows.n == 2 && all[0].line == 5 && all[1].line == 3);
    EXPECT_STR(cell(&r, 0, 2), S("来电138****0001。"));
    EXPECT(all[0].n == 3);

    asked =
        (struct held_asked_rows){ .kind = GROUP_OUTLET, .group = S("东站") };
    r = rows_of(&o, &x, file, &asked);
    EXPECT(r.rows.n == HELD_ROWS_MAX && r.next == 200);
    asked.after = r.next;
    r = rows_of(&o, &x, file, &asked);
    all = r.rows.p;
    EXPECT(r.rows.n == 25 && r.next == 0 && all[0].line == 202);

    asked.lines = lines;
    asked.lines_n = HELD_ROWS_MAX + 1;
    EXPECT_ERR(held_rows(o.app, &o.arena, &x, file, &asked, &r), ERR_LIMIT,
               "records.held_lines");
}

/* --- other kinds of files ------------------------------------------------ */

ONE_STORE_TEST(a_workbook_is_held_like_any_file, true)
{
    static const str cells[] = { S_INIT("报修时间"),         S_INIT("网点"),
                                 S_INIT("2025-01-03 09:00"), S_INIT("东站"),
                                 S_INIT("2025-01-04 09:00"), S_INIT("西站") };
    const struct excel_sheet sheet = {
        .name = S("records"), .cells = cells, .rows = 3, .columns = 2
    };
    const struct excel_book book = { .sheets = &sheet, .n = 1, .made = 20000 };
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    str bytes = S("");

    EXPECT_OK(excel_write(&o.arena, &book, &bytes));
    id file = test_held_counted(&o, &x, bytes);
    EXPECT(tickets(&o, &x, file) == 2);
    EXPECT(rows_of(&o, &x, file,
                   &(struct held_asked_rows){ .kind = GROUP_OUTLET,
                                              .group = S("西站") })
               .rows.n == 1);
    file = test_held_counted(
        &o, &x,
        (str){ "\xff\xfe"
               "t\0i\0m\0e\0,\0s\0h\0o\0p\0\n\0"
               "2\0000\0002\0005\0-\0000\0001\0-\0000\0003\0,\0x\0\n\0",
               2 + 20 + 26 });
    EXPECT(test_held_look(&o, &x, file).state != HELD_COUNTING);
}

/* --- a sheet ------------------------------------------------------------- */

EACH_STORE_TEST(a_signed_sheet_of_it_is_a_document_of_the_case)
{
    TEST_OFFICE(o, place);
    EXPECT_OK(office_make_keys(&o));
    str ref = office_case(&o);
    const struct held_of x = test_held_of(&o, "newcomer", ref);
    struct case_answer answer = { 0 };
    id file =
        test_held_counted(&o, &x, S("报修时间,网点\n2025-01-03 09:00,东站\n"));

    EXPECT_OK(held_submit(o.app, &o.arena, &x, file, S("licence"), &answer));
    struct case_file now = office_read(&o, ref);
    EXPECT(now.state != NULL && now.state->version > x.file->state->version);
    str row = office_ask(&o, "SELECT media_type FROM blob");
    EXPECT_STR(row, S(FILE_TYPE_SHEET "\n"));
    EXPECT_STR(office_ask(&o, "SELECT name FROM blob"),
               S("a.csv.sheet.json\n"));
    EXPECT_ERR(held_submit(o.app, &o.arena, &x, file, S("nothing"), &answer),
               ERR_INVALID, "document.requirement");
}

ONE_STORE_TEST(a_body_without_a_key_signs_no_sheet, true)
{
    TEST_OFFICE(o, place);
    EXPECT_OK(office_lose_keys(&o));
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    struct case_answer answer = { 0 };
    id file =
        test_held_counted(&o, &x, S("报修时间,网点\n2025-01-03 09:00,东站\n"));

    EXPECT_ERR(held_submit(o.app, &o.arena, &x, file, S("licence"), &answer),
               ERR_REFUSED, "credential.no_key");
}

/* --- a disk that fails --------------------------------------------------- */

/* Hand in with call number `at` failing, beside the office's own app. */
static err take_failing(struct office *o, const struct held_of *x, long at,
                        struct file_fault *fault)
{
    scoped(app_close) struct app *app = NULL;
    struct app_world world = o->world;
    id file;

    file_fault_init(fault, 0, false, ENOSPC);
    world.files = &fault->ops;
    EXPECT_OK(app_open(&o->arena, &world, o->dir, APP_WRITE, &app));
    fault->calls = 0;
    fault->fail_at = at;
    return held_take(app, &o->arena, x, S("a.csv"),
                     S("报修时间,网点\n2025-01-03 09:00,东站\n"), &file);
}

/* Whatever call fails, a file is there whole or not at all. */
ONE_STORE_TEST(a_disk_that_is_full_leaves_nothing_behind, true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    struct file_fault fault = { .injected = 1 };
    int64_t left = 0;

    for (long at = 1; fault.injected > 0 && at < 200; at++) {
        int64_t gone;
        err e = take_failing(&o, &x, at, &fault);

        left += !failed(e);
        EXPECT(!failed(e) || fault.injected > 0);
        EXPECT_OK(held_tick(o.app, &o.arena, office_today(&o), &gone));
        EXPECT(office_count(&o, "SELECT count(*) FROM held_file") == left);
        EXPECT(fault.open == 0);
    }
    EXPECT(fault.injected == 0 && left > 0);
    bool any = true;
    for (; any; left -= any)
        EXPECT_OK(held_work(o.app, &o.arena, NULL, &any));
    EXPECT(left == 0);
    EXPECT(office_count(&o, "SELECT count(*) FROM held_file "
                            "WHERE state <> 2") == 0);
}

/* --- room [RH11] --------------------------------------------------------- */

EACH_STORE_TEST(what_all_files_take_together_is_bounded)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    const struct held_of rival =
        test_held_of(&o, "rival", office_case_of(&o, "rival"));
    const struct session *admin = office_as(&o, "admin");
    const int64_t gigabyte = INT64_C(1) << 30;
    struct held_room room;
    id first = { { 0 } };
    id other = { { 0 } };

    EXPECT_OK(held_room_get(o.app, &o.arena, &room));
    EXPECT(room.gigabytes == HELD_ROOM_USUAL && room.taken == 0);
    EXPECT_ERR(held_room_set(o.app, &o.arena, office_as(&o, "auditor1"), 1),
               ERR_DENIED, "records.held_room_names");
    EXPECT_ERR(held_room_set(o.app, &o.arena, admin, 0), ERR_INVALID,
               "records.held_room_wrong");
    EXPECT_ERR(held_room_set(o.app, &o.arena, admin, HELD_ROOM_MOST + 1),
               ERR_INVALID, "records.held_room_wrong");
    EXPECT_OK(held_room_set(o.app, &o.arena, admin, 1));
    EXPECT_ERR(held_begin(o.app, &o.arena, &x, S("a.csv"), gigabyte + 1,
                          &first),
               ERR_LIMIT, "records.held_room");
    EXPECT_OK(
        held_begin(o.app, &o.arena, &x, S("a.csv"), gigabyte - 9, &first));
    EXPECT_ERR(held_begin(o.app, &o.arena, &rival, S("b.csv"), 10, &other),
               ERR_LIMIT, "records.held_room");
    EXPECT_OK(held_begin(o.app, &o.arena, &rival, S("b.csv"), 9, &other));
    EXPECT_OK(held_piece(o.app, &o.arena, &rival, other, 0, S("123456789")));
    EXPECT_OK(held_room_get(o.app, &o.arena, &room));
    EXPECT(room.gigabytes == 1 && room.taken == gigabyte);
    EXPECT_OK(held_drop(o.app, &o.arena, &x, first));
    EXPECT_OK(held_begin(o.app, &o.arena, &rival, S("c.csv"), 10, &other));
    (void)office_ask(&o, "UPDATE meta SET value = '1 GB' "
                         "WHERE key = 'held/gigabytes'");
    EXPECT_ERR(held_room_get(o.app, &o.arena, &room), ERR_CORRUPT,
               "records.held_room_text");
}

/* --- a removal that is broken off [RH2] ---------------------------------- */

/* One of two boxes, with nothing but its beginning there. */
static id two_boxes(struct office *o, const struct held_of *x)
{
    char *bytes = arena_zero(&o->arena, HELD_PIECE_MAX);
    id file = { { 0 } };

    EXPECT_OK(
        held_begin(o->app, &o->arena, x, S("a.csv"), HELD_PIECE_MAX, &file));
    EXPECT_OK(held_piece(o->app, &o->arena, x, file, 0,
                         (str){ bytes, HELD_PIECE_MAX }));
    return file;
}

/* Boxes of it on disk; -1: not even a folder. */
static int boxes_of(struct office *o, id file)
{
    struct file_names names = { 0 };
    char text[ID_TEXT];
    struct buf b;
    str path = S("");

    buf_init(&b, &o->arena, 4096);
    buf_str(&b, o->dir);
    buf_str(&b, S("/held/"));
    buf_str(&b, id_text(file, text));
    EXPECT_OK(buf_done(&b, &path));
    return failed(folder_list(&o->files, &o->arena, path, 100, &names))
               ? -1
               : (int)names.n;
}

/* With call number `at` to the disk failing, and all that follow. */
static err drop_failing(struct office *o, const struct held_of *x, id file,
                        long at, struct file_fault *fault)
{
    scoped(app_close) struct app *app = NULL;
    struct app_world world = o->world;

    file_fault_init(fault, 0, true, EIO);
    world.files = &fault->ops;
    EXPECT_OK(app_open(&o->arena, &world, o->dir, APP_WRITE, &app));
    fault->calls = 0;
    fault->fail_at = at;
    return held_drop(app, &o->arena, x, file);
}

/* Wherever it ended: nobody reads of it any more, and the next daily round
 * takes the rest away. */
ONE_STORE_TEST(a_removal_that_is_broken_off_leaves_nothing_to_read, true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    struct file_fault fault = { .injected = 1 };
    bool between = false;

    for (long at = 1; fault.injected > 0 && at < 100; at++) {
        id file = two_boxes(&o, &x);
        err e = drop_failing(&o, &x, file, at, &fault);
        int left = boxes_of(&o, file);
        struct held_file f;
        int64_t gone = -1;

        EXPECT(failed(e) == (fault.injected > 0));
        EXPECT(failed(e) || left < 0);
        between = between || left == 1;
        EXPECT_ERR(held_look(o.app, &o.arena, &x, file, &f), ERR_NOT_FOUND,
                   "records.held_missing");
        EXPECT(office_count(&o, "SELECT count(*) FROM held_file") == 0);
        EXPECT_OK(held_tick(o.app, &o.arena, office_today(&o), &gone));
        EXPECT(gone == (left >= 0));
        EXPECT(boxes_of(&o, file) == -1);
        EXPECT(fault.open == 0);
    }
    EXPECT(fault.injected == 0 && between);
}

/* What could not be counted shows its columns and what is found in them, so
 * that a mapping can be made; names and numbers are masked once they are known
 * to be some. */
ONE_STORE_TEST(columns_of_a_file_that_was_refused_are_known, true)
{
    TEST_OFFICE(o, place);
    const struct held_of x = test_held_of(&o, "newcomer", office_case(&o));
    id file = test_held_counted(
        &o, &x,
        S("甲,乙,客户姓名\n2025-01-03 09:00,东,张三\n"
          "2025-01-04 09:00,东,李四\n2025-01-05 09:00,西,李四\n"));
    struct held_columns found = { .n = 0 };

    EXPECT(test_held_look(&o, &x, file).state == HELD_REFUSED);
    EXPECT_OK(held_columns_begun(o.app, &o.arena, &x, file, &found));
    EXPECT(found.n == 3 && !found.workbook);
    if (found.n != 3)
        return;
    const struct held_column *c = found.columns;
    EXPECT_STR(c[0].column.name, S("甲"));
    EXPECT(c[0].column.role == COLUMN_NONE && c[0].column.order == MOMENT_YMD);
    EXPECT_STR(c[0].examples[2], S("2025-01-05 09:00"));
    EXPECT_STR(c[1].examples[0], S("东"));
    EXPECT_STR(c[1].examples[1], S("西"));
    EXPECT(c[1].examples[2].n == 0);
    EXPECT_STR(c[2].examples[0], S("张*"));

    /* Counted, they are those that it was counted with. */
    struct sheet_asked asked = test_held_look(&o, &x, file).asked;
    asked.map = S("甲: opened\n");
    EXPECT_OK(held_ask(o.app, &o.arena, &x, file, &asked));
    (void)test_held_work(&o);
    const struct held_counted *counted = NULL;
    EXPECT_OK(held_counted(o.app, &o.arena, &x, file, &counted));
    EXPECT_OK(held_columns_counted(&o.arena, counted, &found));
    EXPECT(found.columns[0].column.role == COLUMN_OPENED);
    EXPECT_STR(found.columns[2].examples[1], S("李*"));
    held_give(o.app, &counted);
}
