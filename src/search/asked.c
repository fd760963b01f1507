#include "search/asked.h"

#include "base/arena.h"
#include "search/divide.h"
#include "search/fold.h"
#include "search/reading.h"

bool word_is_latin(const struct word *w)
{
    for (size_t i = 0; i < w->units_n; i++)
        if (w->units[i] < 'a' || w->units[i] > 'z')
            return false;
    return true;
}

static struct token token_of(uint16_t value)
{
    return (struct token){ value, value };
}

static void add_written(struct word *w)
{
    struct pattern *p = &w->patterns[w->n++];

    p->how = SEARCH_WRITTEN;
    p->reads = READS_UNITS;
    p->n = w->units_n;
    for (size_t i = 0; i < p->n; i++)
        p->tokens[i] = token_of(w->units[i]);
}

static void add_initials(struct word *w)
{
    struct pattern *p = &w->patterns[w->n++];

    p->how = SEARCH_INITIALS;
    p->reads = READS_INITIALS;
    p->n = w->units_n;
    for (size_t i = 0; i < p->n; i++)
        p->tokens[i] = token_of(reading_initial(w->units[i]));
}

/* The last syllable may be unfinished. */
static void add_syllables(struct word *w)
{
    struct dividing d = { .letters = w->units,
                          .n = w->units_n,
                          .as = DIVIDE_SYLLABLES,
                          .how = SEARCH_SYLLABLES,
                          .to = w->patterns + w->n,
                          .most = PARSES_MAX };

    divide(&d);
    w->n += d.made;
}

static err read_word(struct arena *a, struct word *w)
{
    w->patterns = arena_array(a, PATTERNS_MAX, sizeof *w->patterns);
    TRY_MEMORY(w->patterns != NULL);
    add_written(w);
    if (!word_is_latin(w))
        return OK;
    /* Of one letter, syllables and initials say the same. */
    if (w->units_n > 1)
        add_syllables(w);
    add_initials(w);
    return OK;
}

err asked_read(struct arena *a, str text, struct asked *out)
{
    struct asked *asked = arena_zero(a, sizeof *asked);
    size_t at = 0;

    TRY_MEMORY(asked != NULL);
    while (asked->n < SEARCH_WORDS_MAX) {
        struct word *w = &asked->words[asked->n];

        if (!fold_word(text, &at, w->units, SEARCH_ASKED_MAX, &w->units_n))
            return err_new(a, ERR_INVALID, "search.asked");
        if (w->units_n == 0)
            break;
        TRY(read_word(a, w));
        asked->n++;
    }
    *out = *asked;
    return OK;
}

static bool units_fit(const struct pattern *p, const uint16_t *units)
{
    for (size_t i = 0; i < p->n; i++)
        if (units[i] < p->tokens[i].from || units[i] > p->tokens[i].to)
            return false;
    return true;
}

static bool syllables_fit(const struct pattern *p, const uint16_t *units)
{
    for (size_t i = 0; i < p->n; i++)
        if (!reading_is_read(units[i], p->tokens[i].from, p->tokens[i].to))
            return false;
    return true;
}

static bool initials_fit(const struct pattern *p, const uint16_t *units)
{
    for (size_t i = 0; i < p->n; i++)
        if (!reading_begins(units[i], p->tokens[i].from))
            return false;
    return true;
}

typedef bool fitting(const struct pattern *p, const uint16_t *units);

static inline enum name_tier match(const struct pattern *p,
                                   struct segment_name name, fitting *fits)
{
    enum name_tier best = TIER_NONE;

    for (size_t at = 0; at + p->n <= name.n && best > TIER_START; at++) {
        if (!fits(p, name.units + at))
            continue;

        enum name_tier tier = name_tier(name.body, name.n, at, p->n);
        best = tier < best ? tier : best;
    }
    return best;
}

enum name_tier pattern_match(const struct pattern *p, struct segment_name name)
{
    if (p->n == 0 || p->n > name.n)
        return TIER_NONE;
    if (p->reads == READS_SYLLABLES)
        return match(p, name, syllables_fit);
    if (p->reads == READS_INITIALS)
        return match(p, name, initials_fit);
    return match(p, name, units_fit);
}
