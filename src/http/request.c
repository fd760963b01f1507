#include "http/request.h"

enum { FEW = 1 << 20 }; /* bytes that every request has room for */

str request_parameter(const struct request *rq, str name)
{
    return rq->values[route_parameter(rq->route, name)];
}

err request_arena_for(struct request *rq, size_t bytes, struct arena **out)
{
    if (bytes > FEW && rq->room != NULL)
        return rq->room->take(rq->room, bytes, out);
    *out = rq->arena;
    return OK;
}

str request_header(const struct request *rq, str name)
{
    for (size_t i = 0; i < rq->header_count; i++) {
        if (syntax_equal(rq->headers[i].name, name))
            return rq->headers[i].value;
    }
    return S("");
}
