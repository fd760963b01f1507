#ifndef SERVICE_RECORDS_JSON_H
#define SERVICE_RECORDS_JSON_H

/*
 * records_json -- a file of service records and its figures as documents for
 * programs: whole numbers, days as "2026-11-28", working minutes.
 *
 *   [RJ1] A share is {k, n}, with its interval {low, high} in basis points
 *         where n > 0; whoever reads makes the percentage.
 *   [RJ2] The same figures are the same bytes: lists stand in the order of
 *         months, of words by where they first stood in the file, of rows.
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

#endif
