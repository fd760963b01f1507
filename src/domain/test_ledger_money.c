/*
 * The books about money. [LG4]
 */

#include "domain/test_ledger_parts.h"

#include "base/size.h"
#include "domain/fees.h"

/* --- the quote ------------------------------------------------------------ */

static int64_t sum_of(const struct list *list, bool travel)
{
    const struct quote_line *lines = list->p;
    int64_t sum = 0;

    for (size_t i = 0; i < list->n; i++)
        sum += (lines[i].kind == LINE_TRAVEL) == travel ? lines[i].amount : 0;
    return sum;
}

const char *enter_quote(struct ledger *l, const struct event *e)
{
    DATA(quote, x, e);
    int64_t fees = sum_of(&x->lines, false);

    l->quote = x;
    if (x->total != fees + sum_of(&x->lines, true))
        return "[LG4] a total that is no sum";
    if (x->prepay < l->scheme->fees.prepay_least ||
        x->prepay > l->scheme->fees.prepay_most)
        return "[LG4] a share the package does not allow";
    if (x->whole != 0 &&
        x->whole - x->total != x->surveillance * x->surveillances)
        return "[LG4] a whole that is no sum";

    int64_t off = x->prepayment * 10000 - fees * x->prepay;
    return off > -5000 && off <= 5000 ? NULL : "[LG4] a wrong prepayment";
}

/* --- invoices ------------------------------------------------------------- */

static struct ledger_bill *bill_of(struct ledger *l, str number)
{
    for (size_t i = 0; i < l->bill_count; i++) {
        if (str_eq(l->bills[i].invoice->number, number))
            return &l->bills[i];
    }
    return NULL;
}

/* All invoices of that kind that were not taken back. */
static int64_t billed(const struct ledger *l, int what, bool travel)
{
    int64_t sum = 0;

    for (size_t i = 0; i < l->bill_count; i++) {
        const struct ledger_bill *b = &l->bills[i];

        if (!b->cancelled && b->invoice->what == what)
            sum += sum_of(&b->invoice->lines, travel);
    }
    return sum;
}

/* A re-audit, a special audit, an extension: nobody has agreed to a sum. */
void ledger_held(struct ledger *l)
{
    bool yearly = l->round == ROUND_SURVEILLANCE || l->round == ROUND_INITIAL;
    const struct certificate *c = l->certificate;

    if ((l->round_held || !yearly) && l->held_count < LEDGER_BILLS)
        l->held[l->held_count++] = (struct ledger_held){
            .days = l->plan->person_days,
            .sites = (int64_t)l->plan->sites.n,
            .level = c == NULL ? l->opened->level : c->level,
        };
    l->round_held = true;
}

/* Of that audit, at what the package asks for its days and sites. */
static bool audit_billed_too_much(const struct ledger *l, size_t audit)
{
    const struct ledger_held *x = &l->held[audit - 1];
    const struct fee_question q = {
        .staff = l->application->staff,
        .sites = x->sites,
        .level = scheme_level(l->scheme, x->level),
        .trade = l->quote->trade,
    };
    int64_t left[2];

    fees_of_visit(l->scheme, &q, x->days, &left[0], &left[1]);
    for (size_t i = 0; i < l->bill_count; i++) {
        const struct ledger_bill *b = &l->bills[i];

        if (b->cancelled || b->invoice->audit != (int64_t)audit)
            continue;
        left[0] -= sum_of(&b->invoice->lines, false);
        left[1] -= sum_of(&b->invoice->lines, true);
    }
    return left[0] < 0 || left[1] < 0;
}

static const char *check_audit(const struct ledger *l, const struct invoice *x)
{
    if ((x->what == INVOICE_AUDIT) != (x->audit > 0))
        return "[LG4] an invoice for an audit without its number";
    if (x->audit > (int64_t)l->held_count)
        return "[LG4] an audit is invoiced that was not held";
    if (x->audit > 0 && audit_billed_too_much(l, (size_t)x->audit))
        return "[LG4] more invoiced for an audit than the rules ask";
    return NULL;
}

static bool billed_too_much(const struct ledger *l)
{
    const struct quote *q = l->quote;

    return billed(l, INVOICE_FIRST, false) > sum_of(&q->lines, false) ||
           billed(l, INVOICE_FIRST, true) > sum_of(&q->lines, true) ||
           billed(l, INVOICE_SURVEILLANCE, false) +
                   billed(l, INVOICE_SURVEILLANCE, true) >
               q->surveillance * q->surveillances;
}

const char *enter_invoice(struct ledger *l, const struct event *e)
{
    DATA(invoice, x, e);
    int64_t settles = l->loose < x->amount ? l->loose : x->amount;

    if (bill_of(l, x->number) != NULL)
        return "[LG4] a number of an invoice twice";
    if (l->bill_count >= LEDGER_BILLS)
        return "[LG4] too many invoices";
    if (x->what == INVOICE_SURVEILLANCE && l->certificate == NULL)
        return "[LG4] a surveillance of nothing is invoiced";
    if (x->settled != (x->what == INVOICE_FIRST ? settles : 0))
        return "[LG4] an invoice settled by other money";
    l->loose -= x->settled;
    l->bills[l->bill_count++] = (struct ledger_bill){ x, x->settled, false };
    if (billed_too_much(l))
        return "[LG4] more invoiced than agreed";
    if (check_audit(l, x) != NULL)
        return check_audit(l, x);
    if (x->amount != sum_of(&x->lines, false) + sum_of(&x->lines, true))
        return "[LG4] an invoice that is no sum";
    return x->due >= e->on ? NULL : "[LG6] an invoice due before";
}

const char *enter_cancelling(struct ledger *l, const struct event *e)
{
    DATA(invoice_cancelled, x, e);
    struct ledger_bill *b = bill_of(l, x->number);

    if (b == NULL || b->cancelled)
        return "[LG4] cancelled what is no invoice";
    if (b->paid != b->invoice->settled)
        return "[LG4] cancelled what somebody paid on";
    b->cancelled = true;
    l->loose += b->paid;
    b->paid = 0;
    return NULL;
}

/* --- payments and refunds ------------------------------------------------- */

static const char *book(struct ledger *l, const struct payment *x)
{
    struct ledger_bill *b = x->invoice.n == 0 ? NULL : bill_of(l, x->invoice);

    if (x->invoice.n > 0 && (b == NULL || b->cancelled))
        return "[LG4] paid on no invoice";
    if (b != NULL && b->invoice->what != INVOICE_FIRST)
        l->later += x->amount;
    else
        l->paid += x->amount;
    if (b == NULL) {
        l->loose += x->amount;
        return NULL;
    }
    b->paid += x->amount;
    return b->paid <= b->invoice->amount ? NULL
                                         : "[LG4] paid more than invoiced";
}

const char *enter_payment(struct ledger *l, const struct event *e)
{
    DATA(payment, x, e);
    int64_t before = l->later;
    const char *wrong = book(l, x);
    bool first = l->later == before;

    if (wrong != NULL)
        return wrong;
    if (l->paid > l->quote->total)
        return "[LG4] paid more than is due";
    if (x->prepaid != (first && l->paid >= l->quote->prepayment))
        return "[LG4] a prepayment that is not what was paid";
    if (!str_eq(x->payer, l->application->name))
        return "[LG4] somebody else paid";
    return x->received <= e->on ? NULL : "[LG6] paid tomorrow";
}

const char *enter_refund(struct ledger *l, const struct event *e)
{
    DATA(refund, x, e);

    l->refunded += x->amount;
    if (!l->declined)
        return "[LG4] money back that was earned";
    if (l->refunded > l->paid + l->later)
        return "[LG4] more given back than paid";
    if (l->refunded > x->by_rule && x->reason.n == 0)
        return "[LG4] more given back than agreed, and nobody says why";
    return x->paid <= e->on ? NULL : "[LG6] given back tomorrow";
}
