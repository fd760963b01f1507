/*
 * work -- what waits for whoever is in, or for everybody, and the cases they
 * may read. [M4]
 *
 *   [WW1] Overdue first, then by limit: the order is service/todos'.
 *   [WW2] Lists go on after what was last on them, never by how many were
 *         skipped.
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/names.h"
#include "domain/rights.h"
#include "http/form.h"
#include "service/body_cases.h"
#include "service/todos.h"
#include "service/typed.h"
#include "web/answer.h"
#include "web/own_work.h"
#include "web/typing.h"

enum { TASKS_SHOWN = 50, CASES_SHOWN = 50 };

/* What narrows the list of cases. */
static const char *const kept[] = { "number" };
static const struct typing typing = { "/cases", kept, COUNT(kept) };

static const struct session *session_of(const struct request *rq)
{
    return &web_visit(rq)->who.session;
}

/* They read no cases but their own. */
static bool is_of_an_enterprise(const struct request *rq)
{
    return !id_is_zero(web_visit(rq)->who.session.actor.enterprise);
}

/* --- my work -------------------------------------------------------------- */

static err show_tasks(struct request *rq, const struct todo_list *l,
                      struct page_my_work *page)
{
    const struct todo_line *line = l->tasks.p;
    struct page_my_work_tasks *rows =
        arena_array(rq->arena, l->tasks.n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < l->tasks.n; i++) {
        rows[i] = (struct page_my_work_tasks){
            .case_number = line[i].case_number,
            .enterprise = line[i].enterprise,
            .due = line[i].task.due,
            .limited = line[i].task.due != DAY_NEVER,
            .overdue = line[i].overdue,
            .whose = line[i].person_name,
        };
        if (rows[i].whose.n == 0)
            TRY(answer_roles(rq, line[i].task.roles, &rows[i].whose));
        TRY(answer_task(rq, line[i].task.kind, !is_of_an_enterprise(rq),
                        &rows[i].what));
        page->overdue_n += line[i].overdue;
    }
    page->tasks = rows;
    page->tasks_n = l->tasks.n;
    return OK;
}

static err show_audits(struct request *rq, const struct todo_list *l,
                       struct page_my_work *page)
{
    const struct todo_audit *audit = l->audits.p;
    struct page_my_work_audits *rows =
        arena_array(rq->arena, l->audits.n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < l->audits.n; i++)
        rows[i] = (struct page_my_work_audits){
            audit[i].case_number, audit[i].enterprise, audit[i].person_name,
            audit[i].from,        audit[i].to,
        };
    page->audits = rows;
    page->audits_n = l->audits.n;
    return OK;
}

/* Who reads cases is told which run in a field the body has lost. */
static err show_outside(struct request *rq, struct page_my_work *page)
{
    struct page_my_work_outside *rows;
    struct list found;
    const struct body_outside *x;

    if (!rights_may_read(&session_of(rq)->actor, (id){ { 0 } }))
        return OK;
    TRY(body_cases_outside(web_app(rq), rq->arena, faces_today(rq->app),
                           CASES_SHOWN, &found));
    x = found.p;
    rows = arena_array(rq->arena, found.n * CASES_SHOWN, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < found.n; i++) {
        const str *number = x[i].numbers.p;

        for (size_t k = 0; k < x[i].numbers.n; k++)
            rows[page->outside_n++] =
                (struct page_my_work_outside){ number[k], x[i].field,
                                               web_label(rq, x[i].scheme) };
        page->outside_more |= x[i].more;
    }
    page->outside = rows;
    return OK;
}

static err get_work(struct request *rq, struct response *rs)
{
    const struct session *who = session_of(rq);
    str of = S("");
    struct page_my_work page = {
        .others = !failed(todo_may_list(rq->arena, who, S(""))),
    };
    struct todo_list list;
    struct buf b;

    (void)form_get(&rq->query, S("of"), &of);
    page.mine = !str_eq(of, S("all"));
    if (page.mine && own_work_is_for(who))
        return own_work_page(rq, rs);
    struct todo_wish wish = { .who = who,
                              .login = page.mine ? who->login : S(""),
                              .today = faces_today(rq->app),
                              .most = TASKS_SHOWN };
    (void)form_get(&rq->query, S("after"), &wish.after);
    TRY(todo_list(web_app(rq), rq->arena, &wish, &list));
    page.today = list.today;
    page.next = list.next;
    page.goes_on = wish.after.n > 0;
    TRY(show_tasks(rq, &list, &page));
    page.overdue_more = page.next.n > 0 && page.overdue_n == TASKS_SHOWN;
    TRY(show_audits(rq, &list, &page));
    TRY(show_outside(rq, &page));
    TRY(visit_work(rq, S(""), AT_WORK, &page.work));
    answer_buf(rq, &b);
    page_my_work_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* --- cases ---------------------------------------------------------------- */

/* In the words of the newest package of its name; as they are, of one that is
 * not known. */
static void name_scheme(const struct request *rq, const struct list *schemes,
                        struct page_cases_found_cases *out)
{
    const struct scheme *const *s = schemes->p;

    for (size_t i = 0; i < schemes->n; i++) {
        if (!str_eq(s[i]->id, out->scheme))
            continue;
        int32_t level = scheme_level(s[i], out->level);
        out->scheme = web_label(rq, s[i]->name);
        if (level >= 0)
            out->level = web_label(rq, s[i]->levels[level].label);
        return;
    }
}

static err show_case(struct request *rq, const struct case_line *c,
                     struct page_cases_found_cases *out)
{
    *out = (struct page_cases_found_cases){
        .number = c->number,
        .enterprise = c->enterprise,
        .scheme = web_label(rq, c->scheme_name),
        .level = web_label(rq, c->level_name),
        .due = c->due,
        .limited = c->due != DAY_NEVER,
        .overdue = c->due != DAY_NEVER && c->due < faces_today(rq->app),
        .certificate = c->certificate,
    };
    TRY(answer_id(rq, "stage.", str_of(stage_names[c->stage]), &out->stage));
    TRY(answer_id(rq, "waiting.", str_of(waiting_names[c->waiting]),
                  &out->waiting));
    if (c->waiting == WAITING_APPLICANT && is_of_an_enterprise(rq))
        out->waiting = "page_case.waiting_you";
    return OK;
}

/* [WW2] One more than is shown tells that there are more. */
static err show_cases(struct request *rq, const struct list *found,
                      struct page_cases_found *page)
{
    const struct case_line *line = found->p;
    struct list schemes;
    size_t n = found->n > CASES_SHOWN ? CASES_SHOWN : found->n;
    struct page_cases_found_cases *rows =
        arena_array(rq->arena, n, sizeof *rows);

    TRY_MEMORY(rows);
    TRY(web_schemes(rq, &schemes));
    for (size_t i = 0; i < n; i++) {
        TRY(show_case(rq, &line[i], &rows[i]));
        name_scheme(rq, &schemes, &rows[i]);
    }
    page->cases = rows;
    page->cases_n = n;
    if (found->n > CASES_SHOWN)
        return typing_address(rq, &typing, line[n - 1].number, &page->next);
    return OK;
}

/* Whoever asked for a number is led to its case; while it is typed, the case is
 * shown only. */
static err is_called_for(struct request *rq, str words,
                         const struct list *found, bool *out)
{
    const struct case_line *line = found->p;
    str number;

    TRY(typed_number(rq->arena, words, &number));
    *out = !typing_asks(rq) && found->n == 1 && str_eq(line->number, number);
    return OK;
}

static bool opens_cases(const struct request *rq)
{
    return !failed(right_check_role(rq->arena, right_find("case.open"),
                                    &session_of(rq)->actor));
}

static err get_cases(struct request *rq, struct response *rs)
{
    const struct case_search search = { asked(rq, "number"), asked(rq, "after"),
                                        CASES_SHOWN + 1 };
    struct page_cases page = { .from = search.words,
                               .opens = opens_cases(rq),
                               .found.sought = search.words.n > 0 };
    struct list found;
    bool called_for;
    struct buf b;

    answer_buf(rq, &b);
    TRY(cases_find(web_app(rq), rq->arena, session_of(rq), &search, &found));
    TRY(is_called_for(rq, search.words, &found, &called_for));
    if (called_for)
        return case_go(rq, search.words, "", rs);
    TRY(show_cases(rq, &found, &page.found));
    TRY(typing_count(rq, page.found.cases_n, page.found.next.n > 0,
                     &page.shown.words));
    if (typing_asks(rq)) {
        page_cases_found_render(&b, web_lang(rq), &page.found);
        return typing_send_part(rq, rs, &b, &typing, page.shown.words);
    }
    TRY(visit_work(rq, S(""), AT_CASES, &page.work));
    page.work.typing.on = true;
    page_cases_render(&b, web_lang(rq), &page);
    return typing_send_page(rq, rs, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/work", RIGHT_IN, BODY_NONE, get_work },
    { METHOD_GET, "/cases", RIGHT_IN, BODY_NONE, get_cases },
};

const struct route_table work_routes = { routes, COUNT(routes) };
