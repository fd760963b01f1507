/*
 * todo_rules -- of each kind of task: when it is there, its days, and the
 * command that does it. [M4] [M21]
 */

#include "domain/todo_rules.h"

#include "domain/change.h"
#include "domain/mark.h"
#include "domain/rights.h"
#include "domain/stages.h"

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
    [TASK_AGREE_TEAM] = "agree_team",
    [TASK_REPLACE] = "replace",
    [TASK_REPLAN] = "replan",
    [TASK_AUDIT] = "audit",
    [TASK_GIVE_NONCE] = "give_nonce",
    [TASK_REPORT] = "report",
    [TASK_ACKNOWLEDGE] = "acknowledge",
    [TASK_CORRECT] = "correct",
    [TASK_EXTEND] = "extend",
    [TASK_VERIFY] = "verify",
    [TASK_NAME_PANEL] = "name_panel",
    [TASK_ADVISE] = "advise",
    [TASK_VOTE] = "vote",
    [TASK_DECIDE] = "decide",
    [TASK_REFUSE] = "refuse",
    [TASK_ANSWER_QUESTION] = "answer_question",
    [TASK_COUNTERSIGN] = "countersign",
    [TASK_ISSUE] = "issue",
    [TASK_SURVEY] = "survey",
    [TASK_SUSPEND] = "suspend",
    [TASK_CURE] = "cure",
    [TASK_WITHDRAW] = "withdraw",
    [TASK_SIGN_WITHDRAWAL] = "sign_withdrawal",
    [TASK_SIGN_REDUCTION] = "sign_reduction",
    [TASK_CANCEL] = "cancel",
    [TASK_RENEW] = "renew",
    [TASK_MEET_CONDITION] = "meet_condition",
    [TASK_JUDGE_CONDITION] = "judge_condition",
    [TASK_SUSPEND_UNMET] = "suspend_unmet",
    [TASK_ASK_CHANGE] = "ask_change",
    [TASK_JUDGE_CHANGE] = "judge_change",
    [TASK_JUDGE_MARK] = "judge_mark",
    [TASK_SUSPEND_FOR_MISUSE] = "suspend_for_misuse",
    [TASK_ASSIGN_APPEAL] = "assign_appeal",
    [TASK_HEAR_APPEAL] = "hear_appeal",
    [TASK_ASSIGN_COMPLAINT] = "assign_complaint",
    [TASK_ANSWER_COMPLAINT] = "answer_complaint",
    [TASK_CURE_MISUSE] = "cure_misuse",
    [TASK_FOLLOW_MISUSE] = "follow_misuse",
    [TASK_COLLECT] = "collect",
    [TASK_REFUND] = "refund",
    [TASK_ANSWER_MESSAGE] = "answer_message",
};

/* --- days --------------------------------------------------------------- */

day todo_after(day d)
{
    return d >= DAY_MAX ? DAY_MAX : d + 1;
}

day todo_suspend_by(day passed)
{
    const struct span within = { SUSPEND_WITHIN, SPAN_DAYS };

    return span_end(NULL, passed, within).on;
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

/* plan.c [PL7] */
static bool team_is_new(const struct state *s)
{
    return s->replacement.before != NULL && s->plan != NULL &&
           s->objection.n == 0 && s->decision == NULL;
}

static bool team_objected_to(const struct state *s)
{
    return s->replacement.before != NULL && s->objection.n > 0 &&
           s->decision == NULL;
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

static bool message_waits(const struct state *s)
{
    return s->messages.waits > 0 && s->stage != STAGE_ENDED;
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

static bool suspension_due(const struct state *s)
{
    return is_valid(s) &&
           (s->suspension_proposed ||
            (s->surveillance_due != DAY_NEVER && !upkeep_visited(s)));
}

static bool not_cured(const struct state *s)
{
    return is_suspended(s) && s->withdrawal == NULL;
}

static bool withdrawal_decided(const struct state *s)
{
    return is_alive(s) && s->withdrawal != NULL && !appeal_is_open(s);
}

static bool reduction_decided(const struct state *s)
{
    return is_alive(s) && s->reduction != NULL && !appeal_is_open(s);
}

static bool asked_to_cancel(const struct state *s)
{
    return is_alive(s) && s->cancellation_asked;
}

/* change.c [CH2]: a wider scope, or another level, was granted by a round and
 * stands on the certificate once it is asked for. */
static bool change_due(const struct state *s)
{
    return is_valid(s) && s->change == NULL && s->granted != NULL &&
           (s->extension_granted ||
            !str_eq(s->granted->level, s->certificate->level));
}

static bool change_asked(const struct state *s)
{
    return is_alive(s) && s->change != NULL;
}

static bool no_panel(const struct state *s)
{
    return appeal_is_open(s) && s->appeal.panel == NULL;
}

/* --- from when, until when ---------------------------------------------- */

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
    t->opens = todo_after(s->due);
    t->provisional = s->due_provisional;
}

/* Where all of the team is new, this is what keeps the body from going on. */
static void since_replaced(const struct state *s, const struct todo_facts *,
                           struct task *t)
{
    t->opens = s->replacement.since;
    if (s->waiting != WAITING_BODY)
        return;
    t->due = s->due;
    t->provisional = s->due_provisional;
}

static void while_team_is_new(const struct state *s, const struct todo_facts *,
                              struct task *t)
{
    t->opens = s->replacement.since;
    t->due = s->plan->objection_due;
    t->provisional = s->plan->objection_provisional;
    t->lapses = true;
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
    if (s->suspension_proposed) {
        t->opens = s->stage_since;
        t->due = s->act_by;
        return;
    }
    t->opens = todo_after(s->surveillance_due);
    t->due = todo_suspend_by(s->surveillance_due);
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
    t->opens = todo_after(s->suspended_until);
}

/* follow.c [FO2]: from the first day on which a renewal is not too early, to
 * the last on which it is not late. */
static void before_expiry(const struct state *s, const struct todo_facts *,
                          struct task *t)
{
    const struct limits *l = &s->scheme->limits;
    day until = s->certificate->until;

    t->opens = later(s->certificate->from,
                     todo_after(latest_start(until - 1, l->renewal_opens)));
    t->due = latest_start(until, l->renewal);
}

static void since_appeal(const struct state *s, const struct todo_facts *,
                         struct task *t)
{
    t->opens = s->appeal.filed;
}

static void since_change(const struct state *s, const struct todo_facts *,
                         struct task *t)
{
    t->opens = s->change_since;
}

static void since_asked(const struct state *s, const struct todo_facts *,
                        struct task *t)
{
    t->opens = s->marks[t->number - 1].since;
}

/* What the enterprise puts right, by the day it was given. [17065 4.1.3.2] */
static void while_misused(const struct state *s, const struct todo_facts *,
                          struct task *t)
{
    t->opens = s->misuses[t->number - 1].since;
    t->due = s->misuses[t->number - 1].misuse->until;
}

static void after_misuse(const struct state *s, const struct todo_facts *,
                         struct task *t)
{
    t->opens = todo_after(s->misuses[t->number - 1].misuse->until);
}

static void to_suspend_for_misuse(const struct state *s,
                                  const struct todo_facts *f, struct task *t)
{
    after_misuse(s, f, t);
    t->due = todo_suspend_by(s->misuses[t->number - 1].misuse->until);
}

/* message.c [MS3] */
static void since_message(const struct state *s, const struct todo_facts *,
                          struct task *t)
{
    t->opens = s->messages.since;
}

/* --- the table ---------------------------------------------------------- */

#define AT(stage) STAGE_BIT(STAGE_##stage)
/* the team has begun, and its round is not decided */
#define VISITED (AT(AUDIT) | AT(REPORT) | AT(CORRECTION) | AT(DECISION))

/* clang-format off */
static const struct task_rule rules[TASK_KIND_COUNT] = {
    [TASK_APPLY] = { "application.submit", their_turn, by_renewal, AT(PREPARATION), 0, TASK_OF_CASE },
    [TASK_CHECK] = { "application.accept", our_turn, while_it_runs, AT(COMPLETENESS), 0, TASK_OF_CASE },
    [TASK_SUPPLY] = { "application.resubmit", their_turn, while_it_runs, AT(COMPLETENESS), 0, TASK_OF_CASE },
    [TASK_DECLINE] = { "application.decline", limit_runs, when_it_passed, AT(COMPLETENESS), 0, TASK_OF_CASE },
    [TASK_QUOTE] = { "quote.make", no_quote, while_it_runs, AT(CONTRACT), 0, TASK_OF_CASE },
    [TASK_ACCEPT] = { "contract.accept", not_accepted, while_it_runs, AT(CONTRACT), 0, TASK_OF_CASE },
    [TASK_SIGN] = { "contract.sign", not_signed, while_it_runs, AT(CONTRACT), 0, TASK_OF_CASE },
    /* the enterprise pays, and whoever minds the account records it */
    [TASK_PAY] = { "payment.record", not_paid, while_it_runs, AT(CONTRACT), ROLE_BIT(ROLE_APPLICANT), TASK_OF_CASE },
    [TASK_REVIEW] = { "document.judge", our_turn, while_it_runs, AT(DOCUMENTS), 0, TASK_OF_CASE },
    [TASK_REVISE] = { "document.add", their_turn, while_it_runs, AT(DOCUMENTS), 0, TASK_OF_CASE },
    [TASK_ASK_AGAIN] = { "revision.ask", limit_runs, when_it_passed, AT(DOCUMENTS), 0, TASK_OF_CASE },
    [TASK_PLAN] = { "plan.make", no_plan, while_it_runs, AT(PLAN), 0, TASK_OF_CASE },
    [TASK_AGREE] = { "plan.agree", plan_sent, while_it_runs, AT(PLAN), 0, TASK_OF_CASE },
    [TASK_BEGIN_AUDIT] = { "audit.open", not_begun, while_it_runs, AT(AUDIT), 0, TASK_OF_CASE },
    [TASK_AGREE_TEAM] = { "plan.agree", team_is_new, while_team_is_new, VISITED, 0, TASK_OF_CASE },
    [TASK_REPLACE] = { "plan.replace", team_objected_to, since_replaced, VISITED, 0, TASK_OF_CASE },
    [TASK_REPLAN] = { "plan.make", not_begun, when_it_passed, AT(AUDIT), 0, TASK_OF_CASE },
    [TASK_AUDIT] = { "finding.record", begun, while_it_runs, AT(AUDIT), 0, TASK_OF_CASE },
    [TASK_GIVE_NONCE] = { "sample.give_nonce", their_turn, while_it_runs, AT(AUDIT), 0, TASK_OF_CASE },
    [TASK_REPORT] = { "report.issue", no_report, while_it_runs, AT(REPORT), 0, TASK_OF_CASE },
    [TASK_ACKNOWLEDGE] = { "report.acknowledge", reported, while_it_runs, AT(REPORT), 0, TASK_OF_CASE },
    [TASK_CORRECT] = { "correction.submit", their_turn, while_it_runs, AT(CORRECTION), 0, TASK_OF_CASE },
    [TASK_EXTEND] = { "correction.extend", todo_to_extend, todo_extension_days, AT(CORRECTION) | AT(DECISION), 0, TASK_OF_CASE },
    [TASK_VERIFY] = { "correction.accept", any_submitted, any_time, AT(CORRECTION), 0, TASK_OF_CASE },
    [TASK_NAME_PANEL] = { "decision.panel", todo_lacks_panel, while_it_runs, AT(DECISION), 0, TASK_OF_CASE },
    [TASK_ADVISE] = { "decision.advise", todo_votes, todo_vote_days, AT(CORRECTION) | AT(DECISION), 0, TASK_OF_SEAT },
    [TASK_VOTE] = { "decision.vote", todo_votes, todo_vote_days, AT(CORRECTION) | AT(DECISION), 0, TASK_OF_SEAT },
    [TASK_DECIDE] = { "decision.grant", todo_to_decide, while_it_runs, AT(DECISION), 0, TASK_OF_CHAIR },
    [TASK_REFUSE] = { "decision.refuse", todo_to_refuse, todo_vote_days, AT(CORRECTION), 0, TASK_OF_CHAIR },
    [TASK_ANSWER_QUESTION] = { "decision.answer", questioned, while_it_runs, AT(DECISION), 0, TASK_OF_CASE },
    [TASK_COUNTERSIGN] = { "decision.sign", decided, while_it_runs, AT(DECISION), 0, TASK_OF_CASE },
    [TASK_ISSUE] = { "certificate.issue", our_turn, while_it_runs, AT(CERTIFICATE), 0, TASK_OF_CASE },
    [TASK_SURVEY] = { "round.open", survey_due, before_survey, AT(UPKEEP), 0, TASK_OF_CASE },
    [TASK_SUSPEND] = { "certificate.suspend", suspension_due, to_suspend, 0, 0, TASK_OF_CASE },
    /* the enterprise cures what is wrong, and a reviewer restores */
    [TASK_CURE] = { "certificate.restore", is_suspended, while_suspended, 0, ROLE_BIT(ROLE_APPLICANT), TASK_OF_CASE },
    [TASK_WITHDRAW] = { "withdrawal.decide", not_cured, after_suspension, 0, 0, TASK_OF_CASE },
    [TASK_SIGN_WITHDRAWAL] = { "certificate.withdraw", withdrawal_decided, any_time, 0, 0, TASK_OF_CASE },
    [TASK_SIGN_REDUCTION] = { "certificate.reduce", reduction_decided, any_time, 0, 0, TASK_OF_CASE },
    [TASK_CANCEL] = { "certificate.cancel", asked_to_cancel, any_time, 0, 0, TASK_OF_CASE },
    [TASK_RENEW] = { "case.open", is_valid, before_expiry, 0, 0, TASK_OF_CASE },
    [TASK_MEET_CONDITION] = { "condition.answer", todo_conditions_bind, todo_condition_days, 0, 0, TASK_OF_CONDITION },
    [TASK_JUDGE_CONDITION] = { "condition.judge", todo_conditions_bind, todo_condition_days, 0, 0, TASK_OF_CONDITION },
    [TASK_SUSPEND_UNMET] = { "certificate.suspend", todo_conditions_bind, todo_condition_days, 0, 0, TASK_OF_CONDITION },
    [TASK_ASK_CHANGE] = { "change.ask", change_due, any_time, 0, 0, TASK_OF_CASE },
    [TASK_JUDGE_CHANGE] = { "change.approve", change_asked, since_change, 0, 0, TASK_OF_CHANGE },
    [TASK_JUDGE_MARK] = { "mark.approve", is_alive, since_asked, 0, 0, TASK_OF_MARK },
    [TASK_SUSPEND_FOR_MISUSE] = { "certificate.suspend", is_valid, to_suspend_for_misuse, 0, 0, TASK_OF_MISUSE },
    [TASK_ASSIGN_APPEAL] = { "appeal.assign", no_panel, since_appeal, 0, 0, TASK_OF_CASE },
    [TASK_HEAR_APPEAL] = { "appeal.decide", appeal_is_open, since_appeal, 0, 0, TASK_OF_PANELIST },
    [TASK_ASSIGN_COMPLAINT] = { "complaint.assign", NULL, any_time, 0, 0, TASK_OF_COMPLAINT },
    [TASK_ANSWER_COMPLAINT] = { "complaint.answer", NULL, any_time, 0, 0, TASK_OF_COMPLAINT },
    /* the enterprise puts it right, and the body says how it ended */
    [TASK_CURE_MISUSE] = { "misuse.settle", NULL, while_misused, 0, ROLE_BIT(ROLE_APPLICANT), TASK_OF_MISUSE },
    [TASK_FOLLOW_MISUSE] = { "misuse.settle", NULL, after_misuse, 0, 0, TASK_OF_MISUSE },
    /* the enterprise pays, and finance asks for it and records it */
    [TASK_COLLECT] = { "payment.record", NULL, todo_collection_days, 0, ROLE_BIT(ROLE_APPLICANT), TASK_OF_INVOICE },
    /* whoever answers it ends it; else intake says that it needs no answer */
    [TASK_ANSWER_MESSAGE] = { "message.settle", message_waits, since_message, 0, 0, TASK_OF_CASE },
    [TASK_REFUND] = { "refund.record", todo_to_refund, todo_refund_days, 0, 0, TASK_OF_CASE },
};
/* clang-format on */

const struct task_rule *task_rule(enum task_kind kind)
{
    return &rules[kind];
}

const char *task_command(enum task_kind kind)
{
    return rules[kind].command;
}
