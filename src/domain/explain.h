#ifndef DOMAIN_EXPLAIN_H
#define DOMAIN_EXPLAIN_H

/*
 * explain -- why a score is what it is, and what a level still lacks. [M7]
 *
 * Facts only, for pages, reports and the command line to put into words.
 *
 *   [EX1] Every point lost names its indicator and its answer.
 *   [EX2] The steps of a gap are as few indicators as can close it, the last
 *         of them as small as will do; met in full, together, they reach the
 *         threshold, and any of them missing they do not.
 *   [EX3] What no indicator can mend is named apart: gates, and special
 *         deductions.
 */

#include "base/err.h"
#include "domain/score.h"

struct arena;

/* Points of one leaf not won. */
struct loss {
    int32_t leaf;
    int32_t points; /* thousandths of the scheme's 100, rounded up; 0 with
                       clauses */
    int32_t worth;  /* thousandths of the score that meeting it would add, what
                       does not apply left out, rounded down */
    struct answer given;
};

/* What the wanted level lacks. */
struct gap {
    int32_t level;   /* index in scheme.levels; -1: none is wanted or above */
    int32_t missing; /* thousandths of the score, rounded up; 0 with clauses */
    bool closable;   /* the steps close it; false: special deductions stand in
                        the way */
    const int32_t *steps; /* indices in losses, the most points first; none
                             when all indicators together would not do */
    size_t step_count;
    size_t blocked; /* gates of that level that block, see score.gates */
};

struct explanation {
    struct score score;
    const struct loss *losses; /* in the order of the scheme's tree */
    size_t loss_count;
    int64_t deducted; /* thousandths, by special deductions */
    int32_t added;    /* thousandths, by the bonus */
    struct gap gap;
};

/* `wish` is the wanted level, or -1 for the one above the level reached.  The
 * answers are valid (score.h).  Lives in `a`.  ERR_MEMORY. */
err explain(struct arena *a, const struct scheme *s,
            const struct assessment *in, int32_t wish, struct explanation *out);

#endif
