/* public -- home, certificate, help, assets. [M21] [M24] [M25] */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "http/form.h"
#include "http/percent.h"
#include "page/asset.h"
#include "web/answer.h"
#include "web/certificate_sites.h"
#include "web/narrowing.h"
#include "web/typing.h"

#include <inttypes.h>

enum {
    RESULTS_MOST = 20,
    EXAMPLES_MOST = 4,
    WORDS_SAID = 300,
    NEXT_DIGITS = 20,
};

/* Answers change when a certificate does; a minute late is soon enough. */
static const char page_cache[] = "private, max-age=60";

static struct faces *faces_of(const struct request *rq)
{
    return rq->app;
}

/* --- home ------------------------------------------------------------- */

static str level_text(const struct request *rq,
                      const struct public_certificate *c)
{
    return web_label(rq, c->level_label);
}

/* Beside a status that is not "valid" its last valid day would mislead. */
static day since_of(enum certificate_status s, day since)
{
    return s == CERTIFICATE_VALID ? DAY_NEVER : since;
}

/* What narrows [NW1] stands in the address. */
static const char *const kept[] = { "q", "scheme", "status", "place", "trade" };
static const struct typing typing = { "/", kept, COUNT(kept) };

/* Where the next page is, if it can be turned to. */
static err next_address(struct request *rq, uint64_t next, str *out)
{
    struct buf b;
    str after;

    if (next == 0)
        return OK;
    buf_init(&b, rq->arena, NEXT_DIGITS);
    buf_printf(&b, "%" PRIu64, next);
    TRY(buf_done(&b, &after));
    return typing_address(rq, &typing, after, out);
}

/* "after" of the page's own making; anything else is the first page. */
static uint64_t asked_after(const struct request *rq)
{
    uint64_t after;

    return lookup_after(asked(rq, "after"), &after) ? after : 0;
}

static err find_results(struct request *rq, str words,
                        struct page_home_found *page, struct list *found)
{
    const struct faces *f = faces_of(rq);
    struct lookup_wish wish = { .words = words,
                                .today = faces_today(f),
                                .most = RESULTS_MOST,
                                .after = asked_after(rq) };
    struct lookup_answer x;

    narrowing_wish(rq, &wish);
    TRY(lookup_find(f->app, rq->arena, &wish, &x));
    *found = x.found;
    page->results_n = x.found.n;
    page->more = x.more && wish.after == 0;
    page->count = x.counted ? x.count : (int64_t)x.found.n;
    page->above = x.counted && x.above;
    return next_address(rq, x.next, &page->next);
}

static err list_results(struct request *rq, str words,
                        struct page_home_found *page)
{
    struct page_home_found_results *rows;
    struct list found;

    TRY(find_results(rq, words, page, &found));
    rows = arena_array(rq->arena, page->results_n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < page->results_n; i++) {
        const struct public_certificate *c =
            &((const struct public_certificate *)found.p)[i];
        const struct page_status_words *words_of =
            page_status_words(web_status(c->status));

        rows[i] = (struct page_home_found_results){
            .number = c->number,
            .holder = c->holder,
            .uscc = c->uscc,
            .status = words_of->status,
            .status_class = words_of->style,
            .level = level_text(rq, c),
            .stars = page_stars(c->stars),
            .until = c->until,
            .since = since_of(c->status, c->status_since),
            .site = c->site,
            .formerly = c->formerly,
            .issuer = c->issuer,
        };
    }
    page->results = rows;
    return OK;
}

static err list_examples(struct request *rq,
                         const struct page_home_found_examples **out, size_t *n)
{
    const struct faces *f = faces_of(rq);
    struct page_home_found_examples *rows;
    struct list found;
    struct list left_out;

    TRY(lookup_first(f->app, rq->arena, faces_today(f), EXAMPLES_MOST, &found,
                     &left_out));
    web_left_out(rq, &left_out);
    rows = arena_array(rq->arena, found.n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < found.n; i++) {
        const struct public_certificate *c =
            &((const struct public_certificate *)found.p)[i];
        const struct page_status_words *words =
            page_status_words(web_status(c->status));

        rows[i] = (struct page_home_found_examples){ c->number, words->status,
                                                     words->style };
    }
    *out = rows;
    *n = found.n;
    return OK;
}

/* What was found, in one sentence, which does not say again what is long. */
static err found_words(struct request *rq, const struct page_home_found *found,
                       str *out)
{
    const struct err_arg count[] = { ARG_INT("count", found->count), { 0 } };
    const struct err_arg none[] = {
        ARG_STR("query", str_first(found->query, WORDS_SAID)),
        { 0 },
    };

    *out = S("");
    if (!found->searched)
        return OK;
    if (found->results_n == 0)
        return say(rq, "page.none_found", none, out);
    return say(rq, found->above ? "page.found_above" : "page.found", count,
               out);
}

static err find(struct request *rq, str words, struct page_home_found *out)
{
    *out = (struct page_home_found){ .query = words, .searched = words.n > 0 };
    if (out->searched)
        return list_results(rq, words, out);
    return list_examples(rq, &out->examples, &out->examples_n);
}

static err get_home(struct request *rq, struct response *rs)
{
    struct page_home page = { .shown.hidden = true };
    str words = asked(rq, "q");
    struct buf b;

    answer_buf(rq, &b);
    TRY(find(rq, words, &page.found));
    TRY(found_words(rq, &page.found, &page.shown.words));
    if (typing_asks(rq)) {
        page_home_found_render(&b, web_lang(rq), &page.found);
        return typing_send_part(rq, rs, &b, &typing, page.shown.words);
    }
    TRY(web_base(rq, S(""), &page.base));
    web_about(rq, "page.home_lead", &page.base);
    page.base.typing.on = true;
    page.base.feed = S("/changes.atom");
    page.base.feed_title = text_get(web_lang(rq), "feed.all");
    page.search.query = words;
    TRY(narrowing_form(rq, &page.search));
    page.searched = page.found.searched;
    page_home_render(&b, web_lang(rq), &page);
    return typing_send_page(rq, rs, &b, page_cache);
}

/* --- a certificate ---------------------------------------------------- */

static err certificate_address(struct request *rq, str number, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, 400);
    buf_str(&b, faces_public_url(rq->app));
    buf_str(&b, S("/c/"));
    percent_encode(&b, number);
    return buf_done(&b, out);
}

static void set_status(const struct public_certificate *c,
                       struct page_certificate *page)
{
    const struct page_status_words *words =
        page_status_words(web_status(c->status));

    page->status = words->status;
    page->status_class = words->style;
    page->status_means = words->means;
    page->status_since = c->status_since;
    page->suspended_until = c->suspended_until;
}

static enum page_change page_change_of(enum public_act act)
{
    static const enum page_change changes[ACT_COUNT] = {
        [ACT_ISSUED] = PAGE_CHANGE_ISSUED,
        [ACT_REISSUED] = PAGE_CHANGE_CHANGED,
        [ACT_REDUCED] = PAGE_CHANGE_REDUCED,
        [ACT_SUSPENDED] = PAGE_CHANGE_SUSPENDED,
        [ACT_RESTORED] = PAGE_CHANGE_RESTORED,
        [ACT_WITHDRAWN] = PAGE_CHANGE_WITHDRAWN,
        [ACT_CANCELLED] = PAGE_CHANGE_CANCELLED,
        [ACT_EXPIRED] = PAGE_CHANGE_EXPIRED,
    };

    return changes[act];
}

static err set_history(struct arena *a, const struct public_certificate *c,
                       struct page_certificate *page)
{
    const struct public_change *changes = c->history.p;
    struct page_certificate_history *rows =
        arena_array(a, c->history.n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < c->history.n; i++) {
        const struct page_change_words *words =
            page_change_words(page_change_of(changes[i].act));

        rows[i] = (struct page_certificate_history){ changes[i].on, words->what,
                                                     words->style };
    }
    page->history = rows;
    page->history_n = c->history.n;
    return OK;
}

static err set_subs(struct arena *a, const struct public_certificate *c,
                    struct page_certificate *page)
{
    const struct public_sub *subs = c->subs.p;
    struct page_certificate_subs *rows =
        arena_array(a, c->subs.n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < c->subs.n; i++) {
        const struct page_status_words *words =
            page_status_words(web_status(subs[i].status));

        rows[i] = (struct page_certificate_subs){
            .number = subs[i].number,
            .site = subs[i].site,
            .address = subs[i].address,
            .status = words->status,
            .style = words->style,
            .until = subs[i].until,
            .since = since_of(subs[i].status, subs[i].status_since),
        };
    }
    page->subs = rows;
    page->subs_n = c->subs.n;
    page->has_subs = c->subs.n > 0;
    return OK;
}

/* --- on another day ---------------------------------------------------- */

/* What took effect by the end of that day, by all that is known now: a later
 * word about it is part of what was so. */
static err stood_then(struct request *rq, day on, struct page_certificate *page)
{
    const struct faces *f = faces_of(rq);
    const struct as_of when = { faces_today(f), on, true };
    const struct page_status_words *words;
    struct public_certificate c;

    TRY(lookup_as_of(f->app, rq->arena, page->number, &when, &c));
    words = page_status_words(web_status(c.status));
    page->told = true;
    page->then = words->status;
    page->then_style = words->style;
    page->then_on = on;
    return OK;
}

/* Of a day that nothing can be said of, it is said why; the page is there all
 * the same. */
static err set_then(struct request *rq, struct page_certificate *page)
{
    char today[DAY_TEXT];
    str typed = S("");
    day on;

    TRY_MEMORY(arena_str(rq->arena, day_text(faces_today(faces_of(rq)), today),
                         &page->today));
    (void)form_get(&rq->query, S("on"), &typed);
    typed = str_trim(typed);
    if (typed.n == 0)
        return OK;
    bool is_day = day_parse(typed, &on);
    page->on = is_day ? typed : S("");
    err e = is_day ? stood_then(rq, on, page)
                   : err_new(rq->arena, ERR_INVALID, "web.no_day");
    return failed(e) && answer_is_theirs(e)
               ? answer_words(rq, e, &page->problem)
               : e;
}

/* "X, ten stars, valid": for whoever shares the address. */
static err certificate_about(struct request *rq, struct page_certificate *page)
{
    const struct err_arg args[] = {
        ARG_STR("holder", page->holder),
        ARG_STR("level", page->level),
        ARG_IDS("status", str_of(page->status)),
        ARG_DAY("on", page->as_of),
        { 0 },
    };

    return say(rq, "public.certificate_about", args, &page->base.about);
}

/* What tells of it when it changes (feeds.c). */
static err certificate_feed(struct request *rq, struct page_certificate *page)
{
    struct buf b;

    buf_init(&b, rq->arena, 400);
    buf_str(&b, S("/c/"));
    percent_encode(&b, page->number);
    buf_str(&b, S("/changes.atom"));
    TRY(buf_done(&b, &page->feed));
    page->base.feed = page->feed;
    page->base.feed_title = page->number;
    return OK;
}

/* What stands on it as the look-up has it. */
static void take_facts(struct request *rq, const struct public_certificate *c,
                       struct page_certificate *page)
{
    const struct body *body = c->body;
    *page = (struct page_certificate){
        .number = c->number,
        .kind = web_label(rq, c->title),
        .statement = web_label(rq, c->statement),
        .as_of = faces_today(rq->app),
        .holder = c->holder,
        .uscc = c->uscc,
        .scope = web_label(rq, (struct label){ c->scope, c->scope_en }),
        .criterion = c->criterion,
        .criterion_title = web_label(rq, c->criterion_title),
        .level = level_text(rq, c),
        .stars = page_stars(c->stars),
        .issuer =
            c->issuer.n > 0
                ? c->issuer
                : web_label(rq, (struct label){ body->name_zh, body->name_en }),
        .approval = c->issuer.n > 0 ? S("") : body->approval,
        .imported = c->issuer.n > 0,
        .issued = c->issued,
        .from = c->from,
        .until = c->until,
        .first_issued = c->issuer.n > 0 ? DAY_NEVER : c->first_issued,
        .logged = c->log_index >= 0,
        .log_index = c->log_index,
        .sealed = c->credential.address.n > 0,
        .prints = c->status == CERTIFICATE_VALID && c->issuer.n == 0,
        .demonstration = body->demonstration,
        .main = c->main,
        .site = c->site,
        .site_address = c->site_address,
        .renews = c->renews,
        .renewed_by = c->renewed_by,
    };
    set_status(c, page);
}

/* What has to be made for it. */
static err put_together(struct request *rq, const struct public_certificate *c,
                        struct page_certificate *page)
{
    TRY(certificate_sites(rq, c, page));
    TRY(set_subs(rq->arena, c, page));
    TRY(set_history(rq->arena, c, page));
    TRY(web_base(rq, c->number, &page->base));
    TRY(set_then(rq, page));
    TRY(certificate_about(rq, page));
    TRY(certificate_address(rq, c->number, &page->address));
    return certificate_feed(rq, page);
}

static err get_certificate(struct request *rq, struct response *rs)
{
    const struct faces *f = faces_of(rq);
    struct public_certificate c;
    struct page_certificate page;
    struct buf b;
    bool asked;

    TRY(web_certificate_form(rq, rs, &asked));
    if (!asked)
        return OK;
    TRY(lookup_certificate(f->app, rq->arena,
                           request_parameter(rq, S("number")), faces_today(f),
                           &c));
    take_facts(rq, &c, &page);
    TRY(put_together(rq, &c, &page));
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    page_certificate_render(&b, web_lang(rq), &page);
    return web_send_form(rq, rs, &b, page_cache);
}

/* --- help ------------------------------------------------------------- */

static err get_help(struct request *rq, struct response *rs)
{
    struct page_help page = { 0 };
    const struct page_home_found_examples *examples;
    struct page_help_examples *rows;
    struct buf b;

    TRY(web_base(rq, S(""), &page.base));
    web_about(rq, "page.help_lead", &page.base);
    TRY(list_examples(rq, &examples, &page.examples_n));
    rows = arena_array(rq->arena, page.examples_n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < page.examples_n; i++)
        rows[i] =
            (struct page_help_examples){ examples[i].number, examples[i].status,
                                         examples[i].status_class };
    page.examples = rows;
    TRY(web_numbers(rq, &page.numbers, &page.numbers_n));
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    page_help_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, page_cache);
}

/* --- assets ----------------------------------------------------------- */

static err get_asset(struct request *rq, struct response *rs)
{
    str name = request_parameter(rq, S("name"));
    struct asset asset;

    if (!asset_find(name, &asset))
        return err_new(rq->arena, ERR_NOT_FOUND, "web.asset",
                       ARG_STR("name", str_first(name, 100)));
    respond(rs, 200, asset.type, asset.body);
    response_cache(rs, S(ASSET_CACHE_CONTROL));
    return response_etag(rs, asset.name);
}

static const struct route routes[] = {
    { METHOD_GET, "/", 0, BODY_NONE, get_home },
    { METHOD_GET, "/c/{number}", 0, BODY_NONE, get_certificate },
    { METHOD_GET, "/C/{number}", 0, BODY_NONE, get_certificate },
    { METHOD_GET, "/help", 0, BODY_NONE, get_help },
    { METHOD_GET, "/assets/{name}", 0, BODY_NONE, get_asset },
};

const struct route_table web_routes = { routes, COUNT(routes) };
