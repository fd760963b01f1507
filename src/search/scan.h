#ifndef SEARCH_SCAN_H
#define SEARCH_SCAN_H

/*
 * scan -- inside search: the documents of one segment that answer.
 *
 * Two ways lead to the same result.  Where the fewest candidates that some
 * term names are few, all of them are held against the patterns.  Else the
 * lists of the first word are gone through tier by tier in the order of
 * documents, a window of them at a time, until the best are known and enough
 * are counted.
 */

#include "search/asked.h"
#include "search/search.h"

struct arena;

/* The best keys so far, of all segments. */
struct best {
    uint64_t keys[SEARCH_WANT_MAX + 1]; /* in order */
    size_t n;
    size_t want; /* one more than asked for: it tells whether there are more */
    uint64_t after;
    bool counting;
    uint32_t count; /* up to one more than SEARCH_COUNT_MAX */
};

/* What is searched for, and what is made of it. */
struct scan_with {
    struct arena *arena;
    struct search_room *room;
    const struct asked *asked;
    const struct search_request *rq;
    struct best *best;
};

/* Add what answers in this part. */
err scan_part(const struct scan_with *with, const struct segment_part *part);

/* The same where word `slipped` has these patterns instead of its own; within
 * a bound of work. */
err scan_slips(const struct scan_with *with, const struct segment_part *part,
               size_t slipped);

#endif
