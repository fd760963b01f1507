/*
 * correction -- stage 8: each nonconformity gets cause, action and evidence,
 * and is accepted or sent back. [M18] [17065 7.4.6]
 *
 *   [CR1] After the limit nothing is submitted until the planner extends it,
 *         with a reason.
 *   [CR2] When all are accepted the case goes to the decision; after a major
 *         one it goes back to the plan, for a new site audit.
 */

#include "base/size.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field correction_fields[] = {
    F_INT(struct correction, number, 1, NONCONFORMITY_MAX),
    F_STR(struct correction, cause, 1, 4000),
    F_STR(struct correction, action, 1, 4000),
    F_STRS_OPT(struct correction, evidence, 50),
};
const struct record correction_record =
    RECORD(correction, correction_fields);

static const struct field correction_judge_fields[] = {
    F_INT(struct correction_judge, number, 1, NONCONFORMITY_MAX),
    F_STR_OPT(struct correction_judge, note, 4000),
};
static const struct record correction_judge_record =
    RECORD(correction_judge, correction_judge_fields);

static const struct field correction_verdict_fields[] = {
    F_INT(struct correction_verdict, number, 1, NONCONFORMITY_MAX),
    F_STR_OPT(struct correction_verdict, note, 4000),
    F_BOOL_OPT(struct correction_verdict, complete),
};
static const struct record correction_verdict_record =
    RECORD(correction_verdict, correction_verdict_fields);

static const struct field extension_fields[] = {
    F_DAY(struct extension, until),
    F_STR(struct extension, reason, 1, 2000),
};
static const struct record extension_record =
    RECORD(extension, extension_fields);
/* clang-format on */

/* The nonconformity must be there and in state `want`. */
static err check_number(struct arena *a, const struct state *s, int64_t number,
                        enum correction_state want)
{
    if (number > s->nonconformity_count)
        return err_new(a, ERR_NOT_FOUND, "correction.number",
                       ARG_INT("number", number),
                       ARG_INT("count", s->nonconformity_count));

    const struct nonconformity_state *x = &s->nonconformities[number - 1];
    if (x->raised->grade == GRADE_OBSERVATION)
        REFUSE(a, "correction.observation", ARG_INT("number", number));
    if (x->state == want)
        return OK;
    REFUSE(a,
           x->state == CORRECTION_ACCEPTED    ? "correction.accepted_already"
           : x->state == CORRECTION_SUBMITTED ? "correction.submitted_already"
                                              : "correction.not_submitted",
           ARG_INT("number", number));
}

/* --- correction.submit ------------------------------------------------ */

static err judge_submit(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct correction *wish = c->data;

    TRY(check_number(a, s, wish->number, CORRECTION_OPEN));
    if (f->today > s->correct_until) /* [CR1] */
        REFUSE(a, "correction.late", ARG_DAY("until", s->correct_until));
    if (wish->evidence.n == 0)
        return err_new(a, ERR_INVALID, "correction.evidence",
                       ARG_INT("number", wish->number));
    return event_emit(a, out, "correction.submitted", f, wish);
}

static struct nonconformity_state *at_number(struct state *s, int64_t number)
{
    if (number < 1 || number > s->nonconformity_count)
        return NULL;
    return &s->nonconformities[number - 1];
}

static void apply_submit(struct state *s, const struct event *e)
{
    EVENT_DATA(correction, given, e);
    struct nonconformity_state *x = at_number(s, given->number);

    if (x == NULL)
        return;
    x->correction = given;
    x->state = CORRECTION_SUBMITTED;
    s->waiting = WAITING_BODY;
}

/* --- correction.accept and .return ------------------------------------ */

static err judge_accept(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct correction_judge *wish = c->data;
    struct correction_verdict verdict = {
        .number = wish->number,
        .note = wish->note,
        .complete = state_open_nonconformities(s) == 1,
    };

    TRY(check_number(a, s, wish->number, CORRECTION_SUBMITTED));
    return event_emit(a, out, "correction.accepted", f, &verdict);
}

/* A new site audit needs a new plan. [CR2] */
static void plan_again(struct state *s, const struct event *e)
{
    state_enter(s, STAGE_PLAN, e);
    s->plan = NULL;
    s->plan_agreed = false;
}

static void apply_accept(struct state *s, const struct event *e)
{
    EVENT_DATA(correction_verdict, verdict, e);
    struct nonconformity_state *x = at_number(s, verdict->number);

    state_add_evaluator(s, e->actor);
    if (x == NULL)
        return;
    x->state = CORRECTION_ACCEPTED;
    if (!verdict->complete)
        return;
    if (state_has_major(s))
        plan_again(s, e);
    else
        state_enter(s, STAGE_DECISION, e);
}

static err judge_return(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct correction_judge *wish = c->data;
    struct correction_verdict verdict = {
        .number = wish->number,
        .note = wish->note,
    };

    TRY(check_number(a, s, wish->number, CORRECTION_SUBMITTED));
    if (wish->note.n == 0)
        return err_new(a, ERR_INVALID, "correction.note",
                       ARG_INT("number", wish->number));
    return event_emit(a, out, "correction.returned", f, &verdict);
}

static void apply_return(struct state *s, const struct event *e)
{
    EVENT_DATA(correction_verdict, verdict, e);
    struct nonconformity_state *x = at_number(s, verdict->number);

    state_add_evaluator(s, e->actor);
    if (x == NULL)
        return;
    x->state = CORRECTION_OPEN;
    s->waiting = WAITING_APPLICANT;
}

/* --- correction.extend ------------------------------------------------ */

static err judge_extend(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct extension *wish = c->data;
    day most = facts_deadline(f, s->scheme->limits.minor_most).on;

    if (wish->until <= f->today || wish->until <= s->correct_until ||
        wish->until > most)
        REFUSE(a, "correction.extend", ARG_DAY("until", s->correct_until),
               ARG_DAY("most", most));
    return event_emit(a, out, "correction.extended", f, wish);
}

static void apply_extend(struct state *s, const struct event *e)
{
    EVENT_DATA(extension, given, e);

    s->correct_until = given->until;
    s->due = given->until;
    s->due_provisional = false;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "correction.submit", &correction_record, judge_submit, NULL },
    { "correction.accept", &correction_judge_record, judge_accept, NULL },
    { "correction.return", &correction_judge_record, judge_return, NULL },
    { "correction.extend", &extension_record, judge_extend, NULL },
};

static const struct event_kind events[] = {
    { "correction.submitted", 1, STREAM_CASE, &correction_record, apply_submit },
    { "correction.accepted", 1, STREAM_CASE, &correction_verdict_record, apply_accept },
    { "correction.returned", 1, STREAM_CASE, &correction_verdict_record, apply_return },
    { "correction.extended", 1, STREAM_CASE, &extension_record, apply_extend },
};
/* clang-format on */

const struct stage_tables correction_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
