/* lookup_showing -- lists that nobody asked for in particular: one that is
 * damaged does not hide the others. */

#include "service/body_known.h"
#include "service/lookup_parts.h"

#include "base/arena.h"
#include "domain/number.h"
#include "store/certificates.h"
#include "store/schemes.h"

enum { EXAMPLE_STAFF = 100 };

err showing_begin(struct showing *x, size_t rows, size_t size)
{
    x->shown.p = arena_array(tx_arena(x->tx), rows, size);
    x->left_out.p = arena_array(tx_arena(x->tx), rows, sizeof(struct left_out));
    TRY_MEMORY(x->shown.p != NULL && x->left_out.p != NULL);
    return OK;
}

err showing_add(struct showing *x, str name, err e)
{
    if (!failed(e)) {
        x->shown.n++;
        return OK;
    }
    if (!err_is(e, ERR_CORRUPT) && !err_is(e, ERR_NOT_FOUND))
        return e;
    ((struct left_out *)x->left_out.p)[x->left_out.n++] =
        (struct left_out){ name, e };
    return OK;
}

err showing_rows(struct showing *x, const struct list *rows,
                 const struct list *unreadable)
{
    const struct certificate_row *row = rows->p;
    const err *why = unreadable->p;

    TRY(showing_begin(x, rows->n + unreadable->n,
                      sizeof(struct public_certificate)));
    for (size_t i = 0; i < unreadable->n; i++)
        TRY(showing_add(x, err_arg_text(why[i], "row"), why[i]));
    for (size_t i = 0; i < rows->n; i++) {
        struct public_certificate *c = x->shown.p;

        TRY(showing_add(x, row[i].number,
                        lookup_complete(x->app, x->tx, &row[i], x->today,
                                        &c[x->shown.n])));
    }
    return OK;
}

err lookup_first(struct app *app, struct arena *a, day today, int32_t most,
                 struct list *out, struct list *left_out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct showing x = { .app = app, .today = today };
    struct page page = { .limit = most };
    struct list rows;
    struct list unreadable;

    TRY(app_read(app, a, &tx));
    x.tx = tx;
    TRY(certificate_list_sound(tx, a, &page, &rows, &unreadable));
    TRY(showing_rows(&x, &rows, &unreadable));
    *out = x.shown;
    *left_out = x.left_out;
    return OK;
}

/* What numbers of a scheme look like. */
static err make_example(struct showing *x, const struct scheme_row *row,
                        struct number_example *out)
{
    struct number_parts parts = {
        .year = date_of_day(x->today).year,
        .serial = 1,
        .staff = EXAMPLE_STAFF,
    };
    const struct scheme *s;
    const struct body *body;

    TRY(body_today_in(x->app, x->tx, x->today, &body));
    parts.body = body->number;
    TRY(app_scheme(x->app, x->tx, &row->hash, &s));
    out->scheme_name = s->name;
    out->template = s->certificate.number;
    return number_make(tx_arena(x->tx), s->certificate.number, &parts,
                       &out->number);
}

err lookup_numbers(struct app *app, struct arena *a, day today,
                   struct list *out, struct list *left_out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct showing x = { .app = app, .today = today };
    struct list rows;

    TRY(app_read(app, a, &tx));
    x.tx = tx;
    TRY(scheme_list_newest(tx, a, &rows));
    TRY(showing_begin(&x, rows.n, sizeof(struct number_example)));

    const struct scheme_row *row = rows.p;
    for (size_t i = 0; i < rows.n; i++) {
        struct number_example *made = x.shown.p;

        TRY(showing_add(&x, row[i].id,
                        make_example(&x, &row[i], &made[x.shown.n])));
    }
    *out = x.shown;
    *left_out = x.left_out;
    return OK;
}
