/*
 * How often chance alone gives so many.  H. Chernoff, "A measure of asymptotic
 * efficiency for tests of a hypothesis based on the sum of observations", Ann.
 * Math. Statist. 23 (1952): of n trials that succeed with probability p,
 *
 *     P(k or more) <= 2^-D,   D = k log2(k / np) + (n-k) log2((n-k) / n(1-p))
 *
 * for k >= np, and W. Hoeffding (1963): the same where each trial has a p of
 * its own and p is their mean.  It holds for every n: no normal law is assumed.
 *
 *   [CH1] Logarithms have 40 binary places and are cut, so that D is wrong by
 *         less than n 2^-37: one bit of 2^37 tickets.
 */

#include "records/screens_parts.h"

#include "base/check.h"

__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;

enum { PLACES = 40, CHANCE_MAX = 4000 };

/* log2(x) with PLACES binary places, cut; x > 0.  Squaring a number of [1, 2)
 * doubles its logarithm, whose whole part is the next digit. */
static int64_t log2_of(uint64_t x)
{
    unsigned whole = 63U - (unsigned)__builtin_clzll(x);
    uint64_t y = x << (63U - whole); /* in [2^63, 2^64): 1 is 2^63 */
    int64_t digits = 0;

    for (int i = 0; i < PLACES; i++) {
        u128 square = (u128)y * y;
        bool doubled = square >> 127 != 0;

        digits = digits << 1 | (doubled ? 1 : 0);
        y = (uint64_t)(square >> (doubled ? 64 : 63));
    }
    return ((int64_t)whole << PLACES) | digits;
}

/* count log2((count / n) / (part / whole)) with PLACES binary places. */
static i128 surprise(struct screen_rate seen, struct screen_rate p)
{
    if (seen.k == 0)
        return 0;
    return (i128)seen.k *
           (log2_of(seen.k) + log2_of(p.n) - log2_of(seen.n) - log2_of(p.k));
}

static bool is_above(struct screen_rate seen, struct screen_rate p)
{
    return (u128)seen.k * p.n > (u128)p.k * seen.n;
}

uint32_t chance_bits(struct screen_rate seen, struct screen_rate p)
{
    struct screen_rate missed = { seen.n - seen.k, seen.n };
    i128 bits;

    check(p.k > 0 && p.k < p.n && seen.k <= seen.n);
    if (!is_above(seen, p))
        return 0;
    bits = (surprise(seen, p) +
            surprise(missed, (struct screen_rate){ p.n - p.k, p.n })) >>
           PLACES;
    if (bits < 0) /* [CH1] */
        return 0;
    return bits > CHANCE_MAX ? CHANCE_MAX : (uint32_t)bits;
}

uint64_t chance_limit(uint64_t n, struct screen_rate p, uint32_t bits)
{
    uint64_t less = 0; /* has fewer bits */
    uint64_t enough = n;

    if (n == 0 || chance_bits((struct screen_rate){ n, n }, p) < bits)
        return 0;
    while (enough - less > 1) {
        uint64_t middle = less + (enough - less) / 2;

        if (chance_bits((struct screen_rate){ middle, n }, p) < bits)
            less = middle;
        else
            enough = middle;
    }
    return enough;
}

/* --- judging --- */

/* Bits that a choice among so many takes away. */
static uint32_t bits_of_choice(uint32_t choices)
{
    return choices <= 1 ? 0 : 32U - (uint32_t)__builtin_clz(choices - 1);
}

void screen_judge(struct screen_result *out, const struct finding *f)
{
    out->about = f->about;
    out->seen = f->seen;
    out->base = f->base;
    out->strict = SCREEN_BITS + bits_of_choice(f->choices);
    out->limit = chance_limit(f->seen.n, f->base, out->strict);
    out->chance = chance_bits(f->seen, f->base);
    out->status = SCREEN_QUIET;
    if (out->limit == 0)
        out->status = SCREEN_CANNOT_TELL;
    else if (f->seen.k >= out->limit)
        out->status = SCREEN_RAISED;
}

/* What the base rate gives, and one. */
static uint64_t expected(const struct finding *f)
{
    return f->seen.n * f->base.k / f->base.n + 1;
}

bool finding_is_worse(const struct finding *x, const struct finding *y)
{
    uint32_t x_bits = chance_bits(x->seen, x->base);
    uint32_t y_bits = chance_bits(y->seen, y->base);

    if (x_bits != y_bits)
        return x_bits > y_bits;
    return (u128)x->seen.k * expected(y) > (u128)y->seen.k * expected(x);
}
