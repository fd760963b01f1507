#ifndef PAINT_FIGURE_H
#define PAINT_FIGURE_H

/*
 * figure -- what is drawn and not written: stars, the border, the body's mark,
 * the square code.
 *
 *   [FG1] Nothing here resembles an official seal: the mark is no red disc and
 *         has no star in its middle.  It is a rosette in the house's colours
 *         that names the body and says what kind of certification it is.
 *   [FG2] A figure that comes again and again is recorded once and painted from
 *         that record, so that the file holds it once.
 */

#include "base/err.h"
#include "paint/ink.h"

struct arena;

/* A row of `n` stars around the middle `x`, each of that radius. */
void figure_stars(struct ink *k, double x, double y, int64_t n);

/* The border of a page of that size, and the rosette behind its text. */
void figure_border(struct ink *k, double width, double height);
void figure_rosette(struct ink *k, double x, double y);

/* [FG1]  Around (x, y): the body's name along the ring. */
struct figure_mark {
    str around;
    str middle;
    str below;
};
void figure_mark(struct ink *k, double x, double y, double radius,
                 const struct figure_mark *m);

/* The small form of the mark that stands at the head of a page. */
void figure_emblem(struct ink *k, double x, double y, double size);

/* The square code with its quiet zone; error correction M.  ERR_LIMIT
 * "paint.code": the text is too long for one. */
err figure_code(struct arena *a, struct ink *k, const struct place *p,
                str text);

#endif
