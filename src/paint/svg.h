#ifndef PAINT_SVG_H
#define PAINT_SVG_H

/*
 * svg -- inside paint: a drawing of the house, read and drawn.
 *
 *   [SV1] Known are svg with a viewBox from 0 0, g, rect, path, text, title and
 *         desc, and of those the attributes that templates/ has in its .svg
 *         files; whatever else comes is refused
 *         (docs/decisions/drawings-read-strictly.md).
 *   [SV2] What is inside an element has what the element has, but for its
 *         place.
 */

#include "base/err.h"
#include "paint/ink.h"

struct arena;

/* The size of the drawing in its own units, more than 0.  ERR_INVALID
 * "paint.picture" (what). */
err svg_size(struct arena *a, str svg, double *width, double *height);

/* All of it, in its own units.  ERR_INVALID "paint.picture" (what). */
err svg_draw(struct arena *a, struct ink *k, str svg);

/* --- inside svg: svg_path.c ---------------------------------------------- */

/* The number at the front of `*rest`, with what parts it from the next; false:
 * there is none. */
bool svg_number(str *rest, double *out);

/* Outline what `d` says; false where it says what is not known: commands are
 * M L H V A Z and h v z, each with its letter, an arc that of a circle. */
bool svg_path(cairo_t *cr, str d);

#endif
