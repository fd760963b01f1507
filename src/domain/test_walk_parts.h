#ifndef DOMAIN_TEST_WALK_PARTS_H
#define DOMAIN_TEST_WALK_PARTS_H

/*
 * test_walk_parts -- inside a walk: what test_walk.c, which does things, lends
 * to test_walk_choose.c, which chooses them.
 */

#include "domain/test_walk.h"

void walk_set_today(struct walk *w, day today);

/* What the enterprise has from before, into the facts (test_walk_past.c);
 * false: no memory. */
bool walk_past(struct walk *w);

/* The person at this place of w->people, as an actor. */
struct actor walk_actor(const struct walk *w, size_t at);

/* Remember the state with all that hangs on it; is it still the same? [C2] */
void walk_keep_state(struct walk *w);
bool walk_is_as_before(const struct walk *w);

/* Is it a refusal that rules may give, in words for both readers? */
const char *walk_check_refusal(struct walk *w, err e);

/* Seal as the next event of the case, or as the first of the certificate's
 * stream. */
err walk_seal(struct walk *w, struct event *e);

/* The id of the case's stream. */
id walk_case(void);

void walk_count_event(struct walk *w, const struct event *e);

#endif
