#ifndef SCHEME_COMPARE_H
#define SCHEME_COMPARE_H

/*
 * compare -- two versions of a scheme, held against each other rule by rule,
 * for whoever answers for the scheme. [17065 7.1.3]
 *
 *   [CM1] A version differs from itself in nothing; turned round, what was
 *         added was removed, and before and after change places.
 *   [CM2] What was renamed has gone, and something else has come: an item is
 *         known by its id (items.h [IT2]).
 *   [CM3] An item that came or went is one difference, however many facts it
 *         has; they come with it.
 */

#include "scheme/items.h"

enum difference_kind { ITEM_ADDED, ITEM_REMOVED, ITEM_CHANGED };

/* A fact that is not the same; NULL on the side that has none. */
struct fact_change {
    const char *aspect;
    const struct fact *before;
    const struct fact *after;
};

struct difference {
    enum difference_kind kind;
    const struct scheme_item *item; /* as it is; of one that went, as it was */
    const struct fact_change *changes;
    size_t change_count; /* may be 0 for one that came or went */
};

/* struct difference, part by part, in the order of the newer version, and what
 * went behind the rest of its part.  They borrow both schemes. */
err scheme_compare(struct arena *a, const struct scheme *before,
                   const struct scheme *after, struct list *out);

/* "added", "removed", "changed" */
extern const char *const difference_names[]; /* ends with NULL */

#endif
