#ifndef DOMAIN_PLAN_H
#define DOMAIN_PLAN_H

/*
 * plan -- what the package asks of the next plan of a case, for whoever makes
 * one. [M15] [17065 7.4]
 *
 *   [PK1] What it says is taken by plan.make as it stands: neither too few days
 *         nor too few sites, and all modes that are asked for.
 *   [PK2] Sites that chance drew are among them, with the headquarters; of the
 *         others the first, as many as are needed.  Before a draw: all.
 */

#include "base/err.h"
#include "domain/state.h"

struct arena;

struct plan_asked {
    struct list sites;   /* of str: names */
    int64_t table;       /* tenths of a day, by the table; 0: no row */
    int64_t days;        /* with the time for outlets; 0 likewise */
    int64_t least_sites; /* branches and outlets */
    unsigned modes;      /* 'A' is the lowest bit; 0: none are asked for */
};

/* There is an application. */
err plan_asks(struct arena *a, const struct state *s, struct plan_asked *out);

#endif
