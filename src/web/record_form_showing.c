/*
 * record_form_showing -- each mistake beside its field, and none kept from the
 * reader. [RF2]
 */

#include "web/record_form_showing.h"

#include "base/arena.h"
#include "base/buf.h"

static void add_why(const struct showing *s, struct buf *b, err why)
{
    if (buf_view(b).n > 0)
        buf_char(b, ' ');
    text_err(b, s->lang, why);
}

static err why_of(const struct showing *s, str name, str *out)
{
    const struct record_form *form = s->form;
    struct buf b;

    buf_init(&b, s->arena, RECORD_TEXT);
    for (size_t i = 0; i < form->problem_count; i++) {
        if (str_eq(form->problems[i].name, name))
            add_why(s, &b, form->problems[i].why);
    }
    return buf_done(&b, out);
}

static bool stands_beside(const struct showing *s, str name)
{
    for (size_t i = 0; i < *s->wrong_count; i++) {
        if (str_eq(s->wrongs[i].name, name))
            return true;
    }
    return false;
}

err record_form_why_else(const struct showing *s, str *out)
{
    const struct record_form *form = s->form;
    struct buf b;

    buf_init(&b, s->arena, RECORD_TEXT);
    for (size_t i = 0; i < form->problem_count; i++) {
        if (!stands_beside(s, form->problems[i].name))
            add_why(s, &b, form->problems[i].why);
    }
    return buf_done(&b, out);
}

err record_form_add_wrong(const struct showing *s, struct page_form_field *f)
{
    TRY(why_of(s, f->name, &f->wrong));
    if (f->wrong.n == 0)
        return OK;
    s->wrongs[(*s->wrong_count)++] = (struct page_form_fields_wrongs){
        .name = f->name,
        .label = f->label,
        .why = f->wrong,
    };
    return OK;
}

err record_form_tell(const struct showing *s, struct page_form_field *f)
{
    struct buf b;

    buf_init(&b, s->arena, RECORD_TEXT);
    if (f->hint.n > 0)
        buf_printf(&b, "h-%.*s ", STR_ARG(f->name));
    if (f->unit.n > 0)
        buf_printf(&b, "u-%.*s ", STR_ARG(f->name));
    if (f->wrong.n > 0)
        buf_printf(&b, "w-%.*s ", STR_ARG(f->name));
    TRY(buf_done(&b, &f->told));
    f->told = str_trim(f->told);
    return OK;
}
