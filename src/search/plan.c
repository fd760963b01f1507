#include "search/plan.h"

static bool is_one(struct token t)
{
    return t.from == t.to;
}

static void count(struct term *t)
{
    for (size_t i = t->from; i < t->to; i++)
        t->count += space_count(t->space, i);
}

struct term term_of(const struct segment *s, const struct pattern *p, size_t at,
                    size_t width)
{
    enum gram_space single = pattern_space(p);
    size_t space = (size_t)single + width - 1;
    struct term t = { .space = &s->spaces[space] };
    const struct token *tokens = p->tokens + at;
    uint32_t from = tokens[0].from;
    uint32_t to = tokens[0].to;

    if (width == 2) {
        unsigned bits = gram_bits((enum gram_space)space);

        from = from << bits | tokens[1].from;
        to = to << bits | tokens[1].to;
    }
    space_range(t.space, from, to, &t.from, &t.to);
    count(&t);
    return t;
}

struct term term_of_facet(const struct segment *s, int facet,
                          struct search_range range)
{
    struct term t = { .space = &s->spaces[SPACE_FACET + facet] };

    space_range(t.space, range.from, range.to, &t.from, &t.to);
    count(&t);
    return t;
}

struct term term_first(const struct segment *s, const struct pattern *p)
{
    return term_of(s, p, 0, p->n > 1 ? 2 : 1);
}

/* Of the terms of a width, the one with the fewest, if it has fewer. */
static void take_fewer(const struct segment *s, const struct pattern *p,
                       size_t width, struct term *best)
{
    for (size_t i = 0; i + width <= p->n; i++) {
        /* What a pair begins with has to be one; what ends it, not any. */
        if (token_is_any(p->tokens[i + width - 1]) ||
            (width == 2 && !is_one(p->tokens[i])))
            continue;

        struct term t = term_of(s, p, i, width);
        if (t.count < best->count)
            *best = t;
    }
}

struct term term_fewest(const struct segment *s, const struct pattern *p)
{
    struct term best = { .count = UINT64_MAX };

    take_fewer(s, p, 2, &best);
    if (best.space == NULL)
        take_fewer(s, p, 1, &best);
    return best;
}

void term_mark(const struct term *t, int tier, uint32_t from, uint32_t to,
               uint64_t *bits)
{
    for (size_t i = t->from; i < t->to; i++) {
        struct list l = space_list(t->space, i);

        for (int j = 0; j < LIST_TIERS; j++)
            if (tier == j || tier == LIST_TIERS)
                list_mark(&l.parts[j], from, to, bits);
    }
}
