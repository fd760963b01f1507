#include "scheme/compare.h"

#include "base/arena.h"

const char *const difference_names[] = {
    [ITEM_ADDED] = "added",
    [ITEM_REMOVED] = "removed",
    [ITEM_CHANGED] = "changed",
    NULL,
};

/* Two versions, and what was found so far. */
struct comparing {
    struct arena *arena;
    const struct scheme_item *before;
    size_t before_n;
    const struct scheme_item *after;
    size_t after_n;
    struct difference *found;
    size_t n;
};

/* The item of the same part and id; NULL: there is none. */
static const struct scheme_item *same_item(const struct scheme_item *items,
                                           size_t n,
                                           const struct scheme_item *x)
{
    for (size_t i = 0; i < n; i++) {
        if (items[i].part == x->part && str_eq(items[i].id, x->id))
            return &items[i];
    }
    return NULL;
}

static const struct fact *same_fact(const struct scheme_item *x,
                                    const struct fact *f)
{
    for (size_t i = 0; x != NULL && i < x->fact_count; i++) {
        if (strcmp(x->facts[i].aspect, f->aspect) == 0)
            return &x->facts[i];
    }
    return NULL;
}

/* What differs between both; either may be NULL. */
static err compare_facts(struct arena *a, const struct scheme_item *before,
                         const struct scheme_item *after,
                         struct difference *out)
{
    size_t was = before == NULL ? 0 : before->fact_count;
    size_t is = after == NULL ? 0 : after->fact_count;
    struct fact_change *changes = arena_array(a, was + is, sizeof *changes);
    size_t n = 0;

    TRY_MEMORY(changes);
    for (size_t i = 0; i < is; i++) {
        const struct fact *f = &after->facts[i];
        const struct fact *old = same_fact(before, f);

        if (old == NULL || !fact_same(old, f))
            changes[n++] = (struct fact_change){ f->aspect, old, f };
    }
    for (size_t i = 0; i < was; i++) {
        const struct fact *f = &before->facts[i];

        if (same_fact(after, f) == NULL)
            changes[n++] = (struct fact_change){ f->aspect, f, NULL };
    }
    out->changes = changes;
    out->change_count = n;
    return OK;
}

/* [CM3] */
static err compare_item(struct comparing *c, const struct scheme_item *before,
                        const struct scheme_item *after)
{
    struct difference *d = &c->found[c->n];

    d->item = after != NULL ? after : before;
    if (before == NULL)
        d->kind = ITEM_ADDED;
    else
        d->kind = after == NULL ? ITEM_REMOVED : ITEM_CHANGED;
    TRY(compare_facts(c->arena, before, after, d));
    if (d->kind != ITEM_CHANGED || d->change_count > 0)
        c->n++;
    return OK;
}

static err compare_part(struct comparing *c, enum scheme_part part)
{
    for (size_t i = 0; i < c->after_n; i++) {
        const struct scheme_item *x = &c->after[i];

        if (x->part == part)
            TRY(compare_item(c, same_item(c->before, c->before_n, x), x));
    }
    for (size_t i = 0; i < c->before_n; i++) {
        const struct scheme_item *x = &c->before[i];

        if (x->part == part && same_item(c->after, c->after_n, x) == NULL)
            TRY(compare_item(c, x, NULL));
    }
    return OK;
}

err scheme_compare(struct arena *a, const struct scheme *before,
                   const struct scheme *after, struct list *out)
{
    struct comparing c = { .arena = a };
    struct list old;
    struct list new;

    TRY(scheme_items(a, before, &old));
    TRY(scheme_items(a, after, &new));
    c.before = old.p;
    c.before_n = old.n;
    c.after = new.p;
    c.after_n = new.n;
    /* One more: an item that is the same is written over. */
    c.found = arena_array(a, old.n + new.n + 1, sizeof *c.found);
    TRY_MEMORY(c.found);
    for (int part = 0; part < PART_COUNT; part++)
        TRY(compare_part(&c, (enum scheme_part)part));
    *out = (struct list){ c.found, c.n };
    return OK;
}
