#include "web/registers.h"

#include "base/arena.h"
#include "base/size.h"

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
    };
}

/* --- addresses [RG2] ----------------------------------------------------- */

err registers_next(struct request *rq, const char *const *kept, size_t n,
                   str after, str *out)
{
    const struct typing t = { "", kept, n };

    *out = S("");
    return after.n == 0 ? OK : typing_address(rq, &t, after, out);
}

/* --- where they all are -------------------------------------------------- */

static err get_registers(struct request *rq, struct response *rs)
{
    struct page_registers page = { 0 };
    struct buf b;

    registers_tabs(rq, AT_ALL_REGISTERS, &page.tabs);
    page.reads = page.tabs.reads;
    TRY(visit_work(rq, S(""), AT_REGISTERS, &page.work));
    answer_buf(rq, &b);
    page_registers_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/registers", RIGHT_BODY, BODY_NONE, get_registers },
};

const struct route_table register_routes = { routes, COUNT(routes) };
