#include "search/scan.h"

#include "base/arena.h"
#include "search/room.h"
#include "search/scan_parts.h"

#include <string.h>

enum {
    FEW = 4096,          /* candidates that are always held against words */
    COST_CANDIDATE = 40, /* against COST_LISTED for going past one in a list */
    COST_LISTED = 1,
    SLIP_WORK = 50'000, /* candidates of a segment */
};

void best_add(struct best *b, uint64_t key)
{
    if (b->count <= SEARCH_COUNT_MAX)
        b->count++;
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

/* What a word names: one term for each pattern; where but one of them names
 * anything, also the next fewest of that. */
static err word_terms(struct scan *sc, const struct word *w, struct terms *out,
                      struct terms *next)
{
    struct terms t = { .of = arena_array(sc->arena, w->n + 1, sizeof *t.of) };
    struct term best[2];

    TRY_MEMORY(t.of != NULL);
    for (size_t i = 0; i < w->n; i++) {
        term_fewest(sc->segment, &w->patterns[i], best);
        if (best[0].count == 0)
            continue;
        t.of[t.n++] = best[0];
        t.of[t.n] = best[1];
        t.count += best[0].count;
    }
    *out = t;
    *next = (struct terms){ .of = NULL, .count = UINT64_MAX };
    if (t.n == 1 && t.of[1].space != NULL)
        *next = (struct terms){ t.of + 1, 1, t.of[1].count };
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

/* Of all words and facets, the terms that name fewest candidates, and the next
 * fewest. */
static err fewest_of(struct scan *sc, struct terms *fewest, struct terms *next)
{
    struct terms t;
    struct terms second;

    *fewest = *next = (struct terms){ .of = NULL, .count = UINT64_MAX };
    for (size_t i = 0; i < sc->asked->n; i++) {
        TRY(word_terms(sc, &sc->asked->words[i], &t, &second));
        offer(&t, fewest, next);
        offer(&second, fewest, next);
    }
    for (int i = 0; i < sc->facets_n; i++) {
        int f = sc->facets[i];
        struct term *term = arena_zero(sc->arena, sizeof *term);

        TRY_MEMORY(term != NULL);
        *term = term_of_facet(sc->segment, f, sc->rq->facets[f]);
        t = (struct terms){ term, 1, term->count };
        offer(&t, fewest, next);
    }
    return OK;
}

/* How many documents the lists of the first word hold. */
static uint64_t listed(const struct scan *sc)
{
    const struct word *w = &sc->asked->words[0];
    uint64_t n = 0;

    for (size_t i = 0; i < w->n; i++)
        n += term_first(sc->segment, &w->patterns[i]).count;
    return n;
}

/*
 * Which way is cheaper?  Through the lists one goes until enough are counted:
 * of `listed`, one in (documents / fewest) answers, if neither depends on the
 * other.
 */
static bool take_candidates(const struct scan *sc, uint64_t fewest)
{
    uint64_t past = listed(sc);

    if (fewest <= FEW)
        return true;

    uint64_t needed =
        (SEARCH_COUNT_MAX + sc->best->want) * (uint64_t)sc->segment->n / fewest;
    if (needed < past)
        past = needed;
    return fewest * COST_CANDIDATE < past * COST_LISTED;
}

static struct scan scan_begin(const struct scan_with *with,
                              const struct segment_part *part)
{
    struct scan sc = { .arena = with->arena,
                       .room = with->room,
                       .segment = part->segment,
                       .dead = part->dead,
                       .asked = with->asked,
                       .rq = with->rq,
                       .best = with->best };

    for (int f = 0; f < SEARCH_FACETS; f++)
        if (sc.rq->facets[f].from > 0 || sc.rq->facets[f].to < UINT16_MAX)
            sc.facets[sc.facets_n++] = f;
    room_back(sc.room, 0);
    return sc;
}

err scan_part(const struct scan_with *with, const struct segment_part *part)
{
    struct scan sc = scan_begin(with, part);
    struct terms fewest;
    struct terms sieve;

    TRY(fewest_of(&sc, &fewest, &sieve));
    if (take_candidates(&sc, fewest.count))
        return scan_candidates(&sc, &fewest, &sieve);
    return scan_lists(&sc);
}

err scan_slips(const struct scan_with *with, const struct segment_part *part,
               size_t slipped)
{
    const struct word *w = &with->asked->words[slipped];
    struct scan sc = scan_begin(with, part);
    struct terms terms = { .of = arena_array(sc.arena, w->n,
                                             sizeof *terms.of) };

    TRY_MEMORY(terms.of != NULL);
    for (size_t i = 0; i < w->n; i++) {
        struct term best[2];

        term_fewest(sc.segment, &w->patterns[i], best);
        if (best[0].count == 0 || best[0].count > SLIP_WORK - terms.count)
            continue;
        terms.of[terms.n++] = best[0];
        terms.count += best[0].count;
    }
    return scan_candidates(&sc, &terms, &(struct terms){ .n = 0 });
}
