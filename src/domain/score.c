#include "domain/score.h"

#include "base/check.h"

#include <assert.h>

__extension__ typedef __int128 i128;

/* lcm(1..60) = 9,690,712,164,777,231,700,912,800: 84 bits. */
#define LCM ((i128)9690712164 * 1000000000000000 + 777231700912800)
static_assert(SAMPLE_MAX == 60, "LCM is that of 1..60");
static_assert((int)SAMPLE_MAX <= (int)REFUTE_N_MAX,
              "every sample can be held against a rate");

enum { HUNDRED = 100000 }; /* thousandths */

/* --- the score -------------------------------------------------------- */

/* A score in thousandths: num / den; den > 0. */
struct thousandths {
    i128 num;
    i128 den;
};

struct sums {
    /* Thousandths won, by denominator: the whole is the sum of won[n] / n.
     * Points times k stay below 2^23, so LEAF_MAX of them fit with ease. */
    int64_t won[SAMPLE_MAX + 1];
    int64_t applicable; /* thousandths */
    int32_t answered;
    bool all_met; /* every applicable leaf is met [S5] */
};

static void add_leaf(struct sums *t, int32_t points, struct answer a)
{
    t->applicable += points;
    if (a.kind == ANSWER_MET)
        t->won[1] += points;
    else if (a.kind == ANSWER_SAMPLED)
        t->won[a.n] += (int64_t)points * a.k;
    if (a.kind != ANSWER_MET && !(a.kind == ANSWER_SAMPLED && a.k == a.n))
        t->all_met = false;
}

static struct sums add_up(const struct scheme *s, const struct answer *answers)
{
    struct sums t = { .all_met = true };

    for (size_t i = 0; i < s->leaf_count; i++) {
        t.answered += answers[i].kind != ANSWER_NONE;
        if (answers[i].kind != ANSWER_NOT_APPLICABLE)
            add_leaf(&t, s->indicators[s->leaves[i]].points, answers[i]);
    }
    return t;
}

/* Thousandths won, of LCM. */
static i128 won_of_lcm(const struct sums *t)
{
    i128 won = 0;

    for (int n = 1; n <= SAMPLE_MAX; n++) {
        if (t->won[n] > 0)
            won += LCM / n * t->won[n];
    }
    return won;
}

static i128 clamp(i128 n, i128 least, i128 most)
{
    if (n < least)
        return least;
    return n > most ? most : n;
}

/* [S2]  Beyond a hundred points either way nothing is left to change, so the
 * change is cut there, which keeps any number of deductions within bounds. */
static struct thousandths with_specials(const struct scheme *s,
                                        const struct assessment *in,
                                        const struct sums *t)
{
    i128 change = clamp((in->bonus ? s->specials.bonus : 0) -
                            (i128)in->deductions * s->specials.deduction,
                        -HUNDRED, HUNDRED);
    i128 won = won_of_lcm(t);
    struct thousandths r = { 0, t->applicable * LCM };

    if (t->applicable == 0)
        return (struct thousandths){ 0, 1 };
    if (s->specials.order == SPECIAL_BEFORE)
        r.num = clamp(won + change * LCM, 0, r.den) * HUNDRED;
    else
        r.num = clamp(won * HUNDRED + change * r.den, 0, HUNDRED * r.den);
    return r;
}

/* b > 0 */
static u128 common_divisor(u128 a, u128 b)
{
    while (b != 0) {
        u128 rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

static struct fraction reduced(struct thousandths t)
{
    check(t.den > 0);

    u128 common = common_divisor((u128)t.num, (u128)t.den);

    u128 num = (u128)t.num / common;
    u128 den = (u128)t.den / common;
    common = common_divisor(num, 1000);
    return (struct fraction){ num / common, den * (1000U / common) };
}

int fraction_cmp(struct fraction f, int32_t thousandths)
{
    check(thousandths >= 0 && thousandths <= HUNDRED);

    /* num <= 100 den and den <= 1000 x 100000 LCM < 2^111: both sides fit. */
    u128 left = f.num * 1000;
    u128 right = f.den * (uint32_t)thousandths;

    return (left > right) - (left < right);
}

/* --- gates ------------------------------------------------------------ */

static enum gate_state judge_by_sample(const struct gate *g, struct ratio x)
{
    if (x.k <= refuted_up_to((int32_t)x.n, g->min_n, g->min_d))
        return GATE_NOT_MET;
    return wilson_shows(x.k, x.n, g->min_n, g->min_d) ? GATE_MET
                                                      : GATE_CANNOT_TELL;
}

static enum gate_state judge_gate(const struct gate *g,
                                  const struct assessment *in)
{
    struct ratio f = in->figures[g->figure];

    if (f.n == 0)
        return GATE_UNKNOWN;
    if ((i128)f.k * g->min_d < (i128)g->min_n * f.n)
        return GATE_NOT_MET;
    if (g->mode == GATE_FIGURE)
        return GATE_MET;
    if (in->sample.n > 0)
        return judge_by_sample(g, in->sample);
    return g->mode == GATE_REFUTE ? GATE_MET : GATE_CANNOT_TELL;
}

static bool gate_blocks(const struct gate *g, enum gate_state state)
{
    if (state == GATE_CANNOT_TELL)
        return g->mode == GATE_DEMONSTRATE;
    return state != GATE_MET;
}

/* All gates of a level into `out`; does none of them block? */
static bool judge_level(const struct scheme *s, int32_t level,
                        const struct assessment *in, struct score *out)
{
    const struct level *l = &s->levels[level];
    bool open = true;

    for (size_t g = 0; g < l->gate_count; g++) {
        enum gate_state state = judge_gate(&l->gates[g], in);
        bool blocks = gate_blocks(&l->gates[g], state);

        out->gates[out->gate_count++] =
            (struct gate_result){ level, (int32_t)g, state, blocks };
        open = open && !blocks;
    }
    return open;
}

/* --- the level -------------------------------------------------------- */

static bool meets(const struct scheme *s, int32_t level,
                  const struct thousandths *t, const struct sums *sums)
{
    if (s->method == METHOD_CLAUSES)
        return sums->all_met && sums->answered > 0;
    return t->num >= s->levels[level].min * t->den;
}

/* [S3] [S4] */
static void choose_level(const struct scheme *s, const struct assessment *in,
                         const struct thousandths *t, const struct sums *sums,
                         struct score *out)
{
    out->failed_by_specials =
        s->specials.fail_at > 0 && in->deductions >= s->specials.fail_at;
    out->level = -1;
    out->level_by_score = -1;
    for (int32_t i = 0; i < (int32_t)s->level_count; i++) {
        bool open = judge_level(s, i, in, out);

        if (!meets(s, i, t, sums))
            continue;
        out->level_by_score = i;
        if (open && !out->failed_by_specials)
            out->level = i;
    }
}

/* [M2] [M3] [M19] */
void score_compute(const struct scheme *s, const struct assessment *in,
                   struct score *out)
{
    struct sums sums = add_up(s, in->answers);
    struct thousandths t = with_specials(s, in, &sums);

    out->gate_count = 0;
    out->exact = reduced(t);
    out->shown = (int32_t)(t.num / (t.den * 10));
    out->answered = sums.answered;
    choose_level(s, in, &t, &sums, out);
}

static bool is_under(const struct scheme *s, int32_t at, int32_t group)
{
    while (at >= 0 && at != group)
        at = s->indicators[at].parent;
    return at == group;
}

void score_group(const struct scheme *s, const struct answer *answers,
                 int32_t group, struct group_score *out)
{
    struct sums t = { .applicable = 0 };

    for (size_t i = 0; i < s->leaf_count; i++) {
        int32_t at = s->leaves[i];

        if (answers[i].kind != ANSWER_NOT_APPLICABLE && is_under(s, at, group))
            add_leaf(&t, s->indicators[at].points, answers[i]);
    }
    out->won = reduced((struct thousandths){ won_of_lcm(&t), LCM });
    out->applicable = (int32_t)t.applicable;
}

int32_t score_lost(const struct scheme *s, int32_t leaf, struct answer a)
{
    int32_t points = scheme_leaf_at(s, leaf)->points;

    switch (a.kind) {
    case ANSWER_MET:
    case ANSWER_NOT_APPLICABLE: return 0;
    case ANSWER_SAMPLED: return (points * (a.n - a.k) + a.n - 1) / a.n;
    case ANSWER_NONE:
    case ANSWER_NOT_MET: break;
    }
    return points;
}

u128 score_lost_exactly(const struct scheme *s, int32_t leaf, struct answer a)
{
    u128 points = (u128)(uint32_t)scheme_leaf_at(s, leaf)->points;

    switch (a.kind) {
    case ANSWER_MET:
    case ANSWER_NOT_APPLICABLE: return 0;
    case ANSWER_SAMPLED:
        return (u128)LCM / (u128)(uint32_t)a.n * points *
               (u128)(uint32_t)(a.n - a.k);
    case ANSWER_NONE:
    case ANSWER_NOT_MET: break;
    }
    return (u128)LCM * points;
}

/* --- answers ---------------------------------------------------------- */

static bool fits_kind(enum leaf_kind leaf, enum answer_kind answer)
{
    if (answer == ANSWER_SAMPLED)
        return leaf == LEAF_SAMPLED;
    return leaf != LEAF_SAMPLED ||
           (answer != ANSWER_MET && answer != ANSWER_NOT_MET);
}

err score_check(struct arena *a, const struct scheme *s, int32_t leaf,
                struct answer given)
{
    const struct indicator *in = scheme_leaf_at(s, leaf);

    if (!fits_kind(in->kind, given.kind))
        return err_new(a, ERR_INVALID,
                       in->kind == LEAF_SAMPLED ? "score.sampled"
                                                : "score.not_sampled",
                       ARG_STR("indicator", in->id));
    if (given.kind == ANSWER_SAMPLED && (given.n < 1 || given.n > SAMPLE_MAX ||
                                         given.k < 0 || given.k > given.n))
        return err_new(a, ERR_INVALID, "score.sample",
                       ARG_STR("indicator", in->id), ARG_INT("k", given.k),
                       ARG_INT("n", given.n), ARG_INT("most", SAMPLE_MAX));
    if (given.kind == ANSWER_NOT_APPLICABLE && !in->excludable)
        return err_new(a, ERR_INVALID, "score.excludable",
                       ARG_STR("indicator", in->id));
    return OK;
}
