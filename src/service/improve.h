#ifndef SERVICE_IMPROVE_H
#define SERVICE_IMPROVE_H

/*
 * improve -- the improvement report of a case, with the trend through the
 * enterprise's audits under the same scheme. [M26] [M27]
 *
 *   [IS1] Whoever may read the case may read its report: an enterprise sees its
 *         own cases in it and nobody else's.
 *   [IS2] Cases that were opened later, and those of other schemes, are no part
 *         of the trend; those of older versions of the package are.
 */

#include "domain/improve.h"
#include "domain/trend.h"
#include "service/cases.h"

struct improvement_file {
    struct case_file file;
    struct improvement now;
    struct trend trend;
};

/* Errors of cases_load(); ERR_REFUSED "improve.nothing". */
err improve_load(struct app *app, struct arena *a, const struct session *who,
                 str ref, struct improvement_file *out);

#endif
