#include "domain/explain.h"

#include "base/arena.h"

enum { HUNDRED = 100000 }; /* thousandths */

/* --- losses [EX1] ----------------------------------------------------- */

static bool is_won(struct answer a)
{
    return a.kind == ANSWER_MET || a.kind == ANSWER_NOT_APPLICABLE ||
           (a.kind == ANSWER_SAMPLED && a.k == a.n);
}

/* Thousandths that apply. */
static int64_t applicable(const struct scheme *s, const struct assessment *in)
{
    int64_t sum = 0;

    for (size_t i = 0; i < s->leaf_count; i++) {
        if (in->answers[i].kind != ANSWER_NOT_APPLICABLE)
            sum += scheme_leaf_at(s, (int32_t)i)->points;
    }
    return sum;
}

static struct loss loss_of(const struct scheme *s, int32_t leaf,
                           struct answer given, int64_t of)
{
    int64_t points = scheme_leaf_at(s, leaf)->points;
    int64_t k = given.kind == ANSWER_SAMPLED ? given.k : 0;
    int64_t n = given.kind == ANSWER_SAMPLED ? given.n : 1;

    return (struct loss){
        .leaf = leaf,
        .points = score_lost(s, leaf, given),
        .worth = of == 0 ? 0 : (int32_t)(points * (n - k) * HUNDRED / (n * of)),
        .given = given,
    };
}

static err find_losses(struct arena *a, const struct scheme *s,
                       const struct assessment *in, struct explanation *out)
{
    struct loss *losses = arena_array(a, s->leaf_count, sizeof *losses);
    int64_t of = applicable(s, in);

    TRY_MEMORY(losses);
    for (size_t i = 0; i < s->leaf_count; i++) {
        if (!is_won(in->answers[i]))
            losses[out->loss_count++] =
                loss_of(s, (int32_t)i, in->answers[i], of);
    }
    out->losses = losses;
    return OK;
}

/* --- the gap [EX2] ---------------------------------------------------- */

/* Leaves are met one by one, and the score looked at again: where it is cut at
 * 0, where specials count before the multiplication, it still comes true. */
struct trial {
    const struct scheme *scheme;
    struct assessment in;
    struct answer *answers; /* in.answers, ours */
    int32_t level;
    struct score score;
};

static bool reaches(struct trial *t)
{
    score_compute(t->scheme, &t->in, &t->score);
    return t->score.level_by_score >= t->level;
}

static void put_answer(struct trial *t, const struct loss *l, bool met)
{
    t->answers[l->leaf] =
        met ? (struct answer){ .kind = ANSWER_MET } : l->given;
}

/* Does `a` cost more than `b`, exactly? */
static bool costs_more(const struct scheme *s, const struct loss *a,
                       const struct loss *b)
{
    int64_t a_n = a->given.kind == ANSWER_SAMPLED ? a->given.n : 1;
    int64_t b_n = b->given.kind == ANSWER_SAMPLED ? b->given.n : 1;
    int64_t a_lost = a_n - (a_n > 1 ? a->given.k : 0);
    int64_t b_lost = b_n - (b_n > 1 ? b->given.k : 0);

    return scheme_leaf_at(s, a->leaf)->points * a_lost * b_n >
           scheme_leaf_at(s, b->leaf)->points * b_lost * a_n;
}

/* The most points first; on a par, the order of the tree. */
static void sort_steps(const struct scheme *s, const struct explanation *e,
                       int32_t *steps)
{
    for (size_t i = 0; i < e->loss_count; i++) {
        size_t j = i;

        for (; j > 0 && costs_more(s, &e->losses[i], &e->losses[steps[j - 1]]);
             j--)
            steps[j] = steps[j - 1];
        steps[j] = (int32_t)i;
    }
}

/* In place of the last step, the smallest loss that will do. */
static int32_t smallest_last(struct trial *t, const struct explanation *e,
                             const int32_t *steps, size_t taken)
{
    put_answer(t, &e->losses[steps[taken - 1]], false);
    for (size_t i = e->loss_count; i > taken; i--) {
        const struct loss *l = &e->losses[steps[i - 1]];
        bool enough;

        put_answer(t, l, true);
        enough = reaches(t);
        put_answer(t, l, false);
        if (enough)
            return steps[i - 1];
    }
    return steps[taken - 1];
}

static void choose_steps(struct trial *t, struct explanation *e, int32_t *steps)
{
    size_t taken = 0;
    bool enough = reaches(t);

    sort_steps(t->scheme, e, steps);
    while (!enough && taken < e->loss_count) {
        put_answer(t, &e->losses[steps[taken++]], true);
        enough = reaches(t);
    }
    if (enough && taken > 0)
        steps[taken - 1] = smallest_last(t, e, steps, taken);
    e->gap.closable = enough && !t->score.failed_by_specials;
    e->gap.steps = steps;
    e->gap.step_count = enough ? taken : 0;
}

/* Thousandths from the score to the level's threshold, rounded up. */
static int32_t missing_to(const struct scheme *s, int32_t level,
                          const struct score *x)
{
    u128 want = (u128)(uint32_t)s->levels[level].min * x->exact.den;
    u128 have = x->exact.num * 1000;

    if (have >= want)
        return 0;
    return (int32_t)((want - have + x->exact.den - 1) / x->exact.den);
}

static size_t count_blocked(const struct score *x, int32_t level)
{
    size_t n = 0;

    for (size_t i = 0; i < x->gate_count; i++)
        n += x->gates[i].level == level && x->gates[i].blocks;
    return n;
}

static err find_gap(struct arena *a, const struct scheme *s,
                    const struct assessment *in, struct explanation *e)
{
    struct trial *t = arena_zero(a, sizeof *t);
    int32_t *steps = arena_array(a, e->loss_count, sizeof *steps);

    TRY_MEMORY(t != NULL && steps != NULL);
    *t = (struct trial){
        .scheme = s,
        .in = *in,
        .answers = arena_array(a, s->leaf_count, sizeof *t->answers),
        .level = e->gap.level,
    };
    TRY_MEMORY(t->answers);
    for (size_t i = 0; i < s->leaf_count; i++)
        t->answers[i] = in->answers[i];
    t->in.answers = t->answers;
    choose_steps(t, e, steps);
    e->gap.missing = missing_to(s, e->gap.level, &e->score);
    e->gap.blocked = count_blocked(&e->score, e->gap.level); /* [EX3] */
    return OK;
}

/* --- the whole -------------------------------------------------------- */

err explain(struct arena *a, const struct scheme *s,
            const struct assessment *in, int32_t wish, struct explanation *out)
{
    struct explanation *e = arena_zero(a, sizeof *e);

    TRY_MEMORY(e);
    score_compute(s, in, &e->score);
    TRY(find_losses(a, s, in, e));
    e->deducted = (int64_t)in->deductions * s->specials.deduction;
    e->added = in->bonus ? s->specials.bonus : 0;
    e->gap.level = wish >= 0 ? wish : e->score.level + 1;
    if (e->gap.level < (int32_t)s->level_count)
        TRY(find_gap(a, s, in, e));
    else
        e->gap.level = -1;
    *out = *e;
    return OK;
}
