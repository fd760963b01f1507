#include "search/grams.h"

#include "search/reading.h"

struct into {
    struct gram *grams;
    size_t n;
};

/* Each key once, with its best tier; names are short. */
static void add(struct into *to, uint32_t key, enum name_tier tier)
{
    uint32_t listed = tier <= TIER_FIRST ? 0 : (uint32_t)tier - TIER_FIRST;

    for (size_t i = 0; i < to->n; i++) {
        struct gram *g = &to->grams[i];

        if (g->key == key) {
            g->tier = listed < g->tier ? listed : g->tier;
            return;
        }
    }
    to->grams[to->n++] = (struct gram){ key, listed };
}

/* What stands for a unit in a space of singles, or in that of their pairs. */
static size_t values(enum gram_space space, uint16_t unit,
                     uint16_t out[READINGS_MAX])
{
    if (space == SPACE_SYLLABLE || space == SPACE_SYLLABLES)
        return reading_syllables(unit, out);
    if (space == SPACE_INITIAL || space == SPACE_INITIALS)
        return reading_initials(unit, out);
    out[0] = unit;
    return 1;
}

static bool is_pair(enum gram_space space)
{
    return space == SPACE_UNITS || space == SPACE_SYLLABLES ||
           space == SPACE_INITIALS;
}

static void add_pairs(struct into *to, unsigned bits, const uint16_t *a,
                      size_t an, const uint16_t *b, size_t bn,
                      enum name_tier tier)
{
    for (size_t i = 0; i < an; i++)
        for (size_t j = 0; j < bn; j++)
            add(to, (uint32_t)a[i] << bits | b[j], tier);
}

size_t grams_of(enum gram_space space, const uint16_t *units, size_t n,
                struct name_body body, struct gram out[GRAMS_MAX])
{
    struct into to = { out, 0 };
    uint16_t here[READINGS_MAX];
    uint16_t next[READINGS_MAX];
    size_t width = is_pair(space) ? 2 : 1;
    size_t here_n = n > 0 ? values(space, units[0], here) : 0;

    for (size_t i = 0; i + width <= n; i++) {
        enum name_tier tier = name_tier(body, n, i, width);
        size_t next_n = i + 1 < n ? values(space, units[i + 1], next) : 0;

        if (width == 2)
            add_pairs(&to, gram_bits(space), here, here_n, next, next_n, tier);
        else
            for (size_t j = 0; j < here_n; j++)
                add(&to, here[j], tier);
        for (size_t j = 0; j < next_n; j++)
            here[j] = next[j];
        here_n = next_n;
    }
    return to.n;
}
