#include "service/enterprise_file.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/csv.h"
#include "service/registry.h"

enum { NAME, USCC, REGISTERED, SCOPE, PROVINCE, CITY, COLUMNS, NEEDED = 4 };

static const char *const column_names[COLUMNS] = {
    [NAME] = "name",   [USCC] = "uscc",         [REGISTERED] = "registered",
    [SCOPE] = "scope", [PROVINCE] = "province", [CITY] = "city",
};

struct reading_rows {
    struct arena *arena;
    struct csv csv;
    size_t columns[COLUMNS];
    size_t width; /* columns of the header */
    day today;
    struct enterprise_file file;
    str *seen; /* [EF2] an open hash table of codes */
    size_t slots;
};

/* --- [EF2] ------------------------------------------------------------ */

static size_t slot_of(str code, size_t slots)
{
    uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */

    for (size_t i = 0; i < code.n; i++)
        h = (h ^ (unsigned char)code.p[i]) * UINT64_C(1099511628211);
    return (size_t)(h % slots);
}

/* Was this code there already?  Remembers it when not. */
static bool is_second(struct reading_rows *r, str code)
{
    size_t i = slot_of(code, r->slots);

    for (; r->seen[i].n > 0; i = (i + 1) % r->slots) {
        if (str_eq(r->seen[i], code))
            return true;
    }
    r->seen[i] = code;
    return false;
}

/* --- rows ------------------------------------------------------------- */

static str value(const struct reading_rows *r, const struct csv_row *row,
                 int column)
{
    size_t at = r->columns[column];

    return at < row->n ? str_trim(row->fields[at]) : S("");
}

static err take_row(struct reading_rows *r, const struct csv_row *row,
                    struct enterprise_row *out)
{
    str registered = value(r, row, REGISTERED);

    if (row->n != r->width)
        return err_new(r->arena, ERR_INVALID, "enterprise_file.width",
                       ARG_INT("found", row->n), ARG_INT("want", r->width));
    *out = (struct enterprise_row){
        .name = value(r, row, NAME),
        .province = value(r, row, PROVINCE),
        .city = value(r, row, CITY),
        .scope = value(r, row, SCOPE),
    };
    if (!day_parse(registered, &out->registered))
        return err_new(r->arena, ERR_INVALID, "enterprise_file.day",
                       ARG_STR("given", registered));
    TRY(registry_uscc(r->arena, value(r, row, USCC), &out->uscc));
    TRY(registry_enterprise_check(r->arena, out, r->today));
    if (is_second(r, out->uscc))
        return err_new(r->arena, ERR_INVALID, "enterprise_file.twice",
                       ARG_STR("uscc", out->uscc));
    return OK;
}

static err keep_bad(struct reading_rows *r, int64_t line, err why)
{
    if (why.info->code == ERR_MEMORY)
        return why;
    r->file.bad[r->file.bad_count++] = (struct bad_row){ line, why };
    return OK;
}

/* The line that an error of csv_next() names. */
static int64_t line_of(err e)
{
    const struct err_arg *g = e.info->args;

    while (g->name != NULL && strcmp(g->name, "line") != 0)
        g++;
    return g->number;
}

/* One row more, good or bad; *found is false after the last. */
static err read_one(struct reading_rows *r, bool *found)
{
    struct csv_row row;
    err e = csv_next(&r->csv, r->arena, &row, found);

    if (failed(e)) {
        *found = true;
        return keep_bad(r, line_of(e), e);
    }
    if (!*found)
        return OK;
    e = take_row(r, &row, &r->file.rows[r->file.n]);
    if (failed(e))
        return keep_bad(r, row.line, e);
    r->file.n++;
    return OK;
}

static err read_rows(struct reading_rows *r)
{
    bool found = true;

    while (found)
        TRY(read_one(r, &found));
    return OK;
}

static err read_header(struct reading_rows *r)
{
    struct csv_row header;
    bool found;

    TRY(csv_next(&r->csv, r->arena, &header, &found));
    if (!found)
        return err_new(r->arena, ERR_INVALID, "enterprise_file.empty");
    r->width = header.n;
    for (int c = 0; c < COLUMNS; c++) {
        r->columns[c] = csv_column(&header, str_of(column_names[c]));
        if (r->columns[c] == header.n && c < NEEDED)
            return err_new(r->arena, ERR_INVALID, "enterprise_file.column",
                           ARG_STR("name", str_of(column_names[c])));
    }
    return OK;
}

static size_t count_lines(str text)
{
    size_t n = 1;

    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    return n;
}

err enterprise_file_read(struct arena *a, str text, day today,
                         struct enterprise_file *out)
{
    struct reading_rows r = { .arena = a, .today = today };
    size_t lines = count_lines(text);
    str first_line = str_first(text, str_index(text, '\n'));

    csv_init(&r.csv, text, str_contains(first_line, S("\t")) ? '\t' : ',');
    r.slots = 2 * lines + 1;
    r.seen = arena_array(a, r.slots, sizeof *r.seen);
    r.file.rows = arena_array(a, lines, sizeof *r.file.rows);
    r.file.bad = arena_array(a, lines, sizeof *r.file.bad);
    TRY_MEMORY(r.seen != NULL && r.file.rows != NULL && r.file.bad != NULL);
    TRY(read_header(&r));
    TRY(read_rows(&r));
    *out = r.file;
    return OK;
}
