/*
 * register_enterprises -- the enterprises the body deals with, and all that
 * there is of one of them: cases, certificates, documents, open invoices.
 * [17065 7.12] [M5]
 */

#include "base/arena.h"
#include "base/hex.h"
#include "base/size.h"
#include "domain/names.h"
#include "web/register_do.h"
#include "web/registers.h"

/* --- all of them --------------------------------------------------------- */

/* [RG2] */
static const char *const kept[] = { "q" };
static const struct typing typing = { "/enterprises", kept, COUNT(kept) };

static err list_rows(struct request *rq, str words,
                     struct page_enterprises_found *page)
{
    const struct enterprise_line *line;
    struct page_enterprises_found_rows *rows;
    const struct enterprise_search search = { faces_today(rq->app), words,
                                              asked(rq, "after") };
    struct overview list;

    TRY(overview_of_enterprises(web_app(rq), rq->arena, registers_reader(rq),
                                &search, &list));
    line = list.found.p;
    REGISTER_ROWS(rq, rows, list.found.n);
    for (size_t i = 0; i < list.found.n; i++)
        rows[i] = (struct page_enterprises_found_rows){
            .uscc = line[i].uscc,
            .name = line[i].name,
            .province = line[i].province,
            .city = line[i].city,
            .cases = line[i].cases,
            .running = line[i].running,
            .owed = line[i].owed,
        };
    page->rows = rows;
    page->rows_n = list.found.n;
    return registers_next(rq, kept, COUNT(kept), list.next, &page->next);
}

static err get_enterprises(struct request *rq, struct response *rs)
{
    struct page_enterprises page = { .words = asked(rq, "q") };
    struct buf b;

    answer_buf(rq, &b);
    TRY(list_rows(rq, page.words, &page.found));
    TRY(typing_count(rq, page.found.rows_n, page.found.next.n > 0,
                     &page.shown.words));
    if (typing_asks(rq)) {
        page_enterprises_found_render(&b, web_lang(rq), &page.found);
        return typing_send_part(rq, rs, &b, &typing, page.shown.words);
    }
    registers_tabs(rq, AT_ENTERPRISES, &page.tabs);
    TRY(visit_work(rq, S(""), AT_REGISTERS, &page.work));
    page.work.typing.on = true;
    page_enterprises_render(&b, web_lang(rq), &page);
    return typing_send_page(rq, rs, &b, NULL);
}

/* --- one of them --------------------------------------------------------- */

static err show_case(struct request *rq, const struct case_line *line,
                     struct page_enterprise_cases *out)
{
    *out = (struct page_enterprise_cases){
        .number = line->number,
        .scheme = web_label(rq, line->scheme_name),
        .level = web_label(rq, line->level_name),
        .due = line->due,
        .limited = line->due != DAY_NEVER,
        .overdue = line->due != DAY_NEVER && line->due < faces_today(rq->app),
    };
    TRY(answer_id(rq, "stage.", str_of(stage_names[line->stage]), &out->stage));
    return answer_id(rq, "waiting.", str_of(waiting_names[line->waiting]),
                     &out->waiting);
}

static err show_cases(struct request *rq, const struct list *cases,
                      struct page_enterprise *page)
{
    const struct case_line *line = cases->p;
    struct page_enterprise_cases *rows;

    REGISTER_ROWS(rq, rows, cases->n);
    for (size_t i = 0; i < cases->n; i++)
        TRY(show_case(rq, &line[i], &rows[i]));
    page->cases = rows;
    page->cases_n = cases->n;
    return OK;
}

static err show_certificates(struct request *rq, const struct list *list,
                             struct page_enterprise *page)
{
    const struct certificate_line *c = list->p;
    struct page_enterprise_certificates *rows;

    REGISTER_ROWS(rq, rows, list->n);
    for (size_t i = 0; i < list->n; i++) {
        const struct page_status_words *words =
            page_status_words(web_status(c[i].status));

        rows[i] = (struct page_enterprise_certificates){
            .number = c[i].number,
            .scheme = web_label(rq, c[i].scheme),
            .level = web_label(rq, c[i].level),
            .status = words->status,
            .status_class = words->style,
            .until = c[i].until,
        };
    }
    page->certificates = rows;
    page->certificates_n = list->n;
    return OK;
}

static err show_documents(struct request *rq, const struct list *list,
                          struct page_enterprise *page)
{
    const struct shared_document *d = list->p;
    struct page_enterprise_documents *rows;

    REGISTER_ROWS(rq, rows, list->n);
    for (size_t i = 0; i < list->n; i++) {
        rows[i] = (struct page_enterprise_documents){
            .requirement = web_label(rq, d[i].requirement),
            .title = d[i].title,
            .added = d[i].added,
            .period =
                d[i].covers_from != DAY_NEVER && d[i].covers_to != DAY_NEVER,
            .from = d[i].covers_from,
            .to = d[i].covers_to,
            .case_number = d[i].case_number,
            .uses = d[i].uses,
        };
        TRY(hex_text(rq->arena, d[i].content.b, sizeof d[i].content.b,
                     &rows[i].hash));
    }
    page->documents = rows;
    page->documents_n = list->n;
    return OK;
}

static err show_invoices(struct request *rq, const struct list *list,
                         struct page_enterprise *page)
{
    const struct open_invoice *x = list->p;
    struct page_enterprise_invoices *rows;

    REGISTER_ROWS(rq, rows, list->n);
    for (size_t i = 0; i < list->n; i++)
        rows[i] = (struct page_enterprise_invoices){
            .case_number = x[i].case_number,
            .number = x[i].number,
            .due = x[i].due,
            .late = x[i].due < faces_today(rq->app),
            .amount = x[i].amount,
        };
    page->invoices = rows;
    page->invoices_n = list->n;
    return OK;
}

static err show_enterprise(struct request *rq,
                           const struct enterprise_overview *e,
                           struct page_enterprise *page)
{
    *page = (struct page_enterprise){
        .uscc = e->uscc,
        .name = e->name,
        .name_en = e->name_en,
        .since = e->registered,
        .is_dated = e->registered != DAY_NEVER,
        .province = e->province,
        .city = e->city,
        .address = e->address,
        .scope = e->scope,
        .owed = e->owed,
    };
    TRY(show_cases(rq, &e->cases, page));
    TRY(show_certificates(rq, &e->certificates, page));
    TRY(show_documents(rq, &e->documents, page));
    return show_invoices(rq, &e->invoices, page);
}

static err get_enterprise(struct request *rq, struct response *rs)
{
    struct enterprise_overview e;
    struct page_enterprise page;
    struct buf b;

    TRY(overview_of_enterprise(web_app(rq), rq->arena, registers_reader(rq),
                               faces_today(rq->app),
                               request_parameter(rq, S("uscc")), &e));
    TRY(show_enterprise(rq, &e, &page));
    TRY(register_acts(rq, "enterprise", e.uscc, &page.acts));
    registers_tabs(rq, AT_ENTERPRISES, &page.tabs);
    TRY(visit_work(rq, e.name, AT_REGISTERS, &page.work));
    answer_buf(rq, &b);
    page_enterprise_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* clang-format off */
static const struct route routes[] = {
    { METHOD_GET, "/enterprises", RIGHT_BODY, BODY_NONE, get_enterprises },
    { METHOD_GET, "/enterprises/{uscc}", RIGHT_BODY, BODY_NONE, get_enterprise },
};
/* clang-format on */

const struct route_table register_enterprise_routes = { routes, COUNT(routes) };
