#include "records/rows_parts.h"

#include "base/check.h"
#include "base/heap.h"
#include "codec/fields.h"
#include "records/figures.h"

#include <string.h>

/* --- what went wrong ------------------------------------------------------ */

void row_note(struct making *m, enum row_fault fault, size_t column)
{
    struct rows *r = m->r;

    r->faults[fault]++;
    if (r->notes_n < ROWS_KEPT)
        r->notes[r->notes_n++] = (struct row_note){ m->t.at, column, fault };
}

void row_refuse(struct making *m, enum row_fault fault, size_t column)
{
    row_note(m, fault, column);
    m->good = false;
}

/* --- rows
 * -----------------------------------------------------------------------------
 */

struct feeding {
    struct rows *r;
    const struct rows_part *part;
    rows_take *take;
    void *into;
    bool open; /* a quote is, at the part's end */
};

/* [RO5] */
static bool is_empty(const struct row *row)
{
    str line = { row->text.p + row->start, row->ends[0] - row->start };

    return row->n == 1 && str_trim(line).n == 0;
}

static struct ticket ticket_at(uint64_t at)
{
    struct ticket t = TICKET_NONE;

    t.at = at;
    return t;
}

static bool feed_row(const struct feeding *f, const struct row *row)
{
    struct making m = { .r = f->r,
                        .row = row,
                        .t = ticket_at(f->part->at + row->start),
                        .good = true,
                        .memory = true };

    if (is_empty(row))
        return true;
    f->r->read++;
    if (f->open && row->ends[row->n - 1] == f->part->text.n)
        row_refuse(&m, ROW_OPEN_QUOTE, 0);
    else if (row->n != f->r->table.columns->n)
        row_refuse(&m, ROW_FIELDS, 0);
    else
        row_read(&m);
    return m.memory && (!m.good || f->take(f->into, &m.t));
}

static bool ends_room(struct rows *r, size_t n)
{
    if (n <= r->ends_room)
        return true;

    struct heap *h = r->table.heap;
    uint32_t *more = h->resize(h, r->ends, n * sizeof *more);
    if (more == NULL)
        return false;
    r->ends = more;
    r->ends_room = n;
    return true;
}

/* What is remembered of words leaves out their later rows: of a part that lies
 * before, they are to be told again. [WD2] */
static void begin_part(struct rows *r, const struct rows_part *part)
{
    if (part->at < r->read_to)
        memset(r->known, 0, sizeof r->known);
    r->read_to = part->at + part->text.n;
}

bool rows_feed(struct rows *r, const struct rows_part *part, rows_take *take,
               void *into)
{
    struct fields scan = { .separator = r->table.separator,
                           .quotes = r->table.quotes };
    struct feeding f = { r, part, take, into, false };
    struct row row = { .text = part->text };

    check(part->text.n < FIELDS_PART_MAX);
    begin_part(r, part);
    if (!ends_room(r, part->text.n + 1))
        return false;

    size_t n = fields_ends(&scan, part->text, r->ends);
    f.open = scan.open;
    if (part->text.n > 0 && (f.open || part->text.p[part->text.n - 1] != '\n'))
        r->ends[n++] = (uint32_t)part->text.n;
    row.ends = r->ends;
    for (size_t i = 0; i < n; i++) {
        row.n = (size_t)(&r->ends[i] - row.ends) + 1;
        if (r->ends[i] < part->text.n && part->text.p[r->ends[i]] != '\n')
            continue;
        if (!feed_row(&f, &row))
            return false;
        row.start = (size_t)r->ends[i] + 1;
        row.ends = &r->ends[i] + 1;
    }
    return true;
}

void rows_init(struct rows *r, const struct rows_table *table)
{
    memset(r, 0, sizeof *r);
    r->table = *table;
    column_nothing_lengths(table->book, r->nothing);
    words_init(&r->words.outlet, table->heap, WORDS_MAX);
    words_init(&r->words.product, table->heap, WORDS_MAX);
    words_init(&r->words.person, table->heap, WORDS_MAX);
    words_init(&r->words.trade, table->heap, FIGURES_TRADES_MAX);
}

void rows_end(struct rows *r)
{
    struct heap *h = r->table.heap;

    words_end(&r->words.outlet);
    words_end(&r->words.product);
    words_end(&r->words.person);
    words_end(&r->words.trade);
    r->ends = h->resize(h, r->ends, 0);
    r->ends_room = 0;
}

struct rows_scale rows_scale_of(const struct columns *columns)
{
    static const struct rows_scale scales[] = {
        [SCALE_NONE] = { 1, 5, 4 },  [SCALE_5] = { 1, 5, 4 },
        [SCALE_10] = { 0, 10, 8 },   [SCALE_100] = { 0, 100, 80 },
        [SCALE_WORDS] = { 1, 3, 3 },
    };
    size_t i = columns->place[COLUMN_SATISFACTION];

    return scales[i < columns->n ? columns->columns[i].scale : SCALE_NONE];
}
