/*
 * decision -- stage 9: somebody outside the evaluation reviews the whole file
 * and decides; the head of the body signs. [M19] [17065 7.5] [17065 7.6]
 * [条例 22]
 *
 *   [DE1] Granted only: a level that is reached, no open nonconformity, no
 *         open question.
 *         At most the level applied for: that is the one quoted, audited for
 * and contracted; more is asked for by a change of level [DE5]. [DE2] The
 * decision takes effect with the second signature. [DE3] Whoever grants against
 * the team's recommendation says why. [DE4] A case whose corrections never came
 * is refused, once their limit has passed. [DE5] In a later round "granted"
 * keeps the certificate, at its level or a lower one that is named; "refused"
 * proposes to suspend it. [DE6] Conditions may go with what is granted
 * (condition.c); they bind from the second signature on. [DE7] Where a panel
 * was named, or the package asks for one, it decides (panel.c). [DE8] A head
 * who will not sign sends it back with reasons; then it is decided anew, by the
 * same people or others. [DE9] With the signature the record of the decision is
 * committed to: the log gets a seal of each part of it (dossier.h).
 */

#include "base/arena.h"
#include "base/size.h"
#include "domain/condition.h"
#include "domain/dossier.h"
#include "domain/stages.h"
#include "text/text.h"

/* clang-format off */
static const struct field decision_grant_fields[] = {
    F_STR_OPT(struct decision_grant, level, 40),
    F_STR_OPT(struct decision_grant, note, 4000),
    F_LIST_OPT(struct decision_grant, conditions, CONDITIONS_MOST,
               &condition_wish_record),
};
static const struct record decision_grant_record =
    RECORD(decision_grant, decision_grant_fields);

static const struct field decision_fields[] = {
    F_ENUM(struct decision, outcome, outcome_names),
    F_STR_OPT(struct decision, level, 40),
    F_INT(struct decision, shown, 0, 10000),
    F_STR_OPT(struct decision, reasons, 4000),
    F_LIST_OPT(struct decision, conditions, CONDITIONS_MOST,
               &condition_record),
};
const struct record decision_record = RECORD(decision, decision_fields);

static const struct field decision_signed_fields[] = {
    F_ENUM(struct decision_signed, outcome, outcome_names),
    F_DAY_OPT(struct decision_signed, issue_due),
    F_BOOL_OPT(struct decision_signed, issue_provisional),
    F_DAY_OPT(struct decision_signed, next_due),
};
static const struct record decision_signed_record =
    RECORD(decision_signed, decision_signed_fields);

static const struct field record_committed_fields[] = {
    F_LIST(struct record_committed, parts, 1, 100, &part_seal_record),
};
static const struct record record_committed_record =
    RECORD(record_committed, record_committed_fields);
/* clang-format on */

err decision_ready(struct arena *a, const struct state *s)
{
    if (s->decision != NULL)
        REFUSE(a, "decision.made_already");
    if (s->question.n > 0)
        REFUSE(a, "decision.question_open");
    return OK;
}

/* --- decision.grant --------------------------------------------------- */

/* [DE1] */
static err check_open(struct arena *a, const struct state *s)
{
    int32_t open = state_open_nonconformities(s);

    if (open > 0)
        REFUSE(a, "decision.open", ARG_INT("count", open));
    return OK;
}

static err ready_grant(struct arena *a, const struct state *s)
{
    TRY(decision_ready(a, s));
    TRY(check_open(a, s));
    return panel_ready(a, s);
}

/* The highest that may be granted of a first certification, or -1: what was
 * reached, and no more than what was applied for. [DE1] */
static int32_t highest(const struct state *s, const struct score *score)
{
    int32_t applied = scheme_level(s->scheme, s->opened->level);

    if (applied < 0 || score->level < applied)
        return score->level;
    return applied;
}

/* [DE1] */
static err check_applied(struct arena *a, const struct state *s, int32_t level)
{
    int32_t applied = scheme_level(s->scheme, s->opened->level);

    if (s->certificate == NULL && applied >= 0 && level > applied)
        REFUSE(a, "decision.above_applied",
               ARG_LABEL("wish", s->scheme->levels[level].label),
               ARG_LABEL("applied", s->scheme->levels[applied].label));
    return OK;
}

/* The level to grant: the one asked for, at most the highest. [DE1] */
static err choose_level(struct arena *a, const struct state *s,
                        const struct score *score, str wish, int32_t *out)
{
    const struct scheme *sch = s->scheme;
    int32_t level;
    char shown[TEXT_VALUE];

    if (wish.n == 0 && s->certificate != NULL) /* [DE5] */
        wish = s->granted->level;
    level = wish.n == 0 ? highest(s, score) : scheme_level(sch, wish);

    if (wish.n > 0 && level < 0)
        return err_new(a, ERR_INVALID, "case.level", ARG_STR("level", wish),
                       ARG_LABEL("scheme", sch->name));
    if (score->level < 0)
        REFUSE(a, "decision.no_level",
               ARG_STR("score", text_score(score->shown, shown)));
    if (level > score->level)
        REFUSE(a, "decision.level", ARG_LABEL("wish", sch->levels[level].label),
               ARG_LABEL("reached", sch->levels[score->level].label));
    TRY(check_applied(a, s, level));
    *out = level;
    return OK;
}

err decision_may_grant(struct arena *a, const struct state *s, str wish,
                       str *level, int32_t *shown)
{
    struct score *score = arena_zero(a, sizeof *score);
    int32_t at = -1;

    TRY_MEMORY(score);
    TRY(check_open(a, s));
    state_score(s, score);
    TRY(choose_level(a, s, score, wish, &at));
    *level = s->scheme->levels[at].id;
    *shown = score->shown;
    return OK;
}

/* [DE6] [DE7] */
static err take_conditions(struct arena *a, const struct state *s,
                           const struct facts *f, const struct list *wish,
                           struct list *out)
{
    if (s->panel.named != NULL)
        return panel_conditions(a, s, f, wish, out);
    return condition_list(a, s, f, wish, out);
}

static err judge_grant(struct arena *a, const struct state *s,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    const struct decision_grant *wish = c->data;
    struct decision made = {
        .outcome = OUTCOME_GRANTED,
        .reasons = wish->note,
    };
    int32_t shown = 0;

    if (!s->report->recommended && wish->note.n == 0) /* [DE3] */
        return err_new(a, ERR_INVALID, "decision.against_team");
    TRY(decision_may_grant(a, s, wish->level, &made.level, &shown));
    made.shown = shown;
    TRY(panel_check_decision(a, s, f, &made));
    TRY(take_conditions(a, s, f, &wish->conditions, &made.conditions));
    return event_emit(a, out, "decision.made", f, &made);
}

static void apply_made(struct state *s, const struct event *e)
{
    s->decision = e->data;
    s->decided_by = e->actor;
    state_involve(s, e->actor);
    if (s->stage == STAGE_CORRECTION) /* [DE4] */
        state_enter(s, STAGE_DECISION, e);
}

/* --- decision.refuse -------------------------------------------------- */

static err ready_refuse(struct arena *a, const struct state *s)
{
    TRY(decision_ready(a, s));
    return panel_ready(a, s);
}

/* [DE4] */
err decision_may_refuse(struct arena *a, const struct state *s,
                        const struct facts *f)
{
    if (s->stage == STAGE_CORRECTION &&
        (s->waiting != WAITING_APPLICANT || f->today <= s->correct_until))
        REFUSE(a, "decision.correcting", ARG_DAY("until", s->correct_until));
    return OK;
}

static err judge_refuse(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct reasons *why = c->data;
    struct score *score = arena_zero(a, sizeof *score);

    TRY_MEMORY(score);
    TRY(decision_may_refuse(a, s, f));
    state_score(s, score);

    struct decision made = {
        .outcome = OUTCOME_REFUSED,
        .shown = score->shown,
        .reasons = why->reasons,
    };
    TRY(panel_check_decision(a, s, f, &made));
    return event_emit(a, out, "decision.made", f, &made);
}

/* --- decision.question and .answer ------------------------------------ */

static err judge_question(struct arena *a, const struct state *s,
                          const struct command *c, const struct facts *f,
                          struct event_list *out)
{
    TRY(panel_check_member(a, s, f));
    return event_emit(a, out, "decision.questioned", f, c->data);
}

static void apply_question(struct state *s, const struct event *e)
{
    EVENT_DATA(reasons, asked, e);

    state_involve(s, e->actor);
    s->question = asked->reasons;
}

static err ready_answer(struct arena *a, const struct state *s)
{
    if (s->question.n == 0)
        REFUSE(a, "decision.no_question");
    return OK;
}

static err judge_answer(struct arena *a, const struct state *,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    return event_emit(a, out, "decision.answered", f, c->data);
}

static void apply_answer(struct state *s, const struct event *e)
{
    state_add_evaluator(s, e->actor);
    s->question = S("");
}

/* --- decision.sign [DE2] ---------------------------------------------- */

static err ready_sign(struct arena *a, const struct state *s)
{
    if (s->decision == NULL)
        REFUSE(a, "decision.none");
    return OK;
}

/* [DE9] The record as it is when it is signed, so what follows it in the
 * journal, the signature above all, stands on it. */
static err commit_record(struct arena *a, const struct state *s,
                         const struct facts *f, struct event_list *out)
{
    struct record_committed made;

    TRY(dossier_commit(a, s, &f->record_key, &made));
    return event_emit(a, out, "record.committed", f, &made);
}

/* It changes nothing: it says what there was. */
static void apply_committed(struct state *, const struct event *)
{
}

static err judge_sign(struct arena *a, const struct state *s,
                      const struct command *, const struct facts *f,
                      struct event_list *out)
{
    const struct stage_rule *rule = &s->scheme->stages[STAGE_CERTIFICATE];
    struct decision_signed made = {
        .outcome = s->decision->outcome,
        .issue_due = DAY_NEVER,
        .next_due = DAY_NEVER,
    };

    TRY(condition_check_days(a, s, f, &s->decision->conditions)); /* [DE6] */
    if (s->certificate != NULL) {
        made.next_due = upkeep_next_due(s, f, made.outcome == OUTCOME_GRANTED);
    } else if (made.outcome == OUTCOME_GRANTED && rule->has_limit) {
        struct deadline due = facts_deadline(f, rule->limit); /* [M20] */
        made.issue_due = due.on;
        made.issue_provisional = due.provisional;
    }
    TRY(commit_record(a, s, f, out));
    return event_emit(a, out, "decision.signed", f, &made);
}

static void apply_sign(struct state *s, const struct event *e)
{
    EVENT_DATA(decision_signed, made, e);
    bool granted = made->outcome == OUTCOME_GRANTED;

    s->signed_by = e->actor;
    state_involve(s, e->actor);
    if (granted) {
        s->granted = s->decision;
        s->granted_by = e->actor;
        condition_take(s, e->on); /* [DE6] */
    }
    if (s->certificate != NULL) { /* [DE5] */
        upkeep_resume(s, e, granted, made->next_due);
        return;
    }
    if (!granted) {
        state_first(&s->passed.refused, e);
        state_end(s, ENDING_REFUSED, e);
        return;
    }
    state_enter(s, STAGE_CERTIFICATE, e);
    state_wait(s, WAITING_BODY, made->issue_due, made->issue_provisional);
}

/* --- decision.return [DE8] ------------------------------------------------ */

static err judge_return(struct arena *a, const struct state *,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    return event_emit(a, out, "decision.returned", f, c->data);
}

static void apply_return(struct state *s, const struct event *e)
{
    state_involve(s, e->actor);
    s->decision = NULL;
    s->decided_by = (id){ { 0 } };
    panel_forget_votes(s);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "decision.grant", &decision_grant_record, ready_grant, judge_grant, NULL },
    { "decision.refuse", &reasons_record, ready_refuse, judge_refuse, NULL },
    { "decision.question", &reasons_record, decision_ready, judge_question, NULL },
    { "decision.answer", &reasons_record, ready_answer, judge_answer, NULL },
    { "decision.sign", &nothing_record, ready_sign, judge_sign, NULL },
    { "decision.return", &reasons_record, ready_sign, judge_return, NULL },
};

static const struct event_kind events[] = {
    { "decision.made", 1, STREAM_CASE, &decision_record, apply_made },
    { "decision.questioned", 1, STREAM_CASE, &reasons_record, apply_question },
    { "decision.answered", 1, STREAM_CASE, &reasons_record, apply_answer },
    { "decision.signed", 1, STREAM_CASE, &decision_signed_record, apply_sign },
    { "record.committed", 1, STREAM_CASE, &record_committed_record, apply_committed },
    { "decision.returned", 1, STREAM_CASE, &reasons_record, apply_return },
};
/* clang-format on */

const struct stage_tables decision_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
