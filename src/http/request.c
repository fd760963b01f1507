#include "http/request.h"

str request_parameter(const struct request *rq, str name)
{
    return rq->values[route_parameter(rq->route, name)];
}

str request_header(const struct request *rq, str name)
{
    for (size_t i = 0; i < rq->header_count; i++) {
        if (syntax_equal(rq->headers[i].name, name))
            return rq->headers[i].value;
    }
    return S("");
}
