#ifndef SERVICE_ADMINISTRATORS_H
#define SERVICE_ADMINISTRATORS_H

/*
 * administrators -- inside the service room: a body has an administrator who
 * can come in, whoever takes a role, a place or access from another one.
 * Whoever asks does so in the tx that takes it: of two who take it from one
 * another in the same moment the second finds what the first left.
 */

#include "store/people.h"

/* Is this somebody who administers, now or once access is given to them: of the
 * body, for people of an enterprise are applicants and nothing else
 * (domain/rights.h [RI2]), and not gone? */
bool administrators_has(const struct person_row *p);

/* Is there one beside `person` whose access lasts until `on` or longer, in
 * *found?  DAY_NEVER: without an end. */
err administrators_find(struct tx *tx, id person, day on, bool *found);

#endif
