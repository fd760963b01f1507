/*
 * Medians and 90th percentiles: the values of a time, filed by group in one
 * array; in each group's part, counting finds those that stand at their ranks.
 */

#include "records/figures_parts.h"

#include "base/check.h"
#include "base/heap.h"

#include <assert.h>
#include <string.h>

/* Values are below FIGURES_ELAPSED_MAX, so twice 11 bits hold them. */
enum { HALF = 2048, BINS = 2 * HALF };
static_assert(FIGURES_ELAPSED_MAX < HALF * HALF);

/* Working minutes until the time; false when it did not come. */
static inline bool until(const struct row *r, enum figure_time time,
                         uint32_t *out)
{
    uint32_t n =
        time == TIME_RESPONSE ? (uint32_t)r->response : (uint32_t)r->elapsed;

    *out = n;
    return n != (time == TIME_RESPONSE ? RESPONSE_NONE : ELAPSED_NONE);
}

struct filing {
    const struct figures *f;
    enum figure_group kind;
    enum figure_time time;
};

/* As place_index() of row_place(), without what the kind does not ask for. */
static inline uint32_t group_of(const struct filing *w, const struct row *r)
{
    switch (w->kind) {
    case GROUP_MONTH: return row_month(w->f, r);
    case GROUP_OUTLET: return (uint32_t)r->outlet;
    case GROUP_OUTLET_MONTH:
        return (uint32_t)r->outlet * w->f->months + row_month(w->f, r);
    case GROUP_PRODUCT: return (uint32_t)r->product;
    case GROUP_PERSON: return (uint32_t)r->person;
    case GROUP_TRADE: return (uint32_t)r->trade;
    case GROUP_WHOLE:
    case GROUP_COUNT: break;
    }
    return 0;
}

static uint32_t rows_of_block(const struct figures *f, uint32_t block)
{
    uint32_t left = f->rows - block * ROWS_OF_BLOCK;

    return left < ROWS_OF_BLOCK ? left : ROWS_OF_BLOCK;
}

static uint32_t count_block(const struct filing *w, uint32_t block,
                            struct spread *out)
{
    const struct row *rows = w->f->blocks[block]->rows;
    uint32_t n = rows_of_block(w->f, block);
    uint32_t all = 0;
    uint32_t minutes;

    for (uint32_t i = 0; i < n; i++) {
        if (!until(&rows[i], w->time, &minutes))
            continue;
        out[group_of(w, &rows[i])].n++;
        all++;
    }
    return all;
}

static uint32_t block_count(const struct figures *f)
{
    return (f->rows + ROWS_OF_BLOCK - 1) / ROWS_OF_BLOCK;
}

static uint32_t count_values(const struct filing *w, struct spread *out)
{
    uint32_t all = 0;

    for (uint32_t i = 0; i < block_count(w->f); i++)
        all += count_block(w, i, out);
    return all;
}

/* `at` holds where each group's next value belongs. */
static void file_block(const struct filing *w, uint32_t block, uint32_t *at,
                       uint32_t *values)
{
    const struct row *rows = w->f->blocks[block]->rows;
    uint32_t n = rows_of_block(w->f, block);
    uint32_t minutes;

    for (uint32_t i = 0; i < n; i++) {
        if (until(&rows[i], w->time, &minutes))
            values[at[group_of(w, &rows[i])]++] = minutes;
    }
}

static void file_values(const struct filing *w, uint32_t *at, uint32_t *values)
{
    for (uint32_t i = 0; i < block_count(w->f); i++)
        file_block(w, i, at, values);
}

/* Which bin holds rank *k, which becomes a rank within it. */
static uint32_t bin_of(const uint32_t *bins, uint32_t *k)
{
    uint32_t bin = 0;

    for (; *k >= bins[bin]; bin++)
        *k -= bins[bin];
    return bin;
}

/* Of the values of a group: those, how many, and twice HALF bins to count in,
 * of which the first are filled by their upper halves. */
struct ranking {
    const uint32_t *values;
    uint32_t n;
    uint32_t *bins;
};

static void count_upper(const struct ranking *r)
{
    memset(r->bins, 0, HALF * sizeof *r->bins);
    for (uint32_t i = 0; i < r->n; i++)
        r->bins[r->values[i] / HALF]++;
}

/* The value at rank k, counted from 0, of n > k: its upper half by counting
 * those of all, then its lower one among those. */
static uint32_t value_at(const struct ranking *r, uint32_t k)
{
    uint32_t *lower = r->bins + HALF;
    uint32_t high = bin_of(r->bins, &k);

    memset(lower, 0, HALF * sizeof *lower);
    for (uint32_t i = 0; i < r->n; i++)
        lower[r->values[i] % HALF] += r->values[i] / HALF == high;
    return high * HALF + bin_of(lower, &k);
}

/* Nearest rank: the least value that so many tenths do not exceed. */
static uint32_t rank(uint32_t n, uint32_t tenths)
{
    return (uint32_t)(((uint64_t)n * tenths + 9) / 10) - 1;
}

/* In one piece of memory: where values belong, by group; bins; values. */
static void spread_all(const struct filing *w, uint32_t *room,
                       struct spread *out)
{
    uint32_t groups = figures_groups(w->f, w->kind);
    uint32_t *at = room;
    uint32_t *values = room + groups + BINS;
    uint32_t start = 0;

    for (uint32_t i = 0; i < groups; i++) {
        at[i] = start;
        start += out[i].n;
    }
    file_values(w, at, values);
    for (uint32_t i = 0; i < groups; i++) {
        const struct ranking r = { values + at[i] - out[i].n, out[i].n,
                                   room + groups };

        if (r.n == 0)
            continue;
        count_upper(&r);
        out[i].median = value_at(&r, rank(r.n, 5));
        out[i].p90 = value_at(&r, rank(r.n, 9));
    }
}

bool figures_times(const struct figures *f, struct heap *h,
                   enum figure_group kind, enum figure_time time,
                   struct spread *out)
{
    const struct filing w = { f, kind, time };
    uint32_t groups = figures_groups(f, kind);
    uint32_t n;
    uint32_t *room;

    check(f->closed);
    if (groups == 0)
        return true;
    memset(out, 0, groups * sizeof *out);
    n = count_values(&w, out);
    room = h->resize(h, NULL, ((size_t)groups + BINS + n) * sizeof *room);
    if (room == NULL)
        return false;
    spread_all(&w, room, out);
    h->resize(h, room, 0);
    return true;
}
