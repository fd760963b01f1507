#ifndef RECORDS_TICKETS_H
#define RECORDS_TICKETS_H

/*
 * tickets -- the rows of an event log folded into tickets: rows of one number
 * are the events of one ticket.
 *
 *   [TI1] Events of a ticket stand in the order of when they were written
 *         (`updated`), those of one second and those that do not say it by
 *         their place in the file.  Whatever the order in which they are added,
 *         and however the file was cut, the ticket is the same.
 *   [TI2] Rows without a number are tickets of their own.
 *   [TI3] The earliest of all events: opening, first answer, arrival, promises
 *         (to promise later afterwards does not keep what was promised).
 *   [TI4] The most of all events: reopenings, visits.
 *   [TI5] Of the last event that says it: outlet, product, person, trade,
 *         asset with fault, satisfaction, kind, state, the call back and
 *         whether it reached anybody, whether it is said to be in time, parts,
 *         customer, phone; `updated` is the last.
 *   [TI6] Resolved: of the last event that says when, so that what was
 *         reopened and resolved again counts until the second time.  An event
 *         after it in which the ticket is open and has no resolution takes it
 *         back.
 *   [TI7] Reopened once at least, where an event that says when it was written
 *         has the ticket open after one that has it done, whatever the column
 *         of reopenings says; and none is known of a ticket that was done and
 *         never open again.
 *   [TI8] Moments are kept from 1970-01-01 00:00:01 to 2106-02-07 06:28:15;
 *         others count as the nearest of these.
 *   [TI9] Where no column says when a ticket was resolved, the events do
 *         (tickets_by_state()): it was with the first that has it done after
 * the last that has it open, at the moment when that was written.  All events
 * that say a state are kept then.
 *
 * 64 bytes a ticket, 48 for each event that says something which no later one
 * says (mostly one a ticket), 16 more of them where people are read, and 5 to
 * 11 to find tickets by their number.  Threads: one struct, one thread.
 */

#include "records/rows.h"
#include "records/ticket.h"

#include <stddef.h>
#include <stdint.h>

struct figures_map;
struct heap;
struct tickets;

/* No ticket yet; `people`: keep customers and phones.  NULL when there is no
 * memory. */
struct tickets *tickets_new(struct heap *h, bool people);
void tickets_free(struct tickets **t);

/* No column says when a ticket was resolved. [TI9]  Before the first event. */
void tickets_by_state(struct tickets *t);

/* Fold an event in.  False when there is no memory; `t` is then fit for
 * tickets_free() only. */
[[nodiscard]] bool tickets_add(struct tickets *t, const struct ticket *event);

/* Fold in all of `other`, which stays as it is; `map` has the numbers here of
 * its words (words_merge()).  False as tickets_add(). */
[[nodiscard]] bool tickets_merge(struct tickets *t, const struct tickets *other,
                                 const struct figures_map *map);

/* How many there are. */
size_t tickets_count(const struct tickets *t);

/* Give all tickets to `take`, in the order of their first rows' places; `at` is
 * that place.  Takes 8 bytes a ticket for as long as it works.  False when
 * there is no memory or `take` says so. */
[[nodiscard]] bool tickets_each(const struct tickets *t, rows_take *take,
                                void *into);

#endif
