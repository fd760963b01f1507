/* records_held_scan -- the rows of a file that is held, looked for by reading
 * it. [HL2] */

#include "base/arena.h"
#include "base/heap.h"
#include "service/records_held_look.h"

struct held_scanning {
    struct held_looking *k;
    struct heap *heap;
    struct rows *rows;            /* NULL: by line */
    const struct pass_part *part; /* where it is: */
    size_t at;                    /* so far lines are counted, */
    uint64_t line;                /* and this one begins there */
    uint64_t looked;
    bool over; /* it has what it wants */
};

/* --- by group ------------------------------------------------------------ */

/* The line that begins at `at` in the part's text; places grow. */
static uint64_t line_at(struct held_scanning *s, size_t at)
{
    str between = str_first(str_from(s->part->text, s->at), at - s->at);

    s->line += source_line_ends(between);
    s->at = at;
    return s->line;
}

static bool is_full(const struct held_scanning *s)
{
    return s->k->n == HELD_ROWS_MAX;
}

/* There is a row more than are shown, or as many were looked at as may be. */
static void end_at(struct held_scanning *s, uint64_t line)
{
    s->over = true;
    s->k->next = line;
}

/* False also ends the reading when there is enough: `over` tells. */
static bool take(void *into, const struct ticket *t)
{
    struct held_scanning *s = into;
    struct held_looking *k = s->k;
    size_t at = (size_t)(t->at - s->part->at);
    uint64_t line = line_at(s, at);

    if (line <= k->asked->after)
        return true;
    s->looked++;
    if (held_looking_wants(k, &s->rows->words, t)) {
        if (is_full(s))
            end_at(s, k->found[k->n - 1].line);
        else if (!held_looking_add(k, line, str_from(s->part->text, at)))
            return false;
    }
    if (!s->over && s->looked == HELD_ROWS_LOOK)
        end_at(s, line);
    return !s->over;
}

static bool feed_group(struct held_scanning *s, const struct pass_part *part)
{
    const struct rows_part p = { part->text, part->at };

    if (part->lines + source_line_ends(part->text) < s->k->asked->after)
        return true;
    s->part = part;
    s->at = 0;
    s->line = part->lines + 1;
    return rows_feed(s->rows, &p, take, s);
}

/* --- by line ------------------------------------------------------------- */

static bool feed_lines(struct held_scanning *s, const struct pass_part *part)
{
    const struct held_asked_rows *asked = s->k->asked;

    for (size_t i = 0; i < asked->lines_n; i++) {
        if (!held_looking_line(s->k, part, asked->lines[i]))
            return false;
    }
    s->over = s->k->n == asked->lines_n;
    return !s->over;
}

/* --- a reading ----------------------------------------------------------- */

bool held_scanning_part(struct held_scanning *s, const struct pass_part *part)
{
    return s->rows == NULL ? feed_lines(s, part) : feed_group(s, part);
}

bool held_scanning_over(const struct held_scanning *s)
{
    return s->over;
}

static err begin_rows(struct held_scanning *s)
{
    const struct records_file *file = &s->k->counted->file;
    const struct rows_table table = {
        .columns = &file->columns,
        .book = file->book,
        .heap = s->heap,
        .separator = file->layout.separator,
        .quotes = file->layout.quotes,
        .events = file->events,
    };

    s->rows = s->heap->resize(s->heap, NULL, sizeof *s->rows);
    TRY_MEMORY(s->rows);
    rows_init(s->rows, &table);
    return OK;
}

err held_scanning_begin(struct held_looking *k, struct held_scanning **out)
{
    struct held_scanning *s = arena_zero(k->a, sizeof *s);

    TRY_MEMORY(s);
    s->k = k;
    s->heap = app_world_of(k->app)->heap;
    if (k->asked->lines == NULL)
        TRY(begin_rows(s));
    *out = s;
    return OK;
}

void held_scanning_end(struct held_scanning **s)
{
    if (*s == NULL || (*s)->rows == NULL)
        return;
    rows_end((*s)->rows);
    (*s)->rows = (*s)->heap->resize((*s)->heap, (*s)->rows, 0);
}

static bool feed(void *mine, const struct pass_part *part)
{
    return held_scanning_part(mine, part);
}

err held_scan(struct held_looking *k)
{
    scoped(held_reader_end) struct held_reader reader = { 0 };
    scoped(held_scanning_end) struct held_scanning *s = NULL;
    struct records_file file = k->counted->file;
    struct sheet_asked asked = held_usual();
    uint64_t replaced;

    TRY(held_reader_begin(k->app, k->a, k->row, &reader));
    TRY(held_scanning_begin(k, &s));
    const struct records_input in = held_input(k->row, &asked, &reader);
    void *const each[] = { s };
    file.from.reader = &reader.reader;
    err e = records_read(k->a, s->heap, &in, &file,
                         &(struct records_reading){ 1, each, feed }, &replaced);
    if (failed(k->why))
        return k->why;
    return s->over ? OK : e; /* who has enough ends the reading */
}
