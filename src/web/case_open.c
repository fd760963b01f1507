/*
 * case_open -- beginning a case: which scheme, which level. [M5] [M11] [M23]
 *
 *   [WN1] Who may open one the table of rights says, and of what is sent the
 *         service; whoever may not is told so and gets no form.
 *   [WN2] A form carries the id of its command: sent twice, it opens one case.
 *   [WN3] A renewal is of a certificate that the visitor's own list of cases
 *         has; the address says which, and its scheme alone is offered.
 *   [WN4] An enterprise reads beside a scheme of a field that the body is not
 *         approved for on this day, before it works on a case, that nothing
 *         can be handed in there. (domain/application.c [AL5]) [条例 9]
 */

#include "base/arena.h"
#include "base/size.h"
#include "codec/json.h"
#include "domain/names.h"
#include "domain/rights.h"
#include "http/form.h"
#include "service/body_known.h"
#include "service/cases.h"
#include "sys/entropy.h"
#include "web/case_page.h"
#include "web/saying.h"

enum { OWN_CASES = 50 };

/* What is wished for, or was. */
struct opening {
    struct request *rq;
    const struct session *who;
    bool may;
    str why_not;
    str scheme;
    str level;
    str previous; /* certificate; empty: none is renewed */
    str previous_scheme;
    str uscc; /* of staff */
    str problem;
    id command_id;
    day today;
    const struct body *body; /* as it is today */
};

/* --- what is renewed [WN3] ------------------------------------------------ */

static err find_previous(struct opening *o, str number)
{
    struct list found;

    if (number.n == 0)
        return OK;
    TRY(cases_list(web_app(o->rq), o->rq->arena, o->who, S(""), OWN_CASES,
                   &found));

    const struct case_line *line = found.p;
    for (size_t i = 0; i < found.n; i++) {
        if (!str_eq(line[i].certificate, number))
            continue;
        o->previous = line[i].certificate;
        o->previous_scheme = line[i].scheme;
        o->level = o->level.n > 0 ? o->level : line[i].level;
    }
    return OK;
}

/* [WN1] */
static err begin(struct request *rq, struct opening *o)
{
    *o = (struct opening){
        .rq = rq,
        .who = &web_visit(rq)->who.session,
        .today = faces_today(rq->app),
    };
    TRY(body_today(web_app(rq), rq->arena, o->today, &o->body));
    err e =
        right_check_role(rq->arena, right_find("case.open"), &o->who->actor);

    o->may = !failed(e);
    return o->may ? OK : answer_words(rq, e, &o->why_not);
}

/* --- the page ------------------------------------------------------------- */

static err show_levels(const struct opening *o, const struct scheme *s,
                       struct page_open_scheme *out)
{
    struct page_open_scheme_levels *rows =
        arena_array(o->rq->arena, s->level_count, sizeof *rows);
    bool here = str_eq(s->id, o->scheme) || o->previous.n > 0;

    TRY_MEMORY(rows);
    for (size_t i = 0; i < s->level_count; i++) {
        const struct level *l = &s->levels[i];

        rows[i] = (struct page_open_scheme_levels){
            .id = l->id,
            .label = web_label(o->rq, l->label),
            .stars = page_stars(l->stars),
            .chosen = s->level_count == 1 || (here && str_eq(l->id, o->level)),
        };
        if (s->method == METHOD_POINTS)
            TRY(say_thousandths(o->rq->arena, l->min, &rows[i].from));
    }
    out->levels = rows;
    out->levels_n = s->level_count;
    return OK;
}

static err show_scheme(const struct opening *o, const struct scheme *s,
                       struct page_open_scheme *out)
{
    bool staff = id_is_zero(o->who->actor.enterprise);
    bool outside = !staff && !body_has_field(o->body, s->field);

    *out = (struct page_open_scheme){
        .id = s->id,
        .name = web_label(o->rq, s->name),
        .criterion = s->criterion,
        .owner = web_label(o->rq, s->owner),
        .points = s->method == METHOD_POINTS,
        .indicators = (int64_t)s->leaf_count,
        .documents = (int64_t)s->requirement_count,
        .renews = o->previous,
        .outside = outside ? s->field : S(""),
        .today = o->today,
        .staff = staff,
        .uscc = o->uscc,
        .problem = str_eq(s->id, o->scheme) ? o->problem : S(""),
        .token = web_visit(o->rq)->token,
    };
    TRY(command_form_text(o->rq, o->command_id, &out->command_id));
    return show_levels(o, s, out);
}

static err show_schemes(const struct opening *o, struct page_case_open *page)
{
    struct page_open_scheme *rows;
    struct list found;

    TRY(web_schemes(o->rq, &found));
    rows = arena_array(o->rq->arena, found.n, sizeof *rows);
    TRY_MEMORY(rows);

    const struct scheme *const *s = found.p;
    for (size_t i = 0; i < found.n; i++) {
        if (o->previous.n > 0 && !str_eq(s[i]->id, o->previous_scheme))
            continue;
        TRY(show_scheme(o, s[i], &rows[page->schemes_n++]));
    }
    page->schemes = rows;
    return OK;
}

static err show(const struct opening *o, struct response *rs, int status)
{
    struct page_case_open page = { .may = o->may, .why_not = o->why_not };
    struct buf b;

    if (o->may)
        TRY(show_schemes(o, &page));
    TRY(visit_work(o->rq, S(""), AT_CASES, &page.work));
    answer_buf(o->rq, &b);
    page_case_open_render(&b, web_lang(o->rq), &page);
    return web_send(o->rq, rs, status, &b, NULL);
}

static err get_open(struct request *rq, struct response *rs)
{
    struct opening o;

    TRY(begin(rq, &o));
    TRY(entropy_id(app_world_of(web_app(rq))->entropy, &o.command_id));
    o.scheme = asked(rq, "scheme");
    TRY(find_previous(&o, asked(rq, "previous")));
    return show(&o, rs, 200);
}

/* --- opening it ----------------------------------------------------------- */

/* [WN2] What the page put into its form. */
static err read_form(struct opening *o)
{
    struct request *rq = o->rq;

    TRY(command_form_read_id(rq, S("command-id"), &o->command_id));
    o->scheme = answer_field(rq, S("scheme"));
    o->level = answer_field(rq, S("level"));
    o->uscc = answer_field(rq, S("uscc"));
    return find_previous(o, answer_field(rq, S("previous")));
}

static enum case_kind kind_of(const struct opening *o)
{
    if (o->previous.n > 0)
        return CASE_RENEWAL;
    return answer_field(o->rq, S("transfer")).n > 0 ? CASE_TRANSFER
                                                    : CASE_INITIAL;
}

static err data_of(const struct opening *o, struct json **out)
{
    struct arena *a = o->rq->arena;
    struct json *j = json_new_object(a);
    enum case_kind kind = kind_of(o);

    TRY_MEMORY(j);
    json_set(j, S("scheme"), json_new_str(a, o->scheme));
    json_set(j, S("level"), json_new_str(a, o->level));
    if (kind != CASE_INITIAL)
        json_set(j, S("kind"), json_new_str(a, str_of(case_names[kind])));
    if (kind == CASE_RENEWAL)
        json_set(j, S("previous"), json_new_str(a, o->previous));
    TRY_MEMORY(!j->broken);
    *out = j;
    return OK;
}

static err post_open(struct request *rq, struct response *rs)
{
    struct opening o;
    struct json *data;
    struct case_answer answer;

    TRY(begin(rq, &o));
    TRY(read_form(&o));
    TRY(data_of(&o, &data));
    const struct case_order order = {
        .who = o.who,
        .today = o.today,
        .ref = S("new"),
        .enterprise = o.uscc,
        .command = S("case.open"),
        .data = data,
        .command_id = o.command_id,
        .expected = -1,
    };
    err e = cases_do(web_app(rq), rq->arena, &order, &answer);

    if (!failed(e))
        return case_go(rq, answer.number, "", rs);
    if (!answer_is_theirs(e))
        return e;
    TRY(answer_words(rq, e, &o.problem));
    return show(&o, rs, answer_status(e));
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/new", RIGHT_IN, BODY_NONE, get_open },
    { METHOD_POST, "/cases/new", RIGHT_IN, BODY_FORM, post_open },
};

const struct route_table case_open_routes = { routes, COUNT(routes) };
