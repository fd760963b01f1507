#include "service/records_ready.h"

#include "base/arena.h"

#include <stdlib.h>

enum { RANKING = 16 << 20 };

struct ranked {
    uint32_t index;
    uint32_t tickets;
    size_t place; /* in the order of the file */
};

static int by_tickets(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;

    if (x->tickets != y->tickets)
        return x->tickets < y->tickets ? 1 : -1;
    return (x->place > y->place) - (x->place < y->place);
}

static err rank(struct arena *a, const struct records_figures *f,
                enum figure_group kind, struct records_groups *groups)
{
    struct ranked *ranked = arena_array(a, groups->n, sizeof *ranked);
    uint32_t *order = arena_array(a, groups->n, sizeof *order);

    TRY_MEMORY(ranked != NULL && order != NULL);
    for (size_t i = 0; i < groups->n; i++) {
        struct tally t = records_tally(f, kind, groups->indices[i]);

        ranked[i] = (struct ranked){ groups->indices[i],
                                     t.shares[SHARE_RESOLVED].n, i };
    }
    qsort(ranked, groups->n, sizeof *ranked, by_tickets);
    for (size_t i = 0; i < groups->n; i++)
        order[i] = ranked[i].index;
    groups->indices = order;
    return OK;
}

/* What ranking takes is given back. */
static err order_groups(struct arena *a, struct heap *h,
                        const struct records_figures *f, enum figure_group kind,
                        struct records_groups *out)
{
    scoped(arena_end) struct arena own;
    struct records_groups found;
    uint32_t *order;

    arena_init(&own, h, RANKING);
    TRY(err_keep(a, records_groups(&own, f, kind, &found)));
    if (kind != GROUP_MONTH)
        TRY(err_keep(a, rank(&own, f, kind, &found)));
    order = arena_array(a, found.n, sizeof *order);
    TRY_MEMORY(order);
    for (size_t i = 0; i < found.n; i++)
        order[i] = found.indices[i];
    *out = (struct records_groups){ order, found.n };
    return OK;
}

static err find_months(struct arena *a, const struct records_figures *f,
                       struct records_ready *r)
{
    r->months_n = figures_groups(f->figures, GROUP_MONTH);
    r->months = arena_array(a, r->months_n, sizeof *r->months);
    TRY_MEMORY(r->months);
    for (uint32_t i = 0; i < r->months_n; i++)
        r->months[i] = records_tally(f, GROUP_MONTH, i);
    return OK;
}

err records_ready(struct arena *a, struct heap *h,
                  const struct records_figures *f, struct records_ready *out)
{
    struct records_ready r = {
        .whole = records_tally(f, GROUP_WHOLE, 0),
        .load = figures_load(f->figures),
    };

    TRY(find_months(a, f, &r));
    for (int i = 0; i < GROUP_COUNT; i++) {
        enum figure_group kind = (enum figure_group)i;

        if (kind == GROUP_OUTLET_MONTH)
            continue;
        TRY(records_times(a, h, f->figures, kind, &r.times[i]));
        TRY(order_groups(a, h, f, kind, &r.order[i]));
    }
    *out = r;
    return OK;
}

struct tally records_ready_tally(const struct records_ready *r,
                                 const struct records_figures *f,
                                 enum figure_group kind, uint32_t index)
{
    if (kind == GROUP_WHOLE && index == 0)
        return r->whole;
    if (kind == GROUP_MONTH && index < r->months_n)
        return r->months[index];
    return records_tally(f, kind, index);
}
