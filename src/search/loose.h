#ifndef SEARCH_LOOSE_H
#define SEARCH_LOOSE_H

/*
 * loose -- inside search: what a word may mean when nothing is found otherwise.
 *
 *   [LO1] Letters are mixed: syllables, and of some characters only how they
 *         begin: huawjs, zgshihua.
 *   [LO2] One unit of a word is another, is missing, or is one too many.
 *   [LO3] So is one letter of a word that is read, or two neighbours stand the
 *         wrong way round; what is meant then is syllables to their end.
 */

#include "search/asked.h"

enum {
    MIXED_MAX = PATTERNS_MAX, /* ways to mix that are looked for */
    MIXED_LETTERS_MIN = 3,
    SLIP_WORD_MIN = 3,    /* shorter words have no slip */
    SLIP_WORD_MAX = 12,   /* nor longer ones, as written */
    SLIP_LETTERS_MIN = 5, /* the same of letters that are read */
    SLIP_LETTERS_MAX = 24,
    SLIP_READ_MAX = 200, /* ways to read them that are looked for */
};

/* [LO1] *n is 0 when there is no way. */
err loose_mixed(struct arena *a, const struct word *w, struct pattern **out,
                size_t *n);

/* [LO2] [LO3]  Likewise. */
err loose_slips(struct arena *a, const struct word *w, struct pattern **out,
                size_t *n);

#endif
