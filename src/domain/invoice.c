/*
 * invoice -- money that changes hands: invoices, payments, refunds. [M13]
 * [M31] [17065 4.2]
 *
 *   [IN1] No more is invoiced than was agreed: for the first certification the
 *         fees and the travel of the quote, each for itself; for surveillances
 *         what the quote says of each; for audits that it does not price what
 *         the fee rules say (invoice_audit.c [IA1]).
 *   [IN2] The payer is the client; a payment has come before it is recorded.
 *   [IN3] An invoice may be paid in parts, and never beyond its amount.  What
 *         was paid before any invoice settles the first ones that follow.
 *   [IN4] Money goes back when a case was declined or withdrawn after payment:
 *         what the package gives back for the stage it ended in, more only for
 *         a reason, and never more than was paid.
 *   [IN5] A decision changes nothing about what is owed: who was refused pays
 *         what is still open and gets nothing back.
 */

#include "base/size.h"
#include "domain/fees.h"
#include "domain/stages.h"

#define SUM_MAX ((int64_t)AMOUNT_MAX * LINES_MAX)

enum { NUMBER_MAX = 40 };

/* clang-format off */
static const struct field invoice_line_fields[] = {
    F_STR(struct quote_line, text, 1, 200),
    F_ENUM(struct quote_line, kind, line_names),
    F_UNIT(struct quote_line, amount, 1, AMOUNT_MAX, UNIT_FEN),
};
static const struct record invoice_line_record =
    RECORD(quote_line, invoice_line_fields);

static const struct field invoiced_line_fields[] = {
    F_STR(struct quote_line, text, 1, 200),
    F_ENUM(struct quote_line, kind, line_names),
    F_INT(struct quote_line, amount, 1, AMOUNT_MAX),
    F_ENUM_OPT(struct quote_line, rule, fee_names),
    F_INT_OPT(struct quote_line, by_rule, 0, AMOUNT_MAX),
    F_STR_OPT(struct quote_line, reason, 500),
};
static const struct record invoiced_line_record =
    RECORD(quote_line, invoiced_line_fields);

static const struct field invoice_issue_fields[] = {
    F_STR(struct invoice_issue, number, 1, NUMBER_MAX),
    F_ENUM_OPT(struct invoice_issue, what, invoice_names),
    F_INT_OPT(struct invoice_issue, audit, 0, INVOICE_MAX),
    F_LIST_OPT(struct invoice_issue, lines, LINES_MAX, &invoice_line_record),
    F_DAY(struct invoice_issue, due),
};
static const struct record invoice_issue_record =
    RECORD(invoice_issue, invoice_issue_fields);

static const struct field invoice_fields[] = {
    F_STR(struct invoice, number, 1, NUMBER_MAX),
    F_ENUM_OPT(struct invoice, what, invoice_names),
    F_INT_OPT(struct invoice, audit, 0, INVOICE_MAX),
    F_LIST(struct invoice, lines, 1, LINES_MAX, &invoiced_line_record),
    F_INT(struct invoice, amount, 1, SUM_MAX),
    F_INT_OPT(struct invoice, settled, 0, SUM_MAX),
    F_DAY(struct invoice, due),
};
const struct record invoice_record = RECORD(invoice, invoice_fields);

static const struct field invoice_cancelled_fields[] = {
    F_STR(struct invoice_cancelled, number, 1, NUMBER_MAX),
    F_STR(struct invoice_cancelled, reason, 1, 1000),
};
static const struct record invoice_cancelled_record =
    RECORD(invoice_cancelled, invoice_cancelled_fields);

static const struct field payment_record_fields[] = {
    F_UNIT(struct payment_record, amount, 1, SUM_MAX, UNIT_FEN),
    F_DAY(struct payment_record, received),
    F_STR(struct payment_record, payer, 1, 200),
    F_STR_OPT(struct payment_record, invoice, NUMBER_MAX),
};
static const struct record payment_record_record =
    RECORD(payment_record, payment_record_fields);

static const struct field payment_fields[] = {
    F_INT(struct payment, amount, 1, SUM_MAX),
    F_DAY(struct payment, received),
    F_STR(struct payment, payer, 1, 200),
    F_BOOL_OPT(struct payment, prepaid),
    F_STR_OPT(struct payment, invoice, NUMBER_MAX),
};
static const struct record payment_fact_record =
    RECORD(payment, payment_fields);

static const struct field refund_record_fields[] = {
    F_UNIT(struct refund_record, amount, 1, SUM_MAX, UNIT_FEN),
    F_DAY(struct refund_record, paid),
    F_STR_OPT(struct refund_record, reason, 1000),
};
static const struct record refund_record_record =
    RECORD(refund_record, refund_record_fields);

static const struct field refund_fields[] = {
    F_INT(struct refund, amount, 1, SUM_MAX),
    F_DAY(struct refund, paid),
    F_INT_OPT(struct refund, by_rule, 0, INT64_MAX),
    F_STR_OPT(struct refund, reason, 1000),
};
static const struct record refund_fact_record = RECORD(refund, refund_fields);
/* clang-format on */

/* --- what there is ------------------------------------------------------ */

/* The invoice of this number, or -1. */
static int32_t find_invoice(const struct state *s, str number)
{
    const struct money_state *m = &s->money;

    for (int32_t i = 0; i < m->invoice_count; i++) {
        if (str_eq(m->invoices[i].issued->number, number))
            return i;
    }
    return -1;
}

/* Invoiced so far for that part of the contract and kind of line. */
static int64_t invoiced(const struct state *s, int what, enum line_kind kind)
{
    int64_t sum = 0;

    for (int32_t i = 0; i < s->money.invoice_count; i++) {
        const struct invoice_state *x = &s->money.invoices[i];

        if (!x->cancelled && x->issued->what == what)
            sum += lines_sum(&x->issued->lines, kind);
    }
    return sum;
}

int64_t invoice_open(const struct invoice_state *x)
{
    return x->cancelled ? 0 : x->issued->amount - x->paid;
}

static bool any_open(const struct state *s)
{
    for (int32_t i = 0; i < s->money.invoice_count; i++) {
        if (invoice_open(&s->money.invoices[i]) > 0)
            return true;
    }
    return false;
}

static err check_signed(struct arena *a, const struct state *s)
{
    if (!s->client_accepted || !s->body_signed)
        REFUSE(a, "contract.not_signed");
    return OK;
}

/* --- invoice.issue [IN1] ------------------------------------------------ */

static err ready_issue(struct arena *a, const struct state *s)
{
    TRY(check_signed(a, s));
    if (s->money.invoice_count >= INVOICE_MAX)
        return err_new(a, ERR_LIMIT, "invoice.full",
                       ARG_INT("most", INVOICE_MAX));
    return OK;
}

int64_t state_first_left(const struct state *s, int kind)
{
    return lines_sum(&s->quote->lines, (enum line_kind)kind) -
           invoiced(s, INVOICE_FIRST, (enum line_kind)kind);
}

int64_t state_surveillance_left(const struct state *s)
{
    return s->quote->surveillance * s->quote->surveillances -
           invoiced(s, INVOICE_SURVEILLANCE, LINE_FEE) -
           invoiced(s, INVOICE_SURVEILLANCE, LINE_TRAVEL);
}

static err check_kind(struct arena *a, const struct state *s,
                      const struct list *lines, enum line_kind kind)
{
    int64_t left = state_first_left(s, (int)kind);

    if (lines_sum(lines, kind) <= left)
        return OK;
    REFUSE(a, kind == LINE_TRAVEL ? "invoice.travel" : "invoice.fees",
           ARG_MONEY("left", left));
}

static err check_surveillance(struct arena *a, const struct state *s,
                              const struct list *lines)
{
    int64_t left = state_surveillance_left(s);

    if (s->certificate == NULL)
        REFUSE(a, "invoice.no_certificate");
    if (lines_total(lines) > left)
        REFUSE(a, "invoice.surveillance", ARG_MONEY("left", left));
    return OK;
}

static err check_agreed(struct arena *a, const struct state *s,
                        struct invoice *made)
{
    if (made->what == INVOICE_AUDIT)
        return invoice_audit_make(a, s, made);
    if (made->lines.n == 0)
        return err_new(a, ERR_INVALID, "invoice.lines");
    if (made->audit > 0)
        return err_new(a, ERR_INVALID, "invoice.not_of_audit");
    if (made->what == INVOICE_SURVEILLANCE)
        return check_surveillance(a, s, &made->lines);
    TRY(check_kind(a, s, &made->lines, LINE_FEE));
    return check_kind(a, s, &made->lines, LINE_TRAVEL);
}

/* [IN3] */
static int64_t settled_by(const struct state *s, int what, int64_t amount)
{
    if (what != INVOICE_FIRST)
        return 0;
    return s->money.loose < amount ? s->money.loose : amount;
}

static err judge_issue(struct arena *a, const struct state *s,
                       const struct command *c, const struct facts *f,
                       struct event_list *out)
{
    const struct invoice_issue *wish = c->data;
    struct invoice made = {
        .number = str_trim(wish->number),
        .what = wish->what,
        .audit = wish->audit,
        .lines = wish->lines,
        .due = wish->due,
    };

    if (made.number.n == 0 || find_invoice(s, made.number) >= 0)
        return err_new(a, ERR_INVALID, "invoice.number",
                       ARG_STR("number", made.number));
    if (wish->due < f->today)
        return err_new(a, ERR_INVALID, "invoice.due", ARG_DAY("due", wish->due),
                       ARG_DAY("today", f->today));
    TRY(check_agreed(a, s, &made));
    made.amount = lines_total(&made.lines);
    made.settled = settled_by(s, made.what, made.amount);
    return event_emit(a, out, "invoice.issued", f, &made);
}

static void apply_issued(struct state *s, const struct event *e)
{
    EVENT_DATA(invoice, made, e);
    struct money_state *m = &s->money;

    if (m->invoice_count >= INVOICE_MAX) {
        s->overflow = true; /* [ST-8] */
        return;
    }
    m->invoices[m->invoice_count++] =
        (struct invoice_state){ made, made->settled, false };
    m->loose -= made->settled;
}

/* --- invoice.cancel ----------------------------------------------------- */

static err find_live(struct arena *a, const struct state *s, str number,
                     int32_t *out)
{
    int32_t at = find_invoice(s, number);

    if (at < 0)
        return err_new(a, ERR_NOT_FOUND, "invoice.unknown",
                       ARG_STR("number", number));
    if (s->money.invoices[at].cancelled)
        REFUSE(a, "invoice.cancelled_already", ARG_STR("number", number));
    *out = at;
    return OK;
}

static err ready_cancel(struct arena *a, const struct state *s)
{
    for (int32_t i = 0; i < s->money.invoice_count; i++) {
        if (!s->money.invoices[i].cancelled)
            return OK;
    }
    REFUSE(a, "invoice.none");
}

static err judge_cancel(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct invoice_cancelled *wish = c->data;
    const struct invoice_state *x;
    int32_t at = 0;

    TRY(find_live(a, s, wish->number, &at));
    x = &s->money.invoices[at];
    if (x->paid > x->issued->settled)
        REFUSE(a, "invoice.paid", ARG_STR("number", wish->number),
               ARG_MONEY("paid", x->paid - x->issued->settled));
    return event_emit(a, out, "invoice.cancelled", f, wish);
}

/* What had settled it settles the next ones. */
static void apply_cancelled(struct state *s, const struct event *e)
{
    EVENT_DATA(invoice_cancelled, what, e);
    int32_t at = find_invoice(s, what->number);

    if (at < 0 || s->money.invoices[at].cancelled)
        return;
    struct invoice_state *x = &s->money.invoices[at];
    x->cancelled = true;
    if (x->issued->what != INVOICE_FIRST)
        return;
    s->money.loose += x->paid;
    x->paid = 0;
}

/* --- payment.record ----------------------------------------------------- */

static err ready_payment(struct arena *a, const struct state *s)
{
    TRY(check_signed(a, s));
    if (s->paid >= s->quote->total && !any_open(s))
        REFUSE(a, "contract.paid_already");
    return OK;
}

/* By the name it applied under, or the one it has since. */
static bool is_client(const struct state *s, const struct facts *f, str payer)
{
    return str_eq(payer, s->application->name) ||
           str_eq(payer, f->enterprise->name);
}

/* [IN2] */
static err check_payer(struct arena *a, const struct state *s,
                       const struct payment *p, const struct facts *f)
{
    if (!is_client(s, f, p->payer))
        REFUSE(a, "contract.payer", ARG_STR("payer", p->payer),
               ARG_STR("client", f->enterprise->name));
    if (p->received > f->today)
        return err_new(a, ERR_INVALID, "contract.received",
                       ARG_DAY("received", p->received),
                       ARG_DAY("today", f->today));
    return OK;
}

static err check_total(struct arena *a, const struct state *s, int64_t amount)
{
    int64_t left = s->quote->total - s->paid;

    if (amount <= left)
        return OK;
    REFUSE(a, "contract.overpaid", ARG_MONEY("open", left));
}

/* [IN3] */
static err check_invoice(struct arena *a, const struct state *s,
                         const struct payment *p, bool *first)
{
    const struct invoice_state *x;
    int32_t at = 0;

    *first = true;
    if (p->invoice.n == 0)
        return OK;
    TRY(find_live(a, s, p->invoice, &at));
    x = &s->money.invoices[at];
    *first = x->issued->what == INVOICE_FIRST;
    if (p->amount > invoice_open(x))
        REFUSE(a, "invoice.overpaid", ARG_STR("number", p->invoice),
               ARG_MONEY("open", invoice_open(x)));
    return OK;
}

static err judge_payment(struct arena *a, const struct state *s,
                         const struct command *c, const struct facts *f,
                         struct event_list *out)
{
    const struct payment_record *wish = c->data;
    struct payment paid = {
        .amount = wish->amount,
        .received = wish->received,
        .payer = str_trim(wish->payer),
        .invoice = str_trim(wish->invoice),
    };
    bool first;

    TRY(check_payer(a, s, &paid, f));
    TRY(check_invoice(a, s, &paid, &first));
    if (first)
        TRY(check_total(a, s, paid.amount));
    paid.prepaid = first && s->paid + paid.amount >= s->quote->prepayment;
    return event_emit(a, out, "payment.recorded", f, &paid);
}

static void take_in(struct state *s, const struct payment *paid)
{
    int32_t at = paid->invoice.n == 0 ? -1 : find_invoice(s, paid->invoice);

    if (at < 0) {
        s->money.loose += paid->amount;
        s->paid += paid->amount;
        return;
    }
    struct invoice_state *x = &s->money.invoices[at];
    x->paid += paid->amount;
    if (x->issued->what != INVOICE_FIRST)
        s->money.later += paid->amount;
    else
        s->paid += paid->amount;
}

static void apply_payment(struct state *s, const struct event *e)
{
    EVENT_DATA(payment, paid, e);

    take_in(s, paid);
    if (s->stage == STAGE_CONTRACT && paid->prepaid) /* contract.c [CO3] */
        state_enter(s, STAGE_DOCUMENTS, e);
}

static bool ended_before_decision(const struct state *s)
{
    return s->ending == ENDING_DECLINED || s->ending == ENDING_WITHDRAWN;
}

int64_t state_owed(const struct state *s)
{
    int64_t owed = 0;

    if (!ended_before_decision(s))
        return s->quote->total - s->paid;
    for (int32_t i = 0; i < s->money.invoice_count; i++)
        owed += invoice_open(&s->money.invoices[i]);
    return owed;
}

/* --- refund.record [IN4] [IN5] ------------------------------------------ */

static int64_t all_paid(const struct state *s)
{
    return s->paid + s->money.later;
}

/* Of all that was paid, what the package gives back for that stage. */
static int64_t refund_by_rule(const struct state *s)
{
    return fees_share(all_paid(s), s->scheme->fees.refunds[s->money.ended_in]);
}

int64_t state_refund_owed(const struct state *s)
{
    int64_t owed;

    if (!ended_before_decision(s))
        return 0;
    owed = refund_by_rule(s) - s->money.refunded;
    return owed > 0 ? owed : 0;
}

static err ready_refund(struct arena *a, const struct state *s)
{
    if (!ended_before_decision(s))
        REFUSE(a, "refund.earned");
    if (s->money.refunded >= all_paid(s))
        REFUSE(a, "refund.nothing");
    return OK;
}

static err judge_refund(struct arena *a, const struct state *s,
                        const struct command *c, const struct facts *f,
                        struct event_list *out)
{
    const struct refund_record *wish = c->data;
    int64_t left = all_paid(s) - s->money.refunded;
    struct refund made = {
        .amount = wish->amount,
        .paid = wish->paid,
        .by_rule = refund_by_rule(s),
        .reason = wish->reason,
    };

    if (wish->paid > f->today)
        return err_new(a, ERR_INVALID, "refund.paid",
                       ARG_DAY("paid", wish->paid), ARG_DAY("today", f->today));
    if (wish->amount > left)
        REFUSE(a, "refund.beyond_paid", ARG_MONEY("left", left));
    if (s->money.refunded + wish->amount > made.by_rule && wish->reason.n == 0)
        REFUSE(a, "refund.beyond_rule", ARG_MONEY("rule", made.by_rule));
    return event_emit(a, out, "refund.recorded", f, &made);
}

static void apply_refund(struct state *s, const struct event *e)
{
    EVENT_DATA(refund, made, e);

    s->money.refunded += made->amount;
}

/* --- [ST-12] ------------------------------------------------------------ */

static bool invoice_adds_up(const struct invoice_state *x)
{
    return x->paid >= 0 && x->paid <= x->issued->amount &&
           x->issued->amount == lines_total(&x->issued->lines);
}

static bool agreed_covers_invoices(const struct state *s)
{
    const struct quote *q = s->quote;

    if (q == NULL)
        return s->money.invoice_count == 0;
    return invoiced(s, INVOICE_FIRST, LINE_FEE) <=
               lines_sum(&q->lines, LINE_FEE) &&
           invoiced(s, INVOICE_FIRST, LINE_TRAVEL) <=
               lines_sum(&q->lines, LINE_TRAVEL) &&
           invoiced(s, INVOICE_SURVEILLANCE, LINE_FEE) +
                   invoiced(s, INVOICE_SURVEILLANCE, LINE_TRAVEL) <=
               q->surveillance * q->surveillances;
}

/* Every fen paid stands somewhere. */
static bool payments_stand_somewhere(const struct state *s)
{
    const struct money_state *m = &s->money;
    int64_t first = m->loose;
    int64_t later = 0;

    for (int32_t i = 0; i < m->invoice_count; i++) {
        if (m->invoices[i].issued->what == INVOICE_FIRST)
            first += m->invoices[i].paid;
        else
            later += m->invoices[i].paid;
    }
    return m->loose >= 0 && first == s->paid && later == m->later;
}

static bool paid_as_agreed(const struct state *s)
{
    const struct quote *q = s->quote;
    int64_t agreed =
        s->client_accepted && s->body_signed && q != NULL ? q->total : 0;

    return s->paid <= agreed && s->money.refunded <= all_paid(s) &&
           (q == NULL || q->total == lines_total(&q->lines));
}

bool state_money_adds_up(const struct state *s)
{
    for (int32_t i = 0; i < s->money.invoice_count; i++) {
        if (!invoice_adds_up(&s->money.invoices[i]))
            return false;
    }
    return agreed_covers_invoices(s) && invoice_audits_add_up(s) &&
           payments_stand_somewhere(s) && paid_as_agreed(s);
}

/* clang-format off */
static const struct command_kind commands[] = {
    { "invoice.issue", &invoice_issue_record, ready_issue, judge_issue, NULL },
    { "invoice.cancel", &invoice_cancelled_record, ready_cancel, judge_cancel, NULL },
    { "payment.record", &payment_record_record, ready_payment, judge_payment, NULL },
    { "refund.record", &refund_record_record, ready_refund, judge_refund, NULL },
};

static const struct event_kind events[] = {
    { "invoice.issued", 1, STREAM_CASE, &invoice_record, apply_issued },
    { "invoice.cancelled", 1, STREAM_CASE, &invoice_cancelled_record, apply_cancelled },
    { "payment.recorded", 1, STREAM_CASE, &payment_fact_record, apply_payment },
    { "refund.recorded", 1, STREAM_CASE, &refund_fact_record, apply_refund },
};
/* clang-format on */

const struct stage_tables invoice_tables = {
    commands,
    COUNT(commands),
    events,
    COUNT(events),
};
