#include "http/percent.h"

#include "base/buf.h"
#include "codec/utf8.h"

/* 0..15, or -1 for what is no digit. */
static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The byte that %XX at the front of `s` stands for, or -1. */
static int triplet(str s)
{
    if (s.n < 3 || digit(s.p[1]) < 0 || digit(s.p[2]) < 0)
        return -1;
    return digit(s.p[1]) * 16 + digit(s.p[2]);
}

bool percent_decode(str s, bool plus, char *p, size_t *n)
{
    size_t to = 0;

    for (size_t i = 0; i < s.n; i++) {
        int byte = (unsigned char)s.p[i];
        if (byte == '%') {
            byte = triplet(str_from(s, i));
            i += 2;
        } else if (byte == '+' && plus) {
            byte = ' ';
        }
        if (byte < 0) {
            *n = i - 2;
            return false;
        }
        p[to++] = (char)byte;
    }
    *n = to;
    return true;
}

bool percent_is_text(str s, enum percent_text kind)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool line = c == '\t' || c == '\r' || c == '\n';
        bool control = (unsigned char)c < ' ' || c == 0x7f;
        if (control && !(line && kind == PERCENT_LINES))
            return false;
    }
    return utf8_check(s, NULL);
}

static bool stands_for_itself(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

void percent_encode(struct buf *b, str s)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (stands_for_itself(s.p[i])) {
            buf_char(b, s.p[i]);
            continue;
        }
        buf_char(b, '%');
        buf_char(b, digits[c >> 4]);
        buf_char(b, digits[c & 15]);
    }
}
