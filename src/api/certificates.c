#include "api/answer.h"
#include "api/api.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/gzip.h"
#include "codec/json.h"
#include "http/negotiate.h"
#include "service/certificate_json.h"
#include "service/lookup_ready.h"
#include "service/register_pack.h"
#include "web/limiter.h"
#include "web/web.h"

enum {
    WORDS_MAX = 1 << 20,
    GZIP_LEAST = 860, /* bytes: what fits in a packet is sent as it is */
    TAG_DIGITS = 16,
    FOUND_MOST = 100,
    TYPED_SAID = 40,
};

/* --- ready answers [AI7] ------------------------------------------------ */

/* Compressed where that saves a packet and is taken.  A tag names the bytes as
 * they go out. */
static err compress(struct request *rq, struct response *rs, char *tag)
{
    str packed;

    TRY(response_header(rs, S("Vary"), S("Accept-Encoding")));
    if (rs->body.n < GZIP_LEAST ||
        !negotiate_gzip(request_header(rq, S("Accept-Encoding"))))
        return OK;
    TRY(gzip_write_soon(rq->arena, rs->body, &packed));
    rs->body = packed;
    tag[TAG_DIGITS] = 'z';
    tag[TAG_DIGITS + 1] = '\0';
    return response_header(rs, S("Content-Encoding"), S("gzip"));
}

static void write_tag(char *to, uint64_t name)
{
    static const char digits[] = "0123456789abcdef";

    for (int i = TAG_DIGITS; i-- > 0; name >>= 4)
        to[i] = digits[name & 15];
    to[TAG_DIGITS] = '\0';
}

static err send_ready(struct request *rq, struct response *rs, str json,
                      uint64_t name)
{
    char tag[TAG_DIGITS + 2];

    respond(rs, 200, S("application/json; charset=utf-8"), json);
    response_cache(rs, S("public, max-age=60"));
    write_tag(tag, name);
    TRY(response_header(rs, S("Access-Control-Allow-Origin"), S("*")));
    TRY(response_header(rs, S("Access-Control-Expose-Headers"), S("ETag")));
    TRY(compress(rq, rs, tag));
    return response_etag(rs, str_of(tag));
}

/* --- one certificate ---------------------------------------------------- */

static err send_present(struct request *rq, struct response *rs)
{
    const struct faces *f = rq->app;
    struct lookup_ready one;

    TRY(lookup_ready(f->app, rq->arena, request_parameter(rq, S("number")),
                     faces_today(f), &one));
    return send_ready(rq, rs, one.json, one.name);
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

/* [AI11] */
static err send_past(struct request *rq, struct response *rs,
                     const struct as_of *when)
{
    const struct faces *f = rq->app;
    struct public_certificate c;
    struct json *j;

    TRY(lookup_as_of(f->app, rq->arena, request_parameter(rq, S("number")),
                     when, &c));
    j = certificate_json(rq->arena, c.body, &c);
    json_set(j, S("as_of"), as_of_json(rq->arena, when));
    TRY(api_send_open(rq, rs, 200, j));
    response_cache(rs, S("public, max-age=60"));
    return web_tag(rq, rs); /* [AI4] */
}

static err get_certificate(struct request *rq, struct response *rs)
{
    struct as_of when = { faces_today(rq->app), DAY_NEVER, false };

    TRY(api_query_day(rq, "on", &when.on));
    TRY(api_query_flag(rq, "known", &when.known));
    return when.on == DAY_NEVER ? send_present(rq, rs)
                                : send_past(rq, rs, &when);
}

/* --- several ------------------------------------------------------------- */

/* Empty where it was not asked for. */
static str queried(const struct request *rq, const char *name)
{
    str value = S("");

    (void)form_get(&rq->query, str_of(name), &value);
    return str_trim(value);
}

/* [AI13] ?uscc= or ?name=: one of them; what narrows; and of names after. */
static err read_wish(struct request *rq, struct lookup_wish *w)
{
    str after = queried(rq, "after");

    *w = (struct lookup_wish){
        .words = queried(rq, "uscc"),
        .today = faces_today(rq->app),
        .most = FOUND_MOST,
        .place = queried(rq, "place"),
        .trade = queried(rq, "trade"),
        .scheme = queried(rq, "scheme"),
        .level = queried(rq, "level"),
        .status = queried(rq, "status"),
    };
    if (w->words.n == 0)
        w->words = queried(rq, "name");
    if (w->words.n == 0)
        return err_new(rq->arena, ERR_INVALID, "lookup.by");
    if (after.n > 0 && !lookup_after(after, &w->after))
        return err_new(rq->arena, ERR_INVALID, "lookup.after",
                       ARG_STR("typed", str_first(after, TYPED_SAID)));
    return OK;
}

static err get_certificates(struct request *rq, struct response *rs)
{
    const struct faces *f = rq->app;
    struct lookup_wish wish;
    str json;

    TRY(read_wish(rq, &wish));
    TRY(lookup_found(f->app, rq->arena, &wish, &json));
    return send_ready(rq, rs, json, register_name(json));
}

static err post_certificates(struct request *rq, struct response *rs)
{
    const struct faces *f = rq->app;
    struct json *numbers;
    str json;

    TRY(json_parse(rq->arena, rq->body, &numbers));
    TRY(lookup_many(f->app, rq->arena, numbers, faces_today(f), &json));
    return send_ready(rq, rs, json, register_name(json));
}

/* --- what goes wrong [AI2] ---------------------------------------------- */

bool api_is(const struct request *rq)
{
    return rq->path.n > 0 && str_eq(rq->path.at[0], S("api"));
}

/* [AI5] */
static bool is_public(const struct request *rq)
{
    return api_is(rq) &&
           !(rq->path.n > 2 && str_eq(rq->path.at[2], S("cases")));
}

err api_options(struct request *rq, struct response *rs)
{
    if (!is_public(rq))
        return OK;
    TRY(response_header(rs, S("Access-Control-Allow-Origin"), S("*")));
    TRY(response_header(rs, S("Access-Control-Allow-Methods"),
                        S("GET, HEAD, POST")));
    TRY(response_header(rs, S("Access-Control-Allow-Headers"),
                        S("Content-Type, If-None-Match")));
    return response_header(rs, S("Access-Control-Max-Age"), S("86400"));
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

/* That a number is not here proves no forgery; it may be another. [AI8] */
static err say_near(struct request *rq, err why, struct json *j)
{
    const struct faces *f = rq->app;
    struct json *list = json_new_array(rq->arena);
    struct list near;

    TRY(lookup_near(f->app, rq->arena, err_arg_text(why, "number"), &near));
    for (size_t i = 0; i < near.n; i++)
        json_add(list, json_new_str(rq->arena, ((const str *)near.p)[i]));
    json_set(j, S("near"), list);
    json_set(j, S("means"),
             json_new_str(rq->arena, text_get(web_lang(rq), "page.not_proof")));
    return OK;
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
    return strcmp(why.info->id, "lookup.number") == 0 ? say_near(rq, why, j)
                                                      : OK;
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
    { METHOD_GET, "/api/v1/certificates", 0, BODY_NONE, get_certificates },
    { METHOD_POST, "/api/v1/certificates", 0, BODY_JSON, post_certificates },
};

const struct route_table api_routes = { routes, COUNT(routes) };
