#include "api/answer.h"
#include "api/api.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/json.h"
#include "service/certificate_json.h"
#include "web/limiter.h"
#include "web/web.h"

enum { WORDS_MAX = 1 << 20 };

/* As it stands, or with ?on= as it stood. [AI7] */
static err find(struct request *rq, struct as_of *when,
                struct public_certificate *c)
{
    const struct faces *f = rq->app;
    str number = request_parameter(rq, S("number"));

    *when = (struct as_of){ faces_today(f), DAY_NEVER, false };
    TRY(api_query_day(rq, "on", &when->on));
    TRY(api_query_flag(rq, "known", &when->known));
    if (when->on == DAY_NEVER)
        return lookup_certificate(f->app, rq->arena, number, when->today, c);
    return lookup_as_of(f->app, rq->arena, number, when, c);
}

static struct json *as_of_json(struct arena *a, const struct as_of *when)
{
    struct json *j = json_new_object(a);
    char text[DAY_TEXT];
    str copy;

    if (!arena_str(a, day_text(when->on, text), &copy))
        return NULL;
    json_set(j, S("on"), json_new_str(a, copy));
    json_set(j, S("known"), json_new_bool(a, when->known));
    return j;
}

static err get_certificate(struct request *rq, struct response *rs)
{
    struct public_certificate c;
    struct as_of when;
    struct json *j;

    TRY(find(rq, &when, &c));
    j = certificate_json(rq->arena, c.body, &c);
    if (when.on != DAY_NEVER)
        json_set(j, S("as_of"), as_of_json(rq->arena, &when));
    TRY(api_send_open(rq, rs, 200, j));
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

    buf_init(&b, rq->arena, WORDS_MAX);
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
    TRY(api_send_open(rq, rs, rs->status, j));
    TRY(response_header(rs, S("Vary"), S("Accept-Language, Cookie")));
    return response_header(rs, S("Content-Language"), lang_tag(web_lang(rq)));
}

static const struct route routes[] = {
    { METHOD_GET, "/api/v1/certificates/{number}", 0, BODY_NONE,
      get_certificate },
};

const struct route_table api_routes = { routes, COUNT(routes) };
