#include "service/subs.h"

#include "base/arena.h"

struct sub_row subs_row(const struct sub_certificate *sub, day ended)
{
    return (struct sub_row){
        .number = sub->number,
        .main = sub->main,
        .n = sub->n,
        .site = sub->site,
        .address = sub->address,
        .scope_zh = sub->scope,
        .scope_en = sub->scope_en,
        .issued = sub->issued,
        .valid_until = sub->until,
        .ended = ended,
    };
}

err subs_want(struct arena *a, const struct standing *s, struct list *out)
{
    struct sub_row *rows = arena_array(a, (size_t)s->sub_count, sizeof *rows);

    TRY_MEMORY(rows);
    for (int32_t i = 0; i < s->sub_count; i++)
        rows[i] = subs_row(s->subs[i].sub, s->subs[i].ended);
    *out = (struct list){ rows, (size_t)s->sub_count };
    return OK;
}

err subs_project(struct tx *tx, const struct standing *s)
{
    for (int32_t i = 0; i < s->sub_count; i++) {
        struct sub_row row = subs_row(s->subs[i].sub, s->subs[i].ended);

        TRY(sub_put(tx, &row));
    }
    return OK;
}

bool subs_same(const struct sub_row *x, const struct sub_row *y)
{
    return str_eq(x->number, y->number) && str_eq(x->main, y->main) &&
           x->n == y->n && str_eq(x->site, y->site) &&
           str_eq(x->address, y->address) && str_eq(x->scope_zh, y->scope_zh) &&
           str_eq(x->scope_en, y->scope_en) && x->issued == y->issued &&
           x->valid_until == y->valid_until && x->ended == y->ended;
}

err subs_agree(struct tx *tx, struct arena *a, const struct standing *s,
               bool *agree)
{
    struct list rows;
    struct list want;
    bool fit;

    TRY(sub_list(tx, a, s->certificate->number, &rows));
    TRY(subs_want(a, s, &want));
    fit = rows.n == want.n;
    for (size_t i = 0; i < rows.n && fit; i++)
        fit = subs_same((const struct sub_row *)rows.p + i,
                        (const struct sub_row *)want.p + i);
    *agree = fit;
    return OK;
}
