/*
 * invoice_audit -- invoices for audits that the quote says nothing of.
 * [M28]-[M31] [17065 4.1.2]
 *
 *   [IA1] A re-audit after a major nonconformity, a special audit and an
 *         extension of the scope are paid for by themselves: once they were
 *         held, by the fee rules of the package for the person-days and sites
 *         of the plan that the enterprise agreed to.  No fee depends on what
 *         was found (fees.h [FE2]).
 *   [IA2] Each stands for itself: what one leaves to invoice, in fees and in
 *         travel, pays for no other.
 *   [IA3] Lines that nobody writes are those of the rules, as far as they were
 *         not invoiced yet.
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "domain/fees.h"
#include "domain/stages.h"
#include "text/text.h"

#include <stdio.h>

enum { REASON_ROOM = 400, RULE_LINES = 2 };

/* --- what was held [IA1] ------------------------------------------------ */

/* The quote prices the first audit of a case and of each surveillance. */
static bool is_priced(const struct state *s)
{
    return !s->money.round_held &&
           (s->round == ROUND_INITIAL || s->round == ROUND_SURVEILLANCE);
}

static struct fee_question question(const struct state *s)
{
    str level =
        s->certificate != NULL ? s->certificate->level : s->opened->level;

    return (struct fee_question){
        .staff = s->application->staff,
        .sites = (int64_t)s->plan->sites.n,
        .level = scheme_level(s->scheme, level),
        .trade = s->quote->trade,
    };
}

static struct audit_held held_now(const struct state *s, const struct event *e)
{
    const struct fee_question q = question(s);
    struct audit_held x = {
        .round = s->round,
        .again = s->money.round_held,
        .on = e->on,
    };

    fees_of_visit(s->scheme, &q, s->plan->person_days, &x.fees, &x.travel);
    return x;
}

/* As many as there can be invoices; another could not be invoiced either. */
void invoice_audit_held(struct state *s, const struct event *e)
{
    struct money_state *m = &s->money;
    bool known = s->plan != NULL && s->quote != NULL && s->application != NULL;

    if (known && !is_priced(s) && m->held_count < INVOICE_MAX)
        m->held[m->held_count++] = held_now(s, e);
    m->round_held = true;
}

/* --- what is left of it [IA2] ------------------------------------------- */

static int64_t invoiced(const struct state *s, int64_t audit,
                        enum line_kind kind)
{
    int64_t sum = 0;

    for (int32_t i = 0; i < s->money.invoice_count; i++) {
        const struct invoice_state *x = &s->money.invoices[i];

        if (!x->cancelled && x->issued->what == INVOICE_AUDIT &&
            x->issued->audit == audit)
            sum += lines_sum(&x->issued->lines, kind);
    }
    return sum;
}

static int64_t left(const struct state *s, int64_t audit, enum line_kind kind)
{
    const struct audit_held *x = &s->money.held[audit - 1];

    return (kind == LINE_TRAVEL ? x->travel : x->fees) -
           invoiced(s, audit, kind);
}

int64_t state_audit_left(const struct state *s, int64_t audit)
{
    return left(s, audit, LINE_FEE) + left(s, audit, LINE_TRAVEL);
}

bool invoice_audits_add_up(const struct state *s)
{
    const struct money_state *m = &s->money;

    for (int32_t i = 0; i < m->invoice_count; i++) {
        const struct invoice *x = m->invoices[i].issued;

        if (x->what == INVOICE_AUDIT &&
            (x->audit < 1 || x->audit > m->held_count))
            return false;
    }
    for (int32_t i = 1; i <= m->held_count; i++) {
        if (left(s, i, LINE_FEE) < 0 || left(s, i, LINE_TRAVEL) < 0)
            return false;
    }
    return true;
}

/* --- lines -------------------------------------------------------------- */

/* "special audit, 5 March 2027", in Chinese as invoices are. */
static err reason_of(struct arena *a, const struct audit_held *x, str *out)
{
    char round[40];
    struct buf b;

    (void)snprintf(round, sizeof round, "round.%s", round_names[x->round]);

    const struct err_arg args[] = {
        ARG_IDS("round", str_of(round)),
        ARG_DAY("on", x->on),
        { 0 },
    };
    buf_init(&b, a, REASON_ROOM);
    text_render(&b, LANG_ZH, x->again ? "invoice.audit_again" : "invoice.audit",
                args);
    return buf_done(&b, out);
}

static struct quote_line line_of(enum fee_rule rule, enum line_kind kind,
                                 int64_t amount, int64_t by_rule, str reason)
{
    return (struct quote_line){
        .text = text_get(LANG_ZH, rule == FEE_TRAVEL ? "fee_line.travel"
                                                     : "invoice.visit"),
        .kind = (int)kind,
        .amount = amount,
        .rule = (int)rule,
        .by_rule = by_rule,
        .reason = reason,
    };
}

/* [IA3] */
static err lines_by_rules(struct arena *a, const struct state *s, int64_t audit,
                          struct list *out)
{
    const struct audit_held *x = &s->money.held[audit - 1];
    struct quote_line *lines = arena_array(a, RULE_LINES, sizeof *lines);
    int64_t fees = left(s, audit, LINE_FEE);
    int64_t travel = left(s, audit, LINE_TRAVEL);
    size_t n = 0;
    str reason;

    TRY_MEMORY(lines);
    if (fees + travel == 0)
        REFUSE(a, "invoice.audit_done", ARG_INT("audit", audit));
    TRY(reason_of(a, x, &reason));
    if (fees > 0)
        lines[n++] = line_of(FEE_AUDIT, LINE_FEE, fees, x->fees, reason);
    if (travel > 0)
        lines[n++] =
            line_of(FEE_TRAVEL, LINE_TRAVEL, travel, x->travel, reason);
    *out = (struct list){ lines, n };
    return OK;
}

/* What finance writes itself has the reason, too. */
static err own_lines(struct arena *a, const struct state *s, int64_t audit,
                     struct list *lines)
{
    const struct quote_line *wish = lines->p;
    struct quote_line *made = arena_array(a, lines->n, sizeof *made);
    str reason;

    TRY_MEMORY(made);
    for (int kind = LINE_FEE; kind <= LINE_TRAVEL; kind++) {
        int64_t most = left(s, audit, (enum line_kind)kind);

        if (lines_sum(lines, (enum line_kind)kind) > most)
            REFUSE(a,
                   kind == LINE_TRAVEL ? "invoice.audit_travel"
                                       : "invoice.audit_fees",
                   ARG_INT("audit", audit), ARG_MONEY("left", most));
    }
    TRY(reason_of(a, &s->money.held[audit - 1], &reason));
    for (size_t i = 0; i < lines->n; i++) {
        made[i] = wish[i];
        made[i].reason = reason;
    }
    lines->p = made;
    return OK;
}

err invoice_audit_make(struct arena *a, const struct state *s,
                       struct invoice *made)
{
    int32_t most = s->money.held_count;

    if (most == 0)
        REFUSE(a, "invoice.no_audit");
    if (made->audit == 0)
        made->audit = most;
    if (made->audit > most)
        return err_new(a, ERR_INVALID, "invoice.which_audit",
                       ARG_INT("audit", made->audit), ARG_INT("most", most));
    return made->lines.n > 0 ? own_lines(a, s, made->audit, &made->lines)
                             : lines_by_rules(a, s, made->audit, &made->lines);
}
