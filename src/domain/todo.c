#include "domain/todo.h"

#include "base/arena.h"
#include "domain/rights.h"
#include "domain/stages.h"
#include "domain/todo_parts.h"

enum {
    AUDIT_AHEAD = 3, /* months that a round takes at the most [M4] */
};

const char *const task_names[TASK_KIND_COUNT + 1] = {
    [TASK_APPLY] = "apply",
    [TASK_CHECK] = "check",
    [TASK_SUPPLY] = "supply",
    [TASK_DECLINE] = "decline",
    [TASK_QUOTE] = "quote",
    [TASK_ACCEPT] = "accept",
    [TASK_SIGN] = "sign",
    [TASK_PAY] = "pay",
    [TASK_REVIEW] = "review",
    [TASK_REVISE] = "revise",
    [TASK_ASK_AGAIN] = "ask_again",
    [TASK_PLAN] = "plan",
    [TASK_AGREE] = "agree",
    [TASK_BEGIN_AUDIT] = "begin_audit",
    [TASK_REPLAN] = "replan",
    [TASK_AUDIT] = "audit",
    [TASK_GIVE_NONCE] = "give_nonce",
    [TASK_REPORT] = "report",
    [TASK_ACKNOWLEDGE] = "acknowledge",
    [TASK_CORRECT] = "correct",
    [TASK_EXTEND] = "extend",
    [TASK_VERIFY] = "verify",
    [TASK_NAME_PANEL] = "name_panel",
    [TASK_VOTE] = "vote",
    [TASK_DECIDE] = "decide",
    [TASK_ANSWER_QUESTION] = "answer_question",
    [TASK_COUNTERSIGN] = "countersign",
    [TASK_ISSUE] = "issue",
    [TASK_SURVEY] = "survey",
    [TASK_SUSPEND] = "suspend",
    [TASK_CURE] = "cure",
    [TASK_WITHDRAW] = "withdraw",
    [TASK_SIGN_WITHDRAWAL] = "sign_withdrawal",
    [TASK_CANCEL] = "cancel",
    [TASK_RENEW] = "renew",
    [TASK_MEET_CONDITION] = "meet_condition",
    [TASK_JUDGE_CONDITION] = "judge_condition",
    [TASK_SUSPEND_UNMET] = "suspend_unmet",
    [TASK_ASSIGN_APPEAL] = "assign_appeal",
    [TASK_HEAR_APPEAL] = "hear_appeal",
    [TASK_ASSIGN_COMPLAINT] = "assign_complaint",
    [TASK_ANSWER_COMPLAINT] = "answer_complaint",
};

bool task_is_open(const struct task *t, day today)
{
    return t->opens <= today;
}

bool task_is_overdue(const struct task *t, day today)
{
    return t->due < today;
}

/* --- days --------------------------------------------------------------- */

static day after(day d)
{
    return d >= DAY_MAX ? DAY_MAX : d + 1;
}

/* The latest day from which `s` ends on `by` or before; span_end() never ends
 * sooner for a later day. */
static day latest_start(day by, struct span s)
{
    day low = DAY_MIN;
    day high = by;

    while (low < high) {
        day middle = low + (high - low + 1) / 2;

        if (span_end(NULL, middle, s).on <= by)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static day later(day a, day b)
{
    return a > b ? a : b;
}

/* --- is it there? ------------------------------------------------------- */

/* the enterprise's */
static bool their_turn(const struct state *s)
{
    return s->waiting == WAITING_APPLICANT;
}

static bool our_turn(const struct state *s)
{
    return s->waiting == WAITING_BODY;
}

static bool limit_runs(const struct state *s)
{
    return s->waiting == WAITING_APPLICANT && s->due != DAY_NEVER;
}

static bool no_quote(const struct state *s)
{
    return s->quote == NULL;
}

static bool not_accepted(const struct state *s)
{
    return s->quote != NULL && !s->client_accepted;
}

static bool not_signed(const struct state *s)
{
    return s->client_accepted && !s->body_signed;
}

static bool not_paid(const struct state *s)
{
    return s->client_accepted && s->body_signed;
}

static bool no_plan(const struct state *s)
{
    return s->plan == NULL || s->objection.n > 0;
}

static bool plan_sent(const struct state *s)
{
    return !no_plan(s);
}

static bool not_begun(const struct state *s)
{
    return !s->opening_held;
}

static bool begun(const struct state *s)
{
    return s->opening_held;
}

static bool no_report(const struct state *s)
{
    return s->report == NULL;
}

static bool reported(const struct state *s)
{
    return s->report != NULL;
}

static bool any_submitted(const struct state *s)
{
    for (int32_t i = 0; i < s->nonconformity_count; i++) {
        if (s->nonconformities[i].state == CORRECTION_SUBMITTED)
            return true;
    }
    return false;
}

static bool questioned(const struct state *s)
{
    return s->question.n > 0;
}

static bool decided(const struct state *s)
{
    return s->decision != NULL;
}

/* --- of a certificate that lives ---------------------------------------- */

static bool is_alive(const struct state *s)
{
    return s->certificate != NULL && !status_is_final(s->status) &&
           s->stage != STAGE_ENDED;
}

static bool is_valid(const struct state *s)
{
    return is_alive(s) && s->status == CERTIFICATE_VALID;
}

static bool is_suspended(const struct state *s)
{
    return is_alive(s) && s->status == CERTIFICATE_SUSPENDED;
}

static bool survey_due(const struct state *s)
{
    return is_valid(s) && !s->suspension_proposed &&
           s->surveillance_due != DAY_NEVER;
}

/* In the round under way: the visit that is due was made. */
static bool was_visited(const struct state *s)
{
    return s->round == ROUND_SURVEILLANCE &&
           (s->stage == STAGE_REPORT || s->stage == STAGE_CORRECTION ||
            s->stage == STAGE_DECISION);
}

static bool suspension_due(const struct state *s)
{
    return is_valid(s) &&
           (s->suspension_proposed ||
            (s->surveillance_due != DAY_NEVER && !was_visited(s)));
}

static bool not_cured(const struct state *s)
{
    return is_suspended(s) && s->withdrawal == NULL;
}

static bool withdrawal_decided(const struct state *s)
{
    return is_alive(s) && s->withdrawal != NULL && !appeal_is_open(s);
}

static bool asked_to_cancel(const struct state *s)
{
    return is_alive(s) && s->cancellation_asked;
}

static bool no_panel(const struct state *s)
{
    return appeal_is_open(s) && s->appeal.panel == NULL;
}

/* --- from when, until when ---------------------------------------------- */

typedef void task_days(const struct state *s, const struct todo_facts *f,
                       struct task *t);

/* The limit of the stage. */
static void while_it_runs(const struct state *s, const struct todo_facts *,
                          struct task *t)
{
    t->opens = s->stage_since;
    t->due = s->due;
    t->provisional = s->due_provisional;
}

static void any_time(const struct state *s, const struct todo_facts *,
                     struct task *t)
{
    t->opens = s->stage_since;
}

static void when_it_passed(const struct state *s, const struct todo_facts *,
                           struct task *t)
{
    t->opens = after(s->due);
    t->provisional = s->due_provisional;
}

/* A renewal is late before its certificate ends. [M23] */
static void by_renewal(const struct state *s, const struct todo_facts *f,
                       struct task *t)
{
    while_it_runs(s, f, t);
    if (f->previous_until != DAY_NEVER)
        t->due = latest_start(f->previous_until, s->scheme->limits.renewal);
}

/* Long enough before it is due. */
static void before_survey(const struct state *s, const struct todo_facts *,
                          struct task *t)
{
    const struct span ahead = { AUDIT_AHEAD, SPAN_MONTHS };

    t->due = s->surveillance_due;
    t->opens = later(s->stage_since, latest_start(t->due, ahead));
}

static void to_suspend(const struct state *s, const struct todo_facts *,
                       struct task *t)
{
    const struct span within = { SUSPEND_WITHIN, SPAN_DAYS };

    if (s->suspension_proposed) {
        t->opens = s->stage_since;
        t->due = s->act_by;
        return;
    }
    t->opens = after(s->surveillance_due);
    t->due = span_end(NULL, s->surveillance_due, within).on;
}

static void while_suspended(const struct state *s, const struct todo_facts *,
                            struct task *t)
{
    t->opens = s->stage_since;
    t->due = s->suspended_until;
}

static void after_suspension(const struct state *s, const struct todo_facts *,
                             struct task *t)
{
    t->opens = after(s->suspended_until);
}

/* follow.c [FO2]: from the first day on which a renewal is not too early, to
 * the last on which it is not late. */
static void before_expiry(const struct state *s, const struct todo_facts *,
                          struct task *t)
{
    const struct limits *l = &s->scheme->limits;
    day until = s->certificate->until;

    t->opens = later(s->certificate->from,
                     after(latest_start(until - 1, l->renewal_opens)));
    t->due = latest_start(until, l->renewal);
}

static void since_appeal(const struct state *s, const struct todo_facts *,
                         struct task *t)
{
    t->opens = s->appeal.filed;
}

/* --- the table ---------------------------------------------------------- */

struct rule {
    const char *command;
    bool (*there)(const struct state *s);
    task_days *days;
    unsigned stages; /* STAGE_BIT()s; 0: whatever the stage */
    unsigned also;   /* roles that wait beside those of the command */
};

#define AT(stage) STAGE_BIT(STAGE_##stage)

/* clang-format off */
static const struct rule rules[TASK_KIND_COUNT] = {
    [TASK_APPLY] = { "application.submit", their_turn, by_renewal, AT(PREPARATION), 0 },
    [TASK_CHECK] = { "application.accept", our_turn, while_it_runs, AT(COMPLETENESS), 0 },
    [TASK_SUPPLY] = { "application.resubmit", their_turn, while_it_runs, AT(COMPLETENESS), 0 },
    [TASK_DECLINE] = { "application.decline", limit_runs, when_it_passed, AT(COMPLETENESS), 0 },
    [TASK_QUOTE] = { "quote.make", no_quote, while_it_runs, AT(CONTRACT), 0 },
    [TASK_ACCEPT] = { "contract.accept", not_accepted, while_it_runs, AT(CONTRACT), 0 },
    [TASK_SIGN] = { "contract.sign", not_signed, while_it_runs, AT(CONTRACT), 0 },
    /* the enterprise pays, and whoever minds the account records it */
    [TASK_PAY] = { "payment.record", not_paid, while_it_runs, AT(CONTRACT), ROLE_BIT(ROLE_APPLICANT) },
    [TASK_REVIEW] = { "document.judge", our_turn, while_it_runs, AT(DOCUMENTS), 0 },
    [TASK_REVISE] = { "document.add", their_turn, while_it_runs, AT(DOCUMENTS), 0 },
    [TASK_ASK_AGAIN] = { "revision.ask", limit_runs, when_it_passed, AT(DOCUMENTS), 0 },
    [TASK_PLAN] = { "plan.make", no_plan, while_it_runs, AT(PLAN), 0 },
    [TASK_AGREE] = { "plan.agree", plan_sent, while_it_runs, AT(PLAN), 0 },
    [TASK_BEGIN_AUDIT] = { "audit.open", not_begun, while_it_runs, AT(AUDIT), 0 },
    [TASK_REPLAN] = { "plan.make", not_begun, when_it_passed, AT(AUDIT), 0 },
    [TASK_AUDIT] = { "finding.record", begun, while_it_runs, AT(AUDIT), 0 },
    [TASK_GIVE_NONCE] = { "sample.give_nonce", their_turn, while_it_runs, AT(AUDIT), 0 },
    [TASK_REPORT] = { "report.issue", no_report, while_it_runs, AT(REPORT), 0 },
    [TASK_ACKNOWLEDGE] = { "report.acknowledge", reported, while_it_runs, AT(REPORT), 0 },
    [TASK_CORRECT] = { "correction.submit", their_turn, while_it_runs, AT(CORRECTION), 0 },
    [TASK_EXTEND] = { "correction.extend", todo_to_extend, todo_extension_days, AT(CORRECTION) | AT(DECISION), 0 },
    [TASK_VERIFY] = { "correction.accept", any_submitted, any_time, AT(CORRECTION), 0 },
    [TASK_NAME_PANEL] = { "decision.panel", todo_lacks_panel, while_it_runs, AT(DECISION), 0 },
    [TASK_VOTE] = { "decision.vote", NULL, while_it_runs, AT(DECISION), 0 },
    [TASK_DECIDE] = { "decision.grant", todo_to_decide, while_it_runs, AT(DECISION), 0 },
    [TASK_ANSWER_QUESTION] = { "decision.answer", questioned, while_it_runs, AT(DECISION), 0 },
    [TASK_COUNTERSIGN] = { "decision.sign", decided, while_it_runs, AT(DECISION), 0 },
    [TASK_ISSUE] = { "certificate.issue", our_turn, while_it_runs, AT(CERTIFICATE), 0 },
    [TASK_SURVEY] = { "round.open", survey_due, before_survey, AT(UPKEEP), 0 },
    [TASK_SUSPEND] = { "certificate.suspend", suspension_due, to_suspend, 0, 0 },
    /* the enterprise cures what is wrong, and a reviewer restores */
    [TASK_CURE] = { "certificate.restore", is_suspended, while_suspended, 0, ROLE_BIT(ROLE_APPLICANT) },
    [TASK_WITHDRAW] = { "withdrawal.decide", not_cured, after_suspension, 0, 0 },
    [TASK_SIGN_WITHDRAWAL] = { "certificate.withdraw", withdrawal_decided, any_time, 0, 0 },
    [TASK_CANCEL] = { "certificate.cancel", asked_to_cancel, any_time, 0, 0 },
    [TASK_RENEW] = { "case.open", is_valid, before_expiry, 0, 0 },
    [TASK_MEET_CONDITION] = { "condition.answer", NULL, any_time, 0, 0 },
    [TASK_JUDGE_CONDITION] = { "condition.judge", NULL, any_time, 0, 0 },
    [TASK_SUSPEND_UNMET] = { "certificate.suspend", NULL, any_time, 0, 0 },
    [TASK_ASSIGN_APPEAL] = { "appeal.assign", no_panel, since_appeal, 0, 0 },
    [TASK_HEAR_APPEAL] = { "appeal.decide", NULL, since_appeal, 0, 0 },
    [TASK_ASSIGN_COMPLAINT] = { "complaint.assign", NULL, any_time, 0, 0 },
    [TASK_ANSWER_COMPLAINT] = { "complaint.answer", NULL, any_time, 0, 0 },
};
/* clang-format on */

const char *task_command(enum task_kind kind)
{
    return rules[kind].command;
}

/* --- for whom ----------------------------------------------------------- */

static struct task *add(struct making *m, enum task_kind kind, id person)
{
    const struct rule *r = &rules[kind];
    struct task *t = &m->tasks[m->n++];

    *t = (struct task){
        .kind = kind,
        .person = person,
        .roles = right_roles(right_find(r->command), m->s) | r->also,
        .due = DAY_NEVER,
    };
    r->days(m->s, m->f, t);
    return t;
}

struct task *todo_add(struct making *m, enum task_kind kind, id person)
{
    return add(m, kind, person);
}

static void add_team(struct making *m, enum task_kind kind, bool lead_only)
{
    const struct plan *p = m->s->plan;
    const struct team_member *team = p == NULL ? NULL : p->team.p;

    for (size_t i = 0; team != NULL && i < p->team.n; i++) {
        if (lead_only ? team[i].lead : !team[i].expert)
            (void)add(m, kind, team[i].person);
    }
}

/* Whoever the case knows by name, or everybody of the role. */
static void add_for(struct making *m, enum task_kind kind)
{
    enum relation_to_case r = right_find(rules[kind].command)->relation;

    if (r == RELATION_LEAD || r == RELATION_TEAM)
        add_team(m, kind, r == RELATION_LEAD);
    else if (kind == TASK_DECIDE && m->s->panel.named != NULL)
        (void)add(m, kind, todo_chair(m->s));
    else
        (void)add(m, kind, (id){ { 0 } });
}

static bool is_there(const struct making *m, enum task_kind kind)
{
    const struct rule *r = &rules[kind];

    if (r->there == NULL || !r->there(m->s))
        return false;
    if (kind == TASK_RENEW && m->f->renewed)
        return false;
    return r->stages == 0 || (r->stages & STAGE_BIT(m->s->stage)) != 0;
}

static void add_panel(struct making *m)
{
    const struct appeal_panel *panel = m->s->appeal.panel;
    const struct panel_member *members =
        panel == NULL ? NULL : panel->members.p;

    if (!appeal_is_open(m->s))
        return;
    for (size_t i = 0; panel != NULL && i < panel->members.n; i++)
        (void)add(m, TASK_HEAR_APPEAL, members[i].person);
}

static void add_complaint(struct making *m, const struct complaint_state *c)
{
    bool assigned = !id_is_zero(c->assigned);
    struct task *t;

    if (c->answer != NULL)
        return;
    t = add(m, assigned ? TASK_ANSWER_COMPLAINT : TASK_ASSIGN_COMPLAINT,
            c->assigned);
    t->number = c->complaint->number;
    t->opens = c->complaint->received;
}

static void add_complaints(struct making *m, bool assigned)
{
    for (int32_t i = 0; i < m->s->complaint_count; i++) {
        const struct complaint_state *c = &m->s->complaints[i];

        if (id_is_zero(c->assigned) != assigned)
            add_complaint(m, c);
    }
}

/* --- all of them -------------------------------------------------------- */

/* Room for every kind once, for each kind's own people, for conditions and for
 * complaints. */
static size_t most_tasks(const struct state *s)
{
    size_t team = s->plan == NULL ? 0 : s->plan->team.n;
    size_t panel = s->appeal.panel == NULL ? 0 : s->appeal.panel->members.n;

    return TASK_KIND_COUNT * (1 + team) + panel + PANEL_SEATS +
           2 * (size_t)s->condition_count + (size_t)s->complaint_count;
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
    for (int kind = 0; kind < TASK_KIND_COUNT; kind++) {
        if (is_there(&m, (enum task_kind)kind))
            add_for(&m, (enum task_kind)kind);
    }
    todo_add_votes(&m);
    todo_add_conditions(&m);
    add_panel(&m);
    add_complaints(&m, false);
    add_complaints(&m, true);
    *out = (struct list){ m.tasks, m.n };
    return OK;
}
