/*
 * statistics -- what a small sample can say, in whole numbers only (score.h).
 */

#include "base/check.h"
#include "domain/score.h"

#include <string.h>

__extension__ typedef __int128 i128;

/* --- Wilson interval -------------------------------------------------- */

enum { BASIS = 10000, Z_SCALE = 1000000, Z_SQUARED = 3841459 };

/*
 * Does the interval hold the rate b/10000?  That is
 *     (k/n - p)^2 <= z^2 p (1 - p) / n,   p = b / 10000,
 * multiplied by n^2 10^8 and by the scale of z^2.
 */
static bool holds(int64_t k, int64_t n, int32_t b)
{
    i128 apart = (i128)k * BASIS - (i128)b * n;

    return apart * apart * Z_SCALE <= (i128)Z_SQUARED * n * b * (BASIS - b);
}

struct interval wilson(int64_t k, int64_t n)
{
    check(n >= 1 && n <= 1000000000 && k >= 0 && k <= n);

    /* The rates that are held lie together, around k/n. */
    int32_t low = (int32_t)((i128)k * BASIS / n);
    int32_t high = low;

    while (low > 0 && holds(k, n, low - 1))
        low--;
    while (high < BASIS && (high < low + 1 || holds(k, n, high)))
        high++;
    if (low > 0)
        low--; /* rounded down */
    return (struct interval){ low, high };
}

/* --- refutation ------------------------------------------------------- */

enum { WORDS = 16 }; /* 512 bits: 60 choose 30 (57) times 100^60 (399), twice */

struct big {
    uint32_t w[WORDS]; /* least first */
};

static void multiply(struct big *x, uint32_t by)
{
    uint64_t carry = 0;

    for (int i = 0; i < WORDS; i++) {
        carry += (uint64_t)x->w[i] * by;
        x->w[i] = (uint32_t)carry;
        carry >>= 32;
    }
    check(carry == 0);
}

static void divide(struct big *x, uint32_t by)
{
    uint64_t rest = 0;

    for (int i = WORDS - 1; i >= 0; i--) {
        rest = rest << 32 | x->w[i];
        x->w[i] = (uint32_t)(rest / by);
        rest %= by;
    }
    check(rest == 0);
}

static void add(struct big *x, const struct big *y)
{
    uint64_t carry = 0;

    for (int i = 0; i < WORDS; i++) {
        carry += (uint64_t)x->w[i] + y->w[i];
        x->w[i] = (uint32_t)carry;
        carry >>= 32;
    }
    check(carry == 0);
}

static bool less(const struct big *x, const struct big *y)
{
    for (int i = WORDS - 1; i >= 0; i--) {
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

/*
 * T(i) = C(n, i) p^i q^(n - i), with q = d - p, are whole numbers that add up
 * to d^n, and T(i + 1) = T(i) (n - i) p / ((i + 1) q) exactly.  P(X <= k) is
 * below 5 % while 20 times their sum up to k is below d^n.
 */
int32_t refuted_up_to(int32_t n, int32_t p_n, int32_t p_d)
{
    check(n >= 1 && n <= SAMPLE_MAX && p_n >= 0 && p_d >= 1);
    if (p_n >= p_d)
        return n - 1;

    uint32_t common = common_divisor((uint32_t)p_n, (uint32_t)p_d);
    uint32_t p = (uint32_t)p_n / common;
    uint32_t d = (uint32_t)p_d / common;
    check(d <= 100);

    struct big whole = { { 1 } };
    struct big term = { { 1 } };
    struct big sum = { { 0 } };
    for (int32_t i = 0; i < n; i++) {
        multiply(&whole, d);
        multiply(&term, d - p);
    }
    for (int32_t k = 0; k <= n; k++) {
        add(&sum, &term);
        struct big twenty = sum;
        multiply(&twenty, 20);
        if (!less(&twenty, &whole))
            return k - 1;
        multiply(&term, (uint32_t)(n - k) * p);
        divide(&term, (uint32_t)(k + 1) * (d - p));
    }
    return n;
}
