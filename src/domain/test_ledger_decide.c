/*
 * The books of what goes with a decision: its conditions.
 */

#include "domain/test_ledger_parts.h"

#include "domain/condition.h"

/* --- conditions [LG12] ---------------------------------------------------- */

const char *ledger_keep_conditions(struct ledger *l, day on)
{
    const struct condition *set = l->decision->conditions.p;

    for (size_t i = 0; i < l->decision->conditions.n; i++) {
        if (l->condition_count == LEDGER_CONDITIONS)
            return "[LG12] more conditions than a case may have";
        l->conditions[l->condition_count++] =
            (struct ledger_condition){ .until = set[i].until };
        if (set[i].number != (int64_t)l->condition_count)
            return "[LG12] conditions out of order";
        if (set[i].until <= on && l->certificate == NULL)
            return "[LG6] a condition that ends before it begins";
    }
    return NULL;
}

/* NULL: there is none of this number, or it is met. */
static struct ledger_condition *condition_at(struct ledger *l, int64_t number)
{
    if (number < 1 || number > (int64_t)l->condition_count ||
        l->conditions[number - 1].met)
        return NULL;
    return &l->conditions[number - 1];
}

const char *enter_condition_answer(struct ledger *l, const struct event *e)
{
    DATA(condition_answer, x, e);
    struct ledger_condition *c = condition_at(l, x->number);

    if (c == NULL || c->answered)
        return "[LG12] an answer to nothing";
    c->answered = true;
    if (x->evidence.n == 0)
        return "[LG12] an answer without evidence";
    return e->on <= l->certificate->until ? NULL : "[LG12] after expiry";
}

const char *enter_condition_verdict(struct ledger *l, const struct event *e)
{
    DATA(condition_verdict, x, e);
    struct ledger_condition *c = condition_at(l, x->number);

    if (c == NULL || !c->answered)
        return "[LG12] a verdict about no answer";
    c->met = x->met;
    c->answered = false;
    return x->met || x->note.n > 0 ? NULL : "[LG12] sent back without a word";
}

const char *enter_condition_extension(struct ledger *l, const struct event *e)
{
    DATA(condition_extension, x, e);
    struct ledger_condition *c = condition_at(l, x->number);

    if (c == NULL || c->extended)
        return "[LG12] put off a second time";
    if (x->until <= c->until || x->until <= e->on)
        return "[LG6] put off into the past";
    c->extended = true;
    c->until = x->until;
    return NULL;
}
