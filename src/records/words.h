#ifndef RECORDS_WORDS_H
#define RECORDS_WORDS_H

/*
 * words -- a dictionary: a word becomes a small number, so that a ticket can
 * name its outlet in two bytes.
 *
 *   [WD1] Numbers are 1, 2, 3 .. in the order in which words came; 0 is the
 *         empty word, which says nothing.
 *   [WD2] A word remembers the first row it stood in.  Dictionaries of several
 *         workers merge into one, and words_order() lists its words by that
 *         row: the same list whatever the number of workers.
 *   [WD3] A dictionary is born with the most words it takes.
 *
 * Open addressing, keyed by bytes.  Threads: one dictionary, one thread.
 */

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct heap;
struct word;
struct words_slot;

struct words {
    struct heap *heap; /* borrowed */
    struct word *list; /* of number 1 on */
    uint32_t n;        /* words, the empty one not counted */
    uint32_t room;     /* of list */
    uint32_t max;
    struct words_slot *slots;
    uint32_t slot_n; /* a power of two, or 0 */
    char *text;
    size_t text_n;
    size_t text_room;
};

enum { WORDS_MAX = 65535 }; /* the greatest `max` */

/* An empty dictionary of at most `max` words, 1..WORDS_MAX. */
void words_init(struct words *w, struct heap *h, uint32_t max);
void words_end(struct words *w);

/*
 * The number of `word`, which stands in `row`; it is learnt when it is new.
 * False, *out untouched, when there is no memory or the dictionary is full
 * (words_full()).
 */
[[nodiscard]] bool words_number(struct words *w, str word, uint64_t row,
                                uint32_t *out);
bool words_full(const struct words *w);

/* The word of a number, 0..n; valid until the dictionary changes. */
str words_text(const struct words *w, uint32_t number);

/*
 * Learn all words of `other`.  map[i], for i in 0..other->n, becomes the number
 * here of word i there.  False as words_number(); some words may be learnt
 * then, and `map` is not to be used.
 */
[[nodiscard]] bool words_merge(struct words *w, const struct words *other,
                               uint32_t *map);

/* The numbers 1..n by the rows their words first stood in; words of one row
 * stand by their bytes.  `out` and `spare` have room for n each. [WD2] */
void words_order(const struct words *w, uint32_t *out, uint32_t *spare);

#endif
