/*
 * correction -- stage 8: each nonconformity gets cause, remedy, action and
 * evidence, and is accepted or sent back. [M18] [17065 7.4.6]
 *
 *   [CR1] After the limit nothing is submitted until the planner extends it,
 *         with a reason.
 *   [CR2] When all are accepted the case goes to the decision; after a major
 *         one it goes back to the plan, for a new site audit.
 *   [CR3] A limit that still runs is extended up to the package's most after
 *         the report; one that has passed, up to that long from today.
 *   [CR4] It is the enterprise's turn while anything is to be submitted, and
 *         only then does a limit run.
 *   [CR5] A case that stands at the decision with something still open, because
 *         a refusal was sent back, by an appeal or by the head, may be given
 *         time to correct it after all: the planner extends the limit.
 */

#include "base/size.h"
#include "domain/stages.h"

/* clang-format off */
/* Who corrects something gives evidence; events are read as written. */
#define CORRECTION_SAYS \
    F_INT(struct correction, number, 1, NONCONFORMITY_MAX), \
    F_STR(struct correction, cause, 1, 4000), \
    F_STR_OPT(struct correction, remedy, 4000), \
    F_STR(struct correction, action, 1, 4000)

static const struct field correction_wish_fields[] = {
    CORRECTION_SAYS,
    F_STRS(struct correction, evidence, 1, 50),
    F_STRS_OPT(struct correction, photos, 20),
};
static const struct record correction_wish_record =
    RECORD(correction, correction_wish_fields);

static const struct field correction_fields[] = {
    CORRECTION_SAYS,
    F_STRS_OPT(struct correction, evidence, 50),
    F_STRS_OPT(struct correction, photos, 20),
};
const struct record correction_record =
    RECORD(correction, correction_fields);

static const struct field correction_judge_fields[] = {
    F_INT(struct correction_judge, number, 1, NONCONFORMITY_MAX),
    F_STR_OPT(struct correction_judge, note, 4000),
    F_BOOL_OPT(struct correction_judge, on_site),
};
static const struct record correction_judge_record =
    RECORD(correction_judge, correction_judge_fields);

static const struct field correction_verdict_fields[] = {
    F_INT(struct correction_verdict, number, 1, NONCONFORMITY_MAX),
    F_STR_OPT(struct correction_verdict, note, 4000),
    F_BOOL_OPT(struct correction_verdict, on_site),
    F_BOOL_OPT(struct correction_verdict, complete),
};
const struct record correction_verdict_record =
    RECORD(correction_verdict, correction_verdict_fields);

static const struct field extension_fields[] = {
    F_DAY(struct extension, until),
    F_STR(struct extension, reason, 1, 2000),
};
static const struct record extension_record =
    RECORD(extension, extension_fields);
/* clang-format on */

/* How many of the nonconformities are to be corrected and in state `x`. */
static int32_t count_in(const struct state *s, enum correction_state x)
{
    int32_t n = 0;

    for (int32_t i = 0; i < s->nonconformity_count; i++)
        n += grade_is_corrected(s->nonconformities[i].raised->grade) &&
             s->nonconformities[i].state == x;
    return n;
}

/* [CR4] */
static void settle(struct state *s)
{
    if (count_in(s, CORRECTION_OPEN) > 0)
        state_wait(s, WAITING_APPLICANT, s->correct_until, false);
    else
        state_wait(s, WAITING_BODY, DAY_NEVER, false);
}

/* The nonconformity must be there and in state `want`. */
static err check_number(struct arena *a, const struct state *s, int64_t number,
                        enum correction_state want)
{
    if (number < 1 || number > s->nonconformity_count)
        return err_new(a, ERR_NOT_FOUND, "correction.number",
                       ARG_INT("number", number),
                       ARG_INT("most", s->nonconformity_count));

    const struct nonconformity_state *x = &s->nonconformities[number - 1];
    if (!grade_is_corrected(x->raised->grade))
        REFUSE(a, "correction.observation", ARG_INT("number", number));
    if (x->state == want)
        return OK;
    REFUSE(a,
           x->state == CORRECTION_ACCEPTED    ? "correction.accepted_already"
           : x->state == CORRECTION_SUBMITTED ? "correction.submitted_already"
                                              : "correction.not_submitted",
           ARG_INT("number", number));
}

static struct nonconformity_state *at_number(struct state *s, int64_t number)
{
    if (number < 1 || number > s->nonconformity_count)
        return NULL;
    return &s->nonconformities[number - 1];
}

/* --- correction.submit ------------------------------------------------- */

static err ready_submit(struct arena *a, const struct state *s)
{
    if (count_in(s, CORRECTION_OPEN) == 0)
        REFUSE(a, "correction.all_submitted");
    return OK;
}

static err judge_submit(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct correction *wish = c->data;

    TRY(check_number(a, s, wish->number, CORRECTION_OPEN));
    if (f->today > s->correct_until) /* [CR1] */
        REFUSE(a, "correction.late", ARG_DAY("until", s->correct_until),
               ARG_DAY("today", f->today));
    return event_emit(a, out, "correction.submitted", f, wish);
}

static void apply_submit(struct state *s, const struct event *e)
{
    EVENT_DATA(correction, given, e);
    struct nonconformity_state *x = at_number(s, given->number);

    if (x == NULL)
        return;
    x->correction = given;
    x->state = CORRECTION_SUBMITTED;
    settle(s);
}

/* --- correction.accept and .return ------------------------------------- */

static err ready_verdict(struct arena *a, const struct state *s)
{
    if (count_in(s, CORRECTION_SUBMITTED) == 0)
        REFUSE(a, "correction.none_submitted");
    return OK;
}

static err judge_accept(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct correction_judge *wish = c->data;

    TRY(check_number(a, s, wish->number, CORRECTION_SUBMITTED));

    struct correction_verdict verdict = {
        .number = wish->number,
        .note = wish->note,
        .on_site = wish->on_site,
        .complete = state_open_nonconformities(s) == 1, /* this one */
    };
    return event_emit(a, out, "correction.accepted", f, &verdict);
}

/* A new site audit needs a new plan. [CR2] */
static void plan_again(struct state *s, const struct event *e)
{
    state_enter(s, STAGE_PLAN, e);
    s->plan = NULL;
    s->plan_agreed = false;
    s->objection = S("");
    s->replacement = (struct replacement){ 0 };
}

static void apply_accept(struct state *s, const struct event *e)
{
    EVENT_DATA(correction_verdict, verdict, e);
    struct nonconformity_state *x = at_number(s, verdict->number);

    state_add_evaluator(s, e->actor);
    if (x == NULL)
        return;
    x->verdict = verdict;
    x->state = CORRECTION_ACCEPTED;
    if (!verdict->complete)
        settle(s);
    else if (state_has_major(s))
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
        .on_site = wish->on_site,
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
    x->verdict = verdict;
    x->state = CORRECTION_OPEN;
    settle(s);
}

/* --- correction.extend ------------------------------------------------- */

/* [CR3] */
static day latest_extension(const struct state *s, const struct facts *f)
{
    day from = f->today > s->correct_until ? f->today : s->reported_on;

    return span_end(f->calendar, from, s->scheme->limits.minor_most).on;
}

/* [CR5] */
static err ready_extend(struct arena *a, const struct state *s)
{
    if (s->stage != STAGE_DECISION)
        return OK;
    TRY(decision_ready(a, s));
    if (state_open_nonconformities(s) == 0)
        REFUSE(a, "correction.nothing_open");
    return OK;
}

static err judge_extend(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct extension *wish = c->data;
    day most = latest_extension(s, f);

    if (wish->until <= f->today || wish->until <= s->correct_until ||
        wish->until > most)
        REFUSE(a, "correction.until", ARG_DAY("until", s->correct_until),
               ARG_DAY("today", f->today), ARG_DAY("most", most));
    return event_emit(a, out, "correction.extended", f, wish);
}

static void apply_extend(struct state *s, const struct event *e)
{
    EVENT_DATA(extension, given, e);

    if (s->stage == STAGE_DECISION) /* [CR5] */
        state_enter(s, STAGE_CORRECTION, e);
    s->correct_until = given->until;
    panel_forget_votes(s); /* they were about what had not come */
    settle(s);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "correction.submit", &correction_wish_record, ready_submit, judge_submit, NULL },
    { "correction.accept", &correction_judge_record, ready_verdict, judge_accept, NULL },
    { "correction.return", &correction_judge_record, ready_verdict, judge_return, NULL },
    { "correction.extend", &extension_record, ready_extend, judge_extend, NULL },
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
