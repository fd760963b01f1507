/*
 * calendar -- what calendar programs fetch by a secret address.  The address
 * is the key: it stands in no page, no log and no error. [CA1] [CA2]
 */

#include "base/buf.h"
#include "base/size.h"
#include "crypto/hash.h"
#include "service/calendar.h"
#include "web/web.h"

#define TYPE_CALENDAR S("text/calendar; charset=utf-8")

/* Named by its bytes: unchanged, it is not sent again. */
static err tag(struct request *rq, struct response *rs)
{
    uint8_t hash[SHA256_BYTES];
    struct buf b;
    str name;

    sha256(rs->body.p, rs->body.n, hash);
    buf_init(&b, rq->arena, 2 * sizeof hash);
    buf_hex(&b, hash, sizeof hash / 2);
    TRY(buf_done(&b, &name));
    return response_etag(rs, name);
}

static err get_calendar(struct request *rq, struct response *rs)
{
    const struct faces *f = rq->app;
    str text;

    TRY(calendar_fetch(f->app, rq->arena, request_parameter(rq, S("name")),
                       faces_today(f), &text));
    respond(rs, 200, TYPE_CALENDAR, text);
    response_cache(rs, S("private, no-cache"));
    return tag(rq, rs);
}

static const struct route routes[] = {
    { METHOD_GET, "/calendar/{name}", 0, BODY_NONE, get_calendar },
};

const struct route_table calendar_routes = { routes, COUNT(routes) };
