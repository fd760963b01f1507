/*
 * calendar -- what calendar programs fetch by a secret address.  The address
 * is the key: it stands in no page, no log and no error. [CA1] [CA2]
 */

#include "base/size.h"
#include "service/calendar.h"
#include "web/web.h"

#define TYPE_CALENDAR S("text/calendar; charset=utf-8")

static err get_calendar(struct request *rq, struct response *rs)
{
    const struct faces *f = rq->app;
    str text;

    TRY(calendar_fetch(f->app, rq->arena, request_parameter(rq, S("name")),
                       faces_today(f), &text));
    respond(rs, 200, TYPE_CALENDAR, text);
    response_cache(rs, S("private, no-cache"));
    return web_tag(rq, rs);
}

static const struct route routes[] = {
    { METHOD_GET, "/calendar/{name}", 0, BODY_NONE, get_calendar },
};

const struct route_table calendar_routes = { routes, COUNT(routes) };
