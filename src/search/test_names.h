#ifndef SEARCH_TEST_NAMES_H
#define SEARCH_TEST_NAMES_H

/*
 * test_names -- invented names of enterprises, and a plain scan over them.
 *
 * The scan knows nothing of lists: it folds every name, holds every word
 * against every place of it, sorts what is found and counts it.
 */

#include "base/test.h"
#include "search/search.h"

enum { TEST_NAMES_MAX = 40000 };

struct test_names {
    struct search_document *documents;
    bool *dead;
    size_t n;
};

/* `n` names of which many share pieces; the ids are not in order. */
struct test_names test_names_make(struct arena *a, struct test_random *r,
                                  size_t n);

/* A piece of some name, of up to `most` characters. */
str test_names_piece(struct arena *a, struct test_random *r,
                     const struct test_names *names, size_t most);

/* What search_find() has to say. */
void test_names_scan(struct arena *a, const struct test_names *names,
                     const struct search_request *rq,
                     struct search_answer *out);

/* Everything, the first `want` of it. */
struct search_request test_names_request(str asked, size_t want);

#endif
