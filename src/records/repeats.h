#ifndef RECORDS_REPEATS_H
#define RECORDS_REPEATS_H

/*
 * repeats -- which tickets came again: the same asset and fault, opened later
 * and at most W days after the first was resolved.
 *
 *   [RP1] 8 bytes a ticket: they are filed by 12 bits of the hash as they come
 *         and keep 37 more, and their row; its minute is asked for at the end.
 *   [RP2] So 49 bits tell subjects apart.  Among 10 million subjects one pair
 *         in 11 files of that size shares them, and it makes a false repeat
 *         only when the second is opened within W days of the first: for W = 30
 *         in two years, one ticket in 140 such files.  repeats_test.c counts
 *         with subjects that share them.
 *   [RP3] Tickets of one subject that were opened in the same minute do not
 *         repeat each other, so that nothing depends on the order they came in.
 *   [RP4] Tickets wait to be filed until the memory they go to has been
 *         fetched: each goes somewhere else, and the processor would wait.
 *   [RP5] Each file of tickets is sorted by radix once, and one walk finds all.
 *
 * Threads: one at a time.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap;
struct repeats_part;
struct repeats_slab;

enum {
    REPEATS_FILES = 4096,
    REPEATS_WAITING = 32,
    REPEATS_ROW_BITS = 27,
    REPEATS_ROWS_MAX = 1 << REPEATS_ROW_BITS,
};

struct repeats_file {
    struct repeats_part *first;
    struct repeats_part *last;
    size_t n;
    size_t last_n; /* of them, in the last part */
};

struct repeats {
    struct heap *heap;          /* borrowed */
    struct repeats_slab *slabs; /* parts come from the first */
    struct repeats_slab *oldest;
    struct repeats_file files[REPEATS_FILES];
    struct repeats_waiting {
        uint64_t ticket; /* 37 bits of its subject, then its row */
        uint32_t file;
    } waiting[REPEATS_WAITING]; /* a ring [RP4] */
    size_t came;                /* tickets */
    size_t filed;               /* of them */
};

void repeats_init(struct repeats *r, struct heap *h);
void repeats_end(struct repeats *r);

/* A ticket of `subject` (the hash of its asset and fault).  `row`, below
 * REPEATS_ROWS_MAX, is what repeats_find() calls it.  False when there is no
 * memory. */
[[nodiscard]] bool repeats_add(struct repeats *r, uint64_t subject,
                               uint32_t row);

/* Take over all tickets of `other`, which is empty then; `rows` is added to
 * their rows, which stay below REPEATS_ROWS_MAX.  False when there is no
 * memory; both are then fit for repeats_end() only. */
[[nodiscard]] bool repeats_merge(struct repeats *r, struct repeats *other,
                                 uint32_t rows);

/* What repeats_find() asks and says. */
struct repeats_finding {
    void *context;
    /* The minute since 1970, below 2^27, in which this row was opened. */
    uint32_t (*opened)(void *context, uint32_t row);
    /* The last minute in which another ticket is a repeat of this row: the one
     * it was resolved in, and W days; 0 when it was not resolved. */
    uint32_t (*until)(void *context, uint32_t row);
    /* The ticket of this row was repeated; at most once a row. */
    void (*repeated)(void *context, uint32_t row);
};

/* Find all repeats.  False when there is no memory; some are told then. */
[[nodiscard]] bool repeats_find(struct repeats *r,
                                const struct repeats_finding *f);

#endif
