#include "codec/csv.h"

#include "base/arena.h"
#include "codec/utf8.h"

void csv_init(struct csv *c, str text, char separator)
{
    *c = (struct csv){ .rest = text, .separator = separator, .line = 1 };
    if (str_begins(text, S("\xef\xbb\xbf")))
        c->rest = str_from(text, 3);
}

/* The bytes of the next row, line end left out, quoted line ends kept. */
static str cut_row(struct csv *c, bool *open_quote)
{
    bool quoted = false;
    size_t i = 0;

    for (; i < c->rest.n; i++) {
        char ch = c->rest.p[i];

        if (ch == '"' && c->separator == ',')
            quoted = !quoted;
        if (ch == '\n') {
            c->line++;
            if (!quoted)
                break;
        }
    }

    str row = str_first(c->rest, i);
    c->rest = str_from(c->rest, i + 1);
    if (str_ends(row, S("\r")))
        row.n--;
    *open_quote = quoted;
    return row;
}

/* Where the field that begins at `at` ends. */
static size_t field_end(str row, size_t at, char separator)
{
    bool quoted = false;

    for (; at < row.n; at++) {
        if (row.p[at] == '"' && separator == ',')
            quoted = !quoted;
        else if (row.p[at] == separator && !quoted)
            break;
    }
    return at;
}

/* A field in quotes without them; doubled ones made single. */
static err unquote(struct arena *a, str raw, str *out)
{
    char *made = arena_zero(a, raw.n + 1);
    size_t n = 0;

    TRY_MEMORY(made);
    for (size_t i = 1; i + 1 < raw.n; i++) {
        made[n++] = raw.p[i];
        if (raw.p[i] == '"')
            i++; /* the second of a pair */
    }
    *out = (str){ made, n };
    return OK;
}

/* Quotes stand at both ends of a field and doubled inside, or nowhere. */
static bool quotes_fit(str raw)
{
    if (raw.n == 0 || str_index(raw, '"') == raw.n)
        return true;
    if (raw.n < 2 || raw.p[0] != '"' || raw.p[raw.n - 1] != '"')
        return false;
    for (size_t i = 1; i + 1 < raw.n; i++) {
        if (raw.p[i] != '"')
            continue;
        if (i + 2 >= raw.n || raw.p[i + 1] != '"')
            return false;
        i++;
    }
    return true;
}

static err bad_row(struct arena *a, const char *message, int64_t line,
                   int64_t most)
{
    return err_new(a, ERR_INVALID, message, ARG_INT("line", line),
                   ARG_INT("most", most));
}

static err read_field(struct arena *a, const struct csv *c, int64_t line,
                      str raw, str *out)
{
    if (raw.n > CSV_FIELD_BYTES_MAX)
        return bad_row(a, "csv.field", line, CSV_FIELD_BYTES_MAX);
    if (c->separator != ',' || raw.n == 0 || raw.p[0] != '"') {
        if (c->separator == ',' && !quotes_fit(raw))
            return bad_row(a, "csv.quote", line, 0);
        *out = raw;
        return OK;
    }
    if (!quotes_fit(raw))
        return bad_row(a, "csv.quote", line, 0);
    return unquote(a, raw, out);
}

static err split_row(struct arena *a, const struct csv *c, str row,
                     struct csv_row *out)
{
    str *fields = arena_array(a, CSV_FIELDS_MAX, sizeof *fields);
    size_t at = 0;

    TRY_MEMORY(fields);
    out->n = 0;
    for (;;) {
        size_t end = field_end(row, at, c->separator);

        if (out->n >= CSV_FIELDS_MAX)
            return bad_row(a, "csv.fields", out->line, CSV_FIELDS_MAX);
        TRY(read_field(a, c, out->line, (str){ row.p + at, end - at },
                       &fields[out->n++]));
        if (end >= row.n)
            break;
        at = end + 1;
    }
    out->fields = fields;
    return OK;
}

err csv_next(struct csv *c, struct arena *a, struct csv_row *out, bool *found)
{
    struct csv_row row = { 0 };
    bool open_quote = false;
    str bytes = S("");

    while (bytes.n == 0 && c->rest.n > 0) {
        row.line = c->line;
        bytes = cut_row(c, &open_quote);
    }
    *found = bytes.n > 0;
    if (!*found)
        return OK;
    if (open_quote)
        return bad_row(a, "csv.quote", row.line, 0);
    if (!utf8_check(bytes, NULL))
        return bad_row(a, "csv.utf8", row.line, 0);
    TRY(split_row(a, c, bytes, &row));
    *out = row;
    return OK;
}

size_t csv_column(const struct csv_row *header, str name)
{
    size_t i = 0;

    while (i < header->n && !str_eq(header->fields[i], name))
        i++;
    return i;
}
