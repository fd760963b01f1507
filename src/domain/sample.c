/*
 * sample -- the drawn customers of the site audit: commitment, coin toss,
 * draw, answers (sampling.h says how it works). [M16]
 */

#include "base/size.h"
#include "domain/sampling.h"
#include "domain/stages.h"

static const char *const contact_names[] = { "satisfied", "dissatisfied",
                                             "unreached", NULL };

/* clang-format off */
static const struct field sample_commitment_fields[] = {
    F_HASH(struct sample_commitment, list),
    F_INT(struct sample_commitment, size, 1, 100000000),
    F_HASH(struct sample_commitment, commitment),
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

/* --- sample.commit ---------------------------------------------------- */

static err judge_commit(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    if (!s->opening_held)
        REFUSE(a, "audit.not_opened");
    if (!s->scheme->sample.used)
        REFUSE(a, "sample.none", ARG_STR("scheme", s->scheme->id));
    if (s->sample.commitment != NULL)
        REFUSE(a, "sample.committed_already");
    return event_emit(a, out, "sample.committed", f, c->data);
}

static void apply_commit(struct state *s, const struct event *e)
{
    state_add_evaluator(s, e->actor);
    s->sample.commitment = e->data;
}

/* --- sample.give_nonce ------------------------------------------------ */

static err judge_nonce(struct arena *a, const struct state *s,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    if (s->sample.commitment == NULL)
        REFUSE(a, "sample.not_committed");
    if (s->sample.nonce != NULL)
        REFUSE(a, "sample.nonce_already");
    return event_emit(a, out, "sample.nonce_given", f, c->data);
}

static void apply_nonce(struct state *s, const struct event *e)
{
    s->sample.nonce = e->data;
}

/* --- sample.reveal ---------------------------------------------------- */

static bool hash_eq(const struct hash *a, const struct hash *b)
{
    return memcmp(a->b, b->b, sizeof a->b) == 0;
}

static err judge_reveal(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct sample_nonce *own = c->data;
    const struct sample_state *x = &s->sample;

    if (x->nonce == NULL)
        REFUSE(a, "sample.no_nonce");
    if (x->drawn != NULL)
        REFUSE(a, "sample.drawn_already");

    struct hash commitment = sampling_commitment(&own->nonce);
    if (!hash_eq(&commitment, &x->commitment->commitment)) /* [SA1] */
        REFUSE(a, "sample.wrong_nonce");

    int64_t most = s->scheme->sample.most;
    struct sample_drawn drawn = {
        .nonce = own->nonce,
        .seed =
            sampling_seed(&x->commitment->list, &own->nonce, &x->nonce->nonce),
        .wanted = x->commitment->size < most ? x->commitment->size : most,
    };
    return event_emit(a, out, "sample.drawn", f, &drawn);
}

static void apply_drawn(struct state *s, const struct event *e)
{
    state_add_evaluator(s, e->actor);
    s->sample.drawn = e->data;
}

/* --- sample.ask ------------------------------------------------------- */

static err check_position(struct arena *a, const struct sample_state *x,
                          int64_t position)
{
    if (x->drawn == NULL)
        REFUSE(a, "sample.not_drawn");
    if (x->reached >= x->drawn->wanted)
        REFUSE(a, "sample.enough", ARG_INT("wanted", x->drawn->wanted));
    if (position != x->asked + 1) /* [SA4] */
        REFUSE(a, "sample.position", ARG_INT("given", position),
               ARG_INT("next", x->asked + 1));
    if (position > x->commitment->size)
        REFUSE(a, "sample.exhausted", ARG_INT("size", x->commitment->size));
    return OK;
}

static err judge_ask(struct arena *a, const struct state *s,
                     const struct command *c, const struct facts *f,
                     struct event_list *out)
{
    const struct sample_result *got = c->data;
    const struct sample_state *x = &s->sample;

    TRY(check_position(a, x, got->position));

    struct sample_answer answer = {
        .position = got->position,
        .row =
            sampling_row(&x->drawn->seed, x->commitment->size, got->position),
        .outcome = got->outcome,
    };
    return event_emit(a, out, "sample.asked", f, &answer);
}

static void apply_asked(struct state *s, const struct event *e)
{
    EVENT_DATA(sample_answer, answer, e);
    struct sample_state *x = &s->sample;

    state_add_evaluator(s, e->actor);
    if (x->asked >= CUSTOMER_MAX)
        return;
    x->answers[x->asked++] = *answer;
    x->reached += answer->outcome != CONTACT_UNREACHED;
    x->satisfied += answer->outcome == CONTACT_SATISFIED;
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "sample.commit", &sample_commitment_record, judge_commit, NULL },
    { "sample.give_nonce", &sample_nonce_record, judge_nonce, NULL },
    { "sample.reveal", &sample_nonce_record, judge_reveal, NULL },
    { "sample.ask", &sample_result_record, judge_ask, NULL },
};

static const struct event_kind events[] = {
    { "sample.committed", 1, STREAM_CASE, &sample_commitment_record, apply_commit },
    { "sample.nonce_given", 1, STREAM_CASE, &sample_nonce_record, apply_nonce },
    { "sample.drawn", 1, STREAM_CASE, &sample_drawn_record, apply_drawn },
    { "sample.asked", 1, STREAM_CASE, &sample_answer_record, apply_asked },
};
/* clang-format on */

const struct stage_tables sample_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
