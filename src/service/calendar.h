#ifndef SERVICE_CALENDAR_H
#define SERVICE_CALENDAR_H

/*
 * calendar -- the secret addresses under which calendar programs fetch to-do
 * lists (auth/calendar_link.h, service/calendar_text.h).
 *
 *   [CA1] By an address its owner's list is read, or for staff everybody's: as
 *         service/todos.h lets them today, and nothing else.
 *   [CA2] An address that shows nothing any more, for whatever reason, is
 *         refused in the same words.
 */

#include "auth/session.h"
#include "service/app.h"
#include "text/text.h"

enum { CALENDAR_LINKS_MOST = 20 }; /* of a person */

struct calendar_link {
    int64_t number; /* 1, 2, 3 .. among the person's */
    bool team;
    enum lang lang;
    day made;
};

struct calendar_order {
    const struct session *who; /* makes it for themselves */
    bool team;
    enum lang lang; /* of the calendar */
    day today;      /* DAY_NEVER: the clock's */
};

/* What is told of it once and never again: "/calendar/..ics".  ERR_DENIED
 * "calendar.nobody", "todo.others"; ERR_LIMIT "calendar.links" (most). */
err calendar_link_make(struct app *app, struct arena *a,
                       const struct calendar_order *order,
                       struct calendar_link *out, str *path);

/* Their own, as struct calendar_link by number. */
err calendar_links(struct app *app, struct arena *a, const struct session *who,
                   struct list *out);

/* ERR_NOT_FOUND "calendar.number" (number). */
err calendar_link_revoke(struct app *app, struct arena *a,
                         const struct session *who, int64_t number);

/* What is found under `name`, "TOKEN.ics", on `today`.  ERR_NOT_FOUND
 * "calendar.none" [CA2]. */
err calendar_fetch(struct app *app, struct arena *a, str name, day today,
                   str *out);

#endif
