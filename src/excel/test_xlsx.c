#include "excel/test_xlsx.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "base/test.h"
#include "excel/xlsx.h"

#include <zip.h>

#define MAIN                                                                   \
    "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "     \
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/"         \
    "relationships\""
#define RELATION                                                               \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

enum { TEXT_MAX = 128 << 20 };

static str root_relations(void)
{
    return S("<Relationships><Relationship Id=\"rId1\" Type=\"" RELATION
             "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
}

static const char usual_relations[] =
    "<Relationship Id=\"rId1\" Type=\"" RELATION
    "worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"" RELATION
    "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
    "<Relationship Id=\"rId3\" Type=\"" RELATION
    "styles\" Target=\"styles.xml\"/>";

static str archive(struct arena *a, const struct test_part *parts, size_t n,
                   const char *password)
{
    zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(to, ZIP_TRUNCATE, NULL);
    zip_stat_t size;

    check(to != NULL && zip != NULL);
    zip_source_keep(to);
    for (size_t i = 0; i < n; i++) {
        zip_source_t *from =
            zip_source_buffer(zip, parts[i].text.p, parts[i].text.n, 0);

        check(zip_file_add(zip, parts[i].name, from, ZIP_FL_OVERWRITE) >= 0);
        check(password == NULL ||
              zip_file_set_encryption(zip, i, ZIP_EM_AES_256, password) == 0);
    }
    check(zip_close(zip) == 0);
    check(zip_source_stat(to, &size) == 0 && zip_source_open(to) == 0);
    char *bytes = arena_zero(a, size.size + 1);
    check(bytes != NULL);
    check(zip_source_read(to, bytes, size.size) == (zip_int64_t)size.size);
    check(zip_source_close(to) == 0);
    zip_source_free(to);
    return (str){ bytes, size.size };
}

str test_archive(struct arena *a, const struct test_part *parts, size_t n)
{
    return archive(a, parts, n, NULL);
}

str test_locked(struct arena *a, const struct test_part *parts, size_t n)
{
    return archive(a, parts, n, "password");
}

static str element(struct arena *a, const char *name, const char *content)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, TEXT_MAX);
    buf_printf(&b, "<?xml version=\"1.0\"?><%s " MAIN ">", name);
    buf_str(&b, str_of(content));
    buf_printf(&b, "</%s>", name);
    check(!failed(buf_done(&b, &out)));
    return out;
}

str test_workbook(struct arena *a, const struct test_book *book)
{
    struct test_part parts[TEST_PARTS_MAX];
    size_t n = 0;
    const char *workbook = book->workbook != NULL
                               ? book->workbook
                               : "<sheets><sheet name=\"Sheet1\" "
                                 "sheetId=\"1\" r:id=\"rId1\"/></sheets>";
    const char *relations =
        book->relations != NULL ? book->relations : usual_relations;

    parts[n++] = (struct test_part){ "_rels/.rels", root_relations() };
    parts[n++] = (struct test_part){ "xl/workbook.xml",
                                     element(a, "workbook", workbook) };
    parts[n++] = (struct test_part){ "xl/_rels/workbook.xml.rels",
                                     element(a, "Relationships", relations) };
    parts[n++] = (struct test_part){ "xl/worksheets/sheet1.xml",
                                     element(a, "worksheet", book->sheet) };
    if (book->strings != NULL)
        parts[n++] = (struct test_part){ "xl/sharedStrings.xml",
                                         element(a, "sst", book->strings) };
    if (book->styles != NULL)
        parts[n++] =
            (struct test_part){ "xl/styles.xml",
                                element(a, "styleSheet", book->styles) };
    return test_archive(a, parts, n);
}

static err read_sheet(struct xlsx *x, str sheet, struct buf *b)
{
    size_t i = 0;

    TRY(xlsx_choose(x, sheet, &i));
    TRY(xlsx_begin(x, i));
    for (bool more = true; more;)
        TRY(xlsx_read(x, b, &more));
    return OK;
}

err test_read(struct arena *a, str workbook, str sheet, str *out)
{
    struct xlsx_source from = { .bytes = workbook };
    scoped(xlsx_close) struct xlsx *x = NULL;
    struct buf b;

    TRY(xlsx_open(a, a->heap, &from, &x));
    buf_init(&b, a, TEXT_MAX);
    TRY(read_sheet(x, sheet, &b));
    return buf_done(&b, out);
}

str test_rows(struct arena *a, const char *rows)
{
    struct buf b;
    str sheet = S("");
    str out = S("");

    buf_init(&b, a, TEXT_MAX);
    buf_printf(&b, "<sheetData>%s</sheetData>", rows);
    check(!failed(buf_done(&b, &sheet)));
    struct test_book book = { .sheet = sheet.p };
    EXPECT_OK(test_read(a, test_workbook(a, &book), S(""), &out));
    return out;
}
