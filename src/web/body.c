/*
 * body -- what the body publishes of itself: its approval, its rules and their
 * filing numbers, its fees, where complaints and appeals go. [条例 20]
 * [17065 4.6 7.13]
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "service/body_contact.h"
#include "web/saying.h"

static const char page_cache[] = "private, max-age=300";

static err list_fields(struct request *rq, const struct body *body,
                       struct page_body *page)
{
    struct page_body_fields *rows =
        arena_array(rq->arena, body->field_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < body->field_count; i++)
        rows[i].code = body->fields[i];
    page->fields = rows;
    page->fields_n = body->field_count;
    return OK;
}

static err list_rules(struct request *rq, struct page_body *page)
{
    struct page_body_rules *rows;
    const struct scheme *const *s;
    struct list found;

    TRY(web_schemes(rq, &found));
    s = found.p;
    rows = arena_array(rq->arena, found.n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < found.n; i++) {
        rows[i] = (struct page_body_rules){
            .id = s[i]->id,
            .name = web_label(rq, s[i]->name),
            .criterion = s[i]->criterion,
            .filing = s[i]->filing,
            .field = s[i]->field,
        };
        TRY(say_span(rq, s[i]->limits.appeal, &rows[i].appeal));
    }
    page->rules = rows;
    page->rules_n = found.n;
    return OK;
}

/* Complaints go where the body is reached when it says nothing else. */
static err set_contact(struct request *rq, struct page_body *page)
{
    struct body_contact c;

    TRY(body_contact_get(web_app(rq), rq->arena, &c));
    page->address = c.address;
    page->phone = c.phone;
    page->mail = c.mail;
    page->has_contact = c.address.n + c.phone.n + c.mail.n > 0;
    page->complaint_phone = c.complaint_phone;
    page->complaint_mail = c.complaint_mail;
    if (c.complaint_phone.n + c.complaint_mail.n == 0) {
        page->complaint_phone = c.phone;
        page->complaint_mail = c.mail;
    }
    page->has_complaint = page->complaint_phone.n + page->complaint_mail.n > 0;
    return OK;
}

static err get_body(struct request *rq, struct response *rs)
{
    const struct body *body = NULL;

    TRY(web_body(rq, &body));
    struct page_body page = {
        .name = web_label(rq, (struct label){ body->name_zh, body->name_en }),
        .approval_number = body->approval,
        .uscc = body->uscc,
        .accreditation = body->accreditation,
        .seat = body->address,
    };
    struct buf b;

    TRY(web_base(rq, S(""), &page.base));
    web_about(rq, "public.body_about", &page.base);
    TRY(list_fields(rq, body, &page));
    TRY(list_rules(rq, &page));
    TRY(set_contact(rq, &page));
    buf_init(&b, rq->arena, PAGE_BYTES_MAX);
    page_body_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, page_cache);
}

static const struct route routes[] = {
    { METHOD_GET, "/body", 0, BODY_NONE, get_body },
};

const struct route_table body_routes = { routes, COUNT(routes) };
