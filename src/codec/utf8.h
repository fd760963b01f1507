#ifndef CODEC_UTF8_H
#define CODEC_UTF8_H

/*
 * utf8 -- strict UTF-8 (RFC 3629): no overlong form, no surrogate, nothing
 * above U+10FFFF.
 */

#include "base/str.h"

#include <stdint.h>

/*
 * Read the code point that begins at s.p[*at] and move *at past it.  false,
 * *at and *out untouched, at the end of `s` or when the bytes are malformed.
 */
bool utf8_next(str s, size_t *at, uint32_t *out);

/* Is all of `s` well-formed?  *count, which may be NULL, gets the number of
 * code points. */
bool utf8_check(str s, size_t *count);

#endif
