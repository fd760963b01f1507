/*
 * case_records_columns -- how a file of service records was read: what each
 * column is and why, and the terms; and the form that corrects both. [M26]
 *
 *   [WC2] A column keeps what was recognised until somebody says otherwise,
 *         and what somebody said until they take it back.
 *   [WC3] A form that is refused is shown again with all that was chosen.
 *   [WC4] Of a file that could not be counted its columns are shown likewise,
 *         with why it could not; one that is no table leads back to its page,
 *         which says so.
 *   [WC5] What is found in a column stands under its name, so that its role can
 *         be chosen without the file in hand.
 */

#include "base/arena.h"
#include "base/size.h"
#include "codec/utf8.h"
#include "web/case_records_ask.h"
#include "web/saying.h"

#include <stdio.h>
#include <string.h>

enum { FIELD_NAME = 32, EXAMPLE_BYTES = 60 };

struct columns_of {
    const struct records_view *x;
    const struct held_counted *c; /* NULL: it could not be counted */
    struct held_columns found;
    const struct records_asking *asking; /* a form that was refused; or NULL */
    struct page_case_records_columns page;
};

static struct request *asker(const struct columns_of *o)
{
    return o->x->v.rq;
}

/* --- one column ---------------------------------------------------------- */

/* What is chosen in "role-3": as the form has it [WC3], else what a mapping
 * said [WC2]. */
static str chosen(const struct columns_of *o, const char *name, size_t i,
                  str given)
{
    char text[FIELD_NAME];
    int n = snprintf(text, sizeof text, "%s-%zu", name, i);

    return o->asking == NULL ? given
                             : answer_field(asker(o), (str){ text, (size_t)n });
}

static bool is_given(const struct column *c)
{
    return c->why.id != NULL && strcmp(c->why.id, "records.why_given") == 0;
}

static err show_roles(const struct columns_of *o, const struct column *c,
                      size_t i, struct page_case_records_column *out)
{
    str now =
        chosen(o, "role", i, is_given(c) ? column_role_name(c->role) : S(""));
    struct page_case_records_column_roles *rows;

    CASE_ROWS(&o->x->v, rows, COLUMN_ROLES);
    for (int k = 0; k < COLUMN_ROLES; k++) {
        enum column_role role = (enum column_role)k;

        rows[k] = (struct page_case_records_column_roles){
            .value = column_role_name(role),
            .name = column_role_text(role),
            .chosen = str_eq(now, column_role_name(role)),
        };
    }
    out->roles = rows;
    out->roles_n = COLUMN_ROLES;
    return OK;
}

static const char *order_name(enum moment_order order)
{
    return order == MOMENT_YMD   ? "records.ymd"
           : order == MOMENT_DMY ? "records.dmy"
                                 : "records.mdy";
}

/* How dates are read, where it is not plain. */
static err say_order(const struct columns_of *o, const struct column *c,
                     struct page_case_records_column *out)
{
    static const char *const by[] = {
        [ORDER_CLEAR] = NULL,
        [ORDER_OTHERS] = "records.order_others",
        [ORDER_SEQUENCE] = "records.order_sequence",
        [ORDER_ASSUMED] = "records.order_assumed",
        [ORDER_GIVEN] = "records.order_given",
    };
    const struct err_arg args[] = {
        ARG_IDS("order", str_of(order_name(c->order))), { 0 }
    };

    if (c->order == 0 || by[c->order_by] == NULL)
        return OK;
    return say(asker(o), by[c->order_by], args, &out->reads);
}

static err show_orders(const struct columns_of *o, const struct column *c,
                       size_t i, struct page_case_records_column *out)
{
    static const struct {
        enum moment_order order;
        const char *word;
    } orders[] = {
        { MOMENT_YMD, "ymd" },
        { MOMENT_DMY, "dmy" },
        { MOMENT_MDY, "mdy" },
    };
    str now = chosen(o, "order", i, S(""));
    struct page_case_records_column_orders *rows;

    out->moment = column_is_moment(c->role);
    if (!out->moment)
        return OK;
    CASE_ROWS(&o->x->v, rows, COUNT(orders));
    for (size_t k = 0; k < COUNT(orders); k++)
        rows[k] = (struct page_case_records_column_orders){
            .value = str_of(orders[k].word),
            .name = order_name(orders[k].order),
            .chosen = str_eq(now, str_of(orders[k].word)) ||
                      (o->asking == NULL && c->order_by == ORDER_GIVEN &&
                       c->order == orders[k].order),
        };
    out->orders = rows;
    out->orders_n = COUNT(orders);
    return say_order(o, c, out);
}

static err show_scales(const struct columns_of *o, const struct column *c,
                       size_t i, struct page_case_records_column *out)
{
    static const struct {
        enum column_scale scale;
        const char *word;
        const char *name;
    } scales[] = {
        { SCALE_5, "5", "records_page.scale_5" },
        { SCALE_10, "10", "records_page.scale_10" },
        { SCALE_100, "100", "records_page.scale_100" },
        { SCALE_WORDS, "words", "records_page.scale_words" },
    };
    str now = chosen(o, "scale", i, S(""));
    struct page_case_records_column_scales *rows;

    out->score = c->role == COLUMN_SATISFACTION;
    if (!out->score)
        return OK;
    CASE_ROWS(&o->x->v, rows, COUNT(scales));
    for (size_t k = 0; k < COUNT(scales); k++)
        rows[k] = (struct page_case_records_column_scales){
            .value = str_of(scales[k].word),
            .name = scales[k].name,
            .chosen = str_eq(now, str_of(scales[k].word)) ||
                      (o->asking == NULL && is_given(c) &&
                       c->scale == scales[k].scale),
        };
    out->scales = rows;
    out->scales_n = COUNT(scales);
    return OK;
}

/* [WC5]  As much of each as tells what it is. */
static err show_examples(const struct columns_of *o,
                         const struct held_column *c,
                         struct page_case_records_column *out)
{
    struct page_case_records_column_examples *rows;
    size_t n = 0;

    CASE_ROWS(&o->x->v, rows, COLUMN_EXAMPLES);
    for (; n < COLUMN_EXAMPLES && c->examples[n].n > 0; n++) {
        str cell = utf8_first(c->examples[n], EXAMPLE_BYTES);

        rows[n] = (struct page_case_records_column_examples){
            .cell = cell, .cut = cell.n < c->examples[n].n
        };
    }
    out->examples = rows;
    out->examples_n = n;
    return OK;
}

static err show_column(const struct columns_of *o, const struct held_column *of,
                       size_t i, struct page_case_records_column *out)
{
    const struct column *c = &of->column;

    *out = (struct page_case_records_column){
        .place = (int64_t)i,
        .name = c->name,
        .role = column_role_text(c->role),
        .used = c->role != COLUMN_NONE,
        .filled = c->content.filled,
        .cells = c->content.cells,
        .may = o->page.may,
    };
    if (o->asking != NULL && o->asking->column == i)
        out->wrong = o->asking->column_wrong;
    if (c->why.id != NULL)
        TRY(say(asker(o), c->why.id, c->why.args, &out->why));
    TRY(show_examples(o, of, out));
    TRY(show_roles(o, c, i, out));
    TRY(show_orders(o, c, i, out));
    return show_scales(o, c, i, out);
}

static err show_columns(struct columns_of *o)
{
    const struct held_columns *found = &o->found;
    struct page_case_records_column *rows;

    CASE_ROWS(&o->x->v, rows, found->n);
    for (size_t i = 0; i < found->n; i++)
        TRY(show_column(o, &found->columns[i], i, &rows[i]));
    o->page.columns = rows;
    o->page.columns_n = found->n;
    return OK;
}

/* --- terms --------------------------------------------------------------- */

static err number_text(const struct columns_of *o, int64_t n, str *out)
{
    struct buf b;

    *out = S("");
    if (n == 0)
        return OK;
    buf_init(&b, asker(o)->arena, TEXT_VALUE);
    buf_int(&b, n);
    return buf_done(&b, out);
}

static err day_value(const struct columns_of *o, day on, str *out)
{
    char text[DAY_TEXT];

    TRY_MEMORY(arena_str(asker(o)->arena, day_text(on, text), out));
    return OK;
}

/* As they are now. */
static err show_terms(struct columns_of *o)
{
    const struct sheet_asked *a = &o->x->held.asked;
    const struct records_terms *t = &a->terms;
    struct page_case_records_columns *page = &o->page;

    page->week = a->week;
    page->sheet = a->sheet;
    page->events_yes = a->events == EVENTS_YES;
    page->events_no = a->events == EVENTS_NO;
    if (!t->whole) {
        TRY(day_value(o, t->first, &page->from));
        TRY(day_value(o, t->last, &page->to));
    }
    TRY(number_text(o, t->repeat_days, &page->repeat));
    TRY(number_text(o, t->response_promise, &page->response));
    TRY(number_text(o, t->resolution_promise, &page->resolution));
    return number_text(o, t->satisfied, &page->satisfied);
}

/* As the form has them. [WC3] */
static void show_typed(struct columns_of *o)
{
    struct request *rq = asker(o);
    const struct records_asking *k = o->asking;
    struct page_case_records_columns *page = &o->page;

    page->week = answer_field(rq, S("week"));
    page->sheet = answer_field(rq, S("sheet"));
    page->events_yes = k->asked.events == EVENTS_YES;
    page->events_no = k->asked.events == EVENTS_NO;
    page->from = answer_field(rq, S("from"));
    page->to = answer_field(rq, S("to"));
    page->repeat = answer_field(rq, S("repeat"));
    page->response = answer_field(rq, S("response"));
    page->resolution = answer_field(rq, S("resolution"));
    page->satisfied = answer_field(rq, S("satisfied"));
    page->wrong_period = k->wrong[ASK_PERIOD];
    page->wrong_week = k->wrong[ASK_WEEK];
    page->wrong_repeat = k->wrong[ASK_REPEAT];
    page->wrong_response = k->wrong[ASK_RESPONSE];
    page->wrong_resolution = k->wrong[ASK_RESOLUTION];
    page->wrong_satisfied = k->wrong[ASK_SATISFIED];
    page->wrong_map = k->wrong[ASK_MAP];
    page->broken = true;
}

/* --- the page ------------------------------------------------------------ */

static err show(struct columns_of *o, struct response *rs, int status)
{
    static const struct records_at here = { RECORDS_COLUMNS, GROUP_WHOLE };
    struct request *rq = asker(o);
    struct buf b;

    o->page.number = o->x->v.file.number;
    o->page.id = o->x->id;
    o->page.token = web_visit(rq)->token;
    o->page.may = held_may_hand_in(&o->x->of);
    o->page.repeat_usual = REPEAT_DAYS_USUAL;
    o->page.book = o->found.workbook;
    if (o->x->held.state == HELD_REFUSED)
        TRY(records_say_why(o->x->v.rq, &o->x->held, &o->page.why));
    TRY(case_view_room(&o->x->v, TAB_RECORDS, &o->page.head));
    TRY(records_head(o->x, o->c, here, &o->page.file));
    TRY(show_columns(o));
    TRY(show_terms(o));
    if (o->asking != NULL)
        show_typed(o);
    TRY(visit_work(rq, o->x->v.file.number, AT_CASES, &o->page.work));
    case_view_buf(rq, &b);
    page_case_records_columns_render(&b, web_lang(rq), &o->page);
    return web_send(rq, rs, status, &b, NULL);
}

static err find_columns(struct columns_of *o)
{
    struct request *rq = asker(o);

    if (o->c != NULL)
        return held_columns_counted(rq->arena, o->c, &o->found);
    return held_columns_begun(web_app(rq), rq->arena, &o->x->of, o->x->held.id,
                              &o->found);
}

/* The columns, where the file is one of which they are known; *over: the answer
 * is made. */
static err open_columns(struct columns_of *o, struct response *rs,
                        struct records_view *x, struct records_counted *counted,
                        bool *over)
{
    str way;

    o->x = x;
    *over = false;
    if (x->held.state != HELD_REFUSED) {
        TRY(records_counted(x, rs, counted));
        *over = counted->c == NULL;
        o->c = counted->c;
    }
    if (*over)
        return OK;
    err e = find_columns(o);
    if (!failed(e) || !answer_is_theirs(e))
        return e;
    *over = true; /* [WC4] */
    TRY(records_way(x, "", &way));
    return respond_redirect(rs, 303, way);
}

static err get_columns(struct request *rq, struct response *rs)
{
    scoped(records_counted_end) struct records_counted counted = { 0 };
    struct columns_of *o = arena_zero(rq->arena, sizeof *o);
    struct records_view x;
    bool over = false;

    TRY_MEMORY(o);
    TRY(records_view_file(rq, &x));
    TRY(open_columns(o, rs, &x, &counted, &over));
    return over ? OK : show(o, rs, 200);
}

static err ask(struct columns_of *o, struct records_asking *asking)
{
    struct request *rq = asker(o);

    TRY(records_ask_read(o->x, &o->found, asking));
    if (asking->broken)
        return OK;
    err e = held_ask(web_app(rq), rq->arena, &o->x->of, o->x->held.id,
                     &asking->asked);
    if (failed(e) && (!answer_is_theirs(e) || err_is(e, ERR_DENIED)))
        return e;
    return failed(e) ? records_ask_wrong(rq, e, asking) : OK;
}

static err post_columns(struct request *rq, struct response *rs)
{
    scoped(records_counted_end) struct records_counted counted = { 0 };
    struct columns_of *o = arena_zero(rq->arena, sizeof *o);
    struct records_asking asking;
    struct records_view x;
    bool over = false;
    str way;

    TRY_MEMORY(o);
    TRY(records_view_file(rq, &x));
    TRY(open_columns(o, rs, &x, &counted, &over));
    if (over)
        return OK;
    TRY(ask(o, &asking));
    if (asking.broken) {
        o->asking = &asking;
        return show(o, rs, 400);
    }
    TRY(records_way(&x, "", &way));
    return respond_redirect(rs, 303, way);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/records/{id}/columns", RIGHT_IN, BODY_NONE,
      get_columns },
    { METHOD_POST, "/cases/{number}/records/{id}/columns", RIGHT_IN, BODY_FORM,
      post_columns },
};

const struct route_table case_record_column_routes = { routes, COUNT(routes) };
