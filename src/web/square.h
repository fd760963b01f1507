#ifndef WEB_SQUARE_H
#define WEB_SQUARE_H

/*
 * square -- inside web: a text as a square code (ISO/IEC 18004), a picture for
 * an <img>.
 *
 *   [SQ1] It has its light margin of four modules with it and is dark on white
 *         whatever the page's theme, so that it scans in a dark one, too.
 *   [SQ2] Modules beside each other are one bar: no seams between them.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;

/* An SVG.  ERR_LIMIT "web.square" (bytes) for what no code holds. */
err square_draw(struct arena *a, str text, str *out);

/* Where the certificate is looked up on the site at this address; empty where
 * that is.  In capitals a square code is smaller (web.h [WB2]).  ERR_LIMIT. */
err square_of_certificate(struct arena *a, str site, str number, str *out);

#endif
