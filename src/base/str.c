#include "base/str.h"

int str_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n == 0 ? 0 : memcmp(a.p, b.p, n);

    if (c != 0)
        return c;
    return (a.n > b.n) - (a.n < b.n);
}

bool str_begins(str s, str with)
{
    return s.n >= with.n && str_eq(str_first(s, with.n), with);
}

bool str_ends(str s, str with)
{
    return s.n >= with.n && str_eq(str_from(s, s.n - with.n), with);
}

size_t str_find(str s, str needle)
{
    if (needle.n == 0)
        return 0;
    if (needle.n > s.n)
        return s.n;

    const char *at = memmem(s.p, s.n, needle.p, needle.n);
    return at == NULL ? s.n : (size_t)(at - s.p);
}

bool str_contains(str s, str needle)
{
    return needle.n == 0 || str_find(s, needle) < s.n;
}

size_t str_index(str s, char c)
{
    const char *at = s.n == 0 ? NULL : memchr(s.p, c, s.n);

    return at == NULL ? s.n : (size_t)(at - s.p);
}

str str_from(str s, size_t from)
{
    if (from >= s.n)
        return (str){ s.p, 0 };
    return (str){ s.p + from, s.n - from };
}

str str_first(str s, size_t n)
{
    return (str){ s.p, n < s.n ? n : s.n };
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

str str_trim(str s)
{
    while (s.n > 0 && is_blank(s.p[s.n - 1]))
        s.n--;
    while (s.n > 0 && is_blank(s.p[0])) {
        s.p++;
        s.n--;
    }
    return s;
}

str str_trim_end(str s, char c)
{
    while (s.n > 0 && s.p[s.n - 1] == c)
        s.n--;
    return s;
}

str str_cut(str *rest, char sep)
{
    size_t at = str_index(*rest, sep);
    str piece = str_first(*rest, at);

    /* What follows the last separator is a piece too, also when it is empty:
     * str_from() leaves it a pointer. */
    *rest = at < rest->n ? str_from(*rest, at + 1) : (str){ NULL, 0 };
    return piece;
}
