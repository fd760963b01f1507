#include "search/scan_parts.h"

#include "base/arena.h"
#include "search/room.h"

#include <string.h>

/*
 * The lists of the first word, way by way and tier by tier.  What is met at a
 * place is never better than that place ([PL2]), so the walk ends where the
 * best are settled and enough are counted.
 *
 *   [SL1] A document is met once for each way its first word is found, at its
 *         best tier (`seen`), and counts for the best way only.
 *   [SL2] A constraint (another word, another term of the first) is worked out
 *         for a window when that is cheaper than holding what is left against
 *         the words; so it decides nothing, it saves.
 */

enum {
    WINDOW = 1 << 15, /* documents */
    WINDOW_WORDS = WINDOW / 64,
    COST_MATCH = 24, /* against 1 for a document of a constraint's lists */
    LISTS_FEW = 8,   /* more are laid out for a whole tier, not by windows */
};

struct constraint {
    struct terms terms;
    uint64_t *bits; /* of the windows that are done */
    bool *done;     /* for each window */
};

struct walk {
    struct scan *sc;
    struct constraint *constraints;
    size_t constraints_n;
    uint64_t *seen; /* NULL where no document comes twice */
    uint64_t *tier_bits; /* NULL where lists are few */
    struct term firsts[PATTERNS_MAX];
    size_t firsts_n;
    const struct pattern *trusted; /* its lists say all there is to know */
    enum search_how how;
    int tier;
};

static err add_constraint(struct walk *w, const struct terms *terms)
{
    struct constraint *c = &w->constraints[w->constraints_n];
    size_t words = segment_words(w->sc->segment);

    c->terms = *terms;
    c->bits = room_take(w->sc->room, words * sizeof *c->bits);
    c->done = arena_zero(w->sc->arena, words / WINDOW_WORDS + 1);
    TRY_MEMORY(c->bits != NULL && c->done != NULL);
    w->constraints_n++;
    return OK;
}

/* The other words; and of the first, where it has one pattern, the term with
 * the fewest unless one goes through that anyway. */
static err constraints_of(struct walk *w)
{
    const struct asked *asked = w->sc->asked;

    w->constraints = arena_array(w->sc->arena, SEARCH_WORDS_MAX,
                                 sizeof *w->constraints);
    TRY_MEMORY(w->constraints != NULL);
    for (size_t i = 0; i < asked->n; i++) {
        const struct word *word = &asked->words[i];
        struct terms terms = { .of = NULL };

        if (i == 0 && (word->n > 1 || word->units_n <= 2))
            continue;
        terms.of = arena_array(w->sc->arena, word->n, sizeof *terms.of);
        TRY_MEMORY(terms.of != NULL);
        for (size_t j = 0; j < word->n; j++) {
            struct term best[2];

            term_fewest(w->sc->segment, &word->patterns[j], best);
            terms.of[terms.n++] = best[0];
            terms.count += best[0].count;
        }
        TRY(add_constraint(w, &terms));
    }
    return OK;
}

/* How many bits are set; as soon as there are more than `enough`, that. */
static uint64_t count_bits(const uint64_t *bits, size_t n, uint64_t enough)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < n && sum <= enough; i++)
        for (uint64_t word = bits[i]; word != 0; word &= word - 1)
            sum++;
    return sum;
}

/* The words of a window, the last one shorter. */
static size_t words_of(const struct walk *w, size_t window)
{
    size_t left = segment_words(w->sc->segment) - window * WINDOW_WORDS;

    return left < WINDOW_WORDS ? left : WINDOW_WORDS;
}

/* Work out a constraint for a window. */
static void lay_out(const struct walk *w, struct constraint *c, size_t window)
{
    size_t words = words_of(w, window);
    uint32_t from = (uint32_t)(window * WINDOW);
    uint64_t *own = c->bits + window * WINDOW_WORDS;

    memset(own, 0, words * sizeof *own);
    for (size_t i = 0; i < c->terms.n; i++)
        term_mark(&c->terms.of[i], LIST_TIERS, from,
                  from + (uint32_t)words * 64, own);
    c->done[window] = true;
}

static void constrain(struct walk *w, size_t window, uint64_t *bits)
{
    size_t words = words_of(w, window);
    size_t windows = segment_words(w->sc->segment) / WINDOW_WORDS + 1;

    for (size_t i = 0; i < w->constraints_n; i++) {
        struct constraint *c = &w->constraints[i];
        uint64_t *own = c->bits + window * WINDOW_WORDS;

        if (!c->done[window]) {
            uint64_t cost = c->terms.count / windows;

            if (count_bits(bits, words, cost / COST_MATCH) * COST_MATCH < cost)
                continue;
            lay_out(w, c, window);
        }
        for (size_t j = 0; j < words; j++)
            bits[j] &= own[j];
    }
}

/* [SL1] */
static void unseen(struct walk *w, size_t window, uint64_t *bits)
{
    size_t words = words_of(w, window);
    uint64_t *seen = w->seen + window * WINDOW_WORDS;

    for (size_t i = 0; i < words; i++) {
        bits[i] &= ~seen[i];
        seen[i] |= bits[i];
    }
}

/* The rank of a document that is met; NOWHERE when it does not answer, or was
 * counted by a better way. */
static uint64_t rank_of(const struct walk *w, uint32_t d, uint32_t length)
{
    struct scan *sc = w->sc;

    if (w->trusted != NULL) {
        enum name_tier tier = (enum name_tier)(w->tier + (int)TIER_FIRST);

        return scan_rank(w->how,
                         tier == TIER_FIRST && length == w->trusted->n
                             ? TIER_WHOLE
                             : tier);
    }

    uint64_t rank =
        scan_match(sc->asked, segment_name_of(sc->segment, d, length));
    return rank >> RANK_HOW == (uint64_t)w->how ? rank : NOWHERE;
}

/* Meet a document; false when nothing from here on matters. */
static bool meet(struct walk *w, uint32_t d, uint32_t *length)
{
    struct scan *sc = w->sc;

    while (d >= sc->segment->lengths[*length + 1])
        ++*length;
    if (!scan_lives(sc, d))
        return true;

    enum name_tier tier = w->tier == 0 ? TIER_WHOLE
                                       : (enum name_tier)(w->tier + TIER_FIRST);
    uint64_t least = scan_key(sc, scan_rank(w->how, tier), d, *length);
    if (best_settled(sc->best, least))
        return false;

    uint64_t rank = rank_of(w, d, *length);
    if (rank != NOWHERE)
        best_add(sc->best, scan_key(sc, rank, d, *length));
    return true;
}

static bool meet_window(struct walk *w, size_t window, const uint64_t *bits)
{
    size_t words = words_of(w, window);
    uint32_t from = (uint32_t)(window * WINDOW);
    uint32_t length = 0;

    for (size_t i = 0; i < words; i++)
        for (uint64_t word = bits[i]; word != 0; word &= word - 1) {
            uint32_t d =
                from + (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(word);

            if (!meet(w, d, &length))
                return false;
        }
    return true;
}

/* The documents of a window in the lists of the tier; false: there are none. */
static bool window_bits(const struct walk *w, size_t window,
                        uint64_t bits[WINDOW_WORDS])
{
    uint32_t from = (uint32_t)(window * WINDOW);
    uint32_t left = w->sc->segment->n - from;
    size_t words = words_of(w, window);
    uint64_t any = 0;

    if (w->tier_bits != NULL) {
        memcpy(bits, w->tier_bits + window * WINDOW_WORDS,
               words * sizeof *bits);
    } else {
        memset(bits, 0, words * sizeof *bits);
        for (size_t i = 0; i < w->firsts_n; i++)
            term_mark(&w->firsts[i], w->tier, from,
                      from + (left < WINDOW ? left : WINDOW), bits);
    }
    for (size_t i = 0; i < words; i++)
        any |= bits[i];
    return any != 0;
}

/* One tier of one way; false when nothing behind it matters. */
static bool walk_tier(struct walk *w)
{
    uint64_t bits[WINDOW_WORDS];
    size_t words = segment_words(w->sc->segment);

    if (w->tier_bits != NULL) {
        memset(w->tier_bits, 0, words * sizeof *w->tier_bits);
        for (size_t i = 0; i < w->firsts_n; i++)
            term_mark(&w->firsts[i], w->tier, 0, w->sc->segment->n,
                      w->tier_bits);
    }
    for (size_t window = 0; window * WINDOW_WORDS < words; window++) {
        if (!window_bits(w, window, bits))
            continue;
        if (w->seen != NULL)
            unseen(w, window, bits);
        constrain(w, window, bits);
        if (!meet_window(w, window, bits))
            return false;
    }
    return true;
}

/* Where the lists of the one word there is say where it stands. */
static bool is_trusted(const struct walk *w)
{
    const struct asked *asked = w->sc->asked;

    return asked->n == 1 && w->how == SEARCH_WRITTEN &&
           asked->words[0].units_n <= 2;
}

/* What a way with so many lists needs. */
static err lay_tables(struct walk *w, size_t lists)
{
    size_t bytes = segment_words(w->sc->segment) * sizeof *w->seen;

    room_back(w->sc->room, (int)w->constraints_n);
    w->seen = NULL;
    w->tier_bits = NULL;
    if (lists > 1) {
        w->seen = room_zero(w->sc->room, bytes);
        TRY_MEMORY(w->seen != NULL);
    }
    if (lists > LISTS_FEW) {
        w->tier_bits = room_take(w->sc->room, bytes);
        TRY_MEMORY(w->tier_bits != NULL);
    }
    return OK;
}

/* All patterns that find the first word in one way. */
static err walk_how(struct walk *w, const struct pattern *patterns, size_t n,
                    bool *more)
{
    size_t lists = 0;

    w->how = patterns[0].how;
    w->trusted = is_trusted(w) ? &patterns[0] : NULL;
    w->firsts_n = 0;
    for (size_t i = 0; i < n; i++) {
        struct term t = term_first(w->sc->segment, &patterns[i]);

        w->firsts[w->firsts_n++] = t;
        lists += t.n;
    }
    TRY(lay_tables(w, lists));
    *more = true;
    for (w->tier = 0; w->tier < LIST_TIERS && *more && lists > 0; w->tier++)
        *more = walk_tier(w);
    return OK;
}

err scan_lists(struct scan *sc)
{
    struct walk w = { .sc = sc };
    const struct word *word = &sc->asked->words[0];
    bool more = true;

    TRY(constraints_of(&w));
    for (size_t i = 0; i < word->n && more;) {
        size_t n = 1;

        while (i + n < word->n &&
               word->patterns[i + n].how == word->patterns[i].how)
            n++;
        TRY(walk_how(&w, word->patterns + i, n, &more));
        i += n;
    }
    return OK;
}
