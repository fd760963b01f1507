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
 *         best tier (`seen`), and counts for the best way only (`taken`).
 *   [SL2] A constraint (another word, another term of the first) is worked out
 *         for a window when that is cheaper than holding what is left against
 *         the words; so it decides nothing, it saves.  One of many lists is
 *         worked out for all windows at once, as soon as so much was spent on
 *         doing without it: it never costs more than twice the better way.
 */

enum {
    WINDOW = 1 << 15, /* documents */
    WINDOW_WORDS = WINDOW / 64,
    COST_MATCH = 24, /* against 1 for a document of a constraint's lists */
    MET = 32,        /* documents that are fetched together */
    LISTS_FEW = 8,   /* more are laid out for a whole tier, not by windows */
    COST_FACET = 8,  /* likewise */
    DENSE_CHEAPER = 6,
    CONSTRAINTS_MAX = SEARCH_WORDS_MAX + SEARCH_FACETS + 1,
};

/* A pattern of no more tokens is one term. */
static size_t gram_least(enum search_how how)
{
    if (how == SEARCH_MIXED)
        return 0;
    return how == SEARCH_INITIALS ? 3 : 2;
}

struct window_bits {
    uint64_t all[WINDOW_WORDS];
    uint64_t sure[WINDOW_WORDS]; /* what lists say all of */
};

struct constraint {
    struct terms terms;
    uint64_t *bits; /* of the windows that are done */
    bool *done;     /* for each window */
    int facet;      /* that it stands for, or -1 */
    bool whole;     /* its lists are many: it is worked out for all windows */
    uint64_t cost;  /* of working out a window or all, against COST_MATCH */
    uint64_t spent; /* on looking at documents one by one instead */
};

struct walk {
    struct scan *sc;
    struct constraint *constraints;
    size_t constraints_n;
    size_t lasting;      /* those that do not depend on the way */
    int blocks;          /* of the room, likewise */
    uint64_t *seen;      /* NULL where no document comes twice */
    uint64_t *tier_bits; /* NULL where lists are few */
    uint64_t *tier_sure; /* likewise */
    struct term firsts[PATTERNS_MAX];
    size_t firsts_n;
    size_t sure_n;   /* of them say all there is to know, */
    uint64_t *taken; /* NULL where there is but one way */
    uint32_t longer; /* of names of more units than this */
    enum search_how how;
    int tier;
    struct window_bits *window; /* the one that is at hand */
};

static bool same_term(const struct term *a, const struct term *b)
{
    return a->space == b->space && a->from == b->from && a->units == b->units;
}

static err add_constraint(struct walk *w, const struct terms *terms, int facet)
{
    struct constraint *c = &w->constraints[w->constraints_n];
    size_t words = segment_words(w->sc->segment);

    size_t lists = 0;

    for (size_t i = 0; i < terms->n; i++)
        lists += terms->of[i].n;
    c->terms = *terms;
    c->facet = facet;
    c->whole = lists > LISTS_FEW;
    c->spent = 0;
    c->cost =
        c->whole ? terms->count : terms->count / (words / WINDOW_WORDS + 1);
    /* Lists as dense as that are bits already. */
    if (terms->count > w->sc->segment->n / 2)
        c->cost /= DENSE_CHEAPER;
    c->bits = room_take(w->sc->room, words * sizeof *c->bits);
    c->done = arena_zero(w->sc->arena, words / WINDOW_WORDS + 1);
    TRY_MEMORY(c->bits != NULL && c->done != NULL);
    w->constraints_n++;
    return OK;
}

/* The facets and the other words. */
static err constraints_of(struct walk *w)
{
    struct scan *sc = w->sc;
    struct terms terms;

    w->constraints =
        arena_array(sc->arena, CONSTRAINTS_MAX, sizeof *w->constraints);
    TRY_MEMORY(w->constraints != NULL);
    for (int i = 0; i < sc->facets_n; i++)
        TRY(add_constraint(w, &sc->facet_terms[i], sc->facets[i]));
    for (size_t i = 1; i < sc->asked.n; i++) {
        TRY(scan_fewest(sc, i, 0, sc->asked.words[i].n, 0, &terms));
        TRY(add_constraint(w, &terms, -1));
    }
    w->lasting = w->constraints_n;
    w->blocks = sc->room->taken;
    return OK;
}

/* Of the patterns of this way the terms with the fewest, and the next; they
 * may be those one goes through, and then save nothing. */
static err constrain_way(struct walk *w, const struct word *word, size_t from,
                         size_t n)
{
    const struct found_by *by = w->sc->by[0] + from;
    struct terms terms;

    w->constraints_n = w->lasting;
    room_back(w->sc->room, w->blocks);
    if (word->patterns[from].n <= gram_least(word->patterns[from].how))
        return OK;
    for (size_t which = 0; which < 2; which++) {
        TRY(scan_fewest(w->sc, 0, from, n, which, &terms));
        if (terms.n == n && (n > 1 || !same_term(&terms.of[0], &by->first)))
            TRY(add_constraint(w, &terms, -1));
    }
    return OK;
}

/* The bits that are set in a word, by adding neighbours. */
static uint64_t bits_in(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) +
           (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return word * UINT64_C(0x0101010101010101) >> 56;
}

/* How many bits are set; as soon as there are more than `enough`, that. */
static uint64_t count_bits(const uint64_t *bits, size_t n, uint64_t enough)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < n && sum <= enough; i++)
        sum += bits_in(bits[i]);
    return sum;
}

/* The words of a window, the last one shorter. */
static size_t words_of(const struct walk *w, size_t window)
{
    size_t left = segment_words(w->sc->segment) - window * WINDOW_WORDS;

    return left < WINDOW_WORDS ? left : WINDOW_WORDS;
}

/* Work out a constraint for a window; one of many lists, for all. */
static void lay_out(const struct walk *w, struct constraint *c, size_t window)
{
    size_t all = segment_words(w->sc->segment);
    size_t at = window * WINDOW_WORDS;
    size_t words = words_of(w, window);

    if (c->whole) {
        at = 0;
        words = all;
    }
    memset(c->bits + at, 0, words * sizeof *c->bits);
    for (size_t i = 0; i < c->terms.n; i++)
        term_mark(&c->terms.of[i], LIST_TIERS, (uint32_t)at * 64,
                  (uint32_t)(at + words) * 64, c->bits + at);
    c->done[window] = true;
    if (c->whole)
        memset(c->done, true, all / WINDOW_WORDS + 1);
}

/* Doing without it would cost so much in this window. [SL2] */
static bool is_worth(struct constraint *c, uint64_t without)
{
    c->spent = c->whole ? c->spent + without : without;
    return c->spent >= c->cost;
}

/* Returns the facets that need not be looked at any more, as bits. */
static unsigned constrain(struct walk *w, size_t window, uint64_t *bits)
{
    size_t words = words_of(w, window);
    unsigned known = 0;

    for (size_t i = 0; i < w->constraints_n; i++) {
        struct constraint *c = &w->constraints[i];
        uint64_t *own = c->bits + window * WINDOW_WORDS;
        uint64_t each = c->facet >= 0 ? COST_FACET : COST_MATCH;

        if (!c->done[window]) {
            if (!is_worth(c, count_bits(bits, words, c->cost / each) * each))
                continue;
            lay_out(w, c, window);
        }
        for (size_t j = 0; j < words; j++)
            bits[j] &= own[j];
        known |= c->facet >= 0 ? 1U << c->facet : 0;
    }
    return known;
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
static uint64_t rank_of(const struct walk *w, uint32_t d, uint32_t length,
                        bool sure)
{
    struct scan *sc = w->sc;

    if (sure && (w->tier > 0 || length > w->longer)) {
        if (w->taken != NULL && (w->taken[d / 64] >> d % 64 & 1) != 0)
            return NOWHERE;
        return scan_rank(w->how, (enum name_tier)(w->tier + (int)TIER_FIRST));
    }

    uint64_t rank =
        scan_match(&sc->asked, segment_name_of(sc->segment, d, length));
    return rank >> RANK_HOW == (uint64_t)w->how ? rank : NOWHERE;
}

/* Documents that live, the next to be met, and whether lists say all of them.
 */
struct met {
    uint32_t documents[MET];
    bool sure[MET];
    size_t n;
    uint32_t length; /* of the last one's name, or less */
};

/* Meet them; false when nothing from here on matters. */
static bool meet(struct walk *w, struct met *m)
{
    struct scan *sc = w->sc;
    enum name_tier tier =
        w->tier == 0 ? TIER_WHOLE : (enum name_tier)(w->tier + TIER_FIRST);
    uint64_t least = scan_rank(w->how, tier);

    uint32_t ahead = m->length;
    for (size_t i = 0; i < m->n; i++) {
        if (m->sure[i])
            continue;
        ahead = segment_length_from(sc->segment, m->documents[i], ahead);
        segment_fetch(sc->segment, m->documents[i], ahead);
    }
    for (size_t i = 0; i < m->n; i++) {
        uint32_t d = m->documents[i];

        m->length = segment_length_from(sc->segment, d, m->length);
        if (scan_settled(sc, least, d, m->length))
            return false;

        uint64_t rank = rank_of(w, d, m->length, m->sure[i]);
        if (rank == NOWHERE)
            continue;
        scan_answer(sc, rank, d, m->length);
        if (w->taken != NULL)
            w->taken[d / 64] |= UINT64_C(1) << d % 64;
    }
    m->n = 0;
    return true;
}

static bool meet_window(struct walk *w, size_t window,
                        const struct window_bits *bits, unsigned known)
{
    size_t words = words_of(w, window);
    uint32_t from = (uint32_t)(window * WINDOW);
    struct met m;

    m.n = 0;
    m.length = 0;
    for (size_t i = 0; i < words; i++)
        for (uint64_t word = bits->all[i]; word != 0; word &= word - 1) {
            uint32_t bit = (uint32_t)__builtin_ctzll(word);
            uint32_t d = from + (uint32_t)(i * 64) + bit;

            m.documents[m.n] = d;
            m.sure[m.n] = (bits->sure[i] >> bit & 1) != 0;
            m.n += scan_lives(w->sc, d, known) ? 1 : 0;
            if (m.n == MET && !meet(w, &m))
                return false;
        }
    return meet(w, &m);
}

/* The documents of the tier in [from, to), and of those the sure ones. */
static void mark_tier(const struct walk *w, uint32_t from, uint32_t to,
                      uint64_t *all, uint64_t *sure)
{
    for (size_t i = 0; i < w->firsts_n; i++)
        term_mark(&w->firsts[i], w->tier, from, to, i < w->sure_n ? sure : all);
    for (size_t i = 0; i < (size_t)(to - from + 63) / 64 && w->sure_n > 0; i++)
        all[i] |= sure[i];
}

/* Those of a window; false: there are none. */
static bool window_of(const struct walk *w, size_t window,
                      struct window_bits *bits)
{
    uint32_t from = (uint32_t)(window * WINDOW);
    uint32_t left = w->sc->segment->n - from;
    size_t words = words_of(w, window);
    uint64_t any = 0;

    if (w->tier_bits != NULL) {
        memcpy(bits->all, w->tier_bits + window * WINDOW_WORDS,
               words * sizeof *bits->all);
        memcpy(bits->sure, w->tier_sure + window * WINDOW_WORDS,
               words * sizeof *bits->sure);
    } else {
        memset(bits->all, 0, words * sizeof *bits->all);
        memset(bits->sure, 0, words * sizeof *bits->sure);
        mark_tier(w, from, from + (left < WINDOW ? left : WINDOW), bits->all,
                  bits->sure);
    }
    for (size_t i = 0; i < words; i++)
        any |= bits->all[i];
    return any != 0;
}

/* One tier of one way; false when nothing behind it matters. */
static bool walk_tier(struct walk *w)
{
    struct window_bits *bits = w->window;
    size_t words = segment_words(w->sc->segment);

    if (w->tier_bits != NULL) {
        memset(w->tier_bits, 0, words * sizeof *w->tier_bits);
        memset(w->tier_sure, 0, words * sizeof *w->tier_sure);
        mark_tier(w, 0, w->sc->segment->n, w->tier_bits, w->tier_sure);
    }
    for (size_t window = 0; window * WINDOW_WORDS < words; window++) {
        if (!window_of(w, window, bits))
            continue;
        if (w->seen != NULL)
            unseen(w, window, bits->all);

        unsigned known = constrain(w, window, bits->all);
        if (!meet_window(w, window, bits, known))
            return false;
    }
    return true;
}

/* The first terms of the patterns of a way: those before the others that say
 * all there is to know, where there is but one word and the pattern but one
 * piece. */
static size_t take_firsts(struct walk *w, const struct word *word, size_t from,
                          size_t n)
{
    size_t lists = 0;

    w->firsts_n = 0;
    w->longer = 0;
    for (int round = 0; round < 2; round++) {
        for (size_t i = from; i < from + n; i++) {
            const struct pattern *p = &word->patterns[i];
            bool sure = w->sc->asked.n == 1 && p->n <= gram_least(p->how);

            if (sure != (round == 0))
                continue;
            w->firsts[w->firsts_n++] = w->sc->by[0][i].first;
            lists += w->sc->by[0][i].first.n;
            if (p->n > w->longer)
                w->longer = (uint32_t)p->n;
        }
        if (round == 0)
            w->sure_n = w->firsts_n;
    }
    return lists;
}

/* What a way with so many lists needs. */
static err lay_tables(struct walk *w, size_t lists)
{
    size_t bytes = segment_words(w->sc->segment) * sizeof *w->seen;

    w->seen = NULL;
    w->tier_bits = NULL;
    if (lists > 1) {
        w->seen = room_zero(w->sc->room, bytes);
        TRY_MEMORY(w->seen != NULL);
    }
    if (lists > LISTS_FEW) {
        w->tier_bits = room_take(w->sc->room, bytes);
        w->tier_sure = room_take(w->sc->room, bytes);
        TRY_MEMORY(w->tier_bits != NULL && w->tier_sure != NULL);
    }
    return OK;
}

/* All patterns that find the first word in one way. */
static err walk_how(struct walk *w, const struct word *word, size_t from,
                    size_t n, bool *more)
{
    size_t lists = take_firsts(w, word, from, n);

    w->how = word->patterns[from].how;
    TRY(constrain_way(w, word, from, n));
    TRY(lay_tables(w, lists));
    *more = true;
    for (w->tier = 0; w->tier < LIST_TIERS && *more && lists > 0; w->tier++)
        *more = walk_tier(w);
    return OK;
}

err scan_lists(struct scan *sc)
{
    struct walk w = { .sc = sc };
    const struct word *word = &sc->asked.words[0];
    bool more = true;

    w.window = room_take(sc->room, sizeof *w.window);
    TRY_MEMORY(w.window != NULL);
    if (word->n > 1) {
        w.taken =
            room_zero(sc->room, segment_words(sc->segment) * sizeof *w.taken);
        TRY_MEMORY(w.taken != NULL);
    }
    TRY(constraints_of(&w));
    for (size_t i = 0; i < word->n && more;) {
        size_t n = 1;

        while (i + n < word->n &&
               word->patterns[i + n].how == word->patterns[i].how)
            n++;
        TRY(walk_how(&w, word, i, n, &more));
        i += n;
    }
    return OK;
}
