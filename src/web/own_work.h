#ifndef WEB_OWN_WORK_H
#define WEB_OWN_WORK_H

/* own_work -- inside web: what an enterprise finds when it comes in
 * (own_work.c). */

#include "domain/todo.h"
#include "http/response.h"
#include "web/case_page.h"

/* Is it an enterprise's person, and nothing of the body's? */
bool own_work_is_for(const struct session *who);

err own_work_page(struct request *rq, struct response *rs);

/* Where the enterprise does what waits for it in this case: a page made for
 * that, else the form of its command. */
err own_work_way(const struct case_view *v, enum task_kind kind, str *out);

#endif
