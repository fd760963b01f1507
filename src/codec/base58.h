#ifndef CODEC_BASE58_H
#define CODEC_BASE58_H

/*
 * base58 -- the Bitcoin alphabet ("base58btc", multibase z), in which keys and
 * signatures stand in credentials and DID documents.
 *
 *   [BC1] Every leading zero byte is a leading 1; no two texts mean the same
 *         bytes.
 *   [BC2] The work grows with the square of the length, so what is longer than
 *         BASE58_BYTES_MAX bytes is not taken.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;

/* A key with its type has 34 bytes, a signature 64. */
enum { BASE58_BYTES_MAX = 128 };

/* Append the `n` bytes at `p`, encoded; n > BASE58_BYTES_MAX is a bug. */
void base58_encode(struct buf *b, const void *p, size_t n);

/* The bytes of `s`.  *valid is false, *out untouched, when `s` is not base58
 * or of more than BASE58_BYTES_MAX bytes [BC2].  ERR_MEMORY. */
err base58_decode(struct arena *a, str s, str *out, bool *valid);

#endif
