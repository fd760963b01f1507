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
#include "web/typing.h"

enum { STATUSES = CERTIFICATE_EXPIRED + 1 };

static const char page_cache[] = "private, max-age=60";

/* [WD1] */
static const char *const kept[] = { "q", "scheme", "status", "place", "scope" };
static const struct typing typing = { "/directory", kept, COUNT(kept) };

/* --- what was asked ----------------------------------------------------- */

/* "five-star:four" is a level of a scheme, "five-star" all of them. */
static struct directory_filter filter_of(const struct request *rq)
{
    str kind = asked(rq, "scheme");
    str status = asked(rq, "status");
    struct directory_filter f = {
        .scheme = str_first(kind, str_index(kind, ':')),
        .level = str_from(kind, str_index(kind, ':') + 1),
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

struct choices {
    struct request *rq;
    str chosen; /* as it was asked */
    struct page_directory_kinds *rows;
    size_t n;
};

static err add_level(struct choices *c, const struct scheme *s,
                     const struct level *l)
{
    const struct err_arg both[] = {
        ARG_LABEL("scheme", s->name),
        ARG_LABEL("level", l->label),
        { 0 },
    };
    struct page_directory_kinds *row = &c->rows[c->n];
    struct buf b;

    buf_init(&b, c->rq->arena, s->id.n + l->id.n + 1);
    buf_str(&b, s->id);
    buf_char(&b, ':');
    buf_str(&b, l->id);
    TRY(buf_done(&b, &row->value));
    TRY(say(c->rq, "public.scheme_level", both, &row->name));
    row->chosen = str_eq(row->value, c->chosen);
    c->n++;
    return OK;
}

/* A scheme, and where it has several levels each of them. */
static err add_scheme(struct choices *c, const struct scheme *s)
{
    c->rows[c->n++] = (struct page_directory_kinds){
        .value = s->id,
        .name = web_label(c->rq, s->name),
        .chosen = str_eq(s->id, c->chosen),
    };
    for (size_t i = 0; s->level_count > 1 && i < s->level_count; i++)
        TRY(add_level(c, s, &s->levels[i]));
    return OK;
}

static err list_kinds(struct request *rq, struct page_directory *page)
{
    struct choices c = { .rq = rq, .chosen = asked(rq, "scheme") };
    const struct scheme *const *schemes;
    struct list found;

    TRY(web_schemes(rq, &found));
    schemes = found.p;
    c.rows = arena_array(rq->arena, found.n * (LEVEL_MAX + 1), sizeof *c.rows);
    TRY_MEMORY(c.rows);
    for (size_t i = 0; i < found.n; i++)
        TRY(add_scheme(&c, schemes[i]));
    page->kinds = c.rows;
    page->kinds_n = c.n;
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
