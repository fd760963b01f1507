/*
 * replies -- answers about indicators and figures, checked against the scheme.
 */

#include "domain/stages.h"

#include "base/size.h"

/* clang-format off */
static const struct field reply_fields[] = {
    F_STR(struct reply, indicator, 1, 40),
    F_ENUM(struct reply, result, result_names),
    F_INT_OPT(struct reply, k, 0, SAMPLE_MAX),
    F_INT_OPT(struct reply, n, 0, SAMPLE_MAX),
    F_STR_OPT(struct reply, reason, 500),
};
const struct record reply_record = RECORD(reply, reply_fields);

static const struct field figure_reply_fields[] = {
    F_STR(struct figure_reply, figure, 1, 40),
    F_INT(struct figure_reply, k, 0, 1000000000),
    F_INT(struct figure_reply, n, 1, 1000000000),
};
const struct record figure_reply_record =
    RECORD(figure_reply, figure_reply_fields);

static const struct field nothing_fields[] = {
    F_BOOL_OPT(struct nothing, unused),
};
const struct record nothing_record = RECORD(nothing, nothing_fields);

static const struct field note_fields[] = {
    F_STR_OPT(struct note, note, 4000),
};
const struct record note_record = RECORD(note, note_fields);

static const struct field reasons_fields[] = {
    F_STR(struct reasons, reasons, 1, 4000),
};
const struct record reasons_record = RECORD(reasons, reasons_fields);
/* clang-format on */

/* As it was given; counts that no answer can have become -1. */
static struct answer as_given(int result, int64_t k, int64_t n)
{
    static const enum answer_kind kinds[] = {
        [RESULT_MET] = ANSWER_MET,
        [RESULT_NOT_MET] = ANSWER_NOT_MET,
        [RESULT_SAMPLED] = ANSWER_SAMPLED,
        [RESULT_NA] = ANSWER_NOT_APPLICABLE,
    };

    if (result < 0 || (size_t)result >= COUNT(kinds))
        return (struct answer){ .kind = ANSWER_NONE };
    if (kinds[result] != ANSWER_SAMPLED)
        return (struct answer){ .kind = kinds[result] };
    return (struct answer){
        .kind = ANSWER_SAMPLED,
        .k = k < 0 || k > SAMPLE_MAX ? -1 : (int32_t)k,
        .n = n < 0 || n > SAMPLE_MAX ? -1 : (int32_t)n,
    };
}

struct answer reply_answer(int result, int64_t k, int64_t n)
{
    struct answer a = as_given(result, k, n);

    if (a.kind == ANSWER_SAMPLED && (a.n < 1 || a.k < 0 || a.k > a.n))
        return (struct answer){ .kind = ANSWER_NONE };
    return a;
}

err reply_check(struct arena *a, const struct scheme *s,
                const struct reply *reply, int32_t *leaf, struct answer *out)
{
    int32_t i = scheme_leaf(s, reply->indicator);

    if (i < 0)
        return err_new(a, ERR_INVALID, "reply.indicator",
                       ARG_STR("indicator", reply->indicator));
    if (reply->result == RESULT_NA && reply->reason.n == 0)
        return err_new(a, ERR_INVALID, "reply.reason",
                       ARG_STR("indicator", reply->indicator));

    struct answer given = as_given(reply->result, reply->k, reply->n);
    TRY(score_check(a, s, i, given));
    *leaf = i;
    *out = given;
    return OK;
}

err figure_check(struct arena *a, const struct scheme *s, str figure, int64_t k,
                 int64_t n, int32_t *out)
{
    int32_t i = scheme_figure(s, figure);

    if (i < 0)
        return err_new(a, ERR_INVALID, "reply.figure",
                       ARG_STR("figure", figure));
    if (n < 1 || k < 0 || k > n)
        return err_new(a, ERR_INVALID, "reply.ratio",
                       ARG_LABEL("figure", s->figures[i].label),
                       ARG_INT("k", k), ARG_INT("n", n));
    *out = i;
    return OK;
}
