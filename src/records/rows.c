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

/* --- rows ---------------------------------------------------------------- */

struct feeding {
    struct rows *r;
    str text;    /* of the part, or of what is left of it */
    uint64_t at; /* where that begins in the file */
    rows_take *take;
    void *into;
    size_t next; /* of `text`, where reading goes on; its end */
};

static struct ticket ticket_at(uint64_t at)
{
    struct ticket t = TICKET_NONE;

    t.at = at;
    return t;
}

/* The first line of a row of several; all of it else. */
static str first_line(const struct cells *row)
{
    size_t end = row->ends[row->n - 1];
    str all = { row->text.p + row->start, end - row->start };

    return str_first(all, str_index(all, '\n'));
}

/* In quotes, those inside of them doubled: as RFC 4180 writes a field of
 * several lines. */
static bool is_quoted(str s)
{
    if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
        return false;
    for (size_t i = 1; i + 1 < s.n; i++) {
        if (s.p[i] == '"' && (++i + 1 >= s.n || s.p[i] != '"'))
            return false;
    }
    return true;
}

/* A row of several lines, one of whose fields has a quote too few or too many:
 * its lines are rows by themselves. [RO10] */
static bool is_torn(const struct feeding *f, const struct cells *row)
{
    size_t from = row->start;

    if (row->open && row->ends[row->n - 1] == f->text.n)
        return true;
    if (first_line(row).n == row->ends[row->n - 1] - row->start)
        return false;
    for (size_t i = 0; i < row->n; i++) {
        str s = { row->text.p + from, row->ends[i] - from };

        s = str_trim_end(s, '\r');
        if (str_index(s, '\n') < s.n && !is_quoted(s))
            return true;
        from = (size_t)row->ends[i] + 1;
    }
    return false;
}

static bool feed_row(struct feeding *f, const struct cells *row)
{
    struct making m = { .r = f->r,
                        .row = row,
                        .t = ticket_at(f->at + row->start),
                        .good = true,
                        .memory = true };

    f->r->read++;
    if (is_torn(f, row)) {
        row_refuse(&m, ROW_OPEN_QUOTE, 0);
        f->next = row->start + first_line(row).n + 1;
        f->next = f->next < f->text.n ? f->next : f->text.n;
    } else if (row->n != f->r->table.columns->n) {
        row_refuse(&m, ROW_FIELDS, 0);
    } else {
        row_read(&m);
    }
    return m.memory && (!m.good || f->take(f->into, &m.t));
}

/* What is remembered of words leaves out their later rows: of a part that lies
 * before, they are to be told again. [WD2] */
static void begin_part(struct rows *r, const struct rows_part *part)
{
    if (part->at < r->read_to)
        memset(r->known, 0, sizeof r->known);
    r->read_to = part->at + part->text.n;
}

/* Rows from the beginning of `text` on, up to f->next: its end, or the line
 * behind a torn one's first.  Empty lines are none. [RO5] */
static bool feed_rows(struct feeding *f, bool quotes)
{
    struct cells *c = &f->r->cells;

    c->quotes = quotes;
    if (!cells_begin(c, f->text))
        return false;
    f->next = f->text.n;
    while (f->next == f->text.n && cells_next(c)) {
        if (!feed_row(f, c))
            return false;
    }
    return true;
}

bool rows_feed(struct rows *r, const struct rows_part *part, rows_take *take,
               void *into)
{
    struct feeding f = {
        .r = r, .text = part->text, .at = part->at, .take = take, .into = into
    };
    size_t alone = 0; /* quotes that were */

    check(part->text.n < FIELDS_PART_MAX);
    begin_part(r, part);
    while (f.text.n > 0) {
        if (!feed_rows(&f, r->table.quotes && alone++ < ROWS_ALONE))
            return false;
        f.text = str_from(f.text, f.next);
        f.at += f.next;
    }
    return true;
}

void rows_init(struct rows *r, const struct rows_table *table)
{
    memset(r, 0, sizeof *r);
    r->table = *table;
    cells_init(&r->cells, table->heap, table->separator, table->quotes);
    column_nothing_lengths(table->book, r->nothing);
    words_init(&r->words.outlet, table->heap, WORDS_MAX);
    words_init(&r->words.product, table->heap, WORDS_MAX);
    words_init(&r->words.person, table->heap, WORDS_MAX);
    words_init(&r->words.trade, table->heap, FIGURES_TRADES_MAX);
    words_init(&r->words.part, table->heap, WORDS_MAX);
}

void rows_end(struct rows *r)
{
    words_end(&r->words.outlet);
    words_end(&r->words.product);
    words_end(&r->words.person);
    words_end(&r->words.trade);
    words_end(&r->words.part);
    cells_end(&r->cells);
}

struct rows_scale rows_scale_of(const struct columns *columns)
{
    static const struct rows_scale scales[] = {
        [SCALE_NONE] = { 1, 5, 4, false }, [SCALE_5] = { 1, 5, 4, false },
        [SCALE_10] = { 0, 10, 8, false },  [SCALE_100] = { 0, 100, 80, false },
        [SCALE_WORDS] = { 1, 3, 3, true },
    };
    size_t i = columns->place[COLUMN_SATISFACTION];

    return scales[i < columns->n ? columns->columns[i].scale : SCALE_NONE];
}
