#ifndef SERVICE_BODY_CASES_H
#define SERVICE_BODY_CASES_H

/*
 * body_cases -- which cases run in a field that the body is not approved for:
 * it was taken away after they began. [条例 9]
 *
 *   [BR1] They go on; that nothing new begins is the rule of
 *         domain/completeness.c.
 *   [BR2] A case is of the field that its own frozen package names (app.h
 *         [AP2]).
 *   [BR3] Numbers of cases only, of no enterprise: an administrator, who reads
 *         no case, may know how many there are.
 */

#include "service/app.h"

/* Those of one package. */
struct body_outside {
    str field; /* "SC03" */
    struct label scheme;
    struct list numbers; /* of str, in their order */
    bool more;           /* than `most` */
};

/* struct body_outside of each package with such a case, the numbers of at most
 * `most` cases of each (1..STORE_PAGE_MAX - 1). */
err body_cases_outside(struct app *app, struct arena *a, day today,
                       int32_t most, struct list *out);

#endif
