#include "http/cookie.h"

#include "base/buf.h"
#include "base/check.h"
#include "http/syntax.h"

/* cookie-octet of RFC 6265, 4.1.1. */
static bool is_value(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c <= ' ' || c > '~' || c == '"' || c == ',' || c == ';' ||
            c == '\\')
            return false;
    }
    return true;
}

/* Without the quotes that may stand around a value. */
static str unquote(str s)
{
    bool quoted = s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"';

    return quoted ? (str){ s.p + 1, s.n - 2 } : s;
}

/* "NAME=VALUE" [CO1] */
static bool split(str pair, str *name, str *value)
{
    size_t at = str_index(pair, '=');

    if (at == pair.n)
        return false;
    *name = str_first(pair, at);
    *value = unquote(str_from(pair, at + 1));
    return syntax_token(*name) && is_value(*value);
}

bool cookie_get(str header, str name, str *out)
{
    size_t found = 0;
    str value = S("");

    while (header.p != NULL) {
        str pair = str_trim(str_cut(&header, ';'));
        str its_name = S("");
        str its_value = S("");
        if (split(pair, &its_name, &its_value) && str_eq(its_name, name)) {
            value = its_value;
            found++;
        }
    }
    if (found != 1)
        return false;
    *out = value;
    return true;
}

void cookie_write(struct buf *b, const struct cookie *c)
{
    check(syntax_token(c->name) && is_value(c->value));
    check(c->age >= COOKIE_SESSION);

    buf_str(b, c->name);
    buf_char(b, '=');
    buf_str(b, c->value);
    buf_str(b, S("; Path=/; HttpOnly"));
    if (c->age != COOKIE_SESSION) {
        buf_str(b, S("; Max-Age="));
        buf_int(b, c->age);
    }
    buf_str(b, c->site == COOKIE_STRICT ? S("; SameSite=Strict")
                                        : S("; SameSite=Lax"));
    if (c->secure)
        buf_str(b, S("; Secure"));
}
