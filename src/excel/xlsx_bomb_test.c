/* Workbooks made to do harm, through the reader that is apart: each is refused
 * in a sentence of its own, in memory that has bounds, and the next one is read
 * as if nothing had been. [WB1] [XL6] [XP2] [XP3] */

#include "excel/xlsx_apart.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/size.h"
#include "base/test.h"
#include "excel/apart_talk.h"
#include "excel/test_xlsx.h"
#include "excel/xlsx_part.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    ARENA = 1 << 30,
    TEXT = 256 << 20,
    STATUS = 8192, /* bytes of a file of /proc */
    LAUGHS = 30,   /* entities, each ten of the one before */
};

static str repeated(struct arena *a, const char *before, const char *what,
                    size_t n, const char *after)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, TEXT);
    buf_str(&b, str_of(before));
    for (size_t i = 0; i < n; i++)
        buf_str(&b, str_of(what));
    buf_str(&b, str_of(after));
    check(!failed(buf_done(&b, &out)));
    return out;
}

static str book_of(struct arena *a, str sheet, const char *strings)
{
    const struct test_book book = { .sheet = sheet.p, .strings = strings };

    return test_workbook(a, &book);
}

/* --- bombs --------------------------------------------------------------- */

enum { BEYOND = PART_RATIO_FROM + PART_RATIO_FROM / 4 };

static str blanks(struct arena *a)
{
    return book_of(a,
                   repeated(a, "<sheetData>", "                ", BEYOND / 16,
                            "</sheetData>"),
                   NULL);
}

/* The zeros stand behind the table that is there. */
static str blanks_at_the_end(struct arena *a)
{
    str table = repeated(a, "", "<row><c><v>1</v></c></row>", 2000, "");
    str rest = repeated(a, "", "                ", BEYOND / 16, "");
    struct buf b;
    str sheet = S("");

    buf_init(&b, a, TEXT);
    buf_printf(&b, "<sheetData>%s%s</sheetData>", table.p, rest.p);
    check(!failed(buf_done(&b, &sheet)));
    return book_of(a, sheet, NULL);
}

static str shared_texts(struct arena *a)
{
    str one = repeated(a, "<si><t>", "0123456789abcdef", 1 << 15, "</t></si>");

    return book_of(a, S("<sheetData/>"),
                   repeated(a, "", one.p, BEYOND / one.n + 1, "").p);
}

/* Each cell names the one long text. */
static str one_text_in_every_cell(struct arena *a)
{
    str text = repeated(a, "<si><t>", "0123456789", 100000, "</t></si>");

    return book_of(a,
                   repeated(a, "<sheetData><row>", "<c t=\"s\"><v>0</v></c>",
                            1000, "</row></sheetData>"),
                   text.p);
}

static str endless_row(struct arena *a)
{
    return book_of(a,
                   repeated(a, "<sheetData><row>", "<c><v>1</v></c>",
                            XLSX_COLUMNS_MAX + 1, "</row></sheetData>"),
                   NULL);
}

static str endless_rows(struct arena *a)
{
    return book_of(a,
                   repeated(a, "<sheetData>", "<row/>", XLSX_ROWS_MAX + 1,
                            "</sheetData>"),
                   NULL);
}

static str endless_cell(struct arena *a)
{
    return book_of(a,
                   repeated(a, "<sheetData><row><c t=\"str\"><v>", "01234567",
                            BEYOND / 8, "</v></c></row></sheetData>"),
                   NULL);
}

/* More of a tag than a parser holds. */
static str endless_tag(struct arena *a)
{
    return book_of(a,
                   repeated(a, "<sheetData a=\"", "01234567", BEYOND / 8,
                            "\"/>"),
                   NULL);
}

static str depth(struct arena *a)
{
    return book_of(a, repeated(a, "", "<row>", 100000, ""), NULL);
}

/* "A billion laughs", if anybody were to expand them. */
static str laughs(struct arena *a)
{
    struct test_part parts[] = { { "_rels/.rels", S_INIT("") } };
    struct buf b;

    buf_init(&b, a, TEXT);
    buf_str(&b, S("<!DOCTYPE r [<!ENTITY l0 \"ha\">"));
    for (int i = 1; i < LAUGHS; i++) {
        buf_printf(&b, "<!ENTITY l%d \"", i);
        for (int k = 0; k < 10; k++)
            buf_printf(&b, "&l%d;", i - 1);
        buf_str(&b, S("\">"));
    }
    buf_printf(&b, "]><Relationships>&l%d;</Relationships>", LAUGHS - 1);
    check(!failed(buf_done(&b, &parts[0].text)));
    return test_archive(a, parts, COUNT(parts));
}

/* A file of the machine, by an entity. */
static str strange_file(struct arena *a)
{
    static const struct test_part parts[] = {
        { "_rels/.rels",
          S_INIT("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                 "<Relationships>&x;</Relationships>") }
    };

    return test_archive(a, parts, COUNT(parts));
}

/* An archive in an archive, where a sheet should be, and where a workbook
 * should. */
static str archive_as_sheet(struct arena *a)
{
    str inner = blanks(a);
    struct test_part parts[] = {
        { "_rels/.rels", S_INIT("<R><Relationship Type=\"x/officeDocument\" "
                                "Target=\"w.xml\"/></R>") },
        { "w.xml", S_INIT("<workbook xmlns:r=\"r\"><sheets><sheet name=\"s\" "
                          "r:id=\"1\"/></sheets></workbook>") },
        { "_rels/w.xml.rels",
          S_INIT("<R><Relationship Id=\"1\" Type=\"x/worksheet\" "
                 "Target=\"inner.xlsx\"/></R>") },
        { "inner.xlsx", inner },
    };

    return test_archive(a, parts, COUNT(parts));
}

static str archive_in_archive(struct arena *a)
{
    str inner = blanks(a);

    for (int i = 0; i < 5; i++) {
        struct test_part parts[] = { { "inner.xlsx", inner } };

        inner = test_archive(a, parts, COUNT(parts));
    }
    return inner;
}

/* In the archive's list, what stands `at` behind the name of the last part:
 * four bytes. */
static void lie(str archive, size_t at, uint32_t says)
{
    char *last = NULL;

    for (size_t i = 0; i + 4 < archive.n; i++) {
        if (memcmp(archive.p + i, "PK\1\2", 4) == 0)
            last = (char *)(uintptr_t)archive.p + i;
    }
    check(last != NULL);
    for (int i = 0; i < 4; i++)
        last[at + (size_t)i] = (char)(says >> (8 * i));
}

enum { PACKED_AT = 20, UNPACKED_AT = 24 };

/* By its size a part is small. */
static str size_that_lies(struct arena *a)
{
    str bytes = blanks(a);

    lie(bytes, UNPACKED_AT, 100);
    return bytes;
}

/* By what it takes in the archive it may become large: no more than the file
 * has bytes can be true. */
static str packed_size_that_lies(struct arena *a)
{
    str bytes = blanks(a);

    lie(bytes, PACKED_AT, INT32_MAX);
    return bytes;
}

static const struct bomb {
    const char *why;
    str (*make)(struct arena *a);
    enum err_code code;
    const char *id;
    int megabytes; /* below which the reader's memory stays */
} bombs[] = {
    { "a sheet of blanks", blanks, ERR_LIMIT, "xlsx.bomb", 50 },
    { "a table, then blanks", blanks_at_the_end, ERR_LIMIT, "xlsx.bomb", 50 },
    { "texts without end", shared_texts, ERR_LIMIT, "xlsx.bomb", 50 },
    { "one text in every cell", one_text_in_every_cell, ERR_LIMIT, "xlsx.bomb",
      300 },
    { "a row without end", endless_row, ERR_INVALID, "xlsx.order", 50 },
    { "rows without end", endless_rows, ERR_INVALID, "xlsx.order", 50 },
    { "a cell without end", endless_cell, ERR_LIMIT, "xlsx.cell", 50 },
    { "a tag without end", endless_tag, ERR_INVALID, "xlsx.damaged", 50 },
    { "elements in elements", depth, ERR_INVALID, "xlsx.damaged", 50 },
    { "entities of entities", laughs, ERR_INVALID, "xlsx.damaged", 50 },
    { "an entity that is a file", strange_file, ERR_INVALID, "xlsx.damaged",
      50 },
    { "an archive as a sheet", archive_as_sheet, ERR_INVALID, "xlsx.damaged",
      50 },
    { "archives in archives", archive_in_archive, ERR_INVALID,
      "xlsx.not_workbook", 50 },
    { "a size that lies", size_that_lies, ERR_LIMIT, "xlsx.bomb", 50 },
    { "a packed size that lies", packed_size_that_lies, ERR_LIMIT, "xlsx.bomb",
      50 },
};

/* --- what becomes of them ------------------------------------------------ */

static err read_all(struct xlsx_apart *x, struct arena *a, str *out)
{
    size_t sheet;

    TRY(xlsx_apart_choose(x, S(""), &sheet));
    TRY(xlsx_apart_begin(x, sheet));
    return xlsx_apart_text(x, a, TEXT, out);
}

/* Kilobytes that the reader had at most; 0 where it ended, or where a
 * sanitizer's own memory makes it another number. */
static long memory_of(const struct xlsx_apart *x)
{
#ifdef ARENA_EXACT
    (void)x;
    return 0;
#else
    char text[STATUS] = { 0 };
    char path[64];

    if (x->child.pid == 0)
        return 0;
    (void)snprintf(path, sizeof path, "/proc/%d/status", x->child.pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    EXPECT(read(fd, text, sizeof text - 1) > 0);
    EXPECT(close(fd) == 0);
    const char *line = strstr(text, "VmHWM:");
    return line == NULL ? 0 : strtol(line + 6, NULL, 10);
#endif
}

static err open_and_read(struct arena *a, str bytes, str *out, long *memory)
{
    const struct xlsx_source from = { .bytes = bytes };
    scoped(xlsx_apart_close) struct xlsx_apart *x = NULL;

    TRY(xlsx_apart_open(a, &from, &x));
    err e = read_all(x, a, out);
    *memory = memory_of(x);
    return e;
}

TEST(every_bomb_is_refused_in_its_own_words_and_the_next_workbook_is_read)
{
    TEST_ARENA(outer, ARENA);
    str good =
        book_of(&outer, S("<sheetData><row><c><v>7</v></c></row></sheetData>"),
                NULL);

    for (size_t i = 0; i < COUNT(bombs); i++) {
        TEST_ARENA(a, ARENA);
        str out = S("untouched");
        long memory = 0;
        const char *why = bombs[i].why;

        EXPECT_ROW_ERR(why, open_and_read(&a, bombs[i].make(&a), &out, &memory),
                       bombs[i].code, bombs[i].id);
        EXPECT_ROW(why, memory < bombs[i].megabytes * 1024L);
        EXPECT_ROW_STR(why, out, S("untouched"));
        EXPECT_ROW_OK(why, open_and_read(&a, good, &out, &memory));
        EXPECT_ROW_STR(why, out, S("7\n"));
    }
}

/* A sheet is not read to its end to learn how many rows it says it has. */
TEST(how_long_a_sheet_is_it_says_in_front_or_not_at_all)
{
    TEST_ARENA(a, ARENA);
    static const char says[] = "<dimension ref=\"A1:B9\"/>"
                               "<sheetData><row><c><v>7</v></c></row>"
                               "</sheetData>";
    static const struct {
        const char *why;
        size_t before; /* times 16 bytes */
        int64_t rows;
    } rows[] = {
        { "at the front", 0, 9 },
        { "a little later", 1000, 9 },
        { "behind two megabytes", 2 << 16, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        str bytes =
            book_of(&a,
                    repeated(&a, "", "                ", rows[i].before, says),
                    NULL);
        const struct xlsx_source from = { .bytes = bytes };
        scoped(xlsx_close) struct xlsx *x = NULL;
        size_t sheet = 1;
        size_t n;

        EXPECT_ROW_OK(rows[i].why, xlsx_open(&a, a.heap, &from, &x));
        EXPECT_ROW_OK(rows[i].why, xlsx_choose(x, S(""), &sheet));
        EXPECT_ROW(rows[i].why, sheet == 0);
        EXPECT_ROW(rows[i].why, xlsx_sheets(x, &n)[0].rows == rows[i].rows);
    }
}

/* --- time [WB4] ---------------------------------------------------------- */

TEST(a_reader_that_is_too_busy_is_given_up_and_told_so)
{
    TEST_ARENA(a, ARENA);
    const struct xlsx_source from = { .bytes = book_of(&a, S("<sheetData/>"),
                                                       NULL) };
    scoped(xlsx_apart_close) struct xlsx_apart *x = NULL;
    str out = S("untouched");

    EXPECT_OK(xlsx_apart_open(&a, &from, &x));
    EXPECT(kill(x->child.pid, SIGXCPU) == 0); /* as the system does [SB3] */
    err e = read_all(x, &a, &out);
    EXPECT_ERR(e, ERR_LIMIT, "xlsx.reader_slow");
    EXPECT(e.info->args[0].number == APART_SECONDS_LEAST);
    EXPECT_STR(out, S("untouched"));
}

TEST(a_larger_workbook_has_more_time_up_to_a_bound)
{
    static const struct {
        off_t bytes;
        int seconds;
    } rows[] = {
        { 0, APART_SECONDS_LEAST },
        { APART_BYTES_A_SECOND - 1, APART_SECONDS_LEAST },
        { APART_BYTES_A_SECOND, APART_SECONDS_LEAST + 1 },
        { (off_t)APART_BYTES_A_SECOND * (APART_SECONDS - APART_SECONDS_LEAST) -
              1,
          APART_SECONDS - 1 },
        { (off_t)APART_BYTES_A_SECOND * (APART_SECONDS - APART_SECONDS_LEAST),
          APART_SECONDS },
        { (off_t)1 << 40, APART_SECONDS },
    };
    TEST_ARENA(a, 1 << 20);
    scoped(memory_file_end) struct memory_file f = MEMORY_FILE_NONE;

    EXPECT_OK(memory_file_new(&a, &f));
    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT(ftruncate(f.fd, rows[i].bytes) == 0);
        EXPECT(apart_seconds(f.fd) == rows[i].seconds);
    }
    EXPECT(apart_seconds(-1) == APART_SECONDS_LEAST);
}
