/*
 * feeds -- what feed readers subscribe to: what happened to the certificates of
 * the register, of one of them, or of one holder. [CG1] [CG2] [M24]
 *
 *   [WF1] The newest come first, FEED_ENTRIES a page; the feed names the
 *         address of older ones.
 *   [WF2] Its names (atom:id) rest on the address that the register was founded
 *         with, wherever it is served, so that nothing is news twice.
 */

#include "base/arena.h"
#include "base/size.h"
#include "http/form.h"
#include "http/percent.h"
#include "page/atom.h"
#include "service/changes.h"
#include "web/answer.h"
#include "web/saying.h"

enum { FEED_ENTRIES = 50, ADDRESS_MAX = 4000 };

#define TYPE_ATOM S("application/atom+xml; charset=utf-8")

/* A feed that is asked for. */
struct feeding {
    struct request *rq;
    struct changes_asked asked;
    str path;  /* "/c/A1/changes.atom" */
    str title; /* the feed's own */
    str page;  /* for people: a path */
    struct changes got;
};

/* --- addresses ------------------------------------------------------------ */

/* "/c/" and a name, encoded, and what follows. */
static err write_path(struct request *rq, const char *folder, str name,
                      const char *rest, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, ADDRESS_MAX);
    buf_str(&b, str_of(folder));
    percent_encode(&b, name);
    buf_str(&b, str_of(rest));
    return buf_done(&b, out);
}

static err whole(struct request *rq, str site, str path, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, ADDRESS_MAX);
    buf_str(&b, site);
    buf_str(&b, path);
    return buf_done(&b, out);
}

/* The feed's own address, in this language; `before` an index, or -1. */
static err feed_address(const struct feeding *f, str site, int64_t before,
                        str *out)
{
    struct buf b;

    buf_init(&b, f->rq->arena, ADDRESS_MAX);
    buf_str(&b, site);
    buf_str(&b, f->path);
    buf_str(&b, web_lang(f->rq) == LANG_ZH ? S("?lang=zh") : S("?lang=en"));
    if (before >= 0)
        buf_printf(&b, "&before=%lld", (long long)before);
    return buf_done(&b, out);
}

/* --- words ---------------------------------------------------------------- */

static const char *act_words(int32_t act)
{
    static const char *const ids[REGISTER_ACTS] = {
        [ACT_ISSUED] = "change.issued",
        [ACT_REISSUED] = "change.changed",
        [ACT_REDUCED] = "change.reduced",
        [ACT_SUSPENDED] = "change.suspended",
        [ACT_RESTORED] = "change.restored",
        [ACT_WITHDRAWN] = "change.withdrawn",
        [ACT_CANCELLED] = "change.cancelled",
        [ACT_EXPIRED] = "change.expired",
        [REGISTER_SUB_ISSUED] = "feed.sub_issued",
        [REGISTER_SUB_ENDED] = "feed.sub_ended",
        [REGISTER_IMPORTED] = "feed.imported",
    };

    return ids[act];
}

struct wording {
    const char *title;
    const char *summary;
};

/* An import that brought several certificates has no number. */
static struct wording wording_of(const struct register_change *c)
{
    if (c->number.n == 0 && c->holder.n == 0)
        return (struct wording){ "feed.import_entry", "feed.import_told" };
    if (c->number.n == 0)
        return (struct wording){ "feed.import_entry_of",
                                 "feed.import_told_of" };
    return (struct wording){ "feed.entry", c->until == DAY_NEVER
                                               ? "feed.told"
                                               : "feed.told_until" };
}

static err write_entry(const struct feeding *f, const struct register_change *c,
                       struct atom_entry *out)
{
    const struct wording wording = wording_of(c);
    struct request *rq = f->rq;
    const struct err_arg args[] = {
        ARG_IDS("what", str_of(act_words(c->act))),
        ARG_STR("holder", c->holder),
        ARG_STR("number", c->number),
        ARG_DAY("on", c->on),
        ARG_DAY("until", c->until),
        ARG_INT("index", c->index),
        ARG_INT("count", c->count),
        ARG_INT("first", c->first),
        ARG_INT("last", c->last),
        { 0 },
    };
    struct buf b;
    str path;

    buf_init(&b, rq->arena, ADDRESS_MAX);
    buf_printf(&b, "%.*s/changes/%lld", STR_ARG(app_public_url(web_app(rq))),
               (long long)c->index);
    TRY(buf_done(&b, &out->id));
    TRY(say(rq, wording.title, args, &out->title));
    TRY(say(rq, wording.summary, args, &out->summary));
    path = f->page;
    if (c->number.n > 0)
        TRY(write_path(rq, "/c/", c->number, "", &path));
    out->updated = c->at;
    return whole(rq, faces_public_url(rq->app), path, &out->page);
}

/* --- the feed ------------------------------------------------------------- */

static err write_head(const struct feeding *f, struct atom_feed *out)
{
    struct request *rq = f->rq;
    str here = faces_public_url(rq->app);
    const struct register_change *newest = f->got.list.p;
    const struct body *body;

    TRY(web_body(rq, &body));
    out->author = web_label(rq, (struct label){ body->name_zh, body->name_en });
    out->lang = lang_tag(web_lang(rq));
    out->title = f->title;
    out->updated = f->got.list.n > 0 ? newest->at : f->got.began;
    TRY(feed_address(f, app_public_url(web_app(rq)), -1, &out->id));
    TRY(feed_address(f, here, f->asked.at == INT64_MAX ? -1 : f->asked.at,
                     &out->self));
    if (f->got.more)
        TRY(feed_address(f, here, f->got.next, &out->older));
    return whole(rq, here, f->page, &out->page);
}

static err send_feed(struct feeding *f, struct response *rs)
{
    struct request *rq = f->rq;
    struct atom_feed head = { 0 };
    struct buf b;
    str text;

    TRY(write_head(f, &head));
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    atom_begin(&b, &head);
    for (size_t i = 0; i < f->got.list.n; i++) {
        struct atom_entry e = { 0 };

        TRY(write_entry(f, (const struct register_change *)f->got.list.p + i,
                        &e));
        atom_put(&b, &e);
    }
    atom_end(&b);
    TRY(buf_done(&b, &text));
    respond(rs, 200, TYPE_ATOM, text);
    response_cache(rs, S("public, max-age=60"));
    TRY(response_header(rs, S("Access-Control-Allow-Origin"), S("*")));
    TRY(response_header(rs, S("Vary"), S("Accept-Language, Cookie")));
    return web_tag(rq, rs);
}

static err answer(struct feeding *f, struct response *rs)
{
    struct request *rq = f->rq;
    str before = asked(rq, "before");

    f->asked.back = true;
    f->asked.most = FEED_ENTRIES;
    f->asked.at = INT64_MAX;
    if (before.n > 0 &&
        !number_in_digits(before, 0, INT64_MAX - 1, &f->asked.at))
        return err_new(rq->arena, ERR_INVALID, "feed.before");
    TRY(changes_list(web_app(rq), rq->arena, &f->asked, &f->got));
    return send_feed(f, rs);
}

static err get_all(struct request *rq, struct response *rs)
{
    struct feeding f = { .rq = rq, .path = S("/changes.atom"), .page = S("/") };

    TRY(say(rq, "feed.all", NULL, &f.title));
    return answer(&f, rs);
}

static err get_of_number(struct request *rq, struct response *rs)
{
    str number = request_parameter(rq, S("number"));
    const struct err_arg args[] = { ARG_STR("number", number), { 0 } };
    struct feeding f = { .rq = rq, .asked = { .number = number } };

    TRY(say(rq, "feed.of_number", args, &f.title));
    TRY(write_path(rq, "/c/", number, "/changes.atom", &f.path));
    TRY(write_path(rq, "/c/", number, "", &f.page));
    return answer(&f, rs);
}

static err get_of_holder(struct request *rq, struct response *rs)
{
    str uscc = request_parameter(rq, S("uscc"));
    const struct err_arg args[] = { ARG_STR("uscc", uscc), { 0 } };
    struct feeding f = { .rq = rq, .asked = { .uscc = uscc } };

    TRY(say(rq, "feed.of_holder", args, &f.title));
    TRY(write_path(rq, "/holders/", uscc, "/changes.atom", &f.path));
    TRY(write_path(rq, "/?q=", uscc, "", &f.page));
    return answer(&f, rs);
}

static const struct route routes[] = {
    { METHOD_GET, "/changes.atom", 0, BODY_NONE, get_all },
    { METHOD_GET, "/c/{number}/changes.atom", 0, BODY_NONE, get_of_number },
    { METHOD_GET, "/holders/{uscc}/changes.atom", 0, BODY_NONE, get_of_holder },
};

const struct route_table feed_routes = { routes, COUNT(routes) };
