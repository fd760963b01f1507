#ifndef DOMAIN_CONFLICT_H
#define DOMAIN_CONFLICT_H

/*
 * conflict -- who may not have a part in a case because of a tie to the
 * enterprise: consulting, employment, a relation that was declared.
 * [17065 4.2] [条例 13]
 */

#include "domain/actor.h"

/*
 * Does a tie of `p` to the enterprise forbid a part in its case on `today`?
 * A tie forbids while it lasts and for `within` after its last day; the first
 * day after that is free.
 */
bool conflict_of_interest(const struct person *p, id enterprise, day today,
                          struct span within);

#endif
