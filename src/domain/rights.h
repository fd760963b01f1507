#ifndef DOMAIN_RIGHTS_H
#define DOMAIN_RIGHTS_H

/*
 * rights -- the only table of who may do what, when.
 *
 *   [RI1] A command without a row cannot be given.
 *   [RI2] An applicant acts only in cases of their own enterprise.
 *   [RI3] Who evaluated a case takes no part in its decision [17065 7.6.2],
 *         and who decided does not sign it as head of the body [条例 22].
 *
 * decide() enforces the table for commands; services check reads against
 * rights_may_read(); routes name only "logged in" and a read right.
 */

#include "base/err.h"
#include "domain/actor.h"
#include "domain/state.h"

struct arena;

/* What an actor must be to the case, beside having a role. */
enum relation_to_case {
    RELATION_NONE,
    RELATION_FREE,        /* no conflict of interest with the enterprise */
    RELATION_TEAM,        /* a member of the audit team */
    RELATION_LEAD,        /* its lead */
    RELATION_INDEPENDENT, /* took no part in the evaluation; no conflict */
    RELATION_SECOND,      /* neither evaluated nor decided; no conflict */
};

#define STAGE_BIT(stage) (1U << (stage))

struct right {
    const char *command;
    unsigned roles;  /* any one of them */
    unsigned stages; /* in any one of them */
    enum relation_to_case relation;
};

/* The row of a command, or NULL. */
const struct right *right_find(const char *command);

/*
 * May the actor in `f` give the command of row `r` in state `s`?  Refusals:
 * ERR_DENIED "rights.role" (command, roles), "rights.own", "rights.team",
 * "rights.lead", "rights.independent", "rights.second", "rights.conflict";
 * ERR_REFUSED "rights.stage" (command, stage, stages).
 */
err right_check(struct arena *a, const struct right *r, const struct state *s,
                const struct facts *f);

/* May this actor read the case of that enterprise?  An applicant reads their
 * own; staff, quality and the authority read all; nobody else any. */
bool rights_may_read(const struct actor *actor, id enterprise);

#endif
