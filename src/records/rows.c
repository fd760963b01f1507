#include "records/rows.h"

#include "base/check.h"
#include "base/heap.h"
#include "codec/fields.h"
#include "records/columns.h"
#include "records/figures.h"
#include "records/hashing.h"
#include "records/moment.h"

#include <string.h>

enum {
    FIRST_VISIT = 1,
    LATER_VISIT = 2,
    MOOD_MIDDLE = 2,  /* of three words */
    PHONE_DIGITS = 7, /* least */
    PHONE_ROOM = 32,  /* with an extension behind it */
};

/* One row: its fields end at ends[0..n-1]. */
struct row {
    str text;     /* of the part */
    size_t start; /* of the row, in it */
    const uint32_t *ends;
    size_t n;
};

/* A ticket being made of it. */
struct making {
    struct rows *r;
    const struct row *row;
    uint64_t at; /* of the row, in the file */
    struct ticket t;
    bool good;   /* not refused */
    bool memory; /* enough of it */
};

/* --- what went wrong --------------------------------------------------------
 */

static void note(struct making *m, enum row_fault fault, size_t column)
{
    struct rows *r = m->r;

    r->faults[fault]++;
    if (r->notes_n < ROWS_KEPT)
        r->notes[r->notes_n++] = (struct row_note){ m->at, column, fault };
}

static void refuse(struct making *m, enum row_fault fault, size_t column)
{
    note(m, fault, column);
    m->good = false;
}

/* --- cells
 * --------------------------------------------------------------------- */

static str undouble(struct rows *r, str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n && n < sizeof r->word; i++) {
        r->word[n++] = s.p[i];
        i += s.p[i] == '"';
    }
    return (str){ r->word, n };
}

/* The cell of a role; false when no column has it, or the cell says nothing.
 * It may lie in rows.word until the next is asked for. */
static bool cell(struct making *m, enum column_role role, str *out)
{
    const struct rows_table *table = &m->r->table;
    size_t i = table->columns->place[role];
    const struct fields f = { .separator = table->separator,
                              .quotes = table->quotes };
    bool doubled;

    if (i >= m->row->n)
        return false;

    size_t from = i == 0 ? m->row->start : (size_t)m->row->ends[i - 1] + 1;
    str s = { m->row->text.p + from, m->row->ends[i] - from };
    s = fields_value(&f, s, &doubled);
    *out = str_trim(doubled ? undouble(m->r, s) : s);
    return out->n > 0 && !column_nothing(table->book, *out);
}

static bool has(const struct making *m, enum column_role role)
{
    const struct columns *c = m->r->table.columns;

    return c->place[role] < c->n;
}

/* Into *out; false, *out untouched, when `s` is no moment in the role's
 * order. */
static bool moment_in(const struct making *m, enum column_role role, str s,
                      int64_t *out)
{
    const struct columns *c = m->r->table.columns;
    struct moment found;

    if (!moment_read(s, c->columns[c->place[role]].order, &found))
        return false;
    *out = found.seconds;
    return true;
}

static void read_moment(struct making *m, enum column_role role, int64_t *out)
{
    str s;

    if (cell(m, role, &s) && !moment_in(m, role, s, out))
        note(m, ROW_SLIP_MOMENT, m->r->table.columns->place[role]);
}

/* [RO1] */
static void read_opened(struct making *m)
{
    enum column_role role =
        has(m, COLUMN_OPENED) ? COLUMN_OPENED : COLUMN_RECEIVED;
    str s;

    if (!cell(m, role, &s) || !moment_in(m, role, s, &m->t.opened))
        refuse(m, ROW_NOT_OPENED, m->r->table.columns->place[role]);
}

static void read_word(struct making *m, enum column_role role, struct words *w,
                      uint16_t *out)
{
    uint32_t number;
    str s;

    if (!m->memory || !cell(m, role, &s))
        return;
    if (words_number(w, s, m->at, &number))
        *out = (uint16_t)number;
    else if (words_full(w))
        note(m, ROW_SLIP_MANY, m->r->table.columns->place[role]);
    else
        m->memory = false;
}

/* A whole number up to `most`; false, *out untouched, when there is none. */
static bool read_whole(struct making *m, enum column_role role, int64_t most,
                       int64_t *out)
{
    int64_t n = 0;
    str s;

    if (!cell(m, role, &s))
        return false;
    if (!column_whole(m->r->table.book, s, &n) || n > most) {
        note(m, ROW_SLIP_NUMBER, m->r->table.columns->place[role]);
        return false;
    }
    *out = n;
    return true;
}

static enum answer read_answer(struct making *m, enum column_role role)
{
    bool yes = false;
    str s;

    if (!cell(m, role, &s))
        return ANSWER_UNKNOWN;
    if (!column_yes(m->r->table.book, s, &yes)) {
        note(m, ROW_SLIP_YES, m->r->table.columns->place[role]);
        return ANSWER_UNKNOWN;
    }
    return yes ? ANSWER_YES : ANSWER_NO;
}

/* --- a ticket
 * ----------------------------------------------------------------------- */

static void read_moments(struct making *m)
{
    read_opened(m);
    read_moment(m, COLUMN_ANSWERED, &m->t.responded);
    read_moment(m, COLUMN_ARRIVED, &m->t.arrived);
    read_moment(m, COLUMN_PROMISED, &m->t.due);
    read_moment(m, has(m, COLUMN_RESOLVED) ? COLUMN_RESOLVED : COLUMN_CLOSED,
                &m->t.resolved);
}

static uint64_t not_zero(uint64_t hash)
{
    return hash == 0 ? 1 : hash;
}

/* With an end that is no byte of a text, so that "ab" and "c" are not "a" and
 * "bc". */
static uint64_t hashed(uint64_t hash, str s)
{
    return hash_text(hash_text(hash, s), S("\xff"));
}

/* Of what is served and what was wrong with it; without the first, nothing
 * tells whether it came again. */
static void read_subject(struct making *m)
{
    uint64_t hash = HASH_BEGIN;
    str s;

    if (!cell(m, COLUMN_ASSET, &s))
        return;
    hash = hashed(hash, s);
    if (has(m, COLUMN_FAULT) && !cell(m, COLUMN_FAULT, &s))
        return;
    if (has(m, COLUMN_FAULT))
        hash = hashed(hash, s);
    m->t.subject = not_zero(hash);
}

/* --- numbers and people [RO6] [RO7] */

static uint64_t hash_cell(struct making *m, enum column_role role, uint64_t key)
{
    str s;

    if (!cell(m, role, &s))
        return 0;
    return not_zero(hash_text(HASH_BEGIN ^ key, s));
}

/* The digits of a phone into `out`, how many there are; 0 when some are hidden,
 * or more than there is room for. */
static size_t phone_digits(str s, char out[PHONE_ROOM])
{
    size_t n = 0;

    if (str_begins(s, S("+86")))
        s = str_from(s, S("+86").n);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '*' || n == PHONE_ROOM)
            return 0;
        if (s.p[i] >= '0' && s.p[i] <= '9')
            out[n++] = s.p[i];
    }
    return n;
}

static uint64_t hash_phone(struct making *m)
{
    char digits[PHONE_ROOM];
    str s;

    if (!cell(m, COLUMN_PHONE, &s))
        return 0;

    str d = { digits, phone_digits(s, digits) };
    if (str_begins(d, S("0086")))
        d = str_from(d, S("0086").n);
    if (d.n < PHONE_DIGITS)
        return 0;
    return not_zero(hash_text(HASH_BEGIN ^ m->r->table.key, d));
}

static void read_people(struct making *m)
{
    const struct rows_table *table = &m->r->table;

    if (table->events)
        read_moment(m, COLUMN_UPDATED, &m->t.updated);
    if (table->events || table->people)
        m->t.number = hash_cell(m, COLUMN_NUMBER, 0);
    if (!table->people)
        return;
    m->t.customer = hash_cell(m, COLUMN_CUSTOMER, table->key);
    m->t.phone = hash_phone(m);
}

static enum answer answer_of(bool yes)
{
    return yes ? ANSWER_YES : ANSWER_NO;
}

static enum ticket_state state_of(const struct column_book *b, str s)
{
    if (column_excluded(b, s))
        return STATE_VOID;
    if (column_done(b, s))
        return STATE_DONE;
    return column_open(b, s) ? STATE_OPEN : STATE_UNKNOWN;
}

static void read_kind(struct making *m)
{
    const struct column_book *b = m->r->table.book;
    str s;

    if (cell(m, COLUMN_KIND, &s)) {
        m->t.complaint = answer_of(column_complaint(b, s));
        m->t.repair = answer_of(column_repair(b, s));
        m->t.void_kind = answer_of(column_excluded(b, s));
        m->t.excluded = m->t.void_kind;
    }
    if (cell(m, COLUMN_STATE, &s))
        m->t.state = state_of(b, s);
    if (m->t.state == STATE_VOID)
        m->t.excluded = ANSWER_YES;
}

static void read_satisfaction(struct making *m)
{
    const struct columns *c = m->r->table.columns;
    int mood = 0;
    int64_t n = 0;
    str s;

    if (!has(m, COLUMN_SATISFACTION))
        return;

    size_t i = c->place[COLUMN_SATISFACTION];
    if (c->columns[i].scale != SCALE_WORDS) {
        if (read_whole(m, COLUMN_SATISFACTION, INT16_MAX, &n))
            m->t.satisfaction = (int16_t)n;
    } else if (cell(m, COLUMN_SATISFACTION, &s)) {
        if (column_mood(m->r->table.book, s, &mood))
            m->t.satisfaction = (int16_t)(MOOD_MIDDLE + mood);
        else
            note(m, ROW_SLIP_WORD, i);
    }
}

static void read_visits(struct making *m)
{
    enum answer first = read_answer(m, COLUMN_FIRST_FIX);
    int64_t n = 0;

    if (read_whole(m, COLUMN_VISITS, UINT16_MAX, &n))
        m->t.visits = (uint16_t)n;
    else if (first != ANSWER_UNKNOWN)
        m->t.visits = first == ANSWER_YES ? FIRST_VISIT : LATER_VISIT;
    if (read_whole(m, COLUMN_REOPENED, UINT16_MAX, &n)) {
        m->t.reopened = (uint16_t)n;
        m->t.reopens_known = ANSWER_YES;
    }
}

/* Parts are counted, or it is only said whether there were any. */
static uint16_t read_parts(struct making *m, enum column_role role)
{
    int64_t n = 0;
    bool yes = false;
    str s;

    if (!cell(m, role, &s))
        return 0;
    if (column_whole(m->r->table.book, s, &n) && n <= UINT16_MAX)
        return (uint16_t)n;
    if (!column_yes(m->r->table.book, s, &yes))
        note(m, ROW_SLIP_NUMBER, m->r->table.columns->place[role]);
    return yes;
}

static void read_all(struct making *m)
{
    struct row_words *w = &m->r->words;

    read_moments(m);
    if (!m->good)
        return;
    read_word(m, COLUMN_OUTLET, &w->outlet, &m->t.outlet);
    read_word(m, COLUMN_PRODUCT, &w->product, &m->t.product);
    read_word(m, COLUMN_PERSON, &w->person, &m->t.person);
    read_word(m, COLUMN_TRADE, &w->trade, &m->t.trade);
    read_subject(m);
    read_kind(m);
    read_satisfaction(m);
    read_visits(m);
    m->t.called_back = read_answer(m, COLUMN_CALLED_BACK);
    m->t.reached = read_answer(m, COLUMN_CALL_REACHED);
    m->t.parts_asked = read_parts(m, COLUMN_PART_WANTED);
    m->t.parts_filled = read_parts(m, COLUMN_PART_FILLED);
    read_people(m);
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
                        .at = f->part->at + row->start,
                        .t = ticket_at(f->part->at + row->start),
                        .good = true,
                        .memory = true };

    if (is_empty(row))
        return true;
    f->r->read++;
    if (f->open && row->ends[row->n - 1] == f->part->text.n)
        refuse(&m, ROW_OPEN_QUOTE, 0);
    else if (row->n != f->r->table.columns->n)
        refuse(&m, ROW_FIELDS, 0);
    else
        read_all(&m);
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

bool rows_feed(struct rows *r, const struct rows_part *part, rows_take *take,
               void *into)
{
    struct fields scan = { .separator = r->table.separator,
                           .quotes = r->table.quotes };
    struct feeding f = { r, part, take, into, false };
    struct row row = { .text = part->text };

    check(part->text.n < FIELDS_PART_MAX);
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
    *r = (struct rows){ .table = *table };
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
