#ifndef PAINT_PICTURE_H
#define PAINT_PICTURE_H

/*
 * picture -- a drawing of the house, an SVG, as a PNG file.
 *
 *   [PI1] The drawing is read as it goes out as SVG, so that both are one
 *         picture.  Only what the house's templates use is known (svg.h [SV1]);
 *         anything else is refused: half a picture is worse than none.
 *   [PI2] Letters are set in the house's faces, and a character that none of
 *         them has is refused [PN2].
 *   [PI3] One of whole units has a whole number of pixels to each: no module of
 *         a square code is wider than another, none has a grey edge.
 *   [PI4] The file says how large it is printed (pHYs), where it has a width.
 *   [PI5] The same drawing, the same fonts: the same bytes.
 */

#include "codec/record.h"

struct arena;
struct studio;

enum {
    PICTURE_SVG = 1 << 18, /* characters of a drawing, at most */
    PICTURE_PIXELS = 6000, /* its width in pixels, at most */
    PICTURE_WIDTH = 2000,  /* on paper, in millimetres */
};

struct paint_picture {
    str svg;
    int64_t pixels;      /* its width; of whole units: the least [PI3] */
    int64_t millimetres; /* its width on paper; 0: it is for a screen */
    bool whole;          /* [PI3] */
};

extern const struct record paint_picture_record;

/* As it crosses to the worker: canonical JSON.  Errors of record_write(). */
err paint_picture_write(struct arena *a, const struct paint_picture *p,
                        str *out);

/* The file's bytes.  ERR_INVALID "paint.picture" (what) [PI1], "paint.glyph"
 * (character, code, field); ERR_LIMIT "buf.limit"; ERR_IO "paint.library"
 * (why), "paint.fonts" (folder). */
err paint_png(struct arena *a, struct studio *studio,
              const struct paint_picture *p, str *out);

#endif
