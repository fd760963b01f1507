#include "records/survey.h"

#include "base/heap.h"
#include "records/columns.h"

#include <string.h>

enum { MONTHS_OF_YEAR = 12 };

void survey_init(struct survey *s, struct heap *h, const struct columns *c,
                 char separator, bool quotes)
{
    *s = (struct survey){ .columns = c };
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

static size_t opened_place(const struct columns *c)
{
    size_t i = c->place[COLUMN_OPENED];

    return i < c->n ? i : c->place[COLUMN_RECEIVED];
}

static void count_opening(struct survey *s)
{
    const struct columns *c = s->columns;
    size_t i = opened_place(c);
    bool doubled;
    struct moment m;
    struct date d;

    if (i >= c->n || s->cells.n != c->n ||
        !moment_read(cells_get(&s->cells, i, &doubled), c->columns[i].order,
                     &m)) {
        s->undated++;
        return;
    }
    d = date_of_day(moment_day(m));
    if (d.year < SURVEY_FIRST_YEAR || d.year > YEAR_MAX) {
        s->undated++;
        return;
    }
    i = month_index(d);
    s->opened[i]++;
    if (d.mday > s->last_day[i])
        s->last_day[i] = (uint8_t)d.mday;
}

bool survey_feed(struct survey *s, str part, uint64_t at)
{
    bool open = survey_needed(s->columns);

    if (!cells_begin(&s->cells, part))
        return false;
    while (cells_next(&s->cells)) {
        s->rows++;
        count_opening(s);
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

bool survey_period(const struct survey *s, day *first, day *last)
{
    uint64_t all = 0;
    size_t from = SURVEY_MONTHS;
    size_t to = 0;

    for (size_t i = 0; i < SURVEY_MONTHS; i++)
        all += s->opened[i];
    if (all == 0)
        return false;
    for (size_t i = 0; i < SURVEY_MONTHS; i++) {
        if (s->opened[i] == 0 || s->opened[i] * SURVEY_RARE < all)
            continue;
        from = from < i ? from : i;
        to = i;
    }
    if (from == SURVEY_MONTHS) /* scattered over more months than that */
        return false;
    *first = day_in_month(from, 1);
    *last = day_in_month(to, s->last_day[to]);
    return true;
}
