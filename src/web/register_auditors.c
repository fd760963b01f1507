/*
 * register_auditors -- who audits: registered until when, for what, and what
 * they are planned for. [条例 38] [17065 6.1] [M15]
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/names.h"
#include "web/persons.h"
#include "web/registers.h"

enum {
    WEEKS = 10, /* of the calendar */
    WEEK = 7,
    SOON = 90, /* days in which a registration ends soon */
    FIELDS_MOST = 4000,
};

static err join(struct request *rq, const struct qualification *q, str *out)
{
    struct buf b;

    buf_init(&b, rq->arena, FIELDS_MOST);
    for (size_t i = 0; i < q->field_count; i++) {
        buf_str(&b, i == 0 ? S("") : S(" "));
        buf_str(&b, q->fields[i]);
    }
    return buf_done(&b, out);
}

static err show_facts(struct request *rq, const struct auditor_line *x,
                      struct page_auditor_facts *out)
{
    const struct qualification *q = &x->qualification;
    day today = faces_today(rq->app);

    *out = (struct page_auditor_facts){
        .login = x->login,
        .name = x->name,
        .left = x->left,
        .registration = q->registration,
        .registered = q->registration.n > 0,
        .until = q->until,
        .over = q->until < today,
        .soon = q->until >= today && q->until <= today + SOON,
        .full_time = q->full_time,
        .days = x->days,
    };
    TRY(answer_id(rq, "auditor.", str_of(auditor_names[q->level]),
                  &out->level));
    TRY(persons_roles(rq, x->roles, &out->roles));
    return join(rq, q, &out->fields);
}

/* --- all of them --------------------------------------------------------- */

static err get_auditors(struct request *rq, struct response *rs)
{
    struct page_auditors page = { 0 };
    struct page_auditor_facts *rows;
    const struct auditor_line *line;
    struct overview list;
    struct buf b;

    TRY(overview_of_auditors(web_app(rq), rq->arena, registers_reader(rq),
                             faces_today(rq->app), asked(rq, "after"), &list));
    line = list.found.p;
    REGISTER_ROWS(rq, rows, list.found.n);
    for (size_t i = 0; i < list.found.n; i++)
        TRY(show_facts(rq, &line[i], &rows[i]));
    page.rows = rows;
    page.rows_n = list.found.n;
    TRY(registers_next(rq, NULL, 0, list.next, &page.next));
    registers_tabs(rq, AT_AUDITORS, &page.tabs);
    TRY(visit_work(rq, S(""), AT_REGISTERS, &page.work));
    answer_buf(rq, &b);
    page_auditors_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* --- one of them --------------------------------------------------------- */

static bool is_booked(const struct list *bookings, day on)
{
    const struct auditor_booking *b = bookings->p;

    for (size_t i = 0; i < bookings->n; i++) {
        if (b[i].from <= on && on <= b[i].to)
            return true;
    }
    return false;
}

/* The weeks from this one on, Monday to Sunday. */
static err show_weeks(struct request *rq, const struct list *bookings,
                      struct page_auditor *page)
{
    day today = faces_today(rq->app);
    day monday = today - day_weekday(today);
    struct page_auditor_weeks *rows;

    REGISTER_ROWS(rq, rows, WEEKS);
    for (int32_t i = 0; i < WEEKS; i++, monday += WEEK)
        rows[i] = (struct page_auditor_weeks){
            .from = monday,
            .mon = is_booked(bookings, monday),
            .tue = is_booked(bookings, monday + 1),
            .wed = is_booked(bookings, monday + 2),
            .thu = is_booked(bookings, monday + 3),
            .fri = is_booked(bookings, monday + 4),
            .sat = is_booked(bookings, monday + 5),
            .sun = is_booked(bookings, monday + 6),
        };
    page->weeks = rows;
    page->weeks_n = WEEKS;
    return OK;
}

static err show_bookings(struct request *rq, const struct list *list,
                         struct page_auditor *page)
{
    const struct auditor_booking *b = list->p;
    struct page_auditor_bookings *rows;

    REGISTER_ROWS(rq, rows, list->n);
    for (size_t i = 0; i < list->n; i++)
        rows[i] =
            (struct page_auditor_bookings){ b[i].case_number, b[i].enterprise,
                                            b[i].from, b[i].to };
    page->bookings = rows;
    page->bookings_n = list->n;
    return OK;
}

static err show_ties(struct request *rq, const struct list *list,
                     struct page_auditor *page)
{
    const struct auditor_tie *t = list->p;
    struct page_auditor_ties *rows;

    REGISTER_ROWS(rq, rows, list->n);
    for (size_t i = 0; i < list->n; i++)
        rows[i] = (struct page_auditor_ties){
            .enterprise = t[i].enterprise,
            .ends = t[i].until != DAY_NEVER,
            .until = t[i].until,
        };
    page->ties = rows;
    page->ties_n = list->n;
    return OK;
}

static err get_auditor(struct request *rq, struct response *rs)
{
    struct page_auditor page = { 0 };
    struct auditor_overview x;
    struct page_auditor_facts *facts;
    struct buf b;

    TRY(overview_of_auditor(web_app(rq), rq->arena, registers_reader(rq),
                            faces_today(rq->app),
                            request_parameter(rq, S("login")), &x));
    page.name = x.line.name;
    page.shows_ties = x.shows_ties;
    REGISTER_ROWS(rq, facts, 1);
    TRY(show_facts(rq, &x.line, facts));
    page.facts = facts;
    page.facts_n = 1;
    TRY(show_weeks(rq, &x.bookings, &page));
    TRY(show_bookings(rq, &x.bookings, &page));
    TRY(show_ties(rq, &x.ties, &page));
    registers_tabs(rq, AT_AUDITORS, &page.tabs);
    TRY(visit_work(rq, x.line.name, AT_REGISTERS, &page.work));
    answer_buf(rq, &b);
    page_auditor_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/auditors", RIGHT_BODY, BODY_NONE, get_auditors },
    { METHOD_GET, "/auditors/{login}", RIGHT_BODY, BODY_NONE, get_auditor },
};

const struct route_table register_auditor_routes = { routes, COUNT(routes) };
