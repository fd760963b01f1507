#include "domain/answers.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/stages.h"

enum { DEDUCTIONS_MAX = 100, COUNT_MAX = 1000000000 };

const char *const answers_keys[] = { "answers", "all_met",    "figures",
                                     "sample",  "deductions", "bonus",
                                     NULL };

/* What is being filled in. */
struct filling {
    struct reading *reading;
    const struct scheme *scheme;
    struct answer *answers;
    struct ratio *figures;
};

/* A rule of the domain was broken by what stands at `y`. */
static bool holds(const struct filling *x, const struct yaml *y, err e)
{
    if (!failed(e))
        return true;
    reading_problem(x->reading, y, e);
    return false;
}

/* --- answers ---------------------------------------------------------- */

/* The result, or -1; a sample has more keys than the others. */
static int take_result(struct reading *r, const struct yaml *y)
{
    static const char *const keys[] = { "indicator", "result", "reason", NULL };
    static const char *const sampled_keys[] = { "indicator", "result", "k",
                                                "n",         "reason", NULL };
    const struct yaml *result = yaml_get(y, S("result"));
    bool sampled = result != NULL && str_eq(result->text, S("sampled"));

    if (!reading_mapping(r, y, sampled ? sampled_keys : keys))
        return -1;
    return reading_choice(r, y, "result", result_names);
}

static void take_answer(const struct filling *x, const struct yaml *y)
{
    struct reading *r = x->reading;
    size_t before = r->count;
    struct reply reply = { .result = take_result(r, y) };
    struct answer given;
    int32_t leaf;

    if (reply.result < 0)
        return;
    reply.indicator = reading_id(r, y, "indicator");
    if (yaml_get(y, S("reason")) != NULL)
        reply.reason = reading_text(r, y, "reason");
    if (reply.result == RESULT_SAMPLED) {
        reply.k = reading_int(r, y, "k", 0, SAMPLE_MAX);
        reply.n = reading_int(r, y, "n", 1, SAMPLE_MAX);
    }
    if (r->count > before ||
        !holds(x, y, reply_check(r->arena, x->scheme, &reply, &leaf, &given)))
        return;
    if (x->answers[leaf].kind != ANSWER_NONE)
        PROBLEM(r, y, "reply.twice", ARG_STR("indicator", reply.indicator));
    x->answers[leaf] = given;
}

/* Indicators that were not named are met. */
static void meet_others(const struct filling *x)
{
    for (size_t i = 0; i < x->scheme->leaf_count; i++) {
        bool sampled =
            scheme_leaf_at(x->scheme, (int32_t)i)->kind == LEAF_SAMPLED;

        if (x->answers[i].kind == ANSWER_NONE)
            x->answers[i] = sampled ? (struct answer){ ANSWER_SAMPLED, 1, 1 }
                                    : (struct answer){ .kind = ANSWER_MET };
    }
}

/* --- figures and sample ----------------------------------------------- */

static void take_figure(const struct filling *x, const struct yaml *y)
{
    static const char *const keys[] = { "figure", "k", "n", NULL };
    struct reading *r = x->reading;
    size_t before = r->count;
    int32_t at;

    if (!reading_mapping(r, y, keys))
        return;

    str figure = reading_id(r, y, "figure");
    int32_t k = reading_int(r, y, "k", 0, COUNT_MAX);
    int32_t n = reading_int(r, y, "n", 1, COUNT_MAX);
    if (r->count > before ||
        !holds(x, y, figure_check(r->arena, x->scheme, figure, k, n, &at)))
        return;
    if (x->figures[at].n > 0)
        PROBLEM(r, y, "reply.figure_twice", ARG_STR("figure", figure));
    x->figures[at] = (struct ratio){ k, n };
}

static void take_sample(const struct filling *x, const struct yaml *root,
                        struct ratio *out)
{
    static const char *const keys[] = { "k", "n", NULL };
    struct reading *r = x->reading;
    const struct yaml *y = yaml_get(root, S("sample"));
    size_t before = r->count;

    if (!reading_mapping(r, y, keys))
        return;

    int32_t k = reading_int(r, y, "k", 0, SAMPLE_MAX);
    int32_t n = reading_int(r, y, "n", 1, SAMPLE_MAX);
    if (r->count > before)
        return;
    if (!x->scheme->sample.used)
        PROBLEM(r, y, "answers.no_sample", ARG_STR("scheme", x->scheme->id));
    else if (k > n)
        PROBLEM(r, y, "answers.sample", ARG_INT("k", k), ARG_INT("n", n));
    *out = (struct ratio){ k, n };
}

/* --- specials --------------------------------------------------------- */

static void take_specials(const struct filling *x, const struct yaml *root,
                          struct assessment *out)
{
    struct reading *r = x->reading;
    const struct yaml *deductions = yaml_get(root, S("deductions"));

    if (deductions != NULL)
        out->deductions = reading_int(r, root, "deductions", 0, DEDUCTIONS_MAX);
    out->bonus = reading_bool(r, root, "bonus", false);
    if (out->deductions > 0 && x->scheme->specials.deduction == 0)
        PROBLEM(r, deductions, "answers.no_deductions",
                ARG_STR("scheme", x->scheme->id));
    if (out->bonus && x->scheme->specials.bonus == 0)
        PROBLEM(r, yaml_get(root, S("bonus")), "answers.no_bonus",
                ARG_STR("scheme", x->scheme->id));
}

/* --- the whole -------------------------------------------------------- */

typedef void take(const struct filling *x, const struct yaml *y);

static void take_list(const struct filling *x, const struct yaml *root,
                      const char *key, take *one)
{
    const struct yaml *list = reading_list(x->reading, root, key, 0, LEAF_MAX);
    const struct yaml *y = list == NULL ? NULL : list->first;

    for (; y != NULL; y = y->next)
        one(x, y);
}

void answers_of(struct reading *r, const struct yaml *root,
                const struct scheme *s, struct assessment *out)
{
    struct filling x = {
        .reading = r,
        .scheme = s,
        .answers = reading_array(r, s->leaf_count, sizeof *x.answers),
        .figures = reading_array(r, s->figure_count, sizeof *x.figures),
    };

    if (x.answers == NULL || x.figures == NULL)
        return;
    *out = (struct assessment){ .answers = x.answers, .figures = x.figures };
    take_list(&x, root, "answers", take_answer);
    take_list(&x, root, "figures", take_figure);
    take_sample(&x, root, &out->sample);
    take_specials(&x, root, out);
    if (reading_bool(r, root, "all_met", false))
        meet_others(&x);
}

err answers_read(struct arena *a, const struct scheme *s, str name, str text,
                 struct assessment *out, struct problem **problems)
{
    struct reading r = { .arena = a, .file = name };
    struct assessment made = { 0 };

    *problems = NULL;
    const struct yaml *root = reading_parse(&r, text);
    if (root != NULL && reading_mapping(&r, root, answers_keys))
        answers_of(&r, root, s, &made);
    TRY(reading_end(&r, problems));
    *out = made;
    return OK;
}
