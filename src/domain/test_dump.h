#ifndef DOMAIN_TEST_DUMP_H
#define DOMAIN_TEST_DUMP_H

/*
 * test_dump -- a state as text, whole, so that two of them can be compared.
 *
 * Where a state points to the data of an event, the text has the number of the
 * event: two folds of one journal give the same text, wherever they lie.
 */

#include "domain/state.h"

struct arena;

/* `events` are those the state was made of; empty without memory. */
str dump_state(struct arena *a, const struct state *s,
               const struct event *const *events, size_t n);

#endif
