/*
 * register_complaints -- complaints and appeals over all cases: what is open
 * first, who handles it, and what came of the others. [17065 7.13]
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/events.h"
#include "domain/names.h"
#include "service/complaints.h"
#include "web/registers.h"

static const struct {
    const char *value;
    const char *name;
} whiches[] = {
    [COMPLAINTS_ALL] = { "all", "complaints.all" },
    [COMPLAINTS_OPEN] = { "open", "complaints.only_open" },
    [COMPLAINTS_ENDED] = { "ended", "complaints.only_ended" },
};

static enum complaints_which which_of(const struct request *rq)
{
    str value = asked(rq, "which");

    for (enum complaints_which w = 0; w < COUNT(whiches); w++) {
        if (str_eq(value, str_of(whiches[w].value)))
            return w;
    }
    return COMPLAINTS_ALL;
}

static err list_whiches(struct request *rq, enum complaints_which chosen,
                        struct page_complaints *page)
{
    struct page_complaints_whiches *rows;

    REGISTER_ROWS(rq, rows, COUNT(whiches));
    for (enum complaints_which w = 0; w < COUNT(whiches); w++)
        rows[w] =
            (struct page_complaints_whiches){ str_of(whiches[w].value),
                                              whiches[w].name, w == chosen };
    page->whiches = rows;
    page->whiches_n = COUNT(whiches);
    return OK;
}

static const char *outcome_of(const struct complaint_entry *c)
{
    if (c->ended == DAY_NEVER)
        return "complaints.is_open";
    if (c->appeal)
        return c->right ? "complaints.upheld" : "complaints.dismissed";
    return c->right ? "complaints.justified" : "complaints.unjustified";
}

static err about_of(struct request *rq, const struct complaint_entry *c,
                    const char **out)
{
    if (c->appeal)
        return answer_id(rq, "appeal_subject.", str_of(appeal_names[c->about]),
                         out);
    return answer_id(rq, "complaint_about.", str_of(complaint_names[c->about]),
                     out);
}

static err show_row(struct request *rq, const struct complaint_entry *c,
                    struct page_complaints_rows *out)
{
    bool open = c->ended == DAY_NEVER;
    day waits = faces_today(rq->app) - c->recorded;

    *out = (struct page_complaints_rows){
        .appeal = c->appeal,
        .subject = c->subject,
        .case_number = c->case_number,
        .enterprise = c->enterprise,
        .recorded = c->recorded,
        .handler = c->handler,
        .others = c->others,
        .more = c->others > 0,
        .ended = c->ended,
        .outcome = outcome_of(c),
        .style = open ? S("pending") : S("ended"),
        .waits = waits,
        .waiting = open && waits > 0,
    };
    return about_of(rq, c, &out->about);
}

static err list_rows(struct request *rq, const struct complaints_wish *wish,
                     struct page_complaints *page)
{
    static const char *const kept[] = { "which" };
    const struct complaint_entry *entry;
    struct page_complaints_rows *rows;
    struct overview list;

    TRY(complaints_list(web_app(rq), rq->arena, registers_reader(rq), wish,
                        &list));
    entry = list.found.p;
    REGISTER_ROWS(rq, rows, list.found.n);
    for (size_t i = 0; i < list.found.n; i++)
        TRY(show_row(rq, &entry[i], &rows[i]));
    page->rows = rows;
    page->rows_n = list.found.n;
    return registers_next(rq, kept, COUNT(kept), list.next, &page->next);
}

static err get_complaints(struct request *rq, struct response *rs)
{
    const struct complaints_wish wish = { which_of(rq), asked(rq, "after") };
    struct page_complaints page = { .next = S("") };
    struct buf b;

    registers_tabs(rq, AT_COMPLAINTS, &page.tabs);
    TRY(list_whiches(rq, wish.which, &page));
    TRY(list_rows(rq, &wish, &page));
    TRY(visit_work(rq, S(""), AT_REGISTERS, &page.work));
    answer_buf(rq, &b);
    page_complaints_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/complaints", RIGHT_BODY, BODY_NONE, get_complaints },
};

const struct route_table register_complaint_routes = { routes, COUNT(routes) };
