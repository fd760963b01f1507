#include "codec/json_number.h"

#include "base/check.h"
#include "codec/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    DIGITS_MAX = 17,  /* that many always bring a double back */
    TOKEN_MAX = 400,  /* bytes of a number that is read */
    EXPONENT_MAX = 16 /* bytes of what printf() makes of an exponent, at most */
};

/* What follows the "e"; cut where no double goes any more. */
static int read_exponent(str s)
{
    enum { FAR = 100000 };
    bool minus = str_begins(s, S("-"));
    int n = 0;

    for (size_t i = minus || str_begins(s, S("+")); i < s.n && n < FAR; i++)
        n = n * 10 + (s.p[i] - '0');
    return minus ? -n : n;
}

/* --- writing ---------------------------------------------------------- */

/* The value 0.d1d2.. times ten to the power of `point`. */
struct digits {
    char d[DIGITS_MAX];
    int n;
    int point;
};

/* `v` rounded to `n` digits.  The C library writes the decimal point as the
 * locale has it, so we take the digits only. [JN2] */
static struct digits rounded(double v, int n)
{
    struct digits out = { .n = n };
    char text[DIGITS_MAX + EXPONENT_MAX];
    const char *p = text;

    check(n >= 1 && n <= DIGITS_MAX);
    (void)snprintf(text, sizeof text, "%.*e", n - 1, v);
    for (int i = 0; *p != 'e'; p++) {
        if (*p >= '0' && *p <= '9')
            out.d[i++] = *p;
    }
    out.point = read_exponent(str_of(p + 1)) + 1;
    return out;
}

static bool reads_back(const struct digits *d, double v)
{
    char text[DIGITS_MAX + EXPONENT_MAX];

    (void)snprintf(text, sizeof text, "%.*se%d", d->n, d->d, d->point - d->n);
    /* rules: allow strtod because it alone rounds as IEEE 754 asks */
    double back = strtod(text, NULL);
    return !(back < v) && !(back > v);
}

/* One more in the last place. */
static void step_up(struct digits *d)
{
    int i = d->n - 1;

    while (i >= 0 && d->d[i] == '9')
        d->d[i--] = '0';
    if (i >= 0) {
        d->d[i]++;
        return;
    }
    d->d[0] = '1';
    d->point++;
}

/*
 * The fewest digits that read back as `v`, which is above zero.  At a power of
 * two the doubles below lie closer than those above, so that the nearest
 * decimal may miss where the next one up does not: 2^-44 is
 * 5.684341886080802e-14, though ...801e-14 is nearer.
 */
static struct digits shortest(double v)
{
    for (int n = 1; n < DIGITS_MAX; n++) {
        struct digits d = rounded(v, n);

        if (reads_back(&d, v))
            return d;
        step_up(&d);
        if (reads_back(&d, v))
            return d;
    }
    return rounded(v, DIGITS_MAX);
}

/* Text that is put together in a caller's array. */
struct line {
    char *p;
    size_t n;
};

static void put(struct line *l, const char *p, int n)
{
    memcpy(l->p + l->n, p, (size_t)n);
    l->n += (size_t)n;
}

static void put_zeros(struct line *l, int n)
{
    memset(l->p + l->n, '0', (size_t)n);
    l->n += (size_t)n;
}

static void put_exponent(struct line *l, const struct digits *d)
{
    char text[EXPONENT_MAX];

    put(l, d->d, 1);
    if (d->n > 1) {
        put(l, ".", 1);
        put(l, d->d + 1, d->n - 1);
    }
    put(l, text, snprintf(text, sizeof text, "e%+d", d->point - 1));
}

/* [JN1] At most 26 bytes, with the sign: "-0.00000" and 17 digits. */
static void put_digits(struct line *l, const struct digits *d)
{
    if (d->point >= d->n && d->point <= 21) {
        put(l, d->d, d->n);
        put_zeros(l, d->point - d->n);
    } else if (d->point > 0 && d->point <= 21) {
        put(l, d->d, d->point);
        put(l, ".", 1);
        put(l, d->d + d->point, d->n - d->point);
    } else if (d->point > -6 && d->point <= 0) {
        put(l, "0.", 2);
        put_zeros(l, -d->point);
        put(l, d->d, d->n);
    } else {
        put_exponent(l, d);
    }
}

str json_number_text(double v, char out[static JSON_NUMBER_TEXT])
{
    struct line l = { out, 0 };

    check(isfinite(v));
    if (fpclassify(v) == FP_ZERO) { /* minus zero too */
        out[0] = '0';
        return (str){ out, 1 };
    }
    if (v < 0)
        put(&l, "-", 1);

    struct digits d = shortest(fabs(v));
    put_digits(&l, &d);
    return (str){ out, l.n };
}

/* --- reading ---------------------------------------------------------- */

/* Digits with an optional minus; false when they do not fit. */
static bool read_whole(str token, int64_t *out)
{
    bool minus = token.p[0] == '-';
    int64_t n = 0;

    for (size_t i = minus; i < token.n; i++) {
        int digit = token.p[i] - '0';

        if (__builtin_mul_overflow(n, 10, &n) ||
            __builtin_add_overflow(n, minus ? -digit : digit, &n))
            return false;
    }
    *out = n;
    return true;
}

/* [JN2] "-12.5e3" is read as "-125e2", which every locale reads alike. */
static double read_real(str token, size_t mantissa)
{
    char text[TOKEN_MAX + EXPONENT_MAX];
    struct line l = { text, 0 };
    str digits = str_first(token, mantissa);
    size_t point = str_index(digits, '.');
    str places = str_from(digits, point + 1);
    int exponent = read_exponent(str_from(token, mantissa + 1));

    put(&l, digits.p, (int)point);
    put(&l, places.p, (int)places.n);
    (void)snprintf(text + l.n, EXPONENT_MAX, "e%d", exponent - (int)places.n);
    /* rules: allow strtod because the token was checked digit by digit */
    return strtod(text, NULL);
}

bool json_number_read(str token, struct json *to)
{
    char text[JSON_NUMBER_TEXT];
    size_t mantissa = str_index(token, 'e');
    int64_t n;

    if (mantissa == token.n)
        mantissa = str_index(token, 'E');
    bool whole = mantissa == token.n && str_index(token, '.') == token.n;

    if (whole && read_whole(token, &n)) {
        to->kind = JSON_INT;
        to->number = n;
        return true;
    }
    if (token.n > TOKEN_MAX)
        return false;

    double v = read_real(token, mantissa);
    if (!isfinite(v) || (whole && !str_eq(json_number_text(v, text), token)))
        return false;
    to->kind = JSON_REAL;
    to->real = v;
    return true;
}
