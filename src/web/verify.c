/*
 * verify -- the page that checks certificates in the reader's own browser.
 *
 *   [WV1] The page is whole: script, styles, sentences and the keys it believes
 *         are in it, so that a saved copy works without this server.
 *   [WV2] Its policy lets in that script and those styles by their hashes and
 *         nothing else; it asks nobody but this register, and only for how a
 *         certificate stands: by its lists, which do not tell whose it is, or,
 *         when the reader says so, by its number.
 *   [WV3] It alone may use the camera, and what that sees stays in the browser.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "service/public_keys.h"
#include "service/published.h"
#include "web/parts.h"

enum { POLICY_MAX = 2000, BROUGHT_MAX = 1 << 20 };

/* Keys change seldom, but whoever loads the page wants those of today. */
static const char cache[] = "private, max-age=60";

/* --- policy [WV2] ------------------------------------------------------- */

/* What a saved copy keeps of it, in the page itself. */
static err write_policy(struct request *rq, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, POLICY_MAX);
    buf_str(&b, S("default-src 'none'; script-src " INLINE_VERIFY_JS
                  "; style-src " INLINE_VERIFY_CSS
                  "; img-src data:; connect-src 'self' "));
    buf_str(&b, faces_public_url(rq->app));
    buf_str(&b, S("; form-action 'none'; base-uri 'none'"));
    return buf_done(&b, out);
}

static err set_policy(struct response *rs, str content)
{
    struct policy *p = arena_zero(rs->arena, sizeof *p);
    struct buf b;
    str whole;

    TRY_MEMORY(p);
    buf_init(&b, rs->arena, POLICY_MAX);
    buf_str(&b, content);
    buf_str(&b, S("; frame-ancestors 'none'"));
    TRY(buf_done(&b, &whole));
    *p = policy_page;
    p->content = whole.p;
    p->permissions =
        "camera=(self), geolocation=(), microphone=(), payment=(), usb=()";
    rs->policy = p;
    return OK;
}

/* --- what it brings along [WV1] ----------------------------------------- */

static struct json *witness_keys(struct arena *a, const struct list *witnesses)
{
    const struct published_witness *w = witnesses->p;
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < witnesses->n; i++)
        json_add(list, json_new_str(a, w[i].vkey));
    return list;
}

static err paper_key(struct arena *a, const struct public_paper_key *k,
                     struct json *list)
{
    struct json *j = json_new_object(a);
    char revoked[DAY_TEXT];
    str kept;

    json_set(j, S("name"), json_new_str(a, k->name));
    json_set(j, S("public"), json_new_str(a, k->public));
    if (k->revoked != DAY_NEVER) {
        TRY_MEMORY(arena_str(a, day_text(k->revoked, revoked), &kept));
        json_set(j, S("revoked"), json_new_str(a, kept));
    }
    json_add(list, j);
    return OK;
}

/* What signers' certificates are compared with. */
static err paper_keys(const struct app *app, struct arena *a, struct json **out)
{
    struct json *list = json_new_array(a);
    const struct public_paper_key *k;
    struct list keys;

    TRY(public_keys_papers(app, a, &keys));
    k = keys.p;
    for (size_t i = 0; i < keys.n; i++)
        TRY(paper_key(a, &k[i], list));
    *out = list;
    return OK;
}

/* Every sentence that the script may say. */
static struct json *sentences(struct arena *a, enum lang l)
{
    struct json *texts = json_new_object(a);

    for (const char *const *t = inline_verify_js_texts; *t != NULL; t++)
        json_set(texts, str_of(*t), json_new_str(a, text_get(l, *t)));
    return texts;
}

static err write_brought(struct request *rq, const struct published_log *log,
                         str did, str *out)
{
    struct json *j = json_new_object(rq->arena);
    struct json *document = NULL;
    struct json *papers = NULL;

    TRY(json_parse(rq->arena, did, &document));
    TRY(paper_keys(web_app(rq), rq->arena, &papers));
    json_set(j, S("did"), document);
    json_set(j, S("papers"), papers);
    json_set(j, S("vkey"), json_new_str(rq->arena, log->vkey));
    json_set(j, S("witnesses"), witness_keys(rq->arena, &log->witnesses));
    json_set(j, S("register"),
             json_new_str(rq->arena, faces_public_url(rq->app)));
    json_set(j, S("texts"), sentences(rq->arena, web_lang(rq)));
    return json_text(rq->arena, j, BROUGHT_MAX, out);
}

/* --- the page ----------------------------------------------------------- */

static err fill(struct request *rq, struct page_verify *page)
{
    const struct faces *f = rq->app;
    const struct body *body = NULL;

    TRY(web_body(rq, &body));
    struct published_log log;
    str did;

    TRY(published_log(f->app, rq->arena, &log));
    TRY(public_keys_document(f->app, rq->arena, &did));
    TRY(public_keys_name(f->app, rq->arena, &page->did));
    TRY(write_policy(rq, &page->policy));
    TRY(write_brought(rq, &log, did, &page->brought));
    page->body_name =
        web_label(rq, (struct label){ body->name_zh, body->name_en });
    page->approval = body->approval;
    page->demonstration = body->demonstration;
    page->switch_url = web_lang(rq) == LANG_ZH ? S("?lang=en") : S("?lang=zh");
    page->register_url = faces_public_url(f);
    page->vkey = log.vkey;
    page->as_of = faces_today(f);
    return OK;
}

static err get_verify(struct request *rq, struct response *rs)
{
    struct page_verify page = { 0 };
    struct buf b;

    TRY(fill(rq, &page));
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    page_verify_render(&b, web_lang(rq), &page);
    TRY(web_send(rq, rs, 200, &b, cache));
    return set_policy(rs, page.policy);
}

static const struct route routes[] = {
    { METHOD_GET, "/verify", 0, BODY_NONE, get_verify },
};

const struct route_table verify_routes = { routes, COUNT(routes) };
