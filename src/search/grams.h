#ifndef SEARCH_GRAMS_H
#define SEARCH_GRAMS_H

/*
 * grams -- by which small pieces a document can be found.
 *
 * A space is a kind of piece, and in it each piece is a key.  The spaces of
 * pairs come right behind those of their singles.
 */

#include "search/name.h"
#include "search/segment.h"

#include <stddef.h>
#include <stdint.h>

enum gram_space {
    SPACE_UNIT,      /* a unit */
    SPACE_UNITS,     /* two */
    SPACE_SYLLABLE,  /* a reading of a unit */
    SPACE_SYLLABLES, /* of two */
    SPACE_INITIAL,   /* the first letter of a reading */
    SPACE_INITIALS,  /* of two */
    SPACE_FACET,     /* the value of the first facet, and so on */
    SPACES = SPACE_FACET + SEARCH_FACETS,
};

/* How many bits of a pair's key belong to its second half. */
static inline unsigned gram_bits(enum gram_space pairs)
{
    if (pairs == SPACE_UNITS)
        return 16;
    return pairs == SPACE_SYLLABLES ? 10 : 6;
}

struct gram {
    uint32_t key;
    uint32_t tier; /* 0 .. LIST_TIERS - 1: its best place */
};

/* Two readings of each of two neighbours. */
enum { GRAMS_MAX = SEARCH_NAME_MAX * 4 };

/* The grams of a name in a space (not of a facet), each once. */
size_t grams_of(enum gram_space space, const uint16_t *units, size_t n,
                struct name_body body, struct gram out[GRAMS_MAX]);

#endif
