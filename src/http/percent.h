#ifndef HTTP_PERCENT_H
#define HTTP_PERCENT_H

/*
 * percent -- %41 for A, as in addresses and forms.
 *
 *   [PC1] Decoding what was encoded gives it back.
 *   [PC2] Decoding is strict: each % is followed by two hexadecimal digits.
 *         A decoder that guesses lets a filter in front of us and us read two
 *         different things.
 */

#include "base/str.h"

struct buf;

/* A decoded text is well-formed UTF-8 without control characters; with
 * PERCENT_LINES tabs and line ends may stand in it. */
enum percent_text { PERCENT_LINE, PERCENT_LINES };

/*
 * Decode `s` into p, which has room for s.n bytes; the length goes to *n.
 * `plus` says whether + means a blank, as it does in forms only.  false when
 * malformed [PC2]; *n is then where in `s` it went wrong.
 */
bool percent_decode(str s, bool plus, char *p, size_t *n);

bool percent_is_text(str s, enum percent_text kind);

/* Append `s` so that it can stand as one segment of a path or as a value in a
 * query: all but letters, digits and -._~ is encoded. */
void percent_encode(struct buf *b, str s);

#endif
