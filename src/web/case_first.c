#include "web/case_first.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/record.h"
#include "web/case_first_parts.h"

#include <string.h>

/* [FV1] */
static const struct {
    const char *command;
    first_values *from;
} table[] = {
    { "eligibility.answer", first_declarations },
    { "assessment.record", first_assessment },
    { "application.submit", first_application },
    { "quote.make", first_quote },
    { "contract.accept", first_acceptance },
    { "offer.note", first_offer },
    { "mark.ask", first_mark },
    { "invoice.issue", first_invoice },
    { "payment.record", first_payment },
    { "refund.record", first_refund },
    { "document.judge", first_judgement },
    { "plan.make", first_plan },
    { "plan.replace", first_team },
    { "finding.record", first_finding },
    { "figure.record", first_figure },
    { "sample.commit", first_commitment },
    { "sample.reveal", first_opening },
    { "nonconformity.raise", first_nonconformity },
    { "report.issue", first_report },
    { "correction.submit", first_correction },
    { "decision.grant", first_grant },
    { "decision.panel", first_panel },
    { "condition.answer", first_condition_answer },
    { "reduction.decide", first_reduction },
    { "round.open", first_round },
    { "complaint.record", first_report_complaint },
    { "misuse.record", first_report_misuse },
};

/* --- members -------------------------------------------------------------- */

err first_text(struct first *x, struct json *object, const char *name, str text)
{
    if (text.n > 0)
        TRY_MEMORY(
            json_set(object, str_of(name), json_new_str(x->arena, text)));
    return OK;
}

err first_number(struct first *x, struct json *object, const char *name,
                 int64_t n)
{
    if (n != 0)
        TRY_MEMORY(json_set(object, str_of(name), json_new_int(x->arena, n)));
    return OK;
}

err first_day(struct first *x, struct json *object, const char *name, day d)
{
    char text[DAY_TEXT];
    str kept;

    if (d == DAY_NEVER)
        return OK;
    TRY_MEMORY(arena_str(x->arena, day_text(d, text), &kept));
    return first_text(x, object, name, kept);
}

err first_texts(struct first *x, struct json *object, const char *name,
                const struct list *texts)
{
    struct json *array = json_new_array(x->arena);
    const str *from = texts->p;

    for (size_t i = 0; i < texts->n; i++)
        TRY_MEMORY(json_add(array, json_new_str(x->arena, from[i])));
    TRY_MEMORY(json_set(object, str_of(name), array));
    return OK;
}

struct json *first_rows(struct first *x, const char *name)
{
    struct json *rows = json_new_array(x->arena);

    return json_set(x->value, str_of(name), rows) == NULL ? NULL : rows;
}

struct json *first_row(struct first *x, struct json *rows)
{
    struct json *row = json_new_object(x->arena);

    return json_add(rows, row) == NULL ? NULL : row;
}

/* --- of any command ------------------------------------------------------- */

/* Days on which what is told just happened, most likely today. */
static const char *const today_fields[] = { "received", "paid", "found",
                                            "confirmed", "on" };

static bool is_of_today(const struct field *f)
{
    for (size_t i = 0; f->kind == FIELD_DAY && i < COUNT(today_fields); i++) {
        if (strcmp(today_fields[i], f->name) == 0)
            return true;
    }
    return false;
}

static const struct record_offer *offer_of(const struct first *x,
                                           const char *path)
{
    for (size_t i = 0; i < x->of->offer_count; i++) {
        if (strcmp(x->of->offers[i].path, path) == 0)
            return &x->of->offers[i];
    }
    return NULL;
}

static bool is_one(const struct field *f)
{
    return f->kind == FIELD_STR || f->kind == FIELD_INT ||
           f->kind == FIELD_ID || f->kind == FIELD_HASH;
}

/* Numbers are offered in digits. */
static int64_t in_digits(str value)
{
    int64_t n = 0;

    for (size_t i = 0; i < value.n; i++)
        n = 10 * n + (value.p[i] - '0');
    return n;
}

int64_t first_meant(const struct first *x)
{
    const struct record_offer *o = offer_of(x, "number");

    if (x->number > 0)
        return x->number;
    return o != NULL && o->n == 1 ? in_digits(o->at[0].value) : 0;
}

/* As the JSON of the field. */
static err set_choice(struct first *x, const struct field *f, str value)
{
    if (f->kind != FIELD_INT)
        return first_text(x, x->value, f->name, value);
    return first_number(x, x->value, f->name, in_digits(value));
}

/* [FV2] */
static err set_only_choice(struct first *x, const struct field *f)
{
    const struct record_offer *o = offer_of(x, f->name);

    if (f->optional || !is_one(f) || o == NULL || o->n != 1)
        return OK;
    return set_choice(x, f, o->at[0].value);
}

/* What its command did not say already. */
static err set_known(struct first *x, const struct field *f)
{
    if (json_get(x->value, str_of(f->name)) != NULL)
        return OK;
    if (is_of_today(f))
        return first_day(x, x->value, f->name, x->v->today);
    if (f->kind == FIELD_INT && strcmp(f->name, "number") == 0 && x->number > 0)
        return first_number(x, x->value, f->name, x->number);
    return set_only_choice(x, f);
}

err case_first(const struct case_view *v, const struct record_form_of *of,
               int64_t number, struct json **out)
{
    struct arena *a = v->rq->arena;
    struct first x = { v, of, a, json_new_object(a), number };

    TRY_MEMORY(x.value);
    for (size_t i = 0; i < COUNT(table); i++) {
        if (strcmp(table[i].command, of->command) == 0)
            TRY(table[i].from(&x));
    }
    for (size_t i = 0; i < of->record->n; i++)
        TRY(set_known(&x, &of->record->fields[i]));
    *out = x.value;
    return OK;
}
