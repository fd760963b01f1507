#ifndef DOMAIN_SCOPE_H
#define DOMAIN_SCOPE_H

/*
 * scope -- what a certificate is about: parts between "、", "，", "；", "," and
 * ";", compared word for word (sub.c [SU3]).
 */

#include "base/err.h"

struct arena;

enum { SCOPE_MOST = 500, SCOPE_EN_MOST = 1000 }; /* bytes */

/* The first part of `scope` that is none of `main`; empty: all are. */
str scope_part_outside(str scope, str main);

/*
 * `scope`, which says something and lies within `from`, in the words of `to`: a
 * part that both have stays as it is; the others of `from` became the others of
 * `to`, one by one in their order.  Empty where there are not as many of them,
 * or where it would be longer than `most`; untouched on failure.
 */
err scope_reworded(struct arena *a, str scope, str from, str to, size_t most,
                   str *out);

#endif
