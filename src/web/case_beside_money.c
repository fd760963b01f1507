/* case_beside_money -- beside the forms of finance and of whoever accepts.
 * [BS1]
 */

#include "base/arena.h"
#include "domain/fees.h"
#include "text/text.h"
#include "web/case_beside_parts.h"
#include "web/fee_words.h"
#include "web/saying.h"

static const struct state *state_of(const struct beside *b)
{
    return b->v->file.state;
}

/* --- the quote ------------------------------------------------------------ */

static err add_surveillances(struct beside *b, int64_t count, int64_t each,
                             int64_t whole)
{
    const struct err_arg args[] = { ARG_INT("count", count),
                                    ARG_MONEY("each", each),
                                    ARG_MONEY("whole", whole),
                                    { 0 } };
    str text;

    if (each == 0)
        return OK;
    TRY(say(b->v->rq, "page_case.surveillances", args, &text));
    beside_note(b, text_get(web_lang(b->v->rq), "case_beside.surveillances"),
                text);
    return OK;
}

static err add_estimate(struct beside *b, const struct fee_answer *x)
{
    const struct fee_sum *first = &x->first;

    TRY(beside_days(b, "page_case.person_days", first->days));
    TRY(beside_count(b, "case_beside.visited", first->visited));
    for (size_t i = 0; i < first->count; i++)
        TRY(beside_money(b, fee_rule_ids[first->lines[i].rule],
                         first->lines[i].amount.least));
    TRY(beside_money(b, "case_beside.by_rules", first->total.least));
    return add_surveillances(b, x->surveillances, x->surveillance.total.least,
                             x->whole.least);
}

/* What quote.make comes to when finance changes nothing [QU1]; where the
 * package's table has no answer, what was applied for. */
err beside_estimate(struct beside *b)
{
    const struct state *s = state_of(b);
    const struct application *p = s->application;
    struct fee_answer *x = arena_zero(b->v->rq->arena, sizeof *x);

    TRY_MEMORY(x);
    if (p == NULL)
        return OK;

    const struct fee_question q = {
        .staff = p->staff,
        .sites = (int64_t)p->sites.n,
        .level = scheme_level(s->scheme, s->opened->level),
        .trade = p->trade,
        .renewal = s->opened->kind == CASE_RENEWAL,
    };
    TRY(beside_application(b));
    err e = fees_firm(b->v->rq->arena, s->scheme, &q, x);
    if (err_is(e, ERR_REFUSED) || err_is(e, ERR_LIMIT))
        return OK;
    TRY(e);
    return add_estimate(b, x);
}

err beside_quote(struct beside *b)
{
    const struct quote *q = state_of(b)->quote;
    const struct quote_line *lines = q == NULL ? NULL : q->lines.p;

    if (q == NULL)
        return OK;
    for (size_t i = 0; i < q->lines.n && i < FEE_RULE_COUNT; i++)
        TRY(beside_money(b, fee_rule_ids[lines[i].rule], lines[i].amount));
    TRY(beside_money(b, "page_case.total", q->total));
    TRY(beside_money(b, "page_case.prepayment", q->prepayment));
    return add_surveillances(b, q->surveillances, q->surveillance, q->whole);
}

/* --- what is owed --------------------------------------------------------- */

err beside_accounts(struct beside *b)
{
    const struct state *s = state_of(b);
    int64_t refund = state_refund_owed(s);

    if (s->quote == NULL)
        return OK;
    TRY(beside_money(b, "page_case.total", s->quote->total));
    TRY(beside_money(b, "page_case.prepayment", s->quote->prepayment));
    TRY(beside_money(b, "page_case.paid", s->paid));
    TRY(beside_money(b, "page_case.owed", state_owed(s)));
    return refund == 0 ? OK : beside_money(b, "case_beside.refund", refund);
}
