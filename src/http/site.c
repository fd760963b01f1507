#include "http/site.h"

#include "base/arena.h"
#include "base/buf.h"
#include "http/status.h"

enum { ALLOW_LIMIT = 100 };

/* A refusal of HTTP's own has a status of its own; zero: as status_of(). */
struct outcome {
    err why;
    int status;
};

static struct outcome with_status(int status, err why)
{
    return (struct outcome){ why, status };
}

static struct outcome outcome(err e)
{
    return (struct outcome){ e, 0 };
}

void incoming_method(struct incoming *in, str name)
{
    in->asked = ASKED_UNKNOWN;
    for (enum method m = 0; m < METHOD_COUNT; m++) {
        if (str_eq(name, method_name(m))) {
            in->asked = ASKED_METHOD;
            in->method = m;
        }
    }
    if (str_eq(name, S("HEAD"))) {
        in->asked = ASKED_HEAD;
        in->method = METHOD_GET;
    }
    if (str_eq(name, S("OPTIONS")))
        in->asked = ASKED_OPTIONS;
}

/* "GET, HEAD, OPTIONS": what an address is good for [SI3]. */
static err allow(struct response *rs, const struct route *const *routes)
{
    struct buf b;
    str text = S("");

    buf_init(&b, rs->arena, ALLOW_LIMIT);
    for (enum method m = 0; m < METHOD_COUNT; m++) {
        if (routes[m] == NULL)
            continue;
        buf_str(&b, method_name(m));
        buf_str(&b, m == METHOD_GET ? S(", HEAD, ") : S(", "));
    }
    buf_str(&b, S("OPTIONS"));
    TRY(buf_done(&b, &text));
    return response_header(rs, S("Allow"), text);
}

/* OPTIONS *: what some address is good for. */
static err allow_all(const struct web_site *site, struct response *rs)
{
    const struct route *some[METHOD_COUNT] = { NULL };

    for (size_t i = 0; i < router_count(site->router); i++) {
        const struct route *route = router_route(site->router, i);
        some[route->method] = route;
    }
    respond(rs, 204, S(""), S(""));
    return allow(rs, some);
}

/* Is the body of the type that the route takes? */
static struct outcome check_type(const struct request *rq,
                                 const struct incoming *in)
{
    static const str wanted[] = {
        [BODY_NONE] = S_INIT(""),
        [BODY_FORM] = S_INIT("application/x-www-form-urlencoded"),
        [BODY_UPLOAD] = S_INIT("multipart/form-data"),
        [BODY_JSON] = S_INIT("application/json"),
        [BODY_BYTES] = S_INIT(""),
        [BODY_LONG] = S_INIT(""),
    };
    str type = request_header(rq, S("Content-Type"));
    enum body_kind kind = rq->route->body;

    if (kind == BODY_BYTES || kind == BODY_LONG ||
        (kind == BODY_NONE && in->body.n == 0))
        return outcome(OK);
    if (kind == BODY_NONE)
        return with_status(415,
                           err_new(rq->arena, ERR_INVALID, "http.no_body"));
    if (!syntax_equal(syntax_cut(&type, ';'), wanted[kind]))
        return with_status(415, err_new(rq->arena, ERR_INVALID, "http.type",
                                        ARG_STR("wanted", wanted[kind])));
    return outcome(OK);
}

/* Its fields are a form's, so who checks tokens need not know of files. */
static err take_upload(struct request *rq, const struct incoming *in)
{
    TRY(upload_parse(rq->arena, request_header(rq, S("Content-Type")), in->body,
                     &rq->upload));
    rq->form = rq->upload.form;
    return OK;
}

static err take_body(struct request *rq, const struct incoming *in)
{
    if (rq->route->body == BODY_FORM)
        return form_parse(rq->arena, in->body, &rq->form);
    if (rq->route->body == BODY_UPLOAD)
        return take_upload(rq, in);
    rq->body = in->body;
    return OK;
}

/* The address was found; do what is asked of it. */
static struct outcome run(const struct web_site *site, struct request *rq,
                          const struct incoming *in, struct response *rs)
{
    struct outcome o = check_type(rq, in);
    err e = o.why;

    if (failed(e))
        return o;
    e = take_body(rq, in);
    if (!failed(e))
        e = site->permit(rq, rq->route->right);
    if (!failed(e))
        e = rq->route->run(rq, rs);
    return outcome(e);
}

static void go_to(struct request *rq, const struct route *route,
                  const struct found *found)
{
    rq->route = route;
    memcpy(rq->values, found->values, sizeof rq->values);
}

static err say_options(const struct web_site *site, struct request *rq,
                       const struct route *const *routes, struct response *rs)
{
    respond(rs, 204, S(""), S(""));
    TRY(allow(rs, routes));
    return site->options == NULL ? OK : site->options(rq, rs);
}

static struct outcome find_and_run(const struct web_site *site,
                                   struct request *rq,
                                   const struct incoming *in,
                                   struct response *rs)
{
    struct found found;

    router_find(site->router, &rq->path, &found);
    if (!found.any)
        return outcome(err_new(rq->arena, ERR_NOT_FOUND, "http.no_address"));
    if (in->asked == ASKED_OPTIONS)
        return outcome(say_options(site, rq, found.routes, rs));
    if (found.routes[in->method] == NULL) {
        err e = allow(rs, found.routes);
        if (failed(e))
            return outcome(e);
        return with_status(405, err_new(rq->arena, ERR_INVALID, "http.method"));
    }
    go_to(rq, found.routes[in->method], &found);
    return run(site, rq, in, rs);
}

static struct outcome answer(const struct web_site *site, struct request *rq,
                             const struct incoming *in, struct response *rs)
{
    if (failed(in->refused))
        return with_status(in->status, in->refused);
    if (in->asked == ASKED_UNKNOWN)
        return with_status(501, err_new(rq->arena, ERR_INVALID,
                                        "http.unknown_method"));

    rq->method = in->method;
    err e = path_parse(rq->arena, in->target, &rq->path);
    if (!failed(e))
        e = form_parse(rq->arena, rq->path.query, &rq->query);
    if (failed(e))
        return outcome(e);
    if (rq->path.all && in->asked == ASKED_OPTIONS)
        return outcome(allow_all(site, rs));
    if (rq->path.all)
        return outcome(err_new(rq->arena, ERR_INVALID, "path.form"));
    return find_and_run(site, rq, in, rs);
}

err site_admit(const struct web_site *site, struct request *rq,
               const struct incoming *in, bool *admitted)
{
    struct found found;

    *admitted = false;
    rq->app = site->app;
    if (in->asked != ASKED_METHOD || site->admit == NULL)
        return OK;
    rq->method = in->method;
    TRY(path_parse(rq->arena, in->target, &rq->path));
    TRY(form_parse(rq->arena, rq->path.query, &rq->query));
    router_find(site->router, &rq->path, &found);
    const struct route *route = found.routes[in->method];
    if (!found.any || route == NULL ||
        (route->body != BODY_UPLOAD && route->body != BODY_LONG))
        return OK;
    go_to(rq, route, &found);
    TRY(site->admit(rq, route->right));
    *admitted = true;
    return OK;
}

/* [SI1]  What stands in `rs` already, other than Allow, was for the answer
 * that failed. */
static err explain(const struct web_site *site, struct request *rq,
                   struct outcome o, struct response *rs)
{
    struct response failure;

    response_init(&failure, rq->arena);
    failure.status = o.status != 0 ? o.status : status_of(o.why.info->code);
    if (o.status == 405) {
        failure.headers[0] = rs->headers[0];
        failure.header_count = 1;
    }
    struct response words = failure;
    err e = site->on_error(rq, o.why, &words);
    *rs = failed(e) ? failure : words;
    return e;
}

/* The last resort, which needs no memory. */
static void last_words(const struct request *rq, struct response *rs)
{
    rs->policy = &policy_data;
    rs->type = TYPE_TEXT;
    rs->body = rq->id;
}

/* Whoever has the body already needs only to be told so. */
static void answer_not_modified(const struct request *rq, struct response *rs)
{
    str known = request_header(rq, S("If-None-Match"));

    if (rs->status == 200 && rs->etag.n > 0 && rq->method == METHOD_GET &&
        known.n > 0 && etag_matches(known, rs->etag))
        rs->status = 304;
}

err site_answer(const struct web_site *site, struct request *rq,
                const struct incoming *in, struct response *rs)
{
    rq->app = site->app;
    response_init(rs, rq->arena);
    struct outcome o = answer(site, rq, in, rs);

    if (!failed(o.why)) {
        answer_not_modified(rq, rs);
        return OK;
    }
    err e = explain(site, rq, o, rs);
    if (failed(e))
        last_words(rq, rs);
    return o.status == 0 && rs->status >= 500 ? o.why : e;
}
