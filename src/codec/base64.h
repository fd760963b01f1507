#ifndef CODEC_BASE64_H
#define CODEC_BASE64_H

/*
 * base64 -- RFC 4648, strict: the padded alphabet of section 4, and the
 * unpadded one for addresses of section 5.
 *
 *   [BA1] Decoding takes exactly what encoding gives: no blanks, no missing or
 *         needless padding, no stray bits in the last character.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct buf;

enum base64_kind { BASE64_PADDED, BASE64_URL };

/* Append the `n` bytes at `p`, encoded; failures stick in `b`. */
void base64_encode(struct buf *b, enum base64_kind kind, const void *p,
                   size_t n);

/* The bytes of `s`.  *valid is false, *out untouched, when `s` is not base64 of
 * this kind [BA1].  ERR_MEMORY. */
err base64_decode(struct arena *a, enum base64_kind kind, str s, str *out,
                  bool *valid);

#endif
