/*
 * case -- one case: what waits, what happened, and what the enterprise said of
 * itself; and the addresses of all its tabs. [M4]
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/names.h"
#include "domain/rights.h"
#include "http/percent.h"
#include "service/todos.h"
#include "web/case_turn.h"
#include "web/own_work.h"

#include <string.h>

enum { EVENTS_SHOWN = 50, NUMBER_MOST = 18, ADDRESS_MOST = 400 };

/* --- what waits ----------------------------------------------------------- */

/* Several people of a team have the same to do. */
static bool told_already(const struct todo_seen *seen, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (seen[k].task.kind == seen[i].task.kind &&
            seen[k].task.number == seen[i].task.number &&
            seen[k].theirs == seen[i].theirs)
            return true;
    }
    return false;
}

/* The enterprise has pages of its own for some of it; the body has forms.  What
 * has a number is led to with it. */
static err mine_way(const struct case_view *v, const struct task *t, str *out)
{
    struct buf b;

    TRY(v->owner ? own_work_way(v, t->kind, out)
                 : case_turn_way(v, task_command(t->kind), out));
    if (t->number == 0)
        return OK;
    buf_init(&b, v->rq->arena, ADDRESS_MOST);
    buf_str(&b, *out);
    buf_str(&b, S("?number="));
    buf_int(&b, t->number);
    return buf_done(&b, out);
}

static err show_mine(const struct case_view *v, const struct todo_seen *t,
                     struct page_case_mine *out)
{
    *out = (struct page_case_mine){
        .number = t->task.number,
        .due = t->task.due,
        .limited = t->task.due != DAY_NEVER,
        .overdue = t->overdue,
        .opens = t->task.opens,
        .later = !t->open,
    };
    TRY(mine_way(v, &t->task, &out->way));
    return answer_task(v->rq, t->task.kind, !v->owner, &out->what);
}

/* The names of roles, or of the person it waits for. */
static err whose(const struct case_view *v, const struct task *t, str *out)
{
    *out = case_view_name(v, t->person);
    return out->n > 0 ? OK : answer_roles(v->rq, t->roles, out);
}

static err show_other(const struct case_view *v, const struct todo_seen *t,
                      struct page_case_others *out)
{
    *out = (struct page_case_others){
        .number = t->task.number,
        .due = t->task.due,
        .limited = t->task.due != DAY_NEVER,
        .overdue = t->overdue,
        .opens = t->task.opens,
        .later = !t->open,
    };
    TRY(whose(v, &t->task, &out->whose));
    return answer_id(v->rq, "task.", str_of(task_names[t->task.kind]),
                     &out->what);
}

struct task_rows {
    struct page_case_mine *mine;
    struct page_case_others *others;
    str *commands; /* that do what is theirs */
};

static err show_seen(const struct case_view *v, const struct todo_seen *t,
                     const struct task_rows *to, struct page_case *page)
{
    if (!t->theirs)
        return show_other(v, t, &to->others[page->others_n++]);
    to->commands[page->mine_n] = str_of(task_command(t->task.kind));
    return show_mine(v, t, &to->mine[page->mine_n++]);
}

/* *commands: of str, those that do what is theirs. */
static err show_tasks(const struct case_view *v, struct page_case *page,
                      struct list *commands)
{
    struct list found;
    struct task_rows to;

    TRY(todo_of_case_for(web_app(v->rq), v->rq->arena, v->who, &v->file,
                         v->today, &found));
    CASE_ROWS(v, to.mine, found.n);
    CASE_ROWS(v, to.others, found.n);
    CASE_ROWS(v, to.commands, found.n);

    const struct todo_seen *seen = found.p;
    for (size_t i = 0; i < found.n; i++) {
        if (!told_already(seen, i))
            TRY(show_seen(v, &seen[i], &to, page));
    }
    *commands = (struct list){ to.commands, page->mine_n };
    page->mine = to.mine;
    page->others = to.others;
    return OK;
}

/* --- what one may do ------------------------------------------------------ */

static bool waits(const struct list *commands, const char *command)
{
    const str *given = commands->p;

    for (size_t i = 0; i < commands->n; i++) {
        if (str_eq(given[i], str_of(command)))
            return true;
    }
    return false;
}

/* Is the step at hand theirs: does one of its acts wait for them? [TU2] */
static bool is_their_turn(const struct list *commands)
{
    const str *given = commands->p;

    for (size_t i = 0; i < commands->n; i++) {
        if (case_turn_is_step(given[i].p))
            return true;
    }
    return false;
}

/* Beside what waits: the acts of their turn, and what has nothing to do with
 * it. */
static err show_acts(const struct case_view *v, const struct list *commands,
                     struct page_case *page)
{
    bool turn = is_their_turn(commands);
    struct page_case_steps *steps;
    struct page_case_acts *rows;
    struct list found;

    TRY(case_turn_acts(v, &found));
    CASE_ROWS(v, steps, found.n);
    CASE_ROWS(v, rows, found.n);

    const struct case_turn_act *acts = found.p;
    for (size_t i = 0; i < found.n; i++) {
        const struct case_turn_act *x = &acts[i];

        if (waits(commands, x->command))
            continue;
        if (turn && x->turn)
            steps[page->steps_n++] =
                (struct page_case_steps){ .way = x->way, .what = x->what };
        else
            rows[page->acts_n++] =
                (struct page_case_acts){ .way = x->way, .what = x->what };
    }
    page->steps = steps;
    page->acts = rows;
    return OK;
}

/* --- the enterprise, and what it applied for ------------------------------ */

static err show_sites(const struct case_view *v, const struct application *p,
                      struct page_case *page)
{
    const struct state *s = v->file.state;
    const struct site *from = p->sites.p;
    struct page_case_sites *rows;

    CASE_ROWS(v, rows, p->sites.n);
    for (size_t i = 0; i < p->sites.n; i++) {
        rows[i] = (struct page_case_sites){
            .name = from[i].name,
            .place = from[i].place,
            .address = from[i].address,
            .staff = from[i].staff,
            .gone = i < SITE_MAX && s->site_gone[i],
        };
        TRY(answer_id(v->rq, "site.", str_of(site_names[from[i].kind]),
                      &rows[i].kind));
    }
    page->sites = rows;
    page->sites_n = p->sites.n;
    return OK;
}

static err show_products(const struct case_view *v, const struct application *p,
                         struct page_case *page)
{
    const struct product *from = p->products.p;
    struct page_case_products *rows;

    CASE_ROWS(v, rows, p->products.n);
    for (size_t i = 0; i < p->products.n; i++)
        rows[i] = (struct page_case_products){ from[i].name, from[i].trade };
    page->products = rows;
    page->products_n = p->products.n;
    return OK;
}

static err show_functions(const struct case_view *v,
                          const struct application *p, struct page_case *page)
{
    const struct staff_function *from = p->functions.p;
    struct page_case_functions *rows;

    CASE_ROWS(v, rows, p->functions.n);
    for (size_t i = 0; i < p->functions.n; i++)
        rows[i] =
            (struct page_case_functions){ from[i].function, from[i].number };
    page->functions = rows;
    page->functions_n = p->functions.n;
    return OK;
}

static err show_certifications(const struct case_view *v,
                               const struct application *p,
                               struct page_case *page)
{
    const struct certification *from = p->previous_certifications.p;
    size_t n = p->previous_certifications.n;
    struct page_case_certifications *rows;

    CASE_ROWS(v, rows, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct page_case_certifications){
            from[i].criterion,
            from[i].body,
            from[i].number,
            from[i].until,
        };
    page->certifications = rows;
    page->certifications_n = n;
    return OK;
}

static err show_application(const struct case_view *v, struct page_case *page)
{
    const struct state *s = v->file.state;
    const struct application *p = s->application;

    if (p == NULL)
        return OK;
    page->applied = true;
    page->applied_on = s->applied_on;
    page->address = p->address;
    page->trade = p->trade;
    page->staff = p->staff;
    page->service_staff = p->service_staff;
    page->covered = application_covered(p);
    page->scope = p->scope;
    page->scope_en = p->scope_en;
    TRY(case_view_join(v, &p->regions, &page->regions));
    TRY(show_sites(v, p, page));
    TRY(show_products(v, p, page));
    TRY(show_functions(v, p, page));
    return show_certifications(v, p, page);
}

static err show_enterprise(const struct case_view *v, struct page_case *page)
{
    const struct enterprise *e = &v->file.enterprise;
    str places[] = { e->province, e->city };
    size_t from = e->province.n == 0 ? 1 : 0;
    size_t n = COUNT(places) - from - (e->city.n == 0 ? 1 : 0);

    page->name = e->name;
    page->uscc = e->uscc;
    page->registered = e->registered;
    page->is_registered = e->registered != DAY_NEVER;
    return case_view_join(v, &(struct list){ places + from, n }, &page->place);
}

/* --- pages ---------------------------------------------------------------- */

static err get_case(struct request *rq, struct response *rs)
{
    struct page_case page = { .number = S("") };
    struct list commands = { 0 };
    struct case_view v;
    struct buf b;

    TRY(case_view_open(rq, &v));
    page.number = v.file.number;
    page.checks = !v.owner && v.file.state->stage == STAGE_COMPLETENESS;
    TRY(case_view_head(&v, TAB_OVERVIEW, &page.head));
    TRY(case_view_events(&v, INT64_MAX, EVENTS_SHOWN, &page.line));
    TRY(show_tasks(&v, &page, &commands));
    TRY(show_acts(&v, &commands, &page));
    TRY(show_enterprise(&v, &page));
    TRY(show_application(&v, &page));
    TRY(case_turn_says(&v, "page_case.no_application", &page.no_application));
    TRY(visit_work(rq, v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* A number; INT64_MAX of anything else. */
static int64_t number_of(str digits)
{
    int64_t n = 0;

    if (digits.n == 0 || digits.n > NUMBER_MOST)
        return INT64_MAX;
    for (size_t i = 0; i < digits.n; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9')
            return INT64_MAX;
        n = 10 * n + (digits.p[i] - '0');
    }
    return n;
}

static err get_events(struct request *rq, struct response *rs)
{
    struct page_case_history page = { .head = { .number = S("") } };
    struct case_view v;
    str before = S("");
    struct buf b;

    (void)form_get(&rq->query, S("before"), &before);
    TRY(case_view_open(rq, &v));
    TRY(case_view_head(&v, TAB_OVERVIEW, &page.head));
    TRY(case_view_events(&v, number_of(before), EVENTS_SHOWN, &page.line));
    TRY(visit_work(rq, v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_history_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}", RIGHT_IN, BODY_NONE, get_case },
    { METHOD_GET, "/cases/{number}/events", RIGHT_IN, BODY_NONE, get_events },
};

const struct route_table case_routes = { routes, COUNT(routes) };
