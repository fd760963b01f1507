#ifndef SERVICE_CASE_COUNTS_H
#define SERVICE_CASE_COUNTS_H

/*
 * case_counts -- inside the service room: what a case adds to the figures of
 * the body and to its invoices, in the store.
 *
 *   [CC1] It is written in the transaction that appends the case's events, and
 *         is what domain/tally and the state's invoices make of the journal.
 *   [CC2] Only what changed is written: most commands change nothing of it.
 *   [CC3] Working days are counted by the calendar of the day on which they
 *         were; a calendar that learned more since is no damage, and a rebuild
 *         counts by it.
 */

#include "base/err.h"
#include "base/str.h"
#include "codec/record.h"

struct app;
struct state;
struct tx;

struct case_counts {
    struct list tallies;  /* struct tally_row */
    struct list invoices; /* struct invoice_row */
};

/* What there should be of a case that is open; of another, nothing. */
err case_counts_want(const struct app *app, struct tx *tx,
                     const struct state *s, struct case_counts *out);

/* [CC1] [CC2]  `before` is what is in the store; NULL: that is not known. */
err case_counts_project(const struct app *app, struct tx *tx,
                        const struct state *s,
                        const struct case_counts *before);

/* ERR_CORRUPT "check.counts" (case) when the store has others. [CC3] */
err case_counts_check(const struct app *app, struct tx *tx,
                      const struct state *s, str number);

/* Take all of them away, to be made again. */
err case_counts_clear(struct tx *tx);

/* ERR_CORRUPT "check.row" (name) when there are some of no case, or sums that
 * the cases do not give. */
err case_counts_check_sums(struct tx *tx);

#endif
