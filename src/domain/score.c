#include "domain/score.h"

#include "base/check.h"

__extension__ typedef __int128 i128;

/* lcm(1..60) = 9,690,712,164,777,231,700,912,800 */
#define LCM ((i128)9690712164 * 1000000000000000 + 777231700912800)

enum { HUNDRED = 100000 }; /* thousandths */

/* Points of a leaf won, in thousandths of LCM. */
static i128 won_of(int32_t points, struct answer a)
{
    switch (a.kind) {
    case ANSWER_MET: return points * LCM;
    case ANSWER_SAMPLED: return LCM / a.n * a.k * points; /* a.n divides LCM */
    case ANSWER_NONE:
    case ANSWER_NOT_MET:
    case ANSWER_NOT_APPLICABLE: break;
    }
    return 0;
}

/* --- the score -------------------------------------------------------- */

/* A score in thousandths: num / den; den > 0. */
struct thousandths {
    i128 num;
    i128 den;
};

/* Leaves that every level's score is made of. */
struct sums {
    i128 won;        /* thousandths of LCM */
    i128 applicable; /* likewise */
    int32_t answered;
    bool all_met; /* every applicable leaf is met [S5] */
};

static struct sums add_up(const struct scheme *s, const struct answer *answers)
{
    struct sums t = { .all_met = true };

    for (size_t i = 0; i < s->leaf_count; i++) {
        struct answer a = answers[i];
        int32_t points = s->indicators[s->leaves[i]].points;

        t.answered += a.kind != ANSWER_NONE;
        if (a.kind == ANSWER_NOT_APPLICABLE)
            continue;
        t.won += won_of(points, a);
        t.applicable += points * LCM;
        if (a.kind != ANSWER_MET && !(a.kind == ANSWER_SAMPLED && a.k == a.n))
            t.all_met = false;
    }
    return t;
}

static i128 clamp(i128 n, i128 most)
{
    if (n < 0)
        return 0;
    return n > most ? most : n;
}

/* [S2] */
static struct thousandths with_specials(const struct scheme *s,
                                        const struct assessment *in,
                                        const struct sums *t)
{
    i128 change = (in->bonus ? s->specials.bonus : 0) -
                  (i128)in->deductions * s->specials.deduction;
    struct thousandths r = { 0, 1 };

    if (t->applicable == 0)
        return r;
    r.den = t->applicable;
    if (s->specials.order == SPECIAL_BEFORE)
        r.num = clamp(t->won + change * LCM, t->applicable) * HUNDRED;
    else
        r.num = t->won * HUNDRED + change * t->applicable;
    r.num = clamp(r.num, HUNDRED * r.den);
    return r;
}

static u128 gcd(u128 a, u128 b)
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
    u128 num = (u128)t.num;
    u128 den = (u128)t.den;
    u128 common = gcd(num, den);

    num /= common;
    den /= common;
    common = gcd(num, 1000);
    return (struct fraction){ num / common, den * (1000U / common) };
}

int fraction_cmp(struct fraction f, int32_t thousandths)
{
    /* Lowest terms: den is at most 1000 * 100000 * LCM / .., well below. */
    u128 left = f.num * 1000;
    u128 right = f.den * (u128)(uint32_t)thousandths;

    return (left > right) - (left < right);
}

/* --- gates ------------------------------------------------------------ */

static bool shown_by_sample(struct ratio sample, const struct gate *g)
{
    struct interval w = wilson(sample.k, sample.n);

    return (int64_t)w.low * g->min_d >= (int64_t)g->min_n * 10000;
}

static enum gate_state judge_gate(const struct gate *g,
                                  const struct assessment *in)
{
    struct ratio f = in->figures[g->figure];
    struct ratio x = in->sample;

    if (f.n == 0)
        return GATE_UNKNOWN;
    if ((i128)f.k * g->min_d < (i128)g->min_n * f.n)
        return GATE_NOT_MET;
    if (g->mode == GATE_FIGURE || x.n == 0)
        return g->mode == GATE_DEMONSTRATE ? GATE_CANNOT_TELL : GATE_MET;
    if (x.k <= refuted_up_to((int32_t)x.n, g->min_n, g->min_d))
        return GATE_NOT_MET;
    return shown_by_sample(x, g) ? GATE_MET : GATE_CANNOT_TELL;
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

static bool meets(const struct scheme *s, int32_t level,
                  const struct thousandths *t, const struct sums *sums)
{
    if (s->method == METHOD_CLAUSES)
        return sums->all_met && sums->answered > 0;
    return t->num >= (i128)s->levels[level].min * t->den;
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

err score_check(struct arena *a, const struct scheme *s, int32_t leaf,
                struct answer given)
{
    const struct indicator *in = scheme_leaf_at(s, leaf);
    bool sampled = given.kind == ANSWER_SAMPLED;
    bool whole = given.kind == ANSWER_MET || given.kind == ANSWER_NOT_MET;

    if ((sampled && in->kind != LEAF_SAMPLED) ||
        (whole && in->kind == LEAF_SAMPLED))
        return err_new(a, ERR_INVALID,
                       sampled ? "score.not_sampled" : "score.sampled",
                       ARG_STR("indicator", in->id));
    if (sampled && (given.n < 1 || given.n > SAMPLE_MAX || given.k < 0 ||
                    given.k > given.n))
        return err_new(a, ERR_INVALID, "score.sample",
                       ARG_STR("indicator", in->id), ARG_INT("k", given.k),
                       ARG_INT("n", given.n), ARG_INT("most", SAMPLE_MAX));
    if (given.kind == ANSWER_NOT_APPLICABLE && !in->excludable)
        return err_new(a, ERR_INVALID, "score.excludable",
                       ARG_STR("indicator", in->id));
    return OK;
}
