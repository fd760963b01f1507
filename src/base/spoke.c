#include "base/spoke.h"

#include "base/check.h"

/* The series, for angles of one turn: right to more places than are kept, and
 * made of nothing but sums and products, which no two machines do otherwise.
 * [SP2] */
static double cosine(double x)
{
    double term = 1;
    double sum = 1;

    for (int k = 1; k <= 20; k++) {
        term *= -x * x / ((2 * k - 1) * (2 * k));
        sum += term;
    }
    return sum;
}

/* The offset makes of truncating a rounding; the billionth keeps the last bit
 * from showing where a point lies on a half. */
static int32_t nearest(double x)
{
    return (int32_t)(x + SPOKE_FAR_MAX + 0.5 + 1e-9) - SPOKE_FAR_MAX;
}

struct spoke spoke_at(size_t n, size_t i, int32_t far)
{
    static const double circle = 6.283185307179586;

    check(n >= 3 && n <= SPOKE_MAX && i < n);
    check(far >= 0 && far <= SPOKE_FAR_MAX);
    double angle = circle * (double)i / (double)n;

    return (struct spoke){ nearest(far * cosine(angle - circle / 4)),
                           nearest(-far * cosine(angle)) };
}
