#ifndef PAINT_TIDY_H
#define PAINT_TIDY_H

/*
 * tidy -- what cairo 1.16 leaves to be done on a file it wrote.
 *
 *   [TI1] A page names each recorded figure once and not once for every time it
 *         was painted: readers complain of keys that come twice.
 *   [TI2] The file says its language, and that its title is to be shown.
 */

#include "codec/pdf.h"

/* `language` as a tag, "zh-CN".  Errors of pdf_open(). */
err tidy_pdf(struct arena *a, str bytes, str language, str *out);

#endif
