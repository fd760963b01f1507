#ifndef SEARCH_SCAN_PARTS_H
#define SEARCH_SCAN_PARTS_H

/* scan_parts -- inside scan: one segment being searched. */

#include "search/plan.h"
#include "search/scan.h"

enum {
    KEY_RANK = 40, /* the bits of a key: rank, length (8), id (32) */
    KEY_LENGTH = 32,
    RANK_HOW = 3, /* the bits of a rank: how, tier + 1 (3) */
};

/* Fewer than anything one would count. */
#define NOWHERE UINT64_MAX

/* What a pattern of a word can be found by here. */
struct found_by {
    struct term first;
    struct term fewest[2];
};

struct scan {
    struct arena *arena;
    struct search_room *room;
    const struct segment *segment;
    const uint64_t *dead; /* may be NULL */
    struct asked asked;   /* only patterns that have lists here */
    struct found_by *by[SEARCH_WORDS_MAX];   /* for each of their patterns */
    struct terms facet_terms[SEARCH_FACETS]; /* as `facets` */
    const struct search_request *rq;
    struct best *best;
    int facets[SEARCH_FACETS]; /* those that are asked for */
    int facets_n;
};

static inline uint64_t scan_rank(enum search_how how, enum name_tier tier)
{
    return (uint64_t)how << RANK_HOW | (uint64_t)(tier + 1);
}

/* Is a document alive and its facets as asked for?  Those whose bits are set
 * in `known` are. */
static inline bool scan_lives(const struct scan *sc, uint32_t d, unsigned known)
{
    bool fits = sc->dead == NULL || (sc->dead[d / 64] >> d % 64 & 1) == 0;

    for (int i = 0; i < sc->facets_n; i++) {
        int f = sc->facets[i];

        if ((known >> f & 1) != 0)
            continue;
        uint16_t value = sc->segment->facets[f][d];
        fits &= value >= sc->rq->facets[f].from;
        fits &= value <= sc->rq->facets[f].to;
    }
    return fits;
}

/* Keep a key if it is one of the best. */
void best_keep(struct best *b, uint64_t key);

/* Count an answer, and keep it.  Its id is fetched when it matters. */
static inline void scan_answer(const struct scan *sc, uint64_t rank,
                               uint32_t document, uint32_t length)
{
    struct best *b = sc->best;
    uint64_t head = rank << (KEY_RANK - KEY_LENGTH) | length;

    if (b->count <= SEARCH_COUNT_MAX)
        b->count++;
    if (b->n < b->want || head <= b->keys[b->n - 1] >> KEY_LENGTH)
        best_keep(b, head << KEY_LENGTH | sc->segment->ids[document]);
}

/* Can no document from this one on change the answer, if none has a better
 * rank than this? */
static inline bool scan_settled(const struct scan *sc, uint64_t rank,
                                uint32_t document, uint32_t length)
{
    const struct best *b = sc->best;
    uint64_t head = rank << (KEY_RANK - KEY_LENGTH) | length;

    if (b->n < b->want || (b->counting && b->count <= SEARCH_COUNT_MAX))
        return false;
    return b->keys[b->n - 1] <
           (head << KEY_LENGTH | sc->segment->ids[document]);
}

/* The rank of a name by its first word, when all words stand in it; else
 * NOWHERE. */
uint64_t scan_match(const struct asked *asked, struct segment_name name);

/* The terms with the fewest documents of patterns [from, from + n) of a word;
 * `which` is 1 for the next fewest, which not all of them have. */
err scan_fewest(struct scan *sc, size_t word, size_t from, size_t n,
                size_t which, struct terms *out);

/* Hold each of these candidates against the words.  A document that answers is
 * in a list of `sift_by` too, unless that is empty. */
err scan_candidates(struct scan *sc, const struct terms *from,
                    const struct terms *sift_by);

/* Go through the lists of the first word. */
err scan_lists(struct scan *sc);

#endif
