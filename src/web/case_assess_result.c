/*
 * case_assess_result -- what a self-assessment comes to, and recording it in
 * the case. [M7] [M26]
 *
 *   [AR1] What is recorded is what was kept, of the version of the case that
 *         was shown, under the page's own command id: twice is once.
 *   [AR2] Whoever says that an indicator does not apply says why; no answer is
 *         recorded as none.
 */

#include "base/size.h"
#include "codec/json.h"
#include "domain/groups.h"
#include "domain/names.h"
#include "web/case_assess.h"
#include "web/radar.h"

enum { NAME_MOST = 60, PERMILLE_TO_POINTS = 10 };

struct recording {
    struct assessing *assessing;
    struct command_form command;
    str problem;
};

/* --- group by group ------------------------------------------------------- */

static err draw(const struct assessing *x, const struct group *g, size_t n,
                struct page_assess_result *page)
{
    const struct case_view *v = &x->view;
    struct radar_share shares[GROUP_MAX];

    page->drawn = n >= 3;
    if (!page->drawn)
        return OK;
    for (size_t i = 0; i < n; i++)
        shares[i] = (struct radar_share){
            x->check.scheme->indicators[g[i].indicator].id, g[i].share
        };
    return radar_draw(v->rq->arena, shares, n, &page->picture);
}

static err show_groups(const struct assessing *x,
                       struct page_assess_result *page)
{
    const struct scheme *s = x->check.scheme;
    struct group g[GROUP_MAX];
    size_t n = groups_of(s, x->check.given.answers, g);
    struct page_assess_result_groups *rows;

    CASE_ROWS(&x->view, rows, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct page_assess_result_groups){
            .id = s->indicators[g[i].indicator].id,
            .what = web_label(x->view.rq, s->indicators[g[i].indicator].label),
            .share = (int64_t)g[i].share * PERMILLE_TO_POINTS,
            .applies = g[i].applies,
        };
    page->groups = rows;
    page->groups_n = n;
    return draw(x, g, n, page);
}

/* --- why something does not apply [AR2] ----------------------------------- */

static str recorded_reason(const struct state *s, str indicator)
{
    const struct reply *r =
        s->assessment == NULL ? NULL : s->assessment->answers.p;

    for (size_t i = 0; r != NULL && i < s->assessment->answers.n; i++) {
        if (str_eq(r[i].indicator, indicator))
            return r[i].reason;
    }
    return S("");
}

/* As it was typed, else as it is on record. */
static err reason_of(const struct assessing *x, str indicator, str *out)
{
    struct buf b;
    str name;

    buf_init(&b, x->view.rq->arena, NAME_MOST);
    buf_str(&b, S("why:"));
    buf_str(&b, indicator);
    TRY(buf_done(&b, &name));
    *out = answer_field(x->view.rq, name);
    if (out->n == 0)
        *out = recorded_reason(x->view.file.state, indicator);
    return OK;
}

static err show_reasons(const struct assessing *x,
                        struct page_assess_result *page)
{
    const struct scheme *s = x->check.scheme;
    struct page_assess_result_reasons *rows;

    CASE_ROWS(&x->view, rows, s->leaf_count);
    for (size_t i = 0; i < s->leaf_count; i++) {
        const struct indicator *leaf = scheme_leaf_at(s, (int32_t)i);
        struct page_assess_result_reasons *row = &rows[page->reasons_n];

        if (x->check.given.answers[i].kind != ANSWER_NOT_APPLICABLE)
            continue;
        row->id = leaf->id;
        row->what = web_label(x->view.rq, leaf->label);
        TRY(reason_of(x, leaf->id, &row->why));
        page->reasons_n++;
    }
    page->reasons = rows;
    return OK;
}

/* --- the page ------------------------------------------------------------- */

static err show(const struct recording *r, struct response *rs, int status)
{
    const struct assessing *x = r->assessing;
    struct request *rq = x->view.rq;
    const struct state *s = x->view.file.state;
    struct page_assess_result page = {
        .number = x->view.file.number,
        .name = web_label(rq, s->scheme->name),
        .token = web_visit(rq)->token,
        .version = r->command.version,
        .problem = r->problem,
        .recorded = s->assessment != NULL,
    };
    struct buf b;

    TRY(command_form_text(rq, r->command.id, &page.command_id));
    TRY(assess_way(x, "?page=1", &page.way));
    TRY(assess_way(x, "/record", &page.record_way));
    TRY(check_result(&x->check, &page.score, &page.gap));
    TRY(show_groups(x, &page));
    TRY(show_reasons(x, &page));
    TRY(visit_work(rq, x->view.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_assess_result_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

err assess_result_page(struct assessing *x, struct response *rs)
{
    struct request *rq = x->view.rq;
    struct recording r = { .assessing = x };

    TRY(command_form_new(rq, x->view.file.state->version, &r.command));
    return show(&r, rs, 200);
}

/* --- recording it [AR1] --------------------------------------------------- */

static void set_number(struct json *j, struct arena *a, const char *name,
                       int64_t n)
{
    json_set(j, str_of(name), json_new_int(a, n));
}

static err reply_json(const struct assessing *x, int32_t leaf,
                      struct json **out)
{
    static const int results[] = {
        [ANSWER_NONE] = RESULT_NOT_MET, /* is left out before */
        [ANSWER_MET] = RESULT_MET,         [ANSWER_NOT_MET] = RESULT_NOT_MET,
        [ANSWER_SAMPLED] = RESULT_SAMPLED, [ANSWER_NOT_APPLICABLE] = RESULT_NA,
    };
    struct arena *a = x->view.rq->arena;
    struct answer given = x->check.given.answers[leaf];
    str name = scheme_leaf_at(x->check.scheme, leaf)->id;
    struct json *j = json_new_object(a);
    str why;

    TRY_MEMORY(j);
    json_set(j, S("indicator"), json_new_str(a, name));
    json_set(j, S("result"),
             json_new_str(a, str_of(result_names[results[given.kind]])));
    if (given.kind == ANSWER_SAMPLED) {
        set_number(j, a, "k", given.k);
        set_number(j, a, "n", given.n);
    }
    if (given.kind == ANSWER_NOT_APPLICABLE) {
        TRY(reason_of(x, name, &why));
        json_set(j, S("reason"), json_new_str(a, why));
    }
    *out = j;
    return OK;
}

static err answers_json(const struct assessing *x, struct json *all)
{
    struct arena *a = x->view.rq->arena;
    struct json *list = json_new_array(a);

    TRY_MEMORY(list);
    for (size_t i = 0; i < x->check.scheme->leaf_count; i++) {
        struct json *reply;

        if (x->check.given.answers[i].kind == ANSWER_NONE)
            continue;
        TRY(reply_json(x, (int32_t)i, &reply));
        json_add(list, reply);
    }
    json_set(all, S("answers"), list);
    return OK;
}

static err figures_json(const struct assessing *x, struct json *all)
{
    struct arena *a = x->view.rq->arena;
    const struct scheme *s = x->check.scheme;
    struct json *list = json_new_array(a);

    TRY_MEMORY(list);
    for (size_t i = 0; i < s->figure_count; i++) {
        struct ratio given = x->check.given.figures[i];
        struct json *j = json_new_object(a);

        TRY_MEMORY(j);
        if (given.n == 0)
            continue;
        json_set(j, S("figure"), json_new_str(a, s->figures[i].id));
        set_number(j, a, "k", given.k);
        set_number(j, a, "n", given.n);
        json_add(list, j);
    }
    if (list->count > 0)
        json_set(all, S("figures"), list);
    return OK;
}

static err data_of(const struct assessing *x, struct json **out)
{
    struct json *all = json_new_object(x->view.rq->arena);

    TRY_MEMORY(all);
    TRY(answers_json(x, all));
    TRY(figures_json(x, all));
    TRY_MEMORY(!all->broken);
    *out = all;
    return OK;
}

static err record(const struct recording *r, struct request *rq)
{
    const struct assessing *x = r->assessing;
    struct json *data;
    struct case_answer unused;

    TRY(data_of(x, &data));
    const struct case_order order =
        case_view_order(&x->view, &r->command, "assessment.record", data);
    return cases_do(web_app(rq), rq->arena, &order, &unused);
}

err assess_record_post(struct request *rq, struct response *rs)
{
    struct assessing x;
    struct recording r = { .assessing = &x };

    TRY(assess_open(rq, &x));
    TRY(assess_take(&x, S("result")));
    TRY(command_form_read(rq, &r.command));
    err e = record(&r, rq);
    if (!failed(e))
        return case_view_go(&x.view, "", rs);
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &r.problem));
    r.command.version = x.view.file.state->version;
    return show(&r, rs, answer_status(e));
}
