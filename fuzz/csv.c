/* Any bytes as a table; the first says which separator.  Every call goes on,
 * every row is what csv.h says, and written with quotes it is read as itself.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/heap.h"
#include "codec/csv.h"
#include "codec/utf8.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void write_field(struct buf *b, str field)
{
    buf_char(b, '"');
    for (size_t i = 0; i < field.n; i++) {
        if (field.p[i] == '"')
            buf_char(b, '"');
        buf_char(b, field.p[i]);
    }
    buf_char(b, '"');
}

static void check_again(struct arena *a, const struct csv_row *row)
{
    struct csv_row back = { 0 };
    struct csv c;
    struct buf b;
    str text;
    bool found;

    buf_init(&b, a, 4 << 20);
    for (size_t i = 0; i < row->n; i++) {
        write_field(&b, row->fields[i]);
        buf_str(&b, i + 1 < row->n ? S(",") : S("\r\n"));
    }
    check(!failed(buf_done(&b, &text)));
    if (text.n > CSV_ROW_BYTES_MAX)
        return;

    csv_init(&c, text, ',');
    check(!failed(csv_next(&c, a, &back, &found)) && found);
    check(back.n == row->n && back.line == 1);
    for (size_t i = 0; i < row->n; i++)
        check(str_eq(back.fields[i], row->fields[i]));
    check(!failed(csv_next(&c, a, &back, &found)) && !found);
}

static void check_row(const struct csv *c, const struct csv_row *row,
                      int64_t after)
{
    check(row->line > after && row->line <= c->line);
    check(row->n >= 1 && row->n <= CSV_FIELDS_MAX);
    for (size_t i = 0; i < row->n; i++) {
        check(row->fields[i].n <= CSV_ROW_BYTES_MAX);
        check(utf8_check(row->fields[i], NULL));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    struct csv c;
    int64_t after = 0;

    if (n == 0)
        return 0;
    csv_init(&c, (str){ (const char *)bytes + 1, n - 1 },
             bytes[0] % 2 == 0 ? ',' : '\t');
    for (bool found = true; found;) {
        scoped(arena_end) struct arena a;
        struct csv_row row = { 0 };
        size_t was = c.at;

        arena_init(&a, &h, 64 << 20);
        err e = csv_next(&c, &a, &row, &found);
        check(!failed(e) || (e.info->code == ERR_INVALID && row.n == 0));
        check(!found || c.at > was);
        check(c.at <= c.text.n);
        if (!found || failed(e))
            continue;
        check_row(&c, &row, after);
        check_again(&a, &row);
        after = row.line;
    }
    return 0;
}
