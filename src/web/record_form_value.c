/*
 * record_form_value -- between what was typed and what the table wants.
 * [RF1] [RF6]
 *
 * Each text is made the JSON of its field, which record_read() then judges
 * alone, so that every mistake is found, by the rules that the service has.
 */

#include "web/record_form_parts.h"

#include "base/arena.h"
#include "base/buf.h"

/* --- of a value --------------------------------------------------------- */

static struct json *typed_number(struct arena *a, const struct field *f,
                                 int64_t n)
{
    char digits[TEXT_VALUE];
    str text = record_form_number(n, f->unit, digits);
    str kept;

    return arena_str(a, text, &kept) ? json_new_str(a, kept) : NULL;
}

static struct json *typed_leaf(struct arena *a, const struct field *f,
                               const struct json *j)
{
    if (j->kind == JSON_BOOL)
        return json_new_str(a, j->boolean ? S("yes") : S("no"));
    if (j->kind == JSON_INT)
        return typed_number(a, f, j->number);
    return json_new_str(a, j->kind == JSON_STR ? j->text : S(""));
}

/* "5wd": "5" and "wd". */
static err typed_span(struct arena *a, const struct json *j, struct json *span)
{
    str text = j->kind == JSON_STR ? j->text : S("");
    size_t n = 0;

    while (n < text.n && text.p[n] >= '0' && text.p[n] <= '9')
        n++;
    TRY_MEMORY(json_set(span, S("n"), json_new_str(a, str_first(text, n))));
    TRY_MEMORY(json_set(span, S("unit"), json_new_str(a, str_from(text, n))));
    return OK;
}

static err typed_texts(struct arena *a, const struct json *j,
                       struct json *texts)
{
    for (const struct json *m = j->first; m != NULL; m = m->next)
        TRY_MEMORY(
            json_add(texts,
                     json_new_str(a, m->kind == JSON_STR ? m->text : S(""))));
    return OK;
}

static err typed_rows(struct arena *a, const struct record *r,
                      const struct json *j, struct json *rows)
{
    size_t i = 0;

    for (const struct json *m = j->first; m != NULL; m = m->next, i++) {
        struct json *row = json_new_object(a);
        str number;

        TRY(record_form_row(a, S(""), i, &number));
        TRY_MEMORY(json_set(rows, number, row));
        TRY(record_form_typed(a, r, m, row));
    }
    return OK;
}

static err typed_field(struct arena *a, const struct field *f,
                       const struct json *j, struct json **out)
{
    switch (f->kind) {
    case FIELD_LIST:
        *out = json_new_object(a);
        TRY_MEMORY(*out);
        return typed_rows(a, f->record, j, *out);
    case FIELD_RECORD:
        *out = json_new_object(a);
        TRY_MEMORY(*out);
        return record_form_typed(a, f->record, j, *out);
    case FIELD_STRS:
        *out = json_new_array(a);
        TRY_MEMORY(*out);
        return typed_texts(a, j, *out);
    case FIELD_SPAN:
        *out = json_new_object(a);
        TRY_MEMORY(*out);
        return typed_span(a, j, *out);
    case FIELD_STR:
    case FIELD_INT:
    case FIELD_BOOL:
    case FIELD_DAY:
    case FIELD_ID:
    case FIELD_HASH:
    case FIELD_ENUM: *out = typed_leaf(a, f, j); break;
    }
    TRY_MEMORY(*out);
    return OK;
}

err record_form_typed(struct arena *a, const struct record *r,
                      const struct json *value, struct json *typed)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct json *j = json_get(value, str_of(r->fields[i].name));
        struct json *m = NULL;

        if (j == NULL)
            continue;
        TRY(typed_field(a, &r->fields[i], j, &m));
        TRY_MEMORY(json_set(typed, str_of(r->fields[i].name), m));
    }
    return OK;
}

/* --- to a value --------------------------------------------------------- */

struct maker {
    struct arena *arena;
    struct record_form *form;
    const struct record *record;
    const struct json *typed;
    str prefix;          /* of names */
    struct json *object; /* what is made */
};

static err make_record(const struct maker *m);

static err name_of(const struct maker *m, const struct field *f, str *out)
{
    return record_form_name(m->arena, m->prefix, str_of(f->name), out);
}

static err complain(const struct maker *m, const struct field *f, err why)
{
    str name;

    TRY(name_of(m, f, &name));
    return record_form_wrong(m->arena, m->form, name, why);
}

/* As record_read() judges a record of this field alone. */
static err judge(const struct maker *m, const struct field *f, str typed,
                 struct json *j)
{
    const struct record alone = { m->record->name, m->record->size, f, 1 };
    struct json *object = json_new_object(m->arena);
    void *into = arena_zero(m->arena, m->record->size);

    TRY_MEMORY(into);
    TRY_MEMORY(json_set(object, str_of(f->name), j));
    err e = record_read(m->arena, &alone, object, into);
    if (failed(e))
        return complain(m, f, record_form_said(m->arena, f, typed, e));
    TRY_MEMORY(json_set(m->object, str_of(f->name), j));
    return OK;
}

/* The JSON of a text; one that does not fit stays a text, which is refused. */
static struct json *leaf_of(struct arena *a, const struct field *f, str typed)
{
    bool yes = str_eq(typed, S("yes"));
    int64_t n;

    if (f->kind == FIELD_BOOL && (yes || str_eq(typed, S("no"))))
        return json_new_bool(a, yes);
    if (f->kind == FIELD_INT && record_form_count(typed, f->unit, &n))
        return json_new_int(a, n);
    return json_new_str(a, typed);
}

static err make_leaf(const struct maker *m, const struct field *f)
{
    str typed = record_form_text(m->typed, f->name);

    if (typed.n == 0 && f->optional)
        return OK;
    if (typed.n == 0 && (f->kind != FIELD_STR || f->min > 0))
        return complain(m, f, record_form_missing(m->arena, f));
    return judge(m, f, typed, leaf_of(m->arena, f, typed));
}

static err make_span(const struct maker *m, const struct field *f)
{
    const struct json *typed = json_get(m->typed, str_of(f->name));
    str n = record_form_text(typed, "n");
    struct buf b;
    str text;

    if (n.n == 0 && f->optional)
        return OK;
    if (n.n == 0)
        return complain(m, f, record_form_missing(m->arena, f));
    buf_init(&b, m->arena, n.n + RECORD_NAME);
    buf_str(&b, n);
    buf_str(&b, str_first(record_form_text(typed, "unit"), RECORD_NAME));
    TRY(buf_done(&b, &text));
    return judge(m, f, text, json_new_str(m->arena, text));
}

static err make_texts(const struct maker *m, const struct field *f)
{
    const struct json *typed = json_get(m->typed, str_of(f->name));
    struct json *texts = json_new_array(m->arena);

    TRY_MEMORY(texts);
    if (typed == NULL || typed->count == 0) {
        if (f->optional)
            return OK;
        if (f->min > 0)
            return complain(m, f, record_form_missing(m->arena, f));
    }
    for (const struct json *j = typed == NULL ? NULL : typed->first; j != NULL;
         j = j->next)
        TRY_MEMORY(json_add(texts, json_new_str(m->arena, j->text)));
    return judge(m, f, S(""), texts);
}

static err make_inner(const struct maker *m, const struct field *f)
{
    const struct json *typed = json_get(m->typed, str_of(f->name));
    struct maker inner = { m->arena, m->form, f->record,
                           typed,    S(""),   json_new_object(m->arena) };

    TRY_MEMORY(inner.object);
    if (f->optional && record_form_blank(f->record, typed))
        return OK;
    TRY_MEMORY(json_set(m->object, str_of(f->name), inner.object));
    TRY(name_of(m, f, &inner.prefix));
    return make_record(&inner);
}

static err make_rows(const struct maker *m, const struct field *f,
                     const struct json *typed, struct json *rows)
{
    size_t i = 0;
    str name;

    TRY(name_of(m, f, &name));
    for (const struct json *j = typed->first; j != NULL; j = j->next, i++) {
        struct maker inner = { m->arena, m->form, f->record,
                               j,        S(""),   json_new_object(m->arena) };

        TRY(record_form_row(m->arena, name, i, &inner.prefix));
        TRY_MEMORY(json_add(rows, inner.object));
        TRY(make_record(&inner));
    }
    return OK;
}

static err wrong_count(const struct maker *m, const struct field *f)
{
    return complain(m, f,
                    err_new(m->arena, ERR_INVALID, "record_form.count",
                            ARG_INT("min", f->min), ARG_INT("max", f->max)));
}

static err make_list(const struct maker *m, const struct field *f)
{
    const struct json *typed = json_get(m->typed, str_of(f->name));
    struct json *rows = json_new_array(m->arena);
    size_t n = typed == NULL ? 0 : typed->count;

    TRY_MEMORY(rows);
    if (n == 0 && f->optional)
        return OK;
    if (n == 0 && f->min > 0)
        return complain(m, f, record_form_missing(m->arena, f));
    TRY_MEMORY(json_set(m->object, str_of(f->name), rows));
    if ((int64_t)n < f->min || (int64_t)n > f->max)
        TRY(wrong_count(m, f));
    return n == 0 ? OK : make_rows(m, f, typed, rows);
}

static err make_field(const struct maker *m, const struct field *f)
{
    switch (f->kind) {
    case FIELD_LIST: return make_list(m, f);
    case FIELD_RECORD: return make_inner(m, f);
    case FIELD_STRS: return make_texts(m, f);
    case FIELD_SPAN: return make_span(m, f);
    case FIELD_STR:
    case FIELD_INT:
    case FIELD_BOOL:
    case FIELD_DAY:
    case FIELD_ID:
    case FIELD_HASH:
    case FIELD_ENUM: break;
    }
    return make_leaf(m, f);
}

static err make_record(const struct maker *m)
{
    for (size_t i = 0; i < m->record->n; i++)
        TRY(make_field(m, &m->record->fields[i]));
    return OK;
}

err record_form_value(struct arena *a, struct record_form *form)
{
    struct maker m = { a,           form,  form->of.record,
                       form->typed, S(""), json_new_object(a) };

    TRY_MEMORY(m.object);
    TRY(make_record(&m));
    if (form->problem_count == 0)
        form->value = m.object;
    return OK;
}
