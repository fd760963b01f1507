/*
 * intake -- is an application complete?  Each item that the package asks for,
 * as the rules judge it, with its document; and the notice or the acceptance
 * that follows. [M12] [17065 7.3]
 *
 *   [IK1] Whether an item is in order domain/completeness says, as of the day
 *         of the application; what the package does not require lacks nothing.
 *   [IK2] The notice is filled with what is ticked, at first with all that is
 *         lacking; what it says in the end its sender decides.
 *   [IK3] The forms are those of the commands (case_do.c), for whoever may give
 *         them now; where acceptance would be refused, it says why.
 */

#include "base/buf.h"
#include "base/hex.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/completeness.h"
#include "domain/rights.h"
#include "service/case_acts.h"
#include "web/case_page.h"
#include "web/saying.h"

enum { NOTE_MOST = 1 << 14 };

/* --- the items [IK1] ------------------------------------------------------ */

static const char *lack_word(int why)
{
    static const char *const ids[] = {
        [LACK_MISSING] = "lack.missing",
        [LACK_PERIOD] = "lack.period",
        [LACK_SHORT] = "lack.short",
    };

    return ids[why];
}

/* Why the item is not in order; NULL: it is, or nobody has to hand it in. */
static const char *lack_of(const struct list *missing, str requirement)
{
    const struct missing *m = missing->p;

    for (size_t i = 0; i < missing->n; i++) {
        if (str_eq(m[i].requirement, requirement))
            return lack_word(m[i].why);
    }
    return NULL;
}

static err show_document(const struct case_view *v, const struct document *d,
                         struct page_intake_items *out)
{
    if (d == NULL)
        return OK;
    out->there = true;
    out->title = d->title;
    out->on = case_view_added(v, d);
    out->from = d->covers_from;
    out->to = d->covers_to;
    out->period = d->covers_from != DAY_NEVER && d->covers_to != DAY_NEVER;
    return hex_text(v->rq->arena, d->blob.b, sizeof d->blob.b, &out->hash);
}

/* Ticked by hand, once the notice was filled anew; before, what is lacking. */
static bool is_ticked(struct request *rq, str requirement, bool lacks)
{
    if (asked(rq, "filled").n == 0)
        return lacks;
    for (size_t i = 0; i < rq->query.n; i++) {
        if (str_eq(rq->query.at[i].name, S("tick")) &&
            str_eq(rq->query.at[i].value, requirement))
            return true;
    }
    return false;
}

static err show_item(const struct case_view *v, size_t i,
                     const struct list *missing, struct page_intake_items *out)
{
    const struct requirement *r = &v->file.state->scheme->requirements[i];
    const struct document *d = v->file.state->requirements[i].document;
    const char *why = lack_of(missing, r->id);

    *out = (struct page_intake_items){
        .requirement = r->id,
        .label = web_label(v->rq, r->label),
        .required = r->required,
        .met = why == NULL && d != NULL,
        .missing = why != NULL,
        .why = why,
        .ticked = is_ticked(v->rq, r->id, why != NULL),
    };
    return show_document(v, d, out);
}

static err show_items(const struct case_view *v, struct page_intake *page)
{
    const struct state *s = v->file.state;
    size_t n = s->scheme->requirement_count;
    struct page_intake_items *rows;
    struct list missing;

    TRY(completeness_missing(v->rq->arena, s, s->applied_on, &missing));
    CASE_ROWS(v, rows, n);
    for (size_t i = 0; i < n; i++)
        TRY(show_item(v, i, &missing, &rows[i]));
    page->applied_on = s->applied_on;
    page->lacking = (int64_t)missing.n;
    page->items = rows;
    page->items_n = n;
    return OK;
}

/* --- the notice [IK2] ----------------------------------------------------- */

static err say_item(struct request *rq, const struct page_intake_items *x,
                    struct buf *b)
{
    const char *why = x->why != NULL ? x->why
                      : x->there     ? "intake_room.again"
                                     : "lack.missing";
    const struct err_arg args[] = {
        ARG_STR("item", x->label),
        ARG_STR("why", text_get(web_lang(rq), why)),
        { 0 },
    };
    str line;

    TRY(say(rq, "intake_room.line", args, &line));
    buf_str(b, S("\n- "));
    buf_str(b, line);
    return OK;
}

static err fill_note(struct request *rq, struct page_intake *page)
{
    struct buf b;
    size_t n = 0;

    buf_init(&b, rq->arena, NOTE_MOST);
    buf_str(&b, text_get(web_lang(rq), "intake_room.asked"));
    for (size_t i = 0; i < page->items_n; i++) {
        if (!page->items[i].ticked)
            continue;
        TRY(say_item(rq, &page->items[i], &b));
        n++;
    }
    return n == 0 ? OK : buf_done(&b, &page->note);
}

/* --- what may be done [IK3] ----------------------------------------------- */

static bool is_a_refusal(err e)
{
    return err_is(e, ERR_DENIED) || err_is(e, ERR_REFUSED) ||
           err_is(e, ERR_LIMIT);
}

static err may_give(const struct case_view *v, const char *command, bool *out)
{
    err e = case_act_ask(web_app(v->rq), v->rq->arena, v->who, &v->file,
                         v->today, right_find(command));

    *out = !failed(e) && v->file.state->waiting == WAITING_BODY;
    return failed(e) && !is_a_refusal(e) ? e : OK;
}

/* Would it be carried out?  What is lacking is said above already. */
static err ask_accept(const struct case_view *v, struct page_intake *page)
{
    struct case_order order = {
        .who = v->who,
        .today = v->today,
        .ref = v->file.number,
        .command = S("application.accept"),
        .data = json_new_object(v->rq->arena),
        .expected = -1,
    };
    err e;

    TRY_MEMORY(order.data);
    if (page->lacking > 0)
        return OK;
    e = cases_ask(web_app(v->rq), v->rq->arena, &order);
    page->accepting = !failed(e);
    if (!failed(e))
        return OK;
    return answer_is_theirs(e) ? answer_words(v->rq, e, &page->hindrance) : e;
}

static err show_forms(struct request *rq, const struct case_view *v,
                      struct page_intake *page)
{
    bool accepts = false;

    TRY(may_give(v, "supplement.ask", &page->asking));
    TRY(may_give(v, "application.accept", &accepts));
    page->token = web_visit(rq)->token;
    page->version = v->file.state->version;
    TRY(command_form_new_text(rq, &page->ask_id));
    TRY(command_form_new_text(rq, &page->accept_id));
    TRY(fill_note(rq, page));
    return accepts ? ask_accept(v, page) : OK;
}

static err get_check(struct request *rq, struct response *rs)
{
    struct page_intake page = { .asking = false };
    struct case_view v;
    struct buf b;

    TRY(case_view_open(rq, &v));
    if (v.file.state->application == NULL || v.owner)
        return err_new(rq->arena, ERR_NOT_FOUND, "case.missing",
                       ARG_STR("ref", v.file.number));
    page.number = v.file.number;
    TRY(case_view_room(&v, TAB_PAPERS, &page.head));
    TRY(show_items(&v, &page));
    TRY(show_forms(rq, &v, &page));
    TRY(visit_work(rq, v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_intake_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/check", RIGHT_BODY, BODY_NONE, get_check },
};

const struct route_table intake_routes = { routes, COUNT(routes) };
