#include "search/grams.h"

#include "search/reading.h"

enum { WIDTH_MAX = 3 };

struct into {
    struct gram *grams;
    size_t n;
};

/* Each key once, with its best tier; names are short. */
static void add(struct into *to, uint32_t key, uint32_t tier)
{
    for (size_t i = 0; i < to->n; i++) {
        struct gram *g = &to->grams[i];

        if (g->key == key) {
            g->tier = tier < g->tier ? tier : g->tier;
            return;
        }
    }
    to->grams[to->n++] = (struct gram){ key, tier };
}

/* What stands for a unit in a space. */
struct values {
    uint16_t of[READINGS_MAX];
    size_t n;
};

static struct values values_of(enum gram_space space, uint16_t unit)
{
    struct values v = { .of = { unit }, .n = 1 };

    if (space == SPACE_SYLLABLES)
        v.n = reading_syllables(unit, v.of);
    if (space == SPACE_INITIALS)
        v.n = reading_initials(unit, v.of);
    return v;
}

/* All keys of `width` neighbours, each with one of its values. */
static void add_all(struct into *to, const struct values *values, size_t width,
                    unsigned bits, uint32_t tier)
{
    uint32_t keys[1 << WIDTH_MAX] = { 0 };
    size_t n = 1;

    for (size_t i = 0; i < width; i++) {
        size_t before = n;

        n = 0;
        for (size_t j = values[i].n; j-- > 0;)
            for (size_t k = 0; k < before; k++, n++)
                keys[j * before + k] = keys[k] << bits | values[i].of[j];
    }
    for (size_t i = 0; i < n; i++)
        add(to, keys[i], tier);
}

/* [GR2] From the first that has none, or is beyond the name, they are 0. */
static void end_initials(struct values values[WIDTH_MAX])
{
    size_t i = 1;

    while (i < WIDTH_MAX && values[i].n > 0)
        i++;
    for (; i < WIDTH_MAX; i++)
        values[i] = (struct values){ .n = 1 };
}

size_t grams_of(enum gram_space space, const uint16_t *units, size_t n,
                struct name_body body, struct gram out[GRAMS_MAX])
{
    struct values values[WIDTH_MAX];
    struct into to = { out, 0 };
    size_t width = gram_width(space);
    size_t least = space == SPACE_INITIALS ? 1 : width;

    for (size_t at = 0; at + least <= n; at++) {
        enum name_tier tier = name_tier(body, n, at, width);

        for (size_t i = 0; i < width; i++)
            values[i] = at + i < n ? values_of(space, units[at + i])
                                   : (struct values){ .n = 0 };
        if (space == SPACE_INITIALS)
            end_initials(values);
        add_all(&to, values, width, gram_bits(space),
                tier <= TIER_FIRST ? 0 : (uint32_t)tier - TIER_FIRST);
    }
    return to.n;
}
