/*
 * The books from the report to the end: corrections, decision, certificate,
 * surveillance.
 */

#include "domain/test_ledger_parts.h"

#include "domain/state.h"

/* --- report to certificate ------------------------------------------------ */

const char *enter_closing(struct ledger *l, const struct event *)
{
    for (size_t i = 0; i < l->scheme->leaf_count; i++) {
        if (l->answers[i].kind == ANSWER_NONE)
            return "[LG8] closed without looking at everything";
    }
    if (l->scheme->sample.used && l->reached < l->wanted &&
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

const char *enter_extension(struct ledger *, const struct event *e)
{
    DATA(extension, x, e);

    return x->until > e->on ? NULL : "[LG6] an extension into the past";
}

const char *enter_decision(struct ledger *l, const struct event *e)
{
    DATA(decision, x, e);

    if (l->decision != NULL)
        return "decided twice";
    l->decision = x;
    l->decided_by = e->actor;
    if (!ledger_is_shown(l, x->shown))
        return "[LG5] a decision of another score";
    if (x->outcome == OUTCOME_REFUSED)
        return x->reasons.n > 0 ? NULL : "refused without reasons";

    int32_t level = scheme_level(l->scheme, x->level);
    if (level < 0 || !ledger_reaches(l, level))
        return "[LG5] granted below the threshold";
    return ledger_anything_open(l) ? "[LG5] granted, and something is open"
                                   : NULL;
}

const char *enter_signature(struct ledger *l, const struct event *e)
{
    DATA(decision_signed, x, e);

    if (id_eq(e->actor, l->decided_by))
        return "[LG3] decided and signed by one person";
    l->ended = x->outcome == OUTCOME_REFUSED;
    if (x->outcome != l->decision->outcome)
        return "another outcome than was decided";
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
    if (x->from != e->on || x->until <= x->from ||
        x->surveillance_due <= x->from || x->surveillance_due > x->until)
        return "[LG6] a certificate with days in disorder";
    return NULL;
}

/* --- upkeep --------------------------------------------------------------- */

const char *enter_round(struct ledger *l, const struct event *e)
{
    l->round_plan = e->data;
    l->round.n = 0;
    return ledger_check_plan(l, e->data, e->on);
}

const char *enter_surveillance(struct ledger *l, const struct event *e)
{
    ledger_remember_team(&l->round, l->round_plan);
    if (e->on < l->round_plan->from)
        return "[LG6] a surveillance before its plan";
    return e->on <= l->certificate->until ? NULL : "[LG6] after expiry";
}

const char *enter_conclusion(struct ledger *l, const struct event *e)
{
    DATA(surveillance_end, x, e);

    if (ledger_among(&l->round, e->actor) ||
        ledger_in_team(l->round_plan, e->actor))
        return "[LG3] concluded by who took part";
    l->round_plan = NULL;
    l->round.n = 0;
    if (!x->keep && x->reasons.n == 0)
        return "a suspension proposed without reasons";
    return x->next_due > e->on ? NULL : "[LG6] a next round before this one";
}
