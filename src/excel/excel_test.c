/* Workbooks, read back by other libraries than the one that wrote them. */

#include "excel/excel.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "excel/test_workbook.h"
#include "excel/test_xlsx.h"

enum { ARENA = 64 << 20 };

static const str plan_cells[] = {
    S_INIT("102010"), S_INIT("字段名称"), S_INIT("CODE"), /* head */
    S_INIT("模版"),   S_INIT("含义"),     S_INIT("1、编号"),
    S_INIT(""),       S_INIT(""),         S_INIT("01"), /* a row */
    S_INIT(""),       S_INIT(""),         S_INIT("甲，01；乙，02"),
    S_INIT(""),       S_INIT(""),         S_INIT("<&\"'> =1+1"),
};
static const struct excel_merge merges[] = { { 0, 1, 0, 0 } };

static const struct excel_sheet sheets[] = {
    { .name = S_INIT("审核计划信息表"),
      .cells = plan_cells,
      .rows = 5,
      .columns = 3,
      .head = 2,
      .merges = merges,
      .merge_count = 1 },
    { .name = S_INIT("empty") },
};

static struct excel_book sample(void)
{
    return (struct excel_book){
        .sheets = sheets,
        .n = COUNT(sheets),
        .title = S("示例"),
        .author = S("示例认证中心"),
        .made = 20783, /* 2026-11-26 */
    };
}

TEST(what_is_written_is_read_back)
{
    TEST_ARENA(a, ARENA);
    struct excel_book book = sample();
    str bytes = S("");

    EXPECT_OK(excel_write(&a, &book, &bytes));
    scoped(workbook_end) struct workbook_reader *r = workbook_read(&a, bytes);
    if (r == NULL)
        return;
    EXPECT_STR(workbook_sheets(r), S("审核计划信息表|empty"));
    EXPECT_STR(workbook_cell(r, 0, "A1"), S("102010"));
    EXPECT_STR(workbook_cell(r, 0, "B2"), S("含义"));
    EXPECT_STR(workbook_cell(r, 0, "C3"), S("01"));
    EXPECT_STR(workbook_cell(r, 0, "C4"), S("甲，01；乙，02"));
    EXPECT_STR(workbook_cell(r, 0, "C5"), S("<&\"'> =1+1"));
    EXPECT_STR(workbook_cell(r, 0, "A3"), S(""));
    EXPECT_STR(workbook_merges(r, 0), S("A1:A2"));
    EXPECT(workbook_cells(r, 1) == 0);
}

/* [EX1] */
TEST(every_cell_is_a_text)
{
    TEST_ARENA(a, ARENA);
    struct excel_book book = sample();
    str bytes = S("");

    EXPECT_OK(excel_write(&a, &book, &bytes));
    scoped(workbook_end) struct workbook_reader *r = workbook_read(&a, bytes);
    if (r == NULL)
        return;
    EXPECT(workbook_cells(r, 0) >= 8);
    EXPECT(workbook_texts(r, 0) == workbook_cells(r, 0));
}

/* [EX1] */
TEST(a_column_may_hold_numbers_days_and_shares)
{
    TEST_ARENA(a, ARENA);
    static const str cells[] = {
        S_INIT("1"),          S_INIT("2"),    S_INIT("3"), /* head */
        S_INIT("2026-11-24"), S_INIT("8731"), S_INIT("-12"),
        S_INIT("no day"),     S_INIT("0"),    S_INIT("1234567890123456"),
    };
    static const enum excel_kind kinds[] = { EXCEL_DAY, EXCEL_PERCENT,
                                             EXCEL_WHOLE };
    struct excel_sheet sheet = { .name = S("s"),
                                 .cells = cells,
                                 .rows = 3,
                                 .columns = 3,
                                 .kinds = kinds,
                                 .head = 1 };
    struct excel_book book = { .sheets = &sheet, .n = 1, .made = 20783 };
    str bytes = S("");
    str out = S("");

    EXPECT_OK(excel_write(&a, &book, &bytes));
    EXPECT_OK(test_read(&a, bytes, S(""), &out));
    EXPECT_STR(out, S("1,2,3\n2026-11-24,0.8731,-12\n"
                      "no day,0,1234567890123456\n"));
    scoped(workbook_end) struct workbook_reader *r = workbook_read(&a, bytes);
    if (r != NULL)
        EXPECT(workbook_cells(r, 0) - workbook_texts(r, 0) == 4);
}

/* [EX2] */
TEST(the_same_book_gives_the_same_bytes_whenever_it_is_written)
{
    TEST_ARENA(a, ARENA);
    struct excel_book book = sample();
    str first = S("");
    str second = S("");
    str later = S("");

    EXPECT_OK(excel_write(&a, &book, &first));
    EXPECT_OK(excel_write(&a, &book, &second));
    EXPECT(first.n > 1000 && str_eq(first, second));
    scoped(workbook_end) struct workbook_reader *r = workbook_read(&a, first);
    if (r == NULL)
        return;
    /* midnight at UTC+8 */
    EXPECT(str_contains(workbook_part(r, "docProps/core.xml"),
                        S("2026-11-25T16:00:00Z")));
    book.made++;
    EXPECT_OK(excel_write(&a, &book, &later));
    EXPECT(!str_eq(first, later));
}

TEST(a_cell_holds_so_many_characters_and_no_more)
{
    TEST_ARENA(a, ARENA);
    struct buf b;
    str text;
    str bytes = S("untouched");

    buf_init(&b, &a, (size_t)4 * EXCEL_CELL_MAX);
    for (size_t i = 0; i <= EXCEL_CELL_MAX; i++)
        buf_str(&b, S("售"));
    EXPECT_OK(buf_done(&b, &text));

    str cell = text;
    struct excel_sheet sheet = {
        .name = S("s"), .cells = &cell, .rows = 1, .columns = 1
    };
    struct excel_book book = { .sheets = &sheet, .n = 1 };
    EXPECT_ERR(excel_write(&a, &book, &bytes), ERR_LIMIT, "excel.cell");
    EXPECT_STR(bytes, S("untouched"));
    cell.n -= 3;
    EXPECT_OK(excel_write(&a, &book, &bytes));
    cell = S("\xff");
    EXPECT_ERR(excel_write(&a, &book, &bytes), ERR_LIMIT, "excel.cell");
}

TEST(a_sheet_has_a_name_that_a_spreadsheet_takes)
{
    static const struct {
        const char *name;
        bool right;
    } rows[] = {
        { "审核结果信息表", true },
        { "1234567890123456789012345678901", true },   /* 31 */
        { "12345678901234567890123456789012", false }, /* 32 */
        { "", false },
        { "a/b", false },
        { "a[b", false },
        { "it's", false },
        { "plan", false }, /* the other sheet's */
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, ARENA);
        struct excel_sheet two[] = { { .name = S("plan") },
                                     { .name = str_of(rows[i].name) } };
        struct excel_book book = { .sheets = two, .n = 2 };
        str bytes = S("");
        err e = excel_write(&a, &book, &bytes);

        if (rows[i].right)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, "excel.name");
    }
}

TEST(a_sheet_has_so_many_columns_and_no_more)
{
    TEST_ARENA(a, ARENA);
    struct excel_sheet sheet = { .name = S("s"), .columns = EXCEL_COLUMNS_MAX };
    struct excel_book book = { .sheets = &sheet, .n = 1 };
    str bytes = S("");

    EXPECT_OK(excel_write(&a, &book, &bytes));
    sheet.columns++;
    EXPECT_ERR(excel_write(&a, &book, &bytes), ERR_LIMIT, "excel.size");
}
