#include "cli/money.h"

#include "cli/values.h"
#include "domain/fees.h"
#include "domain/names.h"
#include "domain/state.h"

const char *const fee_line_ids[] = {
    [FEE_OTHER] = "fee_line.other",
    [FEE_APPLICATION] = "fee_line.application",
    [FEE_AUDIT] = "fee_line.audit",
    [FEE_REGISTRATION] = "fee_line.registration",
    [FEE_YEARLY] = "fee_line.yearly",
    [FEE_TRAVEL] = "fee_line.travel",
};

/* What the line is called: a rule in the reader's language, another as finance
 * wrote it. */
static void say_line(struct cli *cli, const struct quote_line *l)
{
    buf_str(&cli->out, S("  "));
    if (l->rule == FEE_OTHER)
        cli_say(cli, "cli.quote_own_line", ARG_STR("line", l->text),
                ARG_MONEY("amount", l->amount));
    else
        cli_say(cli, "cli.quote_line",
                ARG_IDS("line", str_of(fee_line_ids[l->rule])),
                ARG_MONEY("amount", l->amount));
    if (l->reason.n == 0)
        return;
    buf_str(&cli->out, S("    "));
    cli_say(cli, "cli.quote_reason", ARG_STR("reason", l->reason),
            ARG_MONEY("rule", l->by_rule));
}

static void say_quote(struct cli *cli, const struct quote *q)
{
    const struct quote_line *lines = q->lines.p;

    cli_say(cli, "cli.quote_total", ARG_MONEY("total", q->total),
            ARG_MONEY("prepayment", q->prepayment));
    for (size_t i = 0; i < q->lines.n; i++)
        say_line(cli, &lines[i]);
    if (q->surveillance > 0)
        cli_say(cli, "cli.quote_whole", ARG_INT("count", q->surveillances),
                ARG_MONEY("each", q->surveillance),
                ARG_MONEY("whole", q->whole));
}

static void say_invoice(struct cli *cli, const struct invoice_state *x)
{
    if (x->cancelled)
        cli_say(cli, "cli.invoice_cancelled",
                ARG_STR("number", x->issued->number));
    else
        cli_say(cli, "cli.invoice", ARG_STR("number", x->issued->number),
                ARG_MONEY("amount", x->issued->amount),
                ARG_MONEY("open", x->issued->amount - x->paid),
                ARG_DAY("due", x->issued->due));
}

/* Audits that the quote does not price. */
static void say_audit(struct cli *cli, const struct state *s, int32_t i)
{
    const struct audit_held *x = &s->money.held[i];

    cli_say(cli, x->again ? "cli.audit_again" : "cli.audit_held",
            ARG_INT("audit", i + 1),
            ARG_IDS("round", cli_id(cli, "round.", round_names[x->round])),
            ARG_DAY("on", x->on), ARG_MONEY("fees", x->fees),
            ARG_MONEY("travel", x->travel),
            ARG_MONEY("left", state_audit_left(s, i + 1)));
}

void cli_say_money(struct cli *cli, const struct state *s)
{
    const struct money_state *m = &s->money;

    if (s->quote == NULL)
        return;
    say_quote(cli, s->quote);
    if (m->agreement != NULL)
        cli_say(cli, "cli.contract_runs",
                ARG_STR("number", state_contract_number(s)),
                ARG_DAY("from", m->agreement->from),
                ARG_DAY("until", m->agreement->until));
    for (int32_t i = 0; i < m->held_count; i++)
        say_audit(cli, s, i);
    for (int32_t i = 0; i < m->invoice_count; i++)
        say_invoice(cli, &m->invoices[i]);
    cli_say(cli, "cli.quote_paid", ARG_MONEY("paid", s->paid),
            ARG_MONEY("open", state_owed(s)));
    if (m->refunded > 0)
        cli_say(cli, "cli.quote_refunded", ARG_MONEY("amount", m->refunded));
}
