#ifndef CODEC_UTF8_H
#define CODEC_UTF8_H

/*
 * utf8 -- strict UTF-8 (RFC 3629).
 *
 *   [U1] Well-formed means: no overlong form, no surrogate, nothing above
 *        U+10FFFF, no character cut short.  Every other byte string is
 *        malformed, NUL is a character like others.
 *   [U2] utf8_next() and utf8_write() undo each other.
 */

#include "base/str.h"

#include <stdint.h>

/*
 * Read the code point that begins at s.p[*at] and move *at past it.  false,
 * *at and *out untouched, at the end of `s` or when the bytes are malformed.
 */
bool utf8_next(str s, size_t *at, uint32_t *out);

/* Is all of `s` well-formed?  *count, which may be NULL, then gets the number
 * of code points; otherwise it is untouched. */
bool utf8_check(str s, size_t *count);

/* Well-formed and without NUL: what PostgreSQL takes for text. */
bool utf8_is_text(str s);

/* The first `n` code points of `s`, or all of it when it has fewer; from where
 * `s` is malformed, a byte counts as one. */
str utf8_first(str s, size_t n);

/* Write code point `c` and return its bytes, 1 to 4; 0, nothing written, when
 * it is a surrogate or above U+10FFFF. */
enum { UTF8_MAX = 4 };
size_t utf8_write(uint32_t c, char *out);

#endif
