/* case_first_invoice -- what stands in the form of an invoice: what the
 * contract leaves to invoice next. [FV1] [M13] */

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "domain/names.h"
#include "web/case_first_parts.h"

enum { LINE_TEXT_MOST = 400 };

static const struct state *state_of(const struct first *x)
{
    return x->v->file.state;
}

/* Nothing of 0 fen.  The text names the contract. */
static err add_line(struct first *x, struct json *rows, const char *text,
                    enum line_kind kind, int64_t amount)
{
    const struct err_arg args[] = {
        ARG_STR("contract", state_contract_number(state_of(x))), { 0 }
    };
    struct json *row;
    struct buf b;
    str said;

    if (amount <= 0)
        return OK;
    row = first_row(x, rows);
    TRY_MEMORY(row);
    buf_init(&b, x->arena, LINE_TEXT_MOST);
    text_render(&b, web_lang(x->v->rq), text, args);
    TRY(buf_done(&b, &said));
    TRY(first_text(x, row, "text", said));
    TRY(first_text(x, row, "kind", str_of(line_names[kind])));
    return first_number(x, row, "amount", amount);
}

static bool nothing_invoiced(const struct state *s)
{
    for (int32_t i = 0; i < s->money.invoice_count; i++) {
        if (!s->money.invoices[i].cancelled)
            return false;
    }
    return true;
}

/* The contract's instalments: the prepayment, which is of the fees; then the
 * rest of them, and travel. */
static err first_certification(struct first *x, struct json *rows)
{
    const struct state *s = state_of(x);
    int64_t fees = state_first_left(s, LINE_FEE);

    TRY(first_text(x, x->value, "what", str_of(invoice_names[INVOICE_FIRST])));
    if (nothing_invoiced(s) && s->quote->prepayment > 0 &&
        s->quote->prepayment < fees)
        return add_line(x, rows, "invoice_line.prepayment", LINE_FEE,
                        s->quote->prepayment);
    TRY(add_line(x, rows,
                 nothing_invoiced(s) ? "invoice_line.fees"
                                     : "invoice_line.rest",
                 LINE_FEE, fees));
    return add_line(x, rows, "invoice_line.travel", LINE_TRAVEL,
                    state_first_left(s, LINE_TRAVEL));
}

/* An audit that the quote does not price and that was held: its lines are those
 * of the fee rules (domain/invoice_audit.c [IA3]). */
static err audit_by_itself(struct first *x, bool *found)
{
    const struct state *s = state_of(x);

    *found = false;
    for (int32_t i = 1; i <= s->money.held_count; i++) {
        if (state_audit_left(s, i) <= 0)
            continue;
        *found = true;
        TRY(first_text(x, x->value, "what",
                       str_of(invoice_names[INVOICE_AUDIT])));
        return first_number(x, x->value, "audit", i);
    }
    return OK;
}

static err surveillance(struct first *x, struct json *rows)
{
    const struct state *s = state_of(x);
    int64_t left = state_surveillance_left(s);
    int64_t each = s->quote->surveillance;

    if (s->certificate == NULL || left <= 0)
        return OK;
    TRY(first_text(x, x->value, "what",
                   str_of(invoice_names[INVOICE_SURVEILLANCE])));
    return add_line(x, rows, "invoice_line.surveillance", LINE_FEE,
                    each < left ? each : left);
}

err first_invoice(struct first *x)
{
    const struct state *s = state_of(x);
    struct json *rows = first_rows(x, "lines");
    bool by_itself = false;

    TRY_MEMORY(rows);
    if (s->quote == NULL)
        return OK;
    if (state_first_left(s, LINE_FEE) > 0 ||
        state_first_left(s, LINE_TRAVEL) > 0)
        return first_certification(x, rows);
    TRY(audit_by_itself(x, &by_itself));
    return by_itself ? OK : surveillance(x, rows);
}
