/*
 * load_gates -- hard indicators beside the score. [M3]
 *
 *   gates: [GATE ..]
 *   GATE:  {id, label, figure, least: [K, N], mode, assumed?}
 *   least: the figure must be K of N or more; 0 < K <= N <= 10000
 *   mode:  figure      by the enterprise's own figure
 *        | refute      also: the drawn sample may refute it
 *        | demonstrate also: the drawn sample must show it
 *
 * [SC2] No gate asks for more than all; none asks the sample for what no
 * sample of its size can say; none asks less than one on a level below.
 */

#include "scheme/parts.h"

#include "base/statistics.h"

static const char *const mode_names[] = { "figure", "refute", "demonstrate",
                                          NULL };

static void read_least(struct reading *r, const struct yaml *y, struct gate *g)
{
    const struct yaml *pair = reading_list(r, y, "least", 2, 2);
    int64_t k = 0;
    int64_t n = 0;

    if (pair == NULL)
        return;
    if (!yaml_int(pair->first, &k) || !yaml_int(pair->first->next, &n) ||
        k < 1 || n < 1 || n > RATE_D_MAX) {
        PROBLEM(r, pair, "scheme.ratio", ARG_INT("most", RATE_D_MAX));
        return;
    }
    if (k > n) {
        PROBLEM(r, pair, "scheme.gate_unreachable", ARG_STR("id", g->id),
                ARG_INT("k", k), ARG_INT("n", n));
        return;
    }
    g->min_n = (int32_t)k;
    g->min_d = (int32_t)n;
}

static void read_gate(struct reading *r, const struct yaml *y,
                      const struct scheme *s, struct gate *g)
{
    static const char *const keys[] = { "id",   "label",   "figure", "least",
                                        "mode", "assumed", NULL };
    static const enum gate_mode modes[] = { GATE_FIGURE, GATE_REFUTE,
                                            GATE_DEMONSTRATE };

    if (!reading_mapping(r, y, keys))
        return;
    g->id = reading_id(r, y, "id");
    g->label = reading_label(r, y, "label");
    int mode = reading_choice(r, y, "mode", mode_names);
    g->mode = mode < 0 ? GATE_FIGURE : modes[mode];
    g->assumed = reading_bool(r, y, "assumed", false);
    read_least(r, y, g);

    str figure = reading_id(r, y, "figure");
    if (figure.n == 0)
        return;
    g->figure = scheme_figure(s, figure);
    if (g->figure < 0)
        PROBLEM(r, yaml_get(y, S("figure")), "scheme.no_figure",
                ARG_STR("figure", figure));
}

bool load_gates(struct reading *r, const struct yaml *level,
                const struct scheme *s, struct level *out)
{
    const struct yaml *list = reading_list(r, level, "gates", 0, GATE_MAX);
    size_t before = r->count;

    if (list == NULL)
        return true;

    struct gate *gates = reading_array(r, list->count, sizeof *gates);
    if (gates == NULL)
        return false;
    for (const struct yaml *y = list->first; y != NULL; y = y->next) {
        struct gate *g = &gates[out->gate_count];

        read_gate(r, y, s, g);
        check_id(r, y, g->id, &gates[0].id, out->gate_count, sizeof *g);
        out->gate_count++;
    }
    out->gates = gates;
    return r->count == before;
}

/* --- [SC2] ------------------------------------------------------------ */

/* The least sample, all of it well, that shows p_n / p_d; 0: none of up to
 * SAMPLE_MAX does. */
static int32_t least_showing(int32_t p_n, int32_t p_d)
{
    for (int32_t n = 1; n <= SAMPLE_MAX; n++) {
        if (wilson_shows(n, n, p_n, p_d))
            return n;
    }
    return 0;
}

/* Can a sample of the scheme's size say what the gate asks of it? */
static void check_sample(struct reading *r, const struct yaml *y,
                         const struct scheme *s, const struct gate *g)
{
    const struct sample_rule *sample = &s->sample;

    if (g->mode == GATE_FIGURE)
        return;
    if (!sample->used || sample->figure != g->figure)
        PROBLEM(r, y, "scheme.gate_sample", ARG_STR("id", g->id));
    else if (g->mode == GATE_REFUTE &&
             refuted_up_to(sample->least, g->min_n, g->min_d) < 0)
        PROBLEM(r, y, "scheme.gate_never_refuted", ARG_STR("id", g->id),
                ARG_INT("sample", sample->least));
    else if (g->mode == GATE_DEMONSTRATE &&
             !wilson_shows(sample->most, sample->most, g->min_n, g->min_d))
        PROBLEM(r, y, "scheme.gate_never_shown", ARG_STR("id", g->id),
                ARG_INT("sample", sample->most),
                ARG_INT("least", least_showing(g->min_n, g->min_d)));
}

/* Two gates of one level on one figure: the weaker says nothing. */
static void check_twice(struct reading *r, const struct yaml *y,
                        const struct level *l, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (l->gates[j].figure == l->gates[i].figure)
            PROBLEM(r, y, "scheme.gate_twice", ARG_STR("id", l->gates[i].id),
                    ARG_STR("other", l->gates[j].id));
    }
}

static bool asks_as_much(const struct gate *upper, const struct gate *lower)
{
    return upper->figure == lower->figure && upper->mode >= lower->mode &&
           (int64_t)upper->min_n * lower->min_d >=
               (int64_t)lower->min_n * upper->min_d;
}

/* Whoever reaches a level meets what the levels below ask for; otherwise an
 * enterprise could be refused a level and granted a higher one. */
static void check_not_weaker(struct reading *r, const struct yaml *y,
                             const struct level *below,
                             const struct level *level)
{
    for (size_t i = 0; i < below->gate_count; i++) {
        bool kept = false;

        for (size_t j = 0; j < level->gate_count; j++)
            kept = kept || asks_as_much(&level->gates[j], &below->gates[i]);
        if (!kept)
            PROBLEM(r, y, "scheme.gate_weaker", ARG_STR("id", level->id),
                    ARG_STR("below", below->id),
                    ARG_STR("gate", below->gates[i].id));
    }
}

void check_gates(struct reading *r, const struct yaml *root,
                 const struct scheme *s)
{
    const struct yaml *levels = yaml_get(root, S("levels"));

    for (size_t l = 0; l < s->level_count; l++) {
        const struct level *level = &s->levels[l];
        const struct yaml *y = reading_nth(levels, l);

        for (size_t g = 0; g < level->gate_count; g++) {
            const struct yaml *gate = reading_nth(yaml_get(y, S("gates")), g);

            check_sample(r, gate, s, &level->gates[g]);
            check_twice(r, gate, level, g);
        }
        if (l > 0)
            check_not_weaker(r, y, level - 1, level);
    }
}
