/*
 * todo_money -- what waits about money: invoices that are late, and what has to
 * be given back. [M13]
 *
 *   [TM1] Whatever became of the case, an invoice that stands is owed
 *         (invoice.c [IN5]), so it is asked for until it is paid or cancelled.
 *   [TM2] What has to be given back is what the contract says (invoice.c
 * [IN4]); the contract names no day for it, and neither does the task.
 */

#include "domain/stages.h"
#include "domain/todo_rules.h"

/* It is late from its first day on: its limit is the invoice's. */
void todo_collection_days(const struct state *s, const struct todo_facts *,
                          struct task *t)
{
    const struct invoice_state *x = &s->money.invoices[t->number - 1];

    t->opens = todo_after(x->issued->due);
    t->due = x->issued->due;
    t->amount = invoice_open(x);
}

bool todo_to_refund(const struct state *s)
{
    return state_refund_owed(s) > 0;
}

/* Since the case ended. */
void todo_refund_days(const struct state *s, const struct todo_facts *,
                      struct task *t)
{
    t->opens = s->stage_since;
    t->amount = state_refund_owed(s);
}
