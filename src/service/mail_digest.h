#ifndef SERVICE_MAIL_DIGEST_H
#define SERVICE_MAIL_DIGEST_H

/*
 * mail_digest -- what waits for a person, put in the outbox as one mail.
 *
 *   [MG1] It says what their list says (todos.h), overdue tasks and limits
 *         first, to whoever may see that list; when nothing waits there is no
 *         mail.
 */

#include "service/outbox.h"
#include "service/todos.h"

struct digest_order {
    const struct session *who;
    str login; /* whose list */
    str to;
    enum lang lang;
    day today; /* DAY_NEVER: the clock's */
};

/* *tasks is how many it tells of; 0: no mail.  Errors of todo_list() and
 * outbox_put(). */
err mail_digest(struct app *app, struct arena *a,
                const struct digest_order *order, int64_t *tasks);

#endif
