#ifndef RECORDS_LOW_H
#define RECORDS_LOW_H

/*
 * low -- on which days which part was below its least stock.
 *
 *   [LW1] A part counts once a day, however many rows say so, and what comes
 * out does not depend on the order they came in.
 *
 * 8 to 16 bytes for each different part and day.  Threads: one struct, one
 * thread; after low_close() all may read.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct heap;

struct low {
    struct heap *heap; /* borrowed */
    uint64_t *seen;    /* a day above, a part below */
    size_t n;
    size_t room;
};

void low_init(struct low *l, struct heap *h);
void low_end(struct low *l);

/* Part `part` was low on day `on`.  False when there is no memory. */
[[nodiscard]] bool low_add(struct low *l, uint32_t part, uint32_t on);

/* Take over what `other` saw; map[part], or NULL for the same, is a part's
 * number here.  False as low_add(). */
[[nodiscard]] bool low_merge(struct low *l, const struct low *other,
                             const uint32_t *map);

/* All is added: the functions below may be asked then. */
void low_close(struct low *l);

/* Days on which some part was low. */
uint32_t low_days(const struct low *l);

/* Parts that were: their numbers are below it.  And the days of each, into
 * out[low_parts()]. */
uint32_t low_parts(const struct low *l);
void low_by_part(const struct low *l, uint32_t *out);

#endif
