#ifndef RECORDS_TEST_FIGURES_H
#define RECORDS_TEST_FIGURES_H

/* test_figures -- docs/kpi.md read plainly, one ticket beside all others: slow,
 * and written apart from figures.c, to be held against it. */

#include "base/test.h"
#include "records/figures.h"

struct plain {
    struct tally tally;
    struct spread times[TIME_COUNT];
};

/* At most 2000 tickets. */
struct plain plain_figures(const struct ticket *tickets, size_t n,
                           const struct figures_terms *terms,
                           enum figure_group kind, uint32_t index);

/* Tickets in and around the period, saying much or little; words 0..4. */
void plain_draw(struct test_random *r, const struct figures_terms *terms,
                struct ticket *out, size_t n);

#endif
