/*
 * demo_money -- what finance does in a case of the demonstration: it invoices
 * what the contract says and enters what comes. [M13] [M31]
 *
 * The prepayment is invoiced when the contract is signed, what is left of the
 * price when the audit has been, each surveillance when it begins.  How the
 * enterprise pays is its habit, of demo.yaml:
 *
 *   whole: within the time it has       slow: all, when its time is over
 *   part:  half, and then no more       late: nothing
 *   wrong: within its time, but its first bill is cancelled and made again
 *   agreed: within the sixty days that it has
 *
 * Whoever ended a case before its decision gets back what the package says.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "codec/json.h"
#include "domain/stages.h"
#include "service/demo_parts.h"

enum {
    PREPAY_DAYS = 15, /* they have for it */
    DUE_DAYS = 30,
    DUE_AGREED = 60,
    PAID_AGREED = 58,
    PAID_AFTER = 12, /* days after the bill */
    PAID_SLOWLY = 47,
    CANCELLED_AFTER = 3,
    REFUNDED_AFTER = 10,
    HALF = 2,
    ROUND_FEN = 10000, /* a part is paid in whole hundreds of yuan */
};

/* A step being written. */
struct billing {
    struct arena *a;
    const struct demo_bill *bill;
    struct step *out;
    struct json *data;
};

static void set_text(struct billing *b, const char *key, str text)
{
    json_set(b->data, str_of(key), json_new_str(b->a, text));
}

static void set_day(struct billing *b, const char *key, day on)
{
    char text[DAY_TEXT];
    str copy;

    if (arena_str(b->a, day_text(on, text), &copy))
        set_text(b, key, copy);
}

static void set_amount(struct billing *b, int64_t amount)
{
    json_set(b->data, S("amount"), json_new_int(b->a, amount));
}

static void by_finance(struct billing *b, const char *command, int32_t days)
{
    b->out->login = S("finance");
    b->out->command = str_of(command);
    b->out->days = days;
}

/* --- bills ---------------------------------------------------------------- */

static void add_line(struct billing *b, struct json *lines, const char *text,
                     const char *kind, int64_t amount)
{
    struct json *line = json_new_object(b->a);

    if (amount <= 0)
        return;
    json_set(line, S("text"),
             json_new_str(b->a, demo_text(b->bill->texts, text)));
    json_set(line, S("kind"), json_new_str(b->a, str_of(kind)));
    json_set(line, S("amount"), json_new_int(b->a, amount));
    json_add(lines, line);
}

/* "示例-000012" */
static err set_number(struct billing *b)
{
    struct buf to;
    str number;

    buf_init(&to, b->a, 80);
    buf_str(&to, demo_text(b->bill->texts, "invoice"));
    buf_printf(&to, "%06d", (int)b->bill->issued + 1);
    TRY(buf_done(&to, &number));
    set_text(b, "number", number);
    return OK;
}

static int32_t days_to_pay(const struct demo_bill *bill)
{
    if (bill->state->stage == STAGE_CONTRACT)
        return PREPAY_DAYS;
    return str_eq(bill->habit, S("agreed")) ? DUE_AGREED : DUE_DAYS;
}

static err issue(struct billing *b, const char *what, struct json *lines,
                 int32_t days)
{
    by_finance(b, "invoice.issue", days);
    TRY(set_number(b));
    set_text(b, "what", str_of(what));
    set_day(b, "due", b->bill->today + days_to_pay(b->bill));
    json_set(b->data, S("lines"), lines);
    return OK;
}

static bool was_audited(const struct state *s)
{
    return s->quote != NULL && s->money.invoice_count > 0 &&
           (s->stage >= STAGE_REPORT || s->rounds > 0);
}

static bool was_billed(const struct state *s, enum invoice_for what)
{
    for (int32_t i = 0; i < s->money.invoice_count; i++) {
        if (!s->money.invoices[i].cancelled &&
            s->money.invoices[i].issued->what == (int)what)
            return true;
    }
    return false;
}

static err bill_rest(struct billing *b)
{
    const struct state *s = b->bill->state;
    struct json *lines = json_new_array(b->a);

    add_line(b, lines, "fee_rest", "fee", state_first_left(s, LINE_FEE));
    add_line(b, lines, "fee_travel", "travel",
             state_first_left(s, LINE_TRAVEL));
    return issue(b, "first", lines, 2);
}

static err bill_surveillance(struct billing *b)
{
    struct json *lines = json_new_array(b->a);

    add_line(b, lines, "fee_surveillance", "fee",
             b->bill->state->quote->surveillance);
    return issue(b, "surveillance", lines, 1);
}

/* --- payments ------------------------------------------------------------- */

static const struct invoice_state *open_bill(const struct state *s)
{
    for (int32_t i = 0; i < s->money.invoice_count; i++) {
        if (invoice_open(&s->money.invoices[i]) > 0)
            return &s->money.invoices[i];
    }
    return NULL;
}

static void pay(struct billing *b, const struct invoice_state *x,
                int64_t amount, int32_t days)
{
    by_finance(b, "payment.record", days);
    set_amount(b, amount);
    set_day(b, "received", b->bill->today);
    set_text(b, "payer", b->bill->client);
    set_text(b, "invoice", x->issued->number);
}

static void cancel(struct billing *b, const struct invoice_state *x)
{
    by_finance(b, "invoice.cancel", CANCELLED_AFTER);
    set_text(b, "number", x->issued->number);
    set_text(b, "reason", demo_text(b->bill->texts, "invoice_wrong"));
}

static bool any_cancelled(const struct state *s)
{
    for (int32_t i = 0; i < s->money.invoice_count; i++) {
        if (s->money.invoices[i].cancelled)
            return true;
    }
    return false;
}

static int64_t part_of(const struct invoice_state *x)
{
    return x->issued->amount / HALF / ROUND_FEN * ROUND_FEN;
}

/* Of a bill that is open, as the enterprise is used to. */
static void settle(struct billing *b, const struct invoice_state *x)
{
    str habit = b->bill->habit;

    if (str_eq(habit, S("wrong")) && !any_cancelled(b->bill->state))
        cancel(b, x);
    else if (str_eq(habit, S("whole")) || str_eq(habit, S("wrong")))
        pay(b, x, invoice_open(x), PAID_AFTER);
    else if (str_eq(habit, S("agreed")))
        pay(b, x, invoice_open(x), PAID_AGREED);
    else if (str_eq(habit, S("slow")))
        pay(b, x, invoice_open(x), PAID_SLOWLY);
    else if (str_eq(habit, S("part")) && x->paid == 0 && part_of(x) > 0)
        pay(b, x, part_of(x), PAID_AFTER);
}

static void give_back(struct billing *b)
{
    by_finance(b, "refund.record", REFUNDED_AFTER);
    set_amount(b, state_refund_owed(b->bill->state));
    set_day(b, "paid", b->bill->today);
}

/* --- what is next --------------------------------------------------------- */

/* Was the case ended before anybody decided, and nothing is owed any more? */
static bool was_given_up(const struct state *s)
{
    return s->ending == ENDING_WITHDRAWN || s->ending == ENDING_DECLINED;
}

static err write_step(struct billing *b)
{
    const struct state *s = b->bill->state;
    const struct invoice_state *x = open_bill(s);

    if (was_given_up(s)) {
        if (state_refund_owed(s) > 0)
            give_back(b);
        return OK;
    }
    if (was_audited(s) &&
        state_first_left(s, LINE_FEE) + state_first_left(s, LINE_TRAVEL) > 0)
        return bill_rest(b);
    if (s->round == ROUND_SURVEILLANCE && s->quote->surveillance > 0 &&
        !was_billed(s, INVOICE_SURVEILLANCE))
        return bill_surveillance(b);
    if (x != NULL && s->stage != STAGE_CONTRACT)
        settle(b, x);
    return OK;
}

static err finish(struct billing *b, err e, struct step *out)
{
    TRY(e);
    TRY_MEMORY(b->data);
    b->out->data = b->data;
    *out = *b->out;
    return OK;
}

err demo_bill_next(struct arena *a, const struct demo_bill *bill,
                   struct step *out)
{
    struct step made = { .command = S("") };
    struct billing b = { a, bill, &made, json_new_object(a) };

    return finish(&b, write_step(&b), out);
}

err demo_bill_prepayment(struct arena *a, const struct demo_bill *bill,
                         struct step *out)
{
    const struct state *s = bill->state;
    struct step made = { .command = S("") };
    struct billing b = { a, bill, &made, json_new_object(a) };
    struct json *lines = json_new_array(a);

    if (s->money.invoice_count > 0) {
        pay(&b, &s->money.invoices[0], s->quote->prepayment, 2);
        return finish(&b, OK, out);
    }
    add_line(&b, lines, "fee_prepaid", "fee", s->quote->prepayment);
    return finish(&b, issue(&b, "first", lines, 0), out);
}
