#include "page/escape.h"

#include "base/buf.h"
#include "codec/utf8.h"

static str entity(uint32_t c)
{
    switch (c) {
    case '&': return S("&amp;");
    case '<': return S("&lt;");
    case '>': return S("&gt;");
    case '"': return S("&quot;");
    case '\'': return S("&#39;");
    default: return S("");
    }
}

/* C0 but for tab and newline, DEL and C1: HTML has no use for them [ES2]. */
static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0);
}

/* What to write for the character at s.p[*at], which *at is moved past; an
 * empty str when it may stay as it is. */
static str replacement(str s, size_t *at)
{
    uint32_t c;

    if (!utf8_next(s, at, &c)) {
        *at += 1;
        return S("\uFFFD");
    }
    return is_control(c) ? S("\uFFFD") : entity(c);
}

/* Most bytes: those of ASCII that stay as they are. */
static bool is_plain(char c)
{
    return c >= ' ' && c <= '~' && c != '&' && c != '<' && c != '>' &&
           c != '"' && c != '\'';
}

static bool goes_on(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* Most others: three bytes from U+1000 to U+CFFF, whichever they are. */
static bool is_plain_three(str s, size_t at)
{
    unsigned char first = (unsigned char)s.p[at];

    return first >= 0xe1 && first <= 0xec && s.n - at >= 3 &&
           goes_on(s.p[at + 1]) && goes_on(s.p[at + 2]);
}

/* Bytes from here on that stay as they are; not all such. */
static size_t plain_bytes(str s, size_t at)
{
    size_t from = at;

    while (at < s.n) {
        if (is_plain(s.p[at]))
            at++;
        else if (is_plain_three(s, at))
            at += 3;
        else
            break;
    }
    return at - from;
}

void escape_html(struct buf *out, str s)
{
    size_t kept = 0; /* where what may stay as it is begins */
    size_t at = 0;

    while ((at += plain_bytes(s, at)) < s.n) {
        size_t start = at;
        str instead = replacement(s, &at);
        if (instead.n == 0)
            continue;
        buf_str(out, str_first(str_from(s, kept), start - kept));
        buf_str(out, instead);
        kept = at;
    }
    buf_str(out, str_from(s, kept));
}

static char lower(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c | 0x20);
    return c;
}

/* Does `s` begin with `scheme`, which is in lower case? */
static bool has_scheme(str s, str scheme)
{
    if (s.n < scheme.n)
        return false;
    for (size_t i = 0; i < scheme.n; i++) {
        if (lower(s.p[i]) != scheme.p[i])
            return false;
    }
    return true;
}

static bool has_host(str rest)
{
    return rest.n > 0 && str_index(S("/?#"), rest.p[0]) == 3;
}

/* [ES3] */
static bool is_allowed(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c == '\\' || c == 0x7f)
            return false;
    }
    if (has_scheme(s, S("https://")))
        return has_host(str_from(s, 8));
    if (has_scheme(s, S("http://")))
        return has_host(str_from(s, 7));
    if (has_scheme(s, S("otpauth://")))
        return has_host(str_from(s, 10));
    if (str_begins(s, S("//")))
        return false;
    return s.n > 0 && str_index(S("/?#"), s.p[0]) < 3;
}

void escape_url(struct buf *out, str s)
{
    escape_html(out, is_allowed(s) ? s : S("#"));
}

static bool is_unreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

void escape_url_part(struct buf *out, str s)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (is_unreserved(s.p[i])) {
            buf_char(out, s.p[i]);
            continue;
        }
        buf_char(out, '%');
        buf_char(out, digits[c >> 4]);
        buf_char(out, digits[c & 15]);
    }
}
