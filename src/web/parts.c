#include "web/parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hex.h"
#include "crypto/hash.h"
#include "http/cookie.h"
#include "http/form.h"
#include "http/percent.h"
#include "service/body_known.h"
#include "sys/clock.h"
#include "sys/log.h"
#include "web/visit.h"

day faces_today(const struct faces *f)
{
    struct clock *clock = app_world_of(f->app)->clock;

    return f->today == DAY_NEVER ? day_of_micros(clock->now(clock)) : f->today;
}

str faces_public_url(const struct faces *f)
{
    return f->public_url.n > 0 ? f->public_url : app_public_url(f->app);
}

struct app *web_app(const struct request *rq)
{
    return ((const struct faces *)rq->app)->app;
}

err web_body(struct request *rq, const struct body **out)
{
    const struct faces *f = rq->app;
    err e = body_today(f->app, rq->arena, faces_today(f), out);

    if (err_is(e, ERR_MEMORY))
        return e;
    if (failed(e))
        *out = app_body(f->app);
    return OK;
}

static str asked_lang(const struct request *rq)
{
    str value = S("");

    (void)form_get(&rq->query, S("lang"), &value);
    return value;
}

enum lang web_lang(const struct request *rq)
{
    enum lang otherwise =
        lang_accept(request_header(rq, S("Accept-Language")), LANG_ZH);
    enum lang lang = otherwise;
    str kept = S("");

    if (lang_parse(asked_lang(rq), &lang))
        return lang;
    if (cookie_get(request_header(rq, S("Cookie")), S("lang"), &kept))
        (void)lang_parse(kept, &lang);
    return lang;
}

err web_tag(struct request *rq, struct response *rs)
{
    uint8_t hash[SHA256_BYTES];
    str name;

    sha256(rs->body.p, rs->body.n, hash);
    TRY(hex_text(rq->arena, hash, sizeof hash / 2, &name));
    return response_etag(rs, name);
}

str web_label(const struct request *rq, struct label l)
{
    return web_lang(rq) == LANG_EN && l.en.n > 0 ? l.en : l.zh;
}

enum page_status web_status(enum certificate_status s)
{
    static const enum page_status statuses[] = {
        [CERTIFICATE_VALID] = PAGE_STATUS_VALID,
        [CERTIFICATE_SUSPENDED] = PAGE_STATUS_SUSPENDED,
        [CERTIFICATE_WITHDRAWN] = PAGE_STATUS_WITHDRAWN,
        [CERTIFICATE_CANCELLED] = PAGE_STATUS_CANCELLED,
        [CERTIFICATE_EXPIRED] = PAGE_STATUS_EXPIRED,
    };

    return statuses[s];
}

void web_left_out(const struct request *rq, const struct list *left_out)
{
    const struct faces *f = rq->app;
    const struct left_out *row = left_out->p;

    for (size_t i = 0; i < left_out->n; i++)
        log_event(f->log, LEVEL_ERROR, "listing.left_out",
                  ARG_STR("request", rq->id), ARG_STR("row", row[i].name),
                  ARG_STR("code", err_code_name(row[i].why.info->code)),
                  ARG_STR("id", str_of(row[i].why.info->id)),
                  ARG_STR("where", str_of(row[i].why.info->where)));
}

static void encode_path(struct buf *b, const struct path *p)
{
    for (size_t i = 0; i < p->n; i++) {
        buf_char(b, '/');
        percent_encode(b, p->at[i]);
    }
    if (p->n == 0)
        buf_char(b, '/');
}

/* Encoded once for its own sake, and once more for where it stands. */
void web_here(struct buf *b, const struct request *rq)
{
    for (size_t i = 0; i < rq->path.n; i++) {
        struct buf part;
        str segment = S("");

        buf_init(&part, rq->arena, PAGE_BYTES_MAX);
        percent_encode(&part, rq->path.at[i]);
        buf_str(b, S("/"));
        if (!failed(buf_done(&part, &segment)))
            percent_encode(b, segment);
    }
    if (rq->path.query.n > 0) {
        buf_str(b, S("%3F"));
        percent_encode(b, rq->path.query);
    }
}

/* This page in the other language, with all else that was asked. */
err web_other_language(struct request *rq, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    encode_path(&b, &rq->path);
    buf_str(&b, web_lang(rq) == LANG_ZH ? S("?lang=en") : S("?lang=zh"));
    for (size_t i = 0; i < rq->query.n; i++) {
        const struct form_field *f = &rq->query.at[i];

        if (str_eq(f->name, S("lang")) || f->value.n == 0)
            continue;
        buf_char(&b, '&');
        percent_encode(&b, f->name);
        buf_char(&b, '=');
        percent_encode(&b, f->value);
    }
    return buf_done(&b, out);
}

err web_base(struct request *rq, str subject, struct page_base *out)
{
    const struct body *body = NULL;

    TRY(web_body(rq, &body));
    *out = (struct page_base){
        .subject = subject,
        .body_name = web_lang(rq) == LANG_EN ? body->name_en : body->name_zh,
        .approval = body->approval,
        .demonstration = body->demonstration,
    };
    return web_other_language(rq, &out->other.switch_url);
}

/* A year, so that nobody has to choose twice. */
static err keep_lang(struct request *rq, struct response *rs)
{
    enum lang asked;
    struct cookie cookie = {
        .name = S("lang"),
        .value = web_lang(rq) == LANG_EN ? S("en") : S("zh"),
        .age = INT64_C(365) * 24 * 3600,
    };

    if (!lang_parse(asked_lang(rq), &asked))
        return OK;
    return response_cookie(rs, &cookie);
}

static err send(struct request *rq, struct response *rs, struct buf *page,
                const char *cache, str vary)
{
    str body;

    TRY(buf_done(page, &body));
    respond(rs, rs->status, S("text/html; charset=utf-8"), body);
    if (cache != NULL)
        response_cache(rs, str_of(cache));
    TRY(response_header(rs, S("Content-Language"), lang_tag(web_lang(rq))));
    TRY(response_header(rs, S("Vary"), vary));
    TRY(visit_keep(rq, rs));
    return keep_lang(rq, rs);
}

err web_send(struct request *rq, struct response *rs, int status,
             struct buf *page, const char *cache)
{
    rs->status = status;
    return send(rq, rs, page, cache, S("Accept-Language, Cookie"));
}

err web_send_form(struct request *rq, struct response *rs, struct buf *page,
                  const char *cache)
{
    return send(rq, rs, page, cache, S("Accept, Accept-Language, Cookie"));
}

err web_send_typed(struct request *rq, struct response *rs, struct buf *page,
                   const char *cache)
{
    rs->status = 200;
    return send(rq, rs, page, cache, S("Accept-Language, Cookie, HX-Request"));
}
