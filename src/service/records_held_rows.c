/* records_held_rows -- a look into the rows of a file that is held. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "codec/csv.h"
#include "codec/utf8.h"
#include "service/records_held_mask.h"
#include "service/records_held_parts.h"
#include "service/records_json.h"
#include "service/records_parts.h"

enum {
    ROW_CELLS = CSV_FIELDS_MAX,
    DAY_SECONDS = 86400,
    YEAR_MONTHS = 12,
};

/* Which tickets are looked for. */
struct wanted {
    bool any;      /* is there such a group at all? */
    bool by_word;  /* the word of the ticket is .. */
    str word;      /* .. this one; empty: it names none */
    bool by_month; /* .. and its month, counted from 0 .. */
    int32_t month; /* .. is this one */
};

struct looking {
    struct arena *a; /* of the answer */
    const struct held_counted *counted;
    const struct held_asked_rows *asked;
    struct wanted wanted;
    struct rows *rows;            /* by group */
    const struct pass_part *part; /* where it is: */
    size_t at;                    /* so far lines are counted, */
    uint64_t line;                /* and this one begins there */
    struct held_row *found;       /* HELD_ROWS_MAX of them */
    size_t n;
    uint64_t looked;
    uint64_t next;
    bool over; /* it has what it wants */
    err why;
};

/* --- a row ------------------------------------------------------------------
 */

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

static err put_cells(struct looking *k, const str *fields, size_t n,
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
static err read_row(struct looking *k, str text, struct held_row *out)
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

static bool add_row(struct looking *k, uint64_t line, str text)
{
    struct held_row row = { .line = line };

    k->why = read_row(k, text, &row);
    if (failed(k->why))
        return false;
    k->found[k->n++] = row;
    return true;
}

/* The line that begins at `at` in the part's text; places grow. */
static uint64_t line_at(struct looking *k, size_t at)
{
    str between = str_first(str_from(k->part->text, k->at), at - k->at);

    k->line += source_line_ends(between);
    k->at = at;
    return k->line;
}

/* --- by group ---------------------------------------------------------------
 */

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

static int32_t month_number(struct date d)
{
    return d.year * YEAR_MONTHS + d.month;
}

static bool is_wanted(const struct looking *k, const struct ticket *t)
{
    const struct wanted *w = &k->wanted;
    enum figure_group kind = k->asked->kind;
    day first = k->counted->figures->terms.first;
    day opened;

    if (w->by_word &&
        !str_eq(word_of(&k->rows->words, kind, number_of(t, kind)), w->word))
        return false;
    if (!w->by_month)
        return true;
    if (t->opened == MOMENT_NONE || t->opened < 0)
        return false;
    opened = (day)(t->opened / DAY_SECONDS);
    return month_number(date_of_day(opened)) -
               month_number(date_of_day(first)) ==
           w->month;
}

/* False also ends the reading when there is enough: `over` tells. */
static bool take(void *into, const struct ticket *t)
{
    struct looking *k = into;
    size_t at = (size_t)(t->at - k->part->at);
    uint64_t line = line_at(k, at);

    if (line <= k->asked->after)
        return true;
    k->looked++;
    if (is_wanted(k, t) && !add_row(k, line, str_from(k->part->text, at)))
        return false;
    k->over = k->n == HELD_ROWS_MAX || k->looked == HELD_ROWS_LOOK;
    if (k->over)
        k->next = line;
    return !k->over;
}

static bool feed_group(void *mine, const struct pass_part *part)
{
    struct looking *k = mine;
    const struct rows_part p = { part->text, part->at };

    if (part->lines + source_line_ends(part->text) <= k->asked->after)
        return true;
    k->part = part;
    k->at = 0;
    k->line = part->lines + 1;
    return rows_feed(k->rows, &p, take, k);
}

/* What a group of this name is made of. */
static struct wanted wanted_of(const struct records_figures *f,
                               enum figure_group kind, uint32_t index)
{
    struct date first = date_of_day(f->terms.first);
    struct date last = date_of_day(f->terms.last);
    uint32_t months = (uint32_t)(month_number(last) - month_number(first) + 1);
    struct wanted w = { .any = true };

    w.by_month = kind == GROUP_MONTH || kind == GROUP_OUTLET_MONTH;
    w.by_word = kind != GROUP_WHOLE && kind != GROUP_MONTH;
    if (w.by_month)
        w.month = (int32_t)(index % months);
    if (kind == GROUP_OUTLET_MONTH)
        index /= months;
    if (w.by_word)
        w.word = word_of(&f->words, kind, index);
    return w;
}

static err find_group(struct arena *a, const struct records_figures *f,
                      const struct held_asked_rows *asked, struct wanted *out)
{
    struct records_groups groups;

    TRY(records_groups(a, f, asked->kind, &groups));
    for (size_t i = 0; i < groups.n; i++) {
        str name;

        TRY(records_group_name(a, f, asked->kind, groups.indices[i], &name));
        if (!str_eq(name, asked->group))
            continue;
        *out = wanted_of(f, asked->kind, groups.indices[i]);
        return OK;
    }
    return OK;
}

/* --- by line ----------------------------------------------------------------
 */

/* Where so many lines of a text begin behind the first. */
static size_t line_start(str text, uint64_t lines)
{
    size_t at = 0;

    for (; lines > 0; lines--)
        at += str_index(str_from(text, at), '\n') + 1;
    return at;
}

static bool feed_lines(void *mine, const struct pass_part *part)
{
    struct looking *k = mine;
    uint64_t lines = source_line_ends(part->text);

    if (part->text.n > 0 && part->text.p[part->text.n - 1] != '\n')
        lines++; /* the file's last */
    for (size_t i = 0; i < k->asked->lines_n; i++) {
        uint64_t line = k->asked->lines[i];

        if (line <= part->lines || line > part->lines + lines)
            continue;
        size_t at = line_start(part->text, line - part->lines - 1);
        if (!add_row(k, line, str_from(part->text, at)))
            return false;
    }
    k->over = k->n == k->asked->lines_n;
    return !k->over;
}

/* --- a look -----------------------------------------------------------------
 */

static err read_all(struct looking *k, struct heap *h,
                    const struct records_input *in,
                    const struct records_file *file)
{
    void *const each[] = { k };
    const struct records_reading reading = {
        1, each, k->asked->lines != NULL ? feed_lines : feed_group
    };
    uint64_t replaced;
    err e = records_read(k->a, h, in, file, &reading, &replaced);

    if (failed(k->why))
        return k->why;
    return k->over ? OK : e; /* who has enough ends the reading */
}

static err look_by_group(struct looking *k, struct heap *h,
                         const struct records_input *in,
                         const struct records_file *file)
{
    const struct rows_table table = {
        .columns = &file->columns,
        .book = file->book,
        .heap = h,
        .separator = file->layout.separator,
        .quotes = file->layout.quotes,
        .events = file->events,
    };

    TRY(find_group(k->a, k->counted->figures, k->asked, &k->wanted));
    if (!k->wanted.any)
        return OK;
    k->rows = h->resize(h, NULL, sizeof *k->rows);
    TRY_MEMORY(k->rows);
    rows_init(k->rows, &table);
    err e = read_all(k, h, in, file);
    rows_end(k->rows);
    k->rows = h->resize(h, k->rows, 0);
    return e;
}

static err look_at(struct app *app, struct looking *k,
                   const struct held_row_of *row)
{
    scoped(held_reader_end) struct held_reader reader = { 0 };
    struct heap *h = app_world_of(app)->heap;
    struct records_file file = k->counted->file;
    struct sheet_asked asked = held_usual();
    struct records_input in;

    TRY(held_reader_begin(app, k->a, row, &reader));
    in = held_input(row, &asked, &reader);
    file.from.reader = &reader.reader;
    return k->asked->lines != NULL ? read_all(k, h, &in, &file)
                                   : look_by_group(k, h, &in, &file);
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

static err look(struct app *app, struct looking *k,
                const struct held_row_of *row, struct held_rows *out)
{
    k->found = arena_array(k->a, HELD_ROWS_MAX, sizeof *k->found);
    TRY_MEMORY(k->found);
    TRY(put_names(k->a, &k->counted->file.columns, out));
    TRY(look_at(app, k, row));
    out->rows = (struct list){ .p = k->found, .n = k->n };
    out->next = k->next;
    return OK;
}

err held_rows(struct app *app, struct arena *a, const struct held_of *of,
              id file, const struct held_asked_rows *asked,
              struct held_rows *out)
{
    struct looking k = { .a = a, .asked = asked };
    struct held_rows rows = { 0 };
    struct held_row_of row;

    if (asked->lines_n > HELD_ROWS_MAX)
        return err_new(a, ERR_LIMIT, "records.held_lines",
                       ARG_INT("most", HELD_ROWS_MAX));
    TRY(held_find(app, a, of, file, &row));
    TRY(held_counted(app, a, of, file, &k.counted));
    err e = look(app, &k, &row, &rows);
    held_give(app, &k.counted);
    TRY(e);
    *out = rows;
    return OK;
}
