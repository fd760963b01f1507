#ifndef CODEC_CBOR_H
#define CODEC_CBOR_H

/*
 * cbor -- RFC 8949 in its deterministic encoding (section 4.2.1), as far as
 * signatures (COSE, RFC 9052) need it: whole numbers, bytes, texts, arrays,
 * maps and tags.
 *
 *   [CB1] There is one encoding of each value: numbers and lengths as short as
 *         they can be, lengths always given, the keys of a map sorted by their
 *         encoded bytes, none twice.  cbor_read() takes nothing else.
 *   [CB2] Keys are whole numbers or texts.  Numbers are those of int64_t.
 *   [CB3] Texts are well-formed UTF-8.  Nesting ends at CBOR_DEPTH.
 *   [CB4] Memory is taken for what is there, never for what a length promises.
 */

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct arena;
struct buf;

enum { CBOR_DEPTH = 8 };

/* In the order of the encoding's major types. */
enum cbor_kind {
    CBOR_INT,
    CBOR_BYTES,
    CBOR_TEXT,
    CBOR_ARRAY,
    CBOR_MAP,
    CBOR_TAG,
};

struct cbor {
    enum cbor_kind kind;
    int64_t number;     /* of CBOR_INT; which tag */
    str bytes;          /* of CBOR_BYTES and CBOR_TEXT; in the text read */
    size_t count;       /* elements; pairs of a map; 1 for a tag */
    struct cbor *first; /* element; key, value, key, value ..; what is tagged */
    struct cbor *next;  /* of the same parent */
};

/*
 * The one value that all of `s` is; it borrows `s`.  ERR_INVALID with the place
 * `at` (bytes, from 0):
 *   "cbor.end": more was promised than is there;
 *   "cbor.kind": fractions, true, null, lengths left open;
 *   "cbor.short": a number or length is not as short as it can be;
 *   "cbor.range": a number or length beyond int64_t;
 *   "cbor.key": [CB2]; "cbor.order": [CB1]; "cbor.text", "cbor.depth": [CB3];
 *   "cbor.after": the value ends before `s` does.
 */
err cbor_read(struct arena *a, str s, struct cbor **out);

/* The value that a map has under this key; NULL when there is none, or `map`
 * is NULL or no map. */
const struct cbor *cbor_get(const struct cbor *map, int64_t key);

/* Appending the beginnings of values; failures stick in the buf.  That a map
 * gets its pairs in order [CB1], and everything its promised number, is the
 * caller's business. */
void cbor_int(struct buf *b, int64_t n);
void cbor_bytes(struct buf *b, str s);
void cbor_text(struct buf *b, str s); /* well-formed UTF-8 */
void cbor_array(struct buf *b, size_t n);
void cbor_map(struct buf *b, size_t pairs);
void cbor_tag(struct buf *b, uint64_t tag);

#endif
