#ifndef CODEC_BASE32_H
#define CODEC_BASE32_H

/*
 * base32 -- RFC 4648, section 6, without padding: letters that a QR code packs
 * as closely as digits, because all of them are capitals.
 *
 *   [BB1] Decoding takes exactly what encoding gives: capitals and 2 to 7, no
 *         padding, no length that no bytes have, no stray bits at the end.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;

/* Append the `n` bytes at `p`, encoded; failures stick in `b`. */
void base32_encode(struct buf *b, const void *p, size_t n);

/* The bytes of `s`.  *valid is false, *out untouched, when `s` is not base32
 * [BB1].  ERR_MEMORY. */
err base32_decode(struct arena *a, str s, str *out, bool *valid);

#endif
