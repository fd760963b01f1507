#ifndef DOMAIN_TEST_WISH_H
#define DOMAIN_TEST_WISH_H

/*
 * test_wish -- data for the commands of a walk: what a sensible person would
 * give, or whatever the table of a struct lets in.
 */

#include "domain/test_walk.h"

/* Data that help the case along, mostly; NULL without memory. */
const void *wish_sensible(struct walk *w, const struct command_kind *k);

/* Any data of this table, mostly within its bounds; NULL without memory. */
void *wish_any(struct walk *w, const struct record *r);

/* How often a sensible person gives this command, as a weight. */
uint64_t wish_weight(const struct walk *w, const struct command_kind *k);

#endif
