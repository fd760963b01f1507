/*
 * rows -- walk through the journal of a case, and tell what happened in the
 * month. [RE1] [RE4]
 *
 *   [RO1] Of the plans of one round the last that was agreed to in the month
 *         is told, once; as one that agreed counts what is left of it when
 *         sites leave before anybody came.
 *   [RO2] A first certification that was refused has no certificate and so no
 *         row but its plan's.
 *   [RO3] What befalls a certificate is told of each sub-certificate, too, that
 *         it befalls: of those that are not over.  None is told of before there
 *         is a certificate, whatever the journal says.
 *   [RO4] No event says that a sub-certificate ran out before its main one: the
 *         days do.  It is told in the month of the day after its last, once
 * that day has come, unless it had ended before, alone or with the main one.
 */

#include "base/size.h"
#include "filing/row_parts.h"

struct walking {
    struct arena *a;
    const struct filing_source *s;
    const struct filing_case *c;
    struct course *course;
    struct filing *out;
    struct filing_row *plan; /* told of round `plan_round` */
    int32_t plan_round;
    day seen; /* what ran out up to this day was looked at [RO4] */
};

static struct making making_at(const struct walking *w, const struct event *e)
{
    return (struct making){
        .a = w->a,
        .s = w->s,
        .c = w->c,
        .course = w->course,
        .on = e->on,
    };
}

/* The row just added takes the place of `old`. [RO1] */
static void replace_row(struct filing_rows *rows, struct filing_row *old,
                        struct filing_row *before_last)
{
    struct filing_row *newest = rows->last;

    old->cells = newest->cells;
    old->auditors = newest->auditors;
    old->experts = newest->experts;
    rows->last = before_last;
    before_last->next = NULL;
    rows->n--;
}

/* Is there a plan that the enterprise agreed to, and nobody came yet? */
static bool is_agreed(const struct state *s)
{
    return s->plan != NULL && s->plan_agreed && !s->opening_held;
}

static err tell_plan(struct walking *w, const struct event *e)
{
    struct filing_rows *rows = &w->out->sheets[SHEET_PLAN];
    struct filing_row *before = rows->last;
    struct making m = making_at(w, e);

    if (!is_agreed(w->course->state))
        return OK;
    TRY(row_add_plan(&m, w->out));
    if (w->plan != NULL && w->plan_round == w->course->state->rounds) {
        replace_row(rows, w->plan, before);
        return OK;
    }
    w->plan = rows->last;
    w->plan_round = w->course->state->rounds;
    return OK;
}

/* Was it not over by itself before the day of the act? [RO3]  The main one
 * expires on the day after its last. */
static bool is_met(const struct sub_state *x, enum filing_act act, day on)
{
    return !x->alone && x->sub->until >= (act == ACT_EXPIRE ? on - 1 : on);
}

static err tell_subs(struct walking *w, struct making m)
{
    const struct state *s = w->course->state;

    for (int32_t i = 0; i < s->sub_count; i++) {
        m.sub = &s->subs[i];
        if (is_met(m.sub, m.act, m.on))
            TRY(row_add_certificate(&m, w->out));
    }
    return OK;
}

/* Did it run out alone, on a day that was not looked at? [RO4] */
static bool ran_out(const struct walking *w, const struct sub_state *x,
                    day till)
{
    const day over = x->sub->until + 1;

    return !x->alone && x->sub->until < w->course->state->certificate->until &&
           over > w->seen && over <= till && over >= w->s->from &&
           over <= w->s->to;
}

/* What ran out up to this day, as the case stands before what happens next. */
static err tell_ran_out(struct walking *w, day till)
{
    const struct state *s = w->course->state;
    struct making m = {
        .a = w->a,
        .s = w->s,
        .c = w->c,
        .course = w->course,
        .act = ACT_EXPIRE,
    };
    bool lives = s->certificate != NULL && !status_is_final(s->status);

    for (int32_t i = 0; lives && i < s->sub_count; i++) {
        m.sub = &s->subs[i];
        m.on = m.sub->sub->until + 1;
        if (ran_out(w, m.sub, till))
            TRY(row_add_certificate(&m, w->out));
    }
    if (till > w->seen)
        w->seen = till;
    return OK;
}

static err tell_sub(struct walking *w, const struct event *e,
                    enum filing_act act)
{
    const struct state *s = w->course->state;
    struct making m = making_at(w, e);
    const struct sub_end *end = e->data;

    if (s->certificate == NULL)
        return OK;
    m.act = act;
    for (int32_t i = 0; i < s->sub_count; i++) {
        m.sub = &s->subs[i];
        if (!(act == ACT_SUB ? m.sub->sub == e->data
                             : str_eq(m.sub->sub->number, end->number)))
            continue;
        /* What was issued anew is told with the change that led to it. */
        return act == ACT_SUB && m.sub->anew ? OK
                                             : row_add_certificate(&m, w->out);
    }
    return OK;
}

static err tell_act(struct walking *w, const struct event *e,
                    enum filing_act act)
{
    struct making m = making_at(w, e);

    if (w->course->state->certificate == NULL) /* [RO2] */
        return OK;
    m.act = act;
    if (act == ACT_EXPIRE) /* the program may have entered it later */
        m.on = w->course->state->certificate->until + 1;
    TRY(row_add_certificate(&m, w->out));
    TRY(tell_subs(w, m));
    if (act != ACT_ISSUE && act != ACT_EVALUATE)
        return OK;
    return row_add_results(&m, w->out);
}

/* Places in the list behind those of the acts.  A reviewer alone reduced a
 * scope once; that is told as one that was signed. */
enum { REDUCED_ALONE = 2 + ACT_SUB_END, PLAN_NARROWED };

/* A decision that was signed before there was a certificate is told with its
 * issue. */
const char *const filing_events[] = {
    "plan.agreed",
    [1 + ACT_ISSUE] = "certificate.recorded",
    [1 + ACT_EVALUATE] = "decision.signed",
    [1 + ACT_SUSPEND] = "suspension.decided",
    [1 + ACT_RESTORE] = "suspension.lifted",
    [1 + ACT_REDUCE] = "reduction.signed",
    [1 + ACT_CHANGE] = "certificate.changed",
    [1 + ACT_WITHDRAW] = "withdrawal.signed",
    [1 + ACT_CANCEL] = "cancellation.made",
    [1 + ACT_EXPIRE] = "validity.ended",
    [1 + ACT_SUB] = "sub.recorded",
    [1 + ACT_SUB_END] = "sub.ended",
    [REDUCED_ALONE] = "scope.reduced",
    [PLAN_NARROWED] = "plan.narrowed",
    NULL,
};

/* What the event at place `i` tells of; the first and the last tell of a plan.
 */
static enum filing_act act_at(int i)
{
    return i == REDUCED_ALONE ? ACT_REDUCE : (enum filing_act)(i - 1);
}

static err tell(struct walking *w, const struct event *e)
{
    for (int i = 0; filing_events[i] != NULL; i++) {
        if (strcmp(filing_events[i], e->kind->name) != 0)
            continue;
        if (i == 0 || i == PLAN_NARROWED)
            return tell_plan(w, e);
        if (act_at(i) == ACT_SUB || act_at(i) == ACT_SUB_END)
            return tell_sub(w, e, act_at(i));
        return tell_act(w, e, act_at(i));
    }
    return OK;
}

err filing_add_case(struct arena *a, const struct filing_source *s,
                    const struct filing_case *c, struct filing *out)
{
    struct walking w = { .a = a, .s = s, .c = c, .out = out, .seen = DAY_MIN };

    TRY(course_new(c->work, c->scheme, &w.course));
    for (const struct event *e = c->events->first; e != NULL; e = e->next) {
        TRY(tell_ran_out(&w, e->on));
        course_apply(w.course, e);
        if (e->on >= s->from && e->on <= s->to)
            TRY(tell(&w, e));
    }
    return tell_ran_out(&w, s->today);
}
