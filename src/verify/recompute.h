#ifndef VERIFY_RECOMPUTE_H
#define VERIFY_RECOMPUTE_H

/*
 * recompute -- what the rules make of a dossier's parts, against what the body
 * made of them. [M19] [17065 7.6]
 *
 *   [RC1] Everything is worked out from the parts alone, by the scheme in the
 *         dossier and the same code that judged the case; what is compared is
 *         compared exactly, the score as a fraction.
 *   [RC2] What would need a part that is withheld is not worked out, and says
 *         which; everything else is.
 *   [RC3] Rules do not decide: that a refusal was right, or a finding, they do
 *         not tell.  Of a decision to grant they tell that it was allowed.
 */

#include "verify/dossier.h"

enum recomputed {
    RECOMPUTED_DRAW,    /* commitment and seed of the coin toss */
    RECOMPUTED_ANSWERS, /* who was asked, and how many said what */
    RECOMPUTED_EXCLUDED,
    RECOMPUTED_SCORE,
    RECOMPUTED_GATES,
    RECOMPUTED_LEVEL,
    RECOMPUTED_DECISION,
    RECOMPUTED_COUNT,
};
extern const char *const recomputed_names[RECOMPUTED_COUNT + 1];

enum agreement {
    AGREES,
    DIFFERS,
    LACKS,   /* [RC2] */
    NOTHING, /* there was nothing of the kind in this round */
};
extern const char *const agreement_names[];

struct recomputation {
    enum agreement lines[RECOMPUTED_COUNT];
    unsigned lacks[RECOMPUTED_COUNT]; /* 1 << enum dossier_part */
    bool scored;                      /* the score was worked out: */
    struct score score;
    int32_t open; /* nonconformities still to correct */
    const struct dossier_decision *decision; /* NULL: withheld */
};

/* Does everything agree that could be worked out? */
bool recomputation_agrees(const struct recomputation *r);

/* ERR_INVALID "dossier.unfit" (part) when a part does not fit the scheme: an
 * indicator or a figure too many, too few, or of other kind. */
err recompute(struct arena *a, const struct dossier *d,
              struct recomputation *out);

#endif
