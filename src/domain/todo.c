#include "domain/todo.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/rights.h"
#include "domain/stages.h"
#include "domain/todo_rules.h"

bool task_is_over(const struct task *t, day today)
{
    return t->lapses && t->due < today;
}

bool task_is_open(const struct task *t, day today)
{
    return t->opens <= today && !task_is_over(t, today);
}

bool task_is_overdue(const struct task *t, day today)
{
    return t->due < today && !task_is_over(t, today);
}

void task_words(struct buf *out, enum lang l, str kind, int64_t amount)
{
    const struct err_arg args[] = { ARG_MONEY("amount", amount), { 0 } };

    text_choice(out, l, "task.", kind);
    if (amount > 0)
        text_render(out, l, "todo.amount", args);
}

/* --- one task ------------------------------------------------------------- */

struct making {
    const struct state *s;
    const struct todo_facts *f;
    struct task *tasks; /* room for all of them */
    size_t n;
};

static struct task *add(struct making *m, enum task_kind kind, int64_t number,
                        id person)
{
    const struct task_rule *r = task_rule(kind);
    struct task *t = &m->tasks[m->n++];

    *t = (struct task){
        .kind = kind,
        .number = number,
        .person = person,
        .roles = right_roles(right_find(r->command), m->s) | r->also,
        .due = DAY_NEVER,
    };
    r->days(m->s, m->f, t);
    return t;
}

static void add_for_roles(struct making *m, enum task_kind kind, int64_t number)
{
    (void)add(m, kind, number, (id){ { 0 } });
}

/* --- for each of what it is about ----------------------------------------- */

/* Who is new on the team has nothing to do before the enterprise agreed or let
 * its day pass, and nothing at all while it objects (plan.c [PL7]). */
static void add_member(struct making *m, enum task_kind kind, id person)
{
    const struct plan *before = m->s->replacement.before;
    bool new = before != NULL && !plan_names(before, person);
    struct task *t;

    if (new && m->s->objection.n > 0)
        return;
    t = add(m, kind, 0, person);
    if (new && t->opens <= m->s->plan->objection_due)
        t->opens = todo_after(m->s->plan->objection_due);
}

static void add_team(struct making *m, enum task_kind kind, bool lead_only)
{
    const struct plan *p = m->s->plan;
    const struct team_member *team = p == NULL ? NULL : p->team.p;

    for (size_t i = 0; team != NULL && i < p->team.n; i++) {
        if (lead_only ? team[i].lead : !team[i].expert)
            add_member(m, kind, team[i].person);
    }
}

/* Whoever the case knows by name, or everybody of the role. */
static void add_once(struct making *m, enum task_kind kind)
{
    enum relation_to_case r = right_find(task_command(kind))->relation;

    if (r == RELATION_LEAD || r == RELATION_TEAM)
        add_team(m, kind, r == RELATION_LEAD);
    else
        add_for_roles(m, kind, 0);
}

/* An expert's advice, or a member's vote. */
static bool awaits(const struct state *s, enum task_kind kind, size_t seat)
{
    return kind == TASK_ADVISE ? panel_awaits_advice(s, seat)
                               : panel_awaits(s, seat);
}

/* Each of the panel, which is named (todo_votes()), who has to vote or to
 * advise. */
static void add_seats(struct making *m, enum task_kind kind)
{
    const struct panel *p = m->s->panel.named;
    const struct seat *seats = p->seats.p;

    for (size_t i = 0; i < p->seats.n; i++) {
        if (awaits(m->s, kind, i))
            (void)add(m, kind, 0, seats[i].person);
    }
}

static void add_chair(struct making *m, enum task_kind kind)
{
    if (m->s->panel.named == NULL)
        add_for_roles(m, kind, 0);
    else
        (void)add(m, kind, 0, todo_chair(m->s));
}

static void add_conditions(struct making *m, enum task_kind kind)
{
    for (int32_t i = 0; i < m->s->condition_count; i++) {
        if (todo_condition_waits(m->s, i + 1, kind))
            add_for_roles(m, kind, i + 1);
    }
}

static void add_change(struct making *m, enum task_kind kind)
{
    add_for_roles(m, kind, m->s->change->number);
}

static void add_panelists(struct making *m, enum task_kind kind)
{
    const struct appeal_panel *panel = m->s->appeal.panel;
    const struct panel_member *members =
        panel == NULL ? NULL : panel->members.p;

    for (size_t i = 0; panel != NULL && i < panel->members.n; i++)
        (void)add(m, kind, 0, members[i].person);
}

/* It is assigned, and then answered by whom it was assigned to. */
static void add_complaints(struct making *m, enum task_kind kind)
{
    for (int32_t i = 0; i < m->s->complaint_count; i++) {
        const struct complaint_state *c = &m->s->complaints[i];
        bool assigned = !id_is_zero(c->assigned);

        if (c->answer == NULL && assigned == (kind == TASK_ANSWER_COMPLAINT))
            add(m, kind, c->complaint->number, c->assigned)->opens =
                c->complaint->received;
    }
}

static void add_marks(struct making *m, enum task_kind kind)
{
    for (int32_t i = 0; i < m->s->mark_count; i++) {
        if (m->s->marks[i].standing == MARK_ASKED)
            add_for_roles(m, kind, i + 1);
    }
}

/* Followed to its end, also once the certificate is over (mark.c [MK4]). */
static void add_misuses(struct making *m, enum task_kind kind)
{
    for (int32_t i = 0; i < m->s->misuse_count; i++) {
        if (m->s->misuses[i].settled == NULL)
            add_for_roles(m, kind, i + 1);
    }
}

/* [TD5] */
static void add_invoices(struct making *m, enum task_kind kind)
{
    for (int32_t i = 0; i < m->s->money.invoice_count; i++) {
        if (invoice_open(&m->s->money.invoices[i]) > 0)
            add_for_roles(m, kind, i + 1);
    }
}

/* --- all of them ---------------------------------------------------------- */

static bool is_there(const struct making *m, enum task_kind kind)
{
    const struct task_rule *r = task_rule(kind);

    if (r->there != NULL && !r->there(m->s))
        return false;
    if (kind == TASK_RENEW && m->f->renewed)
        return false;
    return r->stages == 0 || (r->stages & STAGE_BIT(m->s->stage)) != 0;
}

static void add_kind(struct making *m, enum task_kind kind)
{
    static void (*const each[])(struct making *, enum task_kind) = {
        [TASK_OF_CASE] = add_once,      [TASK_OF_SEAT] = add_seats,
        [TASK_OF_CHAIR] = add_chair,    [TASK_OF_CONDITION] = add_conditions,
        [TASK_OF_CHANGE] = add_change,  [TASK_OF_PANELIST] = add_panelists,
        [TASK_OF_MARK] = add_marks,     [TASK_OF_COMPLAINT] = add_complaints,
        [TASK_OF_MISUSE] = add_misuses, [TASK_OF_INVOICE] = add_invoices,
    };

    if (is_there(m, kind))
        each[task_rule(kind)->of](m, kind);
}

/* Room for every kind once, for each kind's own people, for complaints, uses of
 * the mark, invoices, the two of a condition and the three of a misuse. */
static size_t most_tasks(const struct state *s)
{
    size_t team = s->plan == NULL ? 0 : s->plan->team.n;
    size_t panel = s->appeal.panel == NULL ? 0 : s->appeal.panel->members.n;

    return TASK_KIND_COUNT * (1 + team) + panel + PANEL_SEATS +
           2 * (size_t)s->condition_count + (size_t)s->complaint_count +
           (size_t)s->mark_count + 3 * (size_t)s->misuse_count +
           (size_t)s->money.invoice_count;
}

err todo_make(struct arena *a, const struct state *s,
              const struct todo_facts *f, struct list *out)
{
    struct making m = { .s = s, .f = f };

    *out = (struct list){ 0 };
    if (s->opened == NULL)
        return OK;
    m.tasks = arena_array(a, most_tasks(s), sizeof *m.tasks);
    TRY_MEMORY(m.tasks);
    for (int kind = 0; kind < TASK_KIND_COUNT; kind++)
        add_kind(&m, (enum task_kind)kind);
    *out = (struct list){ m.tasks, m.n };
    return OK;
}
