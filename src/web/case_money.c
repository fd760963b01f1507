/*
 * case_money -- what a case costs, was paid and is still owed [M13]; and who
 * audits it [M15].
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/fees.h"
#include "domain/names.h"
#include "domain/rights.h"
#include "web/case_page.h"
#include "web/case_turn.h"
#include "web/fee_words.h"

#include <string.h>

/* --- the quote ------------------------------------------------------------ */

static err show_lines(const struct case_view *v, const struct quote *q,
                      struct page_case_money *page)
{
    const struct quote_line *from = q->lines.p;
    struct page_case_money_lines *rows;

    CASE_ROWS(v, rows, q->lines.n);
    for (size_t i = 0; i < q->lines.n; i++) {
        rows[i] = (struct page_case_money_lines){
            .rule = fee_rule_ids[from[i].rule],
            .text = from[i].rule == FEE_OTHER ? from[i].text : S(""),
            .amount = from[i].amount,
            .reason = from[i].reason,
        };
        TRY(answer_id(v->rq, "line.", str_of(line_names[from[i].kind]),
                      &rows[i].kind));
    }
    page->lines = rows;
    page->lines_n = q->lines.n;
    return OK;
}

static err show_quote(const struct case_view *v, struct page_case_money *page)
{
    const struct quote *q = v->file.state->quote;

    page->quoted = true;
    page->total = q->total;
    page->prepayment = q->prepayment;
    page->surveillance = q->surveillance;
    page->surveillances = q->surveillances;
    page->several = q->surveillance > 0;
    page->whole = q->whole;
    page->assumed = v->file.state->scheme->fees.assumed;
    return show_lines(v, q, page);
}

/* --- contract, invoices, payments ----------------------------------------- */

static void show_contract(const struct case_view *v,
                          struct page_case_money *page)
{
    const struct state *s = v->file.state;
    const struct acceptance *x = s->money.agreement;

    page->agreed = x != NULL;
    page->contract = state_contract_number(s);
    page->from = x == NULL ? DAY_NEVER : x->from;
    page->until = x == NULL ? DAY_NEVER : x->until;
}

static err show_invoice(const struct case_view *v,
                        const struct invoice_state *x,
                        struct page_case_money_invoices *out)
{
    int64_t open = x->cancelled ? 0 : x->issued->amount - x->paid;

    *out = (struct page_case_money_invoices){
        .number = x->issued->number,
        .amount = x->issued->amount,
        .paid = x->paid,
        .open = open,
        .due = x->issued->due,
        .cancelled = x->cancelled,
        .overdue = open > 0 && x->issued->due < v->today,
    };
    return answer_id(v->rq, "invoice_for.",
                     str_of(invoice_names[x->issued->what]), &out->what);
}

static err show_invoices(const struct case_view *v,
                         struct page_case_money *page)
{
    const struct money_state *m = &v->file.state->money;
    size_t n = (size_t)m->invoice_count;
    struct page_case_money_invoices *rows;

    CASE_ROWS(v, rows, n);
    for (size_t i = 0; i < n; i++)
        TRY(show_invoice(v, &m->invoices[i], &rows[i]));
    page->invoices = rows;
    page->invoices_n = n;
    return OK;
}

static err show_payments(const struct case_view *v,
                         struct page_case_money *page)
{
    struct page_case_money_payments *rows;

    CASE_ROWS(v, rows, v->file.events.n);
    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        const struct payment *p = e->data;

        if (strcmp(e->kind->name, "payment.recorded") == 0)
            rows[page->payments_n++] = (struct page_case_money_payments){
                p->received,
                p->amount,
                p->payer,
                p->invoice,
            };
    }
    page->payments = rows;
    return OK;
}

static void show_sums(const struct state *s, struct page_case_money *page)
{
    page->paid = s->paid;
    page->owed = state_owed(s);
    page->later = s->money.later;
    page->paid_later = s->money.later > 0;
    page->refunded = s->money.refunded;
    page->gave_back = s->money.refunded > 0;
}

static err show_money(const struct case_view *v, struct page_case_money *page)
{
    TRY(case_turn_says(v, "page_case.no_quote", &page->no_quote));
    TRY(case_turn_says(v,
                       v->file.state->client_accepted
                           ? "page_case.contract_signing"
                           : "page_case.contract_waits",
                       &page->unsigned_yet));
    if (v->file.state->quote == NULL)
        return OK;
    TRY(show_quote(v, page));
    show_contract(v, page);
    show_sums(v->file.state, page);
    TRY(show_invoices(v, page));
    return show_payments(v, page);
}

static err get_money(struct request *rq, struct response *rs)
{
    struct page_case_money page = { .quoted = false };
    struct case_view v;
    struct buf b;

    TRY(case_view_open(rq, &v));
    page.number = v.file.number;
    page.owner = v.owner;
    TRY(case_view_head(&v, TAB_MONEY, &page.head));
    TRY(show_money(&v, &page));
    TRY(visit_work(rq, v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_money_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* --- the team ------------------------------------------------------------- */

static err show_members(const struct case_view *v, const struct plan *p,
                        struct page_case_team *page)
{
    const struct team_member *team = p->team.p;
    struct page_case_team_members *rows;

    CASE_ROWS(v, rows, p->team.n);
    for (size_t i = 0; i < p->team.n; i++)
        rows[i] = (struct page_case_team_members){
            .name = case_view_name(v, team[i].person),
            .seat = team[i].lead ? "seat.lead" : "seat.expert",
            .is_seated = team[i].lead || team[i].expert,
        };
    page->members = rows;
    page->members_n = p->team.n;
    return OK;
}

/* [17065 7.6.2] Whoever evaluated has no part in the decision. */
static err show_evaluators(const struct case_view *v,
                           struct page_case_team *page)
{
    const struct evaluators *from = &v->file.state->evaluators;
    struct page_case_team_evaluators *rows;

    CASE_ROWS(v, rows, EVALUATOR_MAX);
    for (int32_t i = 0; i < from->n; i++) {
        str name = case_view_name(v, from->people[i]);

        if (name.n > 0)
            rows[page->evaluators_n++].name = name;
    }
    page->evaluators = rows;
    return OK;
}

static err show_plan(const struct case_view *v, struct page_case_team *page)
{
    const struct state *s = v->file.state;
    const struct plan *p = s->plan;

    if (p == NULL)
        return OK;
    page->planned = true;
    page->from = p->from;
    page->to = p->to;
    page->agreed = s->plan_agreed;
    page->objection = s->objection;
    page->new_people = s->replacement.before != NULL;
    page->objection_due = p->objection_due;
    page->replaced = p->replaced;
    page->reason = p->reason;
    TRY(answer_id(v->rq, "round.", str_of(round_names[s->round]),
                  &page->round));
    TRY(case_view_tenths(v, p->person_days, &page->person_days));
    return show_members(v, p, page);
}

/* The planning room is for those who plan (planner.c [PR1]). */
static void show_way(const struct case_view *v, struct page_case_team *page)
{
    const struct right *r = right_find("plan.make");

    page->number = v->file.number;
    page->plans = !v->owner && v->file.state->application != NULL &&
                  !failed(right_check_role(v->rq->arena, r, &v->who->actor));
}

static err get_team(struct request *rq, struct response *rs)
{
    struct page_case_team page = { .planned = false };
    struct case_view v;
    struct buf b;

    TRY(case_view_open(rq, &v));
    TRY(case_view_head(&v, TAB_TEAM, &page.head));
    TRY(show_plan(&v, &page));
    TRY(show_evaluators(&v, &page));
    page.own = v.owner;
    TRY(case_turn_says(&v, "page_case.team_waits", &page.team_waits));
    TRY(case_turn_says(&v, "page_case.no_team", &page.no_team));
    show_way(&v, &page);
    TRY(visit_work(rq, v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_team_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/money", RIGHT_IN, BODY_NONE, get_money },
    { METHOD_GET, "/cases/{number}/team", RIGHT_IN, BODY_NONE, get_team },
};

const struct route_table case_money_routes = { routes, COUNT(routes) };
