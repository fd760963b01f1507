/*
 * motion -- what a panel has before it when it votes: what its experts advise,
 * and the conditions that its chair proposes. [17065 7.5] [17065 7.6]
 *
 *   [MO1] An expert advises in writing, before anybody votes: a vote that was
 *         cast without it would rest on less.  The newest counts, it is no
 *         vote, nobody waits for it unless the package says so (panel.c
 *         [PN9]), and it outlives the votes.
 *   [MO2] Members read it; the enterprise does not (papers.h [PA4]).
 *   [MO3] Conditions are put to the panel by its chair before it votes. Whoever
 *         votes to grant votes for them, and the vote says which; other
 *         conditions want other votes.  The decision has these and no others.
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/condition.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field advice_fields[] = {
    F_STR(struct advice, text, 1, 10000),
};
const struct record advice_record = RECORD(advice, advice_fields);

static const struct field motion_put_fields[] = {
    F_LIST_OPT(struct motion_put, conditions, CONDITIONS_MOST,
               &condition_wish_record),
};
static const struct record motion_put_record =
    RECORD(motion_put, motion_put_fields);

static const struct field motion_fields[] = {
    F_LIST_OPT(struct motion, conditions, CONDITIONS_MOST, &condition_record),
};
const struct record motion_record = RECORD(motion, motion_fields);
/* clang-format on */

/* The actor's seat, or NULL. */
static const struct seat *own_seat(const struct state *s, const struct facts *f)
{
    return panel_seat(s->panel.named, f->actor.person);
}

static err check_named(struct arena *a, const struct state *s)
{
    if (s->panel.named == NULL)
        REFUSE(a, "panel.none");
    return OK;
}

/* --- decision.advise [MO1] ------------------------------------------------ */

bool panel_awaits_advice(const struct state *s, size_t i)
{
    const struct seat *seats = s->panel.named->seats.p;

    return seats[i].expert && s->panel.advice[i] == NULL && !panel_has_voted(s);
}

static err ready_advise(struct arena *a, const struct state *s)
{
    TRY(check_named(a, s));
    if (s->decision != NULL)
        REFUSE(a, "decision.made_already");
    if (panel_has_voted(s))
        REFUSE(a, "panel.voting");
    return OK;
}

static err judge_advise(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct seat *seat = own_seat(s, f);

    if (seat == NULL || !seat->expert)
        return err_new(a, ERR_DENIED, "panel.not_advising");
    return event_emit(a, out, "decision.advised", f, c->data);
}

static void apply_advise(struct state *s, const struct event *e)
{
    const struct seat *seat = panel_seat(s->panel.named, e->actor);
    const struct seat *first = seat == NULL ? NULL : s->panel.named->seats.p;

    state_involve(s, e->actor);
    if (seat != NULL)
        s->panel.advice[seat - first] = e->data;
}

/* --- decision.propose [MO3] ----------------------------------------------- */

static err ready_propose(struct arena *a, const struct state *s)
{
    TRY(check_named(a, s));
    return decision_ready(a, s);
}

static err judge_propose(struct arena *a, const struct state *s,
                         const struct command *c, const struct facts *f,
                         struct event_list *out)
{
    const struct motion_put *wish = c->data;
    const struct seat *seat = own_seat(s, f);
    struct motion put = { { 0 } };

    if (seat == NULL || !seat->chair)
        return err_new(a, ERR_DENIED, "panel.not_chair");
    TRY(condition_list(a, s, f, &wish->conditions, &put.conditions));
    return event_emit(a, out, "decision.proposed", f, &put);
}

static void apply_propose(struct state *s, const struct event *e)
{
    state_involve(s, e->actor);
    s->panel.motion = e->data;
    panel_forget_votes(s);
}

/* --- in the decision [MO3] ------------------------------------------------ */

err panel_conditions(struct arena *a, const struct state *s,
                     const struct facts *f, const struct list *wish,
                     struct list *out)
{
    const struct motion *put = s->panel.motion;

    if (wish->n > 0)
        return err_new(a, ERR_INVALID, "panel.conditions");
    *out = put == NULL ? (struct list){ 0 } : put->conditions;
    return condition_check_days(a, s, f, out);
}

static bool same_condition(const struct condition *x, const struct condition *y)
{
    return x->number == y->number && x->until == y->until &&
           str_eq(x->text, y->text);
}

bool panel_proposed(const struct state *s, const struct decision *made)
{
    const struct motion *put = s->panel.motion;
    const struct condition *x = made->conditions.p;
    const struct condition *y = put == NULL ? NULL : put->conditions.p;

    /* Where nothing was proposed, a journal may be older than proposals. */
    if (put == NULL || made->outcome != OUTCOME_GRANTED)
        return true;
    if (made->conditions.n != put->conditions.n)
        return false;
    for (size_t i = 0; i < put->conditions.n; i++) {
        if (!same_condition(&x[i], &y[i]))
            return false;
    }
    return true;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "decision.advise", &advice_record, ready_advise, judge_advise, NULL },
    { "decision.propose", &motion_put_record, ready_propose, judge_propose, NULL },
};

static const struct event_kind events[] = {
    { "decision.advised", 1, STREAM_CASE, &advice_record, apply_advise },
    { "decision.proposed", 1, STREAM_CASE, &motion_record, apply_propose },
};
/* clang-format on */

const struct stage_tables motion_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
