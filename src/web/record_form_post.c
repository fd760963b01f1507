/*
 * record_form_post -- names and values from a browser, put where they belong.
 * [RF3]-[RF5]
 */

#include "web/record_form_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/utf8.h"
#include "web/answer.h"

enum {
    ROW_DIGITS = 4,
    SHOWN = 60, /* characters of a name in a message */
};

/* Something that was sent, and what is left of its name on the way down. */
struct sent {
    struct arena *arena;
    str name;
    str rest;
    str value;
    enum { SENT_WELL, SENT_TWICE, SENT_UNKNOWN } how;
};

static err place(struct sent *s, const struct record *r, struct json *object);

/* --- texts [RF5] ---------------------------------------------------------- */

static err set_text(struct sent *s, struct json *object, const char *name,
                    str value)
{
    if (json_get(object, str_of(name)) != NULL) {
        s->how = SENT_TWICE;
        return OK;
    }
    TRY_MEMORY(json_set(object, str_of(name), json_new_str(s->arena, value)));
    return OK;
}

/* "PATH.whole": as it stands. */
static bool is_whole(const struct sent *s)
{
    return str_eq(s->rest, S("whole"));
}

static err place_leaf(struct sent *s, const struct field *f,
                      struct json *object)
{
    bool whole = f->kind == FIELD_STR && is_whole(s);
    str text;

    if (s->rest.p != NULL && !whole) {
        s->how = SENT_UNKNOWN;
        return OK;
    }
    TRY(answer_lines(s->arena, s->value, &text));
    return set_text(s, object, f->name, whole ? text : str_trim(text));
}

static err place_lines(struct sent *s, struct json *texts, str lines)
{
    while (lines.p != NULL) {
        str line = str_trim(str_cut(&lines, '\n'));

        if (line.n > 0)
            TRY_MEMORY(json_add(texts, json_new_str(s->arena, line)));
    }
    return OK;
}

static err place_texts(struct sent *s, const struct field *f,
                       struct json *object)
{
    struct json *texts =
        record_form_inner(s->arena, object, str_of(f->name), JSON_ARRAY);
    str text;

    TRY_MEMORY(texts);
    TRY(answer_lines(s->arena, s->value, &text));
    if (s->rest.p == NULL)
        return place_lines(s, texts, text);
    if (!is_whole(s))
        s->how = SENT_UNKNOWN;
    else if (text.n > 0)
        TRY_MEMORY(json_add(texts, json_new_str(s->arena, text)));
    return OK;
}

/* --- what nests ----------------------------------------------------------- */

static err place_span(struct sent *s, const struct field *f,
                      struct json *object)
{
    struct json *span =
        record_form_inner(s->arena, object, str_of(f->name), JSON_OBJECT);
    bool n = str_eq(s->rest, S("n"));

    TRY_MEMORY(span);
    if (!n && !str_eq(s->rest, S("unit"))) {
        s->how = SENT_UNKNOWN;
        return OK;
    }
    return set_text(s, span, n ? "n" : "unit", str_trim(s->value));
}

static bool is_row(str number)
{
    if (number.n == 0 || number.n > ROW_DIGITS ||
        (number.n > 1 && number.p[0] == '0'))
        return false;
    for (size_t i = 0; i < number.n; i++) {
        if (number.p[i] < '0' || number.p[i] > '9')
            return false;
    }
    return true;
}

static err place_row(struct sent *s, const struct field *f, struct json *object)
{
    struct json *rows =
        record_form_inner(s->arena, object, str_of(f->name), JSON_OBJECT);
    str number = str_cut(&s->rest, '.');

    TRY_MEMORY(rows);
    if (!is_row(number)) {
        s->how = SENT_UNKNOWN;
        return OK;
    }
    struct json *row = record_form_inner(s->arena, rows, number, JSON_OBJECT);
    TRY_MEMORY(row);
    return place(s, f->record, row);
}

static err place_inner(struct sent *s, const struct field *f,
                       struct json *object)
{
    struct json *inner =
        record_form_inner(s->arena, object, str_of(f->name), JSON_OBJECT);

    TRY_MEMORY(inner);
    return place(s, f->record, inner);
}

static err place(struct sent *s, const struct record *r, struct json *object)
{
    const struct field *f = record_form_field(r, str_cut(&s->rest, '.'));

    if (f == NULL) {
        s->how = SENT_UNKNOWN;
        return OK;
    }
    switch (f->kind) {
    case FIELD_LIST: return place_row(s, f, object);
    case FIELD_RECORD: return place_inner(s, f, object);
    case FIELD_STRS: return place_texts(s, f, object);
    case FIELD_SPAN: return place_span(s, f, object);
    case FIELD_STR:
    case FIELD_INT:
    case FIELD_BOOL:
    case FIELD_DAY:
    case FIELD_ID:
    case FIELD_HASH:
    case FIELD_ENUM: break;
    }
    return place_leaf(s, f, object);
}

/* --- rows [RF4] ----------------------------------------------------------- */

static void take_out(struct json *rows, const struct json *row)
{
    struct json *before = NULL;

    for (struct json *m = rows->first; m != row; m = m->next)
        before = m;
    if (before == NULL)
        rows->first = row->next;
    else
        before->next = row->next;
    if (rows->last == row)
        rows->last = before;
    rows->count--;
}

static void drop_blank(const struct record *r, struct json *rows)
{
    struct json *next;

    for (struct json *m = rows->first; m != NULL; m = next) {
        next = m->next;
        if (record_form_blank(r, m))
            take_out(rows, m);
    }
}

static err tidy_rows(struct arena *a, const struct record *r, struct json *rows,
                     bool drop)
{
    size_t i = 0;

    if (drop)
        drop_blank(r, rows);
    for (struct json *m = rows->first; m != NULL; m = m->next, i++) {
        TRY(record_form_row(a, S(""), i, &m->key));
        TRY(record_form_tidy(a, r, m, drop));
    }
    return OK;
}

static struct json *member_of(struct json *object, str name)
{
    struct json *m = object->first;

    while (m != NULL && !str_eq(m->key, name))
        m = m->next;
    return m;
}

err record_form_tidy(struct arena *a, const struct record *r,
                     struct json *typed, bool drop)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->fields[i];

        struct json *m = member_of(typed, str_of(f->name));

        if (m != NULL && f->kind == FIELD_LIST)
            TRY(tidy_rows(a, f->record, m, drop));
        if (m != NULL && f->kind == FIELD_RECORD)
            TRY(record_form_tidy(a, f->record, m, drop));
    }
    return OK;
}

/* --- buttons [RF4] -------------------------------------------------------- */

/* The rows of the list that `path` leads to from `object`; NULL: it is no list.
 *  A list nobody filled in is made. */
static struct json *rows_at(struct arena *a, const struct record *r,
                            struct json *object, str path)
{
    while (object != NULL) {
        const struct field *f = record_form_field(r, str_cut(&path, '.'));

        if (f == NULL || f->record == NULL)
            return NULL;
        object = record_form_inner(a, object, str_of(f->name), JSON_OBJECT);
        if (path.p == NULL)
            return f->kind == FIELD_LIST ? object : NULL;
        r = f->record;
        if (f->kind == FIELD_LIST) {
            str number = str_cut(&path, '.');

            if (path.p == NULL || object == NULL || !is_row(number))
                return NULL;
            object = record_form_inner(a, object, number, JSON_OBJECT);
        }
    }
    return NULL;
}

/* Where the last dot stands; name.n when there is none. */
static size_t last_dot(str name)
{
    size_t n = name.n;

    while (n > 0 && name.p[n - 1] != '.')
        n--;
    return n == 0 ? name.n : n - 1;
}

/* A number that no row has: browsers send all rows, others what they like. */
static err free_number(struct arena *a, const struct json *rows, str *out)
{
    size_t i = rows->count;

    do
        TRY(record_form_row(a, S(""), i++, out));
    while (json_get(rows, *out) != NULL);
    return OK;
}

static err press_add(struct arena *a, struct record_form *form, str list,
                     bool *done)
{
    struct json *rows = rows_at(a, form->of.record, form->typed, list);
    str number;

    if (rows == NULL)
        return OK;
    TRY(record_form_row(a, list, rows->count, &form->fresh));
    TRY(free_number(a, rows, &number));
    TRY_MEMORY(json_set(rows, number, json_new_object(a)));
    form->button = RECORD_ADD;
    *done = true;
    return OK;
}

static void press_remove(struct arena *a, struct record_form *form, str row,
                         bool *done)
{
    size_t dot = last_dot(row);
    struct json *rows =
        rows_at(a, form->of.record, form->typed, str_first(row, dot));
    const struct json *m =
        rows == NULL ? NULL : json_get(rows, str_from(row, dot + 1));

    if (m == NULL)
        return;
    take_out(rows, m);
    form->button = RECORD_REMOVE;
    *done = true;
}

static err unknown(struct arena *a, struct record_form *form, str name)
{
    return record_form_wrong(a, form, S(""),
                             err_new(a, ERR_INVALID, "record_form.unknown",
                                     ARG_STR("name", utf8_first(name, SHOWN))));
}

static err twice(struct arena *a, struct record_form *form, str name)
{
    return record_form_wrong(a, form, S(""),
                             err_new(a, ERR_INVALID, "record_form.twice",
                                     ARG_STR("name", utf8_first(name, SHOWN))));
}

/* Whatever the browser made of the buttons, one was pressed at most. */
static err press(struct arena *a, struct record_form *form,
                 const struct form *posted)
{
    bool done = false;
    str path;

    if (form_get(posted, S("add"), &path))
        TRY(press_add(a, form, path, &done));
    else if (form_get(posted, S("remove"), &path))
        press_remove(a, form, path, &done);
    else
        return OK;
    return done ? OK : unknown(a, form, path);
}

/* --- a form --------------------------------------------------------------- */

static bool is_among(str name, const char *const *names)
{
    for (size_t i = 0; names[i] != NULL; i++) {
        if (str_eq(name, str_of(names[i])))
            return true;
    }
    return false;
}

static err take(struct arena *a, struct record_form *form,
                const struct form_field *posted)
{
    struct sent s = { a, posted->name, posted->name, posted->value, SENT_WELL };

    TRY(place(&s, form->of.record, form->typed));
    if (s.how == SENT_UNKNOWN)
        return unknown(a, form, s.name);
    if (s.how == SENT_TWICE)
        return twice(a, form, s.name);
    return OK;
}

err record_form_post(struct arena *a, const struct record_form_of *of,
                     const struct form *posted, const char *const *own,
                     struct record_form *out)
{
    static const char *const buttons[] = { "add", "remove", NULL };

    *out = (struct record_form){ .of = *of, .typed = json_new_object(a) };
    TRY_MEMORY(out->typed);
    for (size_t i = 0; i < posted->n; i++) {
        if (!is_among(posted->at[i].name, own) &&
            !is_among(posted->at[i].name, buttons))
            TRY(take(a, out, &posted->at[i]));
    }
    TRY(press(a, out, posted));
    TRY(record_form_tidy(a, of->record, out->typed,
                         out->button == RECORD_SEND));
    return out->button == RECORD_SEND ? record_form_value(a, out) : OK;
}
