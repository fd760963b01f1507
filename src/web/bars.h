#ifndef WEB_BARS_H
#define WEB_BARS_H

/*
 * bars -- inside web: numbers side by side, as a picture.
 *
 *   [BA1] A bar each, from the left, the longest as long as there is room; a
 *         second number of it is a line across.  A picture says nothing that
 *         the page does not say in words as well.
 *   [BA2] Nothing is as short as nothing, and what is more than nothing is
 * seen.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

struct bar {
    str name;      /* before it: short */
    int64_t value; /* 0 or more */
    int64_t mark;  /* the second number; 0: none */
};

enum { BARS_MOST = 50 };

/* An SVG picture of `n` bars, 1..BARS_MOST; it lives in the arena. */
err bars_draw(struct arena *a, const struct bar *bars, size_t n, str *out);

/* How high it is, where it is BARS_WIDE wide. */
enum { BARS_WIDE = 720 };
int64_t bars_height(size_t n);

#endif
