/* Workbooks as text: what is in them, whoever wrote them. */

#include "excel/xlsx.h"

#include "base/buf.h"
#include "base/check.h"
#include "base/size.h"
#include "base/test.h"
#include "excel/excel.h"
#include "excel/test_xlsx.h"
#include "excel/xlsx_part.h"
#include "sys/memory_file.h"

#include <unistd.h>

enum { ARENA = 512 << 20 };

/* --- what a library wrote ------------------------------------------------ */

static const str orders[] = {
    S_INIT("工单号"), S_INIT("备注"), S_INIT("001"), S_INIT("门,\"坏\"了"),
    S_INIT(""),       S_INIT(""),     S_INIT("002"), S_INIT("两\n行"),
};

static str made(struct arena *a)
{
    static const struct excel_sheet sheets[] = {
        { .name = S_INIT("说明") },
        { .name = S_INIT("工单"), .cells = orders, .rows = 4, .columns = 2 },
    };
    struct excel_book book = { .sheets = sheets, .n = 2, .made = 20783 };
    str bytes = S("");

    EXPECT_OK(excel_write(a, &book, &bytes));
    return bytes;
}

static const char orders_text[] =
    "工单号,备注\n001,\"门,\"\"坏\"\"了\"\n\n002,\"两\n行\"\n";

/* [XL1] */
TEST(the_longest_sheet_becomes_text)
{
    TEST_ARENA(a, ARENA);
    str out = S("");

    EXPECT_OK(test_read(&a, made(&a), S(""), &out));
    EXPECT_STR(out, str_of(orders_text));
}

TEST(a_sheet_is_chosen_by_its_name)
{
    TEST_ARENA(a, ARENA);
    str out = S("x");

    EXPECT_OK(test_read(&a, made(&a), S("说明"), &out));
    EXPECT_STR(out, S(""));
    EXPECT_ERR(test_read(&a, made(&a), S("无"), &out), ERR_NOT_FOUND,
               "xlsx.no_such_sheet");
}

TEST(a_workbook_is_read_from_a_descriptor_as_from_bytes)
{
    TEST_ARENA(a, ARENA);
    scoped(memory_file_end) struct memory_file f = MEMORY_FILE_NONE;
    str bytes = made(&a);
    scoped(xlsx_close) struct xlsx *x = NULL;
    struct buf b;
    str out = S("");

    EXPECT_OK(memory_file_new(&a, &f));
    check(write(f.fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
    struct xlsx_source from = { .fd = f.fd };
    if (!EXPECT_OK(xlsx_open(&a, a.heap, &from, &x)))
        return;
    buf_init(&b, &a, XLSX_READ_BYTES);
    for (int again = 0; again < 2; again++) {
        b.n = 0;
        EXPECT_OK(xlsx_begin(x, 1));
        for (bool more = true; more;)
            if (!EXPECT_OK(xlsx_read(x, &b, &more)))
                return;
        EXPECT_OK(buf_done(&b, &out));
        EXPECT_STR(out, str_of(orders_text));
        EXPECT(xlsx_counts(x).rows == 3);
    }
}

/* --- what is in a sheet -------------------------------------------------- */

/* [XL1] [XL2] */
TEST(rows_and_cells_that_are_left_out_keep_their_places)
{
    TEST_ARENA(a, ARENA);

    EXPECT_STR(test_rows(&a, "<row r=\"2\"><c r=\"A2\"><v>1</v></c>"
                             "<c r=\"C2\"><v>2</v></c></row>"
                             "<row r=\"5\"><c r=\"B5\"><v>3</v></c></row>"
                             "<row r=\"6\"><c r=\"D6\" s=\"1\"/></row>"
                             "<row r=\"900\"/>"),
               S("\n1,,2\n\n\n,3,\n"));
    EXPECT_STR(test_rows(&a, "<row><c><v>1</v></c><c><v>2</v></c></row>"
                             "<row><c/><c><v>3</v></c></row>"),
               S("1,2\n,3\n"));
}

/* [XL2] */
TEST(a_row_that_is_wider_than_those_looked_at_shows_it)
{
    TEST_ARENA(a, ARENA);
    struct buf b;
    str sheet = S("");

    buf_init(&b, &a, 1 << 20);
    for (int i = 1; i <= XLSX_LOOK; i++)
        buf_printf(&b, "<row r=\"%d\"><c r=\"B%d\"><v>%d</v></c></row>", i, i,
                   i);
    buf_str(&b, S("<row><c r=\"D1001\"><v>7</v></c></row>"
                  "<row><c><v>8</v></c></row>"));
    EXPECT_OK(buf_done(&b, &sheet));
    EXPECT(str_ends(test_rows(&a, sheet.p), S("\n,1000\n,,,7\n8,\n")));
}

/* [XL3] */
TEST(every_kind_of_cell_is_read)
{
    TEST_ARENA(a, ARENA);
    static const struct {
        const char *cell;
        const char *want;
    } rows[] = {
        { "<c t=\"inlineStr\"><is><t>内,联</t></is></c>", "\"内,联\"\n" },
        { "<c t=\"inlineStr\"><is><r><rPr><b/></rPr><t>粗</t></r><r><t "
          "xml:space=\"preserve\"> 细</t></r></is></c>",
          "粗 细\n" },
        { "<c t=\"inlineStr\"><is><t>東</t><rPh sb=\"0\" "
          "eb=\"1\"><t>ヒガシ</t></rPh></is></c>",
          "東\n" },
        { "<c t=\"str\"><f>A1&amp;\"x\"</f><v>&lt;x&gt;&amp;</v></c>",
          "<x>&\n" },
        { "<c><f>1+1</f><v>2</v></c>", "2\n" },
        { "<c t=\"b\"><v>1</v></c>", "TRUE\n" },
        { "<c t=\"b\"><v>0</v></c>", "FALSE\n" },
        { "<c t=\"n\"><v>1.50</v></c>", "1.5\n" },
        { "<c t=\"d\"><v>2026-11-24T08:30:00</v></c>",
          "2026-11-24 08:30:00\n" },
        { "<c t=\"inlineStr\"><is><t>a_x000D__x000A_b_x005F_x41_</t></is></c>",
          "\"a\nb_x41_\"\n" },
        { "<c t=\"inlineStr\"><is><t>_x4E2D__xD800_</t></is></c>",
          "中_xD800_\n" },
        { "<c><v><![CDATA[5]]></v></c>", "5\n" },
        { "<c><v>1,\"2</v></c>", "\"1,\"\"2\"\n" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b;
        str row = S("");

        buf_init(&b, &a, 1 << 20);
        buf_printf(&b, "<row>%s</row>", rows[i].cell);
        EXPECT_OK(buf_done(&b, &row));
        EXPECT_ROW_STR(rows[i].cell, test_rows(&a, row.p),
                       str_of(rows[i].want));
    }
}

TEST(shared_texts_are_looked_up)
{
    TEST_ARENA(a, ARENA);
    struct test_book book = {
        .sheet = "<sheetData><row><c t=\"s\"><v>1</v></c>"
                 "<c t=\"s\"><v>0</v></c><c t=\"s\"><v>3</v></c>"
                 "<c t=\"s\"><v>2</v></c></row></sheetData>",
        .strings = "<si><t>a,b</t></si><si><r><t>富</t></r><r><rPr/><t>文本"
                   "</t></r><rPh sb=\"0\" eb=\"1\"><t>fu</t></rPh>"
                   "<phoneticPr fontId=\"1\"/></si><si><t/></si>"
                   "<si><t xml:space=\"preserve\"> x </t></si>",
    };
    str out = S("");

    EXPECT_OK(test_read(&a, test_workbook(&a, &book), S(""), &out));
    EXPECT_STR(out, S("富文本,\"a,b\", x \n"));
    book.sheet = "<sheetData><row><c t=\"s\"><v>4</v></c></row></sheetData>";
    EXPECT_ERR(test_read(&a, test_workbook(&a, &book), S(""), &out),
               ERR_INVALID, "xlsx.string");
}

TEST(a_number_is_a_date_by_its_style)
{
    TEST_ARENA(a, ARENA);
    struct test_book book = {
        .sheet = "<sheetData><row><c s=\"0\"><v>46350</v></c>"
                 "<c s=\"1\"><v>46350</v></c><c s=\"2\"><v>46350.5</v></c>"
                 "<c s=\"3\"><v>46350</v></c><c s=\"9\"><v>46350</v></c>"
                 "</row></sheetData>",
        .styles = "<numFmts count=\"2\"><numFmt numFmtId=\"176\" "
                  "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"
                  "<numFmt numFmtId=\"15\" formatCode=\"0.00\"/></numFmts>"
                  "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                  "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"176\"/>"
                  "<xf numFmtId=\"22\"/><xf numFmtId=\"15\"/></cellXfs>",
    };
    str out = S("");

    EXPECT_OK(test_read(&a, test_workbook(&a, &book), S(""), &out));
    EXPECT_STR(out, S("46350,2026-11-24,2026-11-24 12:00:00,46350,46350\n"));
    book.workbook = "<workbookPr date1904=\"1\"/><sheets><sheet name=\"s\" "
                    "r:id=\"rId1\"/></sheets>";
    EXPECT_OK(test_read(&a, test_workbook(&a, &book), S(""), &out));
    EXPECT_STR(out, S("46350,2030-11-25,2030-11-25 12:00:00,46350,46350\n"));
}

/* [XL3] */
TEST(errors_and_what_was_never_calculated_are_empty_and_counted)
{
    TEST_ARENA(a, ARENA);
    struct test_book book = {
        .sheet = "<sheetData><row><c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"
                 "<c><f>A1</f></c><c><v>1</v></c></row></sheetData>"
                 "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>",
    };
    str bytes = test_workbook(&a, &book);
    struct xlsx_source from = { .bytes = bytes };
    scoped(xlsx_close) struct xlsx *x = NULL;
    struct buf b;

    buf_init(&b, &a, XLSX_READ_BYTES);
    if (!EXPECT_OK(xlsx_open(&a, a.heap, &from, &x)))
        return;
    EXPECT_OK(xlsx_begin(x, 0));
    for (bool more = true; more;)
        if (!EXPECT_OK(xlsx_read(x, &b, &more)))
            return;
    EXPECT_STR(buf_view(&b), S(",,1\n"));
    EXPECT(xlsx_counts(x).errors == 1 && xlsx_counts(x).uncalculated == 1);
    EXPECT(xlsx_counts(x).rows == 1);
}

/* [XL4] */
TEST(hidden_sheets_and_charts_are_not_there)
{
    TEST_ARENA(a, ARENA);
    struct test_book book = {
        .sheet = "<sheetData><row><c><v>1</v></c></row></sheetData>",
        .workbook = "<sheets><sheet name=\"a\" state=\"hidden\" r:id=\"rId1\"/>"
                    "<sheet name=\"b\" state=\"veryHidden\" r:id=\"rId1\"/>"
                    "<sheet name=\"c\" r:id=\"rId9\"/>"
                    "<sheet name=\"d\" state=\"visible\" r:id=\"rId1\"/>"
                    "</sheets>",
    };
    str bytes = test_workbook(&a, &book);
    struct xlsx_source from = { .bytes = bytes };
    scoped(xlsx_close) struct xlsx *x = NULL;
    str out = S("");
    size_t n = 0;

    EXPECT_OK(xlsx_open(&a, a.heap, &from, &x));
    if (x == NULL)
        return;
    EXPECT_STR(xlsx_sheets(x, &n)[0].name, S("d"));
    EXPECT(n == 1);
    EXPECT_ERR(test_read(&a, bytes, S("a"), &out), ERR_NOT_FOUND,
               "xlsx.no_such_sheet");
}

/* --- refusals ------------------------------------------------------------ */

TEST(what_is_no_workbook_is_refused_with_its_reason)
{
    TEST_ARENA(a, ARENA);
    static const struct test_part other[] = { { "a.txt", S_INIT("x") } };
    static const struct test_part binary[] = {
        { "_rels/.rels", S_INIT("<R><Relationship Type=\"x/officeDocument\" "
                                "Target=\"xl/workbook.bin\"/></R>") }
    };
    str right = made(&a);
    str out = S("untouched");

    EXPECT_ERR(test_read(&a, S("工单号,备注\n"), S(""), &out), ERR_INVALID,
               "xlsx.not_zip");
    EXPECT_ERR(test_read(&a, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 more"), S(""),
                         &out),
               ERR_INVALID, "xlsx.old");
    EXPECT_ERR(test_read(&a, str_first(right, right.n / 2), S(""), &out),
               ERR_INVALID, "xlsx.cut");
    EXPECT_ERR(test_read(&a, test_archive(&a, other, 1), S(""), &out),
               ERR_INVALID, "xlsx.not_workbook");
    EXPECT_ERR(test_read(&a, test_archive(&a, binary, 1), S(""), &out),
               ERR_INVALID, "xlsx.binary");
    struct test_book none = { .sheet = "", .workbook = "<sheets/>" };
    EXPECT_ERR(test_read(&a, test_workbook(&a, &none), S(""), &out),
               ERR_INVALID, "xlsx.no_sheet");
    EXPECT_STR(out, S("untouched"));
}

static str repeated(struct arena *a, const char *before, const char *what,
                    size_t n, const char *after)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, (size_t)128 << 20);
    buf_str(&b, str_of(before));
    for (size_t i = 0; i < n; i++)
        buf_str(&b, str_of(what));
    buf_str(&b, str_of(after));
    check(!failed(buf_done(&b, &out)));
    return out;
}

TEST(a_part_that_is_not_what_its_sum_says_is_refused)
{
    TEST_ARENA(a, ARENA);
    struct test_book book = { .sheet = "<sheetData><row><c><v>1</v></c></row>"
                                       "</sheetData>" };
    str right = test_workbook(&a, &book);
    char *bytes = arena_zero(&a, right.n);
    size_t seen = 0;
    str out = S("");

    check(bytes != NULL);
    for (size_t i = 0; i < right.n; i++) {
        memcpy(bytes, right.p, right.n);
        bytes[i] = (char)(bytes[i] ^ 0x10);
        err e = test_read(&a, (str){ bytes, right.n }, S(""), &out);
        seen += failed(e) && str_eq(str_of(e.info->id), S("xlsx.zip_damaged"));
    }
    EXPECT(seen > 0);
}

TEST(a_part_with_a_password_is_refused)
{
    TEST_ARENA(a, ARENA);
    static const struct test_part parts[] = { { "_rels/.rels", S_INIT("x") } };
    str out = S("");
    str bytes = test_locked(&a, parts, 1);

    EXPECT_ERR(test_read(&a, bytes, S(""), &out), ERR_INVALID, "xlsx.password");
}

TEST(a_workbook_has_so_many_sheets_and_each_part_so_many_bytes)
{
    TEST_ARENA(a, (size_t)1 << 30);
    const char *one = "<sheet name=\"s\" r:id=\"rId1\"/>";
    str fits = repeated(&a, "<sheets>", one, XLSX_SHEETS_MAX, "</sheets>");
    str many = repeated(&a, "<sheets>", one, XLSX_SHEETS_MAX + 1, "</sheets>");
    str big = repeated(&a, "", "                ", XLSX_SMALL_BYTES / 16, "");
    struct test_book book = { .sheet = "", .workbook = fits.p };
    str out = S("");

    EXPECT_OK(test_read(&a, test_workbook(&a, &book), S("s"), &out));
    book.workbook = many.p;
    EXPECT_ERR(test_read(&a, test_workbook(&a, &book), S("s"), &out), ERR_LIMIT,
               "xlsx.sheets");
    book.workbook = big.p;
    EXPECT_ERR(test_read(&a, test_workbook(&a, &book), S("s"), &out), ERR_LIMIT,
               "xlsx.big");
    book.workbook = NULL;
    book.relations = "<Relationship Id=\"rId1\" Type=\"x/worksheet\" "
                     "Target=\"nowhere.xml\"/>";
    EXPECT_ERR(test_read(&a, test_workbook(&a, &book), S(""), &out),
               ERR_INVALID, "xlsx.no_part");
}

TEST(a_damaged_sheet_is_refused)
{
    TEST_ARENA(a, ARENA);
    static const struct {
        const char *sheet;
        enum err_code code;
        const char *id;
    } rows[] = {
        { "<sheetData><row>", ERR_INVALID, "xlsx.damaged" },
        { "<sheetData>&copy;</sheetData>", ERR_INVALID, "xlsx.damaged" },
        { "<sheetData><row><c r=\"7\"/></row></sheetData>", ERR_INVALID,
          "xlsx.order" },
        { "<sheetData><row><c r=\"B1\"/><c r=\"B1\"/></row></sheetData>",
          ERR_INVALID, "xlsx.order" },
        { "<sheetData><row r=\"2\"/><row r=\"2\"/></sheetData>", ERR_INVALID,
          "xlsx.order" },
        { "<sheetData><row r=\"1048577\"/></sheetData>", ERR_INVALID,
          "xlsx.order" },
        { "<sheetData><row r=\"1048576\"/><row/></sheetData>", ERR_INVALID,
          "xlsx.order" },
        { "<sheetData><row><c r=\"XFE1\"/></row></sheetData>", ERR_INVALID,
          "xlsx.order" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct test_book book = { .sheet = rows[i].sheet };
        str out = S("");

        EXPECT_ROW_ERR(rows[i].sheet,
                       test_read(&a, test_workbook(&a, &book), S(""), &out),
                       rows[i].code, rows[i].id);
    }
}

/* [XP2] */
TEST(a_document_type_is_refused_and_nothing_of_it_expanded)
{
    TEST_ARENA(a, ARENA);
    static const struct test_part parts[] = {
        { "_rels/.rels", S_INIT("<!DOCTYPE R [<!ENTITY a \"x\">]><R/>") }
    };
    str out = S("");

    EXPECT_ERR(test_read(&a, test_archive(&a, parts, 1), S(""), &out),
               ERR_INVALID, "xlsx.damaged");
}

/* [XP3] */
TEST(what_nests_too_deep_is_refused)
{
    TEST_ARENA(a, ARENA);
    str out = S("");
    str right = repeated(&a, "", "<a>", PART_DEPTH - 1, "");
    str close = repeated(&a, "", "</a>", PART_DEPTH - 1, "");
    str sheet = repeated(&a, right.p, close.p, 1, "");
    struct test_book book = { .sheet = sheet.p };

    EXPECT_OK(test_read(&a, test_workbook(&a, &book), S(""), &out));
    book.sheet = repeated(&a, "<b>", sheet.p, 1, "</b>").p;
    EXPECT_ERR(test_read(&a, test_workbook(&a, &book), S(""), &out),
               ERR_INVALID, "xlsx.damaged");
}

/* [XP3] */
TEST(a_bomb_is_refused_before_it_is_unpacked)
{
    TEST_ARENA(a, ARENA);
    str out = S("");
    str blanks =
        repeated(&a, "<sheetData>", "                ",
                 (size_t)(PART_RATIO_FROM / 16) + 65536, "</sheetData>");
    struct test_book book = { .sheet = blanks.p };

    EXPECT_ERR(test_read(&a, test_workbook(&a, &book), S(""), &out), ERR_LIMIT,
               "xlsx.bomb");
}

/* Small cells that name one long text. */
TEST(much_text_out_of_little_is_refused)
{
    TEST_ARENA(a, (size_t)1 << 30);
    str out = S("");
    str text = repeated(&a, "<si><t>", "0123456789", 100000, "</t></si>");
    str cells = repeated(&a, "<sheetData><row>", "<c t=\"s\"><v>0</v></c>", 100,
                         "</row></sheetData>");
    struct test_book book = { .sheet = cells.p, .strings = text.p };

    EXPECT_ERR(test_read(&a, test_workbook(&a, &book), S(""), &out), ERR_LIMIT,
               "xlsx.bomb");
}

TEST(a_cell_holds_so_many_bytes_and_no_more)
{
    TEST_ARENA(a, ARENA);
    str out = S("");
    str fits = repeated(&a, "<sheetData><row><c t=\"str\"><v>", "01234567",
                        XLSX_CELL_BYTES / 8, "</v></c></row></sheetData>");
    str not = repeated(&a, "<sheetData><row><c t=\"str\"><v>x", "01234567",
                       XLSX_CELL_BYTES / 8, "</v></c></row></sheetData>");
    struct test_book book = { .sheet = fits.p };

    EXPECT_OK(test_read(&a, test_workbook(&a, &book), S(""), &out));
    EXPECT(out.n == XLSX_CELL_BYTES + 1);
    book.sheet = not .p;
    EXPECT_ERR(test_read(&a, test_workbook(&a, &book), S(""), &out), ERR_LIMIT,
               "xlsx.cell");
    book.sheet = "";
    book.strings =
        repeated(&a, "<si><t>x", "01234567", XLSX_CELL_BYTES / 8, "</t></si>")
            .p;
    EXPECT_ERR(test_read(&a, test_workbook(&a, &book), S(""), &out), ERR_LIMIT,
               "xlsx.cell");
}

/* One byte wrong, wherever: it is read as another table or refused; so is what
 * ends early. */
TEST(whatever_byte_is_wrong_the_reader_says_so_or_goes_on)
{
    TEST_ARENA(outer, ARENA);
    str right = made(&outer);
    struct test_random random = { TEST_SEED };
    char *bytes = arena_zero(&outer, right.n);

    check(bytes != NULL);
    for (size_t i = 0; i < right.n; i += 7) {
        TEST_ARENA(a, ARENA);
        str out = S("");

        memcpy(bytes, right.p, right.n);
        bytes[i] =
            (char)(bytes[i] ^ (1 + (int)test_random_below(&random, 255)));
        err e = test_read(&a, (str){ bytes, right.n }, S(""), &out);
        EXPECT(!failed(e) || str_begins(str_of(e.info->id), S("xlsx.")));
        e = test_read(&a, str_first(right, i), S(""), &out);
        EXPECT(failed(e) && str_begins(str_of(e.info->id), S("xlsx.")));
    }
}

/* --- memory -------------------------------------------------------------- */

static err read_once(struct heap *h, void *context)
{
    const str *bytes = context;
    scoped(arena_end) struct arena a;
    str out = S("");

    arena_init(&a, h, ARENA);
    return test_read(&a, *bytes, S(""), &out);
}

TEST(without_memory_a_workbook_is_not_read_and_nothing_is_left)
{
    TEST_ARENA(a, ARENA);
    struct test_book book = {
        .sheet = "<dimension ref=\"A1:B2\"/><sheetData><row><c t=\"s\"><v>0"
                 "</v></c><c t=\"str\"><v>a,b</v></c></row></sheetData>",
        .strings = "<si><t>a\"b</t></si>",
        .styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>",
    };
    str bytes = test_workbook(&a, &book);

    EXPECT(test_every_allocation_fails(read_once, NULL, &bytes) >= 5);
}
