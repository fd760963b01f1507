#ifndef PAINT_TIDY_H
#define PAINT_TIDY_H

/*
 * tidy -- what cairo 1.16 leaves to be done on a file it wrote.
 *
 *   [TI1] A page names each recorded figure once and not once for every time it
 *         was painted: readers complain of keys that come twice.
 *   [TI2] The file says its language, and that its title is to be shown.
 *   [TI3] What stood in for a plate is the plate (paint/plate.h).
 */

#include "paint/plate.h"

/* `language` as a tag, "zh-CN".  Errors of pdf_open(). */
err tidy_pdf(struct arena *a, str bytes, const struct plates *plates,
             str language, str *out);

/* [TI1]  The text of one object. */
err tidy_names(struct arena *a, str *body);

#endif
