#include "records/survey.h"

#include "base/heap.h"
#include "base/size.h"
#include "records/columns.h"

#include <string.h>

enum { MONTHS_OF_YEAR = 12 };

void survey_init(struct survey *s, struct heap *h, const struct columns *c,
                 char separator, bool quotes)
{
    memset(s, 0, sizeof *s); /* too large for a literal */
    s->columns = c;
    cells_init(&s->cells, h, separator, quotes);
}

static void forget_row(struct survey *s, struct survey_row *row)
{
    row->text = s->cells.heap->resize(s->cells.heap, row->text, 0);
}

void survey_end(struct survey *s)
{
    for (size_t i = 0; i < s->decide_n; i++)
        forget_row(s, &s->decide[i]);
    s->decide_n = 0;
    cells_end(&s->cells);
}

/* --- orders --- */

/* Several orders would do, and nothing that was given says which. */
static bool is_open(const struct column *c)
{
    return (c->orders & (c->orders - 1)) != 0 && c->order_by != ORDER_GIVEN;
}

bool survey_needed(const struct columns *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (is_open(&c->columns[i]))
            return true;
    return false;
}

/* A moment that not all of the orders allow which the sample did. */
static bool decides(const struct survey *s)
{
    const struct columns *c = s->columns;
    bool doubled;

    for (size_t i = 0; i < c->n; i++) {
        unsigned orders;

        if (!is_open(&c->columns[i]))
            continue;
        orders = moment_orders(cells_get(&s->cells, i, &doubled)) &
                 c->columns[i].orders;
        if (orders != 0 && orders != c->columns[i].orders)
            return true;
    }
    return false;
}

/* [SV1] */
static bool keep_row(struct survey *s, uint64_t at)
{
    struct heap *h = s->cells.heap;
    str row = cells_row(&s->cells);
    char *copy;

    if (row.n > SURVEY_ROW_BYTES)
        return true;
    copy = h->resize(h, NULL, row.n);
    if (copy == NULL)
        return false;
    memcpy(copy, row.p, row.n);
    s->decide[s->decide_n++] = (struct survey_row){ at, row.n, copy };
    return true;
}

/* --- period --- */

static size_t month_index(struct date d)
{
    return (size_t)(d.year - SURVEY_FIRST_YEAR) * MONTHS_OF_YEAR +
           (size_t)(d.month - 1);
}

/* The month of a day into *out; false outside of the years that count. */
static bool month_of(day d, size_t *out)
{
    struct date date = date_of_day(d);

    if (date.year < SURVEY_FIRST_YEAR || date.year > YEAR_MAX)
        return false;
    *out = month_index(date);
    return true;
}

static bool day_of_role(const struct survey *s, enum column_role role, day *out)
{
    const struct columns *c = s->columns;
    size_t i = c->place[role];
    struct moment m;
    bool doubled;

    if (i >= c->n || !moment_read(cells_get(&s->cells, i, &doubled),
                                  c->columns[i].order, &m))
        return false;
    *out = moment_day(m);
    return true;
}

static void count_latest(struct survey *s, day opened)
{
    static const enum column_role roles[] = { COLUMN_ANSWERED, COLUMN_ARRIVED,
                                              COLUMN_RESOLVED, COLUMN_CLOSED,
                                              COLUMN_UPDATED };
    day latest = opened;
    size_t month;
    int32_t mday;

    for (size_t i = 0; i < COUNT(roles); i++) {
        day d;

        if (day_of_role(s, roles[i], &d) && d > latest)
            latest = d;
    }
    if (!month_of(latest, &month))
        return;
    mday = date_of_day(latest).mday;
    s->happened[month]++;
    if (mday > s->last_day[month])
        s->last_day[month] = (uint8_t)mday;
}

static void count_row(struct survey *s)
{
    const struct columns *c = s->columns;
    enum column_role opening =
        c->place[COLUMN_OPENED] < c->n ? COLUMN_OPENED : COLUMN_RECEIVED;
    size_t month;
    day d;

    if (s->cells.n != c->n || !day_of_role(s, opening, &d) ||
        !month_of(d, &month)) {
        s->undated++;
        return;
    }
    s->opened[month]++;
    count_latest(s, d);
}

bool survey_feed(struct survey *s, str part, uint64_t at)
{
    bool open = survey_needed(s->columns);

    if (!cells_begin(&s->cells, part))
        return false;
    while (cells_next(&s->cells)) {
        s->rows++;
        count_row(s);
        if (open && s->decide_n < SURVEY_ROWS && s->cells.n == s->columns->n &&
            decides(s) && !keep_row(s, at + s->cells.start))
            return false;
    }
    return true;
}

/* Two lists by place into one; what is too much is forgotten. */
static void merge_rows(struct survey *s, struct survey *other)
{
    struct survey_row all[2 * SURVEY_ROWS];
    size_t n = 0;
    size_t mine = 0;
    size_t theirs = 0;

    while (mine < s->decide_n || theirs < other->decide_n) {
        bool own = theirs == other->decide_n ||
                   (mine < s->decide_n &&
                    s->decide[mine].at <= other->decide[theirs].at);

        all[n++] = own ? s->decide[mine++] : other->decide[theirs++];
    }
    s->decide_n = n < SURVEY_ROWS ? n : SURVEY_ROWS;
    other->decide_n = 0;
    memcpy(s->decide, all, s->decide_n * sizeof *all);
    for (size_t i = s->decide_n; i < n; i++)
        forget_row(s, &all[i]);
}

void survey_merge(struct survey *s, struct survey *other)
{
    s->rows += other->rows;
    s->undated += other->undated;
    for (size_t i = 0; i < SURVEY_MONTHS; i++) {
        s->opened[i] += other->opened[i];
        s->happened[i] += other->happened[i];
        if (other->last_day[i] > s->last_day[i])
            s->last_day[i] = other->last_day[i];
    }
    merge_rows(s, other);
}

static day day_in_month(size_t month, int32_t of_month)
{
    struct date d = {
        .year = SURVEY_FIRST_YEAR + (int32_t)(month / MONTHS_OF_YEAR),
        .month = (int32_t)(month % MONTHS_OF_YEAR) + 1,
        .mday = of_month,
    };
    day out = 0;

    (void)day_of_date(d, &out); /* it was one */
    return out;
}

/* At least one of SURVEY_RARE. */
static bool is_common(uint64_t n, uint64_t all)
{
    return n > 0 && n * SURVEY_RARE >= all;
}

bool survey_period(const struct survey *s, day *first, day *last)
{
    uint64_t all = s->rows - s->undated;
    size_t from = 0;
    size_t to = SURVEY_MONTHS - 1;

    while (from < SURVEY_MONTHS && !is_common(s->opened[from], all))
        from++;
    while (to > 0 && !is_common(s->happened[to], all))
        to--;
    if (from > to) /* no opening, or scattered over more months than that */
        return false;
    *first = day_in_month(from, 1);
    *last = day_in_month(to, s->last_day[to]);
    return true;
}
