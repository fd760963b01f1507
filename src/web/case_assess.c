/*
 * case_assess -- the self-assessment of a case, step by step, with the score
 * as it stands. [M7]
 *
 *   [AS1] Questions, score, level and gap are those of the public self-check
 *         (selfcheck.h), of the very package the case is bound to and of the
 *         level it applies for.
 *   [AS2] What is answered is kept as one goes, the visitor's own
 *         (service/drafts.h), until it is recorded; then the record is what is
 *         gone on with.
 *   [AS3] What an audit alone finds, special deductions and the bonus, is not
 *         asked: nobody assesses that of themselves.
 */

#include "web/case_assess.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "domain/names.h"
#include "domain/rights.h"
#include "http/percent.h"
#include "service/case_acts.h"

enum { ADDRESS_MOST = 400, OWN_FIELDS = 3, NAME_MOST = 60 };
enum { TYPED_MOST = 2 * DRAFT_MAX };

static const char command_name[] = "assessment.record";

/* --- what was answered [AS2] ---------------------------------------------- */

static err read_draft(struct assessing *x, str body)
{
    struct arena *a = x->view.rq->arena;
    struct form_field *at;
    struct json *j;
    size_t n = 0;

    TRY(json_parse(a, body, &j));
    at = arena_array(a, j->count, sizeof *at);
    TRY_MEMORY(at);
    for (const struct json *m = j->first; m != NULL; m = m->next)
        at[n++] = (struct form_field){ m->key, m->text };
    x->given = (struct form){ at, n };
    return OK;
}

/* "5.1.2:k" and its number. */
static err add_part(struct arena *a, str name, const char *part, int64_t n,
                    struct form_field *out)
{
    struct buf b;

    buf_init(&b, a, name.n + NAME_MOST);
    buf_str(&b, name);
    buf_str(&b, str_of(part));
    TRY(buf_done(&b, &out->name));
    buf_init(&b, a, TEXT_VALUE);
    buf_int(&b, n);
    return buf_done(&b, &out->value);
}

static err add_ratio(struct arena *a, str name, int64_t k, int64_t of,
                     struct form_field *at, size_t *n)
{
    TRY(add_part(a, name, ":k", k, &at[(*n)++]));
    return add_part(a, name, ":n", of, &at[(*n)++]);
}

/* What is on record, as it would have been answered here. */
static err read_recorded(struct assessing *x,
                         const struct assessment_recorded *r)
{
    static const str said[] = {
        [RESULT_MET] = S_INIT("met"),
        [RESULT_NOT_MET] = S_INIT("not"),
        [RESULT_NA] = S_INIT("na"),
    };
    struct arena *a = x->view.rq->arena;
    const struct reply *reply = r->answers.p;
    const struct figure_reply *figure = r->figures.p;
    struct form_field *at =
        arena_array(a, 2 * (r->answers.n + r->figures.n), sizeof *at);
    size_t n = 0;

    TRY_MEMORY(at);
    for (size_t i = 0; i < r->answers.n; i++) {
        if (reply[i].result == RESULT_SAMPLED)
            TRY(add_ratio(a, reply[i].indicator, reply[i].k, reply[i].n, at,
                          &n));
        else
            at[n++] = (struct form_field){ reply[i].indicator,
                                           said[reply[i].result] };
    }
    for (size_t i = 0; i < r->figures.n; i++)
        TRY(add_ratio(a, figure[i].figure, figure[i].k, figure[i].n, at, &n));
    x->given = (struct form){ at, n };
    return OK;
}

err assess_open(struct request *rq, struct assessing *x)
{
    const struct state *s;
    str body;

    *x = (struct assessing){ .asked = *rq };
    TRY(case_view_open(rq, &x->view));
    TRY(case_act_ask(web_app(rq), rq->arena, x->view.who, &x->view.file,
                     x->view.today, right_find(command_name)));
    x->draft = (struct draft_of){ x->view.who, &x->view.file, command_name,
                                  x->view.today };
    TRY(draft_read(web_app(rq), rq->arena, &x->draft, &body));
    if (body.n > 0)
        return read_draft(x, body);
    s = x->view.file.state;
    return s->assessment == NULL ? OK : read_recorded(x, s->assessment);
}

/* [AS1] As if its address said what was answered, and which level is wanted. */
err assess_take(struct assessing *x, str page)
{
    struct request *rq = x->view.rq;
    const struct state *s = x->view.file.state;
    struct form_field *at =
        arena_array(rq->arena, x->given.n + OWN_FIELDS, sizeof *at);
    size_t n = 0;

    TRY_MEMORY(at);
    for (size_t i = 0; i < x->given.n; i++)
        at[n++] = x->given.at[i];
    at[n++] = (struct form_field){ S("page"), page };
    at[n++] = (struct form_field){ S("wish"), s->opened->level };
    at[n++] = (struct form_field){ S("lang"), lang_tag(web_lang(rq)) };
    x->asked.query = (struct form){ at, n };
    TRY(check_of(&x->asked, s->scheme, &x->check));
    if (s->scheme->figure_count == 0) /* [AS3] nothing but figures is left */
        x->check.steps = x->check.pages;
    if (x->check.step > x->check.steps)
        x->check.step = x->check.steps;
    return OK;
}

err assess_way(const struct assessing *x, const char *more, str *out)
{
    struct buf b;

    buf_init(&b, x->view.rq->arena, ADDRESS_MOST);
    buf_str(&b, S("/cases/"));
    percent_encode(&b, x->view.file.number);
    buf_str(&b, S("/assess"));
    buf_str(&b, str_of(more));
    return buf_done(&b, out);
}

/* --- a step --------------------------------------------------------------- */

static err show_asks(const struct check *c, struct page_assess *page)
{
    TRY(check_asks(c, &page->asks));
    page->asks.has_specials = false; /* [AS3] */
    page->asks.wishes_n = 0;         /* the case's level */
    return OK;
}

static err show(struct assessing *x, struct response *rs, int status,
                str problem)
{
    struct request *rq = x->view.rq;
    const struct check *c = &x->check;
    const struct state *s = x->view.file.state;
    struct page_assess page = {
        .number = x->view.file.number,
        .name = web_label(rq, s->scheme->name),
        .wanted = case_view_level(&x->view, s->opened->level),
        .token = web_visit(rq)->token,
        .problem = problem,
        .step = c->step,
        .steps = c->steps,
        .answered = check_answered(c),
        .of = (int64_t)s->scheme->leaf_count,
        .has_back = c->step > 1,
        .back = c->step - 1,
        .has_next = c->step < c->steps,
        .next = c->step + 1,
    };
    struct page_check_gap unused = { 0 };
    struct buf b;

    TRY(assess_way(x, "", &page.way));
    TRY(show_asks(c, &page));
    TRY(check_result(c, &page.score, &unused));
    TRY(visit_work(rq, x->view.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_assess_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static err get_assess(struct request *rq, struct response *rs)
{
    struct assessing x;

    TRY(assess_open(rq, &x));
    TRY(assess_take(&x, asked(rq, "page")));
    return x.check.done ? assess_result_page(&x, rs) : show(&x, rs, 200, S(""));
}

/* --- keeping what was answered [AS2] -------------------------------------- */

static err put(struct json *all, struct arena *a, const struct form_field *f)
{
    if (json_get(all, f->name) == NULL)
        TRY_MEMORY(json_set(all, f->name, json_new_str(a, f->value)));
    return OK;
}

/* What other steps asked stays; what this one asks is as it was sent. */
static err keep(struct assessing *x)
{
    struct request *rq = x->view.rq;
    struct json *all = json_new_object(rq->arena);
    str body;

    TRY_MEMORY(all);
    for (size_t i = 0; i < x->given.n; i++) {
        if (!check_asks_here(&x->check, x->given.at[i].name))
            TRY(put(all, rq->arena, &x->given.at[i]));
    }
    for (size_t i = 0; i < rq->form.n; i++) {
        const struct form_field *f = &rq->form.at[i];

        if (check_keeps(&x->check, f) && check_asks_here(&x->check, f->name))
            TRY(put(all, rq->arena, f));
    }
    TRY(json_text(rq->arena, all, TYPED_MOST, &body));
    TRY(read_draft(x, body));
    return draft_write(web_app(rq), rq->arena, &x->draft, body);
}

/* The score alone, for a script that put it beside the form. */
static err send_score(struct assessing *x, struct response *rs, str step)
{
    struct page_check_score score = { 0 };
    struct page_check_gap unused = { 0 };
    struct buf b;

    TRY(assess_take(x, step));
    TRY(check_result(&x->check, &score, &unused));
    case_view_buf(x->view.rq, &b);
    page_check_score_render(&b, web_lang(x->view.rq), &score);
    return web_send(x->view.rq, rs, 200, &b, NULL);
}

/* To a step, or the result: what its button says, else the first. */
static err go_on(const struct assessing *x, struct response *rs)
{
    str page = answer_field(x->view.rq, S("page"));
    int64_t step = 1;
    struct buf b;
    str way;

    TRY(assess_way(x, "", &way));
    buf_init(&b, x->view.rq->arena, ADDRESS_MOST);
    buf_str(&b, way);
    buf_str(&b, S("?page="));
    (void)number_in_digits(page, 1, LEAF_MAX, &step);
    if (str_eq(page, S("result")))
        buf_str(&b, page);
    else
        buf_int(&b, step);
    TRY(buf_done(&b, &way));
    return respond_redirect(rs, 303, way);
}

static err post_assess(struct request *rq, struct response *rs)
{
    struct assessing x;
    str step = answer_field(rq, S("step"));
    str words;

    TRY(assess_open(rq, &x));
    TRY(assess_take(&x, step));
    err e = keep(&x);
    if (failed(e) && !answer_is_theirs(e) && !err_is(e, ERR_LIMIT))
        return e;
    if (failed(e)) {
        TRY(answer_words(rq, e, &words));
        TRY(assess_take(&x, step));
        return show(&x, rs, answer_status(e), words);
    }
    if (answer_field(rq, S("quiet")).n > 0)
        return send_score(&x, rs, step);
    return go_on(&x, rs);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/assess", RIGHT_IN, BODY_NONE, get_assess },
    { METHOD_POST, "/cases/{number}/assess", RIGHT_IN, BODY_FORM, post_assess },
    { METHOD_POST, "/cases/{number}/assess/record", RIGHT_IN, BODY_FORM,
      assess_record_post },
};

const struct route_table case_assess_routes = { routes, COUNT(routes) };
