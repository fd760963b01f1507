#ifndef DOMAIN_COMPLETENESS_H
#define DOMAIN_COMPLETENESS_H

/*
 * completeness -- what an application still lacks. [M12]
 */

#include "base/err.h"
#include "domain/events.h"
#include "domain/state.h"

struct arena;

/*
 * Every required document that is missing, or does not reach into the period
 * the package asks for, counted back from `on`; *out is a list of struct
 * missing in the package's order.
 */
err completeness_missing(struct arena *a, const struct state *s, day on,
                         struct list *out);

#endif
