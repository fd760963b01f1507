#ifndef PAINT_CERTIFICATE_H
#define PAINT_CERTIFICATE_H

/*
 * certificate -- the page that is hung on the wall.
 *
 *   [CP1] Whatever it says fits on its one page: what stands in the middle is
 *         set smaller, down to six tenths, and refused where that is still too
 *         long.
 *   [CP2] One of a demonstration says so across the page and above the title.
 */

#include "paint/document.h"
#include "paint/ink.h"

/* All of the page; the tag "Document" is begun and left open, because what is
 * drawn comes before it.  ERR_LIMIT "paint.room" [CP1]; those of figure_code(),
 * plate_page(). */
err certificate_draw(struct arena *a, struct ink *k,
                     const struct paint_document *d);

/* What its further pages have around them.  Errors of plate_page(). */
err certificate_border(struct arena *a, struct ink *k);

#endif
