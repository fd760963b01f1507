/* changes -- what happened to which certificate. [AI12] [M24] */

#include "api/answer.h"
#include "api/api.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/json.h"
#include "http/percent.h"
#include "service/changes_json.h"
#include "web/web.h"

enum { USUAL = 100, ADDRESS_MAX = 4000 };

static const struct api_range indices = { 0, INT64_MAX };
static const struct api_range limits = { 1, CHANGES_MOST };

static err read_asked(struct request *rq, struct changes_asked *out)
{
    int64_t most = USUAL;

    *out = (struct changes_asked){ 0 };
    TRY(api_query_number(rq, "since", &indices, &out->at));
    TRY(api_query_number(rq, "limit", &limits, &most));
    (void)form_get(&rq->query, S("number"), &out->number);
    (void)form_get(&rq->query, S("uscc"), &out->uscc);
    if (out->number.n > 0 && out->uscc.n > 0)
        return api_bad_field(rq, "uscc");
    out->most = (size_t)most;
    return OK;
}

static void put_value(struct buf *b, const char *name, str value)
{
    if (value.n == 0)
        return;
    buf_printf(b, "&%s=", name);
    percent_encode(b, value);
}

/* "/api/v1/changes?since=14&limit=100" */
static err next_address(struct request *rq, const struct changes_asked *asked,
                        int64_t next, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, ADDRESS_MAX);
    buf_str(&b, S("/api/v1/changes?since="));
    buf_int(&b, next);
    buf_str(&b, S("&limit="));
    buf_int(&b, (int64_t)asked->most);
    put_value(&b, "number", asked->number);
    put_value(&b, "uscc", asked->uscc);
    return buf_done(&b, out);
}

static struct json *list_json(struct arena *a, const struct list *changes)
{
    const struct register_change *c = changes->p;
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < changes->n; i++)
        json_add(list, change_json(a, &c[i]));
    return list;
}

/* For whoever follows links and does not make them. [RFC 8288] */
static err set_link(struct request *rq, struct response *rs, str address)
{
    struct buf b;
    str link;

    buf_init(&b, rq->arena, ADDRESS_MAX);
    buf_char(&b, '<');
    buf_str(&b, address);
    buf_str(&b, S(">; rel=\"next\""));
    TRY(buf_done(&b, &link));
    return response_header(rs, S("Link"), link);
}

static err get_changes(struct request *rq, struct response *rs)
{
    const struct faces *f = rq->app;
    struct json *j = json_new_object(rq->arena);
    struct changes_asked asked;
    struct changes got;
    str address;

    TRY(read_asked(rq, &asked));
    TRY(changes_list(f->app, rq->arena, &asked, &got));
    TRY(next_address(rq, &asked, got.next, &address));
    json_set(j, S("changes"), list_json(rq->arena, &got.list));
    json_set(j, S("more"), json_new_bool(rq->arena, got.more));
    json_set(j, S("next"), json_new_int(rq->arena, got.next));
    json_set(j, S("next_address"), json_new_str(rq->arena, address));
    json_set(j, S("size"), json_new_int(rq->arena, got.size));
    TRY(api_send_open(rq, rs, 200, j));
    TRY(set_link(rq, rs, address));
    response_cache(rs, S("public, max-age=2"));
    return web_tag(rq, rs); /* [AI4] */
}

static const struct route routes[] = {
    { METHOD_GET, "/api/v1/changes", RIGHT_PUBLIC, BODY_NONE, get_changes },
};

const struct route_table api_change_routes = { routes, COUNT(routes) };
