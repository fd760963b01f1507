#ifndef BENCH_FTS5_H
#define BENCH_FTS5_H

/*
 * fts5 -- the same names in SQLite's full-text search, to measure beside ours.
 *
 * A tokenizer of two characters each makes a piece a phrase; one character is
 * a prefix.  Names are folded as ours.  What is found comes unranked, by rowid:
 * ranking would only add to it.
 */

#include "names.h"

#include "search/search.h"

struct fts5;

struct fts5 *fts5_make(const struct made_names *names);
void fts5_end(struct fts5 **f);

/* How many names have the piece and the facets, up to `most`. */
uint32_t fts5_count(struct fts5 *f, const struct search_request *rq,
                    uint32_t most);

/* The bytes of its tables. */
double fts5_bytes(struct fts5 *f);

#endif
