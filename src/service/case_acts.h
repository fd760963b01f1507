#ifndef SERVICE_CASE_ACTS_H
#define SERVICE_CASE_ACTS_H

/*
 * case_acts -- what somebody may do in a case now, whether or not it waits for
 * them: a complaint comes when it comes.
 *
 *   [AC1] Rights say it (domain/rights.h), and the act itself, of the case as
 * it stands (command_ready()); what its data must hold is judged when it is
 * done (service/cases.h).
 */

#include "service/cases.h"

struct right;

/* The rows of domain/rights.h they may give, in their order there, as
 * const struct right *. */
err case_acts(struct app *app, struct arena *a, const struct session *who,
              const struct case_file *file, day today, struct list *out);

/* May they give this one?  What right_check() and command_ready() refuse. */
err case_act_ask(struct app *app, struct arena *a, const struct session *who,
                 const struct case_file *file, day today,
                 const struct right *act);

/* The same, but of the right alone: what the case is not ready for yet may be
 * prepared.  What right_check() refuses. */
err case_act_prepare(struct app *app, struct arena *a,
                     const struct session *who, const struct case_file *file,
                     day today, const struct right *act);

#endif
