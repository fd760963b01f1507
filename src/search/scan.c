#include "search/scan.h"

#include "base/arena.h"
#include "search/room.h"
#include "search/scan_parts.h"

#include <string.h>

enum {
    FEW = 1024,         /* candidates that are always held against words */
    SLIP_WORK = 50'000, /* candidates of a segment, where so few patterns .. */
    SLIP_PATTERNS = 36, /* .. are held against them; else fewer */
};

/* What things cost, in nanoseconds or anything else. */
static const double cost_listed = 0.7; /* to go past one in a list */
static const double cost_facets = 6;   /* to look at a candidate's facets */
static const double cost_matched = 60; /* to hold it against the words */

void best_keep(struct best *b, uint64_t key)
{
    if (key <= b->after)
        return;
    if (b->n == b->want && key > b->keys[b->n - 1])
        return;

    size_t at = b->n < b->want ? b->n++ : b->n - 1;
    for (; at > 0 && b->keys[at - 1] > key; at--)
        b->keys[at] = b->keys[at - 1];
    b->keys[at] = key;
}

/* The rank of one word: the first way in which it is found, its best tier. */
static uint64_t match_word(const struct word *w, struct segment_name name)
{
    enum name_tier best = TIER_NONE;

    for (size_t i = 0; i < w->n; i++) {
        const struct pattern *p = &w->patterns[i];

        enum name_tier tier = pattern_match(p, name);
        best = tier < best ? tier : best;
        if (best != TIER_NONE &&
            (i + 1 == w->n || w->patterns[i + 1].how != p->how))
            return scan_rank(p->how, best);
    }
    return NOWHERE;
}

static bool stands_in(const struct word *w, struct segment_name name)
{
    for (size_t i = 0; i < w->n; i++)
        if (pattern_match(&w->patterns[i], name) != TIER_NONE)
            return true;
    return false;
}

uint64_t scan_match(const struct asked *asked, struct segment_name name)
{
    uint64_t rank = match_word(&asked->words[0], name);

    for (size_t i = 1; i < asked->n && rank != NOWHERE; i++)
        if (!stands_in(&asked->words[i], name))
            return NOWHERE;
    return rank;
}

err scan_fewest(struct scan *sc, size_t word, size_t from, size_t n,
                size_t which, struct terms *out)
{
    struct terms t = { .of = arena_array(sc->arena, n, sizeof *t.of) };

    TRY_MEMORY(t.of != NULL);
    for (size_t i = 0; i < n; i++) {
        const struct term *fewest = &sc->by[word][from + i].fewest[which];

        if (fewest->space == NULL)
            continue;
        t.of[t.n++] = *fewest;
        t.count += fewest->count;
    }
    *out = t;
    return OK;
}

static void offer(const struct terms *t, struct terms *fewest,
                  struct terms *next)
{
    if (t->count < fewest->count) {
        *next = *fewest;
        *fewest = *t;
    } else if (t->count < next->count) {
        *next = *t;
    }
}

/* Of a word with one pattern, the next fewest too. */
static err offer_word(struct scan *sc, size_t word, struct terms *fewest,
                      struct terms *next)
{
    size_t n = sc->asked.words[word].n;
    struct terms t;

    TRY(scan_fewest(sc, word, 0, n, 0, &t));
    offer(&t, fewest, next);
    if (n > 1 || sc->by[word][0].fewest[1].space == NULL)
        return OK;
    t = (struct terms){ &sc->by[word][0].fewest[1], 1,
                        sc->by[word][0].fewest[1].count };
    offer(&t, fewest, next);
    return OK;
}

/* Of all words and facets, the terms that name fewest candidates, and the next
 * fewest. */
static err fewest_of(struct scan *sc, struct terms *fewest, struct terms *next)
{
    *fewest = *next = (struct terms){ .of = NULL, .count = UINT64_MAX };
    for (size_t i = 0; i < sc->asked.n; i++)
        TRY(offer_word(sc, i, fewest, next));
    for (int i = 0; i < sc->facets_n; i++)
        offer(&sc->facet_terms[i], fewest, next);
    return OK;
}

/* One in how many documents is in these? */
static double share(const struct scan *sc, uint64_t count)
{
    double part = (double)count / (double)sc->segment->n;

    return part < 1 ? part : 1;
}

static double facets_share(const struct scan *sc)
{
    double part = 1;

    for (int i = 0; i < sc->facets_n; i++)
        part *= share(sc, sc->facet_terms[i].count);
    return part;
}

/* How many of all documents answer, if nothing depends on anything else; and
 * how many the lists of the first word hold. */
static double answers(const struct scan *sc, double *listed)
{
    double n = sc->segment->n * facets_share(sc);

    *listed = 0;
    for (size_t i = 0; i < sc->asked.n; i++) {
        uint64_t count = 0;

        for (size_t j = 0; j < sc->asked.words[i].n; j++) {
            count += sc->by[i][j].fewest[0].count;
            *listed += i == 0 ? (double)sc->by[i][j].first.count : 0;
        }
        n *= share(sc, count);
    }
    return n;
}

/*
 * Which way is cheaper?  Through the lists one goes until enough are counted;
 * what the facets let by there is held against the words, or all the more is
 * known from other lists.
 */
static bool take_candidates(const struct scan *sc, const struct terms *fewest)
{
    double listed;
    double found = answers(sc, &listed);
    double enough = (double)sc->best->want +
                    (sc->best->counting ? (double)SEARCH_COUNT_MAX : 0);
    double part = found > enough ? enough / found : 1;
    double count = (double)fewest->count;

    if (fewest->count <= FEW)
        return true;

    /* Of the candidates of a facet the others let by their share. */
    double by_facets = facets_share(sc);
    for (int i = 0; i < sc->facets_n; i++)
        if (fewest->of == sc->facet_terms[i].of)
            by_facets /= share(sc, fewest->count);

    double each =
        (sc->facets_n > 0 ? cost_facets : 0) + by_facets * cost_matched;
    double beyond = found < count ? found : count;
    return count * each <
           part * (listed * cost_listed + count * 2 + beyond * cost_matched);
}

/* Keep of a word the patterns whose every piece has a list here. */
static err keep_word(struct scan *sc, const struct word *from, size_t word)
{
    struct word *w = &sc->asked.words[word];

    w->patterns = arena_array(sc->arena, from->n, sizeof *w->patterns);
    sc->by[word] = arena_array(sc->arena, from->n, sizeof *sc->by[word]);
    w->n = 0;
    TRY_MEMORY(w->patterns != NULL && sc->by[word] != NULL);
    for (size_t i = 0; i < from->n; i++) {
        struct found_by *by = &sc->by[word][w->n];

        term_fewest(sc->segment, &from->patterns[i], by->fewest);
        if (by->fewest[0].count == 0)
            continue;
        by->first = term_first(sc->segment, &from->patterns[i]);
        w->patterns[w->n++] = from->patterns[i];
    }
    return OK;
}

static err keep_facets(struct scan *sc)
{
    for (int f = 0; f < SEARCH_FACETS; f++) {
        if (sc->rq->facets[f].from == 0 && sc->rq->facets[f].to == UINT16_MAX)
            continue;

        struct term *t = arena_zero(sc->arena, sizeof *t);
        TRY_MEMORY(t != NULL);
        *t = term_of_facet(sc->segment, f, sc->rq->facets[f]);
        sc->facet_terms[sc->facets_n] = (struct terms){ t, 1, t->count };
        sc->facets[sc->facets_n++] = f;
    }
    return OK;
}

/* *any: can there be an answer at all? */
static err scan_begin(struct scan *sc, const struct scan_with *with,
                      const struct segment_part *part, bool *any)
{
    *sc = (struct scan){ .arena = with->arena,
                         .room = with->room,
                         .segment = part->segment,
                         .dead = part->dead,
                         .asked = *with->asked,
                         .rq = with->rq,
                         .best = with->best };
    room_back(sc->room, 0);
    *any = false;
    for (size_t i = 0; i < sc->asked.n; i++) {
        TRY(keep_word(sc, &with->asked->words[i], i));
        if (sc->asked.words[i].n == 0)
            return OK;
    }
    *any = true;
    return keep_facets(sc);
}

err scan_part(const struct scan_with *with, const struct segment_part *part)
{
    struct scan *sc = arena_zero(with->arena, sizeof *sc);
    struct terms fewest;
    struct terms sieve;
    bool any;

    TRY_MEMORY(sc != NULL);
    TRY(scan_begin(sc, with, part, &any));
    if (!any)
        return OK;
    TRY(fewest_of(sc, &fewest, &sieve));
    if (take_candidates(sc, &fewest))
        return scan_candidates(sc, &fewest, &sieve);
    return scan_lists(sc);
}

err scan_slips(const struct scan_with *with, const struct segment_part *part,
               size_t slipped)
{
    struct scan *sc = arena_zero(with->arena, sizeof *sc);
    struct terms terms = { .n = 0 };
    bool any;

    TRY_MEMORY(sc != NULL);
    TRY(scan_begin(sc, with, part, &any));
    if (!any)
        return OK;

    size_t n = sc->asked.words[slipped].n;
    terms.of = arena_array(sc->arena, n, sizeof *terms.of);
    TRY_MEMORY(terms.of != NULL);

    uint64_t most =
        n > SLIP_PATTERNS ? (uint64_t)SLIP_WORK * SLIP_PATTERNS / n : SLIP_WORK;
    for (size_t i = 0; i < n; i++) {
        const struct term *t = &sc->by[slipped][i].fewest[0];

        if (t->space == NULL || t->count > most - terms.count)
            continue;
        terms.of[terms.n++] = *t;
        terms.count += t->count;
    }
    return scan_candidates(sc, &terms, &(struct terms){ .n = 0 });
}
