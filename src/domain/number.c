#include "domain/number.h"

#include "base/buf.h"

enum { NUMBER_MAX = 40, SIZE_S_MOST = 50, SIZE_M_MOST = 1000 };

static char size_letter(int64_t staff)
{
    if (staff <= SIZE_S_MOST)
        return 'S';
    return staff <= SIZE_M_MOST ? 'M' : 'L';
}

/* What one template is filled with; false: it knows no such part. */
typedef bool put_part(struct buf *b, str name, const void *parts);

static bool put_main_part(struct buf *b, str name, const void *parts)
{
    const struct number_parts *p = parts;

    if (str_eq(name, S("body")))
        buf_str(b, p->body);
    else if (str_eq(name, S("yy")))
        buf_printf(b, "%02d", (int)(p->year % 100));
    else if (str_eq(name, S("serial4")))
        buf_printf(b, "%04lld", (long long)p->serial);
    else if (str_eq(name, S("recert")))
        buf_int(b, p->recertifications);
    else if (str_eq(name, S("size")))
        buf_char(b, size_letter(p->staff));
    else
        return false;
    return true;
}

struct sub_parts {
    str main;
    int64_t n;
};

static bool put_sub_part(struct buf *b, str name, const void *parts)
{
    const struct sub_parts *p = parts;

    if (str_eq(name, S("number")))
        buf_str(b, p->main);
    else if (str_eq(name, S("n")))
        buf_int(b, p->n);
    else
        return false;
    return true;
}

static err fill(struct arena *a, str template, put_part *put, const void *parts,
                str *out)
{
    struct buf b;
    str rest = template;

    buf_init(&b, a, NUMBER_MAX);
    while (rest.n > 0) {
        size_t open = str_index(rest, '{');
        size_t close = str_index(rest, '}');

        buf_str(&b, str_first(rest, open));
        if (open == rest.n)
            break;
        if (close == rest.n || close < open ||
            !put(&b, str_from(str_first(rest, close), open + 1), parts))
            return err_new(a, ERR_INVALID, "number.template",
                           ARG_STR("template", template));
        rest = str_from(rest, close + 1);
    }
    return buf_done(&b, out);
}

err number_make(struct arena *a, str template, const struct number_parts *p,
                str *out)
{
    return fill(a, template, put_main_part, p, out);
}

err number_make_sub(struct arena *a, str template, str main, int64_t n,
                    str *out)
{
    const struct sub_parts parts = { main, n };

    return fill(a, template, put_sub_part, &parts, out);
}

char number_capital(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool number_is_typed(str number, str typed)
{
    if (number.n != typed.n)
        return false;
    for (size_t i = 0; i < number.n; i++) {
        if (number.p[i] != number_capital(typed.p[i]))
            return false;
    }
    return true;
}
