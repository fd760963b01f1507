#ifndef DOMAIN_ANSWERS_H
#define DOMAIN_ANSWERS_H

/*
 * answers -- a whole assessment in a YAML file, as `tenstar score` and the
 * packages' golden cases have it.
 *
 *   answers?:    [ANSWER ..], each indicator once
 *   ANSWER:      {indicator, result: met | not_met, reason?}
 *              | {indicator, result: sampled, k, n, reason?}
 *              | {indicator, result: na, reason}
 *   all_met?:    true: indicators that are not named are met
 *   figures?:    [{figure, k, n} ..], each figure once
 *   sample?:     {k, n}, satisfied of reached, where the scheme draws one
 *   deductions?: special deductions, 0 to 100, where the scheme has them
 *   bonus?:      true | false, likewise
 *
 * JSON is YAML too, so what programs write is read as well.  Problems are
 * collected, with their places, as those of a scheme are (scheme/reading.h).
 */

#include "base/err.h"
#include "domain/score.h"
#include "scheme/reading.h"

/*
 * Read `text`, which messages call `name`.  ERR_INVALID "reading.problems"
 * (name, count) with *problems listing "reading.*", "answers.*", "reply.*",
 * "score.*" and "yaml.*"; else *problems is NULL.  The assessment lives in `a`.
 */
err answers_read(struct arena *a, const struct scheme *s, str name, str text,
                 struct assessment *out, struct problem **problems);

/* The same from a mapping that holds these keys and maybe others, which are
 * the caller's.  What is wrong is reported to `r`. */
void answers_of(struct reading *r, const struct yaml *root,
                const struct scheme *s, struct assessment *out);

/* The keys above, for a caller with keys of its own; NULL-ended. */
extern const char *const answers_keys[];

#endif
