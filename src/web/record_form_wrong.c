/*
 * record_form_wrong -- what is wrong with a form, in words for whoever fills it
 * in: what, and what would be right.  Where is beside the field. [RF2]
 */

#include "web/record_form_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/utf8.h"

err record_form_wrong(struct arena *a, struct record_form *form, str name,
                      err why)
{
    form->value = NULL;
    if (why.info->code == ERR_MEMORY)
        return why;
    if (form->problem_count == RECORD_PROBLEMS)
        return OK;

    struct record_problem *p = &form->problems[form->problem_count];
    TRY_MEMORY(arena_str(a, name, &p->name));
    p->why = err_keep(a, why);
    if (err_is(p->why, ERR_MEMORY))
        return p->why;
    form->problem_count++;
    return OK;
}

static err wrong(struct arena *a, const char *what)
{
    return err_new(a, ERR_INVALID, what);
}

err record_form_missing(struct arena *a, const struct field *f)
{
    switch (f->kind) {
    case FIELD_BOOL:
    case FIELD_ENUM: return wrong(a, "record_form.choose");
    case FIELD_LIST:
    case FIELD_STRS: return wrong(a, "record_form.rows_missing");
    case FIELD_DAY: return wrong(a, "record_form.day_missing");
    case FIELD_STR:
    case FIELD_INT:
    case FIELD_SPAN:
    case FIELD_ID:
    case FIELD_HASH:
    case FIELD_RECORD: break;
    }
    return wrong(a, "record_form.missing");
}

static err wrong_number(struct arena *a, enum field_unit unit)
{
    switch (unit) {
    case UNIT_FEN: return wrong(a, "record_form.money");
    case UNIT_PERCENT: return wrong(a, "record_form.percent");
    case UNIT_TENTHS: return wrong(a, "record_form.tenths");
    case UNIT_NONE: break;
    }
    return wrong(a, "record_form.number");
}

static err wrong_kind(struct arena *a, const struct field *f)
{
    switch (f->kind) {
    case FIELD_INT: return wrong_number(a, f->unit);
    case FIELD_BOOL:
    case FIELD_ENUM: return wrong(a, "record_form.choose");
    case FIELD_DAY: return wrong(a, "record_form.day");
    case FIELD_SPAN: return wrong(a, "record_form.span");
    case FIELD_ID: return wrong(a, "record_form.id");
    case FIELD_HASH: return wrong(a, "record_form.hash");
    case FIELD_STR:
    case FIELD_STRS:
    case FIELD_RECORD:
    case FIELD_LIST: break;
    }
    return wrong(a, "record_form.text");
}

/* As it would be typed, with what it counts. */
static str bound(int64_t n, enum field_unit unit, char out[static TEXT_VALUE])
{
    if (unit == UNIT_FEN)
        return text_money(n, out);
    if (unit == UNIT_PERCENT)
        return text_percent(n, out);
    return record_form_number(n, unit, out);
}

static err wrong_range(struct arena *a, const struct field *f)
{
    char min[TEXT_VALUE];
    char max[TEXT_VALUE];

    return err_new(a, ERR_INVALID, "record_form.range",
                   ARG_STR("min", bound(f->min, f->unit, min)),
                   ARG_STR("max", bound(f->max, f->unit, max)));
}

static err wrong_length(struct arena *a, const struct field *f, str typed)
{
    size_t found = 0;

    if (f->kind == FIELD_STRS)
        return wrong(a, "record_form.item");
    (void)utf8_check(typed, &found);
    if (f->min <= 1)
        return err_new(a, ERR_INVALID, "record_form.too_long",
                       ARG_INT("max", f->max), ARG_INT("found", found));
    if (f->min == f->max)
        return err_new(a, ERR_INVALID, "record_form.length",
                       ARG_INT("max", f->max), ARG_INT("found", found));
    return err_new(a, ERR_INVALID, "record_form.between",
                   ARG_INT("min", f->min), ARG_INT("max", f->max),
                   ARG_INT("found", found));
}

static err wrong_count(struct arena *a, const struct field *f)
{
    return err_new(a, ERR_INVALID, "record_form.count", ARG_INT("min", f->min),
                   ARG_INT("max", f->max));
}

err record_form_said(struct arena *a, const struct field *f, str typed, err why)
{
    str said = str_of(why.info->id);

    if (str_eq(said, S("record.kind")))
        return wrong_kind(a, f);
    if (str_eq(said, S("record.choice")))
        return wrong(a, "record_form.choose");
    if (str_eq(said, S("record.range")))
        return wrong_range(a, f);
    if (str_eq(said, S("record.length")))
        return wrong_length(a, f, typed);
    if (str_eq(said, S("record.count")))
        return wrong_count(a, f);
    if (str_eq(said, S("record.missing")))
        return record_form_missing(a, f);
    if (str_eq(said, S("record.control")))
        return err_new(a, ERR_INVALID, "record_form.control",
                       ARG_STR("code", err_arg_text(why, "code")));
    return why;
}

/* --- refusals of the service ------------------------------------------ */

/* "sites[2].name" as a form names it: "sites.2.name". */
static err name_of_path(struct arena *a, str path, str *out)
{
    struct buf b;

    buf_init(&b, a, RECORD_NAME_ROOM);
    for (size_t i = 0; i < path.n; i++) {
        if (path.p[i] != ']')
            buf_char(&b, path.p[i] == '[' ? '.' : path.p[i]);
    }
    return buf_done(&b, out);
}

/* The field of a whole name; NULL: it is none's, or a row's. */
static const struct field *field_at(const struct record *r, str name)
{
    while (r != NULL) {
        const struct field *f = record_form_field(r, str_cut(&name, '.'));

        if (f == NULL || name.p == NULL || f->kind == FIELD_STRS)
            return f;
        if (f->kind == FIELD_LIST)
            (void)str_cut(&name, '.');
        if (name.p == NULL)
            return NULL;
        r = f->record;
    }
    return NULL;
}

/* What was typed under this name. */
static str typed_at(const struct json *typed, str name)
{
    while (typed != NULL && name.p != NULL)
        typed = json_get(typed, str_cut(&name, '.'));
    return typed == NULL || typed->kind != JSON_STR ? S("") : typed->text;
}

/* One of a list of texts stands beside them all: "members.3" is "members". */
static str without_number(str name)
{
    size_t n = name.n;

    while (n > 0 && name.p[n - 1] >= '0' && name.p[n - 1] <= '9')
        n--;
    return n > 0 && n < name.n && name.p[n - 1] == '.' ? str_first(name, n - 1)
                                                       : name;
}

static err place_path(struct arena *a, struct record_form *form, err why,
                      bool *placed)
{
    str path = err_arg_text(why, "path");
    const struct field *f;
    str name;

    if (path.n == 0)
        return OK;
    TRY(name_of_path(a, path, &name));
    f = field_at(form->of.record, name);
    if (f == NULL)
        return OK;
    *placed = true;
    if (f->kind == FIELD_STRS)
        name = without_number(name);
    return record_form_wrong(a, form, name,
                             record_form_said(a, f, typed_at(form->typed, name),
                                              why));
}

/* What a refusal's argument is looked for by, and what was found. */
struct search {
    struct arena *arena;
    str called;
    str holds;
    str name; /* of the field found last */
    size_t found;
};

static err search_in(struct search *s, const struct record *r,
                     const struct json *typed, str prefix);

static err search_rows(struct search *s, const struct record *r,
                       const struct json *rows, str prefix)
{
    for (const struct json *m = rows->first; m != NULL; m = m->next) {
        str name;

        TRY(record_form_name(s->arena, prefix, m->key, &name));
        TRY(search_in(s, r, m, name));
    }
    return OK;
}

static err search_in(struct search *s, const struct record *r,
                     const struct json *typed, str prefix)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct field *f = &r->fields[i];
        const struct json *m = json_get(typed, str_of(f->name));
        str name;

        if (m == NULL)
            continue;
        TRY(record_form_name(s->arena, prefix, str_of(f->name), &name));
        if (f->kind == FIELD_LIST)
            TRY(search_rows(s, f->record, m, name));
        if (f->kind == FIELD_RECORD)
            TRY(search_in(s, f->record, m, name));
        if (m->kind != JSON_STR || !str_eq(str_of(f->name), s->called) ||
            !str_eq(m->text, s->holds))
            continue;
        s->name = name;
        s->found++;
    }
    return OK;
}

static err place_argument(struct arena *a, struct record_form *form, err why,
                          bool *placed)
{
    for (const struct err_arg *g = why.info->args; g->name != NULL; g++) {
        char digits[TEXT_VALUE];
        struct search s = { a, str_of(g->name), g->text, S(""), 0 };

        if (g->kind == ARG_IS_NUMBER)
            s.holds = text_number(g->number, digits);
        if (s.holds.n == 0)
            continue;
        TRY(search_in(&s, form->of.record, form->typed, S("")));
        if (s.found != 1)
            continue;
        *placed = true;
        return record_form_wrong(a, form, s.name, why);
    }
    return OK;
}

err record_form_refuse(struct arena *a, struct record_form *form, err why)
{
    bool placed = false;

    TRY(place_path(a, form, why, &placed));
    if (!placed)
        TRY(place_argument(a, form, why, &placed));
    return placed ? OK : record_form_wrong(a, form, S(""), why);
}
