#ifndef FILING_COURSE_H
#define FILING_COURSE_H

/*
 * course -- inside the filing room: a case folded event by event, with what
 * the state forgets and a report wants: who reviewed documents and when, each
 * site audit of the round, who decided last.
 *
 *   [CO1] Folding is total and follows domain/state.h; the course keeps
 *         pointers to the events' data.
 */

#include "domain/events.h"
#include "domain/state.h"

struct arena;

enum {
    VISITS_MAX = 16, /* site audits of one round; a re-audit is another */
    DECIDERS_MAX = PANEL_SEATS + 1, /* a panel, and who signs */
};

/* A site audit: who went, from its opening to its closing meeting. */
struct visit {
    const struct plan *plan;
    day from;
    day to;       /* DAY_NEVER: not closed yet */
    bool goes_on; /* the visit before, by another team: its days are no more */
};

struct course {
    struct state *state;
    /* stage one of the first round: the document review */
    id reviewers[EVALUATOR_MAX];
    int32_t reviewer_count;
    id review_lead; /* who passed it; zero: not passed */
    day review_from;
    day review_to;
    /* of the round under way, or the newest */
    struct visit visits[VISITS_MAX];
    int32_t visit_count;
    /* the last act that somebody decided */
    id deciders[DECIDERS_MAX];
    int32_t decider_count;
    day decided; /* DAY_NEVER: nothing yet */
    /* of the certificate */
    str scope; /* as reduced, or as on the certificate */
    const struct suspension *suspension; /* newest; NULL: none */
    day suspended;                       /* since */
    const struct change *change;         /* newest approved; NULL: none */
    str former_holder;                   /* before it */
    const struct ending_reasons *ending; /* withdrawn, cancelled */
    day ended;                           /* DAY_NEVER: it lives */
    const struct sub_end *sub_ending;    /* newest; NULL: none ended alone */
};

/* An empty course under `scheme`, which must outlive it. */
err course_new(struct arena *a, const struct scheme *scheme,
               struct course **out);

/* [CO1] */
void course_apply(struct course *c, const struct event *e);

#endif
