/*
 * complaint -- somebody complains of the enterprise, of the body, or of how
 * the mark is used. [17065 7.13]
 *
 *   [CM1] Each complaint has a number, is assigned to somebody who had no part
 *         in the case and has no tie to the enterprise, and answered by that
 *         person, whose roles allow that: never by the enterprise itself.
 *   [CM2] Who complains is named nowhere in the journal (event.h [EV3]).
 */

#include "base/size.h"
#include "domain/conflict.h"
#include "domain/rights.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field complaint_record_fields[] = {
    F_ENUM(struct complaint_record, about, complaint_names),
    F_STR(struct complaint_record, text, 1, 10000),
    F_DAY(struct complaint_record, received),
};
static const struct record complaint_record_record =
    RECORD(complaint_record, complaint_record_fields);

static const struct field complaint_fields[] = {
    F_INT(struct complaint, number, 1, COMPLAINT_MAX),
    F_ENUM(struct complaint, about, complaint_names),
    F_STR(struct complaint, text, 1, 10000),
    F_DAY(struct complaint, received),
};
static const struct record complaint_fact_record =
    RECORD(complaint, complaint_fields);

static const struct field complaint_assign_fields[] = {
    F_INT(struct complaint_assign, number, 1, COMPLAINT_MAX),
    F_STR(struct complaint_assign, to, 1, 60),
};
static const struct record complaint_assign_record =
    RECORD(complaint_assign, complaint_assign_fields);

static const struct field complaint_assigned_fields[] = {
    F_INT(struct complaint_assigned, number, 1, COMPLAINT_MAX),
    F_ID(struct complaint_assigned, person),
};
static const struct record complaint_assigned_record =
    RECORD(complaint_assigned, complaint_assigned_fields);

static const struct field complaint_answer_fields[] = {
    F_INT(struct complaint_answer, number, 1, COMPLAINT_MAX),
    F_BOOL(struct complaint_answer, justified),
    F_STR(struct complaint_answer, answer, 1, 10000),
};
static const struct record complaint_answer_record =
    RECORD(complaint_answer, complaint_answer_fields);
/* clang-format on */

/* The open complaint of this number. */
static err check_open(struct arena *a, const struct state *s, int64_t number)
{
    if (number < 1 || number > s->complaint_count)
        return err_new(a, ERR_NOT_FOUND, "complaint.number",
                       ARG_INT("number", number),
                       ARG_INT("most", s->complaint_count));
    if (s->complaints[number - 1].answer != NULL)
        REFUSE(a, "complaint.answered_already", ARG_INT("number", number));
    return OK;
}

static struct complaint_state *at_number(struct state *s, int64_t number)
{
    if (number < 1 || number > s->complaint_count)
        return NULL;
    return &s->complaints[number - 1];
}

/* --- complaint.record --------------------------------------------------- */

static err ready_record(struct arena *a, const struct state *s)
{
    if (s->opened == NULL)
        REFUSE(a, "case.not_open");
    if (s->complaint_count >= COMPLAINT_MAX)
        return err_new(a, ERR_LIMIT, "complaint.too_many",
                       ARG_INT("most", COMPLAINT_MAX));
    return OK;
}

static err judge_record(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct complaint_record *wish = c->data;
    struct complaint made = {
        .number = s->complaint_count + 1,
        .about = wish->about,
        .text = wish->text,
        .received = wish->received,
    };

    if (wish->received > f->today)
        return err_new(a, ERR_INVALID, "complaint.received",
                       ARG_DAY("received", wish->received),
                       ARG_DAY("today", f->today));
    return event_emit(a, out, "complaint.recorded", f, &made);
}

static void apply_record(struct state *s, const struct event *e)
{
    if (s->complaint_count >= COMPLAINT_MAX) {
        s->overflow = true; /* state.h [ST-8] */
        return;
    }
    s->complaints[s->complaint_count++] =
        (struct complaint_state){ .complaint = e->data, .recorded = e->on };
}

/* Is there one to be assigned or answered? */
static err ready_open(struct arena *a, const struct state *s)
{
    for (int32_t i = 0; i < s->complaint_count; i++) {
        if (s->complaints[i].answer == NULL)
            return OK;
    }
    REFUSE(a, "complaint.none");
}

/* --- complaint.assign [CM1] --------------------------------------------- */

static size_t assign_people(const void *data, str *out, size_t max)
{
    const struct complaint_assign *wish = data;

    if (max > 0)
        out[0] = wish->to;
    return max > 0;
}

static err judge_assign(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct complaint_assign *wish = c->data;
    const struct person *p = NULL;

    TRY(check_open(a, s, wish->number));
    TRY(facts_present(a, f, wish->to, &p));
    if (state_is_involved(s, p->id) ||
        conflict_of_interest(p, s->opened->enterprise, f->today,
                             s->scheme->limits.conflict))
        REFUSE(a, "appeal.involved", ARG_STR("login", wish->to));
    if ((p->roles & right_roles(right_find("complaint.answer"), s)) == 0)
        REFUSE(a, "complaint.cannot_answer", ARG_STR("login", wish->to));

    struct complaint_assigned made = { wish->number, p->id };
    return event_emit(a, out, "complaint.assigned", f, &made);
}

static void apply_assign(struct state *s, const struct event *e)
{
    EVENT_DATA(complaint_assigned, made, e);
    struct complaint_state *x = at_number(s, made->number);

    if (x != NULL)
        x->assigned = made->person;
}

/* --- complaint.answer [CM1] --------------------------------------------- */

static err judge_answer(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct complaint_answer *wish = c->data;

    TRY(check_open(a, s, wish->number));
    if (!id_eq(s->complaints[wish->number - 1].assigned, f->actor.person))
        return err_new(a, ERR_DENIED, "complaint.not_yours",
                       ARG_INT("number", wish->number));
    return event_emit(a, out, "complaint.answered", f, wish);
}

static void apply_answer(struct state *s, const struct event *e)
{
    EVENT_DATA(complaint_answer, made, e);
    struct complaint_state *x = at_number(s, made->number);

    if (x == NULL)
        return;
    x->answer = made;
    x->answered = e->on;
}

/* clang-format off */
static const struct command_needs names_one = { assign_people, 0 };

static const struct command_kind commands[] = {
    { "complaint.record", &complaint_record_record, ready_record, judge_record, NULL },
    { "complaint.assign", &complaint_assign_record, ready_open, judge_assign, &names_one },
    { "complaint.answer", &complaint_answer_record, ready_open, judge_answer, NULL },
};

static const struct event_kind events[] = {
    { "complaint.recorded", 1, STREAM_CASE, &complaint_fact_record, apply_record },
    { "complaint.assigned", 1, STREAM_CASE, &complaint_assigned_record, apply_assign },
    { "complaint.answered", 1, STREAM_CASE, &complaint_answer_record, apply_answer },
};
/* clang-format on */

const struct stage_tables complaint_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
