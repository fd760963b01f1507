/* case_beside_audit -- beside the forms of an audit, of its corrections and of
 * the decision. [BS1] */

#include "base/arena.h"
#include "domain/names.h"
#include "domain/plan.h"
#include "text/text.h"
#include "web/case_beside_parts.h"
#include "web/saying.h"

#include <string.h>

static const struct state *state_of(const struct beside *b)
{
    return b->v->file.state;
}

/* "page_case.note" in words, to stand over a note. */
static str over(const struct beside *b, const char *message)
{
    return text_get(web_lang(b->v->rq), message);
}

/* --- what was applied for ------------------------------------------------- */

err beside_application(struct beside *b)
{
    const struct state *s = state_of(b);
    const struct application *p = s->application;

    TRY(beside_text(b, "page_case.wanted",
                    case_view_level(b->v, s->opened->level)));
    if (p == NULL)
        return OK;
    TRY(beside_count(b, "page_case.staff", p->staff));
    TRY(beside_count(b, "page_case.sites", (int64_t)p->sites.n));
    TRY(beside_text(b, "page_case.trade", p->trade));
    return beside_text(b, "page_case.scope", p->scope);
}

/* --- the plan ------------------------------------------------------------- */

static err add_asked(struct beside *b)
{
    struct plan_asked asked;

    TRY(plan_asks(b->v->rq->arena, state_of(b), &asked));
    TRY(beside_count(b, "case_beside.least_sites", asked.least_sites));
    if (asked.table == 0)
        return OK;
    TRY(beside_days(b, "case_beside.table_days", asked.table));
    return beside_days(b, "case_beside.needed_days", asked.days);
}

static err add_planned(struct beside *b, const struct plan *p)
{
    const struct err_arg days[] = { ARG_DAY("from", p->from),
                                    ARG_DAY("to", p->to),
                                    { 0 } };

    TRY(beside_say(b, "case_beside.planned", "case_beside.from_to", days));
    return beside_days(b, "page_case.person_days", p->person_days);
}

err beside_plan(struct beside *b)
{
    const struct state *s = state_of(b);

    TRY(beside_application(b));
    if (s->application != NULL && s->stage == STAGE_PLAN)
        TRY(add_asked(b));
    if (s->plan != NULL)
        TRY(add_planned(b, s->plan));
    beside_note(b, over(b, "page_case.objected"), s->objection);
    return OK;
}

/* --- the audit ------------------------------------------------------------ */

/* How many indicators this round is about. */
static int64_t leaves_asked(const struct state *s)
{
    int64_t n = 0;

    for (int32_t i = 0; i < (int32_t)s->scheme->leaf_count; i++)
        n += state_round_judges(s, i);
    return n;
}

/* Those of the newest audit. */
static void note_raised(struct beside *b)
{
    const struct state *s = state_of(b);

    for (int32_t i = s->round_first; i < s->nonconformity_count; i++) {
        const struct nonconformity *x = s->nonconformities[i].raised;

        beside_note(b, x->indicator, x->text);
    }
}

err beside_progress(struct beside *b)
{
    const struct state *s = state_of(b);
    const struct err_arg args[] = { ARG_INT("found", s->leaves_found),
                                    ARG_INT("of", leaves_asked(s)),
                                    { 0 } };

    if (s->plan != NULL)
        TRY(add_planned(b, s->plan));
    TRY(beside_say(b, "page_case.indicators", "case_beside.found_of", args));
    TRY(beside_count(b, "page_case.raised",
                     s->nonconformity_count - s->round_first));
    note_raised(b);
    return OK;
}

/* --- score and decision [BS1] --------------------------------------------- */

static err add_score(struct beside *b)
{
    const struct state *s = state_of(b);
    struct score *x = arena_zero(b->v->rq->arena, sizeof *x);
    char text[TEXT_VALUE];
    str shown;

    TRY_MEMORY(x);
    state_score(s, x);
    if (s->scheme->method == METHOD_POINTS) {
        TRY_MEMORY(
            arena_str(b->v->rq->arena, text_score(x->shown, text), &shown));
        TRY(beside_text(b, "page_case.score", shown));
    }
    return beside_text(b, "page_case.reached",
                       x->level < 0
                           ? over(b, "case_beside.no_level")
                           : web_label(b->v->rq,
                                       s->scheme->levels[x->level].label));
}

static err add_grades(struct beside *b)
{
    const struct state *s = state_of(b);

    TRY(beside_count(b, "page_case.raised",
                     s->nonconformity_count - s->round_first));
    return beside_count(b, "case_beside.open", state_open_nonconformities(s));
}

err beside_score(struct beside *b)
{
    const struct state *s = state_of(b);

    TRY(beside_text(b, "page_case.wanted",
                    case_view_level(b->v, s->opened->level)));
    TRY(add_score(b));
    TRY(add_grades(b));
    note_raised(b);
    return OK;
}

static void note_open(struct beside *b)
{
    const struct state *s = state_of(b);

    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        const struct nonconformity_state *x = &s->nonconformities[i];

        if (x->state != CORRECTION_ACCEPTED &&
            grade_is_corrected(x->raised->grade))
            beside_note(b, x->raised->indicator, x->raised->text);
    }
}

err beside_decision(struct beside *b)
{
    const struct state *s = state_of(b);

    TRY(beside_text(b, "page_case.wanted",
                    case_view_level(b->v, s->opened->level)));
    TRY(add_score(b));
    TRY(add_grades(b));
    if (s->report != NULL) {
        TRY(beside_text(b, "page_case.recommendation",
                        over(b, s->report->recommended
                                    ? "page_case.recommended"
                                    : "page_case.not_recommended")));
        beside_note(b, over(b, "page_case.summary"), s->report->summary);
    }
    if (s->decision != NULL)
        beside_note(b, over(b, "page_case.reasons"), s->decision->reasons);
    beside_note(b, over(b, "case_beside.question"), s->question);
    note_open(b);
    return OK;
}

/* --- one nonconformity, and the answer so far ----------------------------- */

static void note_correction(struct beside *b,
                            const struct nonconformity_state *x)
{
    if (x->correction != NULL) {
        beside_note(b, over(b, "case_beside.cause"), x->correction->cause);
        beside_note(b, over(b, "case_beside.remedy"), x->correction->remedy);
        beside_note(b, over(b, "case_beside.action"), x->correction->action);
    }
    if (x->verdict != NULL)
        beside_note(b, over(b, "case_beside.verdict"), x->verdict->note);
}

static err add_nonconformity(struct beside *b,
                             const struct nonconformity_state *x)
{
    const struct nonconformity *n = x->raised;
    const char *grade;
    const char *state;
    str indicator;

    TRY(answer_id(b->v->rq, "grade.", str_of(grade_names[n->grade]), &grade));
    TRY(answer_id(b->v->rq, "correcting.", str_of(correcting_names[x->state]),
                  &state));
    TRY(beside_text(b, "page_case.grade", over(b, grade)));
    TRY(beside_text(b, "page_case.state", over(b, state)));
    TRY(say_both(b->v->rq, n->indicator,
                 case_view_indicator(b->v, n->indicator), &indicator));
    TRY(beside_text(b, "page_case.indicator", indicator));
    TRY(beside_text(b, "page_case.site", n->site));
    beside_note(b, over(b, "page_case.finding"), n->text);
    note_correction(b, x);
    return OK;
}

/* Those that one may go on with: to be corrected, or to be verified. */
static void note_choices(struct beside *b)
{
    const struct state *s = state_of(b);
    bool submits = strcmp(b->command, "correction.submit") == 0;
    enum correction_state at = submits ? CORRECTION_OPEN : CORRECTION_SUBMITTED;

    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        const struct nonconformity_state *x = &s->nonconformities[i];

        if (x->state == at && grade_is_corrected(x->raised->grade))
            beside_choice(b, x->raised->indicator, x->raised->text,
                          x->raised->number);
    }
}

err beside_nonconformity(struct beside *b)
{
    const struct state *s = state_of(b);

    TRY(beside_day(b, "case_beside.due", s->correct_until));
    TRY(beside_count(b, "case_beside.open", state_open_nonconformities(s)));
    if (b->about >= 1 && b->about <= s->nonconformity_count)
        return add_nonconformity(b, &s->nonconformities[b->about - 1]);
    note_choices(b);
    return OK;
}
