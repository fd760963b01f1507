/*
 * case_review_file -- what a decision rests on beside the score: what was
 * raised and corrected, who was asked, who looked, and which documents.
 * [17065 7.5] [M14] [M18]
 */

#include "base/arena.h"
#include "base/hex.h"
#include "domain/names.h"
#include "domain/review_rounds.h"
#include "domain/sampling.h"
#include "web/case_review.h"

#include <string.h>

/* --- what was raised ------------------------------------------------------ */

static err show_correction(const struct case_view *v,
                           const struct nonconformity_state *x,
                           struct page_case_review_raised *out)
{
    if (x->verdict != NULL) {
        out->verdict = x->verdict->note;
        out->on_site = x->verdict->on_site;
    }
    if (x->correction == NULL)
        return OK;
    out->cause = x->correction->cause;
    out->remedy = x->correction->remedy;
    out->action = x->correction->action;
    return case_view_join(v, &x->correction->evidence, &out->evidence);
}

static err show_raised_one(const struct case_view *v,
                           const struct nonconformity_state *x,
                           struct page_case_review_raised *out)
{
    const struct nonconformity *n = x->raised;

    *out = (struct page_case_review_raised){
        .number = n->number,
        .indicator = n->indicator,
        .label = case_view_indicator(v, n->indicator),
        .site = n->site,
        .text = n->text,
        .corrected = grade_is_corrected(n->grade),
        .open = grade_is_corrected(n->grade) && x->state != CORRECTION_ACCEPTED,
    };
    TRY(show_correction(v, x, out));
    TRY(answer_id(v->rq, "correcting.", str_of(correcting_names[x->state]),
                  &out->state));
    return answer_id(v->rq, "grade.", str_of(grade_names[n->grade]),
                     &out->grade);
}

static err show_raised(const struct case_view *v, struct page_case_review *out)
{
    const struct state *s = v->file.state;
    size_t n = (size_t)s->nonconformity_count;
    struct page_case_review_raised *rows;

    out->reported = true;
    out->reported_on = s->reported_on;
    out->recommended = s->report->recommended;
    out->summary = s->report->summary;
    out->open = state_open_nonconformities(s);
    CASE_ROWS(v, rows, n);
    for (size_t i = 0; i < n; i++)
        TRY(show_raised_one(v, &s->nonconformities[i], &rows[i]));
    out->raised = rows;
    out->raised_n = n;
    return OK;
}

/* --- who was asked -------------------------------------------------------- */

static err show_sample(const struct case_view *v, struct page_case_review *out)
{
    const struct sample_state *x = &v->file.state->sample;
    struct interval w;

    if (x->reached == 0)
        return OK;
    w = wilson(x->satisfied, x->reached);
    out->reached = x->reached;
    out->satisfied = x->satisfied;
    out->low = w.low;
    out->high = w.high;
    return answer_id(v->rq, "sampled.",
                     str_of(sample_names[sampling_verdict(v->file.state)]),
                     &out->verdict);
}

static bool show_paper(const struct event *e,
                       struct page_case_review_papers *out)
{
    const struct interview *asked = e->data;
    const struct observation *seen = e->data;

    if (strcmp(e->kind->name, "interview.recorded") == 0)
        *out = (struct page_case_review_papers){
            true, asked->number, asked->site, asked->role, asked->note,
        };
    else if (strcmp(e->kind->name, "observation.recorded") == 0)
        *out = (struct page_case_review_papers){
            false, seen->number, seen->site, seen->place, seen->note,
        };
    else
        return false;
    return true;
}

static err show_papers(const struct case_view *v, struct page_case_review *out)
{
    struct page_case_review_papers *rows;

    CASE_ROWS(v, rows, v->file.events.n);
    for (const struct event *e = v->file.events.first; e != NULL; e = e->next)
        out->papers_n += show_paper(e, &rows[out->papers_n]);
    out->papers = rows;
    return OK;
}

/* --- who looked [17065 7.6.2] --------------------------------------------- */

static const char *seat_of(const struct team_member *m)
{
    if (m->lead)
        return "seat.lead";
    return m->expert ? "seat.expert" : "role.auditor";
}

static void show_members(const struct case_view *v, const struct plan *p,
                         struct page_case_review *out,
                         struct page_case_review_team *rows)
{
    const struct team_member *team = p->team.p;

    out->planned = true;
    out->from = p->from;
    out->to = p->to;
    for (size_t i = 0; i < p->team.n; i++)
        rows[out->team_n++] = (struct page_case_review_team){
            case_view_name(v, team[i].person),
            seat_of(&team[i]),
        };
}

/* Those of the team, and whoever else evaluated. */
static err show_team(const struct case_view *v, struct page_case_review *out)
{
    const struct state *s = v->file.state;
    size_t most = s->plan == NULL ? 0 : s->plan->team.n;
    struct page_case_review_team *rows;

    CASE_ROWS(v, rows, most + EVALUATOR_MAX);
    if (s->plan != NULL)
        show_members(v, s->plan, out, rows);
    for (int32_t i = 0; i < s->evaluators.n; i++) {
        if (!state_is_member(s, s->evaluators.people[i]))
            rows[out->team_n++] = (struct page_case_review_team){
                case_view_name(v, s->evaluators.people[i]),
                "review_room.evaluated",
            };
    }
    out->team = rows;
    return OK;
}

/* --- which documents ------------------------------------------------------ */

static err show_file(const struct case_view *v, const struct document *d,
                     struct page_case_review_documents *out)
{
    if (d == NULL)
        return OK;
    out->there = true;
    out->title = d->title;
    out->on = case_view_added(v, d);
    out->from = d->covers_from;
    out->to = d->covers_to;
    out->period = d->covers_from != DAY_NEVER && d->covers_to != DAY_NEVER;
    return hex_text(v->rq->arena, d->blob.b, sizeof d->blob.b, &out->hash);
}

static err show_documents(const struct case_view *v,
                          struct page_case_review *out)
{
    const struct state *s = v->file.state;
    size_t n = s->scheme->requirement_count;
    struct page_case_review_documents *rows;

    CASE_ROWS(v, rows, n);
    for (size_t i = 0; i < n; i++) {
        const struct judgement *j = s->requirements[i].judgement;

        rows[i] = (struct page_case_review_documents){
            .label = web_label(v->rq, s->scheme->requirements[i].label),
            .required = s->scheme->requirements[i].required,
            .judged = j != NULL,
            .gap = j != NULL && review_has_gap(j),
            .note = j == NULL ? S("") : j->note,
        };
        TRY(show_file(v, s->requirements[i].document, &rows[i]));
    }
    out->documents = rows;
    out->documents_n = n;
    return OK;
}

err case_review_file(const struct case_view *v, struct page_case_review *out)
{
    TRY(show_raised(v, out));
    TRY(show_sample(v, out));
    TRY(show_papers(v, out));
    TRY(show_team(v, out));
    return show_documents(v, out);
}
