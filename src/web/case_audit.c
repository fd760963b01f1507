/*
 * case_audit -- what an audit is to look at and what it found: plan, score,
 * findings, nonconformities, report. [M15] [M18] [M19] [17065 7.4]
 *
 *   [AU1] Every indicator stands there with its points, and every point lost
 *         with its finding, evidence and author.
 *   [AU2] Where points are the package's own assumption it says so.
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/names.h"
#include "web/case_page.h"
#include "web/case_turn.h"

#include <string.h>

enum { EXACT_MOST = 128, PHOTOGRAPHS_MOST = 200 };

/* --- the plan ------------------------------------------------------------- */

static err show_modes(const struct case_view *v, const struct plan *p,
                      struct page_case_audit *page)
{
    const str *from = p->modes.p;
    struct page_case_audit_modes *rows;

    CASE_ROWS(v, rows, p->modes.n);
    for (size_t i = 0; i < p->modes.n; i++) {
        bool known =
            from[i].n == 1 && from[i].p[0] >= 'A' && from[i].p[0] <= 'I';

        if (!known)
            continue;
        struct page_case_audit_modes *row = &rows[page->modes_n++];
        row->mode = from[i];
        TRY(answer_id(v->rq, "mode.", str_of(mode_names[from[i].p[0] - 'A']),
                      &row->name));
    }
    page->modes = rows;
    return OK;
}

static err show_adjustments(const struct case_view *v, const struct plan *p,
                            struct page_case_audit *page)
{
    const struct adjustment *from = p->adjustments.p;
    struct page_case_audit_adjustments *rows;

    CASE_ROWS(v, rows, p->adjustments.n);
    for (size_t i = 0; i < p->adjustments.n; i++) {
        rows[i].reason = from[i].reason;
        TRY(case_view_tenths(v, from[i].tenths, &rows[i].days));
    }
    page->adjustments = rows;
    page->adjustments_n = p->adjustments.n;
    return OK;
}

static err show_plan(const struct case_view *v, struct page_case_audit *page)
{
    const struct state *s = v->file.state;
    const struct plan *p = s->plan;

    if (p == NULL)
        return OK;
    page->planned = true;
    page->from = p->from;
    page->to = p->to;
    page->opened = s->opening_held;
    page->closed = s->closing_held;
    TRY(answer_id(v->rq, "round.", str_of(round_names[s->round]),
                  &page->round));
    TRY(case_view_tenths(v, p->person_days, &page->person_days));
    TRY(case_view_tenths(v, p->needed, &page->needed));
    TRY(case_view_join(v, &p->sites, &page->sites));
    TRY(show_modes(v, p, page));
    return show_adjustments(v, p, page);
}

/* --- the score ------------------------------------------------------------ */

/* "12.5" from thousandths. */
static err points_text(const struct case_view *v, int32_t thousandths, str *out)
{
    int32_t rest = thousandths % 1000;
    struct buf b;

    buf_init(&b, v->rq->arena, TEXT_VALUE);
    buf_int(&b, thousandths / 1000);
    if (rest % 100 != 0)
        buf_printf(&b, ".%03d", (int)rest);
    else if (rest != 0)
        buf_printf(&b, ".%d", (int)(rest / 100));
    return buf_done(&b, out);
}

/* "= 9287/100", where that is short enough to be read, and says more. */
static err exact_text(const struct case_view *v, struct fraction x, str *out)
{
    struct buf b;

    buf_init(&b, v->rq->arena, EXACT_MOST);
    if (x.den > 1 && x.den <= 1000000)
        buf_printf(&b, "= %lld/%lld", (long long)x.num, (long long)x.den);
    return buf_done(&b, out);
}

static err show_gates(const struct case_view *v, const struct score *x,
                      struct page_case_audit *page)
{
    const struct scheme *s = v->file.state->scheme;
    struct page_case_audit_gates *rows;

    CASE_ROWS(v, rows, x->gate_count);
    for (size_t i = 0; i < x->gate_count; i++) {
        const struct gate_result *g = &x->gates[i];
        const struct level *level = &s->levels[g->level];

        rows[i] = (struct page_case_audit_gates){
            .level = web_label(v->rq, level->label),
            .label = web_label(v->rq, level->gates[g->gate].label),
            .blocks = g->blocks,
        };
        TRY(answer_id(v->rq, "gate.", str_of(gate_names[g->state]),
                      &rows[i].state));
    }
    page->gates = rows;
    page->gates_n = x->gate_count;
    return OK;
}

static err show_score(const struct case_view *v, struct page_case_audit *page)
{
    const struct state *s = v->file.state;
    struct score *x = arena_zero(v->rq->arena, sizeof *x);

    TRY_MEMORY(x);
    if (s->audits == 0 || s->scheme->method != METHOD_POINTS)
        return OK;
    state_score(s, x);
    page->scored = true;
    page->score = x->shown;
    page->deductions = s->deductions;
    page->bonus = s->bonus;
    page->assumed = scheme_is_assumed(s->scheme);
    page->level = s->stage == STAGE_AUDIT || x->level < 0
                      ? S("")
                      : web_label(v->rq, s->scheme->levels[x->level].label);
    TRY(exact_text(v, x->exact, &page->exact));
    return show_gates(v, x, page);
}

/* --- indicators [AU1] ----------------------------------------------------- */

static const char *answer_word(enum answer_kind kind)
{
    static const char *const ids[] = {
        [ANSWER_NONE] = "answer.none",
        [ANSWER_MET] = "answer.met",
        [ANSWER_NOT_MET] = "answer.not_met",
        [ANSWER_SAMPLED] = NULL, /* k/n says it */
        [ANSWER_NOT_APPLICABLE] = "answer.na",
    };

    return ids[kind];
}

static err show_answer(const struct case_view *v, struct answer x,
                       struct page_case_audit_indicators *out)
{
    struct buf b;

    out->answer = answer_word(x.kind);
    buf_init(&b, v->rq->arena, TEXT_VALUE);
    if (x.kind == ANSWER_SAMPLED)
        buf_printf(&b, "%d/%d", x.k, x.n);
    return buf_done(&b, &out->sampled);
}

static err show_leaf(const struct case_view *v, int32_t leaf, struct answer x,
                     struct page_case_audit_indicators *out)
{
    const struct state *s = v->file.state;
    const struct leaf_state *l = &s->leaves[leaf];
    int32_t lost = score_lost(s->scheme, leaf, x);

    out->leaf = true;
    out->costs = x.kind != ANSWER_NONE && lost > 0;
    TRY(show_answer(v, x, out));
    TRY(points_text(v, lost, &out->lost));
    if (l->finding == NULL)
        return OK;
    out->note = l->finding->note;
    out->who = case_view_name(v, l->auditor);
    return case_view_join(v, &l->finding->evidence, &out->evidence);
}

static err show_indicators(const struct case_view *v,
                           struct page_case_audit *page)
{
    const struct state *s = v->file.state;
    struct findings *f = arena_zero(v->rq->arena, sizeof *f);
    struct page_case_audit_indicators *rows;

    TRY_MEMORY(f);
    if (s->audits == 0)
        return OK;
    state_findings(s, f);
    CASE_ROWS(v, rows, s->scheme->indicator_count);
    for (size_t i = 0; i < s->scheme->indicator_count; i++) {
        const struct indicator *in = &s->scheme->indicators[i];

        rows[i].number = in->id;
        rows[i].label = web_label(v->rq, in->label);
        if (s->scheme->method == METHOD_POINTS)
            TRY(points_text(v, in->points, &rows[i].points));
        if (in->leaf >= 0)
            TRY(show_leaf(v, in->leaf, f->answers[in->leaf], &rows[i]));
    }
    page->indicators = rows;
    page->indicators_n = s->scheme->indicator_count;
    return OK;
}

/* --- what was raised ------------------------------------------------------ */

static err show_raised_one(const struct case_view *v,
                           const struct nonconformity_state *x,
                           struct page_case_audit_raised *out)
{
    const struct nonconformity *n = x->raised;

    *out = (struct page_case_audit_raised){
        .number = n->number,
        .indicator = n->indicator,
        .label = case_view_indicator(v, n->indicator),
        .text = n->text,
        .site = n->site,
        .corrected = grade_is_corrected(n->grade),
        .open = grade_is_corrected(n->grade) && x->state == CORRECTION_OPEN,
        .cause = x->correction == NULL ? S("") : x->correction->cause,
        .action = x->correction == NULL ? S("") : x->correction->action,
        .verdict = x->verdict == NULL ? S("") : x->verdict->note,
    };
    if (x->correction != NULL)
        TRY(case_view_join(v, &x->correction->evidence, &out->evidence));
    TRY(answer_id(v->rq, "correcting.", str_of(correcting_names[x->state]),
                  &out->state));
    return answer_id(v->rq, "grade.", str_of(grade_names[n->grade]),
                     &out->grade);
}

/* Pictures of what was put right, those that are kept here. */
static err show_proofs(const struct case_view *v, struct page_case_audit *page)
{
    struct page_case_audit_proofs *rows;

    CASE_ROWS(v, rows, PHOTOGRAPHS_MOST);
    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        const struct correction *c = e->data;

        if (strcmp(e->kind->name, "correction.submitted") != 0)
            continue;
        const str *photos = c->photos.p;
        for (size_t i = 0; i < c->photos.n; i++) {
            if (page->proofs_n < PHOTOGRAPHS_MOST &&
                photos[i].n == 2 * sizeof(struct hash))
                rows[page->proofs_n++] =
                    (struct page_case_audit_proofs){ c->number, photos[i],
                                                     (int64_t)i + 1 };
        }
    }
    page->proofs = rows;
    return OK;
}

static err show_raised(const struct case_view *v, struct page_case_audit *page)
{
    const struct state *s = v->file.state;
    size_t n = (size_t)s->nonconformity_count;
    struct page_case_audit_raised *rows;

    CASE_ROWS(v, rows, n);
    for (size_t i = 0; i < n; i++)
        TRY(show_raised_one(v, &s->nonconformities[i], &rows[i]));
    page->raised = rows;
    page->raised_n = n;
    page->correct_until = s->correct_until;
    page->corrections =
        s->correct_until != DAY_NEVER && state_open_nonconformities(s) > 0;
    page->late = page->corrections && s->correct_until < v->today;
    return show_proofs(v, page);
}

/* --- the report ----------------------------------------------------------- */

static void show_report(const struct case_view *v, struct page_case_audit *page)
{
    const struct state *s = v->file.state;

    if (s->report == NULL)
        return;
    page->reported = true;
    page->reported_on = s->reported_on;
    page->recommended = s->report->recommended;
    page->summary = s->report->summary;
    page->acknowledged = s->acknowledged;
}

/* Of both meetings, those that are kept here: others are not to be opened. */
static err show_photographs(const struct case_view *v,
                            struct page_case_audit *page)
{
    struct page_case_audit_photographs *rows;

    CASE_ROWS(v, rows, PHOTOGRAPHS_MOST);
    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        const struct meeting *m = e->data;

        if (strcmp(e->kind->name, "audit.opened") != 0 &&
            strcmp(e->kind->name, "audit.closed") != 0)
            continue;
        const str *photos = m->photos.p;
        for (size_t i = 0; i < m->photos.n; i++) {
            if (page->photographs_n < PHOTOGRAPHS_MOST &&
                photos[i].n == 2 * sizeof(struct hash))
                rows[page->photographs_n++].hash = photos[i];
        }
    }
    for (size_t i = 0; i < page->photographs_n; i++)
        rows[i].n = (int64_t)i + 1;
    page->photographs = rows;
    return OK;
}

/* [TU4] */
static err show_next(const struct case_view *v, struct page_case_audit *page)
{
    TRY(case_turn_says(v, "page_case.no_plan", &page->no_plan));
    TRY(case_turn_says(v, "page_case.meeting_none", &page->meeting_none));
    return case_turn_says(v, "page_case.acknowledged", &page->acknowledged_by);
}

static err get_audit(struct request *rq, struct response *rs)
{
    struct page_case_audit page = { .planned = false };
    struct case_view v;
    struct buf b;

    TRY(case_view_open(rq, &v));
    page.number = v.file.number;
    page.sampled = v.file.state->scheme->sample.used;
    TRY(case_view_head(&v, TAB_AUDIT, &page.head));
    TRY(show_plan(&v, &page));
    TRY(show_score(&v, &page));
    TRY(show_indicators(&v, &page));
    TRY(show_raised(&v, &page));
    show_report(&v, &page);
    TRY(show_photographs(&v, &page));
    TRY(show_next(&v, &page));
    TRY(visit_work(rq, v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_audit_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/audit", RIGHT_IN, BODY_NONE, get_audit },
};

const struct route_table case_audit_routes = { routes, COUNT(routes) };
