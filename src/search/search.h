#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

/*
 * search -- names, found by any piece of them.
 *
 * What is asked for is folded as names are (fold.h): full and half width,
 * capitals, traditional and simplified count as equal, punctuation for
 * nothing.  White space divides it into words.
 *
 *   [SE1] A document is found when every word stands somewhere in its name,
 *         in any order, and its facets lie in the ranges asked for.
 *   [SE2] A word of Latin letters also stands where the name is read so: its
 *         syllables (huawei, the last one may be unfinished), or the first
 *         letters of its characters (hwjs).
 *   [SE3] Results come by rank: how the first word is found (as written, by
 *         syllables, by first letters, with one slip), then where (the whole
 *         name; its beginning; the beginning of what follows the region;
 *         before the legal form; elsewhere), then shorter names, then ids.
 *   [SE4] `key` says the rank in one number.  The next page is what comes
 *         after the last key: nothing is skipped by counting, and a change
 *         between two pages neither repeats nor loses what did not change.
 *   [SE5] Only when nothing is found, whatever its facets, syllables and first
 * letters may be mixed (huawjs); and when nothing is found so, one slip is
 * allowed: a character replaced, left out or put in, in a word of three or
 * more, or a letter of syllables, or two of them in the wrong order.
 *
 * Pure.
 */

#include "base/err.h"
#include "base/str.h"
#include "search/segment.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
    SEARCH_WANT_MAX = 100,     /* results of a page */
    SEARCH_COUNT_MAX = 10'000, /* what is counted exactly */
    SEARCH_WORDS_MAX = 8,      /* words that are looked at */
    SEARCH_ASKED_MAX = 64,     /* folded units of one word that are looked at */
};

/* From the one to the other, both included; a filter of all is {0, 65535}. */
struct search_range {
    uint16_t from;
    uint16_t to;
};
#define SEARCH_ANY ((struct search_range){ 0, UINT16_MAX })

struct search_request {
    str asked;                                 /* UTF-8, as typed */
    struct search_range facets[SEARCH_FACETS]; /* by enum search_facet */
    uint64_t after;                            /* a key; 0: the first page */
    size_t want;                               /* 1 .. SEARCH_WANT_MAX */
    bool count;                                /* count what there is */
};

struct search_hit {
    uint64_t key; /* [SE4] never 0 */
    uint32_t id;
};

/* How it was found. */
enum search_how {
    SEARCH_WRITTEN,   /* as it stands */
    SEARCH_SYLLABLES, /* [SE2] */
    SEARCH_INITIALS,  /* [SE2] */
    SEARCH_MIXED,     /* [SE5] */
    SEARCH_SLIP,      /* [SE5] */
};

/* How the document of a key was found. */
enum search_how search_key_how(uint64_t key);

struct search_answer {
    struct search_hit hits[SEARCH_WANT_MAX];
    size_t n;
    bool more;      /* there is a next page */
    uint32_t count; /* all there are, on whatever page; when asked for */
    bool above;     /* there are more than `count`, which is SEARCH_COUNT_MAX */
};

/*
 * Room to work in, used again by every search of a thread: fresh memory would
 * cost more than many a search.  It grows to an eighth of a byte for every
 * document of the largest segment, some ten times.
 */
struct search_room;
err search_room_new(struct heap *h, struct search_room **out);
void search_room_free(struct search_room **room);

/*
 * Search the living documents of `n` segments.  Nothing but white space and
 * punctuation finds nothing.  ERR_INVALID "search.asked" when `asked` is
 * malformed UTF-8.  `a` is for what is small: some 100 KB.
 */
err search_find(struct arena *a, struct search_room *room,
                const struct segment_part *parts, size_t n,
                const struct search_request *rq, struct search_answer *out);

#endif
