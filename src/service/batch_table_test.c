/* Lists of certificates as offices keep them. [BT1]-[BT5] [M24] */
#include "service/batch_table.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "excel/excel.h"

enum { ROOM = 300 << 20 };

static err read(struct arena *a, str file, struct batch_table *out)
{
    const struct batch_reading how = { .most = 100 };

    return batch_table_read(a, file, &how, out);
}

/* Rows as "LINE:NUMBER/HOLDER/USCC ..", a bad one as "LINE!id". */
static str told(struct arena *a, const struct batch_table *t)
{
    str out = S("");
    struct buf b;

    buf_init(&b, a, 100000);
    for (size_t i = 0; i < t->n; i++) {
        const struct batch_row *r = &t->rows[i];

        if (i > 0)
            buf_char(&b, ' ');
        buf_int(&b, r->line);
        if (failed(r->bad))
            buf_printf(&b, "!%s", r->bad.info->id);
        else
            buf_printf(&b, ":%.*s/%.*s/%.*s", STR_ARG(r->cells[BATCH_NUMBER]),
                       STR_ARG(r->cells[BATCH_HOLDER]),
                       STR_ARG(r->cells[BATCH_USCC]));
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

#define CODE "91330100799655058B"

/* [BT1] [BT2] [BT3] */
TEST(columns_are_found_by_what_they_are_called_or_hold)
{
    TEST_ARENA(a, 8 << 20);
    static const struct {
        const char *why;
        str file;
        const char *told;
    } rows[] = {
        { "a number a line", S_INIT("A1\nB2\n"), "1:A1// 2:B2//" },
        { "with blank lines, and no end", S_INIT("A1\r\n\r\n \nB2"),
          "1:A1// 4:B2//" },
        { "with a mark",
          S_INIT("\xef\xbb\xbf"
                 "A1\n"),
          "1:A1//" },
        { "a Chinese head, in any order",
          S_INIT("供应商,证书编号\n甲公司,A1\n乙公司,B2\n"),
          "2:A1/甲公司/ 3:B2/乙公司/" },
        { "an English head",
          S_INIT("Certificate Number;HOLDER;USCC\nA1;X;" CODE "\n"),
          "2:A1/X/" CODE },
        { "titles above the head",
          S_INIT("评标用表\n2026年,\n序号,编号\n1,A1\n"), "4:A1//" },
        { "pasted columns without a head",
          S_INIT("00026SC0001R0S\t示例锁业有限公司\t" CODE "\n"
                 "00026SC0002R0S\t示例门业有限公司\t" CODE "\n"),
          "1:00026SC0001R0S/示例锁业有限公司/" CODE
          " 2:00026SC0002R0S/示例门业有限公司/" CODE },
        { "holders without a heading beside numbers with one",
          S_INIT("编号,,备注\nA1,示例锁业有限公司,是一家老客户\n"
                 "B2,示例门业有限公司,没有什么可说\n"),
          "2:A1/示例锁业有限公司/ 3:B2/示例门业有限公司/" },
        { "what is called otherwise is no holder",
          S_INIT("编号,单位地址\nA1,示例省示例市一号\nB2,示例省示例市二号\n"),
          "2:A1// 3:B2//" },
        { "numbers stand where most of them are",
          S_INIT("1,00026SC0001R0S\n2,00026SC0002R0S\n3,\n"),
          "1:00026SC0001R0S// 2:00026SC0002R0S// 3://" },
        { "a row that cannot be read, and one without a number",
          S_INIT("number,holder\nA1,x\nB\"2,y\n,z\n"),
          "2:A1/x/ 3!csv.quote 4:/z/" },
        { "quotes and blanks", S_INIT("number,holder\n\" A1 \",\"x,\"\"y\"\n"),
          "2:A1/x,\"y/" },
        { "a head that has the number only once", S_INIT("number\nnumber\n"),
          "2:number//" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct batch_table t = { .n = 0 };

        EXPECT_ROW_OK(rows[i].why, read(&a, rows[i].file, &t));
        EXPECT_ROW_STR(rows[i].why, told(&a, &t), str_of(rows[i].told));
    }
}

/* [BT1]  "编号" and "甲" as the three encodings have them. */
TEST(text_is_read_in_the_encodings_offices_save_it_in)
{
    TEST_ARENA(a, 1 << 20);
    static const str files[] = {
        S_INIT("编号,名称\nA1,甲\n"),
        S_INIT("\xb1\xe0\xba\xc5,\xc3\xfb\xb3\xc6\nA1,\xbc\xd7\n"),
        S_INIT("\xff\xfe\x16\x7f\xf7\x53,\0\x0d\x54\xf0\x79\n\0A\0"
               "1\0,\0\x32\x75\n\0"),
    };

    for (size_t i = 0; i < COUNT(files); i++) {
        struct batch_table t = { .n = 0 };

        EXPECT_OK(read(&a, files[i], &t));
        EXPECT_STR(told(&a, &t), S("2:A1/甲/"));
        EXPECT(t.has[BATCH_HOLDER] && !t.has[BATCH_USCC]);
        EXPECT_STR(t.called[BATCH_NUMBER], S("编号"));
    }
}

/* [BT4] */
TEST(cells_are_kept_without_what_nobody_sees)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        str cell;
        str number;
        str holder;
    } rows[] = {
        { S_INIT(" A1 "), S_INIT("A1"), S_INIT("A1") },
        { S_INIT("Ａ１－２"), S_INIT("A1-2"), S_INIT("Ａ１－２") },
        { S_INIT("A\x01"
                 "1\n2\x7f"
                 "3"),
          S_INIT("A 1 2 3"), S_INIT("A 1 2 3") },
        { S_INIT("\xe2\x80\x8b"
                 "A1\xef\xbb\xbf"),
          S_INIT("A1"), S_INIT("A1") },
        { S_INIT("A\xc2\xa0"
                 "1\xe3\x80\x80"),
          S_INIT("A 1"), S_INIT("A 1") },
        { S_INIT(""), S_INIT(""), S_INIT("") },
    };
    static char many[2 * BATCH_CELL];
    str out = S("");

    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_OK(batch_cell(&a, rows[i].cell, BATCH_NUMBER, &out));
        EXPECT_STR(out, rows[i].number);
        EXPECT_OK(batch_cell(&a, rows[i].cell, BATCH_HOLDER, &out));
        EXPECT_STR(out, rows[i].holder);
    }
    memset(many, 'x', sizeof many);
    EXPECT_OK(batch_cell(&a, (str){ many, sizeof many }, BATCH_NUMBER, &out));
    EXPECT(out.n == BATCH_CELL);
}

/* [BT2]  By what it is called, whatever the case, or by its place. */
TEST(a_column_can_be_named)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *number;
        const char *holder;
        const char *told;
    } rows[] = {
        { "cert", "", "2:A1//" },
        { "CERT", "who", "2:A1/x/" },
        { "2", "1", "1:cert/who/ 2:A1/x/" },
        { "", "who", "2:00026SC0001R0S/x/" },
    };
    str file = S("who,cert,number\nx,A1,00026SC0001R0S\n");
    struct batch_table t = { .n = 0 };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct batch_reading how = {
            .most = 9,
            .named = { [BATCH_NUMBER] = str_of(rows[i].number),
                       [BATCH_HOLDER] = str_of(rows[i].holder) },
        };
        /* "number" names a column when nobody else does */
        str given = rows[i].number[0] == '2' ? S("who,cert\nx,A1\n") : file;

        EXPECT_ROW_OK(rows[i].told, batch_table_read(&a, given, &how, &t));
        EXPECT_ROW_STR(rows[i].told, told(&a, &t), str_of(rows[i].told));
    }
    for (size_t i = 0; i < 4; i++) {
        static const char *const none[] = { "nobody", "0", "201", "999999" };
        const struct batch_reading how = {
            .most = 9,
            .named = { [BATCH_NUMBER] = str_of(none[i]) },
        };

        err e = batch_table_read(&a, file, &how, &t);
        EXPECT_ROW_ERR(none[i], e, ERR_INVALID, "batch.no_column");
        EXPECT_ROW_STR(none[i], err_arg_text(e, "known"),
                       S("who, cert, number"));
    }
}

TEST(a_list_without_rows_or_with_too_many_is_refused)
{
    TEST_ARENA(a, 1 << 20);
    static const struct {
        const char *why;
        str file;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "nothing", S_INIT(""), ERR_INVALID, "batch.empty" },
        { "blanks", S_INIT(" \n\n,,\n"), ERR_INVALID, "batch.empty" },
        { "a head alone", S_INIT("number,holder\n"), ERR_INVALID,
          "batch.empty" },
        { "no column of numbers", S_INIT("a,b\nc,d\n"), ERR_INVALID,
          "batch.no_numbers" },
        { "no text at all", S_INIT("\x81\x01\x02"), ERR_INVALID,
          "batch.encoding" },
        { "an old workbook", S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
          ERR_INVALID, "xlsx.old" },
        { "half a workbook", S_INIT("PK\x03\x04"), ERR_INVALID, "xlsx.cut" },
    };
    struct batch_table t;
    struct batch_reading how = { .most = 2 };
    static char large[(64 << 20) + 1];

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i].why, read(&a, rows[i].file, &t), rows[i].code,
                       rows[i].id);
    EXPECT_OK(batch_table_read(&a, S("number\nA1\nA2\n"), &how, &t));
    EXPECT_ERR(batch_table_read(&a, S("number\nA1\nA2\nA3\n"), &how, &t),
               ERR_LIMIT, "batch.rows");
    how.most = 1;
    EXPECT_ERR(batch_table_read(&a,
                                S("A1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n"
                                  "13\n14\n15\n16\n17\n18\n19\n20\n21\n22\n"
                                  "23\n"),
                                &how, &t),
               ERR_LIMIT, "batch.rows");
    EXPECT_ERR(read(&a, (str){ large, sizeof large }, &t), ERR_LIMIT,
               "batch.size");
}

/* --- workbooks ------------------------------------------------------------ */

static str workbook(struct arena *a)
{
    static const str first[] = { S_INIT("说明") };
    static const str cells[] = {
        S_INIT("评标表"), S_INIT(""),           S_INIT(""),
        S_INIT("序号"),   S_INIT("证书编号"),   S_INIT("投标人"),
        S_INIT("1"),      S_INIT("A1"),         S_INIT("甲公司"),
        S_INIT(""),       S_INIT(""),           S_INIT(""),
        S_INIT("2"),      S_INIT("=HYPERLINK"), S_INIT("乙\n公司"),
    };
    const struct excel_sheet sheets[] = {
        { .name = S("甲"), .cells = first, .rows = 1, .columns = 1 },
        { .name = S("乙"), .cells = cells, .rows = 5, .columns = 3 },
    };
    const struct excel_book book = { .sheets = sheets, .n = 2, .made = 20000 };
    str out = S("");

    EXPECT_OK(excel_write(a, &book, &out));
    return out;
}

/* [BT1]  Lines are the sheet's rows. */
TEST(a_workbook_is_read_as_it_is)
{
    TEST_ARENA(a, ROOM);
    str file = workbook(&a);
    struct batch_table t = { .n = 0 };
    struct batch_reading how = { .most = 9, .sheet = S("甲") };

    EXPECT_OK(read(&a, file, &t));
    EXPECT_STR(t.sheet, S("乙"));
    EXPECT_STR(told(&a, &t), S("3:A1/甲公司/ 5:=HYPERLINK/乙 公司/"));
    EXPECT_OK(batch_table_read(&a, file, &how, &t));
    EXPECT_STR(told(&a, &t), S("1:说明//"));
    how.sheet = S("丙");
    EXPECT_ERR(batch_table_read(&a, file, &how, &t), ERR_NOT_FOUND,
               "xlsx.no_such_sheet");
}

/* [BT5]  What is longest is often how to fill in the rest. */
TEST(the_sheet_is_that_which_calls_a_column_numbers)
{
    TEST_ARENA(a, ROOM);
    static const str words[] = { S_INIT("how"), S_INIT("to fill"), S_INIT("it"),
                                 S_INIT("in") };
    static const str cells[] = { S_INIT("编号"), S_INIT("A1") };
    static const str bare[] = { S_INIT("B1"), S_INIT("x"), S_INIT("B2"),
                                S_INIT("y") };
    static const struct excel_sheet sheets[] = {
        { .name = S_INIT("bare"), .cells = bare, .rows = 2, .columns = 2 },
        { .name = S_INIT("words"), .cells = words, .rows = 4, .columns = 1 },
        { .name = S_INIT("list"), .cells = cells, .rows = 2, .columns = 1 },
    };
    struct excel_book book = { .sheets = sheets, .n = 3, .made = 20000 };
    struct batch_table t = { .n = 0 };
    str file = S("");

    EXPECT_OK(excel_write(&a, &book, &file));
    EXPECT_OK(read(&a, file, &t));
    EXPECT_STR(t.sheet, S("list"));
    book.n = 2;
    EXPECT_OK(excel_write(&a, &book, &file));
    EXPECT_OK(read(&a, file, &t));
    EXPECT_STR(t.sheet, S("words"));
    book.n = 1;
    EXPECT_OK(excel_write(&a, &book, &file));
    EXPECT_ERR(read(&a, file, &t), ERR_INVALID, "batch.no_numbers");
}

/* --- memory ----------------------------------------------------------------
 */

static void try_faults(str file, bool for_good)
{
    const struct batch_reading how = { .most = 9 };

    for (long n = 1;; n++) {
        struct heap_fault f;
        struct arena a;
        struct batch_table t;

        heap_fault_init(&f, n, for_good);
        arena_init(&a, &f.heap, 1 << 20);
        err e = batch_table_read(&a, file, &how, &t);
        EXPECT(failed(e) == (f.injected > 0));
        EXPECT(!failed(e) || err_is(e, ERR_MEMORY));
        arena_end(&a);
        EXPECT(f.live == 0);
        if (f.injected == 0)
            return;
    }
}

TEST(a_list_that_finds_no_memory_is_not_read)
{
    static const str files[] = {
        S_INIT("number,holder\n\"A\"\"1\",x\n\"open,\nB2,y\n"),
        S_INIT("A1\nB2\n"),
        S_INIT("\xff\xfe"
               "A\0"
               "1\0"),
        S_INIT("a,b\nc,d\n"),
    };

    for (size_t i = 0; i < 3; i++) {
        try_faults(files[i], false);
        try_faults(files[i], true);
    }
}
