#ifndef HTTP_SYNTAX_H
#define HTTP_SYNTAX_H

/* syntax -- the small grammar that HTTP's header fields share (RFC 9110). */

#include "base/str.h"

/* One header field, of a request or an answer. */
struct header {
    str name;
    str value;
};

/* A word of a header: letters, digits and !#$%&'*+-.^_`|~, at least one. */
bool syntax_token(str s);

/* What may stand as a value in a header we send: printable ASCII, blanks and
 * tabs; so neither a line end nor a NUL. */
bool syntax_value(str s);

/* Equal but for the case of ASCII letters. */
bool syntax_equal(str a, str b);

/*
 * Cut the piece before `sep` off the front of *rest, leaving alone separators
 * inside "quoted \" strings"; the piece is trimmed.  At the last piece *rest
 * becomes {NULL, 0}, as with str_cut().
 */
str syntax_cut(str *rest, char sep);

#endif
