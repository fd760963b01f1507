#ifndef WEB_OWN_WORK_H
#define WEB_OWN_WORK_H

/* own_work -- inside web: what an enterprise finds when it comes in
 * (own_work.c). */

#include "auth/session.h"
#include "http/request.h"
#include "http/response.h"

/* Is it an enterprise's person, and nothing of the body's? */
bool own_work_is_for(const struct session *who);

err own_work_page(struct request *rq, struct response *rs);

#endif
