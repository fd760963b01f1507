#include "filing/row_parts.h"

#include "base/arena.h"
#include "base/buf.h"

#include <stdio.h>

enum { CELL_MAX = 32767 * 4 }; /* bytes; what a workbook's cell holds */

str particular_value(const struct particulars *p, str code)
{
    for (size_t i = 0; i < p->n; i++) {
        if (str_eq(p->p[i].code, code))
            return p->p[i].value;
    }
    return S("");
}

/* --- whose particulars ---------------------------------------------------- */

static const struct particulars *particulars_of(const struct making *m,
                                                enum filing_subject of)
{
    switch (of) {
    case OF_BODY: return &m->s->of_body;
    case OF_SCHEME: return &m->c->of_scheme;
    case OF_ENTERPRISE: return &m->c->of_enterprise;
    case OF_CASE: return &m->c->of_case;
    case OF_PERSON: return &m->person.given;
    case OF_NOBODY: break;
    }
    return NULL;
}

str row_particular(const struct making *m, enum filing_subject of,
                   const char *code)
{
    const struct particulars *p = particulars_of(m, of);

    return p == NULL ? S("") : particular_value(p, str_of(code));
}

static err subject_ref(const struct making *m, enum filing_subject of, str name,
                       str *out)
{
    struct buf b;

    *out = S("");
    if (name.n == 0)
        return OK;
    buf_init(&b, m->a, CELL_MAX);
    buf_str(&b, str_of(filing_subject_names[of]));
    if (of != OF_BODY) {
        buf_char(&b, ':');
        buf_str(&b, name);
    }
    return buf_done(&b, out);
}

/* What each subject of the row is called on the command line. */
static err name_subjects(const struct making *m, struct filing_row *row)
{
    const str names[OF_COUNT] = {
        [OF_BODY] = m->s->body->name_zh,
        [OF_SCHEME] = m->c->scheme->id,
        [OF_ENTERPRISE] = m->c->enterprise->uscc,
        [OF_CASE] = m->c->number,
        [OF_PERSON] = m->person.login,
    };

    for (int of = 0; of < OF_COUNT; of++)
        TRY(subject_ref(m, (enum filing_subject)of, names[of],
                        &row->subjects[of]));
    return OK;
}

/* --- a cell --------------------------------------------------------------- */

static const struct cell_rule *find_rule(const struct cell_rule *rules,
                                         size_t n, str code)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(str_of(rules[i].code), code))
            return &rules[i];
    }
    return NULL;
}

/* What the reporter says, where the cell is just that; a cell that is made of
 * a particular of another name is made by its rule. */
static str given(const struct making *m, const struct dictionary_field *f,
                 const struct cell_rule *rule)
{
    const struct particulars *p = particulars_of(m, f->of);

    if (p == NULL || (f->by.n > 0 && rule != NULL))
        return S("");
    return particular_value(p, f->by.n > 0 ? f->by : f->code);
}

/* Trimmed, and on one line: as the platform takes cells. */
static err clean(struct arena *a, str text, str *out)
{
    str trimmed = str_trim(text);
    char *made = arena_zero(a, trimmed.n + 1);

    TRY_MEMORY(made);
    for (size_t i = 0; i < trimmed.n; i++) {
        char c = trimmed.p[i];

        made[i] = (unsigned char)c < ' ' ? ' ' : c;
    }
    *out = (str){ made, trimmed.n };
    return OK;
}

static err make_cell(const struct making *m, const struct dictionary_field *f,
                     const struct cell_rule *rule, str *out)
{
    str value = given(m, f, rule);
    bool known = rule != NULL && !(rule->usual && value.n > 0);
    str made = S("");

    if (known)
        TRY(rule->make(m, &made));
    return clean(m->a, made.n > 0 ? made : value, out);
}

err row_add(struct making *m, const struct cell_rule *rules, size_t n,
            struct filing_rows *rows)
{
    struct filing_row *row = arena_zero(m->a, sizeof *row);
    const struct certificate *c = m->course->state->certificate;

    TRY_MEMORY(row);
    row->cells = arena_array(m->a, m->sheet->n, sizeof *row->cells);
    TRY_MEMORY(row->cells);
    TRY_MEMORY(arena_str(m->a, m->c->number, &row->case_number));
    TRY_MEMORY(arena_str(m->a,
                         m->sub != NULL ? m->sub->sub->number
                         : c == NULL    ? S("")
                                        : c->number,
                         &row->certificate));
    TRY(name_subjects(m, row));
    for (size_t i = 0; i < m->sheet->n; i++) {
        const struct dictionary_field *f = &m->sheet->fields[i];

        TRY(make_cell(m, f, find_rule(rules, n, f->code), &row->cells[i]));
    }
    row->number = ++rows->n;
    if (rows->last == NULL)
        rows->first = row;
    else
        rows->last->next = row;
    rows->last = row;
    return OK;
}

/* --- values --------------------------------------------------------------- */

err row_person(const struct making *m, id person, struct filing_person *out)
{
    return m->s->person(m->s->context, person, out);
}

err row_person_ref(const struct making *m, id person, str *out)
{
    struct filing_person p;

    TRY(row_person(m, person, &p));
    return subject_ref(m, OF_PERSON, p.login, out);
}

err row_text(str text, str *out)
{
    *out = text;
    return OK;
}

err row_day(const struct making *m, day d, str *out)
{
    char text[DAY_TEXT];

    *out = S("");
    if (d == DAY_NEVER)
        return OK;
    TRY_MEMORY(arena_str(m->a, day_text(d, text), out));
    return OK;
}

err row_hour(const struct making *m, day d, const char *hour, str *out)
{
    str given_hour = row_particular(m, OF_BODY, hour);
    char text[DAY_TEXT];
    struct buf b;

    *out = S("");
    if (d == DAY_NEVER || given_hour.n == 0)
        return OK;
    buf_init(&b, m->a, CELL_MAX);
    buf_str(&b, day_text(d, text));
    buf_char(&b, ' ');
    buf_str(&b, given_hour);
    buf_str(&b, S(":00:00"));
    return buf_done(&b, out);
}

err row_number(const struct making *m, int64_t n, str *out)
{
    struct buf b;

    buf_init(&b, m->a, CELL_MAX);
    buf_int(&b, n);
    return buf_done(&b, out);
}

err row_decimal(const struct making *m, int64_t n, int places, str *out)
{
    int64_t scale = 1;
    struct buf b;

    for (int i = 0; i < places; i++)
        scale *= 10;
    buf_init(&b, m->a, CELL_MAX);
    buf_printf(&b, "%lld.%0*lld", (long long)(n / scale), places,
               (long long)(n % scale));
    return buf_done(&b, out);
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

err row_plain(const struct making *m, str number, str *out)
{
    struct buf b;

    buf_init(&b, m->a, CELL_MAX);
    for (size_t i = 0; i < number.n; i++) {
        if (number.p[i] != ' ' && number.p[i] != '\t')
            buf_char(&b, upper(number.p[i]));
    }
    return buf_done(&b, out);
}

/* --- the round ------------------------------------------------------------ */

str row_stage(const struct making *m, bool site)
{
    const struct state *s = m->course->state;

    if (s->round == ROUND_SURVEILLANCE)
        return S("03");
    if (s->round != ROUND_INITIAL || s->opened->kind == CASE_TRANSFER)
        return S("04");
    if (s->opened->kind == CASE_RENEWAL)
        return site ? S("0202") : S("0201");
    return site ? S("0102") : S("0101");
}

void row_next_value(const struct making *m, struct buf *b)
{
    if (buf_view(b).n > 0)
        buf_str(b, m->s->dictionary->between_values);
}

void row_next_part(const struct making *m, struct buf *b)
{
    buf_str(b, m->s->dictionary->between_parts);
}

str row_where(const struct site *site)
{
    return site->address.n > 0 ? site->address : site->place;
}

void row_put_site(const struct making *m, struct buf *b,
                  const struct site *site)
{
    row_next_value(m, b);
    buf_str(b, site->name);
    row_next_part(m, b);
    buf_str(b, row_where(site));
}
