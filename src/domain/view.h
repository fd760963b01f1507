#ifndef DOMAIN_VIEW_H
#define DOMAIN_VIEW_H

/*
 * view -- a case as one JSON document: what `tenstar case show --json` prints
 * and pages are made from.
 *
 *   [VW1] Everything stands in it once, under the names of the domain; texts
 *         of the package come in both languages.
 *   [VW2] Wherever a score is shown, `assumed` says whether points behind it
 *         are the package's own assumption [SC5].
 *   [VW3] It holds no personal data: people are named by id.
 *   [VW4] Every point lost in the site audit names its indicator, the finding
 *         with its evidence, and its author.
 *   [VW5] The enterprise does not read how its decision comes about: the votes
 *         of a panel, questions to the team, a decision before it is signed;
 *         nor which of its customers is asked next.
 */

#include "base/err.h"
#include "domain/actor.h"
#include "domain/state.h"

struct arena;
struct json;

/* Who reads it. [VW5] */
enum reader { READER_BODY, READER_ENTERPRISE };

/* The case was opened, and its state is sound.  ERR_MEMORY. */
err case_view_json(struct arena *a, const struct state *s, str number,
                   const struct enterprise *e, enum reader reader,
                   struct json **out);

/* A score with its gates and every point lost.  NULL or broken without memory
 * (codec/json.h [J4]). */
struct json *score_json(struct arena *a, const struct scheme *s,
                        const struct assessment *in, const struct score *x);

/* {zh, en} */
struct json *label_json(struct arena *a, struct label l);

#endif
