#ifndef SERVICE_PICTURE_H
#define SERVICE_PICTURE_H

/*
 * picture -- a drawing of the house as a picture of pixels, for who cannot use
 * an SVG: print shops, word processors, shops on the web. [M21]
 *
 *   [PC1] For print it has at least 600 pixels to the inch at the width it is
 *         printed in, and says so; for the web it is as wide as its place is.
 *   [PC2] It shows what the SVG shows (paint/picture.h [PI1]); who may have the
 *         one is asked before the other is drawn.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

enum picture_size { PICTURE_PRINT, PICTURE_WEB };

struct picture_wish {
    str svg;
    enum picture_size size;
    int64_t millimetres; /* its width in print */
    int64_t pixels;      /* on the web */
    bool whole;          /* each of its units a whole number of pixels */
};

/* A PNG in the arena, by a painter of its own.  Errors of painter_draw(). */
err picture_png(struct arena *a, const struct picture_wish *wish, str *out);

#endif
