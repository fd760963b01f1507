#ifndef HTTP_NEGOTIATE_H
#define HTTP_NEGOTIATE_H

/*
 * negotiate -- which of the forms we have suits the asker (RFC 9110, 12.5.1).
 * Languages are chosen by text/text.h, which knows which there are.
 *
 *   [NE1] The offer with the highest quality wins; between equals the one that
 *         stands first, so the caller orders offers as it likes them.
 *   [NE2] The most specific range decides an offer's quality: "text/html;q=0"
 *         refuses HTML beside "*" "/" "*".
 *   [NE3] A part that breaks the grammar counts as absent, the rest stands.
 */

#include "base/str.h"

/*
 * Which of n > 0 offers ("text/html", "application/json") an Accept header
 * asks for.  An empty header takes the first.  false, *out untouched, when
 * none is acceptable.
 */
bool negotiate_type(str accept, const str *offers, size_t n, size_t *out);

/* Does an Accept-Encoding header take gzip?  An empty one does not. */
bool negotiate_gzip(str accept);

#endif
