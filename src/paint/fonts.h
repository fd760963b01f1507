#ifndef PAINT_FONTS_H
#define PAINT_FONTS_H

/*
 * fonts -- the faces that documents are set in (fonts/README.md).
 *
 *   [PF1] Only the files named here are asked, never what the machine happens
 *         to have configured: a document looks alike everywhere.
 *   [PF2] The larger faces are opened only for a document with a character that
 *         the smaller ones lack; they come after those, so that whatever is in
 *         both is set from the same face as ever.
 *   [PF3] Smaller ones are faster, and that is all they are for: cairo reads a
 *         face from end to end for every document that has a letter of it.
 */

#include "base/err.h"

#include <pango/pangocairo.h>

struct arena;

#define PAINT_SERIF "Noto Serif CJK SC"
#define PAINT_SANS  "Noto Sans CJK SC"

enum { FONTS_PATH = 1024 };

enum fonts_range {
    FONTS_COMMON, /* the 6763 characters of GB 2312 */
    FONTS_GBK,    /* and the 21003 of GBK */
    FONTS_WHOLE,  /* and all that Noto has, where that is installed */
    FONTS_RANGES
};

struct fonts {
    PangoFontMap *maps[FONTS_RANGES]; /* made when first asked for */
    char folder[FONTS_PATH];          /* of the reduced faces */
};

/* From the folder fonts/ of the running program, or from share/tenstar/fonts
 * beside it.  ERR_IO "paint.fonts" (folder): a face is not there. */
err fonts_open(struct arena *a, struct fonts *out);
void fonts_end(struct fonts *f);

/* [PF2]  NULL: a face of that range is not there. */
PangoFontMap *fonts_map(struct arena *a, struct fonts *f, int range);

#endif
