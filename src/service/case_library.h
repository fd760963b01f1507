#ifndef SERVICE_CASE_LIBRARY_H
#define SERVICE_CASE_LIBRARY_H

/*
 * case_library -- all documents of an enterprise, whichever of its cases they
 * were added to, so that another one takes them over. [M5] [M9]
 *
 *   [CL1] Of one enterprise and no other (domain/library.c [LI1]).
 *   [CL2] To whom may take documents over; to others it is empty.
 */

#include "service/case_parts.h"

/* Case by case, each case's oldest first, as struct library_item; in the tx's
 * arena. */
err library_of(struct tx *tx, id enterprise, struct list *out);

/* The same of the enterprise of `file`, a case that `who` may read. */
err case_library(struct app *app, struct arena *a, const struct session *who,
                 const struct case_file *file, struct list *out);

#endif
