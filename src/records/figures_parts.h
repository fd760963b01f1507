#ifndef RECORDS_FIGURES_PARTS_H
#define RECORDS_FIGURES_PARTS_H

/*
 * figures_parts -- what figures are made of, for figures.c (memory, merging),
 * figures_add.c (what a ticket counts), figures_times.c (medians) and
 * figures_load.c (persons by month).  Everyone else includes records/figures.h.
 */

#include "records/figures.h"
#include "records/low.h"
#include "records/repeats.h"

#include <assert.h>

enum {
    ROWS_OF_BLOCK = 4096,
    RESPONSE_NONE = FIGURES_RESPONSE_MAX + 1,
    ELAPSED_NONE = FIGURES_ELAPSED_MAX + 1,
    SECONDS_OF_DAY = 86400,
    MINUTES_OF_DAY = 1440,
};

#define OPENED_MASK ((UINT32_C(1) << 27) - 1)

/* A ticket of the period, as far as something is asked of it at the end. */
struct row {
    uint64_t opened : 27;   /* minute since 1970 */
    uint64_t response : 21; /* minutes after it: by the clock, and working
                               minutes once the figures are closed */
    uint64_t person : 16;
    uint64_t elapsed : 22; /* until it was resolved, likewise */
    uint64_t outlet : 16;
    uint64_t product : 16;
    uint64_t trade : 7;
    uint64_t judged : 1;  /* for first-time resolution */
    uint64_t at_once : 1; /* by its own account: no reopening, one visit */
    uint64_t repair : 1;
};
static_assert(sizeof(struct row) == 16);
static_assert((int)FIGURES_ROWS_MAX == (int)REPEATS_ROWS_MAX);

/* Of the whole, a month and an outlet only `n` is kept: their tallies are sums
 * of those of outlets by month. */
struct groups {
    struct tally *tallies;
    uint32_t n; /* one more than the greatest index counted */
    uint32_t room;
};

struct block {
    struct row rows[ROWS_OF_BLOCK];
};

struct figures {
    struct heap *heap;
    struct figures_terms terms;
    int64_t end; /* the first second after the period */
    uint32_t days;
    uint32_t months;
    uint8_t *month_of_day; /* of the period, from its first month on */
    uint32_t *came;        /* tickets opened on a day of the period; those */
    uint32_t *went;        /* of before, and resolved in it, on the first */
    struct low low;
    struct groups groups[GROUP_COUNT];
    struct block **blocks;
    uint32_t block_room;
    uint32_t rows;
    bool closed;
    uint64_t left_out[LEFT_COUNT];
    struct repeats repeats;
};

/* Where a ticket counts. */
struct place {
    uint32_t month;
    uint32_t outlet;
    uint32_t product;
    uint32_t person;
    uint32_t trade;
};

uint32_t place_index(const struct figures *f, const struct place *p,
                     enum figure_group kind);
struct place row_place(const struct figures *f, const struct row *r);
struct row *row_at(const struct figures *f, uint32_t row);

static inline uint32_t row_month(const struct figures *f, const struct row *r)
{
    return f->month_of_day[(uint32_t)r->opened / MINUTES_OF_DAY -
                           (uint32_t)f->terms.first];
}

/* What a ticket counts: one of each of these shares, or also a hit of it.  It
 * is small because it is zeroed for each ticket. */
struct steps {
    size_t n;
    uint32_t score; /* as in struct tally */
    struct step {
        uint16_t share;
        uint16_t hit;
    } steps[SHARE_COUNT];
};

static inline void step(struct steps *s, enum figure_share share, bool hit)
{
    s->steps[s->n++] = (struct step){ (uint16_t)share, hit };
}

/* Have the tallies of `p` come while its steps are found. */
void figures_fetch(const struct figures *f, const struct place *p);

/* Count the steps in every group of `p`. */
[[nodiscard]] bool figures_count(struct figures *f, const struct place *p,
                                 const struct steps *steps);
[[nodiscard]] bool figures_keep(struct figures *f, const struct row *r);

#endif
