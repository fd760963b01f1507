#ifndef SERVICE_RECORDS_AGAINST_H
#define SERVICE_RECORDS_AGAINST_H

/*
 * records_against -- the figures of a period held against those of an earlier
 * one. [M27]
 *
 *   [RA1] Both periods are counted by the same terms, each as if nothing that
 *         happened after it were known.
 *   [RA2] They have no day in common: the test asks for two samples.
 *   [RA3] A difference is told by rate_change() of base/statistics.h, in whole
 *         numbers; how large it is, is the difference of both shares as they
 *         are shown, in basis points.
 *   [RA4] The whole is compared, and groups by word; months are others in
 *         another period.
 */

#include "base/day.h"
#include "base/err.h"
#include "base/statistics.h"
#include "base/str.h"
#include "records/figures.h"

struct arena;

/* Which period. */
enum against_by {
    AGAINST_NOTHING,
    AGAINST_BEFORE, /* as many days, right before it */
    AGAINST_YEAR,   /* the same days a year before */
    AGAINST_DAYS,   /* from `first` to `last` */
};

struct records_against {
    enum against_by by;
    day first;
    day last;
};

struct against_period {
    day first;
    day last;
};

/* "before", "year" or "2024-01-01..2024-12-31"; nothing when empty.  False,
 * *out untouched, when it is none of these. */
bool against_parse(str text, struct records_against *out);

/* The period that first .. last is held against.  ERR_INVALID
 * "records.against" (from, to: of the earlier one): it does not end before the
 * other begins [RA2], or begins before 1970. */
err against_period(struct arena *a, const struct records_against *against,
                   day first, day last, struct against_period *out);

/* Can the shares of such groups be compared? [RA4] */
bool against_group(enum figure_group kind);

/* How a share now stands to that of then. [RA3] */
struct share_change {
    enum rate_change change;
    int32_t points; /* now less then, in basis points */
};

/* False, *out untouched, where one of them is a share of nothing, or of too
 * many (STATISTICS_N_MAX). */
bool share_compare(struct share then, struct share now,
                   struct share_change *out);

/* A share in basis points, half rounded up; n > 0. */
int64_t share_points(struct share s);

#endif
