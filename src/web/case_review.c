#include "web/case_review.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/names.h"
#include "domain/rights.h"
#include "service/case_acts.h"
#include "service/document.h"

#include <string.h>

bool case_review_is_open(const struct case_view *v)
{
    const struct state *s = v->file.state;

    return !v->owner && s->stage == STAGE_DECISION && s->report != NULL;
}

/* [RR2] Of those whose part in it a decision needs next. */
static err show_independence(const struct case_view *v,
                             struct page_case_review *out)
{
    bool made = v->file.state->decision != NULL;
    const struct right *r =
        right_find(made ? "decision.sign" : "decision.grant");
    err e = right_check_role(v->rq->arena, r, &v->who->actor);

    if (err_is(e, ERR_DENIED))
        return OK; /* they neither decide nor sign */
    TRY(e);
    out->deciding = true;
    e = case_act_ask(web_app(v->rq), v->rq->arena, v->who, &v->file, v->today,
                     r);
    out->independent = !failed(e);
    if (!failed(e))
        return OK;
    return answer_is_theirs(e) ? answer_words(v->rq, e, &out->dependence) : e;
}

/* --- what was decided and asked before ------------------------------------ */

static bool is_called(const struct event *e, const char *name)
{
    return strcmp(e->kind->name, name) == 0;
}

static err show_made_before(const struct case_view *v, const struct decision *d,
                            struct page_case_review_earlier *out)
{
    out->level = case_view_level(v, d->level);
    out->scored = v->file.state->scheme->method == METHOD_POINTS;
    out->score = d->shown;
    out->reasons = d->reasons;
    return answer_id(v->rq, "outcome.", str_of(outcome_names[d->outcome]),
                     &out->what);
}

static err show_earlier_one(const struct case_view *v, const struct event *e,
                            struct page_case_review_earlier *out)
{
    const struct reasons *said = e->data;

    *out = (struct page_case_review_earlier){
        .on = e->on,
        .by = case_view_name(v, e->actor),
    };
    if (is_called(e, "decision.made"))
        return show_made_before(v, e->data, out);
    out->reasons = said->reasons;
    return answer_id(v->rq, "event.", str_of(e->kind->name), &out->what);
}

/* The newest decision stands over the room; it is no earlier one. */
static bool is_earlier(const struct case_view *v, const struct event *e)
{
    if (is_called(e, "decision.made"))
        return e->data != v->file.state->decision;
    return is_called(e, "decision.returned") ||
           is_called(e, "decision.questioned") ||
           is_called(e, "decision.answered");
}

static err show_earlier(const struct case_view *v, struct page_case_review *out)
{
    struct page_case_review_earlier *rows;

    CASE_ROWS(v, rows, v->file.events.n);
    for (const struct event *e = v->file.events.first; e != NULL; e = e->next) {
        if (is_earlier(v, e))
            TRY(show_earlier_one(v, e, &rows[out->earlier_n++]));
    }
    out->earlier = rows;
    return OK;
}

/* --- what the body made of it --------------------------------------------- */

static err show_made(const struct case_view *v, struct page_case_review *out)
{
    const struct document_wish wish = { .ref = v->file.number,
                                        .lang = web_lang(v->rq) };
    bool there[DOCUMENT_KIND_COUNT] = { false };
    struct page_case_review_made *rows;

    TRY(document_kinds(web_app(v->rq), v->rq->arena, v->who, &wish, there));
    CASE_ROWS(v, rows, DOCUMENT_KIND_COUNT);
    for (int i = 0; i < DOCUMENT_KIND_COUNT; i++) {
        if (there[i])
            rows[out->made_n++] = (struct page_case_review_made){
                document_title((enum document_kind)i),
                str_of(document_names[i]),
            };
    }
    out->made = rows;
    return OK;
}

err case_review_show(const struct case_view *v, struct page_case_review *out)
{
    *out = (struct page_case_review){ .number = v->file.number };
    TRY(show_independence(v, out));
    TRY(case_review_score(v, out));
    TRY(case_review_file(v, out));
    TRY(show_made(v, out));
    return show_earlier(v, out);
}
