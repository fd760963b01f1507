#ifndef DOMAIN_SUBSIDIES_H
#define DOMAIN_SUBSIDIES_H

/*
 * subsidies -- public money an enterprise may ask for, as the body has entered
 * it. [M34] [D3]
 *
 *   [SU1] The product asserts none: it shows what stands in facts.subsidies,
 *         each with the document and the link it comes from, and says whose
 *         entry it is.  A line without any of them is not shown.
 *   [SU2] Shown are those of the enterprise's own province or city that run
 *         on the day asked for, their last day included.
 */

#include "base/err.h"
#include "domain/actor.h"

struct arena;
struct json;

/* [SU1] [SU2] */
bool subsidy_shows(const struct subsidy *x, const struct enterprise *e,
                   day today);

/* {entered_by, subsidies: [{place, programme, amount, document, link,
 * until} ..]} of f->enterprise, on f->today; in the order of the table. */
err subsidies_json(struct arena *a, const struct facts *f, struct json **out);

#endif
