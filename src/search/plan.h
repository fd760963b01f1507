#ifndef SEARCH_PLAN_H
#define SEARCH_PLAN_H

/*
 * plan -- inside search: which lists of a segment can answer.
 *
 *   [PL1] A document in which a pattern stands is in every term of it.
 *   [PL2] The first term of a pattern holds a document in no worse tier than
 *         the pattern stands there.
 */

#include "search/asked.h"
#include "search/segment_parts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Lists, of which a document may be in several. */
struct term {
    const struct space *space;
    size_t from;           /* neighbouring keys, */
    const uint16_t *units; /* or these, when it is not NULL */
    size_t n;              /* of either */
    uint64_t count;        /* documents of all lists together */
};

/* A document is in one of these. */
struct terms {
    struct term *of;
    size_t n;
    uint64_t count;
};

/* The term of a facet's range. */
struct term term_of_facet(const struct segment *s, int facet,
                          struct search_range range);

/* The first term of a pattern; none with a slip. [PL2] */
struct term term_first(const struct segment *s, const struct pattern *p);

/* The two terms of a pattern that hold the fewest.  There may be but one, and
 * of a pattern with a slip none: `space` is NULL then and the count UINT64_MAX.
 */
void term_fewest(const struct segment *s, const struct pattern *p,
                 struct term best[2]);

/* The list of a term that has but one; false when it has others. */
bool term_one(const struct term *t, struct list *out);

/* Set the bits of the documents in [from, to) that are in the lists of `tier`,
 * or of all tiers when it is LIST_TIERS. */
void term_mark(const struct term *t, int tier, uint32_t from, uint32_t to,
               uint64_t *bits);

#endif
