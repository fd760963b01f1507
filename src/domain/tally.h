#ifndef DOMAIN_TALLY_H
#define DOMAIN_TALLY_H

/*
 * tally -- what one case adds to the figures of the body. [17065 8.5]
 *
 *   [TA1] What a case adds follows from its state and the calendar alone, so a
 *         figure can be reproduced from the journals.
 *   [TA2] How far a case came counts in the quarter in which it was entered,
 *         whenever it came there; everything else in the quarter in which it
 *         happened.
 *   [TA3] A stage counts once a case: from the day the case first came to it
 *         to the day it first went on, in working days ([DY1], [DY2]), at most
 *         TALLY_DAYS_MOST.
 *   [TA4] Quarters are those of the calendar year.
 */

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"
#include "codec/record.h"

struct arena;
struct state;

enum tally_kind {
    TALLY_REACHED, /* item: enum tally_step, by name */
    TALLY_TOOK,    /* item: the stage, by name; value: working days */
    TALLY_FOUND,   /* item: the indicator's id; value: enum grade */
    TALLY_OUTCOME, /* item: enum tally_outcome, by name */
    TALLY_KINDS,
};

/* How far it came, each after the one before. */
enum tally_step {
    STEP_ENTERED,
    STEP_APPLIED,    /* the application was submitted */
    STEP_ACCEPTED,   /* .. and found complete */
    STEP_CONTRACTED, /* both sides signed */
    STEP_AUDITED,    /* the first site audit is over */
    STEP_DECIDED,    /* the first decision is signed */
    STEP_CERTIFIED,
    STEP_COUNT,
};
extern const char *const tally_step_names[]; /* NULL-ended */

/* What became of it, each once a case: the first time. */
enum tally_outcome {
    OUTCOME_IS_CERTIFIED,
    OUTCOME_IS_REFUSED,
    OUTCOME_IS_APPEALED,
    OUTCOME_IS_OVERTURNED, /* an appeal was upheld */
    OUTCOME_COUNT,
};
extern const char *const tally_outcome_names[]; /* NULL-ended */

enum { TALLY_DAYS_MOST = 999 };

/* So many times: `item` and `value` as the kind says. */
struct tally {
    enum tally_kind kind;
    str item;
    int32_t quarter; /* tally_quarter() */
    int32_t value;
    int64_t n; /* 1 or more */
};

/* A quarter as a number: four times the year, and 0..3.  `on` is a day of the
 * calendar, not DAY_NEVER. */
int32_t tally_quarter(day on);

/* Its first and last day; the year is in YEAR_MIN..YEAR_MAX. */
day quarter_first(int32_t quarter);
day quarter_last(int32_t quarter);

/* struct tally of a case that is open, no two alike in all but `n`; the texts
 * are borrowed from the state.  `c` may be NULL (base/day.h).  ERR_MEMORY. */
err tally_make(struct arena *a, const struct calendar *c, const struct state *s,
               struct list *out);

#endif
