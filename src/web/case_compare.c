/*
 * case_compare -- this body's quote beside what others offer, as the enterprise
 * noted it for itself. [M10] [M32]
 *
 *   [CC1] Nobody but the enterprise itself gets the page (domain/offers.h
 *         [OF1]): of anybody else the service's word is said, before anything
 *         of an offer is looked at.
 *   [CC2] What is least of its kind is marked, and nothing recommended (domain
 *         [OF3] [OF6]); what is missing to compare is said over the table.
 *   [CC3] An offer is noted and changed in the form of its command
 *         (case_do.c); it is taken back here, as the same command [OF5], with
 *         the id and the version its page was made with.
 */

#include "base/size.h"
#include "codec/json.h"
#include "domain/names.h"
#include "domain/offers.h"
#include "domain/subsidies.h"
#include "service/cases.h"
#include "web/case_page.h"
#include "web/saying.h"

static const char command_name[] = "offer.note";
static const char below[] = "/offers";

struct comparing {
    struct case_view view;
    struct comparison all;
    struct command_form command;
    str problem;
};

/* [CC1] */
static err begin(struct request *rq, struct comparing *c)
{
    const struct body *body = NULL;

    TRY(case_view_open(rq, &c->view));
    if (!c->view.owner)
        return err_new(rq->arena, ERR_DENIED, "offer.private");
    TRY(web_body(rq, &body));
    return offers_compare(rq->arena, c->view.file.state, body, &c->all);
}

/* --- the table ------------------------------------------------------------ */

/* The place of an offer among those noted, from 1. */
static int64_t number_of(const struct comparing *c, const struct offer *o)
{
    const struct money_state *m = &c->view.file.state->money;

    for (int32_t i = 0; i < m->offer_count; i++) {
        if (m->offers[i] == o)
            return i + 1;
    }
    return 0;
}

static void show_offer(const struct comparing *c, const struct offer *o,
                       struct page_compare_offers *out)
{
    out->number = number_of(c, o);
    out->cycle = o->cycle;
    out->seniors = o->seniors;
    out->team = o->team;
    out->note = o->note;
}

static err show_row(const struct comparing *c, const struct compared *row,
                    struct page_compare_offers *out)
{
    struct money_range whole = row->whole.most > 0 ? row->whole : row->price;
    bool is_range = row->price.least < row->price.most;

    *out = (struct page_compare_offers){
        .body = row->body,
        .approval = row->approval,
        .warned = row->state == APPROVAL_NOT_LISTED ||
                  row->state == APPROVAL_OTHER_FIELD,
        .own = row->offer == NULL,
        .firm = row->firm,
        .ranged = is_range,
        .price = row->price.least,
        .price_most = row->price.most,
        .price_best = (row->best & BEST_PRICE) != 0,
        .has_whole = row->whole.most > 0,
        .whole = row->whole.least,
        .whole_most = row->whole.most,
        .whole_best = (row->best & BEST_WHOLE) != 0,
        .all_in = whole.least + c->all.costs,
        .cycle_best = (row->best & BEST_CYCLE) != 0,
        .seniors_best = (row->best & BEST_SENIORS) != 0,
    };
    if (row->offer != NULL)
        show_offer(c, row->offer, out);
    return answer_id(c->view.rq, "approval.",
                     str_of(approval_names[row->state]), &out->state);
}

static err show_rows(const struct comparing *c, struct page_compare *page)
{
    struct page_compare_offers *rows;

    CASE_ROWS(&c->view, rows, c->all.count);
    for (size_t i = 0; i < c->all.count; i++)
        TRY(show_row(c, &c->all.rows[i], &rows[i]));
    page->offers = rows;
    page->offers_n = c->all.count;
    page->enough = c->all.enough;
    return OK;
}

/* --- what is missing [CC2] ------------------------------------------------ */

/* Room for what each row may lack, and for too few of them. */
enum { LACKS = 2 * (OFFER_MAX + 1) + 1 };

static err lack(const struct comparing *c, struct page_compare *page,
                struct page_compare_missing *rows, const char *message,
                const struct err_arg *args)
{
    return say(c->view.rq, message, args, &rows[page->missing_n++].what);
}

static err lack_of_row(const struct comparing *c, const struct compared *row,
                       struct page_compare *page,
                       struct page_compare_missing *rows)
{
    const struct err_arg args[] = { ARG_STR("body", row->body),
                                    ARG_STR("approval", row->approval),
                                    { 0 } };

    if (row->state == APPROVAL_NOT_LISTED)
        TRY(lack(c, page, rows, "compare_page.not_listed", args));
    if (row->state == APPROVAL_OTHER_FIELD)
        TRY(lack(c, page, rows, "compare_page.other_field", args));
    if (row->whole.most == 0)
        return lack(c, page, rows, "compare_page.no_whole", args);
    return OK;
}

static err show_missing(const struct comparing *c, struct page_compare *page)
{
    const struct err_arg few[] = {
        ARG_INT("have", (int64_t)c->all.count),
        ARG_INT("want", OFFERS_WANTED),
        { 0 },
    };
    struct page_compare_missing *rows;

    CASE_ROWS(&c->view, rows, LACKS);
    if (!c->all.enough)
        TRY(lack(c, page, rows, "compare_page.few", few));
    for (size_t i = 0; i < c->all.count; i++)
        TRY(lack_of_row(c, &c->all.rows[i], page, rows));
    page->missing = rows;
    return OK;
}

/* --- what is spent beside it, and given for it ---------------------------- */

static err show_costs(const struct comparing *c, struct page_compare *page)
{
    const struct money_state *m = &c->view.file.state->money;
    struct page_compare_costs *rows;

    CASE_ROWS(&c->view, rows, (size_t)m->cost_count);
    for (int32_t i = 0; i < m->cost_count; i++) {
        const struct own_cost *x = m->costs[i];
        struct page_compare_costs *row = &rows[page->costs_n];

        if (x->amount == 0)
            continue; /* taken back */
        page->costs_n++;
        row->provider = x->provider;
        row->amount = x->amount;
        row->note = x->note;
        TRY(answer_id(c->view.rq, "own_cost.", str_of(cost_names[x->kind]),
                      &row->kind));
    }
    page->costs = rows;
    page->costs_total = c->all.costs;
    page->spends = page->costs_n > 0;
    return OK;
}

/* [D3] [M34] Whose entry it is, and where it stands. */
static err say_subsidy(const struct comparing *c, const struct facts *f,
                       const struct subsidy *x, str *out)
{
    const struct err_arg args[] = {
        ARG_STR("programme", x->programme), ARG_STR("place", x->place),
        ARG_MONEY("amount", x->amount),     ARG_STR("document", x->document),
        ARG_STR("link", x->link),           ARG_DAY("until", x->until),
        ARG_STR("body", f->body->name_zh),  { 0 },
    };

    return say(c->view.rq, "cli.subsidy", args, out);
}

static err show_subsidies(const struct comparing *c, struct page_compare *page)
{
    struct request *rq = c->view.rq;
    struct page_compare_money *rows;
    struct facts f;

    TRY(cases_body_facts(web_app(rq), rq->arena, &c->view.file, c->view.today,
                         &f));
    CASE_ROWS(&c->view, rows, f.subsidy_count);
    for (size_t i = 0; i < f.subsidy_count; i++) {
        if (subsidy_shows(&f.subsidies[i], f.enterprise, f.today))
            TRY(say_subsidy(c, &f, &f.subsidies[i],
                            &rows[page->money_n++].what));
    }
    page->money = rows;
    return OK;
}

/* --- the page ------------------------------------------------------------- */

static err show(const struct comparing *c, struct response *rs, int status)
{
    struct request *rq = c->view.rq;
    struct page_compare page = {
        .number = c->view.file.number,
        .enterprise = c->view.file.enterprise.name,
        .token = web_visit(rq)->token,
        .version = c->command.version,
        .problem = c->problem,
    };
    struct buf b;

    TRY(command_form_text(rq, c->command.id, &page.command_id));
    TRY(case_view_address(&c->view, below, &page.way));
    TRY(case_view_ask(&c->view, command_name, &page.may, NULL));
    TRY(show_rows(c, &page));
    TRY(show_missing(c, &page));
    TRY(show_costs(c, &page));
    TRY(show_subsidies(c, &page));
    TRY(visit_work(rq, c->view.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_compare_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_offers(struct request *rq, struct response *rs)
{
    struct comparing c = { .problem = S("") };

    TRY(begin(rq, &c));
    TRY(command_form_new(rq, c.view.file.state->version, &c.command));
    return show(&c, rs, 200);
}

/* --- taking one back [CC3] ------------------------------------------------ */

/* NULL: there is none of this number. */
static const struct offer *find_offer(const struct comparing *c)
{
    const struct money_state *m = &c->view.file.state->money;
    int64_t number = 0;

    if (!number_in_digits(answer_field(c->view.rq, S("offer")), 1,
                          m->offer_count, &number))
        return NULL;
    return m->offers[number - 1];
}

static err data_of(struct arena *a, const struct offer *o, struct json **out)
{
    struct json *data = json_new_object(a);

    TRY_MEMORY(data);
    json_set(data, S("body"), json_new_str(a, o->body));
    json_set(data, S("approval"), json_new_str(a, o->approval));
    json_set(data, S("cycle"), json_new_int(a, o->cycle));
    json_set(data, S("price"), json_new_int(a, 0));
    TRY_MEMORY(!data->broken);
    *out = data;
    return OK;
}

static err take_back(const struct comparing *c)
{
    struct request *rq = c->view.rq;
    const struct offer *o = find_offer(c);
    struct json *data;
    struct case_answer unused;

    if (o == NULL)
        return err_new(rq->arena, ERR_NOT_FOUND, "offer.none");
    TRY(data_of(rq->arena, o, &data));
    const struct case_order order =
        case_view_order(&c->view, &c->command, command_name, data);
    return cases_do(web_app(rq), rq->arena, &order, &unused);
}

static err post_offers(struct request *rq, struct response *rs)
{
    struct comparing c = { .problem = S("") };

    TRY(begin(rq, &c));
    TRY(command_form_read(rq, &c.command));
    err e = take_back(&c);
    if (!failed(e))
        return case_view_go(&c.view, below, rs);
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &c.problem));
    c.command.version = c.view.file.state->version;
    return show(&c, rs, answer_status(e));
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/offers", RIGHT_IN, BODY_NONE, get_offers },
    { METHOD_POST, "/cases/{number}/offers", RIGHT_IN, BODY_FORM, post_offers },
};

const struct route_table case_compare_routes = { routes, COUNT(routes) };
