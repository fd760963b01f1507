#ifndef SERVICE_FIGURES_H
#define SERVICE_FIGURES_H

/*
 * figures -- what the body's cases come to, for who answers for how it works.
 * [17065 8.5]
 *
 *   [FG1] Only for domain/rights.h, rights_may_read_figures(): ERR_DENIED
 *         "figures.read" (login) for everybody else.
 *   [FG2] Every figure but the load is a sum of what domain/tally.h says each
 *         case adds, kept in the store as cases change; the load is read from
 *         plans and tasks as they are.
 *   [FG3] Of times, the median is the shortest time that at least half of them
 *         do not exceed, the 90th percentile the shortest that nine in ten do
 *         not.
 */

#include "auth/session.h"
#include "domain/tally.h"
#include "scheme/scheme.h"
#include "service/app.h"
#include "store/overviews.h"

enum {
    FIGURES_GRADES = 4, /* enum grade */
    FIGURES_FINDINGS_MOST = 20,
    FIGURES_LOAD = 50,         /* people at once */
    FIGURES_QUARTERS_MOST = 4, /* of a period */
};

bool figures_open_to(const struct session *who);

struct figures_wish {
    day today;
    str scheme;   /* its name; empty: all */
    int32_t from; /* quarters, both in; at most FIGURES_QUARTERS_MOST */
    int32_t to;
    str after; /* login of the last one seen in the load; empty: none */
};

struct stage_figure {
    int64_t n;      /* stays that ended in the period */
    int32_t median; /* working days; 0 of none [FG3] */
    int32_t ninetieth;
};

/* What was found against one indicator. */
struct finding_figure {
    str indicator;
    int64_t n[FIGURES_GRADES];
};

struct figures {
    /* cases entered in the quarter, and how far they came since */
    int64_t reached[FIGURES_QUARTERS_MOST][STEP_COUNT];
    struct stage_figure times[STAGE_COUNT];
    struct list findings; /* struct finding_figure; those with the most minor
                             and major ones first */
    int64_t outcomes[OUTCOME_COUNT];
    struct list load; /* struct auditor_load by login */
    str load_next;    /* what to go on after; empty: that was all */
    int32_t first;    /* quarters: that of the first case, or of `today` .. */
    int32_t last;     /* .. to that of the last, or of `today` */
};

/* [FG1]..[FG3] */
err figures_read(struct app *app, struct arena *a, const struct session *who,
                 const struct figures_wish *wish, struct figures *out);

#endif
