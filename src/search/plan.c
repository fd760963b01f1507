#include "search/plan.h"

#include "search/reading.h"

enum { FOUR = 4 };

/* The index of its i-th list, which may not be there: then space->n. */
static size_t index_of(const struct term *t, size_t i)
{
    size_t first;
    size_t end;

    if (t->units == NULL)
        return t->from + i;
    space_range(t->space, t->units[i], t->units[i], &first, &end);
    return end > first ? first : t->space->n;
}

static struct term counted(struct term t)
{
    for (size_t i = 0; i < t.n; i++) {
        size_t index = index_of(&t, i);

        if (index < t.space->n)
            t.count += space_count(t.space, index);
    }
    return t;
}

static struct term keys_between(const struct segment *s, enum gram_space space,
                                uint32_t from, uint32_t to)
{
    struct term t = { .space = &s->spaces[space] };
    size_t end;

    space_range(t.space, from, to, &t.from, &end);
    t.n = end - t.from;
    return counted(t);
}

/* The keys of as many tokens as a piece has; only the last may be a range. */
static struct term piece(const struct segment *s, enum gram_space space,
                         const struct token *tokens)
{
    unsigned bits = gram_bits(space);
    uint32_t from = 0;
    uint32_t to = 0;

    for (size_t i = 0; i < gram_width(space); i++) {
        from = from << bits | tokens[i].from;
        to = to << bits | tokens[i].to;
    }
    return keys_between(s, space, from, to);
}

/* One unit that is read so. */
static struct term syllable(const struct segment *s, struct token t)
{
    struct term term = { .space = &s->spaces[SPACE_UNIT] };

    term.units = reading_units(t.from, t.to, &term.n);
    return counted(term);
}

/* [GR2] What begins with one or three initials. */
static struct term initials(const struct segment *s, const struct pattern *p)
{
    const struct token *t = p->tokens;
    uint32_t key = t[0].from;

    if (p->n == 2)
        return piece(s, SPACE_INITIALS, t);
    if (p->n == 1)
        return keys_between(s, SPACE_INITIALS, key << 6, key << 6 | 63);
    key = key << 12 | (uint32_t)t[1].from << 6 | t[2].from;
    return keys_between(s, SPACE_FOURS, key << 6, key << 6 | 63);
}

struct term term_of_facet(const struct segment *s, int facet,
                          struct search_range range)
{
    return keys_between(s, (enum gram_space)(SPACE_FACET + facet), range.from,
                        range.to);
}

struct term term_first(const struct segment *s, const struct pattern *p)
{
    if (p->how == SEARCH_INITIALS)
        return p->n < FOUR ? initials(s, p) : piece(s, SPACE_FOURS, p->tokens);
    if (p->how == SEARCH_SYLLABLES)
        return p->n < 2 ? syllable(s, p->tokens[0])
                        : piece(s, SPACE_SYLLABLES, p->tokens);
    return piece(s, p->n < 2 ? SPACE_UNIT : SPACE_UNITS, p->tokens);
}

/* Of the pieces of a space, the one with the fewest, if it has fewer. */
static void take_fewer(const struct segment *s, const struct pattern *p,
                       enum gram_space space, struct term *best)
{
    size_t width = gram_width(space);

    for (size_t i = 0; i + width <= p->n; i++) {
        bool any = false;

        for (size_t j = 0; j < width; j++)
            any = any || token_is_any(p->tokens[i + j]);
        if (any)
            continue;

        struct term t = piece(s, space, p->tokens + i);
        if (t.count < best->count)
            *best = t;
    }
}

struct term term_fewest(const struct segment *s, const struct pattern *p)
{
    struct term best = { .count = UINT64_MAX };

    if (p->how == SEARCH_INITIALS)
        take_fewer(s, p, SPACE_FOURS, &best);
    else
        take_fewer(s, p, p->how == SEARCH_SYLLABLES ? SPACE_SYLLABLES
                                                    : SPACE_UNITS,
                   &best);
    if (best.space == NULL && p->how == SEARCH_SLIP)
        take_fewer(s, p, SPACE_UNIT, &best);
    if (best.space == NULL && p->how != SEARCH_SLIP)
        return term_first(s, p);
    return best;
}

bool term_one(const struct term *t, struct list *out)
{
    if (t->n != 1)
        return false;
    *out = space_list(t->space, index_of(t, 0));
    return true;
}

void term_mark(const struct term *t, int tier, uint32_t from, uint32_t to,
               uint64_t *bits)
{
    for (size_t i = 0; i < t->n; i++) {
        struct list l = space_list(t->space, index_of(t, i));

        for (int j = 0; j < LIST_TIERS; j++)
            if (tier == j || tier == LIST_TIERS)
                list_mark(&l.parts[j], from, to, bits);
    }
}
