#include "http/negotiate.h"

#include "base/check.h"
#include "http/syntax.h"

enum { FULL = 1000 }; /* qualities are counted in thousandths */

/* "0", "0.", "0.5", "1.000": at most three decimals, at most 1; else -1. */
static int quality(str s)
{
    int q = 0;
    int weight = FULL;

    if (s.n == 0 || s.n > 5 || (s.n > 1 && s.p[1] != '.'))
        return -1;
    for (size_t i = 0; i < s.n; i++) {
        if (i == 1)
            continue;
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        q += (s.p[i] - '0') * weight;
        weight /= 10;
    }
    return q <= FULL ? q : -1;
}

/*
 * Take one element of a list, "range;parameter;q=0.5", apart.  Its quality, or
 * -1 when it breaks the grammar.  Parameters other than q narrow a range that
 * our offers, which have none, do not distinguish.
 */
static int element(str s, str *range)
{
    int q = FULL;

    *range = syntax_cut(&s, ';');
    while (s.p != NULL) {
        str value = syntax_cut(&s, ';');
        str name = str_trim(str_cut(&value, '='));
        if (syntax_equal(name, S("q")))
            q = quality(str_trim(value));
    }
    return q;
}

/* How narrowly `range` names `offer`: 3 exactly, 2 "text" "/" "*", 1 all, 0 not
 * at all. */
static int narrowness(str range, str offer)
{
    str type = str_cut(&offer, '/');
    str range_type = str_cut(&range, '/');

    if (!syntax_token(range_type) || !syntax_token(range))
        return 0;
    if (str_eq(range_type, S("*")))
        return str_eq(range, S("*")) ? 1 : 0;
    if (!syntax_equal(range_type, type))
        return 0;
    if (str_eq(range, S("*")))
        return 2;
    return syntax_equal(range, offer) ? 3 : 0;
}

/* The quality of `offer`: the best of its narrowest matches [NE2]; -1 when
 * the header does not name it. */
static int quality_of(str header, str offer)
{
    int narrowest = 0;
    int best = -1;

    while (header.p != NULL) {
        str range = S("");
        int q = element(syntax_cut(&header, ','), &range);
        int narrow = q < 0 ? 0 : narrowness(range, offer);
        if (narrow == 0 || narrow < narrowest)
            continue;
        if (narrow > narrowest || q > best)
            best = q;
        narrowest = narrow;
    }
    return best;
}

/* Does any element of the header follow the grammar? */
static bool says_anything(str header)
{
    while (header.p != NULL) {
        str range = S("");
        int q = element(syntax_cut(&header, ','), &range);
        if (q >= 0 && range.n > 0)
            return true;
    }
    return false;
}

bool negotiate_type(str accept, const str *offers, size_t n, size_t *out)
{
    int best = 0;
    size_t chosen = n;

    check(n > 0);
    if (!says_anything(accept)) {
        *out = 0;
        return true;
    }
    for (size_t i = 0; i < n; i++) {
        int q = quality_of(accept, offers[i]);
        if (q > best) {
            best = q;
            chosen = i;
        }
    }
    if (chosen == n)
        return false;
    *out = chosen;
    return true;
}

bool negotiate_gzip(str accept)
{
    int named = -1;
    int any = -1;

    while (accept.p != NULL) {
        str range = S("");
        int q = element(syntax_cut(&accept, ','), &range);

        if (syntax_equal(range, S("gzip")))
            named = q;
        else if (str_eq(range, S("*")))
            any = q;
    }
    return named < 0 ? any > 0 : named > 0;
}
