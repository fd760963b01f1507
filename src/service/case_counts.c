#include "service/case_counts.h"

#include "base/arena.h"
#include "domain/stages.h"
#include "domain/state.h"
#include "domain/tally.h"
#include "service/app.h"
#include "store/invoices.h"
#include "store/tallies.h"

/* --- what there should be ------------------------------------------------- */

static err want_tallies(const struct app *app, struct tx *tx,
                        const struct state *s, struct list *out)
{
    struct tally_row *rows;
    struct list found;

    TRY(tally_make(tx_arena(tx), app_calendar(app), s, &found));
    rows = arena_array(tx_arena(tx), found.n, sizeof *rows);
    TRY_MEMORY(rows);
    for (size_t i = 0; i < found.n; i++) {
        const struct tally *t = (const struct tally *)found.p + i;

        rows[i] = (struct tally_row){ (int32_t)t->kind, t->item, t->quarter,
                                      t->value, t->n };
    }
    *out = (struct list){ rows, found.n };
    return OK;
}

static enum invoice_standing standing_of(const struct state *s,
                                         const struct invoice_state *x)
{
    if (x->cancelled)
        return INVOICE_CANCELLED;
    if (invoice_open(x) > 0)
        return INVOICE_OPEN;
    return s->money.refunded > 0 ? INVOICE_REFUNDED : INVOICE_PAID;
}

static err want_invoices(struct tx *tx, const struct state *s, struct list *out)
{
    size_t n = (size_t)s->money.invoice_count;
    struct invoice_row *rows = arena_array(tx_arena(tx), n, sizeof *rows);

    TRY_MEMORY(rows);
    for (size_t i = 0; i < n; i++) {
        const struct invoice_state *x = &s->money.invoices[i];

        rows[i] = (struct invoice_row){
            .of_case = s->id,
            .place = (int64_t)i + 1,
            .enterprise = s->opened->enterprise,
            .number = x->issued->number,
            .what = x->issued->what,
            .standing = standing_of(s, x),
            .due = x->issued->due,
            .amount = x->issued->amount,
            .paid = x->paid,
            .refunded = s->money.refunded,
        };
    }
    *out = (struct list){ rows, n };
    return OK;
}

err case_counts_want(const struct app *app, struct tx *tx,
                     const struct state *s, struct case_counts *out)
{
    struct case_counts wanted = { 0 };

    if (s->opened != NULL) {
        TRY(want_tallies(app, tx, s, &wanted.tallies));
        TRY(want_invoices(tx, s, &wanted.invoices));
    }
    *out = wanted;
    return OK;
}

static err read_counts(struct tx *tx, id of_case, struct case_counts *out)
{
    TRY(tally_of_case(tx, tx_arena(tx), of_case, &out->tallies));
    return invoice_of_case(tx, tx_arena(tx), of_case, &out->invoices);
}

/* --- tallies -------------------------------------------------------------- */

static bool same_key(const struct tally_row *x, const struct tally_row *y)
{
    return x->kind == y->kind && x->quarter == y->quarter &&
           x->value == y->value && str_eq(x->item, y->item);
}

/* How often `rows` count what `key` counts. */
static int64_t times(const struct list *rows, const struct tally_row *key)
{
    const struct tally_row *r = rows->p;

    for (size_t i = 0; i < rows->n; i++) {
        if (same_key(&r[i], key))
            return r[i].n;
    }
    return 0;
}

static err project_tallies(struct tx *tx, const struct state *s,
                           const struct list *before, const struct list *now)
{
    const struct tally_place at = { s->id, s->opened->scheme };
    const struct tally_row *b = before->p;
    const struct tally_row *n = now->p;

    for (size_t i = 0; i < now->n; i++)
        TRY(tally_change(tx, &at, &n[i], times(before, &n[i])));
    for (size_t i = 0; i < before->n; i++) {
        struct tally_row gone = b[i];

        gone.n = 0;
        if (times(now, &gone) == 0)
            TRY(tally_change(tx, &at, &gone, b[i].n));
    }
    return OK;
}

/* --- invoices ------------------------------------------------------------- */

static bool same_invoice(const struct invoice_row *x,
                         const struct invoice_row *y)
{
    return x->place == y->place && id_eq(x->enterprise, y->enterprise) &&
           str_eq(x->number, y->number) && x->what == y->what &&
           x->standing == y->standing && x->due == y->due &&
           x->amount == y->amount && x->paid == y->paid &&
           x->refunded == y->refunded;
}

/* Invoices are never taken away (domain/invoice.c): the ones that were there
 * are still there, at their places. */
static err project_invoices(struct tx *tx, const struct list *before,
                            const struct list *now)
{
    const struct invoice_row *b = before->p;
    const struct invoice_row *n = now->p;

    for (size_t i = 0; i < now->n; i++) {
        const struct invoice_row *was = i < before->n ? &b[i] : NULL;

        if (was == NULL || !same_invoice(was, &n[i]))
            TRY(invoice_change(tx, was, &n[i]));
    }
    return OK;
}

err case_counts_project(const struct app *app, struct tx *tx,
                        const struct state *s, const struct case_counts *before)
{
    struct case_counts have = { 0 };
    struct case_counts now;

    TRY(case_counts_want(app, tx, s, &now));
    if (before != NULL)
        have = *before;
    else
        TRY(read_counts(tx, s->id, &have));
    TRY(project_tallies(tx, s, &have.tallies, &now.tallies));
    return project_invoices(tx, &have.invoices, &now.invoices);
}

/* --- checking ------------------------------------------------------------- */

/* [CC3] A stage counts once a case, whatever it took. */
static bool agrees(const struct tally_row *row, const struct list *others)
{
    const struct tally_row *o = others->p;

    if (row->kind != TALLY_TOOK)
        return times(others, row) == row->n;
    for (size_t i = 0; i < others->n; i++) {
        if (o[i].kind == TALLY_TOOK && o[i].quarter == row->quarter &&
            str_eq(o[i].item, row->item))
            return o[i].n == row->n;
    }
    return false;
}

static bool agree(const struct case_counts *have,
                  const struct case_counts *want)
{
    const struct tally_row *t = want->tallies.p;
    const struct invoice_row *x = have->invoices.p;
    const struct invoice_row *y = want->invoices.p;
    bool same = have->tallies.n == want->tallies.n &&
                have->invoices.n == want->invoices.n;

    for (size_t i = 0; same && i < want->tallies.n; i++)
        same = agrees(&t[i], &have->tallies);
    for (size_t i = 0; same && i < want->invoices.n; i++)
        same = same_invoice(&x[i], &y[i]);
    return same;
}

err case_counts_check(const struct app *app, struct tx *tx,
                      const struct state *s, str number)
{
    struct case_counts have = { 0 };
    struct case_counts want;

    TRY(read_counts(tx, s->id, &have));
    TRY(case_counts_want(app, tx, s, &want));
    if (agree(&have, &want))
        return OK;
    return err_new(tx_arena(tx), ERR_CORRUPT, "check.counts",
                   ARG_STR("case", number));
}

err case_counts_clear(struct tx *tx)
{
    TRY(tally_clear(tx));
    return invoice_clear(tx);
}

err case_counts_check_sums(struct tx *tx)
{
    bool tally_stray = false;
    bool invoice_stray = false;

    TRY(tally_find_stray(tx, &tally_stray));
    TRY(invoice_find_stray(tx, &invoice_stray));
    if (!tally_stray && !invoice_stray)
        return OK;
    return err_new(tx_arena(tx), ERR_CORRUPT, "check.row",
                   ARG_STR("name", tally_stray ? S("tally") : S("invoice")));
}
