#include "service/formers.h"

#include "store/formers.h"

static struct former_row row_of(const struct standing *s, int32_t i)
{
    return (struct former_row){ s->certificate->number, i + 1, s->formers[i] };
}

err formers_project(struct tx *tx, const struct standing *s)
{
    for (int32_t i = 0; i < s->former_count; i++) {
        struct former_row row = row_of(s, i);

        TRY(former_put(tx, &row));
    }
    return OK;
}

static bool same(const struct former_row *x, const struct former_row *y)
{
    return x->n == y->n && str_eq(x->holder, y->holder);
}

err formers_agree(struct tx *tx, struct arena *a, const struct standing *s,
                  bool *agree)
{
    struct list rows;
    bool fit;

    TRY(former_list(tx, a, s->certificate->number, &rows));
    fit = rows.n == (size_t)s->former_count;
    for (size_t i = 0; i < rows.n && fit; i++) {
        struct former_row want = row_of(s, (int32_t)i);

        fit = same((const struct former_row *)rows.p + i, &want);
    }
    *agree = fit;
    return OK;
}
