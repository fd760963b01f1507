/*
 * case_apply -- an application, step by step, kept as one goes. [M11]
 *
 *   [AP1] What is typed is kept as it stands, right or wrong, when a step is
 *         left, when a row is added, and by a script while one types; it is
 *         the visitor's own (service/drafts.h) until all of it is sent.
 *   [AP2] Each field of application.submit is asked in one step; one that the
 *         table gets and no step names is asked in the last.
 *   [AP3] Going on never waits for a mistake to be mended: all are said where
 *         it is looked through, and each leads to its step.
 *   [AP4] Where the body is not approved for the field of the scheme, every
 *         step says so: nothing can be sent, so nobody works for nothing.
 *         (domain/application.c [AL5]) [条例 9]
 *   [AP5] Codes of trades and places are found by their names (case_codes.h).
 */

#include "web/case_apply.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "codec/record.h"
#include "domain/application.h"
#include "domain/command.h"
#include "domain/rights.h"
#include "http/percent.h"
#include "service/body_known.h"
#include "service/case_acts.h"
#include "web/case_codes.h"
#include "web/case_first.h"
#include "web/saying.h"

enum { ADDRESS_MOST = 400, COPY_MOST = 2 * DRAFT_MAX };

static const char command_name[] = "application.submit";
static const char *const own[] = { "token", "go", "quiet", NULL };

struct step {
    str name; /* in its address */
    const char *what;
    const char *about;
    const char *fields[8]; /* NULL-ended */
};

/* clang-format off */
static const struct step steps[APPLY_STEPS] = {
    [APPLY_COMPANY] = { S_INIT("company"), "apply.company", "apply.company_about",
        { "trade", "district", "address", "address_en" } },
    [APPLY_SITES] = { S_INIT("sites"), "apply.sites", "apply.sites_about",
        { "sites" } },
    [APPLY_SCOPE] = { S_INIT("scope"), "apply.scope", "apply.scope_about",
        { "scope", "scope_en", "products", "regions" } },
    [APPLY_STAFF] = { S_INIT("staff"), "apply.staff", "apply.staff_about",
        { "staff", "service_staff", "covered_staff", "functions" } },
    [APPLY_HELD] = { S_INIT("held"), "apply.held", "apply.held_about",
        { "previous_certifications" } },
};
/* clang-format on */

enum apply_step apply_step_of(const char *field)
{
    for (int i = 0; i < APPLY_STEPS; i++) {
        for (size_t k = 0; steps[i].fields[k] != NULL; k++) {
            if (str_eq(str_of(steps[i].fields[k]), str_of(field)))
                return (enum apply_step)i;
        }
    }
    return APPLY_STEPS - 1; /* [AP2] */
}

const char *apply_step_name(enum apply_step step)
{
    return steps[step].what;
}

/* --- the draft [AP1] ------------------------------------------------------ */

/* Before anything was typed: what the register knows already. */
static err begin_draft(struct request *rq, struct applying *x)
{
    const struct record_form_of of = { .command = command_name,
                                       .record = x->record };
    struct record_form form;
    struct json *known;

    TRY(case_first(&x->view, &of, 0, &known));
    TRY(record_form_begin(rq->arena, &of, known, &form));
    x->typed = form.typed;
    x->fresh = true;
    return OK;
}

static err read_draft(struct request *rq, struct applying *x)
{
    str body;

    TRY(draft_read(web_app(rq), rq->arena, &x->draft, &body));
    if (body.n > 0)
        return json_parse(rq->arena, body, &x->typed);
    return begin_draft(rq, x);
}

err apply_open(struct request *rq, struct applying *x)
{
    *x = (struct applying){
        .record = command_kind_find(S("application.submit"))->record,
    };
    TRY(case_view_open(rq, &x->view));
    TRY(case_act_prepare(web_app(rq), rq->arena, x->view.who, &x->view.file,
                         x->view.today, right_find(command_name)));
    x->draft = (struct draft_of){ x->view.who, &x->view.file, command_name,
                                  x->view.today };
    return read_draft(rq, x);
}

/* A tree of its own: what is in one object is in no other. */
static err copy(struct arena *a, const struct json *from, struct json **out)
{
    str text;

    TRY(json_text(a, from, COPY_MOST, &text));
    return json_parse(a, text, out);
}

/* The draft with this step as it was sent. */
static err merge(const struct applying *x, enum apply_step step,
                 const struct json *sent, struct json **out)
{
    struct arena *a = x->view.rq->arena;
    struct json *all = json_new_object(a);

    TRY_MEMORY(all);
    for (size_t i = 0; i < x->record->n; i++) {
        const char *name = x->record->fields[i].name;
        const struct json *from =
            json_get(apply_step_of(name) == step ? sent : x->typed,
                     str_of(name));
        struct json *own_copy;

        if (from == NULL)
            continue;
        TRY(copy(a, from, &own_copy));
        TRY_MEMORY(json_set(all, str_of(name), own_copy));
    }
    *out = all;
    return OK;
}

static err keep(struct applying *x, enum apply_step step,
                const struct json *sent)
{
    struct request *rq = x->view.rq;
    struct json *all;
    str body;

    TRY(merge(x, step, sent, &all));
    x->typed = all;
    TRY(json_text(rq->arena, all, COPY_MOST, &body));
    return draft_write(web_app(rq), rq->arena, &x->draft, body);
}

/* --- what stands over every step ------------------------------------------ */

err apply_way(const struct applying *x, enum apply_step step, str *out)
{
    struct buf b;

    buf_init(&b, x->view.rq->arena, ADDRESS_MOST);
    buf_str(&b, S("/cases/"));
    percent_encode(&b, x->view.file.number);
    buf_str(&b, S("/apply"));
    if (step != APPLY_STEPS) {
        buf_char(&b, '/');
        buf_str(&b, steps[step].name);
    }
    return buf_done(&b, out);
}

static bool says_anything(const struct json *typed)
{
    const struct json *at[JSON_DEPTH] = { typed };
    size_t depth = 1;

    while (depth > 0) {
        const struct json *j = at[depth - 1];

        if (j == NULL) {
            depth--;
            continue;
        }
        at[depth - 1] = depth == 1 ? NULL : j->next;
        if (j->kind == JSON_STR && j->text.n > 0)
            return true;
        if (j->first != NULL && depth < JSON_DEPTH)
            at[depth++] = j->first;
    }
    return false;
}

/* Was anything entered there? */
static bool was_begun(const struct applying *x, enum apply_step step)
{
    if (x->fresh)
        return false;
    for (const struct json *m = x->typed->first; m != NULL; m = m->next) {
        for (size_t i = 0; i < x->record->n; i++) {
            const char *name = x->record->fields[i].name;

            if (str_eq(m->key, str_of(name)) && apply_step_of(name) == step &&
                says_anything(m))
                return true;
        }
    }
    return false;
}

/* The field that the body is not approved for on this day; empty: it is. [AP4]
 */
static err field_outside(const struct case_view *v, str *out)
{
    const struct state *s = v->file.state;
    const struct body *body;

    TRY(body_today(web_app(v->rq), v->rq->arena, v->today, &body));
    *out = application_is_outside(s, body) ? s->scheme->field : S("");
    return OK;
}

err apply_head(const struct applying *x, enum apply_step at,
               struct page_apply_head *out)
{
    const struct case_view *v = &x->view;
    const struct state *s = v->file.state;
    struct page_apply_head_steps *rows;

    CASE_ROWS(v, rows, APPLY_STEPS + 1);
    for (int i = 0; i <= APPLY_STEPS; i++) {
        enum apply_step step = (enum apply_step)i;

        rows[i].name = i == APPLY_STEPS ? "apply.check" : steps[i].what;
        rows[i].now = step == at;
        rows[i].begun = i < APPLY_STEPS && was_begun(x, step);
        TRY(apply_way(x, step, &rows[i].way));
    }
    *out = (struct page_apply_head){
        .number = v->file.number,
        .enterprise = v->file.enterprise.name,
        .scheme = web_label(v->rq, s->scheme->name),
        .level = case_view_level(v, s->opened->level),
        .today = v->today,
        .steps = rows,
        .steps_n = APPLY_STEPS + 1,
    };
    return field_outside(v, &out->outside);
}

/* --- a step --------------------------------------------------------------- */

/* The fields of the record that are asked in this step. */
static err part_of(const struct applying *x, enum apply_step step,
                   struct record_form_of *out)
{
    struct arena *a = x->view.rq->arena;
    struct field *fields = arena_array(a, x->record->n, sizeof *fields);
    struct record *part = arena_zero(a, sizeof *part);

    TRY_MEMORY(fields != NULL && part != NULL);
    *part = *x->record;
    part->fields = fields;
    part->n = 0;
    for (size_t i = 0; i < x->record->n; i++) {
        if (apply_step_of(x->record->fields[i].name) == step)
            fields[part->n++] = x->record->fields[i];
    }
    *out = (struct record_form_of){ .command = command_name,
                                    .record = part,
                                    .codes = case_codes_listed,
                                    .code_count = CASE_CODES };
    return OK;
}

err apply_form(const struct applying *x, struct record_form *out)
{
    const struct record_form_of of = { .command = command_name,
                                       .record = x->record,
                                       .codes = case_codes_named,
                                       .code_count = CASE_CODES };

    return record_form_again(x->view.rq->arena, &of, x->typed, out);
}

static err step_asked(struct request *rq, enum apply_step *out)
{
    str name = request_parameter(rq, S("step"));

    for (int i = 0; i < APPLY_STEPS; i++) {
        if (!str_eq(steps[i].name, name))
            continue;
        *out = (enum apply_step)i;
        return OK;
    }
    return err_new(rq->arena, ERR_NOT_FOUND, "http.no_address");
}

static err show(const struct applying *x, enum apply_step step,
                const struct record_form *form, struct page_apply *page)
{
    struct request *rq = x->view.rq;

    page->what = steps[step].what;
    page->about = steps[step].about;
    page->token = web_visit(rq)->token;
    page->has_back = step > 0;
    TRY(apply_head(x, step, &page->head));
    TRY(apply_way(x, step, &page->way));
    TRY(record_form_show(rq->arena, form, web_lang(rq), &page->fields));
    TRY(case_codes(&x->view, form, &page->codes));
    return visit_work(rq, x->view.file.number, AT_CASES, &page->work);
}

static err answer(const struct applying *x, struct response *rs, int status,
                  struct page_apply *page)
{
    struct buf b;

    case_view_buf(x->view.rq, &b);
    page_apply_render(&b, web_lang(x->view.rq), page);
    return web_send(x->view.rq, rs, status, &b, NULL);
}

static err get_step(struct request *rq, struct response *rs)
{
    struct applying x;
    enum apply_step step;
    struct record_form_of of;
    struct record_form form;
    struct page_apply page = { .problem = S("") };

    TRY(step_asked(rq, &step));
    TRY(apply_open(rq, &x));
    TRY(part_of(&x, step, &of));
    if (asked(rq, "problems").n > 0) {
        TRY(record_form_again(rq->arena, &of, x.typed, &form));
    } else {
        TRY(record_form_begin(rq->arena, &of, NULL, &form));
        form.typed = x.typed;
    }
    TRY(show(&x, step, &form, &page));
    return answer(&x, rs, 200, &page);
}

/* [AP3] */
static err go_on(const struct applying *x, struct response *rs,
                 enum apply_step step)
{
    bool back = str_eq(answer_field(x->view.rq, S("go")), S("back"));
    str way;

    TRY(apply_way(x, back && step > 0 ? step - 1 : step + 1, &way));
    return respond_redirect(rs, 303, way);
}

static err say_refused(const struct applying *x, struct response *rs,
                       enum apply_step step, struct record_form *form, err why)
{
    struct page_apply page = { .problem = S("") };

    if (!answer_is_theirs(why) && !err_is(why, ERR_LIMIT))
        return why;
    form->problem_count = 0;
    TRY(answer_words(x->view.rq, why, &page.problem));
    TRY(show(x, step, form, &page));
    return answer(x, rs, answer_status(why), &page);
}

/* A script keeps what is typed and shows no other page. */
static err stay(struct response *rs)
{
    rs->status = 204;
    return OK;
}

static err post_step(struct request *rq, struct response *rs)
{
    struct applying x;
    enum apply_step step;
    struct record_form_of of;
    struct record_form form;
    struct page_apply page = { .problem = S("") };

    TRY(step_asked(rq, &step));
    TRY(apply_open(rq, &x));
    TRY(part_of(&x, step, &of));
    TRY(record_form_post(rq->arena, &of, &rq->form, own, &form));
    err e = keep(&x, step, form.typed);
    if (failed(e))
        return say_refused(&x, rs, step, &form, e);
    if (answer_field(rq, S("quiet")).n > 0)
        return stay(rs);
    if (form.button == RECORD_SEND)
        return go_on(&x, rs, step);
    TRY(show(&x, step, &form, &page));
    return answer(&x, rs, 200, &page);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/apply", RIGHT_IN, BODY_NONE,
      apply_check_get },
    { METHOD_POST, "/cases/{number}/apply", RIGHT_IN, BODY_FORM,
      apply_check_post },
    { METHOD_GET, "/cases/{number}/apply/{step}", RIGHT_IN, BODY_NONE,
      get_step },
    { METHOD_POST, "/cases/{number}/apply/{step}", RIGHT_IN, BODY_FORM,
      post_step },
};

const struct route_table case_apply_routes = { routes, COUNT(routes) };
