#include "domain/answers.h"

#include "base/arena.h"
#include "domain/stages.h"

struct filling {
    struct arena *arena;
    const struct scheme *scheme;
    str name;
    struct answer *answers;
    struct ratio *figures;
};

/* `e` with the place where it was found; memory stays memory. */
static err bad_at(const struct filling *x, const struct yaml *y, err e)
{
    if (e.info->code == ERR_MEMORY)
        return e;
    return err_new(x->arena, ERR_INVALID, "answers.at",
                   ARG_STR("name", x->name), ARG_INT("line", y->line),
                   ARG_INT("column", y->column),
                   ARG_IDS("what", str_of(e.info->id)),
                   ARG_STR("given", y->kind == YAML_SCALAR
                                        ? y->text
                                        : err_arg_text(e, "indicator")));
}

static err bad(const struct filling *x, const struct yaml *y, const char *what)
{
    return bad_at(x, y, err_new(x->arena, ERR_INVALID, what));
}

static err take_int(const struct filling *x, const struct yaml *mapping,
                    const char *key, int64_t *out)
{
    const struct yaml *y = yaml_get(mapping, str_of(key));

    if (y == NULL)
        return OK;
    if (!yaml_int(y, out) || *out < 0 || *out > 1000000000)
        return bad(x, y, "answers.number");
    return OK;
}

static err take_result(const struct filling *x, const struct yaml *mapping,
                       int *out)
{
    const struct yaml *y = yaml_get(mapping, S("result"));

    if (y == NULL)
        return bad(x, mapping, "answers.no_result");
    for (int i = 0; result_names[i] != NULL; i++) {
        if (str_eq(y->text, str_of(result_names[i]))) {
            *out = i;
            return OK;
        }
    }
    return bad(x, y, "answers.result");
}

static err check_keys(const struct filling *x, const struct yaml *y,
                      const char *const *keys)
{
    if (y->kind != YAML_MAPPING)
        return bad(x, y, "answers.mapping");
    for (const struct yaml *m = y->first; m != NULL; m = m->next) {
        bool known = false;

        for (size_t i = 0; keys[i] != NULL && !known; i++)
            known = str_eq(m->key, str_of(keys[i]));
        if (!known) {
            struct yaml at = { .line = m->key_line,
                               .column = m->key_column,
                               .text = m->key };
            return bad(x, &at, "answers.key");
        }
    }
    return OK;
}

static err take_answer(struct filling *x, const struct yaml *y)
{
    static const char *const keys[] = { "indicator", "result", "k",
                                        "n",         "reason", NULL };
    struct reply reply = { 0 };
    struct answer answer;
    int32_t leaf;

    TRY(check_keys(x, y, keys));
    const struct yaml *indicator = yaml_get(y, S("indicator"));
    const struct yaml *reason = yaml_get(y, S("reason"));
    if (indicator == NULL)
        return bad(x, y, "answers.no_indicator");
    reply.indicator = indicator->text;
    reply.reason = reason == NULL ? S("") : reason->text;
    TRY(take_result(x, y, &reply.result));
    TRY(take_int(x, y, "k", &reply.k));
    TRY(take_int(x, y, "n", &reply.n));

    err e = reply_check(x->arena, x->scheme, &reply, &leaf, &answer);
    if (failed(e))
        return bad_at(x, y, e);
    if (x->answers[leaf].kind != ANSWER_NONE)
        return bad(x, indicator, "reply.twice");
    x->answers[leaf] = answer;
    return OK;
}

static err take_figure(struct filling *x, const struct yaml *y)
{
    static const char *const keys[] = { "figure", "k", "n", NULL };
    const struct yaml *figure = yaml_get(y, S("figure"));
    int64_t k = -1;
    int64_t n = 0;
    int32_t at;

    TRY(check_keys(x, y, keys));
    if (figure == NULL)
        return bad(x, y, "answers.no_figure");
    TRY(take_int(x, y, "k", &k));
    TRY(take_int(x, y, "n", &n));

    err e = figure_check(x->arena, x->scheme, figure->text, k, n, &at);
    if (failed(e))
        return bad_at(x, y, e);
    x->figures[at] = (struct ratio){ k, n };
    return OK;
}

typedef err take(struct filling *x, const struct yaml *y);

static err take_list(struct filling *x, const struct yaml *root,
                     const char *key, take *one)
{
    const struct yaml *list = yaml_get(root, str_of(key));

    if (list == NULL)
        return OK;
    if (list->kind != YAML_SEQUENCE)
        return bad(x, list, "answers.list");
    for (const struct yaml *y = list->first; y != NULL; y = y->next)
        TRY(one(x, y));
    return OK;
}

static err take_bool(const struct filling *x, const struct yaml *root,
                     const char *key, bool *out)
{
    const struct yaml *y = yaml_get(root, str_of(key));

    if (y != NULL && !yaml_bool(y, out))
        return bad(x, y, "answers.bool");
    return OK;
}

/* Indicators that were not named are met, if the file says so. */
static void meet_others(struct filling *x)
{
    for (size_t i = 0; i < x->scheme->leaf_count; i++) {
        bool sampled =
            scheme_leaf_at(x->scheme, (int32_t)i)->kind == LEAF_SAMPLED;

        if (x->answers[i].kind == ANSWER_NONE)
            x->answers[i] = sampled ? (struct answer){ ANSWER_SAMPLED, 1, 1 }
                                    : (struct answer){ .kind = ANSWER_MET };
    }
}

static err take_sample(const struct filling *x, const struct yaml *root,
                       struct ratio *out)
{
    const struct yaml *y = yaml_get(root, S("sample"));
    struct ratio r = { 0, 0 };

    if (y == NULL)
        return OK;
    TRY(take_int(x, y, "k", &r.k));
    TRY(take_int(x, y, "n", &r.n));
    if (r.n < 1 || r.n > SAMPLE_MAX || r.k > r.n)
        return bad(x, y, "answers.sample");
    *out = r;
    return OK;
}

err answers_of(struct arena *a, const struct scheme *s, str name,
               const struct yaml *root, struct assessment *out)
{
    struct filling x = {
        .arena = a,
        .scheme = s,
        .name = name,
        .answers = arena_array(a, s->leaf_count, sizeof *x.answers),
        .figures = arena_array(a, s->figure_count, sizeof *x.figures),
    };
    struct assessment made = { .answers = x.answers, .figures = x.figures };
    int64_t deductions = 0;
    bool all_met = false;

    TRY_MEMORY(x.answers != NULL && x.figures != NULL);
    if (root->kind != YAML_MAPPING)
        return bad(&x, root, "answers.mapping");
    TRY(take_list(&x, root, "answers", take_answer));
    TRY(take_list(&x, root, "figures", take_figure));
    TRY(take_int(&x, root, "deductions", &deductions));
    TRY(take_bool(&x, root, "bonus", &made.bonus));
    TRY(take_bool(&x, root, "all_met", &all_met));
    TRY(take_sample(&x, root, &made.sample));
    made.deductions = (int32_t)deductions;
    if (all_met)
        meet_others(&x);
    *out = made;
    return OK;
}

err answers_read(struct arena *a, const struct scheme *s, str name, str text,
                 struct assessment *out)
{
    static const char *const keys[] = { "answers", "all_met",    "figures",
                                        "sample",  "deductions", "bonus",
                                        NULL };
    struct filling x = { .arena = a, .scheme = s, .name = name };
    struct yaml *root;

    TRY(yaml_parse(a, name, text, &root));
    TRY(check_keys(&x, root, keys));
    return answers_of(a, s, name, root, out);
}
