/*
 * What sensible people say about money: quotes, invoices, payments, refunds,
 * and the enterprise's own notes.
 */

#include "domain/test_wish_parts.h"

#include "base/arena.h"
#include "base/size.h"
#include "domain/commands.h"
#include "domain/fees.h"

static struct quote_line line(const char *text, enum line_kind kind,
                              int64_t amount)
{
    return (struct quote_line){
        .text = str_of(text),
        .kind = (int)kind,
        .amount = amount,
    };
}

/* A list of one thing of `size` bytes, which is copied. */
static struct list one(struct walk *w, const void *thing, size_t size)
{
    void *p = arena_zero(w->arena, size);

    if (p == NULL)
        return (struct list){ 0 };
    memcpy(p, thing, size);
    return (struct list){ p, 1 };
}

/* --- the quote ------------------------------------------------------------ */

static struct list own_lines(struct walk *w)
{
    struct quote_line *lines = arena_array(w->arena, 2, sizeof *lines);

    if (lines == NULL)
        return (struct list){ 0 };
    lines[0] = line("审查费", LINE_FEE, (int64_t)walk_pick(w, 1000) * 1999);
    lines[1] = line("差旅", LINE_TRAVEL, (int64_t)walk_pick(w, 1000) * 7);
    return (struct list){ lines, 2 };
}

static struct list change(struct walk *w)
{
    struct quote_change c = {
        .rule = (int)walk_pick(w, FEE_RULE_COUNT),
        .text = S("副本"),
        .amount = (int64_t)walk_pick(w, 3000000),
        .reason = S("两家同时审查"),
    };

    return one(w, &c, sizeof c);
}

void wish_quote(struct walk *w, void *data)
{
    const struct fees *fees = &w->scheme->fees;
    uint64_t width = (uint64_t)(fees->prepay_most - fees->prepay_least);
    struct quote_make *wish = data;
    bool own = walk_pick(w, 2) == 0;

    *wish = (struct quote_make){
        .prepay = fees->prepay_least + (int64_t)walk_pick(w, width + 1),
        .surveillance = walk_seldom(w, 4) ? 12345 : 0,
        .reason = S("集团合同"),
    };
    if (own)
        wish->lines = own_lines(w);
    else if (walk_seldom(w, 3))
        wish->changes = change(w);
}

/* The newest offer by its hash, or an older one, or whichever it is. */
void wish_accept(struct walk *w, void *data)
{
    struct contract_accept *wish = data;

    wish->note = S("可");
    if (walk_seldom(w, 3))
        wish->offer = w->state->money.offer;
    else if (walk_seldom(w, 12))
        wish->offer = w->state->head;
}

/* Under the case's number, or one of the body's. */
void wish_sign(struct walk *w, void *data)
{
    *(struct contract_sign *)data = (struct contract_sign){
        .note = S("可"),
        .number = walk_seldom(w, 3) ? S("HT-2026-07") : S(""),
    };
}

/* --- invoices and payments ------------------------------------------------ */

/* One of the case's invoices, NULL where there is none. */
static const struct invoice_state *some_invoice(struct walk *w)
{
    const struct money_state *m = &w->state->money;

    if (m->invoice_count == 0)
        return NULL;
    return &m->invoices[walk_pick(w, (uint64_t)m->invoice_count)];
}

/* For an audit by itself, by the rules or not. */
static void wish_audit_invoice(struct walk *w, str number,
                               const struct quote_line *line, void *data)
{
    struct invoice_issue *wish = data;

    *wish = (struct invoice_issue){
        .number = number,
        .what = INVOICE_AUDIT,
        .audit = (int64_t)walk_pick(w, 3),
        .due = w->facts.today + (int32_t)walk_pick(w, 31) - 1,
    };
    if (walk_seldom(w, 2))
        wish->lines = one(w, line, sizeof *line);
}

void wish_invoice(struct walk *w, void *data)
{
    static const str numbers[] = { S_INIT("F1"), S_INIT("F2"), S_INIT("F3"),
                                   S_INIT("F4"), S_INIT("F5"), S_INIT("F6") };
    const struct quote *q = w->state->quote;
    int64_t amount = q == NULL ? 1 : q->total / 4 + (int64_t)walk_pick(w, 3);
    struct quote_line l = line("认证费", LINE_FEE, amount < 1 ? 1 : amount);
    bool later = w->state->certificate != NULL && walk_pick(w, 2) == 0;

    if (later && q != NULL && q->surveillance > 0)
        l.amount = q->surveillance;
    if (w->state->money.held_count > 0 && walk_seldom(w, 2)) {
        wish_audit_invoice(w, numbers[walk_pick(w, COUNT(numbers))], &l, data);
        return;
    }
    *(struct invoice_issue *)data = (struct invoice_issue){
        .number = numbers[walk_pick(w, COUNT(numbers))],
        .what = later ? INVOICE_SURVEILLANCE : INVOICE_FIRST,
        .lines = one(w, &l, sizeof l),
        .due = w->facts.today + (int32_t)walk_pick(w, 31) - 1,
    };
}

void wish_cancel(struct walk *w, void *data)
{
    const struct invoice_state *x = some_invoice(w);

    *(struct invoice_cancelled *)data = (struct invoice_cancelled){
        .number = x == NULL ? S("F1") : x->issued->number,
        .reason = S("抬头有误"),
    };
}

/* What is wanted next, in part, or all; on an invoice now and then. */
void wish_payment(struct walk *w, void *data)
{
    const struct state *s = w->state;
    const struct invoice_state *x = walk_seldom(w, 2) ? some_invoice(w) : NULL;
    int64_t total = s->quote == NULL ? 1 : s->quote->total;
    int64_t first = s->quote == NULL ? 1 : s->quote->prepayment;
    int64_t amounts[] = { first - s->paid, (first - s->paid) / 2,
                          total - s->paid, total - s->paid + 1 };
    int64_t amount = amounts[walk_pick(w, COUNT(amounts))];

    if (x != NULL && walk_pick(w, 2) == 0)
        amount = x->issued->amount - x->paid;
    *(struct payment_record *)data = (struct payment_record){
        .amount = amount,
        .received = w->facts.today - (int32_t)walk_pick(w, 4),
        .payer = w->enterprise.name,
        .invoice = x == NULL ? S("") : x->issued->number,
    };
}

void wish_refund(struct walk *w, void *data)
{
    const struct state *s = w->state;
    int64_t left = s->paid + s->money.later - s->money.refunded;

    *(struct refund_record *)data = (struct refund_record){
        .amount = walk_pick(w, 3) == 0 ? left : left / 2 + 1,
        .paid = w->facts.today,
        .reason = walk_pick(w, 2) == 0 ? S("") : S("双方协商"),
    };
}

/* --- the enterprise's own notes --------------------------------------------
 */

void wish_offer(struct walk *w, void *data)
{
    static const str approvals[] = { S_INIT("CNCA-R-2099-801"),
                                     S_INIT("CNCA-R-2099-802"), S_INIT("无") };

    *(struct offer_note *)data = (struct offer_note){
        .body = S("另一认证机构"),
        .approval = approvals[walk_pick(w, COUNT(approvals))],
        .cycle = 30 + (int64_t)walk_pick(w, 60),
        .price = 1 + (int64_t)walk_pick(w, 3000000),
    };
}

void wish_cost(struct walk *w, void *data)
{
    *(struct cost_note *)data = (struct cost_note){
        .kind = (int)walk_pick(w, 4),
        .provider = walk_seldom(w, 6) ? w->body.name_zh : S("示例咨询公司"),
        .amount = (int64_t)walk_pick(w, 2000000),
    };
}
