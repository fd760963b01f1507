#include "domain/improve.h"

#include "base/arena.h"
#include "domain/stages.h"

/* What is being worked out, and room to try things in. */
struct weighing {
    struct arena *arena;
    const struct scheme *scheme;
    const struct assessment *in;
    struct improvement *out;
    bool *covered;           /* one a loss: by some measure of the package */
    struct assessment trial; /* points to the next two */
    struct answer *answers;
    struct ratio *figures;
    struct score score; /* of the trial */
};

/* --- targets -------------------------------------------------------------- */

/* The least k with k / n >= min_n / min_d. */
static int64_t needed(const struct gate *g, int64_t n)
{
    return (int64_t)(((u128)(uint64_t)n * (uint32_t)g->min_n +
                      (uint32_t)g->min_d - 1) /
                     (uint32_t)g->min_d);
}

static err find_targets(struct weighing *w)
{
    const struct score *x = &w->out->now.score;
    struct target *targets =
        arena_array(w->arena, x->gate_count, sizeof *targets);

    TRY_MEMORY(targets);
    for (size_t i = 0; i < x->gate_count; i++) {
        const struct gate_result *r = &x->gates[i];
        const struct gate *g = &w->scheme->levels[r->level].gates[r->gate];
        struct ratio now = w->in->figures[g->figure];

        if (r->level != w->out->now.gap.level || !r->blocks)
            continue;
        targets[w->out->target_count++] = (struct target){
            .gate = r->gate,
            .state = r->state,
            .now = now,
            .need = needed(g, now.n),
        };
    }
    w->out->targets = targets;
    return OK;
}

/* Where there is a target there is a level to reach. */
static int32_t figure_of(const struct weighing *w, size_t target)
{
    const struct level *wanted = &w->scheme->levels[w->out->now.gap.level];

    return wanted->gates[w->out->targets[target].gate].figure;
}

/* --- a trial [IM2] -------------------------------------------------------- */

static void begin_trial(struct weighing *w)
{
    for (size_t i = 0; i < w->scheme->leaf_count; i++)
        w->answers[i] = w->in->answers[i];
    for (size_t i = 0; i < w->scheme->figure_count; i++)
        w->figures[i] = w->in->figures[i];
}

/* All of it meets every gate, and no gate asks for more. */
static void lift(struct weighing *w, int32_t figure)
{
    w->figures[figure] = (struct ratio){ 1, 1 };
}

static size_t count_blocked(const struct weighing *w, const struct score *x)
{
    size_t n = 0;

    for (size_t i = 0; i < x->gate_count; i++)
        n += x->gates[i].level == w->out->now.gap.level && x->gates[i].blocks;
    return n;
}

static void end_trial(struct weighing *w, struct gain *g)
{
    int32_t level = w->out->now.gap.level;

    score_compute(w->scheme, &w->trial, &w->score);
    g->shown = w->score.shown;
    g->level = w->score.level;
    g->reaches = level >= 0 && w->score.level >= level;
    g->opens =
        count_blocked(w, &w->out->now.score) - count_blocked(w, &w->score);
}

static void meet(struct weighing *w, struct gain *g, int32_t *losses,
                 int32_t loss)
{
    const struct loss *l = &w->out->now.losses[loss];

    losses[g->loss_count++] = loss;
    w->answers[l->leaf] = (struct answer){ .kind = ANSWER_MET };
    g->lost += score_lost_exactly(w->scheme, l->leaf, l->given);
}

/* --- gains [IM1] ---------------------------------------------------------- */

static bool lifts_a_target(const struct weighing *w, const struct measure *m)
{
    for (size_t i = 0; i < w->out->target_count; i++) {
        if (m->figures[figure_of(w, i)])
            return true;
    }
    return false;
}

/* What measure `m` would win; false when there is nothing for it to mend. */
static bool weigh_measure(struct weighing *w, const struct measure *m,
                          int32_t *losses, struct gain *g)
{
    const struct explanation *now = &w->out->now;

    *g = (struct gain){
        .measure = m, .leaf = -1, .figure = -1, .losses = losses
    };
    begin_trial(w);
    for (int32_t i = 0; i < (int32_t)now->loss_count; i++) {
        if (!m->leaves[now->losses[i].leaf])
            continue;
        w->covered[i] = true;
        meet(w, g, losses, i);
    }
    for (size_t i = 0; i < w->out->target_count; i++) {
        if (m->figures[figure_of(w, i)])
            lift(w, figure_of(w, i));
    }
    if (g->loss_count == 0 && !lifts_a_target(w, m))
        return false;
    end_trial(w, g);
    return true;
}

static void weigh_loss(struct weighing *w, int32_t loss, int32_t *losses,
                       struct gain *g)
{
    *g = (struct gain){
        .leaf = w->out->now.losses[loss].leaf,
        .figure = -1,
        .losses = losses,
    };
    begin_trial(w);
    meet(w, g, losses, loss);
    end_trial(w, g);
}

static void weigh_figure(struct weighing *w, int32_t figure, struct gain *g)
{
    *g = (struct gain){ .leaf = -1, .figure = figure };
    begin_trial(w);
    lift(w, figure);
    end_trial(w, g);
}

/* Does a measure of the package lift it?  No two gates of a level are about one
 * figure (scheme.gate_twice), so no earlier target named it. */
static bool is_taken(const struct weighing *w, size_t target)
{
    int32_t figure = figure_of(w, target);

    for (size_t i = 0; i < w->scheme->measure_count; i++) {
        if (w->scheme->measures[i].figures[figure])
            return true;
    }
    return false;
}

/* --- the order [IM3] ------------------------------------------------------ */

static bool wins_more(const struct gain *a, const struct gain *b)
{
    if (a->lost != b->lost)
        return a->lost > b->lost;
    if (a->loss_count != b->loss_count)
        return a->loss_count > b->loss_count;
    return a->opens > b->opens;
}

static void add_gain(struct improvement *x, struct gain *gains, struct gain g)
{
    size_t i = x->gain_count++;

    for (; i > 0 && wins_more(&g, &gains[i - 1]); i--)
        gains[i] = gains[i - 1];
    gains[i] = g;
}

static err add_measures(struct weighing *w, struct gain *gains)
{
    for (size_t i = 0; i < w->scheme->measure_count; i++) {
        int32_t *losses =
            arena_array(w->arena, w->out->now.loss_count, sizeof *losses);
        struct gain g;

        TRY_MEMORY(losses);
        if (weigh_measure(w, &w->scheme->measures[i], losses, &g))
            add_gain(w->out, gains, g);
    }
    return OK;
}

static err add_losses(struct weighing *w, struct gain *gains)
{
    int32_t *alone =
        arena_array(w->arena, w->out->now.loss_count, sizeof *alone);
    struct gain g;

    TRY_MEMORY(alone);
    for (size_t i = 0; i < w->out->now.loss_count; i++) {
        if (w->covered[i])
            continue;
        weigh_loss(w, (int32_t)i, &alone[i], &g);
        add_gain(w->out, gains, g);
    }
    return OK;
}

static void add_figures(struct weighing *w, struct gain *gains)
{
    struct gain g;

    for (size_t i = 0; i < w->out->target_count; i++) {
        if (is_taken(w, i))
            continue;
        weigh_figure(w, figure_of(w, i), &g);
        add_gain(w->out, gains, g);
    }
}

static err find_gains(struct weighing *w)
{
    struct improvement *x = w->out;
    size_t most =
        w->scheme->measure_count + x->now.loss_count + x->target_count;
    struct gain *gains = arena_array(w->arena, most, sizeof *gains);

    TRY_MEMORY(gains);
    TRY(add_measures(w, gains));
    TRY(add_losses(w, gains));
    add_figures(w, gains);
    x->gains = gains;
    return OK;
}

/* Everything met and lifted. */
static void try_all(struct weighing *w)
{
    struct gain g = { 0 };

    begin_trial(w);
    for (size_t i = 0; i < w->out->now.loss_count; i++)
        w->answers[w->out->now.losses[i].leaf] =
            (struct answer){ .kind = ANSWER_MET };
    for (size_t i = 0; i < w->out->target_count; i++)
        lift(w, figure_of(w, i));
    end_trial(w, &g);
    w->out->all_shown = g.shown;
    w->out->all_level = g.level;
}

err improve(struct arena *a, const struct scheme *s,
            const struct assessment *in, int32_t wish, struct improvement *out)
{
    struct improvement *made = arena_zero(a, sizeof *made);
    struct weighing *w = arena_zero(a, sizeof *w);

    TRY_MEMORY(made != NULL && w != NULL);
    TRY(explain(a, s, in, wish, &made->now));
    *w = (struct weighing){
        .arena = a,
        .scheme = s,
        .in = in,
        .out = made,
        .covered = arena_array(a, made->now.loss_count, sizeof *w->covered),
        .trial = *in,
        .answers = arena_array(a, s->leaf_count, sizeof *w->answers),
        .figures = arena_array(a, s->figure_count, sizeof *w->figures),
    };
    TRY_MEMORY(w->covered != NULL && w->answers != NULL && w->figures != NULL);
    w->trial.answers = w->answers;
    w->trial.figures = w->figures;
    TRY(find_targets(w));
    TRY(find_gains(w));
    try_all(w);
    *out = *made;
    return OK;
}

/* --- a case --------------------------------------------------------------- */

/* What the enterprise said itself. [M7] */
static void own_answers(const struct state *s, struct findings *x)
{
    const struct reply *r = s->assessment->answers.p;
    const struct figure_reply *f = s->assessment->figures.p;

    for (size_t i = 0; i < s->assessment->answers.n; i++) {
        int32_t leaf = scheme_leaf(s->scheme, r[i].indicator);

        if (leaf >= 0)
            x->answers[leaf] = reply_answer(r[i].result, r[i].k, r[i].n);
    }
    for (size_t i = 0; i < s->assessment->figures.n; i++) {
        int32_t at = scheme_figure(s->scheme, f[i].figure);

        if (at >= 0)
            x->figures[at] = (struct ratio){ f[i].k, f[i].n };
    }
    x->assessment = (struct assessment){
        .answers = x->answers,
        .figures = x->figures,
    };
}

err improve_case(struct arena *a, const struct state *s,
                 struct improvement *out)
{
    struct findings *x = arena_zero(a, sizeof *x);
    struct score *score = arena_zero(a, sizeof *score);
    int32_t applied;

    TRY_MEMORY(x != NULL && score != NULL);
    if (s->audits == 0 && s->assessment == NULL)
        REFUSE(a, "improve.nothing");
    if (s->audits == 0)
        own_answers(s, x);
    else
        state_findings(s, x);
    applied = scheme_level(s->scheme, s->opened->level);
    score_compute(s->scheme, &x->assessment, score);
    TRY(improve(a, s->scheme, &x->assessment,
                score->level < applied ? applied : -1, out));
    out->by_itself = s->audits == 0;
    return OK;
}
