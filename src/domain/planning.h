#ifndef DOMAIN_PLANNING_H
#define DOMAIN_PLANNING_H

/*
 * planning -- what a planner wants to know before there is a plan: how much
 * time the package asks for, how many sites, and all that speaks against
 * sending somebody. [M15] [17065 6.1] [17065 7.4]
 *
 *   [PG1] It is what plan.make judges by, and nothing else: who has nothing
 *         against them is let into a team, who has something is refused for
 *         the first of it (team.c, plan.c).
 */

#include "base/err.h"
#include "domain/actor.h"
#include "domain/state.h"

struct arena;

/* A seat somebody might have on the days from..to. */
struct team_seat {
    const struct person *person;
    bool lead;
    day from;
    day to;
};

/* Everything that stands in the way of it, as the refusals plan.make would give
 * one after the other, in *out a list of err; facts.today is today.  That a
 * lead led too many rounds in a row is among them: a reason of the planner's
 * lets it pass. [TE4]  There is an application.  ERR_MEMORY. */
err team_against(struct arena *a, const struct state *s, const struct facts *f,
                 const struct team_seat *seat, struct list *out);

/* Do they know the scheme's field?  One auditor of a team has to. [TE2] */
bool team_is_competent(const struct state *s, const struct person *p);

/* Tenths of a day for the round under way. */
struct plan_days {
    int64_t table;   /* by staff; 0: the package has no row */
    int64_t outlets; /* time for the outlets among `sites` */
    int64_t needed;  /* both, without adjustments; 0: nothing is asked */
};

/* For a visit to these sites, names of the application's; there is one. [PL3]
 */
void plan_days_of(const struct state *s, const struct list *sites,
                  struct plan_days *out);

/* Branches and outlets to visit at the least, drawn ones among them. [SI1] */
int64_t plan_sites_least(const struct state *s);

#endif
