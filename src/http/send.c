#include "http/exchange.h"

/* Header names and values are constant or NUL-ended in the request's arena;
 * the library copies them. */
static bool add(struct MHD_Response *r, const char *name, const char *value)
{
    return MHD_add_response_header(r, name, value) == MHD_YES;
}

static bool add_if(struct MHD_Response *r, const char *name, const char *value)
{
    return value == NULL || add(r, name, value);
}

static bool add_policy(struct MHD_Response *r, const struct policy *p)
{
    return add_if(r, "Content-Security-Policy", p->content) &&
           add_if(r, "Referrer-Policy", p->referrer) &&
           add_if(r, "Cross-Origin-Opener-Policy", p->opener) &&
           add_if(r, "Cross-Origin-Resource-Policy", p->resource) &&
           add_if(r, "Permissions-Policy", p->permissions) &&
           add(r, "X-Content-Type-Options", "nosniff");
}

static bool add_all(struct MHD_Response *r, const struct exchange *x)
{
    const struct response *rs = &x->rs;

    if (!add_policy(r, rs->policy) || !add(r, "Cache-Control", rs->cache.p))
        return false;
    if (rs->type.n > 0 && !add(r, "Content-Type", rs->type.p))
        return false;
    if (rs->etag.n > 0 && !add(r, "ETag", rs->etag.p))
        return false;
    for (size_t i = 0; i < rs->header_count; i++) {
        if (!add(r, rs->headers[i].name.p, rs->headers[i].value.p))
            return false;
    }
    return !x->close || add(r, "Connection", "close");
}

enum MHD_Result exchange_send(struct exchange *x, struct MHD_Connection *c)
{
    /* The library asks for a pointer it may write to and does not write. */
    union {
        const char *ours;
        void *theirs;
    } body = { .ours = x->rs.body.n == 0 ? "" : x->rs.body.p };
    enum MHD_Result done = MHD_NO;
    struct MHD_Response *r =
        MHD_create_response_from_buffer(x->rs.body.n, body.theirs,
                                        MHD_RESPMEM_PERSISTENT);

    if (r == NULL)
        return MHD_NO;
    if (add_all(r, x))
        done = MHD_queue_response(c, (unsigned)x->rs.status, r);
    MHD_destroy_response(r);
    return done;
}
