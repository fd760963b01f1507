/*
 * holders -- what proves of an enterprise which certificates it has, all of
 * them, for programs: the file that `tenstar verify` checks. [M24] [AI9]
 */

#include "api/api.h"
#include "base/size.h"
#include "service/register_root.h"
#include "web/web.h"

static err get_holder(struct request *rq, struct response *rs)
{
    const struct faces *f = rq->app;
    str proof;

    TRY(register_prove(f->app, rq->arena, request_parameter(rq, S("uscc")),
                       &proof));
    respond(rs, 200, S("application/json; charset=utf-8"), proof);
    TRY(response_header(rs, S("Access-Control-Allow-Origin"), S("*")));
    response_cache(rs, S("public, max-age=60"));
    return web_tag(rq, rs); /* [AI4] */
}

static const struct route routes[] = {
    { METHOD_GET, "/api/v1/holders/{uscc}", 0, BODY_NONE, get_holder },
};

const struct route_table api_holder_routes = { routes, COUNT(routes) };
