#include "domain/state.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/panel.h"
#include "domain/stages.h"

static void nothing_passed(struct passed *p)
{
    for (int32_t i = 0; i < STAGE_COUNT; i++) {
        p->came[i] = DAY_NEVER;
        p->went[i] = DAY_NEVER;
    }
    p->refused = DAY_NEVER;
    p->appealed = DAY_NEVER;
    p->overturned = DAY_NEVER;
}

err state_new(struct arena *a, const struct scheme *scheme, struct state **out)
{
    struct state *s = arena_zero(a, sizeof *s);

    TRY_MEMORY(s);
    s->scheme = scheme;
    s->stage = STAGE_PREPARATION;
    s->due = DAY_NEVER;
    s->opened_on = DAY_NEVER;
    s->reported_on = DAY_NEVER;
    s->correct_until = DAY_NEVER;
    s->applied_on = DAY_NEVER;
    s->surveillance_due = DAY_NEVER;
    s->act_by = DAY_NEVER;
    s->suspended_until = DAY_NEVER;
    nothing_passed(&s->passed);
    s->requirements =
        arena_array(a, scheme->requirement_count, sizeof *s->requirements);
    s->leaves = arena_array(a, scheme->leaf_count, sizeof *s->leaves);
    s->figures = arena_array(a, scheme->figure_count, sizeof *s->figures);
    s->carried = arena_array(a, scheme->leaf_count, sizeof *s->carried);
    TRY_MEMORY(s->requirements != NULL && s->leaves != NULL &&
               s->figures != NULL && s->carried != NULL);
    *out = s;
    return OK;
}

/* Whatever happens afterwards, what was let pass counts as agreed. */
static void let_pass(struct state *s, day on)
{
    if (s->replacement.before != NULL && !state_replacement_open(s, on))
        s->replacement = (struct replacement){ 0 };
}

void apply(struct state *s, const struct event *e)
{
    let_pass(s, e->on);
    if (e->kind->apply != NULL)
        e->kind->apply(s, e);
    s->version = e->n;
    s->head = e->hash;
}

/* [ST-1] From which stages each stage may be entered. */
/* clang-format off */
static const unsigned entered_from[STAGE_COUNT] = {
    [STAGE_COMPLETENESS] = 1U << STAGE_PREPARATION |
                           1U << STAGE_ENDED, /* an appeal was upheld; so .. */
    [STAGE_CONTRACT]     = 1U << STAGE_COMPLETENESS,
    [STAGE_DOCUMENTS]    = 1U << STAGE_CONTRACT,
    [STAGE_PLAN]         = 1U << STAGE_DOCUMENTS | 1U << STAGE_AUDIT |
                           1U << STAGE_CORRECTION | 1U << STAGE_UPKEEP,
    [STAGE_AUDIT]        = 1U << STAGE_PLAN,
    [STAGE_REPORT]       = 1U << STAGE_AUDIT,
    [STAGE_CORRECTION]   = 1U << STAGE_REPORT | 1U << STAGE_DECISION,
    [STAGE_DECISION]     = 1U << STAGE_REPORT | 1U << STAGE_CORRECTION |
                           1U << STAGE_ENDED, /* .. here */
    [STAGE_CERTIFICATE]  = 1U << STAGE_DECISION,
    [STAGE_UPKEEP]       = 1U << STAGE_CERTIFICATE | 1U << STAGE_DECISION,
    [STAGE_ENDED]        = ((1U << STAGE_CERTIFICATE) - 1) | 1U << STAGE_UPKEEP,
};
/* clang-format on */

void state_first(day *passed, const struct event *e)
{
    if (*passed == DAY_NEVER)
        *passed = e->on;
}

void state_enter(struct state *s, enum stage to, const struct event *e)
{
    if ((entered_from[to] & 1U << s->stage) == 0)
        s->bad_move = true;
    state_first(&s->passed.went[s->stage], e);
    state_first(&s->passed.came[to], e);
    s->stage = to;
    s->stage_since = e->on;
    state_wait(s, WAITING_BODY, DAY_NEVER, false);
}

/* [ST-1] A case with a certificate is closed with it, and no other is closed.
 */
void state_end(struct state *s, enum ending how, const struct event *e)
{
    if ((s->certificate != NULL) != (how == ENDING_CLOSED))
        s->bad_move = true;
    s->money.ended_in = s->stage;
    state_enter(s, STAGE_ENDED, e);
    s->ending = how;
    s->waiting = WAITING_NOBODY;
}

void state_wait(struct state *s, enum waiting for_whom, day due,
                bool provisional)
{
    s->waiting = for_whom;
    s->due = due;
    s->due_provisional = provisional;
}

void state_take_scope(struct state *s, str scope, str scope_en,
                      const struct event *e)
{
    s->scope = scope;
    s->scope_en = scope_en;
    s->scope_since = e->on;
}

/* --- who took part ------------------------------------------------------ */

static bool among(const struct evaluators *e, id person)
{
    for (int32_t i = 0; i < e->n; i++) {
        if (id_eq(e->people[i], person))
            return true;
    }
    return false;
}

bool state_is_evaluator(const struct state *s, id person)
{
    return among(&s->evaluators, person);
}

static bool was_involved(const struct state *s, id person)
{
    for (int32_t i = 0; i < s->involved_count; i++) {
        if (id_eq(s->involved[i], person))
            return true;
    }
    return false;
}

bool state_is_involved(const struct state *s, id person)
{
    return state_is_evaluator(s, person) || state_is_member(s, person) ||
           was_involved(s, person);
}

void state_involve(struct state *s, id person)
{
    if (was_involved(s, person))
        return;
    if (s->involved_count >= INVOLVED_MAX) {
        s->overflow = true; /* [ST-8] */
        return;
    }
    s->involved[s->involved_count++] = person;
}

bool state_was_seated(const struct state *s, id person)
{
    return among(&s->seated, person);
}

bool state_was_overruled(const struct state *s, id person)
{
    return id_eq(s->refused_by, person) ||
           panel_seat(s->refused_panel, person) != NULL;
}

bool state_decides(const struct state *s, id person)
{
    return id_eq(s->decided_by, person) || id_eq(s->signed_by, person) ||
           state_was_seated(s, person);
}

bool state_has_room(const struct state *s, id person)
{
    return state_is_evaluator(s, person) || s->evaluators.n < EVALUATOR_MAX;
}

static void remember(struct state *s, struct evaluators *e, id person)
{
    if (among(e, person))
        return;
    if (e->n >= EVALUATOR_MAX) {
        s->overflow = true; /* [ST-8] */
        return;
    }
    e->people[e->n++] = person;
}

void state_add_evaluator(struct state *s, id person)
{
    remember(s, &s->evaluators, person);
}

void state_seat(struct state *s, id person)
{
    remember(s, &s->seated, person);
}

void state_add_team(struct state *s, const struct plan *plan)
{
    const struct team_member *team = plan == NULL ? NULL : plan->team.p;

    for (size_t i = 0; plan != NULL && i < plan->team.n; i++)
        state_add_evaluator(s, team[i].person);
}

static const struct team_member *find_member(const struct plan *p, id person)
{
    const struct team_member *team = p == NULL ? NULL : p->team.p;

    for (size_t i = 0; p != NULL && i < p->team.n; i++) {
        if (id_eq(team[i].person, person))
            return &team[i];
    }
    return NULL;
}

bool plan_names(const struct plan *p, id person)
{
    return find_member(p, person) != NULL;
}

bool state_is_member(const struct state *s, id person)
{
    return plan_names(s->plan, person);
}

bool state_replacement_open(const struct state *s, day on)
{
    if (s->replacement.before == NULL || s->plan == NULL)
        return false;
    return s->objection.n > 0 || on <= s->plan->objection_due;
}

bool state_is_kept_waiting(const struct state *s, id person, day on)
{
    return state_replacement_open(s, on) && state_is_member(s, person) &&
           !plan_names(s->replacement.before, person);
}

bool state_is_lead(const struct state *s, id person)
{
    const struct team_member *m = find_member(s->plan, person);

    return m != NULL && m->lead;
}

/* --- nonconformities and score ------------------------------------------ */

bool grade_is_corrected(int grade)
{
    return grade == GRADE_MINOR || grade == GRADE_MAJOR;
}

int32_t state_open_nonconformities(const struct state *s)
{
    int32_t open = 0;

    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        const struct nonconformity_state *x = &s->nonconformities[i];
        open += grade_is_corrected(x->raised->grade) &&
                x->state != CORRECTION_ACCEPTED;
    }
    return open;
}

bool state_has_major(const struct state *s)
{
    for (int32_t i = s->round_first; i < s->nonconformity_count; i++) {
        if (s->nonconformities[i].raised->grade == GRADE_MAJOR)
            return true;
    }
    return false;
}

/* Was a nonconformity of this indicator corrected, and the correction
 * accepted, in the newest site audit? */
static bool corrected(const struct state *s, str indicator)
{
    bool any = false;

    for (int32_t i = s->round_first; i < s->nonconformity_count; i++) {
        const struct nonconformity_state *x = &s->nonconformities[i];
        if (!str_eq(x->raised->indicator, indicator) ||
            !grade_is_corrected(x->raised->grade))
            continue;
        if (x->state != CORRECTION_ACCEPTED)
            return false;
        any = true;
    }
    return any;
}

struct answer finding_answer(const struct finding *found)
{
    return reply_answer(found->result, found->k, found->n);
}

static struct answer leaf_answer(const struct state *s, int32_t leaf)
{
    const struct finding *found = s->leaves[leaf].finding;
    const struct indicator *in = scheme_leaf_at(s->scheme, leaf);

    if (found == NULL)
        return s->carried[leaf];
    struct answer got = finding_answer(found);
    if (got.kind != ANSWER_NOT_APPLICABLE && in->corrects &&
        corrected(s, in->id))
        return (struct answer){ .kind = ANSWER_MET };
    return got;
}

/* Of this round, or of the newest that drew customers. */
static struct ratio sample_ratio(const struct state *s)
{
    if (s->sample.drawn == NULL)
        return s->carried_sample;
    return (struct ratio){ s->sample.satisfied, s->sample.reached };
}

void state_findings(const struct state *s, struct findings *out)
{
    for (size_t i = 0; i < s->scheme->leaf_count; i++)
        out->answers[i] = leaf_answer(s, (int32_t)i);
    for (size_t i = 0; i < s->scheme->figure_count; i++)
        out->figures[i] = (struct ratio){ s->figures[i].k, s->figures[i].n };
    out->assessment = (struct assessment){
        .answers = out->answers,
        .figures = out->figures,
        .sample = sample_ratio(s),
        .deductions = s->deductions,
        .bonus = s->bonus,
    };
}

void state_forget(struct state *s)
{
    s->round_first = s->nonconformity_count;
    memset(s->leaves, 0, s->scheme->leaf_count * sizeof *s->leaves);
    s->leaves_found = 0;
    s->deductions = 0;
    s->bonus = false;
    s->defence = NULL;
    s->sample = (struct sample_state){ 0 };
    s->report = NULL;
    s->reported_on = DAY_NEVER;
    s->acknowledged = false;
    s->correct_until = DAY_NEVER;
}

void state_score(const struct state *s, struct score *out)
{
    struct findings x;

    state_findings(s, &x);
    score_compute(s->scheme, &x.assessment, out);
}

static void remember_evaluators(struct state *s)
{
    for (int32_t i = 0; i < s->evaluators.n; i++)
        state_involve(s, s->evaluators.people[i]);
}

void state_carry(struct state *s)
{
    remember_evaluators(s);
    s->carried_sample = sample_ratio(s);
    for (size_t i = 0; i < s->scheme->leaf_count; i++)
        s->carried[i] = leaf_answer(s, (int32_t)i);
    state_forget(s);
}

/* --- what a round asks for ---------------------------------------------- */

bool state_round_judges(const struct state *s, int32_t leaf)
{
    if (s->round == ROUND_SURVEILLANCE)
        return s->scheme->surveillance.leaves[leaf];
    return s->round == ROUND_INITIAL;
}

bool state_round_samples(const struct state *s)
{
    if (s->round == ROUND_SURVEILLANCE)
        return s->scheme->surveillance.sample;
    return s->round == ROUND_INITIAL && s->scheme->sample.used;
}

bool state_round_defends(const struct state *s)
{
    if (s->round == ROUND_SURVEILLANCE)
        return s->scheme->surveillance.defence;
    return s->round == ROUND_INITIAL && s->scheme->defence;
}

bool state_round_figures(const struct state *s)
{
    return s->round == ROUND_INITIAL || s->round == ROUND_SURVEILLANCE;
}

/* Does a span that begins on `from` reach day `on`? */
static bool reaches(day from, struct span s, day on)
{
    return span_end(NULL, from, s).on >= on;
}

/* Its last day lies in the period, and where the whole period is wanted, at its
 * end but for the lag. */
static bool covers_end(const struct requirement *r, day to, day on)
{
    if (to == DAY_NEVER || !reaches(to, r->period, on))
        return false;
    return !r->whole || reaches(to, r->lag, on);
}

/* An enterprise younger than the period has records since it began. */
static bool covers_beginning(const struct state *s, const struct requirement *r,
                             day from, day on)
{
    if (span_end(NULL, from, r->period).on <= on)
        return true;
    return s->eligibility != NULL && from <= s->eligibility->registered;
}

bool state_document_fits(const struct state *s, int32_t r,
                         const struct document *d, day on, enum lack *why)
{
    const struct requirement *rule = &s->scheme->requirements[r];

    if (!rule->has_period)
        return true;
    if (!covers_end(rule, d->covers_to, on)) {
        *why = LACK_PERIOD;
        return false;
    }
    if (rule->whole && !covers_beginning(s, rule, d->covers_from, on)) {
        *why = LACK_SHORT;
        return false;
    }
    return true;
}

bool state_requirement_met(const struct state *s, int32_t r, day on,
                           enum lack *why)
{
    const struct document *d = s->requirements[r].document;

    if (!s->scheme->requirements[r].required)
        return true;
    if (d == NULL) {
        *why = LACK_MISSING;
        return false;
    }
    return state_document_fits(s, r, d, on, why);
}
