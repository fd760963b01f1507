#ifndef PAGE_ESCAPE_H
#define PAGE_ESCAPE_H

/*
 * escape -- text that goes into HTML.
 *
 * The template compiler (tools/templates.py) calls these; nothing else makes
 * HTML out of data.
 *
 *   [ES1] Of any bytes at all, none of these appends one of < > " ' or an &
 *         that does not begin one of &amp; &lt; &gt; &quot; &#39;.
 *   [ES2] What they append is well-formed UTF-8 without control characters
 *         other than tab and newline: anything else becomes U+FFFD.
 *   [ES3] A browser that follows an escaped address asks http, https or our
 *         own server, or a telephone's authenticator; never a script or data.
 */

#include "base/str.h"

struct buf;

/* For the text of an element and for an attribute in double quotes. */
void escape_html(struct buf *out, str s);

/*
 * A whole address, for an attribute.  Allowed [ES3]: http:// and https:// with
 * a host; otpauth:// with one, which a telephone's authenticator opens;
 * addresses on our own server, "/x", "?x" and "#x".  For any other,
 * and for one with blanks, backslashes or control characters, which browsers
 * read in ways of their own: "#".
 */
void escape_url(struct buf *out, str s);

/* One part of an address, a name or a value: everything but A-Z a-z 0-9 and
 * - . _ ~ is percent-encoded [RFC 3986 2.3]. */
void escape_url_part(struct buf *out, str s);

#endif
