#include "service/body_cases.h"

#include "base/arena.h"
#include "base/check.h"
#include "service/body_known.h"
#include "store/cases.h"
#include "store/schemes.h"

/* A look at the packages that cases run under, one after the other: those that
 * had their day are not read. */
struct looking {
    struct app *app;
    struct tx *tx;
    struct arena *a;
    const struct body *body;
    int32_t most;
    struct body_outside *found;
    size_t n;
};

/* One more than is asked for tells that there are more. */
static err take_numbers(const struct looking *l, const struct list *cases,
                        struct body_outside *out)
{
    size_t n = cases->n > (size_t)l->most ? (size_t)l->most : cases->n;
    str *numbers = arena_array(l->a, n, sizeof *numbers);
    const struct case_row *row = cases->p;

    TRY_MEMORY(numbers);
    for (size_t i = 0; i < n; i++)
        numbers[i] = row[i].number;
    out->numbers = (struct list){ numbers, n };
    out->more = cases->n > n;
    return OK;
}

static err look_at(struct looking *l, const struct hash *package)
{
    const struct page page = { .limit = l->most + 1 };
    const struct scheme *s;
    struct list cases;

    TRY(app_scheme(l->app, l->tx, package, &s));
    if (body_has_field(l->body, s->field)) /* [BR2] */
        return OK;
    TRY(case_list_running(l->tx, l->a, package, &page, &cases));

    struct body_outside *out = &l->found[l->n++];
    *out = (struct body_outside){ .field = s->field, .scheme = s->name };
    return take_numbers(l, &cases, out);
}

static err look_at_all(struct looking *l, const struct list *rows)
{
    const struct scheme_row *row = rows->p;
    struct body_outside *found =
        arena_array(l->a, l->n + rows->n, sizeof *found);

    TRY_MEMORY(found);
    for (size_t i = 0; i < l->n; i++)
        found[i] = l->found[i];
    l->found = found;
    for (size_t i = 0; i < rows->n; i++)
        TRY(look_at(l, &row[i].hash));
    return OK;
}

err body_cases_outside(struct app *app, struct arena *a, day today,
                       int32_t most, struct list *out)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct looking l = { .app = app, .a = a, .most = most };
    struct hash after = { 0 };
    struct list rows;

    check(most >= 1 && most < STORE_PAGE_MAX);
    TRY(app_read(app, a, &tx));
    l.tx = tx;
    TRY(body_today_in(app, tx, today, &l.body));
    do {
        TRY(scheme_list_running(tx, a, &after, STORE_PAGE_MAX, &rows));
        TRY(look_at_all(&l, &rows));
        if (rows.n > 0)
            after = ((const struct scheme_row *)rows.p)[rows.n - 1].hash;
    } while (rows.n == STORE_PAGE_MAX);
    *out = (struct list){ l.found, l.n };
    return OK;
}
