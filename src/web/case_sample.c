/*
 * case_sample -- which customers are asked: the coin toss between the body and
 * the enterprise, and how to check what was drawn. [M16]
 *
 *   [CT1] Whoever may read the case sees how far the toss is; the enterprise's
 *         number is given by whoever may (domain/rights).
 *   [CT2] A number is proposed by the server, fresh each time; a script makes
 *         another in the browser, so that not even the server knows it first.
 *   [CT3] Which rows of the list were drawn is said once the audit is closed:
 *         before, whoever knows them could speak to a customer first.
 *   [CT4] The form carries the id of its command and the version of the case.
 */

#include "base/hex.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/rights.h"
#include "domain/sampling.h"
#include "service/case_acts.h"
#include "service/records_risk_case.h"
#include "sys/entropy.h"
#include "web/case_page.h"
#include "web/case_risk.h"
#include "web/case_turn.h"
#include "web/saying.h"

static const char command_name[] = "sample.give_nonce";
static const char below[] = "/sample";

struct tossing {
    struct case_view view;
    struct command_form command;
    str nonce;
    str problem;
    str risk_problem; /* of the form of notes (case_risk.h) */
};

/* --- how far it is -------------------------------------------------------- */

/* [CT3] */
static err show_rows(const struct tossing *t, struct page_case_sample *page)
{
    const struct state *s = t->view.file.state;
    const struct sample_drawn *d = s->sample.drawn;
    int64_t size = s->sample.commitment->size;
    struct page_case_sample_rows *rows;

    page->told = s->closing_held;
    if (!page->told)
        return OK;
    CASE_ROWS(&t->view, rows, (size_t)d->wanted);
    for (int64_t i = 1; i <= d->wanted && i <= size; i++)
        rows[page->rows_n++] = (struct page_case_sample_rows){
            .row = sampling_row(&d->seed, size, i),
        };
    page->rows = rows;
    return OK;
}

static err show_drawn(const struct tossing *t, struct page_case_sample *page)
{
    const struct sample_state *x = &t->view.file.state->sample;
    struct arena *a = t->view.rq->arena;

    page->drawn = x->drawn != NULL;
    if (!page->drawn)
        return OK;
    page->drawn_on = x->drawn_on;
    TRY(hex_text(a, x->drawn->nonce.b, sizeof x->drawn->nonce.b,
                 &page->body_nonce));
    TRY(hex_text(a, x->drawn->seed.b, sizeof x->drawn->seed.b, &page->seed));
    return show_rows(t, page);
}

static err show_state(const struct tossing *t, struct page_case_sample *page)
{
    const struct state *s = t->view.file.state;
    const struct sample_state *x = &s->sample;
    struct arena *a = t->view.rq->arena;

    page->none = !s->scheme->sample.used;
    page->committed = x->commitment != NULL;
    if (!page->committed)
        return OK;
    page->size = x->commitment->size;
    page->wanted = sampling_wanted(s);
    TRY(hex_text(a, x->commitment->list.b, sizeof x->commitment->list.b,
                 &page->list_hash));
    TRY(hex_text(a, x->commitment->commitment.b,
                 sizeof x->commitment->commitment.b, &page->commitment));
    page->given = x->nonce != NULL;
    if (!page->given)
        return OK;
    TRY(hex_text(a, x->nonce->nonce.b, sizeof x->nonce->nonce.b,
                 &page->own_nonce));
    return show_drawn(t, page);
}

/* [CT1] */
static err ask(const struct tossing *t, bool *may)
{
    const struct case_view *v = &t->view;
    const struct sample_state *x = &v->file.state->sample;
    err e = case_act_ask(web_app(v->rq), v->rq->arena, v->who, &v->file,
                         v->today, right_find(command_name));

    if (failed(e) && !err_is(e, ERR_DENIED) && !err_is(e, ERR_REFUSED))
        return e;
    *may = !failed(e) && x->commitment != NULL && x->nonce == NULL;
    return OK;
}

/* Those who have a list to check (case_customers.c [CU1]). */
static bool has_a_list(const struct case_view *v)
{
    return v->owner || !failed(case_act_prepare(web_app(v->rq), v->rq->arena,
                                                v->who, &v->file, v->today,
                                                right_find("sample.commit")));
}

static err show(const struct tossing *t, struct response *rs, int status)
{
    struct request *rq = t->view.rq;
    struct page_case_sample page = {
        .number = t->view.file.number,
        .enterprise = t->view.file.enterprise.name,
        .token = web_visit(rq)->token,
        .version = t->command.version,
        .nonce = t->nonce,
        .problem = t->problem,
        .lists =
            t->view.file.state->scheme->sample.used && has_a_list(&t->view),
    };
    struct buf b;

    TRY(command_form_text(rq, t->command.id, &page.command_id));
    TRY(case_view_address(&t->view, below, &page.way));
    TRY(ask(t, &page.may));
    TRY(case_turn_says(&t->view, "sample_page.not_fixed", &page.not_fixed));
    TRY(show_state(t, &page));
    TRY(case_risk_show(&t->view, t->risk_problem, &page.risk));
    TRY(visit_work(rq, t->view.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_sample_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

/* [CT2] */
static err propose(struct tossing *t)
{
    struct request *rq = t->view.rq;
    struct entropy *entropy = app_world_of(web_app(rq))->entropy;
    uint8_t bytes[32];

    TRY(command_form_new(rq, t->view.file.state->version, &t->command));
    TRY(entropy_fill(entropy, bytes, sizeof bytes));
    return hex_text(rq->arena, bytes, sizeof bytes, &t->nonce);
}

static err get_sample(struct request *rq, struct response *rs)
{
    struct tossing t = { .nonce = S("") };

    TRY(case_view_open(rq, &t.view));
    TRY(propose(&t));
    return show(&t, rs, 200);
}

/* --- a note of rows to draw (case_risk.h) --------------------------------- */

/* [WR3] */
static err note_risk(const struct tossing *t)
{
    struct request *rq = t->view.rq;
    const struct upload_file *sent = upload_get(&rq->upload, S("file"));
    struct command_form command;
    struct case_answer unused;

    TRY(command_form_read(rq, &command));
    if (sent == NULL || (sent->name.n == 0 && sent->bytes.n == 0))
        return err_new(rq->arena, ERR_INVALID, "case.file_none");

    const struct risk_file file = { .name = sent->name, .bytes = sent->bytes };
    const struct case_order order =
        case_view_order(&t->view, &command, "risk.note", NULL);
    return records_risk_add(web_app(rq), rq->arena, &order, &file, &unused);
}

static err post_risk(struct request *rq, struct response *rs)
{
    struct tossing t = { .nonce = S("") };

    TRY(case_view_open_papers(rq, &t.view));
    err e = note_risk(&t);
    if (!failed(e))
        return case_view_go(&t.view, below, rs);
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &t.risk_problem));
    TRY(propose(&t));
    return show(&t, rs, answer_status(e));
}

/* --- giving the number ---------------------------------------------------- */

/* [CT4] */
static err give(const struct tossing *t)
{
    struct request *rq = t->view.rq;
    struct json *data = json_new_object(rq->arena);
    struct case_answer unused;

    TRY_MEMORY(data);
    json_set(data, S("nonce"), json_new_str(rq->arena, t->nonce));
    TRY_MEMORY(!data->broken);
    const struct case_order order =
        case_view_order(&t->view, &t->command, command_name, data);
    return cases_do(web_app(rq), rq->arena, &order, &unused);
}

static err post_sample(struct request *rq, struct response *rs)
{
    struct tossing t = { .nonce = S("") };

    TRY(case_view_open(rq, &t.view));
    TRY(command_form_read(rq, &t.command));
    t.nonce = answer_field(rq, S("nonce"));
    err e = give(&t);
    if (!failed(e))
        return case_view_go(&t.view, below, rs);
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &t.problem));
    t.command.version = t.view.file.state->version;
    return show(&t, rs, answer_status(e));
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/sample", RIGHT_IN, BODY_NONE, get_sample },
    { METHOD_POST, "/cases/{number}/sample", RIGHT_IN, BODY_FORM, post_sample },
    { METHOD_POST, "/cases/{number}/risk", RIGHT_IN, BODY_UPLOAD, post_risk },
};

const struct route_table case_sample_routes = { routes, COUNT(routes) };
