/* Any bytes as a workbook; or, behind a first byte that says so, as its sheet,
 * its shared texts or its styles.  It is refused with a reason of its own, or
 * becomes a table in UTF-8 whose quotes are closed, twice the same. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "base/size.h"
#include "codec/fields.h"
#include "codec/utf8.h"
#include "excel/xlsx.h"

#include <stdint.h>
#include <stdlib.h>
#include <zip.h>

#define TYPE                                                                   \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

enum { ARENA = 256 << 20 };

static const struct {
    const char *name;
    str text;
} parts[] = {
    { "xl/worksheets/sheet1.xml",
      S_INIT("<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c s=\"1\">"
             "<v>46350.5</v></c></row></sheetData></worksheet>") },
    { "xl/sharedStrings.xml", S_INIT("<sst><si><t>a,b</t></si></sst>") },
    { "xl/styles.xml",
      S_INIT("<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/>"
             "</cellXfs></styleSheet>") },
    { "_rels/.rels", S_INIT("<R><Relationship Type=\"" TYPE "officeDocument\" "
                            "Target=\"xl/workbook.xml\"/></R>") },
    { "xl/workbook.xml",
      S_INIT("<workbook xmlns:r=\"r\"><sheets><sheet name=\"s\" r:id=\"1\"/>"
             "</sheets></workbook>") },
    { "xl/_rels/workbook.xml.rels",
      S_INIT("<R><Relationship Id=\"1\" Type=\"" TYPE "worksheet\" "
             "Target=\"worksheets/sheet1.xml\"/><Relationship Type=\"" TYPE
             "sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship "
             "Type=\"" TYPE "styles\" Target=\"styles.xml\"/></R>") },
};

/* A workbook with part number `own` replaced. */
static str pack(struct arena *a, size_t own, str text)
{
    zip_source_t *to = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = zip_open_from_source(to, ZIP_TRUNCATE, NULL);
    zip_stat_t size;

    check(to != NULL && zip != NULL);
    zip_source_keep(to);
    for (size_t i = 0; i < COUNT(parts); i++) {
        str t = i == own ? text : parts[i].text;
        zip_int64_t at =
            zip_file_add(zip, parts[i].name,
                         zip_source_buffer(zip, t.p, t.n, 0), ZIP_FL_OVERWRITE);

        check(at >= 0);
        check(zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE,
                                       0) == 0);
    }
    check(zip_close(zip) == 0);
    check(zip_source_stat(to, &size) == 0 && zip_source_open(to) == 0);
    char *made = arena_zero(a, size.size);
    check(made != NULL);
    check(zip_source_read(to, made, size.size) == (zip_int64_t)size.size);
    check(zip_source_close(to) == 0);
    zip_source_free(to);
    return (str){ made, size.size };
}

static err read_all(struct arena *a, str workbook, str *out)
{
    struct xlsx_source from = { .bytes = workbook };
    scoped(xlsx_close) struct xlsx *x = NULL;
    struct buf b;
    size_t sheet;

    TRY(xlsx_open(a, a->heap, &from, &x));
    TRY(xlsx_choose(x, S(""), &sheet));
    TRY(xlsx_begin(x, sheet));
    buf_init(&b, a, XLSX_READ_BYTES + XLSX_CELL_BYTES);
    for (bool more = true; more;)
        TRY(xlsx_read(x, &b, &more));
    return buf_done(&b, out);
}

static void check_table(str text)
{
    check(utf8_check(text, NULL));
    check(!fields_odd_quotes(text));
    check(text.n == 0 || text.p[text.n - 1] == '\n');
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n == 0)
        return 0;

    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str workbook = { (const char *)bytes, n };
    str once = S("");
    str again = S("");

    arena_init(&a, &h, ARENA);
    if (bytes[0] >= '0' && bytes[0] < '3')
        workbook = pack(&a, (size_t)(bytes[0] - '0'), str_from(workbook, 1));
    err e = read_all(&a, workbook, &once);
    check(!failed(e) || once.n == 0);
    check(!failed(e) || e.info->code == ERR_INVALID ||
          e.info->code == ERR_LIMIT || e.info->code == ERR_MEMORY);
    if (failed(e))
        return 0;
    check_table(once);
    check(!failed(read_all(&a, workbook, &again)) && str_eq(once, again));
    return 0;
}
