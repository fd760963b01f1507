#ifndef SERVICE_AGREE_H
#define SERVICE_AGREE_H

/*
 * agree -- does a row of a projection say what its journal says?
 *
 * Every member of a row is compared that comes from the journal.  Names,
 * secrets and contacts of people are kept in their registers only (domain/
 * event.h [EV3]) and cannot be.
 */

#include "domain/event.h"
#include "domain/events.h"
#include "domain/state.h"

struct case_row;
struct certificate_row;
struct enterprise_row;
struct person_row;
struct scheme_row;
struct standing;

/* Do they say the same? */
bool agree_case_rows(const struct case_row *x, const struct case_row *y);

bool agree_case(const struct case_row *row, const struct state *s, str number);

/* `log_index` is where the log has its newest event, LOG_INDEX_NONE while that
 * waits. */
bool agree_certificate(const struct certificate_row *row,
                       const struct standing *s, id enterprise,
                       int64_t log_index);

bool agree_enterprise(const struct enterprise_row *row,
                      const struct event_list *journal);

bool agree_person(const struct person_row *row,
                  const struct event_list *journal);

/* `ties` are struct relation_row, all there are. */
bool agree_ties(const struct list *ties, const struct event_list *journal);

/* Is the package among those the journal says were frozen? */
bool agree_scheme(const struct scheme_row *row,
                  const struct event_list *journal);

/* Two records of one certificate: that of its case and that of its own. */
bool agree_records(const struct certificate *x, const struct certificate *y);

/* The same of its sub-certificates: each is there in both, and where it ended
 * alone in one it did so in the other. */
bool agree_subs(const struct state *s, const struct standing *own);

#endif
