#include "web/certificate_sites.h"

#include "base/arena.h"
#include "base/buf.h"
#include "domain/names.h"
#include "domain/state.h"
#include "http/percent.h"
#include "web/saying.h"

enum { KIND_MOST = 100, ADDRESS_MOST = 4000 };

/* "site" are the words, "sites" how many come before; a number of no page is
 * the first. */
static struct sites_wish wish_of(const struct request *rq)
{
    struct sites_wish wish = { .words = asked(rq, "site"),
                               .most = SITES_SHOWN };
    int64_t before = 0;

    (void)asked_number(rq, "sites", 0, SITE_MAX, &before);
    wish.from = (size_t)before;
    return wish;
}

static err show_kind(struct request *rq, int kind, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, KIND_MOST);
    text_choice(&b, web_lang(rq), "site.", str_of(site_names[kind]));
    return buf_done(&b, out);
}

static err show_rows(struct request *rq, const struct public_sites *found,
                     struct page_certificate *page)
{
    const struct public_site *sites = found->at.p;
    struct page_certificate_sites *rows =
        arena_array(rq->arena, found->at.n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < found->at.n; i++) {
        rows[i].name = sites[i].name;
        rows[i].address = sites[i].address;
        TRY(show_kind(rq, sites[i].kind, &rows[i].kind));
    }
    page->sites = rows;
    page->sites_n = found->at.n;
    return OK;
}

/* Where those behind these are, or those before. */
static err way_to(struct request *rq, const struct page_certificate *page,
                  size_t before, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, ADDRESS_MOST);
    buf_str(&b, S("/c/"));
    percent_encode(&b, page->number);
    buf_str(&b, S("?sites="));
    buf_int(&b, (int64_t)before);
    if (page->sites_words.n > 0) {
        buf_str(&b, S("&site="));
        percent_encode(&b, page->sites_words);
    }
    buf_str(&b, S("#sites"));
    return buf_done(&b, out);
}

static err show_ways(struct request *rq, size_t from, size_t found,
                     struct page_certificate *page)
{
    size_t after = from + page->sites_n;

    page->sites_first = (int64_t)from + 1;
    page->sites_last = (int64_t)after;
    page->sites_found = (int64_t)found;
    page->sites_part = page->sites_n > 0 && page->sites_n < found;
    if (from > 0)
        TRY(way_to(rq, page, from > SITES_SHOWN ? from - SITES_SHOWN : 0,
                   &page->sites_before));
    if (after < found)
        TRY(way_to(rq, page, after, &page->sites_after));
    return OK;
}

err certificate_sites(struct request *rq, const struct public_certificate *c,
                      struct page_certificate *page)
{
    struct sites_wish wish = wish_of(rq);
    struct public_sites found;

    TRY(lookup_sites(web_app(rq), rq->arena, c, &wish, &found));
    if (found.found <= wish.from && wish.from > 0) { /* the first ones, then */
        wish.from = 0;
        TRY(lookup_sites(web_app(rq), rq->arena, c, &wish, &found));
    }
    page->has_sites = found.count > 0;
    page->sites_count = (int64_t)found.count;
    page->sites_asks = found.count > SITES_SHOWN;
    page->sites_words = wish.words;
    TRY(show_rows(rq, &found, page));
    return show_ways(rq, wish.from, found.found, page);
}
