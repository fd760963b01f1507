/*
 * case_apply_check -- an application looked through before it is sent: all that
 * was said, what is wrong with it, and what else is needed. [M6] [M7] [M9]
 * [M11]
 *
 *   [AQ1] What is wrong is judged by the record's table and, where that finds
 *         nothing, by the domain (cases_ask()); nothing is judged here.
 *   [AQ2] What is sent is the draft as it is kept, of the version of the case
 *         that was shown, under the page's own command id: twice is once.
 */

#include "base/size.h"
#include "codec/record.h"
#include "web/case_apply.h"

enum { ADDRESS_MOST = 400 };

struct checking {
    struct applying applying;
    struct record_form form;
    struct command_form command;
    bool outside; /* refused for the field: that stands once [AP4] */
};

/* --- what was said -------------------------------------------------------- */

/* Rows on their way into the page. */
struct said {
    struct page_apply_check_parts *rows;
    size_t n;
    str way;
};

static size_t count_rows(const struct page_form_field *f, size_t n)
{
    size_t rows = n;

    for (size_t i = 0; i < n; i++)
        rows += f[i].inner_n + count_rows(f[i].inner, f[i].inner_n);
    return rows;
}

/* As somebody reads it: of a choice its label. */
static str value_of(const struct page_form_field *f)
{
    for (size_t i = 0; i < f->choices_n; i++) {
        if (f->choices[i].chosen && !f->span)
            return f->choices[i].value.n == 0 ? S("") : f->choices[i].label;
    }
    return f->pick || f->choice ? S("") : f->value;
}

static void add_row(struct said *to, const struct page_form_field *f, bool row)
{
    str value = f->group ? S("") : value_of(f);

    if (value.n + f->wrong.n == 0 && !row)
        return;
    to->rows[to->n++] = (struct page_apply_check_parts){
        .way = to->way,
        .label = f->label,
        .value = value,
        .unit = f->unit,
        .why = f->wrong,
        .row = row,
    };
}

static void add_fields(struct said *to, const struct page_form_field *f,
                       size_t n)
{
    for (size_t i = 0; i < n; i++) {
        add_row(to, &f[i], f[i].group && f[i].shrinks);
        add_fields(to, f[i].inner, f[i].inner_n);
    }
}

static err way_to_mend(const struct applying *x, enum apply_step step, str *out)
{
    struct buf b;
    str way;

    TRY(apply_way(x, step, &way));
    buf_init(&b, x->view.rq->arena, ADDRESS_MOST);
    buf_str(&b, way);
    buf_str(&b, S("?problems=1"));
    return buf_done(&b, out);
}

static err show_step(const struct checking *c, enum apply_step step,
                     const struct page_form_fields *all, struct said *to)
{
    const struct applying *x = &c->applying;
    enum lang lang = web_lang(x->view.rq);
    struct page_apply_check_parts *head = &to->rows[to->n++];

    TRY(way_to_mend(x, step, &to->way));
    *head = (struct page_apply_check_parts){
        .name = text_get(lang, apply_step_name(step)),
        .way = to->way,
    };
    for (size_t i = 0; i < x->record->n; i++) {
        if (apply_step_of(x->record->fields[i].name) == step)
            add_fields(to, &all->fields[i], 1);
    }
    return OK;
}

static err show_said(const struct checking *c, struct page_apply_check *page)
{
    const struct case_view *v = &c->applying.view;
    struct page_form_fields all;
    struct said to = { 0 };

    TRY(record_form_show(v->rq->arena, &c->form, web_lang(v->rq), &all));
    CASE_ROWS(v, to.rows, APPLY_STEPS + count_rows(all.fields, all.fields_n));
    for (int i = 0; i < APPLY_STEPS; i++)
        TRY(show_step(c, (enum apply_step)i, &all, &to));
    page->parts = to.rows;
    page->parts_n = to.n;
    page->count = all.count;
    page->refusal = all.refusal;
    return OK;
}

/* --- what else is needed -------------------------------------------------- */

struct handed {
    size_t got;
    size_t of;
};

/* Those that have to be there: who has them all lacks nothing. */
static struct handed documents_given(const struct state *s)
{
    struct handed h = { 0 };

    for (size_t i = 0; i < s->scheme->requirement_count; i++) {
        if (!s->scheme->requirements[i].required)
            continue;
        h.of++;
        h.got += s->requirements[i].document != NULL;
    }
    return h;
}

static err show_needs(const struct checking *c, struct page_apply_check *page)
{
    const struct case_view *v = &c->applying.view;
    const struct state *s = v->file.state;
    const struct handed documents = documents_given(s);
    const struct {
        const char *what;
        const char *where;
        size_t got;
        size_t of;
    } needs[] = {
        { "apply.eligibility", "/do/eligibility.answer", s->eligibility != NULL,
          1 },
        { "apply.assessment", "/assess",
          s->assessment == NULL ? 0 : s->assessment->answers.n,
          s->scheme->leaf_count },
        { "apply.documents", "/papers", documents.got, documents.of },
    };
    struct page_apply_check_needs *rows;

    CASE_ROWS(v, rows, COUNT(needs));
    for (size_t i = 0; i < COUNT(needs); i++) {
        rows[i] = (struct page_apply_check_needs){
            .what = needs[i].what,
            .done = needs[i].got >= needs[i].of,
            .of = (int64_t)needs[i].of,
            .got = (int64_t)needs[i].got,
            .counted = needs[i].of > 1,
        };
        TRY(case_view_address(v, needs[i].where, &rows[i].way));
    }
    page->needs = rows;
    page->needs_n = COUNT(needs);
    return OK;
}

/* --- the page ------------------------------------------------------------- */

static err show(const struct checking *c, struct response *rs, int status)
{
    struct request *rq = c->applying.view.rq;
    struct page_apply_check page = {
        .token = web_visit(rq)->token,
        .version = c->command.version,
        .ready = c->form.problem_count == 0,
    };
    struct buf b;

    TRY(command_form_text(rq, c->command.id, &page.command_id));
    TRY(apply_head(&c->applying, APPLY_STEPS, &page.head));
    if (c->outside)
        page.head.outside = S("");
    TRY(apply_way(&c->applying, APPLY_STEPS, &page.way));
    TRY(show_said(c, &page));
    TRY(show_needs(c, &page));
    TRY(visit_work(rq, c->applying.view.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_apply_check_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, status, &b, NULL);
}

static struct case_order order_of(const struct checking *c)
{
    return case_view_order(&c->applying.view, &c->command, "application.submit",
                           c->form.value);
}

/* What the domain finds wrong stands beside its field, or over the form. */
static err take_refusal(struct checking *c, err why)
{
    struct request *rq = c->applying.view.rq;

    if (!answer_is_theirs(why))
        return why;
    c->command.version = c->applying.view.file.state->version;
    c->outside = str_eq(str_of(why.info->id), S("application.field"));
    return record_form_refuse(rq->arena, &c->form, why);
}

static err begin(struct request *rq, struct checking *c)
{
    *c = (struct checking){ .outside = false };
    TRY(apply_open(rq, &c->applying));
    return apply_form(&c->applying, &c->form);
}

/* Nothing to look through yet: on to the first step. */
static err lead_in(const struct checking *c, struct response *rs)
{
    str way;

    TRY(apply_way(&c->applying, APPLY_COMPANY, &way));
    return respond_redirect(rs, 302, way);
}

err apply_check_get(struct request *rq, struct response *rs)
{
    struct checking c;

    TRY(begin(rq, &c));
    if (c.applying.fresh)
        return lead_in(&c, rs);
    TRY(command_form_new(rq, c.applying.view.file.state->version, &c.command));
    if (c.form.value != NULL) {
        const struct case_order order = order_of(&c);
        err e = cases_ask(web_app(rq), rq->arena, &order);

        if (failed(e))
            TRY(take_refusal(&c, e));
    }
    return show(&c, rs, 200);
}

/* [AQ2] */
err apply_check_post(struct request *rq, struct response *rs)
{
    struct checking c;
    struct case_answer unused;

    TRY(begin(rq, &c));
    TRY(command_form_read(rq, &c.command));
    if (c.form.value == NULL)
        return show(&c, rs, 422);
    const struct case_order order = order_of(&c);
    err e = cases_do(web_app(rq), rq->arena, &order, &unused);
    if (!failed(e))
        return case_view_go(&c.applying.view, "", rs);
    TRY(take_refusal(&c, e));
    return show(&c, rs, answer_status(e));
}
