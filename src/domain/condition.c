/*
 * condition -- what a decision to grant may ask for beside what is met already:
 * duties with a day, answered with evidence once the certificate is issued, and
 * judged by a reviewer. [17065 7.6] [17065 7.7]
 *
 *   [CN1] A condition never stands for a nonconformity: those are corrected
 *         before anything is granted (decision.c [DE1]).
 *   [CN2] It binds from the second signature on, and is answered once there is
 *         a certificate; with that it ends, too.
 *   [CN3] Its day is later than the certificate is due, and no later than the
 *         package's `limits: condition`, counted from the decision.  A panel
 *         or a signature that comes so late that the certificate would be due
 *         on that day, or after it, is refused: a later day is set then.
 *   [CN4] It is judged, and its day put off, by a reviewer who took no part in
 *         the evaluation; its day is put off once, with a reason, by at most
 *         as long as [CN3] gives.
 *   [CN5] A day that passed suspends nothing by itself: there is a task to
 *         suspend, and a person acts (todo.c).  It can still be met: whoever
 *         was suspended has to have a way back.
 *   [CN6] Nobody outside reads of it: the public sees status and dates.
 */

#include "domain/condition.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field condition_wish_fields[] = {
    F_STR(struct condition_wish, text, 1, 2000),
    F_DAY(struct condition_wish, until),
};
const struct record condition_wish_record =
    RECORD(condition_wish, condition_wish_fields);

static const struct field condition_fields[] = {
    F_INT(struct condition, number, 1, CONDITION_MAX),
    F_STR(struct condition, text, 1, 2000),
    F_DAY(struct condition, until),
};
const struct record condition_record = RECORD(condition, condition_fields);

/* Who answers a condition gives evidence; events are read as written. */
#define CONDITION_ANSWER_SAYS \
    F_INT(struct condition_answer, number, 1, CONDITION_MAX), \
    F_STR(struct condition_answer, text, 1, 4000)

static const struct field condition_answer_wish_fields[] = {
    CONDITION_ANSWER_SAYS,
    F_STRS(struct condition_answer, evidence, 1, 50),
};
static const struct record condition_answer_wish_record =
    RECORD(condition_answer, condition_answer_wish_fields);

static const struct field condition_answer_fields[] = {
    CONDITION_ANSWER_SAYS,
    F_STRS_OPT(struct condition_answer, evidence, 50),
};
const struct record condition_answer_record =
    RECORD(condition_answer, condition_answer_fields);

static const struct field condition_verdict_fields[] = {
    F_INT(struct condition_verdict, number, 1, CONDITION_MAX),
    F_BOOL(struct condition_verdict, met),
    F_STR_OPT(struct condition_verdict, note, 4000),
};
const struct record condition_verdict_record =
    RECORD(condition_verdict, condition_verdict_fields);

static const struct field condition_extension_fields[] = {
    F_INT(struct condition_extension, number, 1, CONDITION_MAX),
    F_DAY(struct condition_extension, until),
    F_STR(struct condition_extension, reason, 1, 2000),
};
const struct record condition_extension_record =
    RECORD(condition_extension, condition_extension_fields);
/* clang-format on */

/* --- in a decision [CN3] ------------------------------------------------ */

/* Before the certificate is there nothing can be answered. */
static day before_first_day(const struct state *s, const struct facts *f)
{
    const struct stage_rule *issue = &s->scheme->stages[STAGE_CERTIFICATE];

    if (s->certificate != NULL || !issue->has_limit)
        return f->today;
    return facts_deadline(f, issue->limit).on;
}

/* No later than the certificate runs. */
static day last_day(const struct state *s, const struct facts *f)
{
    day most = facts_deadline(f, s->scheme->limits.condition).on;

    if (s->certificate != NULL && s->certificate->until < most)
        return s->certificate->until;
    return most;
}

static err check_until(struct arena *a, day until, day before, day most)
{
    if (until > before && until <= most)
        return OK;
    REFUSE(a, "condition.until", ARG_DAY("before", before),
           ARG_DAY("most", most));
}

err condition_list(struct arena *a, const struct state *s,
                   const struct facts *f, const struct list *wish,
                   struct list *out)
{
    const struct condition_wish *wishes = wish->p;
    struct condition *made;

    *out = (struct list){ 0 };
    if (wish->n == 0)
        return OK;
    made = arena_array(a, wish->n, sizeof *made);
    TRY_MEMORY(made);
    if ((size_t)s->condition_count + wish->n > CONDITION_MAX)
        return err_new(a, ERR_LIMIT, "condition.too_many",
                       ARG_INT("most", CONDITION_MAX));
    for (size_t i = 0; i < wish->n; i++) {
        TRY(check_until(a, wishes[i].until, before_first_day(s, f),
                        last_day(s, f)));
        made[i] = (struct condition){
            .number = s->condition_count + 1 + (int64_t)i,
            .text = wishes[i].text,
            .until = wishes[i].until,
        };
    }
    *out = (struct list){ made, wish->n };
    return OK;
}

err condition_check_days(struct arena *a, const struct state *s,
                         const struct facts *f, const struct list *set)
{
    const struct condition *x = set->p;
    day before = before_first_day(s, f);

    for (size_t i = 0; i < set->n; i++) {
        if (x[i].until <= before)
            REFUSE(a, "condition.late", ARG_INT("number", x[i].number),
                   ARG_DAY("until", x[i].until), ARG_DAY("before", before));
    }
    return OK;
}

void condition_take(struct state *s, day on)
{
    const struct decision *made = s->decision;
    const struct condition *set = made == NULL ? NULL : made->conditions.p;

    for (size_t i = 0; set != NULL && i < made->conditions.n; i++) {
        if (s->condition_count >= CONDITION_MAX) {
            s->overflow = true; /* state.h [ST-8] */
            return;
        }
        s->conditions[s->condition_count++] = (struct condition_state){
            .set = &set[i],
            .decision = made,
            .until = set[i].until,
            .since = on,
        };
    }
}

/* --- one of them -------------------------------------------------------- */

static struct condition_state *at_number(struct state *s, int64_t number)
{
    if (number < 1 || number > s->condition_count)
        return NULL;
    return &s->conditions[number - 1];
}

/* Of this number, there and in this standing; the certificate runs. */
static err check_number(struct arena *a, const struct state *s,
                        const struct facts *f, int64_t number,
                        enum condition_standing want)
{
    TRY(life_check_runs(a, s, f));
    if (number > s->condition_count)
        return err_new(a, ERR_NOT_FOUND, "condition.number",
                       ARG_INT("number", number),
                       ARG_INT("most", s->condition_count));

    enum condition_standing is = s->conditions[number - 1].standing;
    if (is == want)
        return OK;
    REFUSE(a,
           is == CONDITION_MET        ? "condition.met_already"
           : is == CONDITION_ANSWERED ? "condition.answered_already"
                                      : "condition.not_answered",
           ARG_INT("number", number));
}

static bool any_in(const struct state *s, enum condition_standing x)
{
    for (int32_t i = 0; i < s->condition_count; i++) {
        if (s->conditions[i].standing == x)
            return true;
    }
    return false;
}

static void now_stands(struct condition_state *x, enum condition_standing as,
                       const struct event *e)
{
    x->standing = as;
    x->since = e->on;
}

/* --- condition.answer [CN2] [CN5] --------------------------------------- */

static err ready_answer(struct arena *a, const struct state *s)
{
    if (s->certificate == NULL || !any_in(s, CONDITION_OPEN))
        REFUSE(a, "condition.none_open");
    return OK;
}

static err judge_answer(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct condition_answer *wish = c->data;

    TRY(check_number(a, s, f, wish->number, CONDITION_OPEN));
    return event_emit(a, out, "condition.answered", f, wish);
}

static void apply_answer(struct state *s, const struct event *e)
{
    EVENT_DATA(condition_answer, given, e);
    struct condition_state *x = at_number(s, given->number);

    if (x == NULL)
        return;
    x->answer = given;
    now_stands(x, CONDITION_ANSWERED, e);
}

/* --- condition.judge [CN4] ---------------------------------------------- */

static err ready_judge(struct arena *a, const struct state *s)
{
    if (s->certificate == NULL || !any_in(s, CONDITION_ANSWERED))
        REFUSE(a, "condition.none_answered");
    return OK;
}

static err judge_judge(struct arena *a, const struct state *s,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    const struct condition_verdict *wish = c->data;

    TRY(check_number(a, s, f, wish->number, CONDITION_ANSWERED));
    if (!wish->met && wish->note.n == 0)
        return err_new(a, ERR_INVALID, "condition.note",
                       ARG_INT("number", wish->number));
    return event_emit(a, out, "condition.judged", f, wish);
}

static void apply_judge(struct state *s, const struct event *e)
{
    EVENT_DATA(condition_verdict, verdict, e);
    struct condition_state *x = at_number(s, verdict->number);

    state_involve(s, e->actor);
    if (x == NULL)
        return;
    x->verdict = verdict;
    now_stands(x, verdict->met ? CONDITION_MET : CONDITION_OPEN, e);
}

/* --- condition.extend [CN4] --------------------------------------------- */

static err judge_extend(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct condition_extension *wish = c->data;
    day before = f->today;

    TRY(check_number(a, s, f, wish->number, CONDITION_OPEN));

    const struct condition_state *x = &s->conditions[wish->number - 1];
    if (x->extension != NULL)
        REFUSE(a, "condition.extended_already", ARG_INT("number", wish->number),
               ARG_DAY("until", x->until));
    if (x->until > before)
        before = x->until;
    TRY(check_until(a, wish->until, before, last_day(s, f)));
    return event_emit(a, out, "condition.extended", f, wish);
}

static void apply_extend(struct state *s, const struct event *e)
{
    EVENT_DATA(condition_extension, given, e);
    struct condition_state *x = at_number(s, given->number);

    state_involve(s, e->actor);
    if (x == NULL)
        return;
    x->extension = given;
    x->until = given->until;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "condition.answer", &condition_answer_wish_record, ready_answer, judge_answer, NULL },
    { "condition.judge", &condition_verdict_record, ready_judge, judge_judge, NULL },
    { "condition.extend", &condition_extension_record, ready_answer, judge_extend, NULL },
};

static const struct event_kind events[] = {
    { "condition.answered", 1, STREAM_CASE, &condition_answer_record, apply_answer },
    { "condition.judged", 1, STREAM_CASE, &condition_verdict_record, apply_judge },
    { "condition.extended", 1, STREAM_CASE, &condition_extension_record, apply_extend },
};
/* clang-format on */

const struct stage_tables condition_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
