#ifndef SERVICE_MARK_USE_H
#define SERVICE_MARK_USE_H

/*
 * mark_use -- an approved use of a certificate's mark, for its artwork. [M21]
 *
 *   [MU1] Only while the certificate is valid, and for a use that was approved
 *         (domain/mark.c [MK3]).
 *   [MU2] Whoever may read the case gets it, and nobody else.
 */

#include "service/cases.h"

struct mark_use_wish {
    str certificate; /* number, however it is typed */
    int64_t use;     /* number of the use in its case, 1.. */
    enum mark_colour colour;
    day today;
};

/* The case of the certificate, checked.  ERR_NOT_FOUND "lookup.number" (number)
 * and "mark.number"; ERR_REFUSED "mark.elsewhere" (number), "mark.of_sub"
 * (number, main), "mark.no_use", "mark.suspended", "mark.over", "mark.colour"
 * (scheme, colours); and those of cases_load(), whose `ref` is the
 * certificate's number as it was typed. */
err mark_use_load(struct app *app, struct arena *a, const struct session *who,
                  const struct mark_use_wish *wish, struct case_file *out);

#endif
