/*
 * invariant -- what holds of every case, [ST-1]..[ST-15] of state.h.
 */

#include "base/size.h"
#include "domain/state.h"

#include <string.h>

static bool is_evaluator(const struct state *s, id person)
{
    for (int32_t i = 0; i < s->evaluators.n; i++) {
        if (id_eq(s->evaluators.people[i], person))
            return true;
    }
    return false;
}

static bool granted(const struct state *s)
{
    return s->decision != NULL && s->decision->outcome == OUTCOME_GRANTED;
}

/* [ST-1] */
static bool moved_by_the_table(const struct state *s)
{
    return !s->bad_move;
}

/* [ST-2] */
static bool decided_independently(const struct state *s)
{
    if (s->decision == NULL)
        return id_is_zero(s->signed_by);
    if (is_evaluator(s, s->decided_by))
        return false;
    if (id_is_zero(s->signed_by))
        return true;
    return !is_evaluator(s, s->signed_by) &&
           !id_eq(s->signed_by, s->decided_by);
}

/* [ST-3] */
static bool granted_soundly(const struct state *s)
{
    return !granted(s) || (scheme_level(s->scheme, s->decision->level) >= 0 &&
                           state_open_nonconformities(s) == 0);
}

/* [ST-4] */
static bool certificate_is_due_to_decision(const struct state *s)
{
    return s->certificate == NULL ||
           (s->granted != NULL && s->granted->outcome == OUTCOME_GRANTED &&
            !id_is_zero(s->granted_by));
}

/* [ST-5] */
static bool numbered_in_order(const struct state *s)
{
    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        if (s->nonconformities[i].raised->number != i + 1)
            return false;
    }
    for (int32_t i = 0; i < s->sample.asked; i++) {
        if (s->sample.answers[i].position != i + 1)
            return false;
    }
    return true;
}

static bool contracted(const struct state *s)
{
    return s->quote != NULL && s->client_accepted && s->body_signed;
}

/* What must be there, by the stage from which on it must be. [ST-6] */
static bool stage_rests_on_something(const struct state *s)
{
    const struct {
        enum stage from;
        bool there;
    } needs[] = {
        { STAGE_COMPLETENESS, s->application != NULL },
        { STAGE_DOCUMENTS, contracted(s) },
        { STAGE_AUDIT, s->plan != NULL },
        { STAGE_CORRECTION, s->report != NULL },
        { STAGE_CERTIFICATE, s->granted != NULL },
        { STAGE_UPKEEP, s->certificate != NULL },
    };

    if (s->opened == NULL && s->version > 0)
        return false;
    for (size_t i = 0; i < COUNT(needs) && s->stage != STAGE_ENDED; i++) {
        if (s->stage >= needs[i].from && !needs[i].there)
            return false;
    }
    return true;
}

/* The same within a stage: what comes second has its first. [ST-6] */
static bool parts_rest_on_something(const struct state *s)
{
    const struct sample_state *x = &s->sample;

    if ((s->client_accepted || s->body_signed) && s->quote == NULL)
        return false;
    return !((x->nonce != NULL && x->commitment == NULL) ||
             (x->drawn != NULL && x->nonce == NULL) ||
             (x->asked > 0 && x->drawn == NULL));
}

/* [ST-7] */
static bool under_its_scheme(const struct state *s)
{
    return s->opened == NULL ||
           hash_eq(&s->opened->scheme_hash, &s->scheme->hash);
}

/* [ST-8] */
static bool nothing_left_out(const struct state *s)
{
    return !s->overflow;
}

/* [ST-9] */
static bool ended_well(const struct state *s)
{
    bool ended = s->stage == STAGE_ENDED;

    return ended == (s->ending != ENDING_NONE) &&
           ended == (s->waiting == WAITING_NOBODY) &&
           (!ended || s->due == DAY_NEVER);
}

/* [ST-10] */
static bool rounds_belong_to_a_certificate(const struct state *s)
{
    return s->certificate != NULL || s->round == ROUND_INITIAL;
}

/* [ST-11] */
static bool closed_with_its_certificate(const struct state *s)
{
    return status_is_final(s->status) == (s->ending == ENDING_CLOSED);
}

/* [ST-13] */
static bool conditions_were_granted(const struct state *s)
{
    for (int32_t i = 0; i < s->condition_count; i++) {
        const struct condition_state *x = &s->conditions[i];

        if (x->set->number != i + 1 || x->decision->outcome != OUTCOME_GRANTED)
            return false;
    }
    return s->decision == NULL || granted(s) || s->decision->conditions.n == 0;
}

/* [ST-14] */
static bool panel_decided(const struct state *s)
{
    if (s->decision == NULL)
        return true;
    return panel_says(s, s->decision) && !state_was_seated(s, s->signed_by);
}

/* One that had run out before is not asked when the scope is narrowed. */
static bool held_its_scope(const struct state *s,
                           const struct sub_certificate *sub)
{
    return sub->until < s->scope_since || sub_within_scope(s, sub);
}

static bool sub_is_sound(const struct state *s, int32_t at)
{
    const struct sub_state *x = &s->subs[at];

    for (int32_t i = 0; i < at; i++) {
        if (str_eq(s->subs[i].sub->number, x->sub->number))
            return false;
    }
    return x->sub->n == at + 1 && s->certificate != NULL &&
           x->sub->until <= s->certificate->until &&
           (x->ended != DAY_NEVER ||
            (!status_is_final(s->status) && held_its_scope(s, x->sub)));
}

/* [ST-15] */
static bool subs_are_sound(const struct state *s)
{
    for (int32_t i = 0; i < s->sub_count; i++) {
        if (!sub_is_sound(s, i))
            return false;
    }
    return true;
}

const char *state_invariant(const struct state *s)
{
    static const struct {
        const char *name;
        bool (*holds)(const struct state *s);
    } rules[] = {
        { "ST-1", moved_by_the_table },
        { "ST-2", decided_independently },
        { "ST-3", granted_soundly },
        { "ST-4", certificate_is_due_to_decision },
        { "ST-5", numbered_in_order },
        { "ST-6", stage_rests_on_something },
        { "ST-6", parts_rest_on_something },
        { "ST-7", under_its_scheme },
        { "ST-8", nothing_left_out },
        { "ST-9", ended_well },
        { "ST-10", rounds_belong_to_a_certificate },
        { "ST-11", closed_with_its_certificate },
        { "ST-12", state_money_adds_up },
        { "ST-13", conditions_were_granted },
        { "ST-14", panel_decided },
        { "ST-15", subs_are_sound },
    };

    for (size_t i = 0; i < COUNT(rules); i++) {
        if (!rules[i].holds(s))
            return rules[i].name;
    }
    return NULL;
}
