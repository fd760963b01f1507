#ifndef SERVICE_RECORDS_JSON_H
#define SERVICE_RECORDS_JSON_H

/*
 * records_json -- a file of service records and its figures as documents for
 * programs: whole numbers, days as "2026-11-28", working minutes.
 *
 *   [RJ1] A share is {k, n}, with its interval {low, high} in basis points
 *         where n > 0; whoever reads makes the percentage.
 *         Where figures are held against another period, {k, n} of then, the
 *         difference in basis points and what it proves stand beside it.
 *   [RJ2] The same figures are the same bytes: lists stand in the order of
 *         months, of words by where they first stood in the file, of rows.
 *   [RJ3] Where no column says what a share counts, its k is null, and n is all
 *         that is known of it; answers in words have no sum.
 */

#include "codec/json.h"
#include "service/records.h"

/* Layout and columns; `p` may be NULL: the file was not surveyed. */
struct json *records_file_json(struct arena *a, const struct records_file *f,
                               const struct records_period *p);

/* Terms, what was left out, shares and times of the whole, and of the groups of
 * `by`; backlog and load.  ERR_MEMORY. */
err records_figures_json(struct arena *a, const struct records_file *file,
                         const struct records_figures *f, enum figure_group by,
                         struct json **out);

/* The groups of a kind as a list, each with its name.  ERR_MEMORY. */
err records_groups_json(struct arena *a, const struct records_figures *f,
                        enum figure_group kind, struct json **out);

/* The same as short as it can be told, for sheets, which have a part for each
 * group: without what is none of none, and without the intervals, which follow
 * from k and n.  ERR_MEMORY. */
err records_short_groups_json(struct arena *a, const struct records_figures *f,
                              enum figure_group kind, struct json **out);

/*
 * The groups of a kind that hold something, in their order: months by time,
 * words by their first row, the group of those that do not name one last.
 * *out gets `n` indices.  GROUP_OUTLET_MONTH: by outlet, then month.
 */
struct records_groups {
    const uint32_t *indices;
    size_t n;
};
err records_groups(struct arena *a, const struct records_figures *f,
                   enum figure_group kind, struct records_groups *out);

/* How a group is called: a word, or "2026-03", or both with a blank between;
 * empty for those that do not name one.  Bytes that are no UTF-8 are shown as
 * U+FFFD. */
err records_group_name(struct arena *a, const struct records_figures *f,
                       enum figure_group kind, uint32_t index, str *out);

/* Parts that were low are told by these: all words of the file's parts in the
 * order of groups, 0 last, and how one is called. */
err records_parts_order(struct arena *a, const struct records_figures *f,
                        struct records_groups *out);
err records_part_name(struct arena *a, const struct records_figures *f,
                      uint32_t part, str *out);

/* The spreads of every group of a kind, in `a`.  ERR_MEMORY. */
struct records_times {
    uint32_t n; /* groups */
    struct spread *of[TIME_COUNT];
};
err records_times(struct arena *a, struct heap *h, const struct figures *f,
                  enum figure_group kind, struct records_times *out);
/* Of one; zeros of a group that nobody counted. */
struct spread records_time(const struct records_times *t, enum figure_time time,
                           uint32_t index);

/* Persons by month who have more than twice the median of that month, as a list
 * of {month, person, tickets}: for the enterprise's own eyes.  ERR_MEMORY. */
err records_loads_json(struct arena *a, const struct records_figures *f,
                       struct json **out);

#endif
