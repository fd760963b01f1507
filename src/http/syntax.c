#include "http/syntax.h"

static bool is_token_char(char c)
{
    static const char marks[] = "!#$%&'*+-.^_`|~";

    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') ||
           (c != '\0' && memchr(marks, c, sizeof marks - 1) != NULL);
}

bool syntax_token(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!is_token_char(s.p[i]))
            return false;
    }
    return s.n > 0;
}

bool syntax_value(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool printable = s.p[i] >= ' ' && s.p[i] <= '~';
        if (!printable && s.p[i] != '\t')
            return false;
    }
    return true;
}

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

bool syntax_equal(str a, str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++) {
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    }
    return true;
}

str syntax_cut(str *rest, char sep)
{
    bool quoted = false;
    size_t i = 0;

    for (; i < rest->n && (quoted || rest->p[i] != sep); i++) {
        if (rest->p[i] == '"')
            quoted = !quoted;
        else if (quoted && rest->p[i] == '\\' && i + 1 < rest->n)
            i++;
    }
    str piece = str_trim(str_first(*rest, i));
    *rest = i < rest->n ? (str){ rest->p + i + 1, rest->n - i - 1 }
                        : (str){ NULL, 0 };
    return piece;
}
