#ifndef PAINT_PAINT_H
#define PAINT_PAINT_H

/*
 * paint -- a document as a PDF file.
 *
 *   [PN1] The same document, the same fonts: the same bytes, whatever was
 *         painted before.
 *   [PN2] A character that no face has refuses the document: an enterprise's
 *         name with a hole in it is worse than none.
 *   [PN3] The file is tagged, says its language and its title, and its text can
 *         be searched and copied.
 *
 * Cairo, pango and fontconfig end the program when memory runs out; whoever
 * cannot have that goes through the worker (paint/painter.h).
 */

#include "paint/document.h"
#include "paint/fonts.h"
#include "paint/plate.h"

/* What stays from one document to the next. */
struct studio {
    struct fonts fonts;
    struct plates plates;
};

/* Errors of fonts_open(). */
err studio_open(struct arena *a, struct heap *h, struct studio *out);
void studio_end(struct studio *s);

/*
 * The file's bytes.  ERR_INVALID "paint.glyph" (character, code, field) [PN2];
 * ERR_LIMIT "paint.room" (number), "paint.code" (bytes), "buf.limit"; ERR_IO
 * "paint.library" (why), cairo's own words, "paint.fonts" (folder).
 */
err paint_pdf(struct arena *a, struct studio *studio,
              const struct paint_document *d, str *out);

#endif
