/* error -- what went wrong, as a page. */

#include "base/arena.h"
#include "base/size.h"
#include "service/lookup_ready.h"
#include "web/answer.h"
#include "web/limiter.h"
#include "web/typing.h"

/* Numbers that may have been meant. */
static err list_near(struct request *rq, struct page_not_found *page)
{
    struct page_not_found_near *rows;
    struct list near;

    TRY(lookup_near(web_app(rq), rq->arena, page->looked_for, &near));
    rows = arena_array(rq->arena, near.n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < near.n; i++)
        rows[i].number = ((const str *)near.p)[i];
    page->near = rows;
    page->near_n = near.n;
    return OK;
}

static err not_found(struct request *rq, err why, struct response *rs,
                     struct buf *b)
{
    struct page_not_found page = {
        .certificate = strcmp(why.info->id, "lookup.number") == 0,
        .looked_for = err_arg_text(why, "number"),
    };

    if (page.certificate)
        TRY(list_near(rq, &page));
    else
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

    TRY(answer_words(rq, why, &page.reason));
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

/* [LI2] */
static err too_often(struct request *rq, err why, struct response *rs,
                     struct buf *b)
{
    struct page_busy page = { .too_many = true };

    TRY(limiter_answer(why, rs, &page.seconds));
    TRY(answer_words(rq, why, &page.what));
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

/* --- who may not -----------------------------------------------------------
 */

/* What is owed before anything else is shown, and where it is paid. */
static const struct {
    const char *id;
    const char *to;
} owed[] = {
    { "visit.nobody", "/login" },
    { "visit.code", "/login/code" },
    { "visit.enrol", "/account/factor" },
};

/* There, and afterwards to what was asked for. [TY4] */
static err lead_there(struct request *rq, struct response *rs, const char *to)
{
    struct buf b;
    str address;

    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    buf_str(&b, str_of(to));
    buf_str(&b, S("?next="));
    web_here(&b, rq);
    TRY(buf_done(&b, &address));
    if (!typing_asks(rq))
        return respond_redirect(rs, 303, address);
    respond(rs, 403, S(""), S(""));
    return response_header(rs, S("HX-Redirect"), address);
}

/* What was sent is not sent again by being led away: it says so instead. */
static err denied(struct request *rq, err why, struct response *rs,
                  struct buf *b)
{
    struct page_denied page = { 0 };

    for (size_t i = 0; i < COUNT(owed); i++) {
        if (strcmp(why.info->id, owed[i].id) != 0)
            continue;
        if (rq->method == METHOD_GET)
            return lead_there(rq, rs, owed[i].to);
        page.sign_in = true;
    }
    page.known = rq->visitor != NULL && web_visit(rq)->known;
    TRY(answer_words(rq, why, &page.reason));
    TRY(web_base(rq, S(""), &page.base));
    page_denied_render(b, web_lang(rq), &page);
    return web_send(rq, rs, rs->status, b, NULL);
}

err web_error(struct request *rq, err why, struct response *rs)
{
    struct buf b;

    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    if (limiter_refused(why))
        return too_often(rq, why, rs, &b);
    if (rs->status == 403)
        return denied(rq, why, rs, &b);
    if (rs->status == 404)
        return not_found(rq, why, rs, &b);
    if (rs->status == 429 || rs->status == 503)
        return busy(rq, rs, &b);
    if (rs->status >= 500)
        return failure(rq, rs, &b);
    return bad_request(rq, why, rs, &b);
}
