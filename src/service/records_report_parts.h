#ifndef SERVICE_RECORDS_REPORT_PARTS_H
#define SERVICE_RECORDS_REPORT_PARTS_H

/*
 * records_report_parts -- the document of a report while it is written, for
 * records_report_paper.c (its order, shares, charts, groups) and
 * records_report_tables.c (what changed, persons by month, parts).  Everyone
 * else includes service/records_report.h.
 */

#include "service/records_report.h"
#include "service/sheet.h"

struct paper {
    struct sheet s;
    const struct records_report *r;
    err first; /* of a chart */
};

/* A text of the catalogue. */
str paper_name(struct paper *p, const char *message);

/* "87.3%" of tenths of a percent; of basis points, to a tenth, which is more
 * than any interval tells. */
str paper_tenths(struct paper *p, int64_t n);
str paper_percent(struct paper *p, int64_t basis_points);

/* May this share be told? */
bool paper_shown(const struct paper *p, struct share s);

/* What the share was then, and how it changed; empty where nothing is told. */
void paper_change(struct paper *p, const struct report_group *g,
                  enum figure_share which, str out[2]);

/* Outlets of which a share rose or fell. [RR6] */
void paper_changes(struct paper *p);

/* Persons by month, and who has much more than the others. */
void paper_loads(struct paper *p);

/* Days on which parts were low. */
void paper_low_parts(struct paper *p);

#endif
