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

#include <stddef.h>
#include <stdint.h>

/* Lists of neighbouring keys; a document may be in several of them. */
struct term {
    const struct space *space;
    size_t from;
    size_t to;      /* exclusive */
    uint64_t count; /* of all lists together */
};

/* A document is in one of these. */
struct terms {
    struct term *of;
    size_t n;
    uint64_t count;
};

/* The term of `width` tokens from `at` on: one or two. */
struct term term_of(const struct segment *s, const struct pattern *p, size_t at,
                    size_t width);

/* The term of a facet's range. */
struct term term_of_facet(const struct segment *s, int facet,
                          struct search_range range);

/* The first term of a pattern that has no slip. [PL2] */
struct term term_first(const struct segment *s, const struct pattern *p);

/* The term of a pattern that holds the fewest; its `space` is NULL when the
 * pattern has none, and the count then UINT64_MAX. */
struct term term_fewest(const struct segment *s, const struct pattern *p);

/* Set the bits of the documents in [from, to) that are in the lists of `tier`,
 * or of all tiers when it is LIST_TIERS. */
void term_mark(const struct term *t, int tier, uint32_t from, uint32_t to,
               uint64_t *bits);

#endif
