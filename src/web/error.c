/* error -- what went wrong, as a page. */

#include "base/buf.h"
#include "web/parts.h"

static err not_found(struct request *rq, err why, struct response *rs,
                     struct buf *b)
{
    struct page_not_found page = {
        .certificate = strcmp(why.info->id, "lookup.number") == 0,
        .looked_for = err_arg_text(why, "number"),
    };

    if (!page.certificate)
        page.looked_for = S("");
    page.search.query = page.looked_for;
    TRY(web_base(rq, S(""), &page.base));
    page_not_found_render(b, web_lang(rq), &page);
    return web_send(rq, rs, rs->status, b, NULL);
}

static err bad_request(struct request *rq, err why, struct response *rs,
                       struct buf *b)
{
    struct page_bad_request page = { 0 };
    struct buf reason;

    buf_init(&reason, rq->arena, PAGE_BYTES_MAX);
    text_err(&reason, web_lang(rq), why);
    TRY(buf_done(&reason, &page.reason));
    TRY(web_base(rq, S(""), &page.base));
    page_bad_request_render(b, web_lang(rq), &page);
    return web_send(rq, rs, rs->status, b, NULL);
}

static err busy(struct request *rq, struct response *rs, struct buf *b)
{
    struct page_busy page = { .too_many = rs->status == 429, .seconds = 5 };

    TRY(web_base(rq, S(""), &page.base));
    page_busy_render(b, web_lang(rq), &page);
    return web_send(rq, rs, rs->status, b, NULL);
}

static err failure(struct request *rq, struct response *rs, struct buf *b)
{
    struct page_failure page = { .request = rq->id };

    TRY(web_base(rq, S(""), &page.base));
    page_failure_render(b, web_lang(rq), &page);
    return web_send(rq, rs, rs->status, b, NULL);
}

err web_error(struct request *rq, err why, struct response *rs)
{
    struct buf b;

    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    if (rs->status == 404)
        return not_found(rq, why, rs, &b);
    if (rs->status == 429 || rs->status == 503)
        return busy(rq, rs, &b);
    if (rs->status >= 500)
        return failure(rq, rs, &b);
    return bad_request(rq, why, rs, &b);
}
