/*
 * directory -- everybody this body has certified, to be looked through. [M25]
 * [17065 7.8]
 *
 *   [WD1] Whatever narrows the list stands in its address, so that it can be
 *         kept and handed on; an empty filter stands in none that we write.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/names.h"
#include "service/directory.h"
#include "web/answer.h"
#include "web/narrowing.h"
#include "web/typing.h"

enum { STATUSES = CERTIFICATE_EXPIRED + 1 };

static const char page_cache[] = "private, max-age=60";

/* [WD1] */
static const char *const kept[] = { "q", "scheme", "status", "place", "scope" };
static const struct typing typing = { "/directory", kept, COUNT(kept) };

/* --- what was asked ----------------------------------------------------- */

static struct directory_filter filter_of(const struct request *rq)
{
    str status = asked(rq, "status");
    struct directory_filter f = {
        .scheme = narrowing_scheme(rq),
        .level = narrowing_level(rq),
        .status = -1,
        .place = asked(rq, "place"),
        .scope = asked(rq, "scope"),
        .words = asked(rq, "q"),
    };

    for (int32_t i = 0; i < STATUSES; i++) {
        if (str_eq(status, str_of(status_names[i])))
            f.status = i;
    }
    return f;
}

/* --- what there is to choose -------------------------------------------- */

static err list_kinds(struct request *rq, struct page_directory *page)
{
    const struct narrowing_kind *kinds;
    struct page_directory_kinds *rows;
    struct list found;

    TRY(narrowing_kinds(rq, &found));
    kinds = found.p;
    rows = arena_array(rq->arena, found.n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < found.n; i++)
        rows[i] = (struct page_directory_kinds){ kinds[i].value, kinds[i].name,
                                                 kinds[i].chosen };
    page->kinds = rows;
    page->kinds_n = found.n;
    return OK;
}

static err list_statuses(struct request *rq, int32_t chosen,
                         struct page_directory *page)
{
    struct page_directory_statuses *rows =
        arena_array(rq->arena, STATUSES, sizeof *rows);

    TRY_MEMORY(rows);
    for (int32_t i = 0; i < STATUSES; i++)
        rows[i] = (struct page_directory_statuses){
            .value = str_of(status_names[i]),
            .name = page_status_words(web_status((enum certificate_status)i))
                        ->status,
            .chosen = i == chosen,
        };
    page->statuses = rows;
    page->statuses_n = STATUSES;
    return OK;
}

/* --- what was found ----------------------------------------------------- */

static struct page_directory_found_results result(
    const struct request *rq, const struct public_certificate *c)
{
    const struct page_status_words *words =
        page_status_words(web_status(c->status));

    return (struct page_directory_found_results){
        .number = c->number,
        .holder = c->holder,
        .status = words->status,
        .status_class = words->style,
        .scheme = web_label(rq, c->scheme_name),
        .level = web_label(rq, c->level_label),
        .stars = page_stars(c->stars),
        .scope = web_label(rq, (struct label){ c->scope, c->scope_en }),
        .until = c->until,
        .since = c->status == CERTIFICATE_VALID ? DAY_NEVER : c->status_since,
    };
}

static err list_results(struct request *rq, const struct directory_filter *f,
                        struct page_directory_found *page)
{
    const struct faces *faces = rq->app;
    const struct public_certificate *found;
    struct page_directory_found_results *rows;
    struct directory_page list;

    TRY(directory_list(faces->app, rq->arena, f, faces_today(faces),
                       asked(rq, "after"), &list));
    web_left_out(rq, &list.left_out);
    rows = arena_array(rq->arena, list.found.n, sizeof *rows);
    TRY_MEMORY(rows);
    found = list.found.p;
    for (size_t i = 0; i < list.found.n; i++)
        rows[i] = result(rq, &found[i]);
    page->results = rows;
    page->results_n = list.found.n;
    if (list.next.n > 0)
        TRY(typing_address(rq, &typing, list.next, &page->next));
    if (asked(rq, "after").n > 0)
        TRY(typing_address(rq, &typing, S(""), &page->first));
    return OK;
}

static bool is_narrowed(const struct directory_filter *f)
{
    return f->scheme.n + f->place.n + f->scope.n > 0 || f->status >= 0;
}

/* All that stands over the list. */
static err show_page(struct request *rq, const struct directory_filter *f,
                     struct page_directory *page)
{
    TRY(web_base(rq, S(""), &page->base));
    web_about(rq, "public.directory_about", &page->base);
    page->base.typing.on = true;
    page->words = f->words;
    page->place = f->place;
    page->scope = f->scope;
    page->narrowed = is_narrowed(f);
    TRY(list_kinds(rq, page));
    return list_statuses(rq, f->status, page);
}

static err get_directory(struct request *rq, struct response *rs)
{
    struct directory_filter f = filter_of(rq);
    struct page_directory page = { 0 };
    struct buf b;

    answer_buf(rq, &b);
    page.found.filtered = is_narrowed(&f) || f.words.n > 0;
    TRY(list_results(rq, &f, &page.found));
    TRY(typing_count(rq, page.found.results_n, page.found.next.n > 0,
                     &page.shown.words));
    if (typing_asks(rq)) {
        page_directory_found_render(&b, web_lang(rq), &page.found);
        return typing_send_part(rq, rs, &b, &typing, page.shown.words);
    }
    TRY(show_page(rq, &f, &page));
    page_directory_render(&b, web_lang(rq), &page);
    return typing_send_page(rq, rs, &b, page_cache);
}

static const struct route routes[] = {
    { METHOD_GET, "/directory", 0, BODY_NONE, get_directory },
};

const struct route_table directory_routes = { routes, COUNT(routes) };
