#ifndef BENCH_NAMES_H
#define BENCH_NAMES_H

/*
 * names -- names of enterprises to measure by, as many as one likes, the same
 * for the same seed.
 *
 * Where a list of real names is at hand (a file whose lines begin with a name,
 * up to a tab; the first line is a heading), new ones are made of it: region
 * and legal form of one, and between them characters that follow each other as
 * they do in the list; one in twelve is drawn by how often it stands there
 * instead, so that pairs arise which the list is too short for.  Without one
 * they are invented: regions and legal forms of our own lists, a few
 * characters, a word for the trade.
 */

#include "search/segment.h"

struct arena;

struct made_names {
    struct search_document *documents;
    size_t n;
};

/* `path` is NULL for invented ones. */
struct made_names made_names(struct arena *a, const char *path, size_t n,
                             uint64_t seed);

/* splitmix64, below `n`. */
uint32_t names_draw(uint64_t *state, uint32_t n);

#endif
