/*
 * mirror_page -- the page of a mirror, which looks numbers up in the browser:
 * index.html in Chinese, en.html in English.
 *
 *   [MG1] The page is whole: script, styles and sentences are in it, and its
 *         policy lets in those by their hashes and nothing else; it asks nobody
 *         but the files beside it.
 */

#include "service/mirror_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "service/body_known.h"
#include "service/published.h"
#include "templates.h"

enum { BROUGHT_MAX = 1 << 20, PAGE_MAX = 8 << 20 };

/* Every sentence that the script may say. */
static struct json *sentences(struct arena *a, enum lang l)
{
    struct json *texts = json_new_object(a);

    for (const char *const *t = inline_mirror_js_texts; *t != NULL; t++)
        json_set(texts, str_of(*t), json_new_str(a, text_get(l, *t)));
    return texts;
}

static err write_brought(struct arena *a, enum lang l, str vkey, str *out)
{
    struct json *j = json_new_object(a);
    struct buf b;

    json_set(j, S("vkey"), json_new_str(a, vkey));
    json_set(j, S("texts"), sentences(a, l));
    buf_init(&b, a, BROUGHT_MAX);
    json_canonical(&b, j);
    return buf_done(&b, out);
}

err mirror_page(struct app *app, struct arena *a, enum lang l,
                const struct rooted_mark *mark, str *out)
{
    const struct body *body = NULL;
    struct page_mirror page = { 0 };
    struct published_log log;
    struct buf b;

    TRY(body_today(app, a, mark->on, &body));
    TRY(published_log(app, a, &log));
    TRY(write_brought(a, l, log.vkey, &page.brought));
    page.policy = S("default-src 'none'; script-src " INLINE_MIRROR_JS
                    "; style-src " INLINE_VERIFY_CSS
                    "; img-src data:; connect-src 'self'; form-action 'none'; "
                    "base-uri 'none'");
    page.body_name = l == LANG_ZH ? body->name_zh : body->name_en;
    page.approval = body->approval;
    page.demonstration = body->demonstration;
    page.register_url = app_public_url(app);
    page.switch_url = l == LANG_ZH ? S("en.html") : S("index.html");
    page.vkey = log.vkey;
    page.as_of = mark->on;
    page.holders = mark->holders;
    page.numbers = mark->numbers;
    buf_init(&b, a, PAGE_MAX);
    page_mirror_render(&b, l, &page);
    return buf_done(&b, out);
}
