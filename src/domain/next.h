#ifndef DOMAIN_NEXT_H
#define DOMAIN_NEXT_H

/*
 * next -- what can be done in a case as it stands, and by whom.
 *
 *   [NX1] A step is there when its command is ready (command_ready()): its
 *         data and whoever gives it may still be refused.
 *   [NX2] A step is `now` when it is the work of the stage.  What the table of
 *         rights opens at more than three stages (complaints, payments,
 *         withdrawal) may come up at any time, and is what is to be done now
 * only where the case waits and nothing else is ready, such as the prepayment
 *         once a contract is signed.
 */

#include "base/err.h"
#include "codec/record.h"
#include "domain/rights.h"

struct next_step {
    const struct right *right;
    unsigned roles; /* right_roles(); 0: the program itself */
    bool now;       /* [NX2] */
};

/* A list of struct next_step, in the order of the commands.  The case was
 * opened, and its state is sound.  ERR_MEMORY. */
err next_steps(struct arena *a, const struct state *s, struct list *out);

#endif
