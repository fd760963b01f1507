#include "web/test_form.h"

#include "base/arena.h"
#include "base/buf.h"

enum { FIELDS_MOST = 4000, VALUE_MOST = 1 << 20 };

struct sending {
    struct arena *arena;
    struct form_field *at;
    size_t n;
};

/* [RFC 7578, HTML 4.10.21.4]: lines end with CR and LF. */
static err with_crlf(struct arena *a, str text, str *out)
{
    struct buf b;

    buf_init(&b, a, VALUE_MOST);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n')
            buf_char(&b, '\r');
        buf_char(&b, text.p[i]);
    }
    return buf_done(&b, out);
}

static err send(struct sending *s, str name, str value)
{
    struct form_field f = { .name = name };

    if (s->n == FIELDS_MOST)
        return err_new(s->arena, ERR_LIMIT, "form.many",
                       ARG_INT("limit", FIELDS_MOST));
    TRY(with_crlf(s->arena, value, &f.value));
    s->at[s->n++] = f;
    return OK;
}

/* Lines have no line ends in them: a browser would take those out. */
static err send_line(struct sending *s, str name, str value)
{
    struct buf b;
    str line;

    buf_init(&b, s->arena, VALUE_MOST);
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] != '\n')
            buf_char(&b, value.p[i]);
    }
    TRY(buf_done(&b, &line));
    return send(s, name, line);
}

/* Of a list to pick from one is always chosen, the first if need be. */
static str picked(const struct page_form_field *f)
{
    for (size_t i = 0; i < f->choices_n; i++) {
        if (f->choices[i].chosen)
            return f->choices[i].value;
    }
    return f->choices_n > 0 ? f->choices[0].value : S("");
}

static err send_chosen(struct sending *s, const struct page_form_field *f)
{
    for (size_t i = 0; i < f->choices_n; i++) {
        if (f->choices[i].chosen)
            TRY(send(s, f->name, f->choices[i].value));
    }
    return OK;
}

static err send_unit(struct sending *s, const struct page_form_field *f)
{
    struct buf b;
    str name;

    buf_init(&b, s->arena, VALUE_MOST);
    buf_str(&b, f->name);
    buf_str(&b, S(".unit"));
    TRY(buf_done(&b, &name));
    return send(s, name, picked(f));
}

static err send_each(struct sending *s, const struct page_form_field *f)
{
    for (size_t i = 0; i < f->choices_n; i++)
        TRY(send(s, f->sent, f->choices[i].value));
    return OK;
}

static err send_field(struct sending *s, const struct page_form_field *f)
{
    if (f->choice)
        TRY(send_chosen(s, f));
    if (f->tick && f->checked)
        TRY(send(s, f->name, S("yes")));
    if (f->line || f->date)
        TRY(send_line(s, f->sent, f->value));
    if (f->span)
        TRY(send_unit(s, f));
    if (f->area)
        TRY(send(s, f->sent, f->value));
    if (f->pick)
        TRY(send(s, f->sent, picked(f)));
    if (f->each_whole)
        TRY(send_each(s, f));
    for (size_t i = 0; i < f->inner_n; i++)
        TRY(send_field(s, &f->inner[i]));
    return OK;
}

err test_form_sent(struct arena *a, const struct page_form_fields *shown,
                   struct form *out)
{
    struct sending s = { a, arena_array(a, FIELDS_MOST, sizeof *s.at), 0 };

    TRY_MEMORY(s.at);
    for (size_t i = 0; i < shown->fields_n; i++)
        TRY(send_field(&s, &shown->fields[i]));
    *out = (struct form){ s.at, s.n };
    return OK;
}

const struct page_form_field *test_form_find(
    const struct page_form_field *fields, size_t n, str name)
{
    for (size_t i = 0; i < n; i++) {
        const struct page_form_field *inner =
            test_form_find(fields[i].inner, fields[i].inner_n, name);

        if (str_eq(fields[i].name, name))
            return &fields[i];
        if (inner != NULL)
            return inner;
    }
    return NULL;
}

err test_form_of(struct arena *a, const char *bytes, struct form *out)
{
    return form_parse(a, str_of(bytes), out);
}
