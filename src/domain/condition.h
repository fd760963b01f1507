#ifndef DOMAIN_CONDITION_H
#define DOMAIN_CONDITION_H

/*
 * condition -- what commands and events say of the conditions of a decision:
 * duties that go with a certificate, beside nonconformities and never instead
 * of them. [17065 7.6] [17065 7.7]
 */

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"
#include "codec/record.h"

#include <stdint.h>

struct arena;
struct facts;
struct state;

enum {
    CONDITIONS_MOST = 10, /* in one decision */
    CONDITION_MAX = 100,  /* in a case, over all its rounds */
};

/* --- in a decision ------------------------------------------------------ */

/* As decision.grant gives it .. */
struct condition_wish {
    str text;
    day until; /* the last day to meet it */
};

/* .. and as decision.made keeps it. */
struct condition {
    int64_t number; /* 1, 2, 3 .. in the case */
    str text;
    day until;
};

/* --- after the certificate was issued ----------------------------------- */

/* condition.answered: by the enterprise */
struct condition_answer {
    int64_t number;
    str text;             /* what was done */
    struct list evidence; /* of str */
};

/* condition.judged: met, or sent back with a note */
struct condition_verdict {
    int64_t number;
    bool met;
    str note;
};

/* condition.extended: once */
struct condition_extension {
    int64_t number;
    day until;
    str reason;
};

/* --- as it stands ------------------------------------------------------- */

enum condition_standing {
    CONDITION_OPEN, /* not answered, or sent back */
    CONDITION_ANSWERED,
    CONDITION_MET,
};

struct decision;

struct condition_state {
    const struct condition *set;
    const struct decision *decision;             /* that set it */
    const struct condition_answer *answer;       /* newest; NULL: none yet */
    const struct condition_verdict *verdict;     /* newest; NULL: none yet */
    const struct condition_extension *extension; /* NULL: not extended */
    day until;                                   /* as set, or as extended */
    day since; /* the day it came to stand as it does */
    enum condition_standing standing;
};

/* --- for decision.c ----------------------------------------------------- */

/* In decision.grant, and in decision.made. */
extern const struct record condition_wish_record;
extern const struct record condition_record;

/*
 * The conditions `wish` (of struct condition_wish) with their numbers, into
 * `out` (of struct condition).  ERR_REFUSED "condition.until" (before, most);
 * ERR_LIMIT "condition.too_many" (most).
 */
err condition_list(struct arena *a, const struct state *s,
                   const struct facts *f, const struct list *wish,
                   struct list *out);

/*
 * May these (of struct condition) still be met, if what has them is decided or
 * signed today?  The first that may not: ERR_REFUSED "condition.late" (number,
 * until, before).
 */
err condition_check_days(struct arena *a, const struct state *s,
                         const struct facts *f, const struct list *set);

/* From this signature on those of s->decision bind. */
void condition_take(struct state *s, day on);

#endif
