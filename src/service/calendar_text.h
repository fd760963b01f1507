#ifndef SERVICE_CALENDAR_TEXT_H
#define SERVICE_CALENDAR_TEXT_H

/*
 * calendar_text -- a to-do list as a calendar (page/ical.h).
 *
 *   [CA3] On one day the same records give the same bytes, whenever they are
 *         asked for: an item's stamp is when its case was touched last, or the
 *         day since which it reads as it does.
 *   [CA4] The same task has the same uid as long as it waits, and an audit
 *         however its days are moved.
 */

#include "service/app.h"
#include "service/todos.h"
#include "text/text.h"

/* Whose list it is by `login`, everybody's where that is empty. */
err calendar_text(struct app *app, struct arena *a, const struct todo_list *l,
                  str login, enum lang lang, str *out);

#endif
