#include "web/typing.h"

#include "base/buf.h"
#include "http/percent.h"
#include "http/request.h"

bool typing_asks(const struct request *rq)
{
    return str_eq(request_header(rq, S("HX-Request")), S("true"));
}

/* --- addresses ------------------------------------------------------------ */

static void add_field(struct buf *b, const char *name, str value)
{
    if (value.n == 0)
        return;
    buf_char(b, b->n == 0 ? '?' : '&');
    buf_str(b, str_of(name));
    buf_char(b, '=');
    percent_encode(b, value);
}

err typing_address(struct request *rq, const struct typing *t, str after,
                   str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    for (size_t i = 0; i < t->n; i++)
        add_field(&b, t->kept[i], asked(rq, t->kept[i]));
    add_field(&b, "after", after);
    if (b.n == 0)
        buf_str(&b, str_of(t->path));
    return buf_done(&b, out);
}

/* --- what is said --------------------------------------------------------- */

err typing_count(struct request *rq, size_t n, bool more, str *out)
{
    const struct err_arg args[] = { ARG_INT("count", (int64_t)n), { 0 } };

    if (n == 0)
        return say(rq, "typing.none", NULL, out);
    return say(rq, more ? "typing.more" : "typing.all", args, out);
}

/* --- answers -------------------------------------------------------------- */

err typing_send_page(struct request *rq, struct response *rs, struct buf *b,
                     const char *cache)
{
    return web_send_typed(rq, rs, b, cache);
}

err typing_send_part(struct request *rq, struct response *rs, struct buf *b,
                     const struct typing *t, str words)
{
    struct page_other_language other = { .swapped = true };
    const struct page_shown shown = { .words = words, .swapped = true };
    str address;

    TRY(web_other_language(rq, &other.switch_url));
    page_shown_render(b, web_lang(rq), &shown);
    page_other_language_render(b, web_lang(rq), &other);
    TRY(typing_address(rq, t, asked(rq, "after"), &address));
    TRY(response_header(rs, S("HX-Replace-Url"), address));
    return web_send_typed(rq, rs, b, NULL);
}
