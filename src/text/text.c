#include "text/text.h"

#include "base/buf.h"
#include "base/check.h"
#include "texts.h"

/* The id `head` followed by `tail`, against `id`; as str_cmp(). */
static int compare(str head, str tail, str id)
{
    int order = str_cmp(head, str_first(id, head.n));

    return order != 0 ? order : str_cmp(tail, str_from(id, head.n));
}

static const struct text_entry *find(str head, str tail)
{
    size_t low = 0;
    size_t high = text_table_n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(head, tail, text_table[middle].id);
        if (order == 0)
            return &text_table[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static const struct text_sentence none = { S_INIT(""), S_INIT("") };

static const struct text_sentence *look_up(enum lang l, str head, str tail)
{
    const struct text_entry *e = find(head, tail);

    if (e == NULL)
        return &none;
    return l == LANG_ZH ? &e->zh : &e->en;
}

str text_get(enum lang l, const char *id)
{
    return look_up(l, str_of(id), S(""))->other;
}

/* One rendering under way. */
struct rendering {
    struct buf *out;
    text_sink *sink;
    enum lang lang;
    const struct err_arg *args;
};

static void put(const struct rendering *r, str piece)
{
    r->sink(r->out, piece);
}

static const struct err_arg *argument(const struct err_arg *args, str name)
{
    if (args == NULL)
        return NULL;
    for (const struct err_arg *a = args; a->name != NULL; a++) {
        if (str_eq(str_of(a->name), name))
            return a;
    }
    return NULL;
}

/* [TX1] */
static void put_id(const struct rendering *r, str head, str tail)
{
    put(r, S("["));
    put(r, head);
    put(r, tail);
    put(r, S("]"));
}

static void put_comma(const struct rendering *r)
{
    put(r, look_up(r->lang, S("text.comma"), S(""))->other);
    if (r->lang == LANG_EN)
        put(r, S(" "));
}

/* The sentences of "a.b|c.d": an id as an argument has no arguments. */
static void put_ids(const struct rendering *r, str ids)
{
    bool first = true;

    while (ids.p != NULL) {
        str id = str_cut(&ids, '|');
        str text = look_up(r->lang, id, S(""))->other;
        if (!first)
            put_comma(r);
        first = false;
        if (text.n == 0)
            put_id(r, id, S(""));
        else
            put(r, text);
    }
}

/* A number that is out of a day's range is no day [TX2]. */
static day day_of_number(int64_t n)
{
    return n < DAY_MIN || n > DAY_MAX ? DAY_NEVER : (day)n;
}

static void put_argument(const struct rendering *r, const struct err_arg *a)
{
    char value[TEXT_VALUE];

    switch (a->kind) {
    case ARG_IS_TEXT: put(r, a->text); return;
    case ARG_IS_NUMBER: put(r, text_number(a->number, value)); return;
    case ARG_IS_LABEL:
        put(r, r->lang == LANG_ZH ? a->text : a->text_en);
        return;
    case ARG_IS_IDS: put_ids(r, a->text); return;
    case ARG_IS_DAY:
        put(r, text_day(r->lang, day_of_number(a->number), value));
        return;
    case ARG_IS_MONEY: put(r, text_money(a->number, value)); return;
    }
}

/* An argument's name and what follows it, after the "{" at the start of *rest;
 * false when no brace closes it. */
static bool cut_name(str *rest, str *name)
{
    size_t end = str_index(*rest, '}');

    if (end == rest->n)
        return false;
    *name = str_first(str_from(*rest, 1), end - 1);
    *rest = str_from(*rest, end + 1);
    return true;
}

/* What begins with the brace at the start of *rest. */
static void put_brace(const struct rendering *r, str *rest)
{
    str name;

    if (rest->n >= 2 && rest->p[0] == rest->p[1]) {
        put(r, str_first(*rest, 1));
        *rest = str_from(*rest, 2);
        return;
    }
    if (rest->p[0] == '}' || !cut_name(rest, &name)) {
        put(r, str_first(*rest, 1)); /* [TX4] */
        *rest = str_from(*rest, 1);
        return;
    }

    const struct err_arg *a = argument(r->args, name);
    if (a != NULL) {
        put_argument(r, a);
        return;
    }
    put(r, S("{")); /* [TX2] */
    put(r, name);
    put(r, S("}"));
}

/* Where the next brace stands, or the end. */
static size_t next_brace(str s)
{
    size_t open = str_index(s, '{');
    size_t close = str_index(s, '}');

    return open < close ? open : close;
}

static void put_sentence(const struct rendering *r, str s)
{
    while (s.n > 0) {
        size_t n = next_brace(s);
        put(r, str_first(s, n));
        s = str_from(s, n);
        if (s.n > 0)
            put_brace(r, &s);
    }
}

static void render(const struct rendering *r, str head, str tail)
{
    const struct text_sentence *s = look_up(r->lang, head, tail);
    const struct err_arg *count = argument(r->args, S("count"));

    if (s->other.n == 0)
        put_id(r, head, tail);
    else if (s->one.n > 0 && count != NULL && count->number == 1)
        put_sentence(r, s->one); /* [TX3] */
    else
        put_sentence(r, s->other);
}

void text_render_to(struct buf *out, text_sink *sink, enum lang l,
                    const char *id, const struct err_arg *args)
{
    const struct rendering r = { out, sink, l, args };

    render(&r, str_of(id), S(""));
}

void text_render(struct buf *out, enum lang l, const char *id,
                 const struct err_arg *args)
{
    text_render_to(out, buf_str, l, id, args);
}

void text_fill(struct buf *out, enum lang l, str sentence,
               const struct err_arg *args)
{
    const struct rendering r = { out, buf_str, l, args };

    put_sentence(&r, sentence);
}

void text_choice(struct buf *out, enum lang l, const char *id, str choice)
{
    const struct rendering r = { out, buf_str, l, NULL };

    render(&r, str_of(id), choice);
}

static const struct err_arg *find_argument(err e, const char *name)
{
    for (const struct err_arg *g = e.info->args; g->name != NULL; g++) {
        if (strcmp(g->name, name) == 0)
            return g;
    }
    return NULL;
}

/* A place in a file, where the error names one. */
static void put_place(struct buf *out, err e)
{
    const struct err_arg *name = find_argument(e, "name");
    const struct err_arg *line = find_argument(e, "line");
    const struct err_arg *column = find_argument(e, "column");

    if (name == NULL || line == NULL)
        return;
    buf_str(out, name->text);
    buf_printf(out, ":%lld:", (long long)line->number);
    if (column != NULL)
        buf_printf(out, "%lld:", (long long)column->number);
    buf_char(out, ' ');
}

void text_err(struct buf *out, enum lang l, err e)
{
    check(failed(e));
    put_place(out, e);
    text_render(out, l, e.info->id, e.info->args);
}
