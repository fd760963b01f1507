/*
 * lang -- which language somebody reads.
 */

#include "text/text.h"

str lang_tag(enum lang l)
{
    return l == LANG_ZH ? S("zh-CN") : S("en");
}

static char lower(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c | 0x20);
    return c;
}

static bool is(str s, str word)
{
    if (s.n != word.n)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (lower(s.p[i]) != word.p[i])
            return false;
    }
    return true;
}

bool lang_parse(str s, enum lang *out)
{
    size_t n = 0;

    while (n < s.n && str_index(S("-_.@"), s.p[n]) == 4)
        n++;
    str primary = str_first(s, n);
    if (is(primary, S("zh")))
        *out = LANG_ZH;
    else if (is(primary, S("en")))
        *out = LANG_EN;
    else
        return false;
    return true;
}

enum lang lang_of_locale(str s)
{
    enum lang l = LANG_ZH;

    (void)lang_parse(s, &l);
    return l;
}

/* A qvalue, "0.8" or "1.000", as thousandths; -1 for anything else. */
static int weight(str s)
{
    int q = 0;

    if (s.n == 0 || s.n > 5 || (s.p[0] != '0' && s.p[0] != '1'))
        return -1;
    if (s.n > 1 && s.p[1] != '.')
        return -1;
    for (size_t i = 0; i < 5; i++) {
        if (i == 1)
            continue;
        int digit = i < s.n ? s.p[i] - '0' : 0;
        if (digit < 0 || digit > 9)
            return -1;
        q = q * 10 + digit;
    }
    return q <= 1000 ? q : -1;
}

/* The weight that one part of the header gives, its range left in *range. */
static int range_weight(str part, str *range)
{
    str rest = part;

    *range = str_trim(str_cut(&rest, ';'));
    if (rest.p == NULL)
        return 1000;
    rest = str_trim(rest);
    if (rest.n < 2 || lower(rest.p[0]) != 'q' || rest.p[1] != '=')
        return -1;
    return weight(str_from(rest, 2));
}

/* What the header says of one language, or of "*". */
struct wish {
    int weight;   /* thousandths; -1: nothing said */
    size_t place; /* bytes of the header after it: more is earlier */
};

static void note(struct wish *w, int weight, size_t place)
{
    if (weight > w->weight)
        *w = (struct wish){ weight, place };
}

static bool better(struct wish a, struct wish b)
{
    if (a.weight != b.weight)
        return a.weight > b.weight;
    return a.weight > 0 && a.place > b.place;
}

enum lang lang_accept(str header, enum lang otherwise)
{
    struct wish star = { 0, 0 };
    struct wish wishes[LANG_COUNT] = { { -1, 0 }, { -1, 0 } };
    enum lang other = otherwise == LANG_ZH ? LANG_EN : LANG_ZH;

    while (header.p != NULL) {
        str range;
        enum lang l;
        int q = range_weight(str_cut(&header, ','), &range);
        if (lang_parse(range, &l))
            note(&wishes[l], q, header.n);
        else if (str_eq(range, S("*")))
            note(&star, q, 0);
    }
    for (size_t l = 0; l < LANG_COUNT; l++) {
        if (wishes[l].weight < 0)
            wishes[l] = star;
    }
    return better(wishes[other], wishes[otherwise]) ? other : otherwise;
}
