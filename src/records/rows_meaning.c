/* What the cells of each role mean, one cell at a time. */

#include "records/rows_parts.h"

enum { MOOD_MIDDLE = 2 /* of three words */ };

static struct row_meaning says(int64_t number)
{
    return (struct row_meaning){ (uint16_t)number, true, ROW_FAULTS };
}

static struct row_meaning slip(enum row_fault fault)
{
    return (struct row_meaning){ 0, false, (uint8_t)fault };
}

static struct words *dictionary(struct row_words *w, enum column_role role)
{
    if (role == COLUMN_OUTLET)
        return &w->outlet;
    if (role == COLUMN_PRODUCT)
        return &w->product;
    if (role == COLUMN_PART)
        return &w->part;
    return role == COLUMN_PERSON ? &w->person : &w->trade;
}

static struct row_meaning word(struct making *m, enum column_role role, str s)
{
    struct words *w = dictionary(&m->r->words, role);
    uint32_t number = 0;

    if (words_number(w, s, m->t.at, &number))
        return says(number);
    if (words_full(w))
        return slip(ROW_SLIP_MANY);
    m->memory = false;
    return says(0);
}

static struct row_meaning kind(const struct column_book *b, str s)
{
    return says((column_complaint(b, s) ? KIND_COMPLAINT : 0) |
                (column_repair(b, s) ? KIND_REPAIR : 0) |
                (column_excluded(b, s) ? KIND_VOID : 0));
}

static struct row_meaning state(const struct column_book *b, str s)
{
    if (column_excluded(b, s))
        return says(STATE_VOID);
    if (column_done(b, s))
        return says(STATE_DONE);
    return says(column_open(b, s) ? STATE_OPEN : STATE_UNKNOWN);
}

/* A whole number up to `most`. */
static struct row_meaning whole(const struct column_book *b, str s,
                                int64_t most)
{
    int64_t n = 0;

    return column_whole(b, s, &n) && n <= most ? says(n)
                                               : slip(ROW_SLIP_NUMBER);
}

/* [RO9] */
static struct row_meaning score(const struct column_book *b, str s,
                                int64_t high)
{
    struct column_number n;

    if (!column_decimal(b, s, &n) || n.whole >= INT16_MAX)
        return slip(ROW_SLIP_NUMBER);
    if (n.whole > high || (n.whole == high && n.more))
        return says((high + 1) * ROW_HUNDREDTHS);
    return says(n.whole * ROW_HUNDREDTHS + n.hundredths);
}

static struct row_meaning yes(const struct column_book *b, str s)
{
    bool found = false;

    return column_yes(b, s, &found) ? says(found ? ANSWER_YES : ANSWER_NO)
                                    : slip(ROW_SLIP_YES);
}

static struct row_meaning satisfaction(const struct making *m, str s)
{
    const struct columns *c = m->r->table.columns;
    const struct column_book *b = m->r->table.book;
    int mood = 0;

    if (c->columns[c->place[COLUMN_SATISFACTION]].scale != SCALE_WORDS)
        return score(b, s, rows_scale_of(c).high);
    return column_mood(b, s, &mood)
               ? says((int64_t)(MOOD_MIDDLE + mood) * ROW_HUNDREDTHS)
               : slip(ROW_SLIP_WORD);
}

/* Parts are counted, or it is only said whether there were any. */
static struct row_meaning parts(const struct column_book *b, str s)
{
    int64_t n = 0;
    bool found = false;

    if (column_whole(b, s, &n) && n <= UINT16_MAX)
        return says(n);
    return column_yes(b, s, &found) ? says(found) : slip(ROW_SLIP_NUMBER);
}

struct row_meaning row_meaning(struct making *m, enum column_role role,
                               str text)
{
    const struct column_book *b = m->r->table.book;

    if (role == COLUMN_OUTLET || role == COLUMN_PRODUCT ||
        role == COLUMN_PERSON || role == COLUMN_TRADE || role == COLUMN_PART)
        return word(m, role, text);
    if (role == COLUMN_KIND)
        return kind(b, text);
    if (role == COLUMN_STATE)
        return state(b, text);
    if (role == COLUMN_SATISFACTION)
        return satisfaction(m, text);
    if (role == COLUMN_VISITS || role == COLUMN_REOPENED)
        return whole(b, text, UINT16_MAX);
    if (role == COLUMN_PART_WANTED || role == COLUMN_PART_FILLED)
        return parts(b, text);
    return yes(b, text);
}
