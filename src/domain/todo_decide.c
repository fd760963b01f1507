/*
 * todo_decide -- what waits about a decision: corrections it still lacks, a
 * panel that votes (panel.c), conditions that go with it (condition.c).
 */

#include "domain/stages.h"
#include "domain/todo_parts.h"

/* --- corrections ---------------------------------------------------------- */

static day day_after(day d)
{
    const struct span next = { 1, SPAN_DAYS };

    return span_end(NULL, d, next).on;
}

static bool not_decided(const struct state *s)
{
    return s->decision == NULL && s->question.n == 0;
}

bool todo_to_extend(const struct state *s)
{
    if (s->stage == STAGE_DECISION)
        return not_decided(s) && state_open_nonconformities(s) > 0;
    return s->waiting == WAITING_APPLICANT && s->due != DAY_NEVER;
}

void todo_extension_days(const struct state *s, const struct todo_facts *,
                         struct task *t)
{
    bool sent_back = s->stage == STAGE_DECISION;

    t->opens = sent_back ? s->stage_since : day_after(s->due);
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

id todo_chair(const struct state *s)
{
    const struct seat *seats = s->panel.named->seats.p;

    return seats[0].person;
}

/* Each of the panel who has to vote. */
void todo_add_votes(struct making *m)
{
    const struct panel *p = m->s->panel.named;
    const struct seat *seats = p == NULL ? NULL : p->seats.p;

    if (m->s->stage != STAGE_DECISION || !not_decided(m->s))
        return;
    for (size_t i = 0; p != NULL && i < p->seats.n; i++) {
        if (panel_awaits(m->s, i))
            (void)todo_add(m, TASK_VOTE, seats[i].person);
    }
}

/* --- conditions --------------------------------------------------------- */

static bool is_alive(const struct state *s)
{
    return s->certificate != NULL && s->ending == ENDING_NONE;
}

static void add_numbered(struct making *m, enum task_kind kind, int64_t number,
                         day opens, day due)
{
    struct task *t = todo_add(m, kind, (id){ { 0 } });

    t->number = number;
    t->opens = opens;
    t->due = due;
}

/* While it is open the enterprise meets it, late too; past its day the body
 * acts within five days, as on any nonconformity (condition.c [CN5]). */
static void add_condition(struct making *m, int64_t number)
{
    const struct span within = { SUSPEND_WITHIN, SPAN_DAYS };
    const struct condition_state *x = &m->s->conditions[number - 1];

    if (x->standing == CONDITION_ANSWERED)
        add_numbered(m, TASK_JUDGE_CONDITION, number, x->since, DAY_NEVER);
    if (x->standing != CONDITION_OPEN)
        return;
    add_numbered(m, TASK_MEET_CONDITION, number, x->since, x->until);
    if (m->s->status == CERTIFICATE_VALID)
        add_numbered(m, TASK_SUSPEND_UNMET, number, day_after(x->until),
                     span_end(NULL, x->until, within).on);
}

void todo_add_conditions(struct making *m)
{
    for (int32_t i = 0; is_alive(m->s) && i < m->s->condition_count; i++)
        add_condition(m, i + 1);
}
