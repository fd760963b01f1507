#ifndef BASE_STATISTICS_H
#define BASE_STATISTICS_H

/*
 * statistics -- what a small sample can say about a rate.
 *
 *   [SS1] Exact in whole numbers, so that two machines never differ: nothing
 *         here is rounded but the bounds of wilson(), and those outward.
 *   [SS2] "Refuted" is one-sided at 5 %, "shown" is the lower bound of a two-
 *         sided interval at 95 %; what is neither, the sample cannot tell.
 *   [SS3] Of many cases, "not met" and "differs" are two-sided at 5 %.
 */

#include <stdbool.h>
#include <stdint.h>

enum {
    STATISTICS_N_MAX = 1000000000, /* trials that wilson() takes */
    REFUTE_N_MAX = 60,             /* trials that refuted_up_to() takes */
    RATE_D_MAX = 10000,            /* denominator of a rate p_n / p_d */
};

/* Basis points, 0..10000. */
struct interval {
    int32_t low;
    int32_t high;
};

/*
 * Wilson interval at 95 % (z^2 = 3.841458820694) for k of n; low rounded down,
 * high rounded up.  0 <= k <= n, 1 <= n <= STATISTICS_N_MAX.
 */
struct interval wilson(int64_t k, int64_t n);

/* Is the lower bound of that interval, unrounded, at least p_n / p_d?
 * 0 <= p_n <= p_d, 1 <= p_d <= RATE_D_MAX. */
bool wilson_shows(int64_t k, int64_t n, int32_t p_n, int32_t p_d);

/*
 * The largest k of n at which "the true rate is at least p" is refuted one-
 * sided at 5 %: P(X <= k) < 0.05 for Binomial(n, p); -1 when no k refutes.
 * 1 <= n <= REFUTE_N_MAX, p = p_n / p_d as above.
 */
int32_t refuted_up_to(int32_t n, int32_t p_n, int32_t p_d);

/* What k of n say about "the rate is at least p". */
enum rate_verdict {
    RATE_CANNOT_TELL,
    RATE_MET,     /* the lower Wilson bound is p or more */
    RATE_NOT_MET, /* the upper one is p or less, and the rate not p itself */
};

/* 0 <= k <= n <= STATISTICS_N_MAX, p = p_n / p_d as above. */
enum rate_verdict rate_verdict(int64_t k, int64_t n, int32_t p_n, int32_t p_d);

/* Successes and trials: 0 <= k <= n <= STATISTICS_N_MAX. */
struct rate_count {
    int64_t k;
    int64_t n;
};

/* How the rate of a period stands to the one before. */
enum rate_change {
    CHANGE_CANNOT_TELL, /* too few for the test */
    CHANGE_NONE,        /* none that chance would not explain */
    CHANGE_HIGHER,
    CHANGE_LOWER,
};

/*
 * Pooled two-proportion test, two-sided at 5 %, decided exactly: the rates
 * differ when
 *     (k1 n2 - k2 n1)^2 (n1 + n2) >= z^2 n1 n2 (k1 + k2) (n1 + n2 - k1 - k2).
 * It is used where 5 successes and 5 failures at least are to be expected in
 * both, after W. G. Cochran, "Some methods for strengthening the common
 * chi-square tests", Biometrics 10 (1954).
 */
enum rate_change rate_change(struct rate_count before, struct rate_count now);

#endif
