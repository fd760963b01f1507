/* PDF files as cairo writes them, read and written anew. [PDF1]..[PDF3] */
#include "codec/pdf.h"

#include "base/buf.h"
#include "base/test.h"

/* Two objects, out of order, and what a file needs around them. */
#define HEAD   "%PDF-1.5\n"
#define SECOND "2 0 obj\n<< /A (b) >>\nendobj\n"
#define FIRST  "1 0 obj\n<< /Type /Catalog >>\nendobj\n"
#define ENTRIES                                                                \
    "0000000000 65535 f \n0000000037 00000 n \n0000000009 00000 n \n"
#define TABLE   "xref\n0 3\n" ENTRIES
#define TRAILER "trailer\n<< /Size 3\n   /Root 1 0 R\n   /Info 2 0 R\n>>\n"
#define TAIL    "startxref\n73\n%%EOF\n"
#define WHOLE   HEAD SECOND FIRST TABLE TRAILER TAIL

TEST(a_file_is_read_object_by_object)
{
    TEST_ARENA(a, 1 << 20);
    struct pdf p = { 0 };

    EXPECT_OK(pdf_open(&a, S(WHOLE), &p));
    EXPECT(p.count == 3 && p.used == 2 && p.root == 1 && p.info == 2);
    EXPECT_STR(p.head, S(HEAD));
    EXPECT_STR(p.objects[1].body, S("<< /Type /Catalog >>\n"));
    EXPECT_STR(p.objects[2].body, S("<< /A (b) >>\n"));
    EXPECT(p.order[0] == 2 && p.order[1] == 1);
}

/* [PDF2] */
TEST(a_file_without_changes_is_written_as_it_was)
{
    TEST_ARENA(a, 1 << 20);
    struct pdf p = { 0 };
    str out = S("");

    EXPECT_OK(pdf_open(&a, S(WHOLE), &p));
    EXPECT_OK(pdf_write(&a, &p, NULL, 0, &out));
    EXPECT_STR(out, S(WHOLE));
}

/* [PDF3] */
TEST(a_file_with_changes_can_be_read_again)
{
    static const struct pdf_change changes[] = {
        { 2, S_INIT("<< /A (longer than it was) >>\n") },
        { 3, S_INIT("<< /New true >>\n") },
    };
    TEST_ARENA(a, 1 << 20);
    struct pdf p = { 0 };
    struct pdf back = { 0 };
    str out = S("");

    EXPECT_OK(pdf_open(&a, S(WHOLE), &p));
    EXPECT_OK(pdf_write(&a, &p, changes, 2, &out));
    EXPECT_OK(pdf_open(&a, out, &back));
    EXPECT(back.count == 4 && back.root == 1 && back.info == 2);
    EXPECT_STR(back.objects[1].body, p.objects[1].body);
    EXPECT_STR(back.objects[2].body, changes[0].body);
    EXPECT_STR(back.objects[3].body, changes[1].body);
}

/* [PDF1] */
TEST(a_file_that_is_not_as_cairo_writes_it_is_refused)
{
    static const struct {
        const char *why;
        const char *text;
    } rows[] = {
        { "nothing", "" },
        { "no PDF", "x" WHOLE },
        { "something after its end", WHOLE "\n" },
        { "no table where it says",
          HEAD SECOND FIRST TABLE TRAILER "startxref\n74\n%%EOF\n" },
        { "a table beyond the file",
          HEAD SECOND FIRST TABLE TRAILER "startxref\n9999\n%%EOF\n" },
        { "a number longer than a size",
          HEAD SECOND FIRST TABLE TRAILER "startxref\n99999999999\n%%EOF\n" },
        { "more objects than entries",
          HEAD SECOND FIRST "xref\n0 4\n" ENTRIES TRAILER TAIL },
        { "no object at all",
          HEAD SECOND FIRST "xref\n0 1\n0000000000 65535 f \n" TRAILER TAIL },
        { "an object that stands elsewhere", HEAD SECOND FIRST
          "xref\n0 3\n0000000000 65535 f \n"
          "0000000038 00000 n \n0000000009 00000 n \n" TRAILER TAIL },
        { "two objects in one place", HEAD SECOND FIRST
          "xref\n0 3\n0000000000 65535 f \n"
          "0000000009 00000 n \n0000000009 00000 n \n" TRAILER TAIL },
        { "an object of a later generation", HEAD SECOND FIRST
          "xref\n0 3\n0000000000 65535 f \n"
          "0000000037 00001 n \n0000000009 00000 n \n" TRAILER TAIL },
        { "an object that is free", HEAD SECOND FIRST
          "xref\n0 3\n0000000000 65535 f \n"
          "0000000037 00000 f \n0000000009 00000 n \n" TRAILER TAIL },
        { "an earlier revision", HEAD SECOND FIRST TABLE
          "trailer\n<< /Size 3 /Root 1 0 R /Prev 9 >>\n" TAIL },
        { "no catalogue",
          HEAD SECOND FIRST TABLE "trailer\n<< /Size 3 >>\n" TAIL },
        { "a catalogue that is not there",
          HEAD SECOND FIRST TABLE "trailer\n<< /Root 3 0 R >>\n" TAIL },
    };
    TEST_ARENA(a, 1 << 20);
    struct pdf p = { 0 };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_ROW_ERR(rows[i].why, pdf_open(&a, str_of(rows[i].text), &p),
                       ERR_INVALID, "pdf.form");
    EXPECT(p.count == 0);
}

/* A stranger's file can have them in any order: as many as there may be take no
 * longer for that. */
TEST(a_file_with_all_its_objects_backwards_is_read)
{
    enum { OBJECTS = PDF_OBJECTS - 1, EACH = 19 };
    TEST_ARENA(a, 64 << 20);
    struct pdf p = { 0 };
    struct buf b;
    str file = S("");

    buf_init(&b, &a, 8 << 20);
    buf_str(&b, S(HEAD));
    for (size_t i = OBJECTS; i > 0; i--)
        buf_printf(&b, "%05zu 0 obj\nendobj\n", i);
    size_t table = b.n;
    EXPECT(table == S(HEAD).n + OBJECTS * (size_t)EACH);
    buf_printf(&b, "xref\n0 %d\n0000000000 65535 f \n", OBJECTS + 1);
    for (size_t i = 1; i <= OBJECTS; i++)
        buf_printf(&b, "%010zu 00000 n \n",
                   S(HEAD).n + (OBJECTS - i) * (size_t)EACH);
    buf_printf(&b, "trailer\n<< /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n",
               table);
    EXPECT_OK(buf_done(&b, &file));
    EXPECT_OK(pdf_open(&a, file, &p));
    EXPECT(p.used == OBJECTS && p.order[0] == OBJECTS);
}

/* [PDF3] */
TEST(an_object_may_say_what_the_end_of_a_file_says)
{
    static const struct pdf_change changes[] = {
        { 2, S_INIT("(startxref\n9\n%%EOF\n)\n") }
    };
    TEST_ARENA(a, 1 << 20);
    struct pdf p = { 0 };
    struct pdf back = { 0 };
    str out = S("");

    EXPECT_OK(pdf_open(&a, S(WHOLE), &p));
    EXPECT_OK(pdf_write(&a, &p, changes, 1, &out));
    EXPECT_OK(pdf_open(&a, out, &back));
    EXPECT_STR(back.objects[2].body, changes[0].body);
}

/* Offsets that no file of this length has. */
TEST(a_refusal_names_a_place_in_the_file)
{
    TEST_ARENA(a, 1 << 20);
    struct pdf p = { 0 };
    str file = S(HEAD SECOND FIRST
                 "xref\n0 3\n0000000000 65535 f \n"
                 "8000000037 00000 n \n8000000009 00000 n \n" TRAILER TAIL);
    err e = pdf_open(&a, file, &p);

    EXPECT_ERR(e, ERR_INVALID, "pdf.form");
    EXPECT(e.info->args[0].number <= (int64_t)file.n);
}

/* One byte of it changed, or its end cut off: refused, or read without harm. */
TEST(no_file_that_was_altered_does_harm)
{
    char text[] = WHOLE;
    const size_t n = sizeof text - 1;

    for (size_t i = 0; i < n; i++) {
        TEST_ARENA(a, 1 << 20);
        struct pdf p;
        str out;

        text[i] ^= 0x11;
        if (!failed(pdf_open(&a, (str){ text, n }, &p)))
            EXPECT_OK(pdf_write(&a, &p, NULL, 0, &out));
        text[i] ^= 0x11;
        EXPECT_ERR(pdf_open(&a, (str){ text, i }, &p), ERR_INVALID, "pdf.form");
    }
}

static err open_and_write(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct pdf p;
    str out;

    arena_init(&a, h, 1 << 20);
    TRY(pdf_open(&a, S(WHOLE), &p));
    return pdf_write(&a, &p, NULL, 0, &out);
}

TEST(memory_may_end_at_any_moment_of_reading_and_writing_a_file)
{
    EXPECT(test_every_allocation_fails(open_and_write, NULL, NULL) > 0);
}
