#ifndef DOMAIN_SCORE_H
#define DOMAIN_SCORE_H

/*
 * score -- from answers to an exact score, the level reached and what was lost.
 *
 * Exact rationals only, so that two machines never differ (journey.md, Score):
 *
 *   [S1] A leaf counts fully, not at all, or k of n; nothing is rounded per
 *        leaf.  A leaf that does not apply leaves numerator and denominator.
 *   [S2] score = won / applicable x 100, then special deductions and bonus in
 *        the package's order, clamped to 0..100.
 *   [S3] The level is the highest whose threshold and gates are met; compared
 *        exactly.  Display truncates: 94.999 shows 94.99, never 95.
 *   [S4] `fail_at` special deductions fail whatever the score.
 *   [S5] With METHOD_CLAUSES there is no score: the lowest level is reached
 *        when every applicable leaf is met.
 *
 * Sums run over the common denominator lcm(1..60), so every comparison fits
 * 128 bits: 84 bits for the lcm, 17 for points, 17 for the threshold.
 */

#include "base/err.h"
#include "base/statistics.h"
#include "scheme/scheme.h"

enum answer_kind {
    ANSWER_NONE, /* not answered yet: counts as not met */
    ANSWER_MET,
    ANSWER_NOT_MET,
    ANSWER_SAMPLED,        /* k of n */
    ANSWER_NOT_APPLICABLE, /* needs a reason; excludable leaves only */
};

struct answer {
    enum answer_kind kind;
    int32_t k; /* ANSWER_SAMPLED: 0 <= k <= n, 1 <= n <= SAMPLE_MAX */
    int32_t n;
};

/* A figure: k of n, as the enterprise's records show; n = 0: not known. */
struct ratio {
    int64_t k;
    int64_t n;
};

struct assessment {
    const struct answer *answers; /* one a leaf, scheme.leaf_count of them */
    const struct ratio *figures;  /* one a figure */
    struct ratio sample;          /* satisfied of reached; n = 0: none */
    int32_t deductions;           /* special deductions, >= 0 */
    bool bonus;
};

__extension__ typedef unsigned __int128 u128;

/* A non-negative exact fraction in lowest terms; den > 0. */
struct fraction {
    u128 num;
    u128 den;
};

enum gate_state {
    GATE_MET,
    GATE_NOT_MET,     /* by the enterprise's own figure, or refuted by sample */
    GATE_UNKNOWN,     /* no figure is on record */
    GATE_CANNOT_TELL, /* met by the figure; the sample is too small to show it
                       */
};

struct gate_result {
    int32_t level;
    int32_t gate; /* index in that level's gates */
    enum gate_state state;
    bool blocks; /* the level cannot be reached because of it */
};

struct score {
    struct fraction exact;   /* 0..100, after specials; 0/1 with clauses */
    int32_t shown;           /* hundredths, truncated: 9499 is 94.99 */
    int32_t level;           /* index in scheme.levels, or -1: none reached */
    int32_t level_by_score;  /* what the score alone would reach, or -1 */
    bool failed_by_specials; /* [S4] */
    int32_t answered;        /* leaves with an answer */
    size_t gate_count;
    struct gate_result gates[LEVEL_MAX * GATE_MAX];
};

/* Points of one leaf not won, in thousandths of the scheme's 100, rounded up
 * (for lists of what was lost); 0 when fully won or not applicable. */
int32_t score_lost(const struct scheme *s, int32_t leaf, struct answer a);

/* The same exactly, in thousandths of 1 / lcm(1..60): sums of them over all
 * leaves fit, and can be compared. */
u128 score_lost_exactly(const struct scheme *s, int32_t leaf, struct answer a);

/*
 * The answers must be valid for the scheme, see score_check(), and the
 * sample's n at most SAMPLE_MAX.  Pure, never fails, allocates nothing.
 */
void score_compute(const struct scheme *s, const struct assessment *in,
                   struct score *out);

/* What the leaves under one indicator won, and what of theirs applies. */
struct group_score {
    struct fraction won; /* points, exactly */
    int32_t applicable;  /* thousandths */
};

/* The answers are valid as above.  Special deductions and the bonus are of the
 * whole, and stand in no group. */
void score_group(const struct scheme *s, const struct answer *answers,
                 int32_t group, struct group_score *out);

/* Refuses an answer that the leaf does not allow: ERR_INVALID "score.sampled"
 * (met or not met where k of n is wanted), "score.not_sampled" (the reverse),
 * "score.sample" (k, n, most), "score.excludable" (not applicable where that
 * is not allowed), each with the indicator's id. */
err score_check(struct arena *a, const struct scheme *s, int32_t leaf,
                struct answer given);

/* Compare a score's fraction (at most 100) with thousandths (0..100000),
 * exactly: <0, 0, >0. */
int fraction_cmp(struct fraction f, int32_t thousandths);

#endif
