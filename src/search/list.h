#ifndef SEARCH_LIST_H
#define SEARCH_LIST_H

/*
 * list -- the documents of one gram, as bytes.
 *
 *   [LI1] A list has a part for each tier; a part holds documents in order,
 *         each once, and no document is in two parts.
 *   [LI2] Whatever the bytes are, nothing outside of them is read and no
 *         document at or above the limit comes out; there may be fewer then.
 *
 *   list   mask of the parts there are (1 byte), the count of each (varint),
 *          the bytes of each but the last (varint); the parts
 *   part   of up to 127: the first document, then the gaps less one (varint);
 *          of more, in blocks of 128, the last one shorter:
 *            for each block its first document and where it ends (4 bytes
 *            each, little endian, from the end of this table on); the blocks
 *   block  a byte of kind and the rest of its documents:
 *            0..32  the gaps less one, as many bits each
 *            64     a bit for each document behind the first
 *
 * Bits and bytes from the lowest on.  Eight bytes behind a list can be read.
 */

#include "search/name.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LIST_BLOCK = 128,
    LIST_SLACK = 8, /* bytes that can be read behind the last list */
};

struct list_part {
    const uint8_t *p;
    size_t bytes;
    uint32_t n;
};

struct list {
    struct list_part parts[LIST_TIERS];
    uint32_t n; /* of all */
};

/* Where a list's bytes end; beyond, only the slack is. */
struct list list_read(const uint8_t *p, const uint8_t *end);

/* Only how many documents it holds. */
uint32_t list_count(const uint8_t *p, const uint8_t *end);

/* All documents below `limit` into `out`, which has room for part->n. */
size_t list_documents(const struct list_part *part, uint32_t limit,
                      uint32_t *out);

/* Set the bits of those in [from, to): document d is bit d - from. */
void list_mark(const struct list_part *part, uint32_t from, uint32_t to,
               uint64_t *bits);

/* The bytes that list_write() needs at most for `n` documents. */
size_t list_bound(size_t n);

/* Write a list: `n` of `documents[tier]`.  Returns the bytes. */
size_t list_write(const uint32_t *const documents[LIST_TIERS],
                  const uint32_t n[LIST_TIERS], uint8_t *out);

#endif
