#ifndef SERVICE_CASE_COMPLAINTS_H
#define SERVICE_CASE_COMPLAINTS_H

/*
 * case_complaints -- inside the service room: the complaints and appeals of a
 * case, in the store.
 *
 *   [CC1] They are written in the transaction that appends the events of the
 *         case, and are what its journal says: neither more nor less.
 */

#include "store/complaints.h"

struct state;

/* As struct complaint_row, in the tx's arena. */
err case_complaints_want(struct tx *tx, const struct state *s,
                         struct list *out);

/* [CC1]  `before` are those in the store; NULL: that is not known. */
err case_complaints_project(struct tx *tx, const struct state *s,
                            const struct list *before);

/* ERR_CORRUPT "check.complaints" (case) when the store has others; else their
 * number is added to *count. */
err case_complaints_check(struct tx *tx, const struct state *s, str number,
                          int64_t *count);

#endif
