/*
 * case_decision -- how a case is decided and by whom, and what became of the
 * certificate. [17065 7.6] [条例 22] [M20]-[M25]
 *
 *   [DN1] The enterprise reads who sits on the panel, and what was signed: no
 *         vote, no advice, no question, nothing that is not signed
 *         (domain/view.h [VW5]).
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/names.h"
#include "web/case_review.h"
#include "web/case_turn.h"

#include <string.h>

/* --- the panel ------------------------------------------------------------ */

static err show_vote(const struct case_view *v, const struct vote *vote,
                     struct page_case_decision_seats *out)
{
    if (vote == NULL)
        return OK;
    out->has_voted = true;
    out->reasons = vote->reasons;
    return answer_id(v->rq, "outcome.", str_of(outcome_names[vote->outcome]),
                     &out->vote);
}

static err show_seat(const struct case_view *v, size_t i,
                     struct page_case_decision_seats *out)
{
    const struct panel_state *p = &v->file.state->panel;
    const struct seat *seat = (const struct seat *)p->named->seats.p + i;

    *out = (struct page_case_decision_seats){
        .name = case_view_name(v, seat->person),
        .seat = seat->chair ? "seat.chair" : "seat.expert",
        .is_seated = seat->chair || seat->expert,
        .votes = !seat->expert,
    };
    if (v->owner)
        return OK; /* [DN1] */
    if (p->advice[i] != NULL)
        out->reasons = p->advice[i]->text;
    return show_vote(v, p->votes[i], out);
}

static err show_panel(const struct case_view *v,
                      struct page_case_decision *page)
{
    const struct panel *p = v->file.state->panel.named;
    struct page_case_decision_seats *rows;

    if (p == NULL)
        return OK;
    CASE_ROWS(v, rows, p->seats.n);
    for (size_t i = 0; i < p->seats.n; i++)
        TRY(show_seat(v, i, &rows[i]));
    page->seats = rows;
    page->seats_n = p->seats.n;
    page->votes = !v->owner;
    return OK;
}

/* --- the decision --------------------------------------------------------- */

static err show_conditions(const struct case_view *v, const struct list *from,
                           struct page_case_decision *page)
{
    const struct condition *c = from->p;
    struct page_case_decision_conditions *rows;

    CASE_ROWS(v, rows, from->n);
    for (size_t i = 0; i < from->n; i++)
        rows[i] = (struct page_case_decision_conditions){
            c[i].number,
            c[i].text,
            c[i].until,
        };
    page->conditions = rows;
    page->conditions_n = from->n;
    return OK;
}

static err show_decided(const struct case_view *v, const struct decision *d,
                        struct page_case_decision *page)
{
    const struct state *s = v->file.state;

    page->decided = true;
    page->granted = d->outcome == OUTCOME_GRANTED;
    page->is_signed = !id_is_zero(s->signed_by);
    page->level = case_view_level(v, d->level);
    page->scored = s->scheme->method == METHOD_POINTS;
    page->score = d->shown;
    page->reasons = d->reasons;
    page->decided_by = case_view_name(v, s->decided_by);
    page->signed_by = case_view_name(v, s->signed_by);
    TRY(answer_id(v->rq, "outcome.", str_of(outcome_names[d->outcome]),
                  &page->outcome));
    return show_conditions(v, &d->conditions, page);
}

/* What is put to the vote, and what the reviewer asked. */
static err show_on_its_way(const struct case_view *v,
                           struct page_case_decision *page)
{
    const struct state *s = v->file.state;

    page->question = s->question;
    if (s->panel.motion == NULL || s->decision != NULL)
        return OK;
    page->proposed = true;
    return show_conditions(v, &s->panel.motion->conditions, page);
}

/* Why the newest decision came back without a second signature. */
static void show_returned(const struct case_view *v,
                          struct page_case_decision *page)
{
    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        const struct reasons *why = e->data;

        if (strcmp(e->kind->name, "decision.made") == 0)
            page->returned = false;
        if (strcmp(e->kind->name, "decision.returned") != 0)
            continue;
        page->returned = true;
        page->returned_on = e->on;
        page->returned_why = why->reasons;
    }
}

static err show_appeal(const struct case_view *v,
                       struct page_case_decision *page)
{
    const struct appeal_state *x = &v->file.state->appeal;

    if (x->appeal == NULL)
        return OK;
    page->appealed = true;
    page->appealed_on = x->filed;
    page->grounds = x->appeal->grounds;
    page->heard = x->decision != NULL;
    page->upheld = page->heard && x->decision->upheld;
    page->heard_why = page->heard ? x->decision->reasons : S("");
    return answer_id(v->rq, "appeal_subject.",
                     str_of(appeal_names[x->appeal->subject]),
                     &page->appeal_subject);
}

static err show_decision(const struct case_view *v,
                         struct page_case_decision *page)
{
    const struct state *s = v->file.state;
    bool is_signed = !id_is_zero(s->signed_by);

    TRY(show_panel(v, page));
    TRY(show_appeal(v, page));
    if (s->decision != NULL && (is_signed || !v->owner))
        TRY(show_decided(v, s->decision, page));
    if (v->owner)
        return OK; /* [DN1] */
    show_returned(v, page);
    return show_on_its_way(v, page);
}

/* [RR3] */
static err show_review(struct case_view *v, struct page_case_decision *page)
{
    page->reviewing = case_review_is_open(v);
    if (!page->reviewing)
        return OK;
    TRY(case_view_open_papers(v->rq, v));
    return case_review_show(v, &page->review);
}

static err get_decision(struct request *rq, struct response *rs)
{
    struct page_case_decision page = { .decided = false };
    struct case_view v;
    struct buf b;

    TRY(case_view_open(rq, &v));
    TRY(case_view_head(&v, TAB_DECISION, &page.head));
    TRY(show_decision(&v, &page));
    TRY(show_review(&v, &page));
    TRY(case_turn_says(&v, "page_case.unsigned", &page.unsigned_yet));
    TRY(visit_work(rq, v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_decision_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

/* --- the certificate ------------------------------------------------------ */

static err show_certificate(const struct case_view *v,
                            struct page_case_certificate *page)
{
    const struct state *s = v->file.state;
    const struct certificate *c = s->certificate;
    const struct page_status_words *words;

    if (c == NULL)
        return OK;
    words = page_status_words(web_status(s->status));
    page->issued = true;
    page->number = c->number;
    page->status = words->status;
    page->style = words->style;
    page->level = case_view_level(v, c->level);
    page->scope = s->scope;
    page->scope_en = s->scope_en;
    page->issued_on = c->issued;
    page->from = c->from;
    page->until = c->until;
    page->first_issued = c->first_issued;
    page->surveillance_due = s->surveillance_due;
    page->surveyed = s->surveillance_due != DAY_NEVER;
    page->suspended = s->suspended_until != DAY_NEVER;
    page->suspended_until = s->suspended_until;
    return OK;
}

static err show_subs(const struct case_view *v,
                     struct page_case_certificate *page)
{
    const struct state *s = v->file.state;
    size_t n = (size_t)s->sub_count;
    struct page_case_certificate_subs *rows;

    CASE_ROWS(v, rows, n);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct page_case_certificate_subs){
            .number = s->subs[i].sub->number,
            .site = s->subs[i].sub->site,
            .until = s->subs[i].sub->until,
            .ended = s->subs[i].ended,
            .is_ended = s->subs[i].ended != DAY_NEVER,
        };
    page->subs = rows;
    page->subs_n = n;
    return OK;
}

static err show_condition(const struct case_view *v,
                          const struct condition_state *x,
                          struct page_case_certificate_conditions *out)
{
    bool back = x->standing == CONDITION_OPEN && x->verdict != NULL;

    *out = (struct page_case_certificate_conditions){
        .number = x->set->number,
        .text = x->set->text,
        .until = x->until,
        .answer = x->answer == NULL ? S("") : x->answer->text,
        .note = back ? x->verdict->note : S(""),
        .overdue = x->standing != CONDITION_MET && x->until < v->today,
    };
    return answer_id(v->rq, "condition_standing.",
                     str_of(condition_names[x->standing]), &out->standing);
}

static err show_standing(const struct case_view *v,
                         struct page_case_certificate *page)
{
    const struct state *s = v->file.state;
    size_t n = (size_t)s->condition_count;
    struct page_case_certificate_conditions *rows;

    CASE_ROWS(v, rows, n);
    for (size_t i = 0; i < n; i++)
        TRY(show_condition(v, &s->conditions[i], &rows[i]));
    page->conditions = rows;
    page->conditions_n = n;
    return OK;
}

static err show_change(const struct case_view *v,
                       struct page_case_certificate *page)
{
    const struct state *s = v->file.state;

    if (s->change == NULL)
        return OK;
    page->changing = true;
    page->change_since = s->change_since;
    page->change_holder = s->change->holder;
    page->change_address = s->change->address;
    page->change_scope = s->change->scope;
    page->change_reasons = s->change->reasons;
    TRY(case_view_join(v, &s->change->sites, &page->change_sites));
    return answer_id(v->rq, "change_kind.",
                     str_of(change_names[s->change->kind]), &page->change_kind);
}

static err show_marks(const struct case_view *v,
                      struct page_case_certificate *page)
{
    const struct state *s = v->file.state;
    size_t n = (size_t)s->mark_count;
    struct page_case_certificate_marks *rows;

    CASE_ROWS(v, rows, n);
    for (size_t i = 0; i < n; i++) {
        const struct mark_state *m = &s->marks[i];

        rows[i] = (struct page_case_certificate_marks){
            .number = m->asked->number,
            .place = m->asked->where,
            .words = m->asked->words,
            .note = m->note,
            .since = m->since,
        };
        TRY(answer_id(v->rq, "mark_use.", str_of(mark_use_names[m->asked->use]),
                      &rows[i].use));
        TRY(answer_id(v->rq, "mark.", str_of(mark_names[m->standing]),
                      &rows[i].standing));
    }
    page->marks = rows;
    page->marks_n = n;
    return OK;
}

static err show_misuse(const struct case_view *v, const struct misuse_state *m,
                       struct page_case_certificate_misuses *out)
{
    *out = (struct page_case_certificate_misuses){
        .number = m->misuse->number,
        .text = m->misuse->text,
        .found = m->misuse->found,
        .until = m->misuse->until,
        .is_settled = m->settled != NULL,
        .overdue = m->settled == NULL && m->misuse->until < v->today,
    };
    TRY(answer_id(v->rq, "misuse.", str_of(misuse_names[m->misuse->kind]),
                  &out->kind));
    if (m->settled == NULL)
        return OK;
    out->outcome_text = m->settled->text;
    return answer_id(v->rq, "settled.",
                     str_of(settled_names[m->settled->outcome]), &out->outcome);
}

static err show_misuses(const struct case_view *v,
                        struct page_case_certificate *page)
{
    const struct state *s = v->file.state;
    size_t n = (size_t)s->misuse_count;
    struct page_case_certificate_misuses *rows;

    CASE_ROWS(v, rows, n);
    for (size_t i = 0; i < n; i++)
        TRY(show_misuse(v, &s->misuses[i], &rows[i]));
    page->misuses = rows;
    page->misuses_n = n;
    return OK;
}

static err get_certificate(struct request *rq, struct response *rs)
{
    struct page_case_certificate page = { .issued = false };
    struct case_view v;
    struct buf b;

    TRY(case_view_open(rq, &v));
    page.case_number = v.file.number;
    TRY(case_view_head(&v, TAB_CERTIFICATE, &page.head));
    TRY(show_certificate(&v, &page));
    TRY(show_subs(&v, &page));
    TRY(show_standing(&v, &page));
    TRY(show_change(&v, &page));
    TRY(show_marks(&v, &page));
    TRY(show_misuses(&v, &page));
    TRY(visit_work(rq, v.file.number, AT_CASES, &page.work));
    case_view_buf(rq, &b);
    page_case_certificate_render(&b, web_lang(rq), &page);
    return web_send(rq, rs, 200, &b, NULL);
}

static const struct route routes[] = {
    { METHOD_GET, "/cases/{number}/decision", RIGHT_IN, BODY_NONE,
      get_decision },
    { METHOD_GET, "/cases/{number}/certificate", RIGHT_IN, BODY_NONE,
      get_certificate },
};

const struct route_table case_decision_routes = { routes, COUNT(routes) };
