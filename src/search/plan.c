#include "search/plan.h"

#include "search/reading.h"

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

/* [GR2] What begins with one or two initials, or is three. */
static struct term initials(const struct segment *s, const struct pattern *p)
{
    enum { ALL = (1 << 12) - 1, OF_TWO = (1 << 6) - 1 };
    uint32_t key = (uint32_t)p->tokens[0].from << 12;

    if (p->n == 1)
        return keys_between(s, SPACE_INITIALS, key, key | ALL);
    key |= (uint32_t)p->tokens[1].from << 6;
    if (p->n == 2)
        return keys_between(s, SPACE_INITIALS, key, key | OF_TWO);
    return piece(s, SPACE_INITIALS, p->tokens);
}

/* How a pattern of syllables begins, in each place. */
static struct pattern beginnings(const struct pattern *p)
{
    struct pattern out = { .n = p->n, .reads = READS_INITIALS };

    for (size_t i = 0; i < p->n; i++)
        out.tokens[i].from = out.tokens[i].to =
            reading_first(p->tokens[i].from);
    return out;
}

struct term term_of_facet(const struct segment *s, int facet,
                          struct search_range range)
{
    return keys_between(s, (enum gram_space)(SPACE_FACET + facet), range.from,
                        range.to);
}

struct term term_first(const struct segment *s, const struct pattern *p)
{
    if (p->how == SEARCH_SLIP)
        return (struct term){ .space = &s->spaces[SPACE_UNITS] };
    if (p->how == SEARCH_MIXED) {
        struct pattern begun = beginnings(p);

        return initials(s, &begun);
    }
    if (p->reads == READS_INITIALS)
        return initials(s, p);
    if (p->reads == READS_SYLLABLES)
        return p->n < 2 ? syllable(s, p->tokens[0])
                        : piece(s, SPACE_SYLLABLES, p->tokens);
    return piece(s, p->n < 2 ? SPACE_UNIT : SPACE_UNITS, p->tokens);
}

/* Are all but the last of them one value, and that one at least a range? */
static bool is_piece(const struct token *tokens, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (token_is_any(tokens[i]) ||
            (i + 1 < n && tokens[i].from != tokens[i].to))
            return false;
    return true;
}

/* Put a term among the fewest two. */
static void offer(struct term t, struct term best[2])
{
    if (t.count < best[0].count) {
        best[1] = best[0];
        best[0] = t;
    } else if (t.count < best[1].count) {
        best[1] = t;
    }
}

static void offer_all(const struct segment *s, const struct pattern *p,
                      enum gram_space space, struct term best[2])
{
    size_t width = gram_width(space);

    for (size_t i = 0; i + width <= p->n; i++)
        if (is_piece(p->tokens + i, width))
            offer(piece(s, space, p->tokens + i), best);
}

/* The space whose pieces a pattern consists of, if it is long enough. */
static enum gram_space space_of(const struct pattern *p)
{
    if (p->reads == READS_INITIALS)
        return SPACE_INITIALS;
    return p->reads == READS_SYLLABLES ? SPACE_SYLLABLES : SPACE_UNITS;
}

void term_fewest(const struct segment *s, const struct pattern *p,
                 struct term best[2])
{
    best[0] = best[1] = (struct term){ .count = UINT64_MAX };
    offer_all(s, p, space_of(p), best);
    if (p->how == SEARCH_MIXED) {
        struct pattern begun = beginnings(p);

        offer_all(s, &begun, SPACE_INITIALS, best);
    }
    if (best[0].space == NULL && p->how == SEARCH_SLIP)
        offer_all(s, p, SPACE_UNIT, best);
    if (best[0].space == NULL && p->how != SEARCH_SLIP)
        best[0] = term_first(s, p);
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
