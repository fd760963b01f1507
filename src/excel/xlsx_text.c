#include "excel/xlsx_text.h"

#include "base/heap.h"

#include <stdint.h>

enum { FIRST_ROOM = 1 << 10, ESCAPE = 7 /* "_x000A_" */ };

void xlsx_text_init(struct xlsx_text *t, struct heap *h, size_t limit)
{
    *t = (struct xlsx_text){ .heap = h, .limit = limit };
}

void xlsx_text_end(struct xlsx_text *t)
{
    if (t->p != NULL)
        t->heap->resize(t->heap, t->p, 0);
    *t = (struct xlsx_text){ .heap = t->heap, .limit = t->limit };
}

static enum xlsx_text_outcome reserve(struct xlsx_text *t, size_t more)
{
    size_t room = t->room == 0 ? FIRST_ROOM : t->room;

    if (more > t->limit - t->n)
        return TEXT_LIMIT;
    if (more <= t->room - t->n)
        return TEXT_FITS;
    while (room - t->n < more)
        room += room / 2;

    char *grown = t->heap->resize(t->heap, t->p, room);
    if (grown == NULL)
        return TEXT_NO_MEMORY;
    t->p = grown;
    t->room = room;
    return TEXT_FITS;
}

enum xlsx_text_outcome xlsx_text_add(struct xlsx_text *t, str more)
{
    enum xlsx_text_outcome o = reserve(t, more.n);

    if (o != TEXT_FITS || more.n == 0)
        return o;
    memcpy(t->p + t->n, more.p, more.n);
    t->n += more.n;
    return TEXT_FITS;
}

/* --- a field ------------------------------------------------------------- */

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The character of "_xHHHH_" at the front of `s`, or -1. */
static int32_t escaped(str s)
{
    int32_t value = 0;

    if (s.n < ESCAPE || s.p[0] != '_' || s.p[1] != 'x' || s.p[6] != '_')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex(s.p[i]);

        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value >= 0xd800 && value < 0xe000 ? -1 : value;
}

/* At most three bytes, which is less than the escape took. */
static char *put_character(char *to, int32_t c)
{
    if (c < 0x80) {
        if (c >= ' ' || c == '\n' || c == '\t')
            *to++ = (char)c;
        return to;
    }
    if (c < 0x800) {
        *to++ = (char)(0xc0 | c >> 6);
    } else {
        *to++ = (char)(0xe0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 0x3f));
    }
    *to++ = (char)(0x80 | (c & 0x3f));
    return to;
}

/* In place: it only gets shorter. */
static void unescape(struct xlsx_text *t, size_t from)
{
    char *to = t->p + from;
    size_t at = from;

    while (at < t->n) {
        int32_t c = escaped((str){ t->p + at, t->n - at });

        if (c >= 0) {
            to = put_character(to, c);
            at += ESCAPE;
        } else {
            *to++ = t->p[at++];
        }
    }
    t->n = (size_t)(to - t->p);
}

static size_t count_quotes(str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '"';
    return n;
}

static bool wants_quotes(str s)
{
    return str_index(s, ',') < s.n || str_index(s, '\n') < s.n ||
           str_index(s, '"') < s.n || str_index(s, '\r') < s.n;
}

/* From the back, where there is room by now. */
static void put_quotes(char *p, size_t n, size_t more)
{
    char *to = p + n + more;

    *--to = '"';
    for (size_t i = n; i > 0; i--) {
        *--to = p[i - 1];
        if (*to == '"')
            *--to = '"';
    }
    *--to = '"';
}

enum xlsx_text_outcome xlsx_text_field(struct xlsx_text *t, size_t from)
{
    if (from == t->n)
        return TEXT_FITS;
    if (memchr(t->p + from, '_', t->n - from) != NULL)
        unescape(t, from);

    str s = { t->p + from, t->n - from };
    if (!wants_quotes(s))
        return TEXT_FITS;

    size_t more = 2 + count_quotes(s);
    enum xlsx_text_outcome o = reserve(t, more);
    if (o != TEXT_FITS)
        return o;
    put_quotes(t->p + from, s.n, more);
    t->n += more;
    return TEXT_FITS;
}
