/*
 * planner -- what a planner looks at before they make a plan: time, sites, and
 * everybody with all that speaks for and against them. [M15] [17065 6.1]
 *
 *   [PR1] It is for those who may make plans, by their role; the rest learns no
 *         tie and no booking of anybody (service/planner.h [PQ2]).
 *   [PR2] Its form is the one of plan.make (case_do.c), with what was chosen;
 *         what else that command takes stands in the whole form.
 *   [PR3] Who has something against them cannot be chosen here for what it
 *         stands in the way of.
 *   [PR4] Rows to draw, where they were noted, stand there for whoever may read
 *         the working papers (case_risk.h).
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/names.h"
#include "domain/rights.h"
#include "service/case_acts.h"
#include "service/planner.h"
#include "web/answer.h"
#include "web/case_page.h"
#include "web/case_risk.h"
#include "web/case_ways.h"
#include "web/saying.h"

enum { DAYS_MOST = 31, AHEAD = 14, SAID_MOST = 1 << 14, LABEL_MOST = 16 };

/* What the page is made of. */
struct planning {
    struct case_view view;
    struct planner_wish wish;
    struct plan_days days;
    struct list sites; /* of str: suggested to be visited */
    struct list people;
    bool open;                  /* may a plan be made now? */
    str shut;                   /* else why not, .. */
    struct page_case_ways ways; /* .. and where to go on */
    bool wrong;
};

/* --- which days ----------------------------------------------------------- */

/* So many that a team of the package's least size does what is needed, within
 * its norms. */
static int32_t days_suggested(const struct planning *p)
{
    const struct team_rule *norm = &p->view.file.state->scheme->team;
    int64_t a_day = INT64_C(10) * (norm->size_least > 0 ? norm->size_least : 1);
    int64_t days = (p->days.needed + a_day - 1) / a_day;

    if (days > norm->days_most)
        days = norm->days_most;
    if (days < norm->days_least)
        days = norm->days_least;
    return days < 1 ? 1 : (int32_t)days;
}

static void suggest_days(struct planning *p)
{
    const struct plan *made = p->view.file.state->plan;

    p->wish.from = p->view.today + AHEAD;
    p->wish.to = p->wish.from + days_suggested(p) - 1;
    if (made == NULL || made->from < p->view.today)
        return;
    p->wish.from = made->from;
    p->wish.to = made->to;
}

static void read_days(struct request *rq, struct planning *p)
{
    str from = asked(rq, "from");
    str to = asked(rq, "to");
    day first = 0;
    day last = 0;

    suggest_days(p);
    if (from.n == 0 && to.n == 0)
        return;
    p->wrong = !day_parse(from, &first) || !day_parse(to, &last) ||
               first < p->view.today || last < first ||
               last - first >= DAYS_MOST;
    if (p->wrong)
        return;
    p->wish.from = first;
    p->wish.to = last;
}

/* --- which sites ---------------------------------------------------------- */

static bool is_drawn(const struct state *s, str name)
{
    const str *names = s->sites_drawn == NULL ? NULL : s->sites_drawn->drawn.p;

    for (size_t i = 0; names != NULL && i < s->sites_drawn->drawn.n; i++) {
        if (str_eq(names[i], name))
            return true;
    }
    return false;
}

/* Headquarters, and what was drawn; everything where nothing is drawn. */
static bool is_suggested(const struct state *s, size_t i)
{
    const struct site *site = (const struct site *)s->application->sites.p + i;

    if (s->site_gone[i])
        return false;
    return s->sites_drawn == NULL || site->kind == SITE_HQ ||
           is_drawn(s, site->name);
}

static err suggest_sites(struct planning *p)
{
    const struct state *s = p->view.file.state;
    const struct site *from = s->application->sites.p;
    str *names;
    size_t n = 0;

    CASE_ROWS(&p->view, names, s->application->sites.n);
    for (size_t i = 0; i < s->application->sites.n; i++) {
        if (is_suggested(s, i))
            names[n++] = from[i].name;
    }
    p->sites = (struct list){ names, n };
    plan_days_of(s, &p->sites, &p->days);
    return OK;
}

static err show_sites(const struct planning *p, struct page_planner *page)
{
    const struct state *s = p->view.file.state;
    const struct site *from = s->application->sites.p;
    size_t n = s->application->sites.n;
    struct page_planner_sites *rows;

    CASE_ROWS(&p->view, rows, n);
    for (size_t i = 0; i < n; i++) {
        rows[i] = (struct page_planner_sites){
            .name = from[i].name,
            .place = from[i].place,
            .staff = from[i].staff,
            .drawn = is_drawn(s, from[i].name),
            .gone = s->site_gone[i],
            .chosen = is_suggested(s, i),
        };
        TRY(answer_id(p->view.rq, "site.", str_of(site_names[from[i].kind]),
                      &rows[i].kind));
    }
    page->sites = rows;
    page->sites_n = n;
    return OK;
}

/* --- which people --------------------------------------------------------- */

/* The refusals, in the reader's words, one after the other. */
static err say_all(const struct planning *p, const struct list *why, str *out)
{
    const err *e = why->p;
    struct buf b;
    str one;

    buf_init(&b, p->view.rq->arena, SAID_MOST);
    for (size_t i = 0; i < why->n; i++) {
        TRY(answer_words(p->view.rq, e[i], &one));
        buf_str(&b, i > 0 ? S(" ") : S(""));
        buf_str(&b, one);
    }
    return buf_done(&b, out);
}

/* What stands only in the way of leading comes after what they share. */
static err show_against(const struct planning *p, const struct candidate *c,
                        struct page_planner_people *out)
{
    out->lead = c->as_lead.n == 0;
    out->member = c->as_member.n == 0;
    if (c->as_member.n > 0)
        return say_all(p, &c->as_lead, &out->against);
    return say_all(p, &c->as_lead, &out->as_lead);
}

static bool is_auditor(const struct candidate *c)
{
    return (c->person.roles & ROLE_BIT(ROLE_AUDITOR)) != 0;
}

static err show_person(const struct planning *p, const struct candidate *c,
                       struct page_planner_people *out)
{
    const struct qualification *q = &c->person.qualification;

    *out = (struct page_planner_people){
        .login = c->person.login,
        .name = c->name,
        .expert = !is_auditor(c),
        .competent = c->competent,
        .full_time = q->full_time,
        .registration = q->registration,
        .registered = q->registration.n > 0,
        .until = q->until,
    };
    TRY(answer_id(p->view.rq, "auditor.", str_of(auditor_names[q->level]),
                  &out->level));
    return show_against(p, c, out);
}

/* The lead who knows the field first, else the first who may lead. */
static size_t lead_suggested(const struct planning *p)
{
    const struct candidate *c = p->people.p;
    size_t found = p->people.n;

    for (size_t i = 0; i < p->people.n; i++) {
        if (c[i].as_lead.n > 0)
            continue;
        if (c[i].competent)
            return i;
        if (found == p->people.n)
            found = i;
    }
    return found;
}

/* So many beside the lead as the package asks at the least. */
static void suggest_members(const struct planning *p, size_t lead,
                            struct page_planner_people *rows)
{
    const struct candidate *c = p->people.p;
    int32_t left = p->view.file.state->scheme->team.size_least - 1;

    for (size_t i = 0; i < p->people.n && left > 0; i++) {
        if (i == lead || !rows[i].member || !is_auditor(&c[i]))
            continue;
        rows[i].second = true;
        left--;
    }
}

static err show_people(const struct planning *p, struct page_planner *page)
{
    const struct candidate *c = p->people.p;
    size_t lead = lead_suggested(p);
    struct page_planner_people *rows;

    CASE_ROWS(&p->view, rows, p->people.n);
    for (size_t i = 0; i < p->people.n; i++)
        TRY(show_person(p, &c[i], &rows[i]));
    if (lead < p->people.n)
        rows[lead].first = true;
    suggest_members(p, lead, rows);
    page->people = rows;
    page->people_n = p->people.n;
    return OK;
}

/* --- when they are booked ------------------------------------------------- */

/* "10-26" of a day. */
static err day_label(const struct planning *p, day d, str *out)
{
    char text[DAY_TEXT];

    TRY_MEMORY(
        arena_str(p->view.rq->arena, str_from(day_text(d, text), 5), out));
    return OK;
}

static str booked_on(const struct person *p, day d)
{
    for (size_t i = 0; i < p->busy_count; i++) {
        if (p->busy[i].from <= d && d <= p->busy[i].to)
            return p->busy[i].case_number;
    }
    return S("");
}

static err show_row(const struct planning *p, const struct candidate *c,
                    size_t days, struct page_planner_row *out)
{
    struct page_planner_row_cells *cells;

    CASE_ROWS(&p->view, cells, days);
    for (size_t i = 0; i < days; i++) {
        cells[i].what = booked_on(&c->person, p->wish.from + (day)i);
        cells[i].taken = cells[i].what.n > 0;
    }
    *out = (struct page_planner_row){ c->name, cells, days };
    return OK;
}

static err show_calendar(const struct planning *p, struct page_planner *page)
{
    const struct candidate *c = p->people.p;
    size_t days = (size_t)(p->wish.to - p->wish.from) + 1;
    struct page_planner_days *heads;
    struct page_planner_row *rows;

    CASE_ROWS(&p->view, heads, days);
    CASE_ROWS(&p->view, rows, p->people.n);
    for (size_t i = 0; i < days; i++)
        TRY(day_label(p, p->wish.from + (day)i, &heads[i].label));
    for (size_t i = 0; i < p->people.n; i++)
        TRY(show_row(p, &c[i], days, &rows[i]));
    page->days = heads;
    page->days_n = days;
    page->rows = rows;
    page->rows_n = p->people.n;
    return OK;
}

/* --- the page ------------------------------------------------------------- */

static err date_text(const struct planning *p, day d, str *out)
{
    char text[DAY_TEXT];

    TRY_MEMORY(arena_str(p->view.rq->arena, day_text(d, text), out));
    return OK;
}

static err show_form(struct request *rq, const struct planning *p,
                     struct page_planner *page)
{
    page->open = p->open;
    page->shut = p->shut;
    page->ways = p->ways;
    if (!p->open)
        return OK;
    TRY(command_form_new_text(rq, &page->command_id));
    page->token = web_visit(rq)->token;
    page->version = p->view.file.state->version;
    return OK;
}

static err show_time(const struct planning *p, struct page_planner *page)
{
    const struct state *s = p->view.file.state;

    page->from = p->wish.from;
    page->to = p->wish.to;
    page->wrong = p->wrong;
    page->tabled = p->days.table > 0;
    page->staff = s->application->staff;
    page->least = plan_sites_least(s);
    page->drawn_link = p->open && s->sites_drawn == NULL &&
                       s->scheme->sites.used &&
                       page->least + 1 < (int64_t)s->application->sites.n;
    TRY(case_view_tenths(&p->view, p->days.table, &page->table));
    TRY(case_view_tenths(&p->view, p->days.outlets, &page->outlets));
    TRY(case_view_tenths(&p->view, p->days.needed, &page->needed));
    TRY(date_text(p, p->wish.from, &page->from_value));
    return date_text(p, p->wish.to, &page->to_value);
}

static bool is_a_refusal(err e)
{
    return err_is(e, ERR_DENIED) || err_is(e, ERR_REFUSED) ||
           err_is(e, ERR_LIMIT);
}

/* [PR1] Of a case that nobody applied for there is nothing to plan. */
static err open_planning(struct request *rq, struct planning *p)
{
    const struct right *r = right_find("plan.make");
    const struct state *s;
    err e;

    TRY(case_view_open(rq, &p->view));
    TRY(right_check_role(rq->arena, r, &p->view.who->actor));
    s = p->view.file.state;
    if (s->application == NULL || p->view.owner)
        return err_new(rq->arena, ERR_NOT_FOUND, "case.missing",
                       ARG_STR("ref", p->view.file.number));
    e = case_act_ask(web_app(rq), rq->arena, p->view.who, &p->view.file,
                     p->view.today, r);
    if (failed(e) && !is_a_refusal(e))
        return e;
    p->open = !failed(e) && !s->opening_held;
    if (failed(e)) {
        TRY(answer_words(rq, e, &p->shut));
        TRY(case_ways(&p->view, r->command, e, &p->ways));
    }
    TRY(suggest_sites(p));
    read_days(rq, p);
    p->wish.today = p->view.today;
    return planner_candidates(web_app(rq), rq->arena, p->view.who,
                              &p->view.file, &p->wish, &p->people);
}

static err get_planner(struct request *rq, struct response *rs)
{
    struct page_planner page = { .open = false };
    struct planning p = { .open = false };
    struct buf b;

    TRY(open_planning(rq, &p));
    page.number = p.view.file.number;
    TRY(case_view_room(&p.view, TAB_TEAM, &page.head));
    TRY(show_time(&p, &page));
    TRY(show_sites(&p, &page));
    TRY(show_people(&p, &page));
    TRY(show_calendar(&p, &page));
    TRY(show_form(rq, &p, &page));
    TRY(case_risk_under(&p.view, &page.risk)); /* [PR4] */
    TRY(visit_work(rq, p.view.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_planner_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/planner", RIGHT_BODY, BODY_NONE,
      get_planner },
};

const struct route_table planner_routes = { routes, COUNT(routes) };
