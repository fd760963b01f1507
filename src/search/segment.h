#ifndef SEARCH_SEGMENT_H
#define SEARCH_SEGMENT_H

/*
 * segment -- an index of names: bytes that never change once they are made.
 *
 * A register is a large segment and some small ones of what changed since; who
 * keeps them says which documents of a segment count no more (search.h).
 *
 *   [SG1] The documents of a segment stand in one order: shorter names first,
 *         those of a length by id.  So a document's place is its rank among
 *         equals, and no answer depends on how documents lie in segments.
 *   [SG2] Every list of a gram is split by where the gram stands (tier), each
 *         part in the order of documents: what is found first is best.
 *   [SG3] The same documents make the same bytes.
 *   [SG4] A segment is opened from any bytes whatever: they are refused with a
 *         reason, or they can be searched without reading past their end.
 *         Bytes that were changed inside give wrong answers, never a crash;
 *         segment_verify() finds them.
 *
 * Pure.  A segment borrows its bytes, which may be a mapped file; any number
 * of threads may read it.  The bytes are drawn in segment_parts.h.
 */

#include "base/err.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct arena;
struct heap;

/* What can be asked of a document besides its name.  The values are numbers of
 * the caller's; where one lies in another (a county in a province) it numbers
 * them so that they are neighbours, and asks for a range. */
enum search_facet {
    SEARCH_PLACE,
    SEARCH_LEVEL,
    SEARCH_SCHEME,
    SEARCH_STATUS,
    SEARCH_TRADE,
    SEARCH_FACETS,
};

enum {
    SEARCH_NAME_MAX =
        250, /* folded units of a name; what follows is not found */
    SEARCH_DOCUMENTS_MAX = 1 << 28, /* of a segment */
};

struct search_document {
    uint32_t id; /* the caller's; once in a segment */
    str name;    /* UTF-8 */
    uint16_t facets[SEARCH_FACETS];
};

struct segment;

/* Documents of one segment that go into another: all but those whose bit is
 * set in `dead` (document d is bit d % 64 of word d / 64), which may be NULL.
 */
struct segment_part {
    const struct segment *segment;
    const uint64_t *dead;
};

/*
 * Make a segment of `n` documents, in any order; `out` in `a`.  What it needs
 * meanwhile it takes from `h` and gives back: about 20 bytes for every
 * character of all names.  ERR_INVALID "search.twice" when two have one id,
 * "search.name" when a name is malformed UTF-8, ERR_LIMIT "search.many".
 */
err segment_build(struct heap *h, struct arena *a,
                  const struct search_document *documents, size_t n, str *out);

/* Make one segment of several; ids are told apart as above. */
err segment_merge(struct heap *h, struct arena *a,
                  const struct segment_part *parts, size_t n, str *out);

/* Open a segment; `bytes` are borrowed, aligned to 8.  ERR_CORRUPT
 * "search.damaged" with a word for what is wrong. [SG4] */
err segment_open(struct arena *a, str bytes, const struct segment **out);

/* Hold all of its bytes against the sum at their end: reads everything.
 * ERR_CORRUPT "search.damaged". */
err segment_verify(struct arena *a, const struct segment *s);

/* How many documents there are; the words of a bitmap of them. */
uint32_t segment_count(const struct segment *s);
size_t segment_words(const struct segment *s);

/* Where the document with this id stands; false when it is not there. */
bool segment_find(const struct segment *s, uint32_t id, uint32_t *document);

/* The first so many documents have names that fold to nothing: no search finds
 * them.  Who keeps segments says by such a one that a name is there no more. */
uint32_t segment_nameless(const struct segment *s);

/* The id of a document; it is below segment_count(). */
uint32_t segment_id(const struct segment *s, uint32_t document);

#endif
