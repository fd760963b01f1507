#include "service/import_file.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "codec/csv.h"
#include "codec/utf8.h"
#include "crypto/hash.h"
#include "service/import_json.h"

enum {
    HEAD = 1 << 18,          /* bytes that say what a file is */
    SCRATCH_MAX = 256 << 20, /* of what a piece is turned into */
    GROWS = 3,               /* UTF-8 for a byte of GB18030 */
    SPARE = 64,
    HASHED_AT_ONCE = 1 << 20,
    NAMES_MAX = 1 << 16,
    HEADING_SHOWN = 60,
};

struct import_file {
    struct heap *heap;
    struct source_from from;
    str name; /* as messages call it */
    struct hash hash;
    enum layout_charset charset;
    struct layout layout;
    bool is_json;
    struct import_columns columns; /* of a table */
    size_t fields;
    struct list unused; /* of str */
    struct source source;
    struct source_piece piece;
    struct charset gb18030;
    struct arena scratch; /* of the piece: its text, and the row read last */
    struct csv csv;
    struct import_json json;
};

static err refuse(struct arena *a, const struct import_file *f,
                  const char *message)
{
    return err_new(a, ERR_INVALID, message, ARG_STR("name", f->name));
}

/* --- its hash [IF4] ----------------------------------------------------- */

static err hash_stream(struct arena *a, struct file_stream *s, str path,
                       struct hash *out)
{
    char *p = arena_zero(a, HASHED_AT_ONCE);
    size_t got = HASHED_AT_ONCE;
    struct sha256 h;

    TRY_MEMORY(p);
    sha256_init(&h);
    while (got == HASHED_AT_ONCE) {
        int number = file_stream_read(s, p, HASHED_AT_ONCE, &got);

        if (number != 0)
            return file_err(a, path, number);
        sha256_add(&h, p, got);
    }
    sha256_end(&h, out->b);
    return OK;
}

static err take_hash(struct arena *a, struct import_file *f)
{
    scoped(file_stream_end) struct file_stream s = FILE_STREAM_NONE;
    scoped(arena_end) struct arena own;

    arena_init(&own, f->heap, (size_t)2 * HASHED_AT_ONCE);
    TRY(file_stream_open(f->from.files, a, f->from.path, &s));
    TRY(source_check(a, &f->from, &s));
    return err_keep(a, hash_stream(&own, &s, f->from.path, &f->hash));
}

/* --- what it is [IF1] --------------------------------------------------- */

static err to_utf8(struct import_file *f, struct arena *a, str raw, str *out)
{
    struct buf b;

    *out = raw;
    if (f->charset != CHARSET_GB18030)
        return OK;
    buf_init(&b, a, GROWS * raw.n + SPARE);
    charset_feed(&f->gb18030, raw, &b);
    charset_finish(&f->gb18030, &b);
    return buf_done(&b, out);
}

/* The first of its text, without its mark. */
static err read_head(struct arena *a, struct import_file *f, str *text,
                     bool *whole)
{
    size_t mark = 0;
    str first;

    TRY(source_first(a, f->heap, &f->from, HEAD, &first, whole));
    f->from.workbook = source_is_workbook(first);
    f->charset =
        f->from.workbook ? CHARSET_UTF8 : layout_charset(first, *whole, &mark);
    f->from.charset = f->charset;
    if (f->charset == CHARSET_UNKNOWN)
        return refuse(a, f, "import.charset");
    if (f->from.workbook || f->charset == CHARSET_UTF16LE ||
        f->charset == CHARSET_UTF16BE) {
        TRY(source_first(a, f->heap, &f->from, HEAD, &first, whole));
        (void)layout_charset(first, *whole, &mark);
    }
    if (f->charset == CHARSET_GB18030)
        TRY(charset_begin(a, &f->gb18030));
    return to_utf8(f, a, str_from(first, mark), text);
}

static str first_sign(str text)
{
    size_t at = 0;

    while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\t' ||
                           text.p[at] == '\r' || text.p[at] == '\n'))
        at++;
    return str_first(str_from(text, at), 1);
}

/* --- the columns of a table --------------------------------------------- */

static str heading(const struct csv_row *header, size_t i)
{
    return utf8_first(header->fields[i], HEADING_SHOWN);
}

static err say_unclear(struct arena *a, const struct import_file *f,
                       const struct csv_row *header,
                       const struct import_columns *c)
{
    static const char *const messages[] = {
        [IMPORT_TWICE] = "import.column_twice",
        [IMPORT_EITHER] = "import.column_either",
        [IMPORT_VAGUE] = "import.column_vague",
    };
    str columns;

    TRY(import_labels(a, c->columns, &columns));
    return err_new(a, ERR_INVALID, messages[c->unclear],
                   ARG_STR("name", f->name),
                   ARG_STR("first", heading(header, c->first)),
                   ARG_STR("second", heading(header, c->second)),
                   ARG_IDS("column", columns), ARG_IDS("columns", columns));
}

/* Names of columns as the header has them. */
static err found_names(struct arena *a, const struct csv_row *header, str *out)
{
    struct buf b;

    buf_init(&b, a, NAMES_MAX);
    for (size_t i = 0; i < header->n; i++) {
        buf_str(&b, i > 0 ? S(", ") : S(""));
        buf_str(&b, header->fields[i]);
    }
    return buf_done(&b, out);
}

static err check_columns(struct arena *a, const struct import_file *f,
                         const struct csv_row *header,
                         const struct import_columns *columns)
{
    unsigned lacking = import_columns_lacking(columns, header->n);
    str missing;
    str found;

    if (lacking == 0)
        return OK;
    /* of the two days one is enough */
    TRY(import_labels(a, lacking & ~(1U << IMPORT_ISSUED), &missing));
    TRY(found_names(a, header, &found));
    return err_new(a, ERR_INVALID, "import.columns", ARG_STR("name", f->name),
                   ARG_IDS("missing", missing), ARG_STR("found", found));
}

/* Those that no column is. */
static err take_unused(struct arena *a, struct import_file *f,
                       const struct csv_row *header, bool *used)
{
    str *unused;
    size_t n = 0;

    for (int c = 0; c < IMPORT_COLUMNS; c++)
        used[f->columns.place[c]] = true; /* the last: there is none */
    for (size_t i = 0; i < header->n; i++)
        n += !used[i];
    unused = arena_array(a, n, sizeof *unused);
    TRY_MEMORY(unused);
    f->unused = (struct list){ unused, n };
    n = 0;
    for (size_t i = 0; i < header->n; i++) {
        if (!used[i])
            TRY_MEMORY(arena_str(a, header->fields[i], &unused[n++]));
    }
    return OK;
}

static err take_columns(struct arena *a, struct import_file *f,
                        const struct csv_row *header)
{
    struct import_meaning *m = arena_array(a, header->n, sizeof *m);
    bool *used = arena_array(a, header->n + 1, sizeof *used);

    TRY_MEMORY(m);
    TRY_MEMORY(used);
    for (size_t i = 0; i < header->n; i++)
        m[i] = import_meaning_of(header->fields[i]);
    f->fields = header->n;
    import_columns_find(m, header->n, &f->columns);
    if (f->columns.unclear != IMPORT_CLEAR)
        return say_unclear(a, f, header, &f->columns);
    TRY(check_columns(a, f, header, &f->columns));
    return take_unused(a, f, header, used);
}

static err find_table(struct arena *a, struct import_file *f, str text,
                      bool whole)
{
    struct csv_row header;
    struct csv c;
    bool found;

    if (!layout_find(text, whole, &f->layout))
        return refuse(a, f, "import.empty");
    if (!f->layout.header)
        return refuse(a, f, "import.no_header");
    csv_init(&c, str_from(text, f->layout.table), f->layout.separator);
    TRY(csv_next(&c, a, &header, &found));
    return found ? take_columns(a, f, &header) : refuse(a, f, "import.empty");
}

static err find_form(struct arena *a, struct import_file *f)
{
    bool whole;
    str text;
    str sign;

    TRY(read_head(a, f, &text, &whole));
    sign = first_sign(text);
    f->is_json = str_eq(sign, S("{"));
    if (f->is_json)
        return OK;
    if (sign.n == 0)
        return refuse(a, f, "import.empty");
    if (str_eq(sign, S("[")))
        return refuse(a, f, "import.array");
    return find_table(a, f, text, whole);
}

/* --- opening ------------------------------------------------------------ */

/* Bytes of the mark at the front, which are in no row. */
static size_t mark_of(const struct import_file *f, str first)
{
    size_t mark = 0;

    if (f->from.workbook || f->charset == CHARSET_UTF16LE ||
        f->charset == CHARSET_UTF16BE)
        return 0;
    (void)layout_charset(first, true, &mark);
    return mark;
}

static err begin_source(struct arena *a, struct import_file *f)
{
    struct source_start start = {
        .quotes = !f->is_json && f->layout.quotes,
    };
    struct source_from from = f->from;
    bool whole;
    str first;

    TRY(source_first(a, f->heap, &from, CHARSET_CHARACTER, &first, &whole));
    start.skip = mark_of(f, first);
    return source_begin(a, f->heap, &f->from, &start, &f->source);
}

static err open_file(struct arena *a, struct import_file *f)
{
    TRY(find_form(a, f));
    TRY(take_hash(a, f));
    return begin_source(a, f);
}

err import_file_open(struct arena *a, struct heap *h,
                     const struct import_from *from, struct import_file **out)
{
    struct import_file *f = arena_zero(a, sizeof *f);

    TRY_MEMORY(f);
    f->heap = h;
    f->name = from->path;
    f->from = (struct source_from){
        .files = from->files,
        .path = from->path,
        .sheet = from->sheet,
    };
    arena_init(&f->scratch, h, SCRATCH_MAX);
    err e = open_file(a, f);
    if (failed(e))
        import_file_end(&f);
    *out = f;
    return e;
}

void import_file_end(struct import_file **file)
{
    struct import_file *f = *file;

    if (f == NULL)
        return;
    if (f->source.heap != NULL)
        source_piece_end(&f->source, &f->piece);
    source_end(&f->source);
    charset_end(&f->gb18030);
    arena_end(&f->scratch);
    *file = NULL;
}

struct hash import_file_hash(const struct import_file *f)
{
    return f->hash;
}

struct list import_file_unused(const struct import_file *f)
{
    return f->unused;
}

struct records_progress import_file_progress(struct import_file *f)
{
    struct records_progress p = { .size = source_size(&f->source) };

    source_position(&f->source, &p.bytes, &p.lines);
    return p;
}

/* --- rows --------------------------------------------------------------- */

/* The next piece of it, if there is one. */
static err next_piece(struct import_file *f, struct arena *a, bool *found)
{
    str text;

    *found = source_next(&f->source, &f->piece);
    TRY(source_failure(&f->source, a));
    if (!*found)
        return OK;
    arena_reset(&f->scratch);
    TRY(to_utf8(f, &f->scratch, (str){ f->piece.bytes, f->piece.n }, &text));
    csv_init(&f->csv, text, f->layout.separator);
    f->csv.line = (int64_t)f->piece.lines + 1;
    f->json.rest = text;
    f->json.line = f->csv.line;
    return OK;
}

static bool is_blank(const struct csv_row *row)
{
    for (size_t i = 0; i < row->n; i++) {
        if (str_trim(row->fields[i]).n > 0)
            return false;
    }
    return true;
}

static err too_many(struct arena *a, size_t n, size_t most)
{
    return err_new(a, ERR_INVALID, "import.fields", ARG_INT("count", n),
                   ARG_INT("most", most));
}

/* The line that a refusal of csv_next() tells. */
static int64_t line_of(err e, int64_t otherwise)
{
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, "line") == 0)
            return g->number;
    }
    return otherwise;
}

static err take_row(const struct import_file *f, struct arena *a,
                    const struct csv_row *row, struct import_line *out)
{
    out->line = row->line;
    for (int c = 0; c < IMPORT_COLUMNS; c++)
        out->cells[c] = f->columns.place[c] < f->fields
                            ? csv_field(row, f->columns.place[c])
                            : S("");
    if (row->n > f->fields)
        out->why = too_many(a, row->n, f->fields);
    return err_is(out->why, ERR_MEMORY) ? out->why : OK;
}

/* The next row of the piece below the header. */
static err next_row(struct import_file *f, struct arena *a,
                    struct import_line *out, bool *found)
{
    struct csv_row row;
    int64_t before;
    err e;

    do {
        before = f->csv.line;
        e = csv_next(&f->csv, &f->scratch, &row, found);
        if (failed(e) && !err_is(e, ERR_INVALID))
            return e;
        if (failed(e)) {
            out->line = line_of(e, before);
            out->why = err_keep(a, e);
            *found = true;
            return err_is(out->why, ERR_MEMORY) ? out->why : OK;
        }
    } while (*found && (row.line < f->layout.data_line || is_blank(&row)));
    return *found ? take_row(f, a, &row, out) : OK;
}

err import_file_next(struct import_file *f, struct arena *a,
                     struct import_line *out, bool *found)
{
    bool more = true;

    *out = (struct import_line){ .line = 0 };
    *found = false;
    while (more && !*found) {
        if (f->csv.text.n > 0 || f->json.rest.n > 0)
            TRY(f->is_json
                    ? import_json_next(&f->json, &f->scratch, a, out, found)
                    : next_row(f, a, out, found));
        if (!*found)
            TRY(next_piece(f, a, &more));
    }
    return OK;
}
