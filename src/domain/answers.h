#ifndef DOMAIN_ANSWERS_H
#define DOMAIN_ANSWERS_H

/*
 * answers -- a whole assessment in a YAML file, as `tenstar score` and the
 * packages' golden cases have it.
 *
 *   answers:    [{indicator, result, k?, n?, reason?} ..]
 *   all_met:    true: indicators that are not named are met
 *   figures:    [{figure, k, n} ..]
 *   sample:     {k, n}, satisfied of reached
 *   deductions: special deductions
 *   bonus:      true | false
 *
 * result is met, not_met, sampled or na.  All but `answers` may be left out.
 */

#include "base/err.h"
#include "codec/yaml.h"
#include "domain/score.h"

/* ERR_INVALID "answers.*" or "reply.*" or "score.*" within "answers.at" (name,
 * line, column).  The assessment lives in `a`. */
err answers_read(struct arena *a, const struct scheme *s, str name, str text,
                 struct assessment *out);

/* The same from a node that holds these keys; others beside them are the
 * caller's. */
err answers_of(struct arena *a, const struct scheme *s, str name,
               const struct yaml *root, struct assessment *out);

#endif
