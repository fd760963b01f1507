#ifndef DOMAIN_REVIEW_ROUNDS_H
#define DOMAIN_REVIEW_ROUNDS_H

/*
 * review_rounds -- the document review as its journal tells it: each time the
 * enterprise was asked to revise, for what gaps, until when, and when it had.
 * [M14]
 *
 *   [RR1] A gap is a document that was judged with no on some question when the
 *         revision was asked; the judgement says on which, and why.
 *   [RR2] A gap is closed by a newer document, or when the one there is judged
 *         without a no after all; a round is answered when its last gap is
 *         closed.
 */

#include "base/err.h"
#include "domain/state.h"

struct arena;

struct review_gap {
    int32_t requirement;
    const struct judgement *judgement;
    day closed; /* DAY_NEVER: not yet */
};

struct review_round {
    day asked;
    day until;
    str note;
    struct review_gap *gaps;
    size_t gap_count;
    day answered; /* DAY_NEVER: not yet */
};

struct review_rounds {
    const struct review_round *rounds;
    size_t count;
    day passed; /* DAY_NEVER: not yet */
};

/* Of the case with this journal, which was opened under `s`.  Lives in `a` and
 * borrows from the events.  ERR_MEMORY. */
err review_rounds_read(struct arena *a, const struct scheme *s,
                       const struct event_list *events,
                       struct review_rounds *out);

/* Does the judgement say no anywhere? */
bool review_has_gap(const struct judgement *j);

#endif
