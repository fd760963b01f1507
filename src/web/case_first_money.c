/* case_first_money -- what stands in forms of the enterprise's and of finance.
 * [FV1] */

#include "base/arena.h"
#include "base/buf.h"
#include "base/hex.h"
#include "codec/record.h"
#include "domain/commands.h"
#include "domain/fees.h"
#include "domain/names.h"
#include "web/case_first_parts.h"

/* A form takes FORM_FIELDS names; of a row of answers there are five. */
enum { ROW_NAMES = 5, ROWS_NAMES_MOST = 900 };

static const struct state *state_of(const struct first *x)
{
    return x->v->file.state;
}

/* --- declarations and self-assessment ------------------------------------- */

/* What was declared of an item before; NULL: nothing. */
static const struct declaration *declared(const struct state *s, str item)
{
    const struct list *all =
        s->eligibility == NULL ? NULL : &s->eligibility->declarations;
    const struct declaration *d = all == NULL ? NULL : all->p;

    for (size_t i = 0; d != NULL && i < all->n; i++) {
        if (str_eq(d[i].item, item))
            return &d[i];
    }
    return NULL;
}

static err add_declaration(struct first *x, struct json *rows, str item)
{
    const struct declaration *d = declared(state_of(x), item);
    struct json *row = first_row(x, rows);

    TRY_MEMORY(row);
    TRY(first_text(x, row, "item", item));
    if (d == NULL)
        return OK;
    TRY_MEMORY(json_set(row, S("yes"), json_new_bool(x->arena, d->yes)));
    return first_text(x, row, "note", d->note);
}

/* Every item that is asked. */
err first_declarations(struct first *x)
{
    const struct scheme *s = state_of(x)->scheme;
    struct json *rows = first_rows(x, "declarations");

    TRY_MEMORY(rows);
    for (size_t i = 0; i < s->eligibility_count; i++) {
        if (s->eligibility[i].kind == ELIGIBLE_DECLARED)
            TRY(add_declaration(x, rows, s->eligibility[i].id));
    }
    return OK;
}

/* As it was answered last. */
static err assessed_before(struct first *x)
{
    const struct assessment_recorded *last = state_of(x)->assessment;
    const struct assessment_record before = { last->answers, last->figures };

    return record_write(x->arena, x->of->record, &before, &x->value);
}

static err add_rows(struct first *x, const char *list, const char *name,
                    const struct list *ids)
{
    struct json *rows = first_rows(x, list);
    const str *from = ids->p;

    TRY_MEMORY(rows);
    for (size_t i = 0; i < ids->n; i++) {
        struct json *row = first_row(x, rows);

        TRY_MEMORY(row);
        TRY(first_text(x, row, name, from[i]));
    }
    return OK;
}

static err ids_of(struct first *x, struct list *leaves, struct list *figures)
{
    const struct scheme *s = state_of(x)->scheme;
    str *of_leaves = arena_array(x->arena, s->leaf_count, sizeof(str));
    str *of_figures = arena_array(x->arena, s->figure_count, sizeof(str));

    TRY_MEMORY(of_leaves);
    TRY_MEMORY(of_figures);
    for (size_t i = 0; i < s->leaf_count; i++)
        of_leaves[i] = scheme_leaf_at(s, (int32_t)i)->id;
    for (size_t i = 0; i < s->figure_count; i++)
        of_figures[i] = s->figures[i].id;
    *leaves = (struct list){ of_leaves, s->leaf_count };
    *figures = (struct list){ of_figures, s->figure_count };
    return OK;
}

/* A row for each indicator and figure, where a form has room for them. */
err first_assessment(struct first *x)
{
    struct list leaves = { 0 };
    struct list figures = { 0 };

    if (state_of(x)->assessment != NULL)
        return assessed_before(x);
    TRY(ids_of(x, &leaves, &figures));
    if ((leaves.n + figures.n) * ROW_NAMES > ROWS_NAMES_MOST)
        return OK;
    TRY(add_rows(x, "answers", "indicator", &leaves));
    return add_rows(x, "figures", "figure", &figures);
}

/* --- the application ------------------------------------------------------ */

static err applied_before(struct first *x)
{
    const struct application *p = state_of(x)->application;
    const struct application_submit before = {
        .scope = p->scope,
        .scope_en = p->scope_en,
        .staff = p->staff,
        .service_staff = p->service_staff,
        .covered_staff = p->covered_staff,
        .sites = p->sites,
        .products = p->products,
        .regions = p->regions,
        .trade = p->trade,
        .district = p->district,
        .address = p->address,
        .address_en = p->address_en,
        .functions = p->functions,
        .previous_certifications = p->previous_certifications,
    };

    return record_write(x->arena, x->of->record, &before, &x->value);
}

/* Before there is one: the headquarters, where the enterprise is registered. */
err first_application(struct first *x)
{
    const struct enterprise *e = &x->v->file.enterprise;
    struct json *rows;
    struct json *row;
    struct buf b;
    str place;

    if (state_of(x)->application != NULL)
        return applied_before(x);
    buf_init(&b, x->arena, e->province.n + e->city.n);
    buf_str(&b, e->province);
    buf_str(&b, e->city);
    TRY(buf_done(&b, &place));
    rows = first_rows(x, "sites");
    row = first_row(x, rows);
    TRY_MEMORY(row);
    TRY(first_text(x, row, "place", place));
    return first_text(x, row, "kind", str_of(site_names[SITE_HQ]));
}

/* --- the quote ------------------------------------------------------------ */

/* A line that finance changed or added, as the change it was. */
static err add_change(struct first *x, struct json *rows,
                      const struct quote_line *line)
{
    struct json *row = first_row(x, rows);

    TRY_MEMORY(row);
    if (line->rule == FEE_OTHER) {
        TRY(first_text(x, row, "text", line->text));
        TRY(first_text(x, row, "kind", str_of(line_names[line->kind])));
    }
    TRY(first_text(x, row, "rule", str_of(fee_names[line->rule])));
    TRY_MEMORY(
        json_set(row, S("amount"), json_new_int(x->arena, line->amount)));
    return first_text(x, row, "reason", line->reason);
}

/* By the rules, with the changes of the quote before. */
err first_quote(struct first *x)
{
    const struct state *s = state_of(x);
    const struct quote *q = s->quote;
    const struct quote_line *lines = q == NULL ? NULL : q->lines.p;
    struct json *rows = first_rows(x, "changes");

    TRY_MEMORY(rows);
    for (size_t i = 0; lines != NULL && i < q->lines.n; i++) {
        if (lines[i].reason.n > 0)
            TRY(add_change(x, rows, &lines[i]));
    }
    TRY_MEMORY(
        json_set(x->value, S("prepay"),
                 json_new_int(x->arena, q == NULL ? s->scheme->fees.prepay_least
                                                  : q->prepay)));
    if (q != NULL && q->trade.n > 0)
        return first_text(x, x->value, "trade", q->trade);
    return s->application == NULL
               ? OK
               : first_text(x, x->value, "trade", s->application->trade);
}

/* The one that was read is the one that is accepted. */
err first_acceptance(struct first *x)
{
    const struct hash *offer = &state_of(x)->money.offer;
    str hash;

    if (state_of(x)->quote == NULL)
        return OK;
    TRY(hex_text(x->arena, offer->b, sizeof offer->b, &hash));
    return first_text(x, x->value, "offer", hash);
}

/* The one that is changed, as it was noted. */
err first_offer(struct first *x)
{
    const struct money_state *m = &state_of(x)->money;
    const struct offer *o;

    if (x->number < 1 || x->number > m->offer_count)
        return OK;
    o = m->offers[x->number - 1];
    const struct offer_note before = {
        .body = o->body,
        .approval = o->approval,
        .cycle = o->cycle,
        .seniors = o->seniors,
        .team = o->team,
        .price = o->price,
        .whole = o->whole,
        .note = o->note,
    };
    return record_write(x->arena, x->of->record, &before, &x->value);
}

/* --- payments ------------------------------------------------------------- */

static int64_t open_of(const struct invoice_state *i)
{
    return i->cancelled ? 0 : i->issued->amount - i->paid;
}

/* The invoice the task is about, else the first that is open; NULL: none. */
static const struct invoice_state *invoice_meant(const struct first *x)
{
    const struct money_state *m = &state_of(x)->money;

    if (x->number > 0 && x->number <= m->invoice_count)
        return &m->invoices[x->number - 1];
    for (int32_t i = 0; i < m->invoice_count; i++) {
        if (open_of(&m->invoices[i]) > 0)
            return &m->invoices[i];
    }
    return NULL;
}

err first_payment(struct first *x)
{
    const struct invoice_state *i = invoice_meant(x);

    TRY(first_text(x, x->value, "payer", x->v->file.enterprise.name));
    if (i == NULL)
        return OK;
    TRY(first_text(x, x->value, "invoice", i->issued->number));
    return first_number(x, x->value, "amount", open_of(i));
}

err first_refund(struct first *x)
{
    return first_number(x, x->value, "amount", state_refund_owed(state_of(x)));
}
