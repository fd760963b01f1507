#include "domain/groups.h"

/* What a group's leaves come to. */
struct tally {
    int64_t of;
    int64_t won;
};

static bool is_within(const struct scheme *s, const struct indicator *x,
                      int32_t group)
{
    for (; x != &s->indicators[group]; x = &s->indicators[x->parent]) {
        if (x->parent < 0)
            return false;
    }
    return true;
}

static bool is_met(struct answer a)
{
    return a.kind == ANSWER_MET || (a.kind == ANSWER_SAMPLED && a.k == a.n);
}

static void add_leaf(const struct scheme *s, int32_t leaf, struct answer a,
                     struct tally *t)
{
    bool points = s->method == METHOD_POINTS;
    int64_t worth = points ? scheme_leaf_at(s, leaf)->points : 1;
    int64_t lost = points ? score_lost(s, leaf, a) : !is_met(a);

    if (a.kind == ANSWER_NOT_APPLICABLE)
        return;
    t->of += worth;
    t->won += worth - lost;
}

static struct group sum_up(const struct scheme *s, const struct answer *answers,
                           int32_t group)
{
    struct tally t = { 0, 0 };

    for (int32_t i = 0; i < (int32_t)s->leaf_count; i++) {
        if (is_within(s, scheme_leaf_at(s, i), group))
            add_leaf(s, i, answers[i], &t);
    }
    return (struct group){
        .indicator = group,
        .applies = t.of > 0,
        .share = t.of > 0 ? (int32_t)(1000 * t.won / t.of) : 0,
    };
}

/* Roots, or what stands just below them. */
static bool is_at(const struct scheme *s, int32_t i, bool below)
{
    int32_t parent = s->indicators[i].parent;

    if (!below)
        return parent < 0;
    return parent >= 0 && s->indicators[parent].parent < 0;
}

static size_t find(const struct scheme *s, bool below, int32_t out[GROUP_MAX])
{
    size_t n = 0;

    for (int32_t i = 0; i < (int32_t)s->indicator_count; i++) {
        if (!is_at(s, i, below))
            continue;
        if (n == GROUP_MAX)
            return 0;
        out[n++] = i;
    }
    return n;
}

/* [GR1] */
size_t groups_of(const struct scheme *s, const struct answer *answers,
                 struct group out[GROUP_MAX])
{
    int32_t at[GROUP_MAX];
    size_t n = find(s, true, at);

    if (n < 3)
        n = find(s, false, at);
    for (size_t i = 0; i < n; i++)
        out[i] = sum_up(s, answers, at[i]);
    return n;
}
