#include "filing/course.h"

#include "base/arena.h"
#include "base/size.h"

err course_new(struct arena *a, const struct scheme *scheme,
               struct course **out)
{
    struct course *c = arena_zero(a, sizeof *c);

    TRY_MEMORY(c);
    TRY(state_new(a, scheme, &c->state));
    c->review_from = DAY_NEVER;
    c->review_to = DAY_NEVER;
    c->decided = DAY_NEVER;
    c->suspended = DAY_NEVER;
    c->ended = DAY_NEVER;
    *out = c;
    return OK;
}

/* --- stage one: documents ------------------------------------------------ */

static void add_reviewer(struct course *c, id person)
{
    for (int32_t i = 0; i < c->reviewer_count; i++) {
        if (id_eq(c->reviewers[i], person))
            return;
    }
    if (c->reviewer_count < EVALUATOR_MAX)
        c->reviewers[c->reviewer_count++] = person;
}

static void on_judged(struct course *c, const struct event *e)
{
    if (c->review_from == DAY_NEVER)
        c->review_from = e->on;
    add_reviewer(c, e->actor);
}

static void on_passed(struct course *c, const struct event *e)
{
    on_judged(c, e);
    c->review_lead = e->actor;
    c->review_to = e->on;
}

/* --- site audits --------------------------------------------------------- */

static void on_round(struct course *c, const struct event *)
{
    c->visit_count = 0;
}

static void on_opened(struct course *c, const struct event *e)
{
    if (c->visit_count == VISITS_MAX || c->state->plan == NULL)
        return;
    c->visits[c->visit_count++] =
        (struct visit){ c->state->plan, e->on, DAY_NEVER, false };
}

/* The team that came, and from today on the one that took over. */
static void on_replaced(struct course *c, const struct event *e)
{
    int32_t n = c->visit_count;

    if (n == 0 || n == VISITS_MAX || c->visits[n - 1].to != DAY_NEVER)
        return;
    c->visits[n - 1].to = e->on;
    c->visits[c->visit_count++] =
        (struct visit){ e->data, e->on, DAY_NEVER, true };
}

/* Sites left the plan of a visit that has begun. */
static void on_narrowed(struct course *c, const struct event *e)
{
    if (c->visit_count > 0 && c->visits[c->visit_count - 1].to == DAY_NEVER)
        c->visits[c->visit_count - 1].plan = e->data;
}

static void on_closed(struct course *c, const struct event *e)
{
    if (c->visit_count > 0)
        c->visits[c->visit_count - 1].to = e->on;
}

/* --- decisions ----------------------------------------------------------- */

static void add_decider(struct course *c, id person)
{
    for (int32_t i = 0; i < c->decider_count; i++) {
        if (id_eq(c->deciders[i], person))
            return;
    }
    if (!id_is_zero(person) && c->decider_count < DECIDERS_MAX)
        c->deciders[c->decider_count++] = person;
}

static void decided_by(struct course *c, const struct event *e, id first,
                       id second)
{
    c->decider_count = 0;
    add_decider(c, first);
    add_decider(c, second);
    c->decided = e->on;
}

/* All who voted decided, the chair first; experts did not. */
static void on_signed(struct course *c, const struct event *e)
{
    const struct panel *p = c->state->panel.named;
    const struct seat *seats = p == NULL ? NULL : p->seats.p;

    decided_by(c, e, c->state->decided_by, (id){ { 0 } });
    for (size_t i = 0; p != NULL && i < p->seats.n; i++) {
        if (!seats[i].expert)
            add_decider(c, seats[i].person);
    }
    add_decider(c, e->actor);
}

static void by_actor(struct course *c, const struct event *e)
{
    decided_by(c, e, e->actor, (id){ { 0 } });
}

/* --- the certificate ----------------------------------------------------- */

static void on_recorded(struct course *c, const struct event *e)
{
    const struct certificate *made = e->data;

    c->scope = made->scope;
}

static void on_suspended(struct course *c, const struct event *e)
{
    by_actor(c, e);
    c->suspension = e->data;
    c->suspended = e->on;
}

/* By one person alone, as it was once. */
static void on_reduced(struct course *c, const struct event *e)
{
    const struct reduction *reduced = e->data;

    by_actor(c, e);
    c->scope = reduced->scope;
}

static void on_reduction_signed(struct course *c, const struct event *e)
{
    decided_by(c, e, c->state->reduction_by, e->actor);
    if (c->state->reduction != NULL) /* whatever the journal says */
        c->scope = c->state->reduction->scope;
}

/* Before the state forgets what was asked for. */
static void on_changed(struct course *c, const struct event *e)
{
    const struct certificate *made = e->data;

    by_actor(c, e);
    c->scope = made->scope;
    c->change = c->state->change;
    c->former_holder = c->state->certificate->holder;
}

static void on_withdrawn(struct course *c, const struct event *e)
{
    decided_by(c, e, c->state->withdrawal_by, e->actor);
    c->ending = c->state->withdrawal;
    c->ended = e->on;
}

static void on_cancelled(struct course *c, const struct event *e)
{
    by_actor(c, e);
    c->ending = e->data;
    c->ended = e->on;
}

/* Does it end with the scope that the same act reduces: is the signature what
 * comes next? */
static bool ends_by_reduction(const struct event *e)
{
    const struct event *next = e->next;

    while (next != NULL && next->kind == e->kind)
        next = next->next;
    return next != NULL && strcmp(next->kind->name, "reduction.signed") == 0 &&
           next->at == e->at && id_eq(next->actor, e->actor);
}

static void on_sub_ended(struct course *c, const struct event *e)
{
    if (ends_by_reduction(e))
        decided_by(c, e, c->state->reduction_by, e->actor);
    else
        by_actor(c, e);
    c->sub_ending = e->data;
}

/* Nobody decides it: the last decision stands. */
static void on_expired(struct course *c, const struct event *e)
{
    c->ended = e->on;
}

void course_apply(struct course *c, const struct event *e)
{
    static const struct {
        const char *name;
        void (*fold)(struct course *c, const struct event *e);
    } folds[] = {
        { "document.judged", on_judged },
        { "review.passed", on_passed },
        { "round.opened", on_round },
        { "audit.opened", on_opened },
        { "plan.replaced", on_replaced },
        { "plan.narrowed", on_narrowed },
        { "audit.closed", on_closed },
        { "decision.signed", on_signed },
        { "certificate.recorded", on_recorded },
        { "suspension.decided", on_suspended },
        { "suspension.lifted", by_actor },
        { "scope.reduced", on_reduced },
        { "reduction.signed", on_reduction_signed },
        { "certificate.changed", on_changed },
        { "withdrawal.signed", on_withdrawn },
        { "cancellation.made", on_cancelled },
        { "validity.ended", on_expired },
        { "sub.recorded", by_actor },
        { "sub.ended", on_sub_ended },
    };

    for (size_t i = 0; i < COUNT(folds); i++) {
        if (strcmp(folds[i].name, e->kind->name) == 0)
            folds[i].fold(c, e); /* before the state forgets */
    }
    apply(c->state, e);
}
