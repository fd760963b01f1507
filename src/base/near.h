#ifndef BASE_NEAR_H
#define BASE_NEAR_H

/*
 * near -- which of the names there are somebody may have meant.
 *
 *   [NE1] The distance of two words is the least number of edits that make one
 *         of the other: a byte put in, taken out or replaced, or two that stand
 *         side by side exchanged.  No piece is edited twice.  Capitals of ASCII
 *         count as small letters.
 *   [NE2] Near is what a third of the word's bytes would change at most, and
 *         never more than three: what is farther was meant as something else.
 *   [NE3] Words longer than NEAR_WORD_MAX bytes are near to nothing.
 */

#include "base/str.h"

#include <stddef.h>

enum { NEAR_WORD_MAX = 80 };

/* [NE1]  Both are at most NEAR_WORD_MAX bytes long. */
size_t near_distance(str a, str b);

/* The best match so far; begin with `{ .word = what was typed }`. */
struct near {
    str word;
    str found; /* the nearest name that was offered; empty: none is near */
    size_t distance;
};

/* Offer a name: of several that are equally near the first stays. */
void near_offer(struct near *x, str name);

#endif
