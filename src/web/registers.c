#include "web/registers.h"

#include "base/arena.h"
#include "base/size.h"
#include "service/complaints.h"
#include "service/figures.h"
#include "service/money.h"
#include "service/reports.h"
#include "web/register_do.h"

enum { ADDRESS_MOST = 4000 };

const struct session *registers_reader(const struct request *rq)
{
    return &web_visit(rq)->who.session;
}

void registers_tabs(const struct request *rq, enum register_at at,
                    struct page_register_tabs *out)
{
    const struct session *who = registers_reader(rq);

    *out = (struct page_register_tabs){
        .reads = overviews_open_to(who),
        .money = money_open_to(who),
        .figures = figures_open_to(who),
        .at_certificates = at == AT_CERTIFICATES,
        .at_enterprises = at == AT_ENTERPRISES,
        .at_auditors = at == AT_AUDITORS,
        .complaints = complaints_open_to(who),
        .at_complaints = at == AT_COMPLAINTS,
        .reports = reports_open_to(who),
        .at_reports = at == AT_REPORTS,
        .at_money = at == AT_MONEY,
        .at_figures = at == AT_FIGURES,
        .at_filings = at == AT_FILINGS,
        .at_packages = at == AT_PACKAGES,
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

err registers_kept(struct request *rq, const char *path,
                   const char *const *kept, size_t n, str *out)
{
    const struct typing t = { path, kept, n };
    struct buf b;
    str query;

    TRY(typing_address(rq, &t, S(""), &query));
    buf_init(&b, rq->arena, ADDRESS_MOST);
    if (str_begins(query, S("?")))
        buf_str(&b, str_of(path));
    buf_str(&b, query);
    return buf_done(&b, out);
}

/* --- where they all are -------------------------------------------------- */

/* What waits for quality, who has no task of it: it is in no case yet. */
static err count_open(struct request *rq, struct page_registers *page)
{
    const struct session *who = registers_reader(rq);

    page->complaints = page->tabs.complaints;
    page->reports = page->tabs.reports;
    TRY(complaints_count(web_app(rq), rq->arena, who, &page->complaints_open));
    return reports_count(web_app(rq), rq->arena, who, &page->reports_open);
}

static err get_registers(struct request *rq, struct response *rs)
{
    struct page_registers page = { 0 };
    struct buf b;

    registers_tabs(rq, AT_ALL_REGISTERS, &page.tabs);
    page.reads = page.tabs.reads;
    TRY(count_open(rq, &page));
    page.money = page.tabs.money;
    page.figures = page.tabs.figures;
    page.any = page.reads || page.complaints || page.money || page.figures;
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
