#include "web/record_form_parts.h"

#include "base/arena.h"
#include "base/buf.h"

bool record_form_asks(const struct record *r)
{
    return strcmp(r->name, "nothing") != 0;
}

const struct field *record_form_field(const struct record *r, str name)
{
    for (size_t i = 0; i < r->n; i++) {
        if (str_eq(str_of(r->fields[i].name), name))
            return &r->fields[i];
    }
    return NULL;
}

/* --- names ---------------------------------------------------------------- */

err record_form_name(struct arena *a, str prefix, str name, str *out)
{
    struct buf b;

    buf_init(&b, a, RECORD_NAME_ROOM);
    buf_str(&b, prefix);
    if (prefix.n > 0)
        buf_char(&b, '.');
    buf_str(&b, name);
    return buf_done(&b, out);
}

err record_form_row(struct arena *a, str list, size_t i, str *out)
{
    char digits[TEXT_VALUE];

    return record_form_name(a, list, text_number((int64_t)i, digits), out);
}

/* --- what was typed ------------------------------------------------------- */

struct json *record_form_inner(struct arena *a, struct json *object, str key,
                               enum json_kind kind)
{
    struct json *made;

    for (struct json *m = object->first; m != NULL; m = m->next) {
        if (str_eq(m->key, key))
            return m;
    }
    made = kind == JSON_ARRAY ? json_new_array(a) : json_new_object(a);
    return json_set(object, key, made) == NULL ? NULL : made;
}

str record_form_text(const struct json *object, const char *name)
{
    return object == NULL ? S("") : json_get_str(object, str_of(name));
}

str record_form_first(const struct field *f)
{
    return f->kind == FIELD_ENUM && f->optional ? str_of(f->names[0]) : S("");
}

static bool is_blank_list(const struct field *f, const struct json *rows)
{
    for (const struct json *m = rows->first; m != NULL; m = m->next) {
        if (!record_form_blank(f->record, m))
            return false;
    }
    return true;
}

static bool is_blank(const struct field *f, const struct json *typed)
{
    switch (f->kind) {
    case FIELD_LIST: return is_blank_list(f, typed);
    case FIELD_RECORD: return record_form_blank(f->record, typed);
    case FIELD_STRS: return typed->count == 0;
    case FIELD_SPAN: return record_form_text(typed, "n").n == 0;
    case FIELD_STR:
    case FIELD_INT:
    case FIELD_BOOL:
    case FIELD_DAY:
    case FIELD_ID:
    case FIELD_HASH:
    case FIELD_ENUM: break;
    }
    return typed->text.n == 0 || str_eq(typed->text, record_form_first(f));
}

bool record_form_blank(const struct record *r, const struct json *typed)
{
    for (size_t i = 0; typed != NULL && i < r->n; i++) {
        const struct json *m = json_get(typed, str_of(r->fields[i].name));

        if (m != NULL && !is_blank(&r->fields[i], m))
            return false;
    }
    return true;
}

err record_form_begin(struct arena *a, const struct record_form_of *of,
                      const struct json *value, struct record_form *out)
{
    struct json *typed = json_new_object(a);

    TRY_MEMORY(typed);
    if (value != NULL)
        TRY(record_form_typed(a, of->record, value, typed));
    *out = (struct record_form){ .of = *of, .typed = typed };
    return OK;
}

err record_form_again(struct arena *a, const struct record_form_of *of,
                      struct json *typed, struct record_form *out)
{
    *out = (struct record_form){ .of = *of, .typed = typed };
    return record_form_value(a, out);
}
