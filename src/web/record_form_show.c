/*
 * record_form_show -- a form's fields for the template form_fields. [RF2] [RF7]
 */

#include "web/record_form_showing.h"

#include "base/arena.h"
#include "base/buf.h"
#include "domain/names.h"

#include <string.h>

enum {
    TEXT_MAX = 1 << 16,
    SHORT_TEXT = 20,  /* characters; a line for no more is as short */
    LONG_TEXT = 500,  /* characters; a text that may have more gets lines */
    VERY_LONG = 2000, /* .. and more of them */
    RADIOS_MOST = 4,  /* choices that are all shown */
    AREA_LINES = 3,
    LONG_LINES = 6,
};

static err show_record(const struct showing *s, const struct record *r,
                       const struct json *typed,
                       const struct page_form_field **out);

/* --- words [RF7] ---------------------------------------------------------- */

/* Beginnings of ids; tools/texts.py knows them by the parameter's name. */
#define BEGIN(id) (id)

/* The catalogue's "field.a.b", or nothing. */
static err text_at(const struct showing *s, const char *begin, str more,
                   str *out)
{
    struct buf b;
    str whole;
    str name;

    buf_init(&b, s->arena, RECORD_NAME_ROOM);
    buf_str(&b, str_of(begin));
    buf_str(&b, more);
    TRY(buf_done(&b, &whole));
    TRY_MEMORY(arena_str(s->arena, whole, &name));
    *out = text_get(s->lang, name.p);
    return OK;
}

/* Of this place in this command, else of every field that is called so. */
static err words_of(const struct showing *s, const char *begin, str path,
                    const struct field *f, str *out)
{
    str whole;

    TRY(record_form_name(s->arena, str_of(s->form->of.command), path, &whole));
    TRY(text_at(s, begin, whole, out));
    return out->n > 0 ? OK : text_at(s, begin, str_of(f->name), out);
}

static err say(const struct showing *s, const char *what,
               const struct err_arg *args, str *out)
{
    struct buf b;

    buf_init(&b, s->arena, TEXT_MAX);
    text_render(&b, s->lang, what, args);
    return buf_done(&b, out);
}

/* A sentence of the form's own after the hint. */
static err add_hint(const struct showing *s, struct page_form_field *f,
                    const char *what, const struct err_arg *args)
{
    struct buf b;

    buf_init(&b, s->arena, TEXT_MAX);
    buf_str(&b, f->hint);
    if (f->hint.n > 0 && s->lang == LANG_EN)
        buf_char(&b, ' ');
    text_render(&b, s->lang, what, args);
    return buf_done(&b, &f->hint);
}

/* Areas say how much goes in, or how it is set apart. */
static err add_limit(const struct showing *s, const struct field *f,
                     struct page_form_field *out)
{
    if (!out->area)
        return OK;
    if (f->kind == FIELD_STRS)
        return add_hint(s, out, "record_form.lines", NULL);
    return add_hint(s, out, "record_form.limit",
                    (const struct err_arg[]){ ARG_INT("most", f->max), { 0 } });
}

static str unit_of(const struct showing *s, enum field_unit unit)
{
    switch (unit) {
    case UNIT_FEN: return text_get(s->lang, "record_form.unit_yuan");
    case UNIT_PERCENT: return S("%");
    case UNIT_TENTHS: return text_get(s->lang, "record_form.unit_days");
    case UNIT_NONE: break;
    }
    return S("");
}

/* --- choices -------------------------------------------------------------- */

typedef struct page_form_field_choices choice;

static const char *prefix_of(const char *const *names)
{
    for (size_t i = 0; i < naming_count; i++) {
        if (namings[i].names == names)
            return namings[i].id;
    }
    return NULL;
}

static const struct record_offer *offer_of(const struct showing *s, str path)
{
    for (size_t i = 0; i < s->form->of.offer_count; i++) {
        if (str_eq(str_of(s->form->of.offers[i].path), path))
            return &s->form->of.offers[i];
    }
    return NULL;
}

/* The first choice of a list from which nothing need be, or was, chosen. */
static choice no_choice(const struct showing *s, const struct field *f,
                        str value)
{
    return (choice){
        .value = S(""),
        .label = text_get(s->lang, f->optional ? "record_form.none"
                                               : "record_form.pick"),
        .chosen = value.n == 0,
    };
}

static err add_names(const struct showing *s, const struct field *f, str value,
                     choice *out, size_t *n)
{
    for (size_t i = 0; f->names[i] != NULL; i++) {
        choice *c = &out[(*n)++];

        c->value = str_of(f->names[i]);
        c->chosen = str_eq(c->value, value);
        c->label = c->value;
        if (prefix_of(f->names) != NULL)
            TRY(text_at(s, prefix_of(f->names), c->value, &c->label));
    }
    return OK;
}

static void add_offers(const struct record_offer *o, str value, choice *out,
                       size_t *n)
{
    bool known = value.n == 0;

    for (size_t i = 0; i < o->n; i++) {
        bool chosen = str_eq(o->at[i].value, value);

        out[(*n)++] = (choice){ o->at[i].value, o->at[i].label, chosen };
        known = known || chosen;
    }
    if (!known)
        out[(*n)++] = (choice){ value, value, true };
}

/* One of what is offered, or of the names of a choice. */
static err show_pick(const struct showing *s, const struct field *f, str value,
                     const struct record_offer *offer,
                     struct page_form_field *out)
{
    size_t most = 2 + (offer == NULL ? 0 : offer->n);
    size_t n = 0;

    for (size_t i = 0; offer == NULL && f->names[i] != NULL; i++)
        most++;
    choice *choices = arena_array(s->arena, most, sizeof *choices);
    TRY_MEMORY(choices);
    bool radios = offer == NULL && most - 2 <= RADIOS_MOST && !s->in_row;
    if (!radios && record_form_first(f).n == 0)
        choices[n++] = no_choice(s, f, value);
    if (offer != NULL)
        add_offers(offer, value, choices, &n);
    else
        TRY(add_names(s, f, value, choices, &n));
    out->choice = radios;
    out->field = out->pick = !radios;
    out->choices = choices;
    out->choices_n = n;
    return OK;
}

static err show_yes_no(const struct showing *s, const struct field *f,
                       str value, struct page_form_field *out)
{
    choice *choices = arena_array(s->arena, 2, sizeof *choices);

    TRY_MEMORY(choices);
    if (f->optional) {
        out->tick = true;
        out->checked = str_eq(value, S("yes"));
        out->optional = false;
        return OK;
    }
    choices[0] = (choice){ S("yes"), text_get(s->lang, "record_form.yes"),
                           str_eq(value, S("yes")) };
    choices[1] = (choice){ S("no"), text_get(s->lang, "record_form.no"),
                           str_eq(value, S("no")) };
    out->choice = true;
    out->choices = choices;
    out->choices_n = 2;
    return OK;
}

static err show_span(const struct showing *s, const struct json *typed,
                     struct page_form_field *out)
{
    static const struct {
        str unit;
        const char *label;
    } units[] = {
        { S_INIT("d"), "record_form.span_days" },
        { S_INIT("wd"), "record_form.span_workdays" },
        { S_INIT("m"), "record_form.span_months" },
    };
    str unit = record_form_text(typed, "unit");
    choice *choices = arena_array(s->arena, 3, sizeof *choices);

    TRY_MEMORY(choices);
    for (size_t i = 0; i < 3; i++)
        choices[i] = (choice){ units[i].unit, text_get(s->lang, units[i].label),
                               str_eq(units[i].unit, unit) };
    out->field = out->line = out->span = true;
    out->brief = true;
    out->mode = S("numeric");
    out->value = record_form_text(typed, "n");
    out->choices = choices;
    out->choices_n = 3;
    return record_form_name(s->arena, out->name, S("n"), &out->sent);
}

/* --- texts [RF5] ---------------------------------------------------------- */

/* Would it come back another when its ends are trimmed? */
static bool is_odd(str text)
{
    return str_trim(text).n != text.n;
}

/* The list that helps, and what the code is called that was typed. */
static err show_codes(const struct showing *s, const struct field *f, str value,
                      struct page_form_field *out)
{
    for (size_t i = 0; i < s->form->of.code_count; i++) {
        const struct record_codes *c = &s->form->of.codes[i];

        if (strcmp(c->field, f->name) != 0)
            continue;
        out->list = c->list == NULL ? S("") : str_of(c->list);
        TRY(c->name(s->arena, s->lang, value, &out->unit));
    }
    return OK;
}

static err show_line(const struct showing *s, const struct field *f, str value,
                     struct page_form_field *out)
{
    bool code = f->kind == FIELD_ID || f->kind == FIELD_HASH;
    bool odd = is_odd(value) && f->kind == FIELD_STR;
    bool text = f->kind == FIELD_STR;

    out->field = true;
    out->value = value;
    out->code = code;
    out->area = text && (f->max >= LONG_TEXT || odd ||
                         str_index(value, '\n') < value.n);
    out->line = !out->area;
    out->lines = f->max >= VERY_LONG ? LONG_LINES : AREA_LINES;
    out->brief =
        out->line && (f->kind == FIELD_INT || (text && f->max <= SHORT_TEXT));
    out->mode = S("text");
    if (f->kind == FIELD_INT && f->min >= 0)
        out->mode = f->unit == UNIT_NONE ? S("numeric") : S("decimal");
    out->unit = f->kind == FIELD_INT ? unit_of(s, f->unit) : S("");
    TRY(show_codes(s, f, value, out));
    return odd ? record_form_name(s->arena, out->name, S("whole"), &out->sent)
               : OK;
}

/* Is one of them more than a line? */
static bool any_odd(const struct json *texts)
{
    for (const struct json *m = texts == NULL ? NULL : texts->first; m != NULL;
         m = m->next) {
        if (is_odd(m->text) || str_index(m->text, '\n') < m->text.n ||
            m->text.n == 0)
            return true;
    }
    return false;
}

static err join_lines(const struct showing *s, const struct json *texts,
                      str *out)
{
    struct buf b;

    buf_init(&b, s->arena, (size_t)1 << 20);
    for (const struct json *m = texts == NULL ? NULL : texts->first; m != NULL;
         m = m->next) {
        buf_str(&b, m->text);
        if (m->next != NULL)
            buf_char(&b, '\n');
    }
    return buf_done(&b, out);
}

/* Each text in an area of its own: seldom, for lines within texts. */
static err show_each(const struct showing *s, const struct json *texts,
                     struct page_form_field *out)
{
    choice *choices = arena_array(s->arena, texts->count, sizeof *choices);

    TRY_MEMORY(choices);
    out->choices = choices;
    for (const struct json *m = texts->first; m != NULL; m = m->next)
        choices[out->choices_n++].value = m->text;
    out->field = out->each_whole = true;
    return record_form_name(s->arena, out->name, S("whole"), &out->sent);
}

static bool holds(const struct json *texts, str value)
{
    for (const struct json *m = texts == NULL ? NULL : texts->first; m != NULL;
         m = m->next) {
        if (str_eq(m->text, value))
            return true;
    }
    return false;
}

static bool offers(const struct record_offer *o, str value)
{
    for (size_t i = 0; i < o->n; i++) {
        if (str_eq(o->at[i].value, value))
            return true;
    }
    return false;
}

/* Many of what is offered, and what else was given. */
static err show_many(const struct showing *s, const struct json *texts,
                     const struct record_offer *o, struct page_form_field *out)
{
    size_t given = texts == NULL ? 0 : texts->count;
    choice *choices = arena_array(s->arena, o->n + given, sizeof *choices);
    size_t n = 0;

    TRY_MEMORY(choices);
    for (size_t i = 0; i < o->n; i++)
        choices[n++] = (choice){ o->at[i].value, o->at[i].label,
                                 holds(texts, o->at[i].value) };
    for (const struct json *m = given == 0 ? NULL : texts->first; m != NULL;
         m = m->next) {
        if (!offers(o, m->text))
            choices[n++] = (choice){ m->text, m->text, true };
    }
    out->choice = out->many = true;
    out->choices = choices;
    out->choices_n = n;
    return OK;
}

static err show_texts(const struct showing *s, const struct json *texts,
                      const struct record_offer *offer,
                      struct page_form_field *out)
{
    if (any_odd(texts))
        return show_each(s, texts, out);
    if (offer != NULL)
        return show_many(s, texts, offer, out);
    out->field = out->area = true;
    out->lines = AREA_LINES;
    return join_lines(s, texts, &out->value);
}

/* --- what nests ----------------------------------------------------------- */

static bool has_row(const struct json *rows, str member, str value)
{
    for (const struct json *m = rows->first; m != NULL; m = m->next) {
        if (str_eq(json_get_str(m, member), value))
            return true;
    }
    return false;
}

/* [RF9] What heads each of these rows; NULL: they have numbers. */
static err each_of(const struct showing *s, const struct field *f,
                   const struct json *rows, const struct record_offer **out)
{
    str member = str_of(f->record->fields[0].name);
    str path;

    TRY(record_form_name(s->arena, s->path, member, &path));
    const struct record_offer *o = offer_of(s, path);
    *out = NULL;
    if (o == NULL || !o->each || rows == NULL || rows->count != o->n)
        return OK;
    for (size_t i = 0; i < o->n; i++) {
        if (!has_row(rows, member, o->at[i].value))
            return OK;
    }
    *out = o;
    return OK;
}

static str label_of(const struct record_offer *o, str value)
{
    size_t i = 0;

    while (!str_eq(o->at[i].value, value))
        i++;
    return o->at[i].label;
}

static err number_row(const struct showing *s, size_t i, str *label)
{
    return say(s, "record_form.row",
               (const struct err_arg[]){
                   ARG_STR("what", *label), ARG_INT("n", i + 1), { 0 } },
               label);
}

static err show_row(const struct showing *s, const struct field *f,
                    const struct json *typed, size_t i,
                    struct page_form_field *out)
{
    struct showing inner = *s;

    TRY(record_form_row(s->arena, s->prefix, i, &inner.prefix));
    TRY(words_of(s, BEGIN("row."), s->path, f, &out->label));
    if (s->each != NULL)
        out->label =
            label_of(s->each,
                     record_form_text(typed, f->record->fields[0].name));
    else
        TRY(number_row(s, i, &out->label));
    out->name = inner.prefix;
    out->group = true;
    out->shrinks = s->each == NULL;
    inner.in_row = true;
    inner.fresh = str_eq(inner.prefix, s->form->fresh);
    out->inner_n = f->record->n;
    return show_record(&inner, f->record, typed, &out->inner);
}

/* A list that needs a row and has none shows an empty one. */
static err show_list(const struct showing *s, const struct field *f,
                     const struct json *typed, struct page_form_field *out)
{
    const struct json *m = typed == NULL ? NULL : typed->first;
    size_t n = typed == NULL ? 0 : typed->count;
    struct showing inner = *s;

    if (n == 0 && f->min > 0 && !f->optional)
        n = 1;
    struct page_form_field *rows = arena_array(s->arena, n, sizeof *rows);
    TRY_MEMORY(rows);
    inner.prefix = out->name;
    TRY(each_of(s, f, typed, &inner.each));
    for (size_t i = 0; i < n; i++, m = m == NULL ? NULL : m->next)
        TRY(show_row(&inner, f, m, i, &rows[i]));
    TRY(words_of(s, BEGIN("row."), s->path, f, &out->one));
    out->group = out->listed = true;
    out->grows = inner.each == NULL;
    out->inner = rows;
    out->inner_n = n;
    return OK;
}

static err show_inner(const struct showing *s, const struct field *f,
                      const struct json *typed, struct page_form_field *out)
{
    struct showing inner = *s;

    inner.prefix = out->name;
    out->group = true;
    out->inner_n = f->record->n;
    return show_record(&inner, f->record, typed, &out->inner);
}

static err show_kind(const struct showing *s, const struct field *f,
                     const struct json *typed, struct page_form_field *out)
{
    const struct record_offer *offer = offer_of(s, s->path);
    str value = typed == NULL ? record_form_first(f) : typed->text;

    switch (f->kind) {
    case FIELD_LIST: return show_list(s, f, typed, out);
    case FIELD_RECORD: return show_inner(s, f, typed, out);
    case FIELD_STRS: return show_texts(s, typed, offer, out);
    case FIELD_SPAN: return show_span(s, typed, out);
    case FIELD_ENUM: return show_pick(s, f, value, NULL, out);
    case FIELD_BOOL: return show_yes_no(s, f, value, out);
    case FIELD_DAY:
        out->field = out->date = true;
        out->value = value;
        return OK;
    case FIELD_STR:
    case FIELD_INT:
    case FIELD_ID:
    case FIELD_HASH:
        if (offer != NULL && !is_odd(value))
            return show_pick(s, f, value, offer, out);
        break;
    }
    return show_line(s, f, value, out);
}

/* --- a field -------------------------------------------------------------- */

/* [RF9] It stands over its row and goes along unseen. */
static void head_by(const struct json *typed, struct page_form_field *out)
{
    out->field = false;
    out->named = true;
    out->value = typed->text;
}

static err show_field(const struct showing *s, const struct field *f,
                      const struct json *typed, struct page_form_field *out)
{
    struct showing here = *s;

    TRY(record_form_name(s->arena, s->prefix, str_of(f->name), &out->name));
    TRY(record_form_name(s->arena, s->path, str_of(f->name), &here.path));
    out->sent = out->name;
    out->optional = f->optional;
    TRY(words_of(s, BEGIN("field."), here.path, f, &out->label));
    TRY(words_of(s, BEGIN("hint."), here.path, f, &out->hint));
    TRY(words_of(s, BEGIN("needed."), here.path, f, &out->when));
    TRY(record_form_add_wrong(s, out));
    TRY(show_kind(&here, f, typed, out));
    if (s->each != NULL && offer_of(s, here.path) == s->each)
        head_by(typed, out);
    /* A choice with a first value always has one. */
    if (record_form_first(f).n > 0 && out->when.n == 0)
        out->optional = false;
    TRY(add_limit(s, f, out));
    return record_form_tell(s, out);
}

static err show_record(const struct showing *s, const struct record *r,
                       const struct json *typed,
                       const struct page_form_field **out)
{
    struct page_form_field *fields =
        arena_array(s->arena, r->n, sizeof *fields);

    TRY_MEMORY(fields);
    for (size_t i = 0; i < r->n; i++)
        TRY(show_field(s, &r->fields[i],
                       json_get(typed, str_of(r->fields[i].name)), &fields[i]));
    if (r->n > 0)
        fields[0].focus = s->fresh;
    *out = fields;
    return OK;
}

err record_form_show(struct arena *a, const struct record_form *form,
                     enum lang lang, struct page_form_fields *out)
{
    size_t shown = 0;
    struct page_form_fields_wrongs *wrongs =
        arena_array(a, form->problem_count, sizeof *wrongs);
    struct showing s = {
        .arena = a,
        .form = form,
        .lang = lang,
        .wrongs = wrongs,
        .wrong_count = &shown,
    };
    struct page_form_fields made = { .count = (int64_t)form->problem_count,
                                     .all_needed = true,
                                     .wrongs = wrongs };

    TRY_MEMORY(wrongs);
    TRY(show_record(&s, form->of.record, form->typed, &made.fields));
    TRY(record_form_why_else(&s, &made.refusal));
    made.fields_n = form->of.record->n;
    made.wrongs_n = shown;
    *out = made;
    return OK;
}
