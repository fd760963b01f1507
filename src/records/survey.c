#include "records/survey.h"

#include "base/heap.h"
#include "base/size.h"
#include "records/columns.h"

#include <stdlib.h>
#include <string.h>

enum {
    MONTHS_OF_YEAR = 12,
    PART_SHIFT = 20,
    STRIDE_MOST = 1 << 30,
    SPREAD_ROOM = 2 * SURVEY_SPREAD + 2, /* of two, to be thinned */
};

void survey_init(struct survey *s, struct heap *h, const struct columns *c,
                 char separator, bool quotes)
{
    memset(s, 0, sizeof *s); /* too large for a literal */
    s->columns = c;
    s->stride = 1;
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
    for (size_t i = 0; i < s->spread_n; i++)
        forget_row(s, &s->spread[i]);
    s->spread_n = 0;
    s->spread = s->cells.heap->resize(s->cells.heap, s->spread, 0);
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

/* A copy of the row that was found last; a long one has none. */
static bool copy_row(struct survey *s, uint64_t at, struct survey_row *out)
{
    struct heap *h = s->cells.heap;
    str row = cells_row(&s->cells);
    char *copy;

    *out = (struct survey_row){ .at = at + s->cells.start,
                                .part = at >> PART_SHIFT };
    if (row.n > SURVEY_ROW_BYTES)
        return true;
    copy = h->resize(h, NULL, row.n);
    if (copy == NULL)
        return false;
    memcpy(copy, row.p, row.n);
    out->text = copy;
    out->n = row.n;
    return true;
}

/* [SV1] */
static bool keep_row(struct survey *s, uint64_t at)
{
    struct survey_row *row = &s->decide[s->decide_n];

    if (!copy_row(s, at, row))
        return false;
    s->decide_n += row->n > 0;
    return true;
}

/* --- rows from all over the file [SV4] --- */

/* Until so many are kept as may be: of every second part that had its rows kept
 * they go. */
static void thin(struct survey *s, size_t most)
{
    while (s->spread_n > most && s->stride < STRIDE_MOST) {
        size_t kept = 0;

        s->stride *= 2;
        for (size_t i = 0; i < s->spread_n; i++) {
            if (s->spread[i].part % s->stride == 0)
                s->spread[kept++] = s->spread[i];
            else
                forget_row(s, &s->spread[i]);
        }
        s->spread_n = kept;
    }
    while (s->spread_n > most) /* parts of no length, all at one place */
        forget_row(s, &s->spread[--s->spread_n]);
}

static bool room_for_spread(struct survey *s)
{
    struct heap *h = s->cells.heap;

    if (s->spread != NULL)
        return true;
    s->spread = h->resize(h, NULL, SPREAD_ROOM * sizeof *s->spread);
    return s->spread != NULL;
}

/* One of the first rows of the part that begins at `at`. */
static bool spread_row(struct survey *s, uint64_t at)
{
    struct survey_row row;

    if ((at >> PART_SHIFT) % s->stride != 0)
        return true;
    if (!room_for_spread(s) || !copy_row(s, at, &row))
        return false;
    if (row.n == 0)
        return true;
    s->spread[s->spread_n++] = row;
    thin(s, SURVEY_SPREAD);
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct survey_row *x = a;
    const struct survey_row *y = b;

    return (x->at > y->at) - (x->at < y->at);
}

static bool merge_spread(struct survey *s, struct survey *other)
{
    if (other->spread_n == 0)
        return true;
    if (!room_for_spread(s))
        return false;
    memcpy(s->spread + s->spread_n, other->spread,
           other->spread_n * sizeof *s->spread);
    s->spread_n += other->spread_n;
    other->spread_n = 0;
    if (other->stride > s->stride)
        s->stride = other->stride;
    for (size_t i = s->spread_n; i-- > 0;) {
        if (s->spread[i].part % s->stride == 0)
            continue;
        forget_row(s, &s->spread[i]);
        s->spread[i] = s->spread[--s->spread_n];
    }
    thin(s, SURVEY_SPREAD);
    if (s->spread_n > 0)
        qsort(s->spread, s->spread_n, sizeof *s->spread, by_place);
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

static bool day_of_role(struct survey *s, enum column_role role, day *out)
{
    const struct columns *c = s->columns;
    size_t i = c->place[role];
    int64_t seconds;
    bool doubled;

    if (i >= c->n ||
        !moment_read_known(&s->days, cells_get(&s->cells, i, &doubled),
                           c->columns[i].order, &seconds))
        return false;
    *out = moment_day((struct moment){ .seconds = seconds });
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
    size_t n = 0; /* rows of this part that are as wide as the table */

    if (!cells_begin(&s->cells, part))
        return false;
    while (cells_next(&s->cells)) {
        s->rows++;
        count_row(s);
        if (s->cells.n != s->columns->n)
            continue;
        if (n++ < SURVEY_OF_PART && !spread_row(s, at))
            return false;
        if (open && s->decide_n < SURVEY_ROWS && decides(s) && !keep_row(s, at))
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

bool survey_merge(struct survey *s, struct survey *other)
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
    return merge_spread(s, other);
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
