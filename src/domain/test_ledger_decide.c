/*
 * The books of what goes with a decision: a panel, and conditions.
 */

#include "domain/test_ledger_parts.h"

#include "domain/condition.h"

/* --- a panel [LG13] ------------------------------------------------------- */

static const char *check_seat(struct ledger *l, const struct seat *x, day on)
{
    if (ledger_among(&l->evaluators, x->person) ||
        ledger_in_team(l->plan, x->person))
        return "[LG13] who evaluated sits on the panel";
    if (ledger_is_tied(l, x->person, on))
        return "[LG13] a tie on the panel";
    ledger_remember(&l->involved, x->person);
    ledger_remember(&l->seated, x->person);
    return NULL;
}

/* The seat of `person`, or NULL. */
static const struct seat *seat_of(const struct panel *x, id person)
{
    const struct seat *seats = x->seats.p;

    for (size_t i = 0; i < x->seats.n; i++) {
        if (id_eq(seats[i].person, person))
            return &seats[i];
    }
    return NULL;
}

const char *enter_panel_named(struct ledger *l, const struct event *e)
{
    DATA(panel, x, e);
    const struct seat *seats = x->seats.p;
    size_t voters = 0;
    size_t chairs = 0;

    l->panel_named = x;
    l->motion = NULL;
    if (seat_of(x, e->actor) != NULL)
        return "[LG13] who named the panel sits on it";
    for (size_t i = 0; i < x->seats.n; i++) {
        const char *wrong = check_seat(l, &seats[i], e->on);

        if (wrong != NULL)
            return wrong;
        voters += !seats[i].expert;
        chairs += seats[i].chair && !seats[i].expert;
        l->votes[i] = NULL;
    }
    return voters >= 3 && voters % 2 == 1 && chairs == 1
               ? NULL
               : "[LG13] a panel of another size";
}

static bool has_voted(const struct ledger *l)
{
    for (size_t i = 0; i < PANEL_SEATS; i++) {
        if (l->votes[i] != NULL)
            return true;
    }
    return false;
}

const char *enter_advice(struct ledger *l, const struct event *e)
{
    const struct seat *seat = seat_of(l->panel_named, e->actor);

    if (seat == NULL || !seat->expert)
        return "[LG13] advice of somebody else";
    return has_voted(l) ? "[LG13] advice after a vote" : NULL;
}

const char *enter_motion(struct ledger *l, const struct event *e)
{
    DATA(motion, x, e);
    const struct seat *seat = seat_of(l->panel_named, e->actor);

    l->motion = x;
    for (size_t i = 0; i < PANEL_SEATS; i++)
        l->votes[i] = NULL;
    return seat != NULL && seat->chair ? NULL : "[LG13] somebody else proposes";
}

/* The same days, which is what binds. */
static bool same_days(const struct list *x, const struct list *y)
{
    const struct condition *a = x->p;
    const struct condition *b = y->p;

    for (size_t i = 0; x->n == y->n && i < x->n; i++) {
        if (a[i].until != b[i].until)
            return false;
    }
    return x->n == y->n;
}

static bool as_proposed(const struct ledger *l, const struct list *conditions)
{
    static const struct list none;

    return same_days(conditions,
                     l->motion == NULL ? &none : &l->motion->conditions);
}

const char *enter_vote(struct ledger *l, const struct event *e)
{
    DATA(vote, x, e);
    const struct seat *seats = l->panel_named->seats.p;

    if (x->reasons.n == 0)
        return "[LG13] a vote without reasons";
    if (x->outcome == OUTCOME_GRANTED && !as_proposed(l, &x->conditions))
        return "[LG13] a vote for other conditions";
    for (size_t i = 0; i < l->panel_named->seats.n; i++) {
        if (!id_eq(seats[i].person, e->actor))
            continue;
        l->votes[i] = x;
        return seats[i].expert ? "[LG13] an expert votes" : NULL;
    }
    return "[LG13] somebody else votes";
}

const char *ledger_check_panel(const struct ledger *l, const struct event *e)
{
    DATA(decision, x, e);
    const struct panel *p = l->panel_named;
    const struct seat *seats = p == NULL ? NULL : p->seats.p;
    size_t voters = 0;
    size_t same = 0;

    if (p == NULL)
        return l->scheme->panel ? "[LG13] decided without its panel" : NULL;
    if (!id_eq(seats[0].person, e->actor))
        return "[LG13] decided by who is not the chair";
    for (size_t i = 0; i < p->seats.n; i++) {
        const struct vote *v = l->votes[i];

        if (!seats[i].expert && v == NULL)
            return "[LG13] decided before all voted";
        voters += !seats[i].expert;
        same +=
            v != NULL && v->outcome == x->outcome && str_eq(v->level, x->level);
    }
    if (x->outcome == OUTCOME_GRANTED && !as_proposed(l, &x->conditions))
        return "[LG13] conditions nobody voted on";
    return 2 * same > voters ? NULL : "[LG13] decided against most of them";
}

/* --- sent back by the head ------------------------------------------------ */

const char *enter_return(struct ledger *l, const struct event *e)
{
    DATA(reasons, x, e);

    if (l->decision == NULL)
        return "sent back, and nothing was decided";
    if (id_eq(e->actor, l->decided_by) || ledger_among(&l->seated, e->actor))
        return "[LG3] sent back by who decided";
    l->decision = NULL;
    for (size_t i = 0; i < PANEL_SEATS; i++)
        l->votes[i] = NULL; /* [LG13] */
    return x->reasons.n > 0 ? NULL : "sent back without a word";
}

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
        if (set[i].until <= on)
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
