/* A row becomes a ticket, cell by cell. */

#include "records/rows_parts.h"

#include "codec/fields.h"
#include "records/hashing.h"

#include <string.h>

enum {
    FIRST_VISIT = 1,
    LATER_VISIT = 2,
    PHONE_DIGITS = 7, /* least */
    PHONE_ROOM = 32,  /* with an extension behind it */
    LONG_BIT = 31,    /* of rows.nothing */
};

/* --- cells ------------------------------------------------------------ */

static inline bool has(const struct making *m, enum column_role role)
{
    const struct columns *c = m->r->table.columns;

    return c->place[role] < c->n;
}

static inline size_t place(const struct making *m, enum column_role role)
{
    return m->r->table.columns->place[role];
}

/* What stands between two ends; empty when no column has the role. */
static inline str between(const struct making *m, enum column_role role)
{
    const struct cells *row = m->row;
    size_t i = place(m, role);

    if (i >= row->n)
        return (str){ 0 };

    size_t from = i == 0 ? row->start : (size_t)row->ends[i - 1] + 1;
    return (str){ row->text.p + from, row->ends[i] - from };
}

static str undouble(struct rows *r, str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n && n < sizeof r->word; i++) {
        r->word[n++] = s.p[i];
        i += s.p[i] == '"';
    }
    return (str){ r->word, n };
}

/* The cell without quotes and blanks around it; it may lie in rows.word until
 * the next is asked for. */
static str unwrap(struct making *m, str s)
{
    const struct fields f = { .separator = m->r->table.separator,
                              .quotes = m->r->table.quotes };
    bool doubled;

    /* Mostly there are none; bytes beyond ASCII are no blanks. */
    if (s.n > 0 && s.p[0] != '"' && (unsigned char)s.p[0] > ' ' &&
        (unsigned char)s.p[s.n - 1] > ' ')
        return s;
    s = fields_value(&f, s, &doubled);
    return str_trim(doubled ? undouble(m->r, s) : s);
}

/* Does it say nothing?  The book is asked only where it may have such a word.
 */
static bool is_nothing(const struct rows *r, str s)
{
    unsigned bit = s.n < LONG_BIT ? (unsigned)s.n : LONG_BIT;

    return s.n == 0 || ((r->nothing[(unsigned char)s.p[0]] >> bit & 1) != 0 &&
                        column_nothing(r->table.book, s));
}

/* The cell of a role; false when no column has it, or the cell says nothing. */
static bool cell(struct making *m, enum column_role role, str *out)
{
    str raw = between(m, role);

    if (raw.n == 0)
        return false;
    *out = unwrap(m, raw);
    return !is_nothing(m->r, *out);
}

/* --- what they mean ---------------------------------------------------- */

/* The places of what is remembered of each role, and one; 0: of none. */
static const uint8_t places[COLUMN_ROLES] = {
    [COLUMN_OUTLET] = 1,
    [COLUMN_PRODUCT] = 2,
    [COLUMN_PERSON] = 3,
    [COLUMN_TRADE] = 4,
    [COLUMN_KIND] = 5,
    [COLUMN_STATE] = 6,
    [COLUMN_SATISFACTION] = 7,
    [COLUMN_REOPENED] = 8,
    [COLUMN_VISITS] = 9,
    [COLUMN_FIRST_FIX] = 10,
    [COLUMN_CALLED_BACK] = 11,
    [COLUMN_CALL_REACHED] = 12,
    [COLUMN_PART_WANTED] = 13,
    [COLUMN_PART_FILLED] = 14,
    [COLUMN_WITHIN_PROMISE] = 15,
    [COLUMN_PART] = ROW_MEANT,
};

/* The bytes of a short text, zeros behind them. */
static void load(const struct making *m, str s, struct row_known *out)
{
    static const unsigned char ones_and_zeros[2 * ROW_SHORT] = {
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    };
    const char *end = m->row->text.p + m->row->text.n;
    uint64_t mask[ROW_SHORT / 8];

    out->n = (uint32_t)s.n;
    if (end - s.p < ROW_SHORT) {
        memset(out->bytes, 0, sizeof out->bytes);
        memcpy(out->bytes, s.p, s.n);
        return;
    }
    memcpy(out->bytes, s.p, sizeof out->bytes);
    memcpy(mask, ones_and_zeros + ROW_SHORT - s.n, sizeof mask);
    for (size_t i = 0; i < ROW_SHORT / 8; i++)
        out->bytes[i] &= mask[i];
}

static size_t known_place(const struct row_known *k)
{
    uint64_t h = k->bytes[0] * UINT64_C(0x9e3779b97f4a7c15) ^
                 k->bytes[1] * UINT64_C(0xd6e8feb86659fd93) ^
                 k->bytes[2] * UINT64_C(0xc2b2ae3d27d4eb4f);

    return (size_t)(h >> 32) * ROW_REMEMBERED >> 32; /* its upper bits */
}

static bool same(const struct row_known *a, const struct row_known *b)
{
    return a->n == b->n && a->bytes[0] == b->bytes[0] &&
           a->bytes[1] == b->bytes[1] && a->bytes[2] == b->bytes[2];
}

static struct row_meaning find_meaning(struct making *m, enum column_role role,
                                       str raw)
{
    str s = unwrap(m, raw);

    if (is_nothing(m->r, s))
        return (struct row_meaning){ 0, false, ROW_FAULTS };
    return row_meaning(m, role, s);
}

/* By what is remembered of its bytes, or found and remembered. [RO8] */
static struct row_meaning remembered(struct making *m, enum column_role role,
                                     str raw)
{
    struct row_known wanted;

    load(m, raw, &wanted);

    struct row_known *k = &m->r->known[places[role] - 1][known_place(&wanted)];
    if (same(k, &wanted))
        return k->meaning;
    wanted.meaning = find_meaning(m, role, raw);
    *k = wanted;
    return wanted.meaning;
}

/* Whether a cell that is not empty says anything, and what. [RO2] */
static bool cell_means(struct making *m, enum column_role role, str raw,
                       uint16_t *out)
{
    bool is_short = raw.n <= ROW_SHORT && !m->r->table.plain;
    struct row_meaning found =
        is_short ? remembered(m, role, raw) : find_meaning(m, role, raw);
    if (found.fault != ROW_FAULTS)
        row_note(m, (enum row_fault)found.fault, place(m, role));
    *out = found.number;
    return found.says;
}

static inline bool means(struct making *m, enum column_role role, uint16_t *out)
{
    str raw = between(m, role);

    return raw.n > 0 && cell_means(m, role, raw, out);
}

/* --- moments ----------------------------------------------------------- */

/* Into *out; false, *out untouched, when `s` is no moment in the role's
 * order. */
static bool moment_in(const struct making *m, enum column_role role, str s,
                      int64_t *out)
{
    const struct columns *c = m->r->table.columns;
    enum moment_order order = c->columns[c->place[role]].order;
    struct moment found;

    if (!m->r->table.plain)
        return moment_read_known(&m->r->days, s, order, out);
    if (!moment_read(s, order, &found))
        return false;
    *out = found.seconds;
    return true;
}

static void read_moment(struct making *m, enum column_role role, int64_t *out)
{
    str s;

    if (cell(m, role, &s) && !moment_in(m, role, s, out))
        row_note(m, ROW_SLIP_MOMENT, place(m, role));
}

/* [RO1] */
static void read_opened(struct making *m)
{
    enum column_role role =
        has(m, COLUMN_OPENED) ? COLUMN_OPENED : COLUMN_RECEIVED;
    str s;

    if (!cell(m, role, &s) || !moment_in(m, role, s, &m->t.opened))
        row_refuse(m, ROW_NOT_OPENED, place(m, role));
}

static void read_moments(struct making *m)
{
    read_opened(m);
    read_moment(m, COLUMN_ANSWERED, &m->t.responded);
    read_moment(m, COLUMN_ARRIVED, &m->t.arrived);
    read_moment(m, COLUMN_PROMISED, &m->t.due);
    read_moment(m, has(m, COLUMN_RESOLVED) ? COLUMN_RESOLVED : COLUMN_CLOSED,
                &m->t.resolved);
}

/* --- subject, numbers and people [RO6] [RO7] ------------------------------ */

static uint64_t not_zero(uint64_t hash)
{
    return hash == 0 ? 1 : hash;
}

/* Of what is served and what was wrong with it; without the first, nothing
 * tells whether it came again. */
static void read_subject(struct making *m)
{
    uint64_t hash = HASH_BEGIN;
    str s;

    if (!cell(m, COLUMN_ASSET, &s))
        return;
    hash = hash_text(hash, s);
    if (has(m, COLUMN_FAULT) && !cell(m, COLUMN_FAULT, &s))
        return;
    if (has(m, COLUMN_FAULT))
        hash = hash_text(hash, s);
    m->t.subject = not_zero(hash);
}

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

/* --- the ticket -------------------------------------------------------- */

static enum ticket_answer answer_of(bool yes)
{
    return yes ? ANSWER_YES : ANSWER_NO;
}

static void read_answer(struct making *m, enum column_role role,
                        enum ticket_answer *out)
{
    uint16_t n = 0;

    if (means(m, role, &n))
        *out = (enum ticket_answer)n;
}

static void read_kind(struct making *m)
{
    uint16_t n = 0;

    if (means(m, COLUMN_KIND, &n)) {
        m->t.complaint = answer_of((n & KIND_COMPLAINT) != 0);
        m->t.repair = answer_of((n & KIND_REPAIR) != 0);
        m->t.void_kind = answer_of((n & KIND_VOID) != 0);
        m->t.excluded = m->t.void_kind;
    }
    if (means(m, COLUMN_STATE, &n))
        m->t.state = (enum ticket_state)n;
    if (m->t.state == STATE_VOID)
        m->t.excluded = ANSWER_YES;
}

static void read_visits(struct making *m)
{
    enum ticket_answer first = ANSWER_UNKNOWN;
    uint16_t n = 0;

    read_answer(m, COLUMN_FIRST_FIX, &first);
    if (means(m, COLUMN_VISITS, &n))
        m->t.visits = n;
    else if (first != ANSWER_UNKNOWN)
        m->t.visits = first == ANSWER_YES ? FIRST_VISIT : LATER_VISIT;
    if (means(m, COLUMN_REOPENED, &n)) {
        m->t.reopened = n;
        m->t.reopens_known = ANSWER_YES;
    }
}

static void read_number(struct making *m, enum column_role role, uint16_t *out)
{
    uint16_t n = 0;

    if (means(m, role, &n))
        *out = n;
}

/* A whole number of any size. */
static bool read_whole(struct making *m, enum column_role role, int64_t *out)
{
    str s;

    if (!cell(m, role, &s))
        return false;
    if (column_whole(m->r->table.book, s, out))
        return true;
    row_note(m, ROW_SLIP_NUMBER, place(m, role));
    return false;
}

/* [RO11] */
static void read_stock(struct making *m)
{
    int64_t stock = 0;
    int64_t least = 0;

    if (!has(m, COLUMN_STOCK) || !has(m, COLUMN_STOCK_LEAST))
        return;
    read_number(m, COLUMN_PART, &m->t.part);
    if (read_whole(m, COLUMN_STOCK, &stock) &&
        read_whole(m, COLUMN_STOCK_LEAST, &least))
        m->t.low = answer_of(stock < least);
}

static void read_satisfaction(struct making *m)
{
    uint16_t n = 0;

    if (!means(m, COLUMN_SATISFACTION, &n))
        return;
    m->t.satisfaction = (int16_t)(n / ROW_HUNDREDTHS);
    m->t.hundredths = n % ROW_HUNDREDTHS;
}

void row_read(struct making *m)
{
    struct ticket *t = &m->t;

    read_moments(m);
    if (!m->good)
        return;
    read_number(m, COLUMN_OUTLET, &t->outlet);
    read_number(m, COLUMN_PRODUCT, &t->product);
    read_number(m, COLUMN_PERSON, &t->person);
    read_number(m, COLUMN_TRADE, &t->trade);
    read_subject(m);
    read_kind(m);
    read_satisfaction(m);
    read_visits(m);
    read_answer(m, COLUMN_CALLED_BACK, &t->called_back);
    read_answer(m, COLUMN_CALL_REACHED, &t->reached);
    read_answer(m, COLUMN_WITHIN_PROMISE, &t->said_in_time);
    read_number(m, COLUMN_PART_WANTED, &t->parts_asked);
    read_number(m, COLUMN_PART_FILLED, &t->parts_filled);
    read_stock(m);
    read_people(m);
}
