#include "web/filings.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/rights.h"

err filings_state(struct request *rq, enum month_state state, const char **out)
{
    return answer_id(rq, "month_state.", str_of(month_state_names[state]), out);
}

bool filings_late(enum month_state state)
{
    return state == MONTH_OVERDUE;
}

static err show_month(struct request *rq, const struct reporting_line *l,
                      struct page_filings_months *out)
{
    const struct ledger_month *m = &l->month;
    char text[MONTH_TEXT];

    *out = (struct page_filings_months){
        .due = month_due(m->month),
        .late = filings_late(l->state),
        .acts = m->acts,
        .is_exported = m->exported != NULL,
        .exported = m->exported_on,
        .whole = m->whole,
        .is_filed = m->filed != NULL,
        .filed = m->filed == NULL ? DAY_NEVER : m->filed->filed,
        .receipt = m->filed == NULL ? S("") : m->filed->receipt,
        .changed = l->late > 0,
        .since = l->late,
    };
    TRY_MEMORY(arena_str(rq->arena, month_text(m->month, text), &out->month));
    return filings_state(rq, l->state, &out->state);
}

/* The newest first. */
static err list_months(struct request *rq, struct page_filings *page)
{
    const struct reporting_line *l;
    struct page_filings_months *rows;
    struct list lines;

    TRY(reporting_list(web_app(rq), rq->arena, registers_reader(rq),
                       faces_today(rq->app), &lines));
    l = lines.p;
    REGISTER_ROWS(rq, rows, lines.n);
    for (size_t i = 0; i < lines.n; i++)
        TRY(show_month(rq, &l[lines.n - 1 - i], &rows[i]));
    page->months = rows;
    page->months_n = lines.n;
    return OK;
}

static err get_filings(struct request *rq, struct response *rs)
{
    struct page_filings page = {
        .reads = overviews_open_to(registers_reader(rq)),
    };
    struct buf b;

    if (page.reads)
        TRY(list_months(rq, &page));
    registers_tabs(rq, AT_FILINGS, &page.tabs);
    TRY(visit_work(rq, S(""), AT_REGISTERS, &page.work));
    answer_buf(rq, &b);
    page_filings_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/filings", RIGHT_BODY, BODY_NONE, get_filings },
};

const struct route_table filing_list_routes = { routes, COUNT(routes) };
