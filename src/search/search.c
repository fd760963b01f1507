#include "search/search.h"

#include "base/arena.h"
#include "search/loose.h"
#include "search/scan.h"
#include "search/scan_parts.h"

#include <string.h>

enum search_how search_key_how(uint64_t key)
{
    return (enum search_how)(key >> (KEY_RANK + RANK_HOW) & 7);
}

static err scan_all(const struct scan_with *with,
                    const struct segment_part *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (parts[i].segment->n > 0)
            TRY(scan_part(with, &parts[i]));
    return OK;
}

/* Behind a word's own patterns those that mix; *any: there are some. */
static err mix_word(struct arena *a, struct word *w, bool *any)
{
    struct pattern *mixed;
    struct pattern *all;
    size_t n;

    TRY(loose_mixed(a, w, &mixed, &n));
    if (n == 0)
        return OK;
    all = arena_array(a, w->n + n, sizeof *all);
    TRY_MEMORY(all != NULL);
    memcpy(all, w->patterns, w->n * sizeof *all);
    memcpy(all + w->n, mixed, n * sizeof *all);
    w->patterns = all;
    w->n += n;
    *any = true;
    return OK;
}

/* [SE5] all words may be mixed. */
static err mix_all(const struct scan_with *with,
                   const struct segment_part *parts, size_t n,
                   struct asked *asked)
{
    struct asked *kept = arena_array(with->arena, 1, sizeof *kept);
    bool any = false;

    TRY_MEMORY(kept != NULL);
    *kept = *asked;
    for (size_t i = 0; i < asked->n; i++)
        TRY(mix_word(with->arena, &asked->words[i], &any));
    if (any)
        TRY(scan_all(with, parts, n));
    *asked = *kept;
    return OK;
}

/* [SE5] word by word, until one slip finds something. */
static err slip_all(const struct scan_with *with,
                    const struct segment_part *parts, size_t n,
                    struct asked *asked)
{
    for (size_t i = 0; i < asked->n && with->best->count == 0; i++) {
        struct word *w = &asked->words[i];
        struct word kept = *w;

        TRY(loose_slips(with->arena, &kept, &w->patterns, &w->n));
        for (size_t j = 0; j < n && w->n > 0; j++)
            if (parts[j].segment->n > 0)
                TRY(scan_slips(with, &parts[j], i));
        *w = kept;
    }
    return OK;
}

/* Is something found where nothing narrows?  Then no other words are meant. */
static err found_wider(const struct scan_with *with,
                       const struct segment_part *parts, size_t n, bool *found)
{
    struct search_request rq = *with->rq;
    struct best best = { .want = 1 };
    struct scan_with wider = *with;

    for (int i = 0; i < SEARCH_FACETS; i++)
        rq.facets[i] = SEARCH_ANY;
    wider.rq = &rq;
    wider.best = &best;
    TRY(scan_all(&wider, parts, n));
    *found = best.count > 0;
    return OK;
}

static void answer(const struct best *best, struct search_answer *out)
{
    struct search_answer answer = { .more = best->n == best->want };

    for (; answer.n < best->n && answer.n + 1 < best->want; answer.n++)
        answer.hits[answer.n] = (struct search_hit){
            .key = best->keys[answer.n],
            .id = (uint32_t)best->keys[answer.n],
        };
    if (best->counting) {
        answer.above = best->count > SEARCH_COUNT_MAX;
        answer.count = answer.above ? SEARCH_COUNT_MAX : best->count;
    }
    *out = answer;
}

err search_find(struct arena *a, struct search_room *room,
                const struct segment_part *parts, size_t n,
                const struct search_request *rq, struct search_answer *out)
{
    struct asked *asked = arena_zero(a, sizeof *asked);
    struct best best = { .want = rq->want, .after = rq->after };
    const struct scan_with with = { a, room, asked, rq, &best };
    bool wider = false;

    TRY_MEMORY(asked != NULL);
    if (best.want < 1 || best.want > SEARCH_WANT_MAX)
        best.want = SEARCH_WANT_MAX;
    best.want++;
    best.counting = rq->count;
    TRY(asked_read(a, rq->asked, asked));
    if (asked->n > 0)
        TRY(scan_all(&with, parts, n));
    if (best.count == 0 && asked->n > 0)
        TRY(found_wider(&with, parts, n, &wider));
    if (best.count == 0 && !wider)
        TRY(mix_all(&with, parts, n, asked));
    if (best.count == 0 && !wider)
        TRY(slip_all(&with, parts, n, asked));
    answer(&best, out);
    return OK;
}
