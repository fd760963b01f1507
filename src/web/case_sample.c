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

#include "base/arena.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/rights.h"
#include "domain/sampling.h"
#include "http/percent.h"
#include "service/case_acts.h"
#include "service/records_risk_case.h"
#include "sys/entropy.h"
#include "web/case_page.h"
#include "web/case_risk.h"
#include "web/case_turn.h"
#include "web/saying.h"

enum { ADDRESS_MOST = 400 };

static const char command_name[] = "sample.give_nonce";

struct tossing {
    struct case_view view;
    id command_id;
    int64_t version;
    str nonce;
    str problem;
    str risk_problem; /* of the form of notes (case_risk.h) */
};

static err hex(struct arena *a, const uint8_t *bytes, size_t n, str *out)
{
    struct buf b;

    buf_init(&b, a, 2 * n);
    buf_hex(&b, bytes, n);
    return buf_done(&b, out);
}

static err way_of(const struct tossing *t, str *out)
{
    struct buf b;

    buf_init(&b, t->view.rq->arena, ADDRESS_MOST);
    buf_str(&b, S("/cases/"));
    percent_encode(&b, t->view.file.number);
    buf_str(&b, S("/sample"));
    return buf_done(&b, out);
}

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
    TRY(hex(a, x->drawn->nonce.b, sizeof x->drawn->nonce.b, &page->body_nonce));
    TRY(hex(a, x->drawn->seed.b, sizeof x->drawn->seed.b, &page->seed));
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
    TRY(hex(a, x->commitment->list.b, sizeof x->commitment->list.b,
            &page->list_hash));
    TRY(hex(a, x->commitment->commitment.b, sizeof x->commitment->commitment.b,
            &page->commitment));
    page->given = x->nonce != NULL;
    if (!page->given)
        return OK;
    TRY(hex(a, x->nonce->nonce.b, sizeof x->nonce->nonce.b, &page->own_nonce));
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
        .version = t->version,
        .nonce = t->nonce,
        .problem = t->problem,
        .lists =
            t->view.file.state->scheme->sample.used && has_a_list(&t->view),
    };
    char text[ID_TEXT];
    struct buf b;

    TRY_MEMORY(
        arena_str(rq->arena, id_text(t->command_id, text), &page.command_id));
    TRY(way_of(t, &page.way));
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

    t->version = t->view.file.state->version;
    TRY(entropy_id(entropy, &t->command_id));
    TRY(entropy_fill(entropy, bytes, sizeof bytes));
    return hex(rq->arena, bytes, sizeof bytes, &t->nonce);
}

static err get_sample(struct request *rq, struct response *rs)
{
    struct tossing t = { .version = 0 };

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
    struct case_order order = { .who = t->view.who,
                                .today = t->view.today,
                                .ref = t->view.file.number };
    struct case_answer unused;
    int64_t version = 0;

    if (!number_in_digits(answer_field(rq, S("version")), 0, INT32_MAX,
                          &version) ||
        !id_parse(answer_field(rq, S("command-id")), &order.command_id) ||
        id_is_zero(order.command_id))
        return err_new(rq->arena, ERR_DENIED, "visit.token");
    if (sent == NULL || (sent->name.n == 0 && sent->bytes.n == 0))
        return err_new(rq->arena, ERR_INVALID, "case.file_none");
    order.expected = version;

    const struct risk_file file = { .name = sent->name, .bytes = sent->bytes };
    return records_risk_add(web_app(rq), rq->arena, &order, &file, &unused);
}

static err post_risk(struct request *rq, struct response *rs)
{
    struct tossing t = { .version = 0 };
    str way;

    TRY(case_view_open_papers(rq, &t.view));
    err e = note_risk(&t);
    if (!failed(e)) {
        TRY(way_of(&t, &way));
        return respond_redirect(rs, 303, way);
    }
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &t.risk_problem));
    TRY(propose(&t));
    return show(&t, rs, answer_status(e));
}

/* --- giving the number ---------------------------------------------------- */

/* [CT4] */
static err read_own(struct request *rq, struct tossing *t)
{
    bool version = number_in_digits(answer_field(rq, S("version")), 0,
                                    INT32_MAX, &t->version);

    if (!version ||
        !id_parse(answer_field(rq, S("command-id")), &t->command_id) ||
        id_is_zero(t->command_id))
        return err_new(rq->arena, ERR_DENIED, "visit.token");
    t->nonce = answer_field(rq, S("nonce"));
    return OK;
}

static err give(const struct tossing *t)
{
    struct request *rq = t->view.rq;
    struct json *data = json_new_object(rq->arena);
    struct case_answer unused;

    TRY_MEMORY(data);
    json_set(data, S("nonce"), json_new_str(rq->arena, t->nonce));
    TRY_MEMORY(!data->broken);
    const struct case_order order = {
        .who = t->view.who,
        .today = t->view.today,
        .ref = t->view.file.number,
        .command = S("sample.give_nonce"),
        .data = data,
        .command_id = t->command_id,
        .expected = t->version,
    };
    return cases_do(web_app(rq), rq->arena, &order, &unused);
}

static err post_sample(struct request *rq, struct response *rs)
{
    struct tossing t = { .version = 0 };
    str way;

    TRY(case_view_open(rq, &t.view));
    TRY(read_own(rq, &t));
    err e = give(&t);
    if (!failed(e)) {
        TRY(way_of(&t, &way));
        return respond_redirect(rs, 303, way);
    }
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &t.problem));
    t.version = t.view.file.state->version;
    return show(&t, rs, answer_status(e));
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/sample", RIGHT_IN, BODY_NONE, get_sample },
    { METHOD_POST, "/cases/{number}/sample", RIGHT_IN, BODY_FORM, post_sample },
    { METHOD_POST, "/cases/{number}/risk", RIGHT_IN, BODY_UPLOAD, post_risk },
};

const struct route_table case_sample_routes = { routes, COUNT(routes) };
