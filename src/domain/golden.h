#ifndef DOMAIN_GOLDEN_H
#define DOMAIN_GOLDEN_H

/*
 * golden -- cases that a package brings along: answers, and what must come of
 * them.  Whoever changes a package sees at once what else that changes.
 *
 *   the keys of domain/answers.h, and
 *   expect: {shown?, level?, lost?, gates?, due?, fees?}, one of them at least
 *   shown:  the score as shown, truncated to two places
 *   level:  the level reached, or none
 *   lost:   points lost in all, or {INDICATOR: POINTS ..}, each that lost any;
 *           per indicator rounded up to thousandths
 *   gates:  {LEVEL: {GATE: STATE ..} ..}, STATE as in the list below
 *   due:    [{limit, from: DAY, on: DAY} ..]; limit is a stage with one or a
 *           key of `limits`; a limit that begins on `from` ends on `on`, a
 *           certificate's validity on the day before
 *   fees:   [{staff, sites, level?, trade?, renewal?, fees?, travel?, first?,
 *           surveillance?, whole?} ..]; the sums are [LEAST, MOST] in yuan, of
 *           the first certification without and with travel, of one
 *           surveillance, of both together (domain/fees.h); one at least
 *   STATE:  met | not_met | unknown | cannot_tell
 */

#include "base/day.h"
#include "base/err.h"
#include "domain/score.h"
#include "scheme/load.h"

struct arena;

/*
 * One case; `name` is what messages call it.  ERR_INVALID "reading.problems"
 * (name, count) when it is malformed or something else comes of it, with
 * *problems listing "golden.*" and those of domain/answers.h.
 */
err golden_check(struct arena *a, const struct scheme *s,
                 const struct calendar *c, const struct package_file *file,
                 struct problem **problems);

/* All cases of a package, in its order of files; *cases counts them.
 * ERR_INVALID "golden.wrong" (count, cases) with *problems listing those of
 * every case. */
err golden_check_all(struct arena *a, const struct scheme *s,
                     const struct calendar *c, const struct package *p,
                     size_t *cases, struct problem **problems);

#endif
