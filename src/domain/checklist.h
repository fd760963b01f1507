#ifndef DOMAIN_CHECKLIST_H
#define DOMAIN_CHECKLIST_H

/*
 * checklist -- what the team looks at, site by site and mode by mode, made from
 * the package and the case. [M15] [17065 7.4]
 *
 *   [CK1] The sites are those of the plan, before it all of the application;
 *         the modes those of the plan, before it those of the package for such
 *         a round.  Where neither names modes there is one list a site.
 *   [CK2] A list holds, in the order of the tree, the leaves that the round
 *         judges, that the package has looked at in this mode and at this kind
 *         of site; a special audit or one of extension may look at any.
 *   [CK3] Beside a leaf stands what is known of it: what the enterprise said
 *         itself, what earlier rounds left, what was raised, and what of this
 *         site audit is on record.
 */

#include "base/err.h"
#include "domain/state.h"

struct arena;

struct checklist_leaf {
    struct answer said;            /* by the enterprise; ANSWER_NONE: nothing */
    struct answer before;          /* as rounds before left it, likewise */
    const struct finding *finding; /* of this site audit; NULL: none yet */
    const int64_t *raised; /* numbers of what was raised about it, ever */
    size_t raised_count;
};

/* An interview or an observation of this site audit, about one leaf. */
struct checklist_paper {
    int64_t number;
    bool interview;
    str site;
    int32_t leaf;
};

struct checklist {
    const struct site *site;
    char mode; /* 'A' .. 'I'; '\0': none is named */
    const int32_t *leaves;
    size_t leaf_count;
};

struct checklists {
    const struct checklist_leaf *leaves; /* one a leaf of the scheme */
    const struct checklist_paper *papers;
    size_t paper_count;
    const struct checklist *lists; /* by site, then by mode; none is empty */
    size_t count;
};

/* The lists of the round under way; `events` is the case's journal.  A `site`
 * or `mode` that is not empty picks its own.  Lives in `a` and borrows from
 * both.  ERR_REFUSED "checklist.none": nothing was applied for; ERR_INVALID
 * "checklist.site" (site), "checklist.mode" (mode, modes). */
err checklist_make(struct arena *a, const struct state *s,
                   const struct event_list *events, str site, str mode,
                   struct checklists *out);

#endif
