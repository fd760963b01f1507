#include "search/asked.h"

#include "base/arena.h"
#include "search/fold.h"
#include "search/reading.h"

#include <string.h>

static bool is_latin(const struct word *w)
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
    p->n = w->units_n;
    for (size_t i = 0; i < p->n; i++)
        p->tokens[i] = token_of(w->units[i]);
}

static void add_initials(struct word *w)
{
    struct pattern *p = &w->patterns[w->n++];

    p->how = SEARCH_INITIALS;
    p->n = w->units_n;
    for (size_t i = 0; i < p->n; i++)
        p->tokens[i] = token_of(reading_initial(w->units[i]));
}

/* A way through the letters: how many each syllable takes. */
struct division {
    uint8_t taken[SEARCH_ASKED_MAX];
    size_t n;
    size_t at;
};

/* The last syllable may be unfinished. */
static void add_division(struct word *w, const struct division *d)
{
    struct pattern *p = &w->patterns[w->n++];
    size_t at = 0;

    p->how = SEARCH_SYLLABLES;
    p->n = d->n;
    for (size_t i = 0; i < d->n; at += d->taken[i++]) {
        struct token *t = &p->tokens[i];

        if (i + 1 < d->n)
            *t = token_of(reading_spelled(w->units + at, d->taken[i]));
        else
            (void)reading_begun(w->units + at, d->taken[i], &t->from, &t->to);
    }
}

/* May a syllable take `n` letters from here? */
static bool takes(const struct word *w, size_t at, size_t n)
{
    uint16_t from;
    uint16_t to;

    if (at + n == w->units_n)
        return reading_begun(w->units + at, n, &from, &to);
    return at + n < w->units_n && reading_spelled(w->units + at, n) != 0;
}

/* The next shorter way for the syllable at d->at, of less than `below`
 * letters, that leads to the end; 0 when there is none. */
static size_t next_taken(const struct word *w, const bool *leads, size_t at,
                         size_t below)
{
    for (size_t n = below - 1; n > 0; n--)
        if (takes(w, at, n) && leads[at + n])
            return n;
    return 0;
}

/*
 * The ways to divide the word, long syllables first: the usual one comes
 * before those that need an apostrophe.  From which places the end can be
 * reached is found out first, so no step leads nowhere.
 */
static void add_syllables(struct word *w)
{
    bool leads[SEARCH_ASKED_MAX + 1] = { false };
    struct division d = { .n = 0 };
    size_t below = SYLLABLE_LETTERS + 1;
    size_t added = 0;

    leads[w->units_n] = true;
    for (size_t at = w->units_n; at-- > 0;)
        leads[at] = next_taken(w, leads, at, below) > 0;
    while (leads[0] && added < PARSES_MAX) {
        size_t n = next_taken(w, leads, d.at, below);

        if (n > 0) {
            d.taken[d.n++] = (uint8_t)n;
            d.at += n;
            below = SYLLABLE_LETTERS + 1;
        }
        if (d.at == w->units_n) {
            add_division(w, &d);
            added++;
        }
        if (n > 0 && d.at < w->units_n)
            continue;
        if (d.n == 0)
            return;
        below = d.taken[--d.n];
        d.at -= below;
    }
}

static err read_word(struct arena *a, struct word *w)
{
    w->patterns = arena_array(a, PATTERNS_MAX, sizeof *w->patterns);
    TRY_MEMORY(w->patterns != NULL);
    add_written(w);
    if (!is_latin(w))
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

/* The word with its units [0, at), then, unless they are left out, any unit,
 * then those from `rest` on. */
static void add_slip(const struct word *w, size_t at, bool any, size_t rest,
                     struct pattern *p)
{
    p->how = SEARCH_SLIP;
    for (size_t i = 0; i < at; i++)
        p->tokens[p->n++] = token_of(w->units[i]);
    if (any)
        p->tokens[p->n++] = (struct token){ 0, UINT16_MAX };
    for (size_t i = rest; i < w->units_n; i++)
        p->tokens[p->n++] = token_of(w->units[i]);
}

err asked_slips(struct arena *a, const struct word *w, struct pattern **out,
                size_t *n)
{
    struct pattern *patterns;
    size_t count = 0;

    *n = 0;
    if (w->units_n < SLIP_WORD_MIN || w->units_n > SLIP_WORD_MAX)
        return OK;
    patterns = arena_array(a, SLIPS_MAX, sizeof *patterns);
    TRY_MEMORY(patterns != NULL);
    for (size_t i = 0; i < w->units_n; i++) {
        add_slip(w, i, true, i + 1, &patterns[count++]);
        add_slip(w, i, false, i + 1, &patterns[count++]);
        if (i > 0)
            add_slip(w, i, true, i, &patterns[count++]);
    }
    *out = patterns;
    *n = count;
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
    if (p->how == SEARCH_SYLLABLES)
        return match(p, name, syllables_fit);
    if (p->how == SEARCH_INITIALS)
        return match(p, name, initials_fit);
    return match(p, name, units_fit);
}
