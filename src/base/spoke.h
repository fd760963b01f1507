#ifndef BASE_SPOKE_H
#define BASE_SPOKE_H

/*
 * spoke -- points around a circle, for pictures on pages and on paper: a radar
 * has a spoke for each thing it compares.
 *
 *   [SP1] The first spoke points up, the others follow clockwise, all the same
 *         angle apart.
 *   [SP2] Whole numbers, rounded to the nearest: the same on every machine.
 */

#include <stddef.h>
#include <stdint.h>

struct spoke {
    int32_t x; /* to the right */
    int32_t y; /* downward */
};

enum { SPOKE_MAX = 64, SPOKE_FAR_MAX = 1000000 };

/* The point on spoke `i` of `n` (3..SPOKE_MAX) so far from the middle, which is
 * (0, 0): 0..SPOKE_FAR_MAX. */
struct spoke spoke_at(size_t n, size_t i, int32_t far);

#endif
