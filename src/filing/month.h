#ifndef FILING_MONTH_H
#define FILING_MONTH_H

/*
 * month -- the month a report is about, and when it is due.
 *
 *   [MO1] A month's report is due on the tenth of the next month, whatever day
 *         that is: holidays do not move it.  (认证机构管理体系认证、服务认证
 *         信息报告规范)
 */

#include "base/day.h"
#include "base/str.h"

struct month {
    int32_t year;  /* YEAR_MIN..YEAR_MAX */
    int32_t month; /* 1..12 */
};

/* "2026-11", exactly; false, *out untouched, when it is none. */
bool month_parse(str s, struct month *out);

/* 7 characters and a NUL into out; the result points there. */
#define MONTH_TEXT 8
str month_text(struct month m, char out[static MONTH_TEXT]);

struct month month_of_day(day d);
day month_first(struct month m);
day month_last(struct month m);

/* The month after; the last one we know is followed by itself. */
struct month month_next(struct month m);

/* The last day to report it [MO1]; DAY_NEVER for the last month we know. */
day month_due(struct month m);

bool month_eq(struct month a, struct month b);

#endif
