/*
 * sample -- the drawn customers of the site audit: commitment, coin toss,
 * draw, answers (sampling.h says how it works; calls in vain are calls.c).
 * [M16]
 */

#include "base/size.h"
#include "domain/sampling.h"
#include "domain/stages.h"

/* clang-format off */
static const struct field sample_commitment_fields[] = {
    F_HASH(struct sample_commitment, list),
    F_INT(struct sample_commitment, size, 1, 100000000),
    F_HASH(struct sample_commitment, commitment),
    F_INT_OPT(struct sample_commitment, wanted, 0, SAMPLE_MAX),
};
static const struct record sample_commitment_record =
    RECORD(sample_commitment, sample_commitment_fields);

static const struct field sample_nonce_fields[] = {
    F_HASH(struct sample_nonce, nonce),
};
static const struct record sample_nonce_record =
    RECORD(sample_nonce, sample_nonce_fields);

static const struct field sample_drawn_fields[] = {
    F_HASH(struct sample_drawn, nonce),
    F_HASH(struct sample_drawn, seed),
    F_INT(struct sample_drawn, wanted, 1, CUSTOMER_MAX),
};
static const struct record sample_drawn_record =
    RECORD(sample_drawn, sample_drawn_fields);

static const struct field sample_result_fields[] = {
    F_INT(struct sample_result, position, 1, CUSTOMER_MAX),
    F_ENUM(struct sample_result, outcome, contact_names),
};
static const struct record sample_result_record =
    RECORD(sample_result, sample_result_fields);

static const struct field sample_answer_fields[] = {
    F_INT(struct sample_answer, position, 1, CUSTOMER_MAX),
    F_INT(struct sample_answer, row, 1, 100000000),
    F_ENUM(struct sample_answer, outcome, contact_names),
};
static const struct record sample_answer_record =
    RECORD(sample_answer, sample_answer_fields);
/* clang-format on */

/* --- sample.commit [SA1] [SA5] ------------------------------------------ */

static err ready_commit(struct arena *a, const struct state *s)
{
    if (!s->opening_held)
        REFUSE(a, "audit.not_opened");
    if (!s->scheme->sample.used)
        REFUSE(a, "sample.none", ARG_LABEL("scheme", s->scheme->name));
    if (s->sample.commitment != NULL)
        REFUSE(a, "sample.committed_already");
    return OK;
}

static err judge_commit(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct sample_commitment *wish = c->data;
    const struct sample_rule *rule = &s->scheme->sample;

    if (wish->wanted != 0 &&
        (wish->wanted < rule->least || wish->wanted > rule->most))
        return err_new(a, ERR_INVALID, "sample.wanted",
                       ARG_INT("least", rule->least),
                       ARG_INT("most", rule->most));
    return event_emit(a, out, "sample.committed", f, wish);
}

static void apply_commit(struct state *s, const struct event *e)
{
    state_add_evaluator(s, e->actor);
    s->sample.commitment = e->data;
    s->waiting = WAITING_APPLICANT; /* for its half of the coin toss */
}

/* --- sample.give_nonce ------------------------------------------------- */

static err ready_nonce(struct arena *a, const struct state *s)
{
    if (s->sample.commitment == NULL)
        REFUSE(a, "sample.not_committed");
    if (s->sample.nonce != NULL)
        REFUSE(a, "sample.nonce_already");
    return OK;
}

static err judge_nonce(struct arena *a, const struct state *,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    return event_emit(a, out, "sample.nonce_given", f, c->data);
}

static void apply_nonce(struct state *s, const struct event *e)
{
    s->sample.nonce = e->data;
    s->waiting = WAITING_BODY;
}

/* --- sample.reveal ----------------------------------------------------- */

static err ready_reveal(struct arena *a, const struct state *s)
{
    if (s->sample.nonce == NULL)
        REFUSE(a, "sample.no_nonce");
    if (s->sample.drawn != NULL)
        REFUSE(a, "sample.drawn_already");
    return OK;
}

static err judge_reveal(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct sample_nonce *own = c->data;
    const struct sample_state *x = &s->sample;
    struct hash commitment = sampling_commitment(&own->nonce);

    if (!hash_eq(&commitment, &x->commitment->commitment)) /* [SA1] */
        REFUSE(a, "sample.wrong_nonce");

    struct sample_drawn drawn = {
        .nonce = own->nonce,
        .seed =
            sampling_seed(&x->commitment->list, &own->nonce, &x->nonce->nonce),
        .wanted = sampling_wanted(s),
    };
    return event_emit(a, out, "sample.drawn", f, &drawn);
}

static void apply_drawn(struct state *s, const struct event *e)
{
    state_add_evaluator(s, e->actor);
    s->sample.drawn = e->data;
    s->sample.drawn_on = e->on;
}

/* --- sample.ask -------------------------------------------------------- */

err sampling_ready(struct arena *a, const struct state *s)
{
    const struct sample_state *x = &s->sample;

    if (x->drawn == NULL)
        REFUSE(a, "sample.not_drawn");
    if (x->reached >= x->drawn->wanted)
        REFUSE(a, "sample.enough", ARG_INT("wanted", x->drawn->wanted));
    if (x->asked >= x->commitment->size || x->asked >= CUSTOMER_MAX)
        REFUSE(a, "sample.exhausted", ARG_INT("asked", x->asked),
               ARG_INT("size", x->commitment->size));
    return OK;
}

err sampling_check_position(struct arena *a, const struct state *s,
                            int64_t position)
{
    if (position != s->sample.asked + 1)
        REFUSE(a, "sample.position", ARG_INT("given", position),
               ARG_INT("next", s->sample.asked + 1));
    return OK;
}

static err judge_customer(struct arena *a, const struct state *s,
                          const struct command *c, const struct facts *f,
                          struct event_list *out)
{
    const struct sample_result *got = c->data;
    const struct sample_state *x = &s->sample;

    TRY(sampling_check_position(a, s, got->position));
    if (got->outcome == CONTACT_UNREACHED && s->scheme->sample.attempts > 1)
        REFUSE(a, "sample.call_first", ARG_INT("made", x->calls),
               ARG_INT("most", s->scheme->sample.attempts)); /* [PA5] */

    struct sample_answer answer = {
        .position = got->position,
        .row =
            sampling_row(&x->drawn->seed, x->commitment->size, got->position),
        .outcome = got->outcome,
    };
    return event_emit(a, out, "sample.asked", f, &answer);
}

static void apply_customer(struct state *s, const struct event *e)
{
    EVENT_DATA(sample_answer, answer, e);
    struct sample_state *x = &s->sample;

    state_add_evaluator(s, e->actor);
    if (x->asked >= CUSTOMER_MAX || x->reached >= SAMPLE_MAX) {
        s->overflow = true; /* state.h [ST-8] */
        return;
    }
    x->last_call = NULL; /* the next one is another customer's */
    x->calls = 0;
    x->answers[x->asked++] = *answer;
    x->reached += answer->outcome != CONTACT_UNREACHED;
    x->satisfied += answer->outcome == CONTACT_SATISFIED;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "sample.commit", &sample_commitment_record, ready_commit, judge_commit, NULL },
    { "sample.give_nonce", &sample_nonce_record, ready_nonce, judge_nonce, NULL },
    { "sample.reveal", &sample_nonce_record, ready_reveal, judge_reveal, NULL },
    { "sample.ask", &sample_result_record, sampling_ready, judge_customer, NULL },
};

static const struct event_kind events[] = {
    { "sample.committed", 1, STREAM_CASE, &sample_commitment_record, apply_commit },
    { "sample.nonce_given", 1, STREAM_CASE, &sample_nonce_record, apply_nonce },
    { "sample.drawn", 1, STREAM_CASE, &sample_drawn_record, apply_drawn },
    { "sample.asked", 1, STREAM_CASE, &sample_answer_record, apply_customer },
};
/* clang-format on */

const struct stage_tables sample_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
