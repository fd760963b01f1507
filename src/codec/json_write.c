/*
 * json_write -- canonical JSON (RFC 8785), and an indented form for people.
 * [J2] [J4]
 */

#include "codec/json.h"

#include "base/buf.h"
#include "base/check.h"
#include "codec/json_number.h"
#include "codec/json_parts.h"

static void fail(struct buf *b, err e)
{
    if (!failed(b->first))
        b->first = e;
}

/* The escape that RFC 8785 wants for `c`, in `hex` ("\u0000") when it has no
 * letter. */
static str escape_of(unsigned char c, char hex[static 6])
{
    static const char digits[] = "0123456789abcdef";

    switch (c) {
    case '"': return S("\\\"");
    case '\\': return S("\\\\");
    case '\b': return S("\\b");
    case '\t': return S("\\t");
    case '\n': return S("\\n");
    case '\f': return S("\\f");
    case '\r': return S("\\r");
    default: break;
    }
    hex[4] = digits[c >> 4];
    hex[5] = digits[c & 15];
    return (str){ hex, 6 };
}

void json_put_text(struct buf *b, str s)
{
    size_t plain = 0; /* where the run of bytes that need no escape began */
    char hex[] = { '\\', 'u', '0', '0', '0', '0' };

    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_str(b, (str){ s.p + plain, i - plain });
        buf_str(b, escape_of(c, hex));
        plain = i + 1;
    }
    buf_str(b, str_from(s, plain));
    buf_char(b, '"');
}

static void write_scalar(struct buf *b, const struct json *j)
{
    char number[JSON_NUMBER_TEXT];

    switch (j->kind) {
    case JSON_BOOL: buf_str(b, j->boolean ? S("true") : S("false")); break;
    case JSON_INT: buf_int(b, j->number); break;
    case JSON_REAL: buf_str(b, json_number_text(j->real, number)); break;
    case JSON_STR: json_put_text(b, j->text); break;
    case JSON_NULL:
    case JSON_ARRAY:
    case JSON_OBJECT: buf_str(b, S("null")); break;
    }
}

/* --- canonical -------------------------------------------------------- */

static void write_value(struct buf *b, const struct json *j);

static void write_members(struct buf *b, const struct json *j)
{
    const struct json **sorted = json_sorted(b->arena, j);

    if (sorted == NULL) {
        fail(b, err_memory());
        return;
    }
    buf_char(b, '{');
    for (size_t i = 0; i < j->count; i++) {
        /* [J3] Equal keys would stand side by side. */
        check(i == 0 || !str_eq(sorted[i - 1]->key, sorted[i]->key));
        if (i > 0)
            buf_char(b, ',');
        json_put_text(b, sorted[i]->key);
        buf_char(b, ':');
        write_value(b, sorted[i]);
    }
    buf_char(b, '}');
}

static void write_elements(struct buf *b, const struct json *j)
{
    buf_char(b, '[');
    for (const struct json *m = j->first; m != NULL; m = m->next) {
        if (m != j->first)
            buf_char(b, ',');
        write_value(b, m);
    }
    buf_char(b, ']');
}

static void write_value(struct buf *b, const struct json *j)
{
    if (j->broken)
        fail(b, err_memory());
    if (failed(b->first))
        return;
    if (j->source.n > 0)
        buf_str(b, j->source);
    else if (j->kind == JSON_OBJECT)
        write_members(b, j);
    else if (j->kind == JSON_ARRAY)
        write_elements(b, j);
    else
        write_scalar(b, j);
}

void json_canonical(struct buf *b, const struct json *j)
{
    if (j == NULL)
        fail(b, err_memory());
    else
        write_value(b, j);
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

    if (j->broken)
        fail(b, err_memory());
    if (!object && j->kind != JSON_ARRAY) {
        write_scalar(b, j);
        return;
    }
    buf_char(b, object ? '{' : '[');
    for (const struct json *m = j->first; m != NULL; m = m->next) {
        indent(b, depth + 1);
        if (object) {
            json_put_text(b, m->key);
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
    if (j == NULL)
        fail(b, err_memory());
    else
        write_pretty(b, j, 0);
}
