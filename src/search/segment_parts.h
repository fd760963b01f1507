#ifndef SEARCH_SEGMENT_PARTS_H
#define SEARCH_SEGMENT_PARTS_H

/*
 * segment_parts -- inside search: what a segment's bytes are.
 *
 *   0   "tenname1"
 *   8   the sum of the tables it was folded and read by (fold.h)
 *   12  the number of documents, n
 *   16  the number of bytes, all included (8 bytes)
 *   24  for each section where it begins and its bytes (8 bytes each)
 *   ..  the sections, each from a multiple of 8
 *   end the sum of all words of 8 bytes before it
 *
 * Numbers are little endian.  Sections:
 *
 *   lengths   for each length 0 .. SEARCH_NAME_MAX + 1 of a name, how many
 *             documents are shorter (4 bytes)
 *   text      for each document its body (name.h; `from` is the high byte) and
 *             its units, 2 bytes each: documents of a length have one width
 *   ids       for each document (4)
 *   by id     the documents in the order of their ids (4)
 *   facets    for each facet, of each document (2)
 *   a space   (grams.h) three sections: the keys in order (4), where the list
 *             of each begins (4), the lists (list.h) with LIST_SLACK behind
 */

#include "search/grams.h"
#include "search/list.h"
#include "search/segment.h"

#include <stdint.h>

enum segment_section {
    SECTION_LENGTHS,
    SECTION_TEXT,
    SECTION_IDS,
    SECTION_BY_ID,
    SECTION_FACETS,
    SECTION_SPACES = SECTION_FACETS + SEARCH_FACETS,
    SECTION_KEYS = 0, /* of a space */
    SECTION_STARTS,
    SECTION_LISTS,
    SPACE_SECTIONS,
    SECTIONS = SECTION_SPACES + SPACES * SPACE_SECTIONS,
};

enum {
    SEGMENT_MAGIC = 8,
    SEGMENT_TABLES = 8,
    SEGMENT_COUNT = 12,
    SEGMENT_SIZE = 16,
    SEGMENT_SECTIONS = 24,
    SEGMENT_HEAD = SEGMENT_SECTIONS + SECTIONS * 16,
    SEGMENT_SUM = 8,
    SEGMENT_LENGTHS = SEARCH_NAME_MAX + 2,
};

extern const char segment_magic[SEGMENT_MAGIC + 1];

struct space {
    const uint32_t *keys;
    const uint32_t *starts;
    const uint8_t *lists;
    size_t n;     /* keys */
    size_t bytes; /* of lists, without the slack */
};

struct segment {
    str bytes;
    uint32_t n;
    const uint32_t *lengths;             /* SEGMENT_LENGTHS of them */
    size_t records[SEARCH_NAME_MAX + 1]; /* where those of a length begin */
    const uint16_t *text;
    const uint32_t *ids;
    const uint32_t *by_id;
    const uint16_t *facets[SEARCH_FACETS];
    struct space spaces[SPACES];
};

struct segment_name {
    const uint16_t *units;
    size_t n;
    struct name_body body;
};

/* The length of a document's name. */
uint32_t segment_length(const struct segment *s, uint32_t document);

/* Where the text has a document whose length is known: its body, its units. */
static inline const uint16_t *segment_record(const struct segment *s,
                                             uint32_t document, uint32_t length)
{
    return s->text + s->records[length] +
           (size_t)(document - s->lengths[length]) * (length + 1);
}

/* The name of a document whose length is known. */
static inline struct segment_name segment_name_of(const struct segment *s,
                                                  uint32_t document,
                                                  uint32_t length)
{
    const uint16_t *record = segment_record(s, document, length);
    struct name_body body = { (uint8_t)(record[0] >> 8), (uint8_t)record[0] };

    return (struct segment_name){ record + 1, length, body };
}

/* The same, where that of a document before it is known, or close to it. */
static inline uint32_t segment_length_from(const struct segment *s,
                                           uint32_t document, uint32_t length)
{
    if (document < s->lengths[length])
        return segment_length(s, document);
    while (document >= s->lengths[length + 1])
        length++;
    return length;
}

/* Have a name brought near while something else is done. */
static inline void segment_fetch(const struct segment *s, uint32_t document,
                                 uint32_t length)
{
    const uint16_t *record = segment_record(s, document, length);

    __builtin_prefetch(record);
    __builtin_prefetch(record + length);
}

/* Keys from `from` to `to`, both included: the indices [*first, *end). */
void space_range(const struct space *s, uint32_t from, uint32_t to,
                 size_t *first, size_t *end);

/* The list of the key with this index, and only the count of its documents. */
struct list space_list(const struct space *s, size_t index);
uint32_t space_count(const struct space *s, size_t index);

/* The sum of whole words of 8 bytes, going on from `sum`. */
uint64_t segment_sum(uint64_t sum, const uint8_t *p, size_t n);

#endif
