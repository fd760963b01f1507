#ifndef DOMAIN_NUMBER_H
#define DOMAIN_NUMBER_H

/*
 * number -- certificate numbers by the package's template, in the pattern
 * bodies use: "71226SC0006R0S" (domain.md 3.6; a practice, not a law).
 *
 *   {body}    last three digits of the body's approval number
 *   {yy}      year of issue, two digits
 *   {serial4} serial number of the year, at least four digits
 *   {recert}  count of recertifications
 *   {size}    covered staff: S up to 50, M up to 1000, L above
 *
 * and of a site's sub-certificate, "71226SC0006R0S-2":
 *
 *   {number}  of the main one
 *   {n}       count under it, from 1
 */

#include "base/err.h"

struct arena;

struct number_parts {
    str body;
    int32_t year;
    int64_t serial; /* from 1 */
    int32_t recertifications;
    int64_t staff;
};

/* ERR_INVALID "number.template" (template) for an unknown placeholder. */
err number_make(struct arena *a, str template, const struct number_parts *p,
                str *out);

/* Of the `n`-th sub-certificate of `main`; likewise. */
err number_make_sub(struct arena *a, str template, str main, int64_t n,
                    str *out);

/* A letter of a number as it is printed; other bytes stay as they are. */
char number_capital(char c);

/* Is `typed`, in either case, this number, whose letters are capitals? */
bool number_is_typed(str number, str typed);

#endif
