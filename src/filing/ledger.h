#ifndef FILING_LEDGER_H
#define FILING_LEDGER_H

/*
 * ledger -- what was reported when: the fold of the body's stream.
 *
 *   [LG1] A month is reported when an export that was whole was filed: made
 *         after the month's last day, with no row left out.
 *   [LG2] It is in time when that was filed on the tenth of the next month or
 *         before, holidays or not (month.h [MO1]).  What is filed again later
 *         mends what was said; it does not make the first filing late.
 *   [LG3] What is filed was exported before: on that day or earlier, and never
 *         in the future.
 */

#include "domain/event.h"
#include "domain/reporting.h"
#include "filing/month.h"

struct arena;

enum month_state {
    MONTH_DUE,     /* to be reported, and there is time */
    MONTH_OVERDUE, /* to be reported, and it is too late */
    MONTH_IN_TIME,
    MONTH_LATE, /* reported, but too late */
};

extern const char *const month_state_names[]; /* NULL-ended */

struct ledger_month {
    struct month month;
    bool acts; /* something happened that is to be reported */
    /* the newest export; NULL: none */
    const struct report_exported *exported;
    day exported_on;
    int64_t exported_at;
    bool whole; /* [LG1] */
    /* the newest filing; NULL: none */
    const struct report_filed *filed;
    day reported; /* first whole filing; DAY_NEVER: none */
};

struct ledger {
    struct ledger_month *months; /* rising */
    size_t n;
    size_t room;
};

/* Fold an event of the body's stream in; others change nothing.  ERR_MEMORY. */
err ledger_apply(struct arena *a, struct ledger *l, const struct event *e);

/* Something happened on day `d` that is to be reported.  ERR_MEMORY. */
err ledger_act(struct arena *a, struct ledger *l, day d);

/* The month, or NULL when nothing is known of it. */
const struct ledger_month *ledger_find(const struct ledger *l, struct month m);

enum month_state ledger_state(const struct ledger_month *m, day today);

/*
 * May the month be marked as filed on `filed`? [LG3]  ERR_REFUSED
 * "filing.not_exported" (month); ERR_INVALID "filing.filed_day" (filed, from,
 * today), "filing.receipt".
 */
err ledger_check_filed(struct arena *a, const struct ledger *l, struct month m,
                       const struct report_filed *wish, day today);

#endif
