/*
 * calls -- calls to drawn customers that brought no answer. [M16]
 * (papers.h [PA5], sampling.h [SA4])
 */

#include "base/size.h"
#include "domain/papers.h"
#include "domain/sampling.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field sample_call_fields[] = {
    F_INT(struct sample_call, position, 1, CUSTOMER_MAX),
    F_DAY(struct sample_call, on),
    F_STR(struct sample_call, time, 5, 5),
    F_ENUM(struct sample_call, outcome, call_names),
};
const struct record sample_call_record =
    RECORD(sample_call, sample_call_fields);
/* clang-format on */

enum { HOURS = 24, MINUTES = 60 };

/* Two digits below `bound`, or -1. */
static int32_t two_digits(const char *p, int32_t bound)
{
    int32_t n;

    if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9')
        return -1;
    n = (p[0] - '0') * 10 + (p[1] - '0');
    return n < bound ? n : -1;
}

int32_t clock_minutes(str text)
{
    int32_t hours;
    int32_t minutes;

    if (text.n != 5 || text.p[2] != ':')
        return -1;
    hours = two_digits(text.p, HOURS);
    minutes = two_digits(text.p + 3, MINUTES);
    return hours < 0 || minutes < 0 ? -1 : hours * MINUTES + minutes;
}

/* Is call `b` later than call `a`? */
static bool is_later(const struct sample_call *a, const struct sample_call *b)
{
    if (a->on != b->on)
        return b->on > a->on;
    return clock_minutes(b->time) > clock_minutes(a->time);
}

/* The day is not to come, not before the draw, and the hour is one. */
static err check_when(struct arena *a, const struct state *s,
                      const struct facts *f, const struct sample_call *wish)
{
    const struct sample_state *x = &s->sample;

    if (clock_minutes(wish->time) < 0)
        return err_new(a, ERR_INVALID, "sample.time",
                       ARG_STR("given", wish->time));
    if (wish->on > f->today || wish->on < x->drawn_on)
        return err_new(a, ERR_INVALID, "sample.call_day",
                       ARG_DAY("drawn", x->drawn_on),
                       ARG_DAY("today", f->today));
    if (x->last_call != NULL && !is_later(x->last_call, wish))
        REFUSE(a, "sample.call_order", ARG_DAY("day", x->last_call->on),
               ARG_STR("time", x->last_call->time));
    return OK;
}

/* Nobody calls again who was told no, or has no number to call. */
static bool gives_up(const struct state *s, const struct sample_call *wish)
{
    return wish->outcome == CALL_REFUSED ||
           wish->outcome == CALL_WRONG_NUMBER ||
           s->sample.calls + 1 >= s->scheme->sample.attempts;
}

static err judge_call(struct arena *a, const struct state *s,
                      const struct command *c, const struct facts *f,
                      struct event_list *out)
{
    const struct sample_call *wish = c->data;
    const struct sample_state *x = &s->sample;

    TRY(sampling_check_position(a, s, wish->position));
    TRY(check_when(a, s, f, wish));
    TRY(event_emit(a, out, "sample.called", f, wish));
    if (!gives_up(s, wish))
        return OK;

    struct sample_answer answer = {
        .position = wish->position,
        .row =
            sampling_row(&x->drawn->seed, x->commitment->size, wish->position),
        .outcome = CONTACT_UNREACHED,
    };
    return event_emit(a, out, "sample.asked", f, &answer);
}

static void apply_call(struct state *s, const struct event *e)
{
    state_add_evaluator(s, e->actor);
    s->sample.last_call = e->data;
    s->sample.calls++;
    s->sample.called++;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "sample.call", &sample_call_record, sampling_ready, judge_call, NULL },
};

static const struct event_kind events[] = {
    { "sample.called", 1, STREAM_CASE, &sample_call_record, apply_call },
};
/* clang-format on */

const struct stage_tables calls_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
