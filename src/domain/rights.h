#ifndef DOMAIN_RIGHTS_H
#define DOMAIN_RIGHTS_H

/*
 * rights -- the only table of who may do what, when.
 *
 *   [RI1] A command without a row cannot be given.
 *   [RI2] In a case of their own enterprise people are applicants and nothing
 *         else, in any other never [17065 4.2].
 *   [RI3] Who evaluated a case takes no part in its decision [17065 7.6.2],
 *         and who decided does not sign it as head of the body [条例 22].
 *   [RI4] Staff enter what an applicant says only where the case was applied
 *         for on paper, and say so by opening it themselves [M11].
 *   [RI5] Nobody takes part in an evaluation who cannot be remembered as
 *         having done so: a full list of evaluators refuses.
 *   [RI6] What happens by itself is done by the program, and by nobody else.
 *   [RI7] Reports to the authority are made by its registered reporters.
 *   [RI8] Packages, by which cases are judged, are frozen by administrators,
 *         who act on no case.
 *   [RI9] Which acts must be confirmed stands here, too.
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
    RELATION_TEAM,        /* a member of the audit team; no conflict */
    RELATION_LEAD,        /* its lead; no conflict */
    RELATION_INDEPENDENT, /* took no part in the evaluation; no conflict */
    RELATION_SECOND,      /* neither evaluated nor decided; no conflict */
    RELATION_WITHDRAWS,   /* neither evaluated nor decided to withdraw */
    RELATION_REDUCES,     /* neither evaluated nor decided to reduce */
    RELATION_UNINVOLVED,  /* had no part in the case at all; no conflict */
    RELATION_SPEAKS, /* for their own side: of the enterprise, or of the body
                        and not who decides; of auditors the team's */
};

#define STAGE_BIT(stage) (1U << (stage))

struct right {
    const char *command;
    unsigned roles;  /* any one of them; 0: the program itself [RI6] */
    unsigned stages; /* in any one of them */
    enum relation_to_case relation;
};

/* The row of a command, or NULL. */
const struct right *right_find(const char *command);

/* Row `i` of the table, or NULL after the last. */
const struct right *right_at(size_t i);

/*
 * May the actor in `f` give the command of row `r` in state `s`?  The state is
 * sound (state_invariant()), and the actor is among f->people.  Refusals:
 * ERR_DENIED "rights.role" (command, roles), "rights.own" (command),
 * "rights.paper" (command), "rights.team", "rights.lead",
 * "rights.independent", "rights.second", "rights.seated", "rights.conflict",
 * "rights.uninvolved", "rights.decides"; ERR_REFUSED
 * "rights.stage" (command, stage, stages), "rights.new_on_team" (until),
 * "rights.objected"; ERR_LIMIT "rights.evaluators" (most).
 */
err right_check(struct arena *a, const struct right *r, const struct state *s,
                const struct facts *f);

/* The role alone, where there is no case to look at: has the actor one of those
 * the row asks for?  ERR_DENIED "rights.role" (command, roles). */
err right_check_role(struct arena *a, const struct right *r,
                     const struct actor *actor);

/* The stage alone: "rights.stage". */
err right_check_stage(struct arena *a, const struct right *r,
                      const struct state *s);

/* Is it an act of the body's by which a certificate comes to be, or stands or
 * falls?  Whoever does one by a browser confirms it by their second factor,
 * over what they were shown. [RI9]
 * (docs/decisions/who-needs-a-second-factor.md) */
bool right_is_confirmed(const char *command);

/* The roles of row `r` that count in this case [RI4]. */
unsigned right_roles(const struct right *r, const struct state *s);

/* May this actor read the case of that enterprise?  An applicant reads their
 * own; staff, quality and the authority read all; nobody else any. */
bool rights_may_read(const struct actor *actor, id enterprise);

/* May this actor also read the working papers of its site audits?  Whoever may
 * read the case, but for the enterprise itself (papers.h [PA4]). */
bool rights_may_read_papers(const struct actor *actor, id enterprise);

/* May this actor give out the record of a decision, or parts of it, to whom
 * they like?  The body's head and quality managers, and the enterprise that of
 * its own cases. */
bool rights_may_disclose(const struct actor *actor, id enterprise);

/* May this actor read the ties that `person` declared?  Whoever puts teams
 * together or answers for impartiality, and the person. [17065 4.2] */
bool rights_may_read_ties(const struct actor *actor, id person);

/* May this actor look through the complaints and appeals of all cases?  Whoever
 * answers for impartiality or for the body, and those who hear appeals; of
 * their own enterprise's cases nobody. [17065 7.13] [RI2] */
bool rights_may_read_complaints(const struct actor *actor);

/* May this actor read what the public reported, and who did? [17065 4.5]  And
 * say what becomes of it?  The latter is quality's: they assign what comes of
 * it. */
bool rights_may_read_reports(const struct actor *actor);
bool rights_may_settle_reports(const struct actor *actor);

/* May this actor look through the money of all cases: who enters it, and the
 * head?  Nobody who is of an enterprise: sums leave nothing out [RI2]. */
bool rights_may_read_money(const struct actor *actor);

/* May this actor read the figures of the body: who answers for how it works?
 * Likewise. [17065 8.5] */
bool rights_may_read_figures(const struct actor *actor);

/* May this actor report to the authority? [RI7] */
bool rights_may_report(const struct actor *actor);

/* May this actor freeze packages, by which cases are judged? [RI8] */
bool rights_may_freeze(const struct actor *actor);

/* May this actor bring people and enterprises into the body?  Likewise. */
bool rights_may_enrol(const struct actor *actor);

/* May this actor bring certificates of others into the register, in files?
 * Whoever issues certificates, and likewise. */
bool rights_may_import(const struct actor *actor);

/* Is this the enterprise itself?  Its notes to itself (offers.h [OF1]) are read
 * by nobody else [M10]. */
bool rights_owns(const struct actor *actor, id enterprise);

#endif
