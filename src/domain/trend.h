#ifndef DOMAIN_TREND_H
#define DOMAIN_TREND_H

/*
 * trend -- how an enterprise fared from audit to audit, through the rounds of a
 * case and from case to case. [M22] [M27]
 *
 *   [TD1] Each site audit that was reported is a point: score, level, figures
 *         and answers as they stood before the next audit or round began, so
 *         verified corrections count as the package lets them.
 *   [TD2] Indicators are compared by their clause numbers, so that a new
 *         version of a package can be held against an old one; what did not
 *         apply on either side, or is new, is neither better nor worse.
 */

#include "base/err.h"
#include "domain/state.h"

struct arena;

struct trend_point {
    str case_number;
    const struct scheme *scheme;
    enum round_kind round;
    day on;        /* of the report */
    int32_t shown; /* score, hundredths, truncated; 0 with clauses */
    int32_t level; /* reached, or -1 */
    const struct answer *answers; /* one a leaf of the scheme */
    const struct ratio *figures;  /* one a figure */
    struct ratio sample;          /* of customers; n = 0: none */
    int32_t minor;
    int32_t major;
};

struct trend {
    struct trend_point *points; /* in time */
    size_t count;
};

/* Put the reported audits of the case with this journal, which was opened under
 * `s`, where they belong in time; of one day, behind those that are there.
 * Lives in `a` and borrows from the events. ERR_MEMORY. */
err trend_add(struct arena *a, const struct scheme *s, str case_number,
              const struct event_list *events, struct trend *t);

/* Leaves of the newer point's scheme. */
struct trend_change {
    const int32_t *better;
    size_t better_count;
    const int32_t *worse;
    size_t worse_count;
};

/* ERR_MEMORY. */
err trend_compare(struct arena *a, const struct trend_point *older,
                  const struct trend_point *newer, struct trend_change *out);

#endif
