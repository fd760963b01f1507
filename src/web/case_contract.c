/*
 * case_contract -- the contract of a case, to be read in one piece and
 * accepted: parties, subject, money line by line, prepayment, rights and duties
 * of both sides. [M13] [17065 4.1.2]
 *
 *   [CN1] What is shown is the newest quote with its own terms and period, and
 *         the form names its hash: what was read is what is accepted
 *         (domain/contract.c [CO1]), also where a newer quote came meanwhile.
 *   [CN2] Whoever may read the case may read it; who may accept it the rights
 *         say: the enterprise, or staff who enter what it signed on paper.
 *   [CN3] The form carries the id of its command and the version of the case.
 */

#include "base/hex.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/fees.h"
#include "domain/names.h"
#include "service/cases.h"
#include "web/case_page.h"
#include "web/case_turn.h"
#include "web/fee_words.h"
#include "web/saying.h"

#include <string.h>

static const char command_name[] = "contract.accept";
static const char below[] = "/contract";

struct contracting {
    struct case_view view;
    struct command_form command;
    str note;
    str problem;
};

static const struct state *state_of(const struct contracting *c)
{
    return c->view.file.state;
}

/* The newest event of this kind; NULL: none. */
static const struct event *newest(const struct contracting *c, const char *name)
{
    const struct event *found = NULL;

    for (const struct event *e = c->view.file.events.first; e != NULL;
         e = e->next) {
        if (strcmp(e->kind->name, name) == 0)
            found = e;
    }
    return found;
}

/* --- whose, and about what ------------------------------------------------ */

static err show_subject(const struct contracting *c, struct page_contract *page)
{
    struct request *rq = c->view.rq;
    const struct state *s = state_of(c);
    const struct body *body = NULL;

    TRY(web_body(rq, &body));
    const struct application *p = s->application;
    struct span period =
        s->quote->period.n > 0 ? s->quote->period : s->scheme->contract.period;

    page->client = c->view.file.enterprise.name;
    page->uscc = c->view.file.enterprise.uscc;
    page->client_address = p == NULL ? S("") : p->address;
    page->body = web_label(rq, (struct label){ body->name_zh, body->name_en });
    page->approval = body->approval;
    page->scheme = web_label(rq, s->scheme->name);
    page->criterion = s->scheme->criterion;
    page->level = case_view_level(&c->view, s->opened->level);
    if (p != NULL)
        page->scope = web_label(rq, (struct label){ p->scope, p->scope_en });
    return say_span(rq, period, &page->period);
}

/* --- money ---------------------------------------------------------------- */

static err show_lines(const struct contracting *c, struct page_contract *page)
{
    const struct quote *q = state_of(c)->quote;
    const struct quote_line *from = q->lines.p;
    struct page_contract_lines *rows;

    CASE_ROWS(&c->view, rows, q->lines.n);
    for (size_t i = 0; i < q->lines.n; i++) {
        rows[i] = (struct page_contract_lines){
            .rule = fee_rule_ids[from[i].rule],
            .text = from[i].rule == FEE_OTHER ? from[i].text : S(""),
            .amount = from[i].amount,
            .reason = from[i].reason,
        };
        TRY(answer_id(c->view.rq, "line.", str_of(line_names[from[i].kind]),
                      &rows[i].kind));
    }
    page->lines = rows;
    page->lines_n = q->lines.n;
    return OK;
}

static err show_money(const struct contracting *c, struct page_contract *page)
{
    const struct quote *q = state_of(c)->quote;

    page->total = q->total;
    page->prepayment = q->prepayment;
    page->rest = q->total - q->prepayment;
    page->several = q->surveillance > 0;
    page->surveillance = q->surveillance;
    page->surveillances = q->surveillances;
    page->whole = q->whole;
    page->assumed = state_of(c)->scheme->fees.assumed;
    return show_lines(c, page);
}

/* --- rights and duties ---------------------------------------------------- */

static size_t pick(const struct contracting *c, int side, int kind, str *to)
{
    const struct list *terms = &state_of(c)->quote->terms;
    const struct term *t = terms->p;
    size_t n = 0;

    for (size_t i = 0; i < terms->n; i++) {
        if (t[i].side == side && t[i].kind == kind)
            to[n++] = web_label(c->view.rq,
                                (struct label){ t[i].text, t[i].text_en });
    }
    return n;
}

/* Into a list of the page whose rows are one text each. */
#define SHOW_TERMS(c, page, list, side, kind)                                  \
    do {                                                                       \
        str *words_;                                                           \
        struct page_contract_##list *rows_;                                    \
                                                                               \
        CASE_ROWS(&(c)->view, words_, state_of(c)->quote->terms.n);            \
        (page)->list##_n = pick((c), (side), (kind), words_);                  \
        CASE_ROWS(&(c)->view, rows_, (page)->list##_n);                        \
        for (size_t i_ = 0; i_ < (page)->list##_n; i_++)                       \
            rows_[i_].what = words_[i_];                                       \
        (page)->list = rows_;                                                  \
    } while (0)

static err show_terms(const struct contracting *c, struct page_contract *page)
{
    SHOW_TERMS(c, page, client_rights, SIDE_CLIENT, TERM_RIGHT);
    SHOW_TERMS(c, page, client_duties, SIDE_CLIENT, TERM_DUTY);
    SHOW_TERMS(c, page, body_rights, SIDE_BODY, TERM_RIGHT);
    SHOW_TERMS(c, page, body_duties, SIDE_BODY, TERM_DUTY);
    return OK;
}

/* --- how far it is -------------------------------------------------------- */

static void show_agreement(const struct contracting *c,
                           struct page_contract *page)
{
    const struct event *accepted = newest(c, "contract.accepted");
    const struct acceptance *x = state_of(c)->money.agreement;

    page->accepted = state_of(c)->client_accepted && accepted != NULL;
    if (page->accepted) {
        page->accepted_on = accepted->on;
        page->accepted_by = case_view_name(&c->view, accepted->actor);
    }
    page->agreed = x != NULL;
    page->contract = state_contract_number(state_of(c));
    page->from = x == NULL ? DAY_NEVER : x->from;
    page->until = x == NULL ? DAY_NEVER : x->until;
}

static err show_contract(const struct contracting *c,
                         struct page_contract *page)
{
    const struct event *quoted = newest(c, "quote.made");
    const struct hash *offer = &state_of(c)->money.offer;

    page->quoted = state_of(c)->quote != NULL && quoted != NULL;
    if (!page->quoted)
        return OK;
    page->offered_on = quoted->on;
    show_agreement(c, page);
    TRY(hex_text(c->view.rq->arena, offer->b, sizeof offer->b, &page->offer));
    TRY(show_subject(c, page));
    TRY(show_money(c, page));
    return show_terms(c, page);
}

/* --- the page ------------------------------------------------------------- */

/* [TU4] */
static err show_next(const struct contracting *c, struct page_contract *page)
{
    TRY(case_turn_says(&c->view, "page_case.no_quote", &page->no_quote));
    return case_turn_says(&c->view,
                          state_of(c)->client_accepted
                              ? "page_case.contract_signing"
                              : "page_case.contract_waits",
                          &page->unsigned_yet);
}

static err show(const struct contracting *c, struct response *rs, int status)
{
    struct request *rq = c->view.rq;
    struct page_contract page = {
        .number = c->view.file.number,
        .enterprise = c->view.file.enterprise.name,
        .token = web_visit(rq)->token,
        .version = c->command.version,
        .owner = c->view.owner,
        .on_paper = !c->view.owner,
        .note = c->note,
        .problem = c->problem,
    };
    struct buf b;

    TRY(command_form_text(rq, c->command.id, &page.command_id));
    TRY(case_view_address(&c->view, below, &page.way));
    /* [CN2] */
    TRY(case_view_ask(&c->view, command_name, &page.may, NULL));
    TRY(show_contract(c, &page));
    TRY(show_next(c, &page));
    TRY(visit_work(rq, c->view.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_contract_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_contract(struct request *rq, struct response *rs)
{
    struct contracting c = { .note = S("") };

    TRY(case_view_open(rq, &c.view));
    TRY(command_form_new(rq, c.view.file.state->version, &c.command));
    return show(&c, rs, 200);
}

/* --- accepting it [CN1] [CN3] --------------------------------------------- */

static err data_of(const struct contracting *c, struct json **out)
{
    struct request *rq = c->view.rq;
    struct json *data = json_new_object(rq->arena);

    TRY_MEMORY(data);
    json_set(data, S("offer"),
             json_new_str(rq->arena, answer_field(rq, S("offer"))));
    if (c->note.n > 0)
        json_set(data, S("note"), json_new_str(rq->arena, c->note));
    TRY_MEMORY(!data->broken);
    *out = data;
    return OK;
}

static err accept(const struct contracting *c)
{
    struct request *rq = c->view.rq;
    struct json *data;
    struct case_answer unused;

    if (!str_eq(answer_field(rq, S("read")), S("yes")))
        return err_new(rq->arena, ERR_INVALID, "contract_page.not_read");
    TRY(data_of(c, &data));
    const struct case_order order =
        case_view_order(&c->view, &c->command, command_name, data);
    return cases_do(web_app(rq), rq->arena, &order, &unused);
}

static err post_contract(struct request *rq, struct response *rs)
{
    struct contracting c = { .note = answer_field(rq, S("note")) };

    TRY(case_view_open(rq, &c.view));
    TRY(command_form_read(rq, &c.command));
    err e = accept(&c);
    if (!failed(e))
        return case_view_go(&c.view, below, rs);
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &c.problem));
    c.command.version = c.view.file.state->version;
    return show(&c, rs, answer_status(e));
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/contract", RIGHT_IN, BODY_NONE,
      get_contract },
    { METHOD_POST, "/cases/{number}/contract", RIGHT_IN, BODY_FORM,
      post_contract },
};

const struct route_table case_contract_routes = { routes, COUNT(routes) };
