/*
 * The books from the report to the end: corrections, decision, certificate,
 * rounds.
 */

#include "domain/test_ledger_parts.h"

#include "domain/dossier.h"

#include "domain/state.h"

/* --- report to certificate ------------------------------------------------ */

const char *enter_closing(struct ledger *l, const struct event *)
{
    ledger_held(l);
    const struct surveillance_rule *lighter = &l->scheme->surveillance;
    bool first = l->round == ROUND_INITIAL;
    bool yearly = l->round == ROUND_SURVEILLANCE;
    bool samples = first    ? l->scheme->sample.used
                   : yearly ? lighter->sample
                            : false;

    for (size_t i = 0; i < l->scheme->leaf_count; i++) {
        if (l->answers[i].kind == ANSWER_NONE &&
            (first || (yearly && lighter->leaves[i])))
            return "[LG8] closed without looking at everything";
    }
    if (l->deduction != NULL)
        return "a special deduction that nobody has to correct";
    if (!ledger_agrees(l))
        return "[LG8] a nonconformity of what is met";
    if (samples && l->commitment == NULL)
        return "[LG8] closed without a sample";
    if (samples && l->reached < l->wanted &&
        (int64_t)l->row_count < l->commitment->size &&
        l->row_count < CUSTOMER_MAX)
        return "[LG8] closed before the sample was asked";
    return NULL;
}

const char *enter_report(struct ledger *l, const struct event *e)
{
    DATA(report, x, e);

    if (x->correct_until != DAY_NEVER && x->correct_until <= e->on)
        return "[LG6] a correction without time";
    if (x->level.n > 0 && !ledger_reaches(l, scheme_level(l->scheme, x->level)))
        return "[LG5] a report of a level that was not reached";
    return ledger_is_shown(l, x->shown) ? NULL
                                        : "[LG5] a report of another score";
}

static struct ledger_correction *correction_at(struct ledger *l, int64_t number)
{
    if (number < 1 || number > (int64_t)l->correction_count)
        return NULL;
    return &l->corrections[number - 1];
}

const char *enter_correction(struct ledger *l, const struct event *e)
{
    DATA(correction, x, e);
    struct ledger_correction *c = correction_at(l, x->number);

    if (c == NULL || c->submitted || c->accepted)
        return "a correction of nothing";
    c->submitted = true;
    return x->evidence.n > 0 ? NULL : "a correction without evidence";
}

const char *enter_verdict(struct ledger *l, const struct event *e)
{
    DATA(correction_verdict, x, e);
    struct ledger_correction *c = correction_at(l, x->number);
    bool accepted = strcmp(e->kind->name, "correction.accepted") == 0;

    if (c == NULL || !c->submitted || c->accepted)
        return "a verdict about nothing";
    c->accepted = accepted;
    c->submitted = accepted;
    return !accepted || x->complete == !ledger_anything_open(l)
               ? NULL
               : "complete, and something is open";
}

const char *enter_extension(struct ledger *l, const struct event *e)
{
    DATA(extension, x, e);

    for (size_t i = 0; i < PANEL_SEATS; i++)
        l->votes[i] = NULL; /* [LG13] about another file */
    return x->until > e->on ? NULL : "[LG6] an extension into the past";
}

const char *enter_decision(struct ledger *l, const struct event *e)
{
    DATA(decision, x, e);
    const char *wrong = ledger_check_panel(l, e);

    if (wrong != NULL)
        return wrong;
    if (l->decision != NULL)
        return "decided twice";
    l->decision = x;
    l->decided_by = e->actor;
    l->decided_on = e->on;
    if (id_eq(e->actor, l->refused_by))
        return "[LG10] decided again by who was appealed against";
    if (!ledger_is_shown(l, x->shown))
        return "[LG5] a decision of another score";
    if (x->outcome == OUTCOME_REFUSED && x->conditions.n > 0)
        return "[LG12] refused on a condition";
    if (x->outcome == OUTCOME_REFUSED)
        return x->reasons.n > 0 ? NULL : "refused without reasons";

    int32_t level = scheme_level(l->scheme, x->level);
    if (l->certificate == NULL &&
        level > scheme_level(l->scheme, l->opened->level))
        return "[LG8] a level above the one applied for";
    if (level < 0 || !ledger_reaches(l, level))
        return "[LG5] granted below the threshold";
    return ledger_anything_open(l) ? "[LG5] granted, and something is open"
                                   : NULL;
}

const char *enter_record(struct ledger *l, const struct event *e)
{
    DATA(record_committed, x, e);
    const struct part_seal *seals = x->parts.p;

    if (l->decision == NULL)
        return "[LG8] committed to, and nothing was decided";
    for (size_t i = 1; i < x->parts.n; i++) {
        if (hash_eq(&seals[i - 1].seal, &seals[i].seal))
            return "two parts of a record under one seal";
    }
    return x->parts.n == 13 ? NULL : "a record without all its parts";
}

const char *enter_signature(struct ledger *l, const struct event *e)
{
    DATA(decision_signed, x, e);

    if (l->decision == NULL)
        return "[LG8] signed, and nothing was decided";
    const char *wrong = x->outcome == OUTCOME_GRANTED
                            ? ledger_keep_conditions(l, l->decided_on)
                            : NULL;

    if (wrong != NULL)
        return wrong;
    if (id_eq(e->actor, l->decided_by) || ledger_among(&l->seated, e->actor))
        return "[LG3] decided and signed by one person";
    l->ended = x->outcome == OUTCOME_REFUSED && l->certificate == NULL;
    if (l->round == ROUND_SURVEILLANCE)
        l->wants_surveillance = x->outcome == OUTCOME_REFUSED;
    if (x->outcome != l->decision->outcome)
        return "another outcome than was decided";
    if (l->round == ROUND_SURVEILLANCE && x->next_due <= e->on)
        return "[LG6] a next round before this one";
    return x->issue_due >= e->on ? NULL : "[LG6] a certificate due before";
}

const char *enter_certificate(struct ledger *l, const struct event *e)
{
    DATA(certificate, x, e);

    if (l->certificate != NULL)
        return "certified twice";
    l->certificate = x;
    if (l->decision->outcome != OUTCOME_GRANTED || ledger_anything_open(l) ||
        !str_eq(x->level, l->decision->level) ||
        !ledger_reaches(l, scheme_level(l->scheme, x->level)))
        return "[LG5] a certificate of what was not decided";
    if (!str_eq(x->holder, l->application->name) ||
        !str_eq(x->scope, l->application->scope))
        return "[LG5] a certificate of what was not applied for";
    if (x->from != e->on || x->until < x->from ||
        x->surveillance_due <= x->from ||
        (x->surveillance_due > x->until && x->surveillance_due != DAY_NEVER))
        return "[LG6] a certificate with days in disorder";
    return NULL;
}

/* --- rounds ---------------------------------------------------------------
 */

const char *enter_round(struct ledger *l, const struct event *e)
{
    DATA(round_opened, x, e);

    ledger_carry(l);
    ledger_begin_round(l);
    l->round_held = false;
    l->round = (enum round_kind)x->kind;
    if (x->kind == ROUND_INITIAL)
        return "a second first round";
    if (x->kind != ROUND_SURVEILLANCE && x->reason.n == 0)
        return "a special round without a reason";
    return e->on <= l->certificate->until ? NULL : "[LG6] after expiry";
}
