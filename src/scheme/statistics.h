#ifndef SCHEME_STATISTICS_H
#define SCHEME_STATISTICS_H

/*
 * statistics -- what a small sample can say about a rate.
 *
 *   [SS1] Exact in whole numbers, so that two machines never differ: nothing
 *         here is rounded but the bounds of wilson(), and those outward.
 *   [SS2] "Refuted" is one-sided at 5 %, "shown" is the lower bound of a two-
 *         sided interval at 95 %; what is neither, the sample cannot tell.
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

#endif
