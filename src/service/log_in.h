#ifndef SERVICE_LOG_IN_H
#define SERVICE_LOG_IN_H

/* log_in -- somebody says who they are, and proves it (auth/session.h). */

#include "auth/session.h"
#include "service/app.h"

/* The session of who is claimed to act; sets who->proved and
 * who->today.  What
 * session_kept(), session_prove() and session_open() say. */
err log_in(struct app *app, struct arena *a, struct claim *who,
           struct session *out);

#endif
