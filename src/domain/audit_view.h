#ifndef DOMAIN_AUDIT_VIEW_H
#define DOMAIN_AUDIT_VIEW_H

/*
 * audit_view -- checklists and working papers of a site audit, and the rounds
 * of a document review, as JSON.
 *
 * The first two are for whoever may read working papers (rights.h).  People are
 * named by id.
 */

#include "domain/checklist.h"
#include "domain/review_rounds.h"

struct json;

/* ERR_MEMORY. */
err checklist_json(struct arena *a, const struct state *s,
                   const struct checklists *x, struct json **out);

/* Interviews, observations and calls of every site audit of this journal, notes
 * of rows to draw (risk.h), and
 * what the newest sample of customers says.  ERR_MEMORY. */
err papers_json(struct arena *a, const struct state *s,
                const struct event_list *events, struct json **out);

/* Each document that is judged, as it stands, and the rounds.  ERR_MEMORY. */
err review_json(struct arena *a, const struct state *s,
                const struct review_rounds *x, struct json **out);

#endif
