#ifndef STORE_TALLIES_H
#define STORE_TALLIES_H

/*
 * tallies -- what each case adds to the figures of the body, and the sums of
 * that: a projection of the journals.
 *
 *   [TS1] A sum is what the rows of all cases give: it moves in the tx in which
 *         a row does, and there is one writer (store.h [ST3]), so sums move in
 *         the order of commits.
 *
 * Kinds, items and values are the domain's (domain/tally.h).  Texts that are
 * read live in the arena given.
 */

#include "store/rows.h"
#include "store/store.h"

struct tally_row {
    int32_t kind; /* the first four are its key in its case */
    str item;
    int32_t quarter;
    int32_t value;
    int64_t n; /* 1 or more */
};

/* struct tally_row of a case, by key. */
err tally_of_case(struct tx *tx, struct arena *a, id of_case, struct list *out);

/* Of the case, whose scheme is called so: the row with this key said `before`
 * and says row->n; either may be 0: it was not, or is no longer, there. [TS1]
 * ERR_CONFLICT "store.changed" where it is not as it was said to be. */
struct tally_place {
    id of_case;
    str scheme;
};
err tally_change(struct tx *tx, const struct tally_place *at,
                 const struct tally_row *row, int64_t before);

/* Which sums: of one kind. */
struct tally_wanted {
    int32_t kind;
    int32_t from; /* quarters, both in */
    int32_t to;
    str scheme; /* its name; empty: all */
};

/* struct tally_sum by item and value. */
struct tally_sum {
    str item;
    int32_t value;
    int64_t n;
};
err tally_sums(struct tx *tx, struct arena *a, const struct tally_wanted *w,
               struct list *out);

/* The first and the last quarter in which a case was entered; *found: there is
 * one. */
err tally_quarters(struct tx *tx, int32_t *first, int32_t *last, bool *found);

/* Take them and the sums away, to be made again. */
err tally_clear(struct tx *tx);

/* Is there a row of no case, or a sum that the rows do not give? [TS1] */
err tally_find_stray(struct tx *tx, bool *found);

#endif
