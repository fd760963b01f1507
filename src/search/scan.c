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
    AHEAD = 12,          /* candidates that are fetched meanwhile */
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

static void candidate(struct scan *sc, uint32_t d)
{
    if (!scan_lives(sc, d))
        return;

    uint32_t length = segment_length(sc->segment, d);
    uint64_t rank =
        scan_match(sc->asked, segment_name_of(sc->segment, d, length));
    if (rank != NOWHERE)
        best_add(sc->best, scan_key(sc, rank, d, length));
}

static void fetch(const struct scan *sc, uint32_t d)
{
    struct segment_name name =
        segment_name_of(sc->segment, d, segment_length(sc->segment, d));

    __builtin_prefetch(name.units);
    __builtin_prefetch(name.units + name.n);
}

static void candidates(struct scan *sc, const uint32_t *documents, size_t n)
{
    for (size_t i = 0; i < n && i < AHEAD; i++)
        fetch(sc, documents[i]);
    for (size_t i = 0; i < n; i++) {
        if (i + AHEAD < n)
            fetch(sc, documents[i + AHEAD]);
        candidate(sc, documents[i]);
    }
}

/* Of one list no document comes twice. */
static err candidates_of_list(struct scan *sc, const struct list *l)
{
    uint32_t *documents = room_take(sc->room, l->n * sizeof *documents);
    size_t n = 0;

    TRY_MEMORY(documents != NULL);
    for (int i = 0; i < LIST_TIERS; i++)
        n += list_documents(&l->parts[i], sc->segment->n, documents + n);
    candidates(sc, documents, n);
    return OK;
}

static err candidates_of_many(struct scan *sc, const struct terms *from)
{
    size_t words = segment_words(sc->segment);
    uint64_t *bits = room_zero(sc->room, words * sizeof *bits);
    uint32_t documents[256];
    size_t n = 0;

    TRY_MEMORY(bits != NULL);
    for (size_t i = 0; i < from->n; i++)
        term_mark(&from->of[i], LIST_TIERS, 0, sc->segment->n, bits);
    for (size_t i = 0; i < words; i++) {
        for (uint64_t word = bits[i]; word != 0; word &= word - 1)
            documents[n++] =
                (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(word);
        if (n > 256 - 64 || i + 1 == words) {
            candidates(sc, documents, n);
            n = 0;
        }
    }
    return OK;
}

err scan_candidates(struct scan *sc, const struct terms *from)
{
    struct list one;

    if (from->count == 0)
        return OK;
    if (from->n == 1 && term_one(&from->of[0], &one))
        return candidates_of_list(sc, &one);
    return candidates_of_many(sc, from);
}

/* The fewest candidates that a word names: one term for each pattern. */
static err word_terms(struct scan *sc, const struct word *w, struct terms *out)
{
    struct terms t = { .of = arena_array(sc->arena, w->n, sizeof *t.of) };

    TRY_MEMORY(t.of != NULL);
    for (size_t i = 0; i < w->n; i++) {
        struct term term = term_fewest(sc->segment, &w->patterns[i]);

        if (term.count == 0)
            continue;
        t.of[t.n++] = term;
        t.count += term.count;
    }
    *out = t;
    return OK;
}

static void take_fewer(struct terms *fewest, const struct terms *t)
{
    if (t->count < fewest->count)
        *fewest = *t;
}

/* Of all words and facets that name fewest candidates; and how many a word
 * names at most that a facet lets by, as if they had nothing to do with each
 * other. */
static err fewest_of(struct scan *sc, struct terms *out)
{
    struct terms fewest = { .count = UINT64_MAX };
    struct terms t;

    for (size_t i = 0; i < sc->asked->n; i++) {
        TRY(word_terms(sc, &sc->asked->words[i], &t));
        take_fewer(&fewest, &t);
    }
    for (int i = 0; i < sc->facets_n; i++) {
        int f = sc->facets[i];
        struct term *term = arena_zero(sc->arena, sizeof *term);

        TRY_MEMORY(term != NULL);
        *term = term_of_facet(sc->segment, f, sc->rq->facets[f]);
        t = (struct terms){ term, 1, term->count };
        take_fewer(&fewest, &t);
    }
    *out = fewest;
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

    TRY(fewest_of(&sc, &fewest));
    if (take_candidates(&sc, fewest.count))
        return scan_candidates(&sc, &fewest);
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
        struct term t = term_fewest(sc.segment, &w->patterns[i]);

        if (t.count == 0 || t.count > SLIP_WORK - terms.count)
            continue;
        terms.of[terms.n++] = t;
        terms.count += t.count;
    }
    return scan_candidates(&sc, &terms);
}
