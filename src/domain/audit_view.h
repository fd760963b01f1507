#ifndef DOMAIN_AUDIT_VIEW_H
#define DOMAIN_AUDIT_VIEW_H

/*
 * audit_view -- checklists and working papers of a site audit as JSON.
 *
 * For whoever may read working papers (rights.h); they hold no personal data.
 */

#include "domain/checklist.h"

struct json;

/* ERR_MEMORY. */
err checklist_json(struct arena *a, const struct state *s,
                   const struct checklists *x, struct json **out);

#endif
