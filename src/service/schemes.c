#include "service/schemes.h"

#include "base/arena.h"
#include "codec/utf8.h"
#include "service/lookup_parts.h"
#include "store/schemes.h"

enum { SHOWN = 64 }; /* bytes of a name that a message can show */

err schemes_list(struct app *app, struct arena *a, struct list *out,
                 struct list *left_out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct showing x = { .app = app };
    const struct scheme **shown;
    const struct scheme_row *row;
    struct list rows;

    TRY(app_read(app, a, &tx));
    x.tx = tx;
    TRY(scheme_list_newest(tx, a, &rows));
    TRY(showing_begin(&x, rows.n, sizeof *shown));
    shown = x.shown.p;
    row = rows.p;
    for (size_t i = 0; i < rows.n; i++)
        TRY(showing_add(&x, row[i].id,
                        app_scheme(app, tx, &row[i].hash, &shown[x.shown.n])));
    *out = x.shown;
    *left_out = x.left_out;
    return OK;
}

static err none(struct arena *a, str name)
{
    return err_new(a, ERR_NOT_FOUND, "published.no_scheme",
                   ARG_STR("name", utf8_is_text(name) ? str_first(name, SHOWN)
                                                      : S("")));
}

err schemes_named(struct app *app, struct arena *a, str name,
                  const struct scheme **out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    err e;

    if (!utf8_is_text(name) || name.n > SHOWN)
        return none(a, name);
    TRY(app_read(app, a, &tx));
    e = app_scheme_named(app, tx, name, out);
    return err_is(e, ERR_NOT_FOUND) ? none(a, name) : e;
}
