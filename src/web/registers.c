#include "web/registers.h"

#include "base/arena.h"
#include "base/size.h"
#include "http/percent.h"
#include "web/register_do.h"

enum { ADDRESS_MOST = 4000 };

const struct session *registers_reader(const struct request *rq)
{
    return &web_visit(rq)->who.session;
}

void registers_tabs(const struct request *rq, enum register_at at,
                    struct page_register_tabs *out)
{
    *out = (struct page_register_tabs){
        .reads = overviews_open_to(registers_reader(rq)),
        .at_certificates = at == AT_CERTIFICATES,
        .at_enterprises = at == AT_ENTERPRISES,
        .at_auditors = at == AT_AUDITORS,
        .at_packages = at == AT_PACKAGES,
    };
}

/* --- addresses [RG2] ----------------------------------------------------- */

static void add_field(struct buf *b, const char *name, str value)
{
    if (value.n == 0)
        return;
    buf_char(b, b->n == 0 ? '?' : '&');
    buf_str(b, str_of(name));
    buf_char(b, '=');
    percent_encode(b, value);
}

err registers_next(struct request *rq, const char *const *kept, size_t n,
                   str after, str *out)
{
    struct buf b;

    *out = S("");
    if (after.n == 0)
        return OK;
    buf_init(&b, rq->arena, ADDRESS_MOST);
    for (size_t i = 0; i < n; i++)
        add_field(&b, kept[i], asked(rq, kept[i]));
    add_field(&b, "after", after);
    return buf_done(&b, out);
}

/* --- where they all are -------------------------------------------------- */

static err get_registers(struct request *rq, struct response *rs)
{
    struct page_registers page = { 0 };
    struct buf b;

    registers_tabs(rq, AT_ALL_REGISTERS, &page.tabs);
    page.reads = page.tabs.reads;
    TRY(register_acts(rq, "body", S(""), &page.acts));
    TRY(visit_work(rq, S(""), AT_REGISTERS, &page.work));
    answer_buf(rq, &b);
    page_registers_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/registers", RIGHT_BODY, BODY_NONE, get_registers },
};

const struct route_table register_routes = { routes, COUNT(routes) };
