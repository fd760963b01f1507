/*
 * todo_decide -- what waits about a decision: corrections it still lacks, a
 * panel that votes (panel.c), conditions that go with it (condition.c).
 */

#include "domain/stages.h"
#include "domain/todo_rules.h"

/* --- corrections ---------------------------------------------------------- */

static bool not_decided(const struct state *s)
{
    return s->decision == NULL && s->question.n == 0;
}

/* The enterprise is to correct, by a day. */
static bool limit_runs(const struct state *s)
{
    return s->waiting == WAITING_APPLICANT && s->due != DAY_NEVER;
}

bool todo_to_extend(const struct state *s)
{
    if (s->stage == STAGE_DECISION)
        return not_decided(s) && state_open_nonconformities(s) > 0;
    return limit_runs(s);
}

void todo_extension_days(const struct state *s, const struct todo_facts *,
                         struct task *t)
{
    bool sent_back = s->stage == STAGE_DECISION;

    t->opens = sent_back ? s->stage_since : todo_after(s->due);
    t->provisional = s->due_provisional;
}

/* --- a panel ------------------------------------------------------------ */

bool todo_lacks_panel(const struct state *s)
{
    return not_decided(s) && s->scheme->panel && s->panel.named == NULL;
}

/* By a reviewer, or by the chair once the panel has voted. */
bool todo_to_decide(const struct state *s)
{
    if (s->panel.named == NULL)
        return not_decided(s) && !s->scheme->panel;
    return not_decided(s) && panel_majority(s) != NULL;
}

bool todo_votes(const struct state *s)
{
    return s->panel.named != NULL && not_decided(s) &&
           (s->stage != STAGE_CORRECTION || limit_runs(s));
}

bool todo_to_refuse(const struct state *s)
{
    return todo_votes(s) && panel_majority(s) != NULL;
}

void todo_vote_days(const struct state *s, const struct todo_facts *,
                    struct task *t)
{
    bool corrects = s->stage == STAGE_CORRECTION;

    t->opens = corrects ? todo_after(s->due) : s->stage_since;
    t->due = corrects ? DAY_NEVER : s->due;
    t->provisional = s->due_provisional;
}

id todo_chair(const struct state *s)
{
    const struct seat *seats = s->panel.named->seats.p;

    return seats[0].person;
}

/* --- conditions --------------------------------------------------------- */

bool todo_conditions_bind(const struct state *s)
{
    return s->certificate != NULL && s->ending == ENDING_NONE;
}

static const struct condition_state *condition_at(const struct state *s,
                                                  int64_t number)
{
    return &s->conditions[number - 1];
}

/* While it is open the enterprise meets it, late too; past its day the body
 * acts within five days, as on any nonconformity (condition.c [CN5]). */
bool todo_condition_waits(const struct state *s, int64_t number,
                          enum task_kind kind)
{
    const struct condition_state *x = condition_at(s, number);

    if (kind == TASK_JUDGE_CONDITION)
        return x->standing == CONDITION_ANSWERED;
    if (kind == TASK_SUSPEND_UNMET && s->status != CERTIFICATE_VALID)
        return false;
    return x->standing == CONDITION_OPEN;
}

void todo_condition_days(const struct state *s, const struct todo_facts *,
                         struct task *t)
{
    const struct condition_state *x = condition_at(s, t->number);

    t->opens = x->since;
    if (t->kind == TASK_MEET_CONDITION)
        t->due = x->until;
    if (t->kind != TASK_SUSPEND_UNMET)
        return;
    t->opens = todo_after(x->until);
    t->due = todo_suspend_by(x->until);
}
