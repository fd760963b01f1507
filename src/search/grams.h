#ifndef SEARCH_GRAMS_H
#define SEARCH_GRAMS_H

/*
 * grams -- by which small pieces a document can be found.
 *
 * A space is a kind of piece, and in it each piece is a key.
 *
 *   [GR1] The tier of a piece is that of all that begins with it (name.h).
 *   [GR2] A piece of initials may end with 0: beyond the name, and from a unit
 *         on that has none.  So all pieces that begin alike hold what one or
 *         two initials find.
 */

#include "search/name.h"
#include "search/segment.h"

#include <stddef.h>
#include <stdint.h>

enum gram_space {
    SPACE_UNIT,      /* a unit */
    SPACE_UNITS,     /* two */
    SPACE_SYLLABLES, /* readings of two */
    SPACE_INITIALS,  /* the first letters of the readings of three */
    SPACE_FACET,     /* the value of the first facet, and so on */
    SPACES = SPACE_FACET + SEARCH_FACETS,
};

/* How many units a piece has, and how many bits of its key each. */
static inline size_t gram_width(enum gram_space space)
{
    if (space == SPACE_INITIALS)
        return 3;
    return space == SPACE_UNIT || space >= SPACE_FACET ? 1 : 2;
}

static inline unsigned gram_bits(enum gram_space space)
{
    if (space == SPACE_SYLLABLES)
        return 10;
    return space == SPACE_INITIALS ? 6 : 16;
}

struct gram {
    uint32_t key;
    uint32_t tier; /* 0 .. LIST_TIERS - 1: its best place */
};

/* Two readings of each of three neighbours. */
enum { GRAMS_MAX = SEARCH_NAME_MAX * 8 };

/* The grams of a name in a space (not of a facet), each once. */
size_t grams_of(enum gram_space space, const uint16_t *units, size_t n,
                struct name_body body, struct gram out[GRAMS_MAX]);

#endif
