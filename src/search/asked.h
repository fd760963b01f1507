#ifndef SEARCH_ASKED_H
#define SEARCH_ASKED_H

/*
 * asked -- inside search: what was typed, as patterns that names are held
 * against.
 *
 *   [AS1] A word has one pattern as it is written; if it is all Latin letters
 *         also one for each way to divide it into syllables, and one for the
 *         first letters.
 *   [AS2] A token is a range of what may stand in a place: a unit, a syllable
 *         or an initial, by what the pattern reads.
 */

#include "base/err.h"
#include "base/str.h"
#include "search/search.h"
#include "search/segment_parts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
    PARSES_MAX = 6,                /* ways to divide into syllables */
    PATTERNS_MAX = PARSES_MAX + 2, /* of a word as it was typed */
    TOKENS_MAX = SEARCH_ASKED_MAX,
};

struct token {
    uint16_t from;
    uint16_t to;
};

/* What the tokens are ranges of. [AS2] */
enum pattern_reads { READS_UNITS, READS_SYLLABLES, READS_INITIALS };

struct pattern {
    enum search_how how;
    enum pattern_reads reads;
    size_t n;
    struct token tokens[TOKENS_MAX];
};

struct word {
    uint16_t units[SEARCH_ASKED_MAX];
    size_t units_n;
    struct pattern *patterns; /* by `how`, the best first */
    size_t n;
};

struct asked {
    struct word words[SEARCH_WORDS_MAX];
    size_t n;
};

/* ERR_INVALID "search.asked". */
err asked_read(struct arena *a, str text, struct asked *out);

/* Is it all letters from a to z? */
bool word_is_latin(const struct word *w);

/* Does a token stand for any unit whatever? */
static inline bool token_is_any(struct token t)
{
    return t.from == 0 && t.to == UINT16_MAX;
}

/* Where a pattern stands best in a name; TIER_NONE: nowhere. */
enum name_tier pattern_match(const struct pattern *p, struct segment_name name);

#endif
