/* records_held_rows -- a look into the rows of a file that is held. */

#include "base/arena.h"
#include "base/buf.h"
#include "codec/csv.h"
#include "service/records_held_look.h"
#include "service/records_held_mask.h"
#include "service/records_json.h"

enum { DAY_SECONDS = 86400 };

/* --- a row --------------------------------------------------------------- */

static err put_cell(struct arena *a, str cell, enum column_role role, str *out)
{
    struct buf b;

    buf_init(&b, a, 4 * cell.n + HELD_MASK_ROOM);
    held_mask(&b, cell, role);
    return buf_done(&b, out);
}

static enum column_role role_of(const struct columns *c, size_t i)
{
    return i < c->n ? c->columns[i].role : COLUMN_NONE;
}

static err put_cells(struct held_looking *k, const str *fields, size_t n,
                     struct held_row *out)
{
    const struct columns *c = &k->counted->file.columns;
    str *cells = arena_array(k->a, n, sizeof *cells);

    TRY_MEMORY(cells);
    for (size_t i = 0; i < n; i++)
        TRY(put_cell(k->a, fields[i], role_of(c, i), &cells[i]));
    out->cells = cells;
    out->n = n;
    return OK;
}

/* The row that `text` begins with; one that cannot be taken apart is one cell:
 * its line. */
static err read_row(struct held_looking *k, str text, struct held_row *out)
{
    scoped(arena_end) struct arena own;
    struct csv_row row;
    struct csv c;
    bool found = false;

    arena_init(&own, k->a->heap, 4 * (size_t)CSV_ROW_BYTES_MAX);
    csv_init(&c, text, k->counted->file.layout.separator);
    err e = csv_next(&c, &own, &row, &found);
    if (!failed(e) && found)
        return put_cells(k, row.fields, row.n, out);
    if (err_is(e, ERR_MEMORY))
        return e;
    str line = str_trim_end(str_first(text, str_index(text, '\n')), '\r');
    return put_cells(k, &line, 1, out);
}

bool held_looking_add(struct held_looking *k, uint64_t line, str text)
{
    struct held_row row = { .line = line };

    k->why = read_row(k, text, &row);
    if (failed(k->why))
        return false;
    k->found[k->n++] = row;
    return true;
}

/* Where so many lines of a text begin behind the first. */
static size_t line_start(str text, uint64_t lines)
{
    size_t at = 0;

    for (; lines > 0; lines--)
        at += str_index(str_from(text, at), '\n') + 1;
    return at;
}

bool held_looking_line(struct held_looking *k, const struct pass_part *part,
                       uint64_t line)
{
    uint64_t lines = source_line_ends(part->text);

    if (part->text.n > 0 && part->text.p[part->text.n - 1] != '\n')
        lines++; /* the file's last */
    if (line <= part->lines || line > part->lines + lines)
        return true;
    size_t at = line_start(part->text, line - part->lines - 1);
    return held_looking_add(k, line, str_from(part->text, at));
}

/* --- by group ------------------------------------------------------------ */

/* Kinds of groups that words name. */
struct word_group {
    size_t words;  /* offset in struct row_words, */
    size_t number; /* and in struct ticket */
};
static const struct word_group word_groups[GROUP_COUNT] = {
    [GROUP_OUTLET] = { offsetof(struct row_words, outlet),
                       offsetof(struct ticket, outlet) },
    [GROUP_OUTLET_MONTH] = { offsetof(struct row_words, outlet),
                             offsetof(struct ticket, outlet) },
    [GROUP_PRODUCT] = { offsetof(struct row_words, product),
                        offsetof(struct ticket, product) },
    [GROUP_PERSON] = { offsetof(struct row_words, person),
                       offsetof(struct ticket, person) },
    [GROUP_TRADE] = { offsetof(struct row_words, trade),
                      offsetof(struct ticket, trade) },
};

static str word_of(const struct row_words *w, enum figure_group kind,
                   uint32_t number)
{
    const void *at = (const char *)w + word_groups[kind].words;

    return words_text(at, number);
}

static uint16_t number_of(const struct ticket *t, enum figure_group kind)
{
    uint16_t number;

    memcpy(&number, (const char *)t + word_groups[kind].number, sizeof number);
    return number;
}

static bool is_by_month(enum figure_group kind)
{
    return kind == GROUP_MONTH || kind == GROUP_OUTLET_MONTH;
}

static bool is_by_word(enum figure_group kind)
{
    return kind != GROUP_WHOLE && kind != GROUP_MONTH;
}

bool held_looking_wants(const struct held_looking *k,
                        const struct row_words *words, const struct ticket *t)
{
    enum figure_group kind = k->group.kind;
    day first = k->counted->figures->terms.first;
    day opened;

    if (is_by_word(kind) &&
        !str_eq(word_of(words, kind, number_of(t, kind)), k->word))
        return false;
    if (!is_by_month(kind))
        return true;
    if (t->opened < 0) /* MOMENT_NONE too */
        return false;
    opened = (day)(t->opened / DAY_SECONDS);
    return period_month(opened) - period_month(first) ==
           (int32_t)k->group.month;
}

/* What a group of this index is made of. */
static void want_group(struct held_looking *k, uint32_t index)
{
    const struct records_figures *f = k->counted->figures;
    enum figure_group kind = k->asked->kind;
    uint32_t months = figures_months(f->figures);

    k->group = (struct place_group){ .kind = kind, .number = index };
    if (is_by_month(kind))
        k->group.month = index % months;
    if (kind == GROUP_OUTLET_MONTH)
        k->group.number = index / months;
    if (is_by_word(kind))
        k->word = word_of(&f->words, kind, k->group.number);
}

static err find_group(struct held_looking *k, bool *found)
{
    const struct records_figures *f = k->counted->figures;
    enum figure_group kind = k->asked->kind;
    struct records_groups groups;

    *found = false;
    TRY(records_groups(k->a, f, kind, &groups));
    for (size_t i = 0; i < groups.n && !*found; i++) {
        str name;

        TRY(records_group_name(k->a, f, kind, groups.indices[i], &name));
        *found = str_eq(name, k->asked->group);
        if (*found)
            want_group(k, groups.indices[i]);
    }
    return OK;
}

/* --- a look -------------------------------------------------------------- */

static err look_at(struct held_looking *k)
{
    bool found = true;

    if (k->asked->lines == NULL)
        TRY(find_group(k, &found));
    if (!found)
        return OK;
    return held_seeks(k->counted) ? held_seek(k) : held_scan(k);
}

static err put_names(struct arena *a, const struct columns *c,
                     struct held_rows *out)
{
    str *names = arena_array(a, c->n, sizeof *names);

    TRY_MEMORY(names);
    for (size_t i = 0; i < c->n; i++)
        TRY_MEMORY(arena_str(a, c->columns[i].name, &names[i]));
    out->names = names;
    out->names_n = c->n;
    return OK;
}

static err look(struct held_looking *k, struct held_rows *out)
{
    k->found = arena_array(k->a, HELD_ROWS_MAX, sizeof *k->found);
    TRY_MEMORY(k->found);
    TRY(put_names(k->a, &k->counted->file.columns, out));
    TRY(look_at(k));
    out->rows = (struct list){ .p = k->found, .n = k->n };
    out->next = k->next;
    return OK;
}

err held_rows(struct app *app, struct arena *a, const struct held_of *of,
              id file, const struct held_asked_rows *asked,
              struct held_rows *out)
{
    struct held_row_of row;
    struct held_looking k = { .app = app, .a = a, .row = &row, .asked = asked };
    struct held_rows rows = { 0 };

    if (asked->lines_n > HELD_ROWS_MAX)
        return err_new(a, ERR_LIMIT, "records.held_lines",
                       ARG_INT("most", HELD_ROWS_MAX));
    TRY(held_find(app, a, of, file, &row));
    TRY(held_counted(app, a, of, file, &k.counted));
    err e = look(&k, &rows);
    held_give(app, &k.counted);
    TRY(e);
    *out = rows;
    return OK;
}
