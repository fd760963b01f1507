/*
 * Medians and 90th percentiles: the values of a time, filed by group in one
 * array, and of each group's part the two that stand at their ranks.
 */

#include "records/figures_parts.h"

#include "base/heap.h"
#include "records/hours.h"

#include <string.h>

/* Minutes by the clock until the time; false when it did not come. */
static bool until(const struct row *r, enum figure_time time, uint32_t *out)
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

static uint32_t group_of(const struct filing *w, const struct row *r)
{
    struct place p = row_place(w->f, r);

    return place_index(w->f, &p, w->kind);
}

static uint32_t count_values(const struct filing *w, struct spread *out)
{
    uint32_t all = 0;
    uint32_t minutes;

    for (uint32_t i = 0; i < w->f->rows; i++) {
        const struct row *r = row_at(w->f, i);

        if (!until(r, w->time, &minutes))
            continue;
        out[group_of(w, r)].n++;
        all++;
    }
    return all;
}

/* `at` holds where each group's next value belongs. */
static void file_values(const struct filing *w, uint32_t *at, uint32_t *values)
{
    uint32_t minutes;

    for (uint32_t i = 0; i < w->f->rows; i++) {
        const struct row *r = row_at(w->f, i);

        if (until(r, w->time, &minutes))
            values[at[group_of(w, r)]++] =
                hours_between(w->f->terms.hours, (int64_t)r->opened,
                              (int64_t)r->opened + minutes);
    }
}

static void swap(uint32_t *a, uint32_t *b)
{
    uint32_t was = *a;

    *a = *b;
    *b = was;
}

static uint32_t middle_of(uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t low = a < b ? a : b;
    uint32_t high = a < b ? b : a;

    return c < low ? low : c > high ? high : c;
}

/* Put those below, at and above `pivot` behind each other. */
static void part_three(uint32_t *v, uint32_t at[2], uint32_t pivot)
{
    uint32_t low = at[0];
    uint32_t high = at[1];

    for (uint32_t i = low; i < high;) {
        if (v[i] < pivot)
            swap(&v[i++], &v[low++]);
        else if (v[i] > pivot)
            swap(&v[i], &v[--high]);
        else
            i++;
    }
    at[0] = low;
    at[1] = high;
}

/* The value at rank k, counted from 0, of n > k; those before it are then no
 * greater, those behind it no less. */
static uint32_t value_at(uint32_t *v, uint32_t n, uint32_t k)
{
    uint32_t low = 0;
    uint32_t high = n;

    for (;;) {
        uint32_t pivot =
            middle_of(v[low], v[low + (high - low) / 2], v[high - 1]);
        uint32_t at[2] = { low, high };

        part_three(v, at, pivot);
        if (k >= at[0] && k < at[1])
            return pivot;
        if (k < at[0])
            high = at[0];
        else
            low = at[1];
    }
}

/* Nearest rank: the least value that so many tenths do not exceed. */
static uint32_t rank(uint32_t n, uint32_t tenths)
{
    return (uint32_t)(((uint64_t)n * tenths + 9) / 10) - 1;
}

static void spread_of(uint32_t *values, struct spread *s)
{
    uint32_t median = rank(s->n, 5);

    s->median = value_at(values, s->n, median);
    s->p90 = value_at(values + median, s->n - median, rank(s->n, 9) - median);
}

static void spread_all(const struct filing *w, uint32_t *at, uint32_t *values,
                       struct spread *out)
{
    uint32_t groups = figures_groups(w->f, w->kind);
    uint32_t start = 0;

    for (uint32_t i = 0; i < groups; i++) {
        at[i] = start;
        start += out[i].n;
    }
    file_values(w, at, values);
    for (uint32_t i = 0; i < groups; i++) {
        if (out[i].n > 0)
            spread_of(values + at[i] - out[i].n, &out[i]);
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

    if (groups == 0)
        return true;
    memset(out, 0, groups * sizeof *out);
    n = count_values(&w, out);
    room = h->resize(h, NULL, ((size_t)groups + n) * sizeof *room);
    if (room == NULL)
        return false;
    spread_all(&w, room, room + groups, out);
    h->resize(h, room, 0);
    return true;
}
