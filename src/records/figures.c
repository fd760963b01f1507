#include "records/figures_parts.h"

#include "base/check.h"
#include "base/heap.h"
#include "base/size.h"
#include "records/hours.h"

#include <string.h>

/* --- born and freed --- */

static void *take_zeroed(struct heap *h, size_t n)
{
    void *p = h->resize(h, NULL, n);

    if (p != NULL)
        memset(p, 0, n);
    return p;
}

int32_t period_month(day d)
{
    struct date date = date_of_day(d);

    return date.year * 12 + date.month - 1;
}

uint32_t period_months(day first, day last)
{
    return (uint32_t)(period_month(last) - period_month(first)) + 1;
}

static bool take_days(struct figures *f)
{
    int32_t first = period_month(f->terms.first);

    f->month_of_day = take_zeroed(f->heap, f->days);
    f->came = take_zeroed(f->heap, f->days * sizeof *f->came);
    f->went = take_zeroed(f->heap, f->days * sizeof *f->went);
    if (f->month_of_day == NULL || f->came == NULL || f->went == NULL)
        return false;
    for (uint32_t i = 0; i < f->days; i++)
        f->month_of_day[i] =
            (uint8_t)(period_month(f->terms.first + (day)i) - first);
    return true;
}

static void check_terms(const struct figures_terms *t)
{
    check(t->first >= 0 && t->first <= t->last && t->last <= DAY_MAX);
    check(period_months(t->first, t->last) <= FIGURES_MONTHS_MAX);
    check(t->repeat_days >= 0 && t->repeat_days <= 3650);
    check(t->scale_low >= 0 && t->hours != NULL);
}

struct figures *figures_new(struct heap *h, const struct figures_terms *t)
{
    struct figures *f;

    check_terms(t);
    f = take_zeroed(h, sizeof *f);
    if (f == NULL)
        return NULL;
    f->heap = h;
    f->terms = *t;
    f->end = ((int64_t)t->last + 1) * SECONDS_OF_DAY;
    f->days = (uint32_t)(t->last - t->first) + 1;
    f->months = period_months(t->first, t->last);
    repeats_init(&f->repeats, h);
    low_init(&f->low, h);
    if (!take_days(f))
        figures_free(&f);
    return f;
}

static uint32_t block_count(const struct figures *f)
{
    return (f->rows + ROWS_OF_BLOCK - 1) / ROWS_OF_BLOCK;
}

static void free_rows(struct figures *f)
{
    for (uint32_t i = 0; i < block_count(f); i++)
        f->heap->resize(f->heap, f->blocks[i], 0);
    f->heap->resize(f->heap, f->blocks, 0);
    f->blocks = NULL;
    f->block_room = 0;
    f->rows = 0;
}

void figures_free(struct figures **figures)
{
    struct figures *f = *figures;

    if (f == NULL)
        return;
    for (size_t i = 0; i < GROUP_COUNT; i++)
        f->heap->resize(f->heap, f->groups[i].tallies, 0);
    free_rows(f);
    repeats_end(&f->repeats);
    f->heap->resize(f->heap, f->month_of_day, 0);
    f->heap->resize(f->heap, f->came, 0);
    f->heap->resize(f->heap, f->went, 0);
    low_end(&f->low);
    f->heap->resize(f->heap, f, 0);
    *figures = NULL;
}

/* --- groups --- */

uint32_t place_index(const struct figures *f, const struct place *p,
                     enum figure_group kind)
{
    switch (kind) {
    case GROUP_MONTH: return p->month;
    case GROUP_OUTLET: return p->outlet;
    case GROUP_OUTLET_MONTH: return p->outlet * f->months + p->month;
    case GROUP_PRODUCT: return p->product;
    case GROUP_PERSON: return p->person;
    case GROUP_TRADE: return p->trade;
    case GROUP_WHOLE:
    case GROUP_COUNT: break;
    }
    return 0;
}

static bool grow_groups(struct heap *h, struct groups *g, uint32_t index)
{
    uint32_t room = g->room == 0 ? 16 : g->room;
    struct tally *tallies;

    if (index >= FIGURES_GROUPS_MAX)
        return false;
    while (room <= index)
        room *= 2;
    tallies = h->resize(h, g->tallies, room * sizeof *tallies);
    if (tallies == NULL)
        return false;
    memset(tallies + g->room, 0, (room - g->room) * sizeof *tallies);
    g->tallies = tallies;
    g->room = room;
    return true;
}

/* They never are the same: so told, the compiler adds several at a time. */
static void add_shares(struct tally *restrict t,
                       const struct tally *restrict step)
{
    for (size_t i = 0; i < SHARE_COUNT; i++) {
        t->shares[i].k += step->shares[i].k;
        t->shares[i].n += step->shares[i].n;
    }
    t->score += step->score;
}

static void see_index(struct groups *g, uint32_t index)
{
    if (index >= g->n)
        g->n = index + 1;
}

static bool room_for(struct heap *h, struct groups *g, uint32_t index)
{
    if (index >= g->room && !grow_groups(h, g, index))
        return false;
    see_index(g, index);
    return true;
}

/* Whether its tallies are sums. */
static bool is_sum(enum figure_group kind)
{
    return kind == GROUP_WHOLE || kind == GROUP_MONTH || kind == GROUP_OUTLET;
}

void figures_fetch(const struct figures *f, const struct place *p)
{
    static const enum figure_group many[] = { GROUP_OUTLET_MONTH,
                                              GROUP_PERSON };

    for (size_t i = 0; i < COUNT(many); i++) {
        const struct groups *g = &f->groups[many[i]];
        uint32_t index = place_index(f, p, many[i]);

        if (index >= g->room)
            continue;
        __builtin_prefetch(&g->tallies[index], 1);
        __builtin_prefetch(&g->tallies[index].shares[SHARE_COUNT / 2], 1);
    }
}

static void see_sums(struct figures *f, uint32_t month, uint32_t outlet)
{
    see_index(&f->groups[GROUP_WHOLE], 0);
    see_index(&f->groups[GROUP_MONTH], month);
    see_index(&f->groups[GROUP_OUTLET], outlet);
}

/* A share as one number: neither k nor n overflows into the other, so that one
 * addition is enough for both. */
union both {
    struct share share;
    uint64_t number;
};
static_assert(sizeof(union both) == sizeof(struct share));

static inline void take_step(struct tally *t, size_t share, union both step)
{
    union both *sum = (union both *)(void *)&t->shares[share];

    sum->number += step.number;
}

/* The tally of a group; NULL: there is no room for it. */
static inline struct tally *tally_of(struct figures *f, enum figure_group kind,
                                     uint32_t index)
{
    struct groups *g = &f->groups[kind];

    return room_for(f->heap, g, index) ? &g->tallies[index] : NULL;
}

/* In the groups whose tallies are no sums, all of them step by step: so a step
 * is looked up once. */
bool figures_count(struct figures *f, const struct place *p,
                   const struct steps *steps)
{
    struct tally *outlet =
        tally_of(f, GROUP_OUTLET_MONTH, p->outlet * f->months + p->month);
    struct tally *product = tally_of(f, GROUP_PRODUCT, p->product);
    struct tally *person = tally_of(f, GROUP_PERSON, p->person);
    struct tally *trade = tally_of(f, GROUP_TRADE, p->trade);

    if (outlet == NULL || product == NULL || person == NULL || trade == NULL)
        return false;
    for (size_t i = 0; i < steps->n; i++) {
        size_t share = steps->steps[i].share;
        const union both one = { { steps->steps[i].hit, 1 } };

        take_step(outlet, share, one);
        take_step(product, share, one);
        take_step(person, share, one);
        take_step(trade, share, one);
    }
    outlet->score += steps->score;
    product->score += steps->score;
    person->score += steps->score;
    trade->score += steps->score;
    see_sums(f, p->month, p->outlet);
    return true;
}

uint32_t figures_groups(const struct figures *f, enum figure_group kind)
{
    return f->groups[kind].n;
}

/* Over outlets by month: from the first, each `by` further. */
static struct tally sum(const struct figures *f, uint32_t first, uint32_t end,
                        uint32_t by)
{
    const struct groups *g = &f->groups[GROUP_OUTLET_MONTH];
    struct tally t = { 0 };

    for (uint32_t i = first; i < end && i < g->n; i += by)
        add_shares(&t, &g->tallies[i]);
    return t;
}

struct tally figures_of(const struct figures *f, enum figure_group kind,
                        uint32_t index)
{
    uint32_t outlet = index * f->months;

    if (index >= f->groups[kind].n)
        return (struct tally){ 0 };
    if (kind == GROUP_WHOLE)
        return sum(f, 0, UINT32_MAX, 1);
    if (kind == GROUP_MONTH)
        return sum(f, index, UINT32_MAX, f->months);
    if (kind == GROUP_OUTLET)
        return sum(f, outlet, outlet + f->months, 1);
    return f->groups[kind].tallies[index];
}

/* --- rows --- */

struct row *row_at(const struct figures *f, uint32_t row)
{
    return &f->blocks[row / ROWS_OF_BLOCK]->rows[row % ROWS_OF_BLOCK];
}

struct place row_place(const struct figures *f, const struct row *r)
{
    return (struct place){ row_month(f, r), r->outlet, r->product, r->person,
                           r->trade };
}

static bool room_for_blocks(struct figures *f, uint32_t n)
{
    uint32_t room = f->block_room == 0 ? 16 : f->block_room;
    struct block **blocks;

    if (n <= f->block_room)
        return true;
    while (room < n)
        room *= 2;
    blocks = f->heap->resize(f->heap, f->blocks, room * sizeof *blocks);
    if (blocks == NULL)
        return false;
    f->blocks = blocks;
    f->block_room = room;
    return true;
}

static bool new_block(struct figures *f)
{
    uint32_t n = block_count(f);

    if (!room_for_blocks(f, n + 1))
        return false;
    f->blocks[n] = f->heap->resize(f->heap, NULL, sizeof **f->blocks);
    return f->blocks[n] != NULL;
}

bool figures_keep(struct figures *f, const struct row *r)
{
    check(f->rows < UINT32_MAX - ROWS_OF_BLOCK);
    if (f->rows % ROWS_OF_BLOCK == 0 && !new_block(f))
        return false;
    *row_at(f, f->rows++) = *r;
    return true;
}

/* --- merging --- */

static uint32_t mapped(const uint32_t *map, uint32_t number)
{
    return map == NULL ? number : map[number];
}

static uint32_t mapped_index(const struct figures *f,
                             const struct figures_map *map,
                             enum figure_group kind, uint32_t index)
{
    const struct place p = {
        .month = kind == GROUP_MONTH ? index : index % f->months,
        .outlet = mapped(kind == GROUP_OUTLET || kind == GROUP_OUTLET_MONTH
                             ? map->outlet
                             : NULL,
                         kind == GROUP_OUTLET ? index : index / f->months),
        .product = mapped(kind == GROUP_PRODUCT ? map->product : NULL, index),
        .person = mapped(kind == GROUP_PERSON ? map->person : NULL, index),
        .trade = mapped(kind == GROUP_TRADE ? map->trade : NULL, index),
    };

    return place_index(f, &p, kind);
}

static bool is_empty(const struct tally *t)
{
    static const struct tally nothing;

    return memcmp(t, &nothing, sizeof nothing) == 0;
}

static bool merge_groups(struct figures *f, const struct figures *other,
                         const struct figures_map *map, enum figure_group kind)
{
    const struct groups *from = &other->groups[kind];

    for (uint32_t i = 0; i < from->n; i++) {
        uint32_t index = mapped_index(f, map, kind, i);

        if (is_empty(&from->tallies[i]))
            continue;
        if (!room_for(f->heap, &f->groups[kind], index))
            return false;
        add_shares(&f->groups[kind].tallies[index], &from->tallies[i]);
        if (kind == GROUP_OUTLET_MONTH)
            see_sums(f, index % f->months, index / f->months);
    }
    return true;
}

static void map_row(struct row *r, const struct figures_map *map)
{
    r->outlet = mapped(map->outlet, r->outlet) & UINT16_MAX;
    r->product = mapped(map->product, r->product) & UINT16_MAX;
    r->person = mapped(map->person, r->person) & UINT16_MAX;
    r->trade = mapped(map->trade, r->trade) & FIGURES_TRADES_MAX;
}

/* Fill the last block with rows that say nothing. */
static void fill_block(struct figures *f)
{
    for (; f->rows % ROWS_OF_BLOCK != 0; f->rows++)
        *row_at(f, f->rows) =
            (struct row){ .opened = (uint64_t)f->terms.first * MINUTES_OF_DAY &
                                    OPENED_MASK,
                          .response = RESPONSE_NONE,
                          .elapsed = ELAPSED_NONE };
}

/* Blocks move as they are, so that no row stands in memory twice. */
static bool merge_rows(struct figures *f, struct figures *other,
                       const struct figures_map *map)
{
    for (uint32_t i = 0; i < other->rows; i++)
        map_row(row_at(other, i), map);
    if (other->rows == 0)
        return true;
    if (!room_for_blocks(f, block_count(f) + block_count(other)))
        return false;
    memcpy(f->blocks + block_count(f), other->blocks,
           block_count(other) * sizeof *f->blocks);
    f->rows += other->rows;
    other->rows = 0;
    return true;
}

bool figures_merge(struct figures *f, struct figures *other,
                   const struct figures_map *map)
{
    check(!f->closed && !other->closed && f->days == other->days &&
          f->terms.first == other->terms.first);
    for (unsigned kind = 0; kind < GROUP_COUNT; kind++) {
        if (!is_sum((enum figure_group)kind) &&
            !merge_groups(f, other, map, (enum figure_group)kind))
            return false;
    }
    for (uint32_t i = 0; i < f->days; i++) {
        f->came[i] += other->came[i];
        f->went[i] += other->went[i];
    }
    for (size_t i = 0; i < LEFT_COUNT; i++)
        f->left_out[i] += other->left_out[i];
    fill_block(f);
    if (other->rows > FIGURES_ROWS_MAX - f->rows)
        return false;
    return low_merge(&f->low, &other->low, map->part) &&
           repeats_merge(&f->repeats, &other->repeats, f->rows) &&
           merge_rows(f, other, map);
}

/* --- the end --- */

static uint32_t opened_at(void *context, uint32_t row)
{
    const struct figures *f = context;

    return (uint32_t)row_at(f, row)->opened;
}

static uint32_t repeat_until(void *context, uint32_t row)
{
    const struct figures *f = context;
    const struct row *r = row_at(f, row);

    if (!r->judged)
        return 0;
    return (uint32_t)(r->opened + r->elapsed) +
           (uint32_t)f->terms.repeat_days * MINUTES_OF_DAY;
}

/* Adding the ticket, it was taken for one that nothing followed. */
static void was_repeated(void *context, uint32_t row)
{
    struct figures *f = context;
    const struct row *r = row_at(f, row);
    struct place p = row_place(f, r);

    for (unsigned kind = 0; kind < GROUP_COUNT; kind++) {
        uint32_t index = place_index(f, &p, (enum figure_group)kind);
        struct tally *t = &f->groups[kind].tallies[index];

        if (is_sum((enum figure_group)kind))
            continue;
        t->shares[SHARE_FIRST_TIME].k -= r->at_once;
        t->shares[SHARE_RETURNED].k += r->repair;
    }
}

/* Nobody asks for minutes by the clock any more. */
static void close_row(const struct hours *h, struct row *r)
{
    int64_t from = (int64_t)r->opened;

    if (r->response != RESPONSE_NONE)
        r->response = hours_between(h, from, from + (int64_t)r->response) &
                      ((1U << 21) - 1);
    if (r->elapsed != ELAPSED_NONE)
        r->elapsed = hours_between(h, from, from + (int64_t)r->elapsed) &
                     ((1U << 22) - 1);
}

bool figures_close(struct figures *f)
{
    const struct repeats_finding finding = { f, opened_at, repeat_until,
                                             was_repeated };

    check(!f->closed);
    f->closed = true;
    low_close(&f->low);
    if (!repeats_find(&f->repeats, &finding))
        return false;
    repeats_end(&f->repeats);
    for (uint32_t i = 0; i < f->rows; i++)
        close_row(f->terms.hours, row_at(f, i));
    return true;
}

uint32_t figures_days(const struct figures *f)
{
    return f->days;
}

void figures_backlog(const struct figures *f, int64_t *out)
{
    int64_t open = 0;

    for (uint32_t i = 0; i < f->days; i++) {
        open += (int64_t)f->came[i] - f->went[i];
        out[i] = open;
    }
}

uint32_t figures_low_days(const struct figures *f)
{
    return low_days(&f->low);
}

uint32_t figures_parts(const struct figures *f)
{
    return low_parts(&f->low);
}

void figures_low_by_part(const struct figures *f, uint32_t *out)
{
    low_by_part(&f->low, out);
}

int64_t tally_mean(const struct tally *t)
{
    uint64_t n = t->shares[SHARE_SATISFIED].n;

    check(n > 0);
    return (int64_t)((t->score + n / 2) / n);
}

uint64_t figures_left_out(const struct figures *f, enum figure_left_out why)
{
    return f->left_out[why];
}
