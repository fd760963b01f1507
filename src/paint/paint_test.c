/* Documents as files. [PN1]..[PN3] [PF1] [PF2] [CP1] [CP2] [FL1]..[FL3]
 * [PL1]..[PL3] */
#include "paint/paint.h"

#include "base/buf.h"
#include "base/heap.h"
#include "base/test.h"
#include "codec/pdf.h"
#include "paint/test_document.h"

enum { MEMORY = 256 << 20 };

static struct studio open_studio(void)
{
    static struct heap heap;
    struct studio s = { 0 };
    TEST_ARENA(a, 1 << 20);

    heap = HEAP_LIBC;
    EXPECT_OK(studio_open(&a, &heap, &s));
    return s;
}

/* Fonts are opened once: that takes longer than a document. */
static struct studio *studio(void)
{
    static struct studio s;
    static bool open;

    if (!open)
        s = open_studio();
    open = true;
    return &s;
}

static size_t count(str text, str word)
{
    size_t n = 0;

    for (size_t at = str_find(text, word); at < text.n;
         at = str_find(text, word)) {
        n++;
        text = str_from(text, at + word.n);
    }
    return n;
}

static size_t pages(str pdf)
{
    return count(pdf, S("/Type /Page\n")) + count(pdf, S("/Type /Page "));
}

/* --- the file ------------------------------------------------------------ */

TEST(the_same_document_gives_the_same_bytes)
{
    TEST_ARENA(a, MEMORY);
    struct paint_certificate c = test_certificate();
    struct paint_document both[] = { test_flow_document(),
                                     test_certificate_document(&c) };

    for (size_t i = 0; i < 2; i++) {
        str first = S("");
        str second = S("");

        EXPECT_OK(paint_pdf(&a, studio(), &both[i], &first));
        EXPECT_OK(paint_pdf(&a, studio(), &both[i], &second));
        EXPECT(first.n > 10000 && str_eq(first, second));
    }
}

/* [PL1]  More levels than are kept, so that its drawings are made anew. */
TEST(what_was_painted_before_changes_nothing)
{
    TEST_ARENA(a, MEMORY);
    scoped(studio_end) struct studio other = open_studio();
    struct paint_certificate c = test_certificate();
    struct paint_document d = test_certificate_document(&c);
    str first = S("");
    str pdf = S("");

    EXPECT_OK(paint_pdf(&a, &other, &d, &first));
    for (int i = 0; i <= PLATES_KEPT; i++) {
        c.stars = i;
        EXPECT_OK(paint_pdf(&a, &other, &d, &pdf));
        EXPECT(str_eq(pdf, first) == (i == 10));
    }
    c.stars = 10;
    EXPECT_OK(paint_pdf(&a, &other, &d, &pdf));
    EXPECT(str_eq(pdf, first));
}

TEST(a_file_is_tagged_and_says_its_language_and_its_title)
{
    TEST_ARENA(a, MEMORY);
    struct paint_document d = test_flow_document();
    struct pdf p = { 0 };
    str pdf = S("");

    EXPECT_OK(paint_pdf(&a, studio(), &d, &pdf));
    EXPECT_OK(pdf_open(&a, pdf, &p));
    EXPECT(str_contains(p.objects[p.root].body, S("/Lang (zh-CN)")));
    EXPECT(str_contains(p.objects[p.root].body, S("/MarkInfo")));
    EXPECT(str_contains(p.objects[p.info].body, S("/Title")));
    EXPECT(str_contains(p.objects[p.info].body, S("20260302000000+08'00")));
    d.language = PAINT_EN;
    EXPECT_OK(paint_pdf(&a, studio(), &d, &pdf));
    EXPECT(str_contains(pdf, S("/Lang (en)")));
}

/* [TI1] */
TEST(a_page_names_each_figure_once)
{
    TEST_ARENA(a, MEMORY);
    struct paint_certificate c = test_certificate();
    struct paint_document d = test_certificate_document(&c);
    str pdf = S("");

    EXPECT_OK(paint_pdf(&a, studio(), &d, &pdf));
    str figures = str_from(pdf, str_find(pdf, S("/XObject <<")));
    figures = str_first(figures, str_find(figures, S(">>")));
    str name = str_from(figures, str_find(figures, S("/x")));
    name = str_first(name, str_find(name, S(" ")) + 1);
    EXPECT(name.n > 3 && count(figures, name) == 1);
}

/* --- drawings -------------------------------------------------------------
 */

#define DRAWING(inside)                                                        \
    S_INIT("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 "      \
           "60\">" inside "</svg>")

static err paint_blocks(struct arena *a, struct paint_block *blocks, size_t n,
                        str *out)
{
    struct paint_document d = test_flow_document();

    d.blocks = (struct list){ blocks, n };
    return paint_pdf(a, studio(), &d, out);
}

TEST(a_drawing_is_as_wide_as_the_text_or_refused)
{
    TEST_ARENA(a, MEMORY);
    struct paint_block right = {
        .kind = PAINT_DRAWING,
        .svg = DRAWING("<rect x=\"1\" y=\"1\" width=\"9\" height=\"9\"/>")
    };
    struct paint_block wrong = { .kind = PAINT_DRAWING,
                                 .svg = DRAWING("<ellipse rx=\"1\"/>") };
    struct paint_block rare = {
        .kind = PAINT_DRAWING,
        .svg = DRAWING("<text x=\"1\" y=\"9\" font-size=\"9\">\xEE\x80\x80"
                       "</text>")
    };
    str pdf = S("");

    EXPECT_OK(paint_blocks(&a, &right, 1, &pdf));
    EXPECT(pages(pdf) == 1);
    EXPECT_ERR(paint_blocks(&a, &wrong, 1, &pdf), ERR_INVALID, "paint.picture");
    EXPECT_ERR(paint_blocks(&a, &rare, 1, &pdf), ERR_INVALID, "paint.glyph");
}

/* [FL1]  A second one fits on the page, but not with a heading above it. */
TEST(a_heading_goes_overleaf_with_its_drawing)
{
    TEST_ARENA(a, MEMORY);
    struct paint_block blocks[] = {
        { .kind = PAINT_DRAWING, .svg = DRAWING("") },
        { .kind = PAINT_PARAGRAPH, .text = S_INIT("一") },
        { .kind = PAINT_HEADING, .text = S_INIT("二") },
        { .kind = PAINT_DRAWING, .svg = DRAWING("") },
    };
    struct paint_block below[] = { blocks[0], blocks[2], blocks[1] };
    str pdf = S("");

    EXPECT_OK(paint_blocks(&a, blocks, 4, &pdf));
    EXPECT(pages(pdf) == 2);
    EXPECT_OK(paint_blocks(&a, below, 3, &pdf));
    EXPECT(pages(pdf) == 1);
}

/* --- characters ------------------------------------------------------------
 */

/* [PN2] */
TEST(a_character_without_a_face_is_named_with_its_field)
{
    static const struct {
        const char *why;
        const char *holder;
        const char *code; /* NULL: it has one */
    } rows[] = {
        { "in GBK", "示例镕堃有限公司", NULL },
        { "rare, in the whole faces", "示例䶮𠮷有限公司", NULL },
        { "no Chinese letter at all", "Café Zürich № 5", NULL },
        { "a script that no face has", "示例\xF0\x92\x80\x80公司", "U+12000" },
        { "set aside for private use", "示例\xEE\x80\x80公司", "U+E000" },
    };
    TEST_ARENA(a, MEMORY);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct paint_certificate c = test_certificate();
        struct paint_document d = test_certificate_document(&c);
        str pdf = S("");

        c.holder = str_of(rows[i].holder);
        err e = paint_pdf(&a, studio(), &d, &pdf);
        if (rows[i].code == NULL) {
            EXPECT_ROW_OK(rows[i].why, e);
            continue;
        }
        EXPECT_ROW_ERR(rows[i].why, e, ERR_INVALID, "paint.glyph");
        EXPECT_ROW_STR(rows[i].why, err_arg_text(e, "code"),
                       str_of(rows[i].code));
        EXPECT_ROW_STR(rows[i].why, err_arg_text(e, "field"), c.holder);
    }
}

TEST(without_any_face_nothing_is_painted)
{
    TEST_ARENA(a, MEMORY);
    struct studio none = { .fonts = { .folder = "/nowhere" } };
    struct paint_document d = test_flow_document();
    str pdf = S("");

    EXPECT_ERR(paint_pdf(&a, &none, &d, &pdf), ERR_IO, "paint.fonts");
    EXPECT(pdf.n == 0);
}

/* [PF2]  Each face that is used is in the file. */
TEST(rarer_characters_come_from_one_face_more)
{
    static const struct {
        const char *why;
        const char *holder;
        size_t faces;
    } rows[] = {
        { "of GB 2312", "示例电器有限公司", 4 },
        { "of GBK too", "示例镕堃有限公司", 5 },
        { "beyond GBK too", "示例䶮镕有限公司", 6 },
        { "of GB 2312 once more", "示例厨卫有限公司", 4 },
    };
    TEST_ARENA(a, MEMORY);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct paint_certificate c = test_certificate();
        struct paint_document d = test_certificate_document(&c);
        str pdf = S("");

        c.holder = str_of(rows[i].holder);
        EXPECT_ROW_OK(rows[i].why, paint_pdf(&a, studio(), &d, &pdf));
        EXPECT_ROW(rows[i].why, count(pdf, S("/FontFile3 ")) == rows[i].faces);
    }
}

/* [PL3]  The second time it would be among what is kept. */
TEST(a_character_of_the_mark_without_a_face_is_refused_again_and_again)
{
    TEST_ARENA(a, MEMORY);
    struct paint_certificate c = test_certificate();
    struct paint_document d = test_certificate_document(&c);
    str pdf = S("");

    c.seal = S("服务\xEE\x80\x80");
    for (int i = 0; i < 3; i++) {
        err e = paint_pdf(&a, studio(), &d, &pdf);

        EXPECT_ERR(e, ERR_INVALID, "paint.glyph");
        EXPECT_STR(err_arg_text(e, "code"), S("U+E000"));
    }
}

TEST(a_cell_without_a_face_is_named_by_its_column)
{
    TEST_ARENA(a, MEMORY);
    struct paint_cell cells[] = { { S("1") }, { S("\xEE\x80\x80") } };
    struct paint_row row = { { cells, 2 }, false };
    struct paint_column columns[] = { { S("序号"), 200, PAINT_LEFT },
                                      { S("要求"), 800, PAINT_LEFT } };
    struct paint_block table = { .kind = PAINT_TABLE,
                                 .columns = { columns, 2 },
                                 .rows = { &row, 1 } };
    struct paint_document d = test_flow_document();
    str pdf;

    d.blocks = (struct list){ &table, 1 };
    err e = paint_pdf(&a, studio(), &d, &pdf);
    EXPECT_ERR(e, ERR_INVALID, "paint.glyph");
    EXPECT_STR(err_arg_text(e, "field"), S("要求"));
}

/* --- the certificate [CP1] ---------------------------------------------------
 */

/* `n` characters of text. */
static str long_text(struct arena *a, size_t n)
{
    struct buf b;
    str text = S("");

    buf_init(&b, a, n * 3);
    for (size_t i = 0; i < n; i++)
        buf_str(&b, S("售"));
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

TEST(a_certificate_holds_its_text_on_one_page_or_is_refused)
{
    static const struct {
        const char *why;
        size_t scope;
        bool fits;
    } rows[] = { { "usual", 40, true },
                 { "long, in smaller letters", 700, true },
                 { "longer than any page", 3000, false } };
    TEST_ARENA(a, MEMORY);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct paint_certificate c = test_certificate();
        struct paint_document d = test_certificate_document(&c);
        struct paint_field field = { S("范围"), S("Scope"),
                                     long_text(&a, rows[i].scope), S("") };
        str pdf = S("");

        c.fields = (struct list){ &field, 1 };
        err e = paint_pdf(&a, studio(), &d, &pdf);
        if (rows[i].fits) {
            EXPECT_ROW_OK(rows[i].why, e);
            EXPECT_ROW(rows[i].why, pages(pdf) == 1);
        } else {
            EXPECT_ROW_ERR(rows[i].why, e, ERR_LIMIT, "paint.room");
        }
    }
}

TEST(a_certificate_goes_without_what_it_does_not_have)
{
    TEST_ARENA(a, MEMORY);
    struct paint_certificate c = { .title = S("证书"),
                                   .number = S("1"),
                                   .holder = S("示例"),
                                   .body = S("示例中心") };
    struct paint_document d = test_certificate_document(&c);
    str pdf = S("");

    EXPECT_OK(paint_pdf(&a, studio(), &d, &pdf));
    EXPECT(pages(pdf) == 1);
}

TEST(a_code_that_would_be_too_dense_is_refused)
{
    TEST_ARENA(a, MEMORY);
    struct paint_certificate c = test_certificate();
    struct paint_document d = test_certificate_document(&c);
    str pdf;

    c.qr = long_text(&a, 1200); /* 3600 bytes; M takes 2331 */
    EXPECT_ERR(paint_pdf(&a, studio(), &d, &pdf), ERR_LIMIT, "paint.code");
}

/* --- pages [FL1]..[FL3]
 * --------------------------------------------------------- */

/* A table of so many rows. */
static struct paint_block table_of(struct arena *a, size_t n, str cell)
{
    static struct paint_column column = { S_INIT("网点"), 1000, PAINT_LEFT };
    struct paint_row *rows = arena_array(a, n, sizeof *rows);
    struct paint_cell *cells = arena_array(a, n, sizeof *cells);

    for (size_t i = 0; rows != NULL && cells != NULL && i < n; i++) {
        cells[i].text = cell;
        rows[i].cells = (struct list){ &cells[i], 1 };
    }
    return (struct paint_block){ .kind = PAINT_TABLE,
                                 .columns = { &column, 1 },
                                 .rows = { rows, n } };
}

TEST(rows_go_on_overleaf)
{
    static const struct {
        const char *why;
        size_t rows;
        size_t characters; /* of each */
        size_t pages;
    } rows[] = {
        { "no row: the title alone", 0, 1, 1 },
        { "a page of rows", 28, 8, 1 },
        { "sixty outlets", 60, 8, 2 },
        { "five thousand characters in one row", 1, 5000, 3 },
    };
    TEST_ARENA(a, MEMORY);

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct paint_block b =
            table_of(&a, rows[i].rows, long_text(&a, rows[i].characters));
        struct paint_document d = test_flow_document();
        str pdf = S("");

        d.blocks = (struct list){ &b, 1 };
        EXPECT_ROW_OK(rows[i].why, paint_pdf(&a, studio(), &d, &pdf));
        EXPECT_ROW(rows[i].why, pages(pdf) == rows[i].pages);
    }
}

/* [PL2]  A drawing of a whole page turns itself upside down. */
TEST(the_border_of_all_further_pages_is_in_the_file_once)
{
    TEST_ARENA(a, MEMORY);
    struct paint_certificate c = test_certificate();
    struct paint_document d = test_certificate_document(&c);
    struct paint_block b = table_of(&a, 90, S("网点"));
    str pdf = S("");

    d.blocks = (struct list){ &b, 1 };
    EXPECT_OK(paint_pdf(&a, studio(), &d, &pdf));
    EXPECT(pages(pdf) == 4);
    EXPECT(count(pdf, S("/Matrix [ 1 0 0 -1 ")) == 2);
}

TEST(parts_that_are_empty_take_no_room)
{
    TEST_ARENA(a, MEMORY);
    struct paint_block blocks[] = {
        { .kind = PAINT_HEADING }, { .kind = PAINT_PARAGRAPH },
        { .kind = PAINT_NOTE },    { .kind = PAINT_FIELDS },
        { .kind = PAINT_TABLE },   { .kind = PAINT_LIST },
        { .kind = PAINT_BARS },    { .kind = PAINT_SIGNATURES },
    };
    struct paint_document d = test_flow_document();
    str with = S("");
    str without = S("");

    d.blocks = (struct list){ blocks, sizeof blocks / sizeof *blocks };
    EXPECT_OK(paint_pdf(&a, studio(), &d, &with));
    d.blocks = (struct list){ NULL, 0 };
    EXPECT_OK(paint_pdf(&a, studio(), &d, &without));
    EXPECT(str_eq(with, without));
}
