/*
 * json_write -- canonical JSON (RFC 8785), and an indented form for people.
 */

#include "codec/json.h"

#include "base/arena.h"
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

static void write_text(struct buf *b, str s)
{
    static const char hex[] = "0123456789abcdef";
    size_t plain = 0; /* the run of bytes that need no escape */

    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        const char *named = NULL;

        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_str(b, (str){ s.p + plain, i - plain });
        plain = i + 1;
        switch (c) {
        case '"': named = "\\\""; break;
        case '\\': named = "\\\\"; break;
        case '\b': named = "\\b"; break;
        case '\t': named = "\\t"; break;
        case '\n': named = "\\n"; break;
        case '\f': named = "\\f"; break;
        case '\r': named = "\\r"; break;
        default: break;
        }
        if (named != NULL)
            buf_str(b, str_of(named));
        else
            buf_str(b, (str){ (char[]){ '\\', 'u', '0', '0', hex[c >> 4],
                                        hex[c & 15] },
                              6 });
    }
    buf_str(b, str_from(s, plain));
    buf_char(b, '"');
}

/* --- numbers as ECMAScript prints them (ECMA-262, Number::toString) --- */

struct digits {
    char d[20]; /* significant decimal digits, no trailing zeros */
    int n;
    int point; /* the value is 0.d1d2.. times ten to the power of point */
};

/* The fewest digits that read back as `v`; v is finite and above zero. */
static struct digits shortest(double v)
{
    struct digits out = { 0 };
    char text[40];

    for (int precision = 0; precision < 17; precision++) {
        (void)snprintf(text, sizeof text, "%.*e", precision, v);
        double back = strtod(text, NULL);
        if (memcmp(&back, &v, sizeof v) == 0)
            break;
    }
    const char *p = text;
    for (; *p != 'e'; p++) {
        if (*p != '.')
            out.d[out.n++] = *p;
    }
    out.point = (int)strtol(p + 1, NULL, 10) + 1;
    while (out.n > 1 && out.d[out.n - 1] == '0')
        out.n--;
    return out;
}

static void zeros(struct buf *b, int n)
{
    for (int i = 0; i < n; i++)
        buf_char(b, '0');
}

static void write_exponent(struct buf *b, const struct digits *d)
{
    buf_char(b, d->d[0]);
    if (d->n > 1) {
        buf_char(b, '.');
        buf_str(b, (str){ d->d + 1, (size_t)d->n - 1 });
    }
    buf_printf(b, "e%s%d", d->point > 0 ? "+" : "-", abs(d->point - 1));
}

static void write_real(struct buf *b, double v)
{
    if (v < 0) {
        buf_char(b, '-');
        v = -v;
    }
    if (!(v > 0)) { /* also minus zero */
        buf_char(b, '0');
        return;
    }

    struct digits d = shortest(v);
    size_t n = (size_t)d.n;
    if (d.point >= d.n && d.point <= 21) {
        buf_str(b, (str){ d.d, n });
        zeros(b, d.point - d.n);
    } else if (d.point > 0 && d.point <= 21) {
        buf_str(b, (str){ d.d, (size_t)d.point });
        buf_char(b, '.');
        buf_str(b, (str){ d.d + d.point, n - (size_t)d.point });
    } else if (d.point > -6 && d.point <= 0) {
        buf_str(b, S("0."));
        zeros(b, -d.point);
        buf_str(b, (str){ d.d, n });
    } else {
        write_exponent(b, &d);
    }
}

static void write_scalar(struct buf *b, const struct json *j)
{
    switch (j->kind) {
    case JSON_BOOL: buf_str(b, j->boolean ? S("true") : S("false")); break;
    case JSON_INT: buf_int(b, j->number); break;
    case JSON_REAL: write_real(b, j->real); break;
    case JSON_STR: write_text(b, j->text); break;
    case JSON_NULL:
    case JSON_ARRAY:
    case JSON_OBJECT: buf_str(b, S("null")); break;
    }
}

/* --- canonical -------------------------------------------------------- */

/*
 * Order by UTF-16 code units.  It differs from the order of UTF-8 bytes only
 * between U+E000..U+FFFF (lead bytes EE, EF) and what lies above (F0..F4),
 * which UTF-16 writes with the smaller surrogates.
 */
static int key_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;

    for (size_t i = 0; i < n; i++) {
        unsigned char x = (unsigned char)a.p[i];
        unsigned char y = (unsigned char)b.p[i];

        if (x == y)
            continue;
        if ((x >= 0xf0 && y >= 0xee && y < 0xf0) ||
            (y >= 0xf0 && x >= 0xee && x < 0xf0))
            return x > y ? -1 : 1;
        return x < y ? -1 : 1;
    }
    return (a.n > b.n) - (a.n < b.n);
}

static int member_cmp(const void *x, const void *y)
{
    const struct json *const *a = x;
    const struct json *const *b = y;

    return key_cmp((*a)->key, (*b)->key);
}

static void write_canonical(struct buf *b, const struct json *j);

static void write_members(struct buf *b, const struct json *j)
{
    const struct json **sorted =
        arena_array(b->arena, j->count, sizeof(const struct json *));
    size_t n = 0;

    if (sorted == NULL) {
        b->first = err_memory();
        return;
    }
    for (const struct json *m = j->first; m != NULL; m = m->next)
        sorted[n++] = m;
    qsort(sorted, n, sizeof(const struct json *), member_cmp);

    buf_char(b, '{');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(b, ',');
        write_text(b, sorted[i]->key);
        buf_char(b, ':');
        write_canonical(b, sorted[i]);
    }
    buf_char(b, '}');
}

static void write_elements(struct buf *b, const struct json *j)
{
    buf_char(b, '[');
    for (const struct json *m = j->first; m != NULL; m = m->next) {
        if (m != j->first)
            buf_char(b, ',');
        write_canonical(b, m);
    }
    buf_char(b, ']');
}

static void write_canonical(struct buf *b, const struct json *j)
{
    if (j->kind == JSON_OBJECT)
        write_members(b, j);
    else if (j->kind == JSON_ARRAY)
        write_elements(b, j);
    else
        write_scalar(b, j);
}

static bool is_whole(struct buf *b, const struct json *j) /* [J4] */
{
    if (j != NULL && !j->broken)
        return true;
    if (!failed(b->first))
        b->first = err_memory();
    return false;
}

void json_canonical(struct buf *b, const struct json *j)
{
    if (is_whole(b, j))
        write_canonical(b, j);
}

/* --- for people ------------------------------------------------------- */

static void indent(struct buf *b, int depth)
{
    buf_char(b, '\n');
    for (int i = 0; i < depth; i++)
        buf_str(b, S("  "));
}

static void write_pretty(struct buf *b, const struct json *j, int depth)
{
    bool object = j->kind == JSON_OBJECT;

    if (!object && j->kind != JSON_ARRAY) {
        write_scalar(b, j);
        return;
    }
    buf_char(b, object ? '{' : '[');
    for (const struct json *m = j->first; m != NULL; m = m->next) {
        indent(b, depth + 1);
        if (object) {
            write_text(b, m->key);
            buf_str(b, S(": "));
        }
        write_pretty(b, m, depth + 1);
        if (m->next != NULL)
            buf_char(b, ',');
    }
    if (j->first != NULL)
        indent(b, depth);
    buf_char(b, object ? '}' : ']');
}

void json_pretty(struct buf *b, const struct json *j)
{
    if (is_whole(b, j))
        write_pretty(b, j, 0);
}
