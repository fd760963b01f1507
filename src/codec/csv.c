#include "codec/csv.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/utf8.h"

/* A row being read. */
struct reader {
    struct arena *arena;
    str text; /* from the row's first byte on, no longer than a row may be */
    bool cut; /* the text was longer */
    char separator;
    size_t at;
    int64_t line; /* of text.p[at] */
    int64_t first_line;
    str fields[CSV_FIELDS_MAX];
    size_t n;
};

void csv_init(struct csv *c, str text, char separator)
{
    bool marked = str_begins(text, S("\xef\xbb\xbf"));

    *c = (struct csv){ text, marked ? 3 : 0, 1, separator };
}

/* The byte to be read next, or -1 at the end. */
static int peek(const struct reader *r)
{
    return r->at < r->text.n ? (unsigned char)r->text.p[r->at] : -1;
}

static bool at_crlf(const struct reader *r)
{
    return str_begins(str_from(r->text, r->at), S("\r\n"));
}

static err bad_field(const struct reader *r, const char *message)
{
    return err_new(r->arena, ERR_INVALID, message, ARG_INT("line", r->line),
                   ARG_INT("field", r->n + 1));
}

/* [CS4] Nobody can tell where such a row ends: go on after its first line. */
static void go_back(struct reader *r)
{
    r->at = 0;
    r->line = r->first_line;
}

/* The end of what may be read: of the text, or of a row's length. */
static err ended(struct reader *r, const char *message)
{
    bool cut = r->cut;

    go_back(r);
    if (!cut)
        return bad_field(r, message);
    return err_new(r->arena, ERR_INVALID, "csv.row", ARG_INT("line", r->line),
                   ARG_INT("max", CSV_ROW_BYTES_MAX));
}

/* Past the quote that closes; *doubled counts those that do not. */
static err find_closing(struct reader *r, size_t *doubled)
{
    for (;;) {
        int c = peek(r);

        if (c < 0)
            return ended(r, "csv.open_quote");
        r->at++;
        r->line += c == '\n';
        if (c != '"')
            continue;
        if (peek(r) != '"')
            return OK;
        r->at++;
        (*doubled)++;
    }
}

/* `raw` with one of each two quotes. */
static err copy_single(struct arena *a, str raw, size_t doubled, str *out)
{
    char *made = arena_zero(a, raw.n - doubled);
    size_t n = 0;

    TRY_MEMORY(made);
    for (size_t i = 0; i < raw.n; i++) {
        made[n++] = raw.p[i];
        i += raw.p[i] == '"';
    }
    *out = (str){ made, n };
    return OK;
}

static err read_quoted(struct reader *r, str *out)
{
    size_t from = ++r->at;
    size_t doubled = 0;

    TRY(find_closing(r, &doubled));
    *out = (str){ r->text.p + from, r->at - 1 - from };
    if (peek(r) >= 0 && peek(r) != r->separator && peek(r) != '\n' &&
        !at_crlf(r))
        return bad_field(r, "csv.after_quote");
    return doubled == 0 ? OK : copy_single(r->arena, *out, doubled, out);
}

static err read_plain(struct reader *r, str *out)
{
    size_t from = r->at;
    int c = peek(r);

    while (c >= 0 && c != r->separator && c != '\n' && !at_crlf(r)) {
        if (c == '\r')
            return bad_field(r, "csv.line_end");
        if (c == '"' && r->separator != '\t')
            return bad_field(r, "csv.quote");
        r->at++;
        c = peek(r);
    }
    *out = (str){ r->text.p + from, r->at - from };
    return OK;
}

static err read_field(struct reader *r)
{
    str field = S("");

    if (r->n == CSV_FIELDS_MAX)
        return err_new(r->arena, ERR_INVALID, "csv.fields",
                       ARG_INT("line", r->line),
                       ARG_INT("max", CSV_FIELDS_MAX));
    if (peek(r) == '"' && r->separator != '\t')
        TRY(read_quoted(r, &field));
    else
        TRY(read_plain(r, &field));
    if (r->cut && r->at == r->text.n)
        return ended(r, "csv.row");
    if (!utf8_check(field, NULL))
        return bad_field(r, "csv.utf8");
    r->fields[r->n++] = field;
    return OK;
}

/* To the row's line end, which is not passed. */
static err read_row(struct reader *r)
{
    TRY(read_field(r));
    while (peek(r) == r->separator) {
        r->at++;
        TRY(read_field(r));
    }
    return OK;
}

/* The row as the arena keeps it. */
static err keep_row(const struct reader *r, struct csv_row *out)
{
    str *fields = arena_array(r->arena, r->n, sizeof *fields);

    TRY_MEMORY(fields);
    memcpy(fields, r->fields, r->n * sizeof *fields);
    *out = (struct csv_row){ r->first_line, fields, r->n };
    return OK;
}

/* Past the end of the line that the reader is in. */
static void pass_line(struct csv *c, const struct reader *r)
{
    size_t at = c->at + r->at;

    c->at = at + str_index(str_from(c->text, at), '\n');
    c->line = r->line;
    if (c->at < c->text.n) {
        c->at++;
        c->line++;
    }
}

static void pass_empty_lines(struct csv *c)
{
    for (;;) {
        str rest = str_from(c->text, c->at);
        size_t n = str_begins(rest, S("\r\n")) ? 2 : str_begins(rest, S("\n"));

        if (n == 0)
            return;
        c->at += n;
        c->line++;
    }
}

err csv_next(struct csv *c, struct arena *a, struct csv_row *out, bool *found)
{
    struct reader r = { .arena = a, .separator = c->separator };

    pass_empty_lines(c);
    *found = c->at < c->text.n;
    if (!*found)
        return OK;

    str rest = str_from(c->text, c->at);
    r.cut = rest.n > CSV_ROW_BYTES_MAX;
    r.text = str_first(rest, CSV_ROW_BYTES_MAX);
    if (r.cut && str_ends(r.text, S("\r")))
        r.text.n--; /* half a line end says nothing */
    r.line = c->line;
    r.first_line = c->line;

    err e = read_row(&r);
    if (!failed(e))
        e = keep_row(&r, out);
    pass_line(c, &r);
    return e;
}

size_t csv_column(const struct csv_row *header, str name)
{
    size_t i = 0;

    while (i < header->n && !str_eq(header->fields[i], name))
        i++;
    return i;
}

str csv_field(const struct csv_row *row, size_t column)
{
    return column < row->n ? row->fields[column] : S("");
}

/* --- writing [CS5] -------------------------------------------------------- */

static bool is_formula(str field)
{
    const str formula_signs = S("=+-@\t\r");

    return field.n > 0 &&
           str_index(formula_signs, field.p[0]) < formula_signs.n;
}

static void put_field(struct buf *b, str field)
{
    buf_char(b, '"');
    if (is_formula(field))
        buf_char(b, '\'');
    for (size_t i = 0; i < field.n; i++) {
        if (field.p[i] == '"')
            buf_char(b, '"');
        buf_char(b, field.p[i]);
    }
    buf_char(b, '"');
}

void csv_put_row(struct buf *b, const str *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(b, ',');
        put_field(b, fields[i]);
    }
    buf_str(b, S("\r\n"));
}
