#ifndef DOMAIN_IMPROVE_VIEW_H
#define DOMAIN_IMPROVE_VIEW_H

/*
 * improve_view -- an improvement report as JSON: what `tenstar case improve
 * --json` prints. [M26] [M27]
 *
 *   [IV1] Texts of the package come in both languages; people are named by id.
 */

#include "domain/improve.h"
#include "domain/trend.h"

struct json;

/* ERR_MEMORY. */
err improvement_json(struct arena *a, const struct state *s,
                     const struct improvement *x, const struct trend *t,
                     struct json **out);

/* What it is called: the measure, the indicator, or the figure. */
struct label gain_label(const struct scheme *s, const struct gain *g);

#endif
