#ifndef RECORDS_SORTED_H
#define RECORDS_SORTED_H

/*
 * sorted -- rows in the order of a key, by its bytes, the lowest first: as many
 * passes as it has bytes that differ.
 */

#include <stddef.h>
#include <stdint.h>

struct sorted {
    uint64_t key;
    uint64_t row; /* whatever it is that has this key */
};

/* Sort n by the lowest `bytes`, 1..8, of their keys, which have nothing above
 * them; `b` is room for as many.  The result is where the answer points: `a` or
 * `b`.  Those of one key stay in order. */
struct sorted *sorted_by_key(struct sorted *a, struct sorted *b, size_t n,
                             unsigned bytes);

#endif
