#ifndef DOMAIN_ELIGIBILITY_H
#define DOMAIN_ELIGIBILITY_H

/*
 * eligibility -- may this enterprise apply at all? [M6]
 *
 * Two items are judged from the registration on record, so that nobody can
 * declare them away: how long the enterprise is registered, and whether its
 * registered scope of business holds one of the package's words.  The others
 * are what the enterprise declares.
 */

#include "domain/actor.h"
#include "domain/events.h"
#include "scheme/scheme.h"

/* Is item `rule` met?  `declarations` is of struct declaration; an item that
 * was not declared is not met. */
bool eligibility_met(const struct eligibility *rule,
                     const struct enterprise *enterprise,
                     const struct list *declarations, day today);

#endif
