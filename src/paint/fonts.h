#ifndef PAINT_FONTS_H
#define PAINT_FONTS_H

/*
 * fonts -- the faces that documents are set in (fonts/README.md).
 *
 *   [PF1] Only the files named here are asked, never what the machine happens
 *         to have configured: a document looks alike everywhere.
 *   [PF2] The whole faces are opened only for a document with a character that
 *         the reduced ones lack; they come after those, so that whatever is in
 *         both is set from the same face as ever.
 */

#include "base/err.h"

#include <pango/pangocairo.h>

struct arena;

#define PAINT_SERIF "Noto Serif CJK SC"
#define PAINT_SANS  "Noto Sans CJK SC"

enum { FONTS_PATH = 1024 };

struct fonts {
    PangoFontMap *reduced;
    PangoFontMap *whole;     /* made when it is first asked for */
    char folder[FONTS_PATH]; /* of the reduced faces */
};

/* From the folder fonts/ of the running program, or from share/tenstar/fonts
 * beside it.  ERR_IO "paint.fonts" (folder): a face is not there. */
err fonts_open(struct arena *a, struct fonts *out);
void fonts_end(struct fonts *f);

/* [PF2]  NULL: there are no whole faces. */
PangoFontMap *fonts_whole(struct arena *a, struct fonts *f);

#endif
