#include "api/answer.h"
#include "api/api.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/json.h"
#include "service/certificate_json.h"
#include "web/limiter.h"
#include "web/web.h"

enum { ANSWER_MAX = 1 << 20 };

err api_send(struct arena *a, struct response *rs, int status,
             const struct api_body *body)
{
    struct buf b;
    str text;

    buf_init(&b, a, body->most);
    json_canonical(&b, body->json);
    buf_char(&b, '\n');
    TRY(buf_done(&b, &text));
    respond(rs, status, str_of(body->type), text);
    return OK;
}

/* For any site's scripts. */
static err send_json(struct request *rq, struct response *rs, int status,
                     const char *type, const struct json *j)
{
    const struct api_body body = { type, j, ANSWER_MAX };

    TRY(api_send(rq->arena, rs, status, &body));
    return response_header(rs, S("Access-Control-Allow-Origin"), S("*"));
}

static err get_certificate(struct request *rq, struct response *rs)
{
    const struct faces *f = rq->app;
    struct public_certificate c;

    TRY(lookup_certificate(f->app, rq->arena,
                           request_parameter(rq, S("number")), faces_today(f),
                           &c));
    TRY(send_json(rq, rs, 200, "application/json; charset=utf-8",
                  certificate_json(rq->arena, c.body, &c)));
    response_cache(rs, S("public, max-age=60"));
    return web_tag(rq, rs); /* [AI4] */
}

bool api_is(const struct request *rq)
{
    return rq->path.n > 0 && str_eq(rq->path.at[0], S("api"));
}

static struct json *arguments_json(struct arena *a, err why)
{
    struct json *j = json_new_object(a);

    for (const struct err_arg *g = why.info->args; g->name != NULL; g++)
        json_set(j, str_of(g->name),
                 g->kind == ARG_IS_NUMBER || g->kind == ARG_IS_DAY ||
                         g->kind == ARG_IS_MONEY
                     ? json_new_int(a, g->number)
                     : json_new_str(a, g->text));
    return j;
}

static const char *title_id(int status)
{
    switch (status) {
    case 404: return "page.not_found";
    case 429: return "page.too_many";
    case 500: return "page.failure";
    case 503: return "page.unavailable";
    default: return "page.bad_request";
    }
}

/* [AI3] What the visitor could do about it. */
static err say_why(struct request *rq, err why, struct json *j)
{
    struct buf b;
    str detail;

    buf_init(&b, rq->arena, ANSWER_MAX);
    text_err(&b, web_lang(rq), why);
    TRY(buf_done(&b, &detail));
    json_set(j, S("detail"), json_new_str(rq->arena, detail));
    json_set(j, S("code"),
             json_new_str(rq->arena, err_code_name(why.info->code)));
    json_set(j, S("id"), json_new_str(rq->arena, str_of(why.info->id)));
    json_set(j, S("arguments"), arguments_json(rq->arena, why));
    return OK;
}

err api_error(struct request *rq, err why, struct response *rs)
{
    struct arena *a = rq->arena;
    struct json *j = json_new_object(a);
    int64_t unused;

    if (limiter_refused(why))
        TRY(limiter_answer(why, rs, &unused));
    str title = text_get(web_lang(rq), title_id(rs->status));

    json_set(j, S("type"), json_new_str(a, S("about:blank")));
    json_set(j, S("status"), json_new_int(a, rs->status));
    json_set(j, S("title"), json_new_str(a, title));
    json_set(j, S("instance"), json_new_str(a, rq->id));
    if (rs->status < 500)
        TRY(say_why(rq, why, j));
    TRY(send_json(rq, rs, rs->status, "application/problem+json", j));
    TRY(response_header(rs, S("Vary"), S("Accept-Language, Cookie")));
    return response_header(rs, S("Content-Language"), lang_tag(web_lang(rq)));
}

static const struct route routes[] = {
    { METHOD_GET, "/api/v1/certificates/{number}", 0, BODY_NONE,
      get_certificate },
};

const struct route_table api_routes = { routes, COUNT(routes) };
