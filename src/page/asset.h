#ifndef PAGE_ASSET_H
#define PAGE_ASSET_H

/*
 * asset -- style sheets and pictures that are part of the program.
 *
 *   [AS1] A name holds the hash of its content, so what it stands for never
 *         changes: answer with ASSET_CACHE_CONTROL.
 *   [AS2] Everything pages need comes from here or from the page itself, so
 *         PAGE_SECURITY_POLICY can forbid the rest, inline styles and scripts
 *         among it.  The one page that has to work without this server has
 *         them inline, and a policy of its own that knows their hashes
 *         (web/verify.c).
 */

#include "base/str.h"

#define ASSET_PREFIX "/assets/"

#define ASSET_CACHE_CONTROL "public, max-age=31536000, immutable"

/* Content-Security-Policy of every page.  `data:` is for the signs that the
 * CSS framework draws into forms (docs/decisions/0012-css-framework.md). */
#define PAGE_SECURITY_POLICY                                                   \
    "default-src 'none'; style-src 'self'; img-src 'self' data:; "             \
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

struct asset {
    str type; /* for Content-Type */
    str name; /* between double quotes, a strong ETag [AS1] */
    str body;
};

/* The asset called `name`, the part of its address after ASSET_PREFIX; false,
 * *out untouched, when there is none.  It lives as long as the program. */
bool asset_find(str name, struct asset *out);

/* The script assets/STEM.js, whatever its hash: for an address of its own,
 * which a service worker needs that stays what it is.  false likewise. */
bool asset_script(str stem, struct asset *out);

#endif
