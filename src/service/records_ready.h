#ifndef SERVICE_RECORDS_READY_H
#define SERVICE_RECORDS_READY_H

/*
 * records_ready -- of the figures of a file what pages ask again and again,
 * found once after it was counted: each of these goes through all tickets, or
 * through all outlets by month. [M26]
 *
 *   [RY1] It says the same as the figures themselves.
 *   [RY2] 28 bytes a group, 150 a month: less than 6 megabytes, since words
 *         are at most WORDS_MAX of a kind.
 */

#include "service/records.h"
#include "service/records_json.h"

struct records_ready {
    struct tally whole;
    struct load load;
    struct tally *months; /* records_tally() of each, months_n of them */
    uint32_t months_n;
    /* Of every kind but GROUP_OUTLET_MONTH: */
    struct records_times times[GROUP_COUNT];
    /* the groups that hold something, in the order of lists: the most tickets
     * first, months by the calendar. */
    struct records_groups order[GROUP_COUNT];
};

/* Everything in `a`.  ERR_MEMORY. */
err records_ready(struct arena *a, struct heap *h,
                  const struct records_figures *f, struct records_ready *out);

/* As records_tally(). */
struct tally records_ready_tally(const struct records_ready *r,
                                 const struct records_figures *f,
                                 enum figure_group kind, uint32_t index);

#endif
