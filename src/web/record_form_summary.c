/*
 * record_form_summary -- what was entered into a form, to be read, and the same
 * to be sent once more. [RF8]
 */

#include "web/record_form_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"

enum { SAID_MOST = 1 << 20 };

struct saying {
    struct arena *arena;
    enum lang lang;
    struct page_form_said_rows *rows;
    size_t n;
    struct page_form_said_hidden *hidden;
    size_t hidden_n;
};

static err say_field(struct saying *s, const struct page_form_field *f);

/* --- sending it again ----------------------------------------------------- */

/* More than a browser sends of these fields. */
static size_t count_sent(const struct page_form_field *f, size_t n)
{
    size_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += 2 + f[i].choices_n + count_sent(f[i].inner, f[i].inner_n);
    return sum;
}

static void send(struct saying *s, str name, str value)
{
    s->hidden[s->hidden_n++] =
        (struct page_form_said_hidden){ .name = name, .value = value };
}

static str chosen_of(const struct page_form_field *f)
{
    for (size_t i = 0; i < f->choices_n; i++) {
        if (f->choices[i].chosen)
            return f->choices[i].value;
    }
    return S("");
}

static void send_choices(struct saying *s, const struct page_form_field *f)
{
    for (size_t i = 0; i < f->choices_n; i++) {
        if (f->choices[i].chosen || f->each_whole)
            send(s, f->each_whole ? f->sent : f->name, f->choices[i].value);
    }
}

/* As a browser does of what is shown. */
static err send_field(struct saying *s, const struct page_form_field *f)
{
    str unit;

    if (f->choice || f->each_whole)
        send_choices(s, f);
    if (f->tick && f->checked)
        send(s, f->name, S("yes"));
    if (f->line || f->date || f->area)
        send(s, f->sent, f->value);
    if (f->pick)
        send(s, f->sent, chosen_of(f));
    if (f->span) {
        TRY(record_form_name(s->arena, f->name, S("unit"), &unit));
        send(s, unit, chosen_of(f));
    }
    return OK;
}

/* --- reading it ----------------------------------------------------------- */

static void say_row(struct saying *s, str label, str value, bool heading)
{
    s->rows[s->n++] = (struct page_form_said_rows){ label, value, heading };
}

/* The labels of what was chosen; of whole texts, themselves. */
static err chosen_labels(const struct saying *s,
                         const struct page_form_field *f, str *out)
{
    const struct err_arg nothing[] = { ARG_STR("before", S("")),
                                       ARG_STR("after", S("")),
                                       { 0 } };
    struct buf b;
    size_t n = 0;

    buf_init(&b, s->arena, SAID_MOST);
    for (size_t i = 0; i < f->choices_n; i++) {
        const struct page_form_field_choices *c = &f->choices[i];

        if (!c->chosen && !f->each_whole)
            continue;
        if (n++ > 0)
            text_render(&b, s->lang, "page_case.between", nothing);
        buf_str(&b, f->each_whole ? c->value : c->label);
    }
    return buf_done(&b, out);
}

/* "12 days" */
static err with_unit(const struct saying *s, str value, str unit, str *out)
{
    struct buf b;

    *out = value;
    if (value.n == 0 || unit.n == 0)
        return OK;
    buf_init(&b, s->arena, SAID_MOST);
    buf_str(&b, value);
    buf_char(&b, ' ');
    buf_str(&b, unit);
    return buf_done(&b, out);
}

/* As the language writes it; what is no day, as it was typed. */
static err day_of(const struct saying *s, str value, str *out)
{
    struct buf b;
    day d;

    *out = value;
    if (!day_parse(value, &d))
        return OK;
    const struct err_arg args[] = { ARG_DAY("value", d), { 0 } };
    buf_init(&b, s->arena, SAID_MOST);
    text_render(&b, s->lang, "case_beside.value", args);
    return buf_done(&b, out);
}

/* Empty: nothing was entered. */
static err value_of(const struct saying *s, const struct page_form_field *f,
                    str *out)
{
    str unit = f->unit;

    *out = S("");
    if (f->tick) {
        *out = f->checked ? text_get(s->lang, "record_form.yes") : S("");
        return OK;
    }
    if (f->date)
        return day_of(s, f->value, out);
    if (f->span)
        TRY(chosen_labels(s, f, &unit));
    if (f->line || f->area)
        return with_unit(s, f->value, unit, out);
    if (f->pick && chosen_of(f).n == 0) /* "please choose" is no choice */
        return OK;
    return chosen_labels(s, f, out);
}

/* A heading stands over what is below it, if anything is. */
static err say_group(struct saying *s, const struct page_form_field *f)
{
    size_t before = s->n;

    if (!f->listed)
        say_row(s, f->label, S(""), true);
    for (size_t i = 0; i < f->inner_n; i++)
        TRY(say_field(s, &f->inner[i]));
    if (!f->listed && s->n == before + 1)
        s->n = before;
    return OK;
}

static err say_field(struct saying *s, const struct page_form_field *f)
{
    str value;

    if (f->group)
        return say_group(s, f);
    TRY(send_field(s, f));
    TRY(value_of(s, f, &value));
    if (value.n > 0)
        say_row(s, f->label, value, false);
    return OK;
}

err record_form_summary(struct arena *a, const struct page_form_fields *shown,
                        enum lang lang, struct page_form_said *out)
{
    size_t most = count_sent(shown->fields, shown->fields_n);
    struct saying s = {
        .arena = a,
        .lang = lang,
        .rows = arena_array(a, most, sizeof *s.rows),
        .hidden = arena_array(a, most, sizeof *s.hidden),
    };

    TRY_MEMORY(s.rows);
    TRY_MEMORY(s.hidden);
    for (size_t i = 0; i < shown->fields_n; i++)
        TRY(say_field(&s, &shown->fields[i]));
    check(s.n <= most && s.hidden_n <= most);
    *out = (struct page_form_said){ .rows = s.rows,
                                    .rows_n = s.n,
                                    .hidden = s.hidden,
                                    .hidden_n = s.hidden_n };
    return OK;
}
