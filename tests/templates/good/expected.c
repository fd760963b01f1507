/* Made by tools/templates.py from templates/. */

#include "templates.h"

#include "base/buf.h"
#include "base/err.h"
#include "page/escape.h"
#include "page/put.h"

static void base_open(struct buf *out, enum lang lang,
    const struct page_base *page, const char *heading)
{
    buf_str(out, S("<!doctype html>\n"
               "<title>"));
    escape_html(out, page->title);
    buf_str(out, S("</title>\n"
               "<h1>"));
    put_id(out, lang, heading);
    buf_str(out, S("</h1>\n"));
}

static void base_close(struct buf *out, enum lang lang,
    const struct page_base *page, const char *heading)
{
    (void)lang;
    (void)page;
    (void)heading;
    buf_str(out, S("<p>No lang, page or heading is used down here.</p>\n"));
}

void page_other_render(struct buf *out, enum lang lang,
    const struct page_other *page)
{
    (void)lang;
    buf_str(out, S("<b>"));
    escape_html(out, page->name);
    buf_str(out, S("</b>\n"));
}

void page_page_render(struct buf *out, enum lang lang,
    const struct page_page *page)
{
    base_open(out, lang, &page->base, "page.title");
    buf_str(out, S("<h1 title=\""));
    escape_html(out, page->name);
    buf_str(out, S(" &amp; "));
    put_id(out, lang, page->kind);
    buf_str(out, S("\">"));
    escape_html(out, page->name);
    buf_str(out, S("</h1>\n"
               "<p class=\"a "));
    if (page->shown) {
        buf_str(out, S("b"));
    } else {
        buf_str(out, S("c"));
    }
    buf_str(out, S("\" lang=\""));
    escape_html(out, lang_tag(lang));
    buf_str(out, S("\">"));
    {
        const struct err_arg args[] = {
            ARG_INT("count", page->count),
            { 0 },
        };
        text_render_to(out, escape_html, lang, "page.found", args);
    }
    buf_str(out, S("</p>\n"
               "<pre>\n"
               "  as it   stands\n"
               "</pre>\n"));
    if (page->name.n == 0) {
        buf_str(out, S("<p>"));
        put_day(out, lang, page->on);
        buf_str(out, S(" "));
        put_money(out, page->fee);
        buf_str(out, S(" "));
        put_score(out, page->mark);
        buf_str(out, S(" "));
        put_percent(out, page->share);
        buf_str(out, S(" "));
        put_id(out, lang, page->kind);
        buf_str(out, S("</p>\n"));
    }
    buf_str(out, S("<ul>\n"));
    for (size_t i_r = 0; i_r < page->rows_n; i_r++) {
        const struct page_page_rows *r = &page->rows[i_r];
        buf_str(out, S("<li><a href=\"/c/"));
        escape_url_part(out, r->name);
        buf_str(out, S("?n="));
        put_int(out, page->count);
        buf_str(out, S("\">"));
        escape_html(out, r->name);
        buf_str(out, S("</a>\n"));
        if (r->until != DAY_NEVER) {
            {
                const struct err_arg args[] = {
                    ARG_DAY("until", r->until),
                    { 0 },
                };
                text_render_to(out, escape_html, lang, "page.until", args);
            }
        }
        buf_str(out, S("</li>\n"));
    }
    if (page->rows_n == 0) {
        buf_str(out, S("<li>"));
        put_id(out, lang, "page.title");
        buf_str(out, S("</li>\n"));
    }
    buf_str(out, S("</ul>\n"
               "<input name=\"q\" value=\""));
    escape_html(out, page->name);
    buf_str(out, S("\""));
    if (page->shown) {
        buf_str(out, S(" checked"));
    }
    buf_str(out, S(">\n"
               "<a href=\""));
    escape_url(out, page->home);
    buf_str(out, S("\">"));
    escape_html(out, page->home);
    buf_str(out, S("</a>\n"
               "<img src=\""));
    buf_str(out, S("/assets/a.svg"));
    buf_str(out, S("\" alt=\"\">\n"
               "<img src=\"data:image/svg+xml,"));
    escape_url_part(out, page->name);
    buf_str(out, S("\" alt=\"\">\n"
               "<script src=\""));
    buf_str(out, S("/assets/a.js"));
    buf_str(out, S("\" defer></script>\n"));
    page_other_render(out, lang, &page->other);
    buf_str(out, S("\n"));
    if (page->trees_n > 0) {
        buf_str(out, S("<ul>"));
        for (size_t i_trees = 0; i_trees < page->trees_n; i_trees++)
            page_tree_render(out, lang, &page->trees[i_trees]);
        buf_str(out, S("</ul>\n"));
    }
    base_close(out, lang, &page->base, "page.title");
}

void page_tree_render(struct buf *out, enum lang lang,
    const struct page_tree *page)
{
    buf_str(out, S("<li>"));
    escape_html(out, page->name);
    if (page->inner_n > 0) {
        buf_str(out, S("<ul>"));
        for (size_t i_inner = 0; i_inner < page->inner_n; i_inner++)
            page_tree_render(out, lang, &page->inner[i_inner]);
        buf_str(out, S("</ul>"));
    }
    buf_str(out, S("</li>\n"));
}
