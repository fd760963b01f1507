/* Drawings, laid. [PL2] [TI3]  That a document looks as if they had been drawn
 * in it, paint_test.c and tests/papers.sh see. */
#include "paint/plate.h"

#include "base/heap.h"
#include "base/test.h"
#include "paint/tidy.h"
#include "paint/written.h"

enum { MEMORY = 16 << 20 };

/* A page on which plates are laid, then the file. */
struct page {
    struct plates plates;
    struct ink ink;
    struct buf b;
    cairo_surface_t *surface;
};

static void begin(struct page *p, struct arena *a)
{
    static struct heap heap;

    heap = HEAP_LIBC;
    plates_init(&p->plates, &heap);
    buf_init(&p->b, a, WRITTEN_MOST);
    p->surface = written_begin(&p->b);
    p->ink =
        (struct ink){ .cr = cairo_create(p->surface), .plates = &p->plates };
}

static void end(struct page *p, struct arena *a, str *out)
{
    str bytes = S("");

    cairo_show_page(p->ink.cr);
    cairo_destroy(p->ink.cr);
    EXPECT_OK(written_end(a, p->surface, &p->b, &bytes));
    EXPECT_OK(tidy_pdf(a, bytes, &p->plates, S("en"), out));
    plates_end(&p->plates);
}

/* A figure whose stream is this and refers to one object. */
static struct plate plate_of(const struct pdf_object *part, str stream)
{
    return (struct plate){ .about = S("   /BBox [ 0 0 7 7 ]\n"),
                           .stream = stream,
                           .resources = S("<< /XObject << /a 9 0 R >> >>\n"),
                           .parts = part,
                           .n = 1 };
}

static bool holds(const struct pdf *p, size_t number, str text)
{
    return number < p->count && str_contains(p->objects[number].body, text);
}

TEST(a_plate_takes_the_place_of_what_stood_in_for_it)
{
    TEST_ARENA(a, MEMORY);
    const struct pdf_object part = { 9, S("<< /Part 9 0 R >>\n") };
    struct plate plate = plate_of(&part, S("drawn"));
    struct page page = { 0 };
    struct pdf p = { 0 };
    size_t figure = 1;
    str pdf = S("");

    begin(&page, &a);
    EXPECT_OK(plate_lay(&a, &page.ink, &plate));
    EXPECT_OK(plate_lay(&a, &page.ink, &plate)); /* [PL2] */
    end(&page, &a, &pdf);
    EXPECT_OK(pdf_open(&a, pdf, &p));
    EXPECT(!str_contains(pdf, S("4000")));
    while (figure < p.count && !holds(&p, figure, S("/BBox [ 0 0 7 7 ]")))
        figure++;
    EXPECT(holds(&p, figure, S(">>\nstream\ndrawn\nendstream\n")));
    /* the part is the last object and refers to itself by its new number */
    EXPECT(holds(&p, p.count - 1, S("<< /Part ")));
    EXPECT(!holds(&p, p.count - 1, S(" 9 0 R")));
    EXPECT(!holds(&p, p.count - 2, S("<< /Part ")));
}

TEST(only_so_many_plates_go_on_a_document)
{
    static const char streams[PLATES_LAID + 1][2] = { "a", "b", "c", "d", "e" };
    TEST_ARENA(a, MEMORY);
    const struct pdf_object part = { 9, S("<< >>\n") };
    struct page page = { 0 };
    str pdf = S("");

    begin(&page, &a);
    for (size_t i = 0; i <= PLATES_LAID; i++) {
        struct plate plate = plate_of(&part, str_of(streams[i]));
        err e = plate_lay(&a, &page.ink, &plate);

        if (i < PLATES_LAID)
            EXPECT_OK(e);
        else
            EXPECT_ERR(e, ERR_LIMIT, "buf.limit");
    }
    end(&page, &a, &pdf);
}

/* [TI3]  A file that was not written for them. */
TEST(a_file_without_the_figure_that_stood_in_is_refused)
{
    TEST_ARENA(a, MEMORY);
    const struct pdf_object part = { 9, S("<< >>\n") };
    struct plate plate = plate_of(&part, S("drawn"));
    struct page page = { 0 };
    struct page other = { 0 };
    str bytes = S("");
    str pdf = S("");

    begin(&page, &a);
    EXPECT_OK(plate_lay(&a, &page.ink, &plate));
    begin(&other, &a);
    end(&other, &a, &bytes);
    EXPECT_ERR(tidy_pdf(&a, bytes, &page.plates, S("en"), &pdf), ERR_INVALID,
               "pdf.form");
    end(&page, &a, &pdf);
}
