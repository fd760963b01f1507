#include "base/statistics.h"

#include "base/check.h"

#include <stddef.h>

__extension__ typedef __int128 i128;

/* --- Wilson interval -------------------------------------------------- */

enum { BASIS = 10000 };

/* z^2 = Z_SQUARED / Z_SCALE for 95 %, two-sided. */
#define Z_SCALE   INT64_C(1000000000000)
#define Z_SQUARED INT64_C(3841458820694)

/*
 * Does p = b/d lie strictly between the bounds?  That is
 *     (k/n - p)^2 < z^2 p (1 - p) / n,
 * multiplied by n^2 d^2.  The left side stays below (10^9 10^4)^2 10^12 = 10^38
 * and fits.
 */
static bool lies_inside(int64_t k, int64_t n, int32_t b, int32_t d)
{
    i128 apart = (i128)k * d - (i128)b * n;

    return apart * apart * Z_SCALE < (i128)Z_SQUARED * n * b * (d - b);
}

bool wilson_shows(int64_t k, int64_t n, int32_t p_n, int32_t p_d)
{
    check(n >= 1 && n <= STATISTICS_N_MAX && k >= 0 && k <= n);
    check(p_d >= 1 && p_d <= RATE_D_MAX && p_n >= 0 && p_n <= p_d);
    if (p_n == p_d) /* the lower bound stays below 1, even for n of n */
        return false;
    return (i128)p_n * n <= (i128)k * p_d && !lies_inside(k, n, p_n, p_d);
}

/* The lower bound, rounded down: rates are shown up to it and not beyond. */
static int32_t lower_bound(int64_t k, int64_t n)
{
    int32_t shown = 0;
    int32_t not_shown = BASIS;

    while (not_shown - shown > 1) {
        int32_t middle = shown + (not_shown - shown) / 2;

        if (wilson_shows(k, n, middle, BASIS))
            shown = middle;
        else
            not_shown = middle;
    }
    return shown;
}

struct interval wilson(int64_t k, int64_t n)
{
    /* The interval for the failures is the mirror image. */
    return (struct interval){ lower_bound(k, n),
                              BASIS - lower_bound(n - k, n) };
}

/* --- refutation ------------------------------------------------------- */

/* 10000^60 has 798 bits; the greatest product here has 20 more. */
enum { WORDS = 26 };

struct big {
    int n;             /* words in use */
    uint32_t w[WORDS]; /* least first */
};

static void multiply(struct big *x, uint32_t by)
{
    uint64_t carry = 0;

    for (int i = 0; i < x->n; i++) {
        carry += (uint64_t)x->w[i] * by;
        x->w[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0) {
        check(x->n < WORDS);
        x->w[x->n++] = (uint32_t)carry;
    }
}

static void divide(struct big *x, uint32_t by)
{
    uint64_t rest = 0;

    for (int i = x->n - 1; i >= 0; i--) {
        rest = rest << 32 | x->w[i];
        x->w[i] = (uint32_t)(rest / by);
        rest %= by;
    }
    check(rest == 0);
    while (x->n > 1 && x->w[x->n - 1] == 0)
        x->n--;
}

static void add(struct big *x, const struct big *y)
{
    uint64_t carry = 0;

    for (int i = 0; i < x->n || i < y->n || carry > 0; i++) {
        check(i < WORDS);
        carry += (i < x->n ? x->w[i] : UINT64_C(0)) +
                 (i < y->n ? y->w[i] : UINT64_C(0));
        x->w[i] = (uint32_t)carry;
        carry >>= 32;
        x->n = i < x->n ? x->n : i + 1;
    }
}

/* Without leading zero words, which multiply() and add() never make. */
static bool is_less(const struct big *x, const struct big *y)
{
    if (x->n != y->n)
        return x->n < y->n;
    for (int i = x->n - 1; i >= 0; i--) {
        if (x->w[i] != y->w[i])
            return x->w[i] < y->w[i];
    }
    return false;
}

static uint32_t common_divisor(uint32_t a, uint32_t b)
{
    while (b != 0) {
        uint32_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

/* x^n; x > 0 */
static struct big power(uint32_t x, int32_t n)
{
    struct big r = { 1, { 1 } };

    for (int32_t i = 0; i < n; i++)
        multiply(&r, x);
    return r;
}

/*
 * T(i) = C(n, i) p^i q^(n - i), with q = d - p, are whole numbers that add up
 * to d^n, and T(i + 1) = T(i) (n - i) p / ((i + 1) q) exactly.  P(X <= k) is
 * below 5 % while 20 times their sum up to k is below d^n.
 */
int32_t refuted_up_to(int32_t n, int32_t p_n, int32_t p_d)
{
    check(n >= 1 && n <= REFUTE_N_MAX);
    check(p_d >= 1 && p_d <= RATE_D_MAX && p_n >= 0 && p_n <= p_d);
    if (p_n == p_d) /* all trials succeed: one failure refutes */
        return n - 1;

    uint32_t common = common_divisor((uint32_t)p_n, (uint32_t)p_d);
    uint32_t p = (uint32_t)p_n / common;
    uint32_t d = (uint32_t)p_d / common;
    struct big whole = power(d, n);
    struct big term = power(d - p, n);
    struct big sum = { 1, { 0 } };

    for (int32_t k = 0; k < n; k++) {
        add(&sum, &term);
        struct big twenty = sum;
        multiply(&twenty, 20);
        if (!is_less(&twenty, &whole))
            return k - 1;
        multiply(&term, (uint32_t)(n - k) * p);
        divide(&term, (uint32_t)(k + 1) * (d - p));
    }
    return n - 1; /* at n the sum is the whole */
}

/* --- verdicts on many ------------------------------------------------- */

enum rate_verdict rate_verdict(int64_t k, int64_t n, int32_t p_n, int32_t p_d)
{
    if (n == 0)
        return RATE_CANNOT_TELL;
    if (wilson_shows(k, n, p_n, p_d))
        return RATE_MET;
    if (p_n == p_d) /* below n of n, the upper bound is below 1 */
        return k == n ? RATE_CANNOT_TELL : RATE_NOT_MET;
    return wilson_shows(n - k, n, p_d - p_n, p_d) ? RATE_NOT_MET
                                                  : RATE_CANNOT_TELL;
}

static void multiply_wide(struct big *x, uint64_t by)
{
    struct big low = *x;

    multiply(&low, (uint32_t)by);
    multiply(x, (uint32_t)(by >> 32));
    check(x->n < WORDS);
    for (int i = x->n; i > 0; i--)
        x->w[i] = x->w[i - 1];
    x->w[0] = 0;
    x->n++;
    add(x, &low);
    while (x->n > 1 && x->w[x->n - 1] == 0)
        x->n--;
}

static struct big product(const uint64_t *factors, size_t n)
{
    struct big r = { 1, { 1 } };

    for (size_t i = 0; i < n; i++)
        multiply_wide(&r, factors[i]);
    return r;
}

/* Does each expect 5 of `hits` among `all` at least? */
static bool expects_five(int64_t least, int64_t hits, int64_t all)
{
    return least * hits >= 5 * all;
}

enum rate_change rate_change(struct rate_count before, struct rate_count now)
{
    int64_t all = before.n + now.n;
    int64_t hits = before.k + now.k;
    int64_t least = before.n < now.n ? before.n : now.n;

    check(before.k >= 0 && before.k <= before.n && now.k >= 0 &&
          now.k <= now.n);
    check(before.n <= STATISTICS_N_MAX && now.n <= STATISTICS_N_MAX);
    if (all == 0 || !expects_five(least, hits, all) ||
        !expects_five(least, all - hits, all))
        return CHANGE_CANNOT_TELL;

    int64_t apart = now.k * before.n - before.k * now.n;
    uint64_t size = (uint64_t)(apart < 0 ? -apart : apart);
    const uint64_t left[] = { size, size, (uint64_t)all, Z_SCALE };
    const uint64_t right[] = { Z_SQUARED, (uint64_t)before.n, (uint64_t)now.n,
                               (uint64_t)hits, (uint64_t)(all - hits) };
    struct big seen = product(left, sizeof left / sizeof *left);
    struct big chance = product(right, sizeof right / sizeof *right);

    if (is_less(&seen, &chance))
        return CHANGE_NONE;
    return apart > 0 ? CHANGE_HIGHER : CHANGE_LOWER;
}
