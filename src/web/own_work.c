/*
 * own_work -- what an enterprise finds when it comes in: the one step that
 * presses most, its certificates and cases, what falls due later, and what it
 * can do when there is nothing yet. [M4] [M22] [M23]
 *
 *   [OW1] What waits, and for whom, service/todos says; of what waits for the
 *         enterprise, the overdue comes first, then the nearest limit.
 *   [OW2] A step leads to the page on which it is done, and to what should be
 *         read before.
 */

#include "web/own_work.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/names.h"
#include "http/percent.h"
#include "service/messages_read.h"
#include "service/todos.h"

enum { OWN_CASES = 50, OWN_SHOWN = 8, ADDRESS_MOST = 400 };

/* --- where a step is done [OW2] ------------------------------------------- */

/* Below /cases/NUMBER. */
struct way {
    const char *act;  /* NULL: the form of its command */
    const char *read; /* NULL: nothing to read before */
    const char *why;  /* a text; NULL: the task says it all */
};

/* clang-format off */
static const struct way ways[TASK_KIND_COUNT] = {
    [TASK_APPLY] = { "/apply", NULL, "own_work.why_apply" },
    [TASK_SUPPLY] = { NULL, "/papers", "own_work.why_supply" },
    [TASK_ACCEPT] = { "/contract", "/offers", "own_work.why_accept" },
    [TASK_PAY] = { "/money", NULL, "own_work.why_pay" },
    [TASK_REVISE] = { "/papers", NULL, "own_work.why_revise" },
    [TASK_AGREE] = { NULL, "/audit", "own_work.why_agree" },
    [TASK_AGREE_TEAM] = { NULL, "/team", "own_work.why_agree_team" },
    [TASK_GIVE_NONCE] = { "/sample", NULL, "own_work.why_give_nonce" },
    [TASK_ACKNOWLEDGE] = { NULL, "/audit", "own_work.why_acknowledge" },
    [TASK_CORRECT] = { NULL, "/audit", "own_work.why_correct" },
    [TASK_CURE] = { "/certificate", NULL, "own_work.why_cure" },
    [TASK_RENEW] = { NULL, "/certificate", "own_work.why_renew" },
    [TASK_MEET_CONDITION] = { NULL, "/certificate", "own_work.why_meet_condition" },
    [TASK_ASK_CHANGE] = { NULL, "/certificate", "own_work.why_ask_change" },
    [TASK_CURE_MISUSE] = { "/certificate", NULL, "own_work.why_cure_misuse" },
    [TASK_COLLECT] = { "/money", NULL, "own_work.why_collect" },
};
/* clang-format on */

err own_work_way(const struct case_view *v, enum task_kind kind, str *out)
{
    struct buf b;

    if (ways[kind].act != NULL)
        return case_view_address(v, ways[kind].act, out);
    if (kind != TASK_RENEW)
        return case_view_form(v, task_command(kind), out);
    buf_init(&b, v->rq->arena, ADDRESS_MOST);
    buf_str(&b, S("/cases/new?previous="));
    percent_encode(&b, v->file.state->certificate->number);
    return buf_done(&b, out);
}

/* --- the next step [OW1] -------------------------------------------------- */

/* What is gathered, case by case. */
struct gathering {
    struct request *rq;
    const struct session *who;
    day today;
    struct page_own_work *page;
    struct page_own_case *cases;
    struct page_own_work_certificates *certificates;
    struct page_own_work_reminders *reminders;
    struct task step; /* the most pressing so far, if page->step */
};

static bool presses_more(const struct gathering *g, const struct task *t)
{
    return !g->page->step ||
           (t->due != DAY_NEVER &&
            (g->step.due == DAY_NEVER || t->due < g->step.due));
}

static err take_step(struct gathering *g, const struct case_view *v,
                     const struct todo_seen *t)
{
    const struct way *way = &ways[t->task.kind];
    struct page_own_work *page = g->page;

    if (!presses_more(g, &t->task))
        return OK;
    g->step = t->task;
    page->step = true;
    page->step_why = way->why;
    page->step_case = v->file.number;
    page->step_due = t->task.due;
    page->step_limited = t->task.due != DAY_NEVER;
    page->step_overdue = t->overdue;
    page->step_left = page->step_limited ? t->task.due - g->today : 0;
    page->step_reads = way->read != NULL;
    if (page->step_reads)
        TRY(case_view_address(v, way->read, &page->step_read));
    TRY(own_work_way(v, t->task.kind, &page->step_way));
    return answer_id(g->rq, "task.", str_of(task_names[t->task.kind]),
                     &page->step_what);
}

/* --- a case --------------------------------------------------------------- */

static err show_stages(const struct case_view *v,
                       const struct page_case_head *head,
                       struct page_own_case *out)
{
    struct page_own_case_stages *rows;

    CASE_ROWS(v, rows, head->stages_n);
    for (size_t i = 0; i < head->stages_n; i++)
        rows[i] = (struct page_own_case_stages){
            .name = head->stages[i].name,
            .now = head->stages[i].now,
            .past = head->stages[i].past,
        };
    out->stages = rows;
    out->stages_n = head->stages_n;
    return OK;
}

static err show_mine(struct gathering *g, const struct case_view *v,
                     const struct todo_seen *t, struct page_own_case_mine *out)
{
    *out = (struct page_own_case_mine){
        .due = t->task.due,
        .limited = t->task.due != DAY_NEVER,
        .overdue = t->overdue,
    };
    TRY(take_step(g, v, t));
    TRY(own_work_way(v, t->task.kind, &out->way));
    return answer_id(g->rq, "task.", str_of(task_names[t->task.kind]),
                     &out->what);
}

/* Several people of the body may have the same to do. */
static bool is_told(const struct todo_seen *seen, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (seen[k].task.kind == seen[i].task.kind &&
            seen[k].task.number == seen[i].task.number &&
            seen[k].theirs == seen[i].theirs)
            return true;
    }
    return false;
}

static err show_theirs(struct gathering *g, const struct todo_seen *t,
                       struct page_own_case_theirs *out)
{
    out->due = t->task.due;
    out->limited = out->due != DAY_NEVER;
    return answer_id(g->rq, "task.", str_of(task_names[t->task.kind]),
                     &out->what);
}

static err show_tasks(struct gathering *g, const struct case_view *v,
                      struct page_own_case *out)
{
    struct list found;
    struct page_own_case_mine *mine;
    struct page_own_case_theirs *theirs;

    TRY(todo_of_case_for(web_app(g->rq), g->rq->arena, g->who, &v->file,
                         g->today, &found));
    CASE_ROWS(v, mine, found.n);
    CASE_ROWS(v, theirs, found.n);

    const struct todo_seen *seen = found.p;
    for (size_t i = 0; i < found.n; i++) {
        if (!seen[i].open || is_told(seen, i))
            continue;
        err e = seen[i].theirs
                    ? show_mine(g, v, &seen[i], &mine[out->mine_n++])
                    : show_theirs(g, &seen[i], &theirs[out->theirs_n++]);
        TRY(e);
    }
    out->mine = mine;
    out->theirs = theirs;
    return OK;
}

static err show_case(struct gathering *g, const struct case_view *v)
{
    struct page_own_case *out = &g->cases[g->page->cases_n++];
    struct page_case_head head;

    TRY(case_view_head(v, TAB_OVERVIEW, &head));
    *out = (struct page_own_case){
        .number = v->file.number,
        .scheme = head.scheme,
        .level = head.level,
        .stage = head.stage,
    };
    TRY(messages_unread(web_app(v->rq), v->rq->arena, v->who, &v->file,
                        &out->unread));
    TRY(show_stages(v, &head, out));
    return show_tasks(g, v, out);
}

/* --- a certificate, and what falls due ------------------------------------ */

static err show_certificate(struct gathering *g, const struct case_view *v)
{
    const struct state *s = v->file.state;
    const struct certificate *c = s->certificate;
    const struct page_status_words *words =
        page_status_words(web_status(s->status));
    int32_t level = scheme_level(s->scheme, c->level);

    g->certificates[g->page->certificates_n++] =
        (struct page_own_work_certificates){
            .number = c->number,
            .level = case_view_level(v, c->level),
            .stars =
                level < 0 ? S("") : page_stars(s->scheme->levels[level].stars),
            .scheme = web_label(g->rq, s->scheme->name),
            .case_number = v->file.number,
            .status = words->status,
            .style = words->style,
            .until = c->until,
            .left = c->until - g->today,
            .over = c->until < g->today,
        };
    return OK;
}

/* Where one prepares for it: the form of a renewal once it is not too early,
 * the case until then. [M23] */
static err reminder_way(const struct case_view *v, const struct task *t,
                        bool open, str *out)
{
    return t->kind == TASK_RENEW && open ? own_work_way(v, t->kind, out)
                                         : case_view_address(v, "", out);
}

static err remind(struct gathering *g, const struct case_view *v,
                  const struct task *t)
{
    struct page_own_work_reminders *row = &g->reminders[g->page->reminders_n++];
    bool survey = t->kind == TASK_SURVEY;

    *row = (struct page_own_work_reminders){
        .what = survey ? "own_work.survey" : "own_work.renew",
        .prepare =
            survey ? "own_work.survey_prepare" : "own_work.renew_prepare",
        .case_number = v->file.number,
        .opens = t->opens,
        .due = t->due,
        .open = t->opens <= g->today,
        .late = t->due < g->today,
    };
    return reminder_way(v, t, row->open, &row->way);
}

/* What comes while the certificate lives, on whatever day. */
static err show_reminders(struct gathering *g, const struct case_view *v)
{
    const struct state *s = v->file.state;
    struct list found;

    TRY(todo_of_case(web_app(g->rq), g->rq->arena, &v->file,
                     s->certificate->until, &found));

    const struct task *t = found.p;
    for (size_t i = 0; i < found.n; i++) {
        if (t[i].kind != TASK_SURVEY && t[i].kind != TASK_RENEW)
            continue;
        TRY(remind(g, v, &t[i]));
    }
    return OK;
}

static err gather(struct gathering *g, str number)
{
    struct case_view v = { .rq = g->rq, .who = g->who, .today = g->today };

    TRY(cases_load(web_app(g->rq), g->rq->arena, g->who, number, &v.file));
    if (g->page->enterprise.n == 0)
        g->page->enterprise = v.file.enterprise.name;
    TRY(show_case(g, &v));
    if (v.file.state->certificate == NULL)
        return OK;
    TRY(show_certificate(g, &v));
    return show_reminders(g, &v);
}

/* --- the page ------------------------------------------------------------- */

/* The newest first, that are not over. */
static err gather_all(struct gathering *g)
{
    struct list found;

    TRY(cases_list(web_app(g->rq), g->rq->arena, g->who, S(""), OWN_CASES,
                   &found));

    const struct case_line *line = found.p;
    for (size_t i = found.n; i > 0; i--) {
        if (line[i - 1].stage == STAGE_ENDED || g->page->cases_n == OWN_SHOWN)
            g->page->more = true;
        else
            TRY(gather(g, line[i - 1].number));
    }
    g->page->begun = g->page->cases_n > 0;
    return OK;
}

static err make_room(struct gathering *g)
{
    g->cases = arena_array(g->rq->arena, OWN_SHOWN, sizeof *g->cases);
    g->certificates =
        arena_array(g->rq->arena, OWN_SHOWN, sizeof *g->certificates);
    /* a surveillance and a renewal each */
    g->reminders =
        arena_array(g->rq->arena, 2UL * OWN_SHOWN, sizeof *g->reminders);
    TRY_MEMORY(g->cases != NULL && g->certificates != NULL &&
               g->reminders != NULL);
    g->page->cases = g->cases;
    g->page->certificates = g->certificates;
    g->page->reminders = g->reminders;
    return OK;
}

bool own_work_is_for(const struct session *who)
{
    return who->actor.roles == ROLE_BIT(ROLE_APPLICANT);
}

err own_work_page(struct request *rq, struct response *rs)
{
    struct page_own_work page = { .enterprise = S("") };
    struct gathering g = {
        .rq = rq,
        .who = &web_visit(rq)->who.session,
        .today = faces_today(rq->app),
        .page = &page,
    };
    struct buf b;

    page.today = g.today;
    TRY(make_room(&g));
    TRY(gather_all(&g));
    TRY(visit_work(rq, S(""), AT_WORK, &page.work));
    case_view_buf(rq, &b);
    page_own_work_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}
