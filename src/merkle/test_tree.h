#ifndef MERKLE_TEST_TREE_H
#define MERKLE_TEST_TREE_H

/*
 * test_tree -- trees for the tests of this room: one that is kept whole in
 * memory, one of 2^62 equal leaves, and the definitions of RFC 9162 written
 * down as they stand there, to hold the program's loops against.
 */

#include "merkle/proof.h"

struct arena;

/* Leaf i is the text of its number. */
struct test_tree {
    struct merkle_source source; /* fails the test when asked for too much */
    struct merkle_edge edge;
    struct hash *levels[MERKLE_LEVELS]; /* whole subtrees by index */
};

void test_tree_init(struct test_tree *t, struct arena *a, size_t most);
void test_tree_grow(struct test_tree *t, size_t size);

/* All leaves are the same, so every level has one hash. */
struct test_huge {
    struct merkle_source source;
    struct hash levels[MERKLE_LEVELS];
};

void test_huge_init(struct test_huge *t);

/* MTH, PATH and SUBPROOF of the RFC over n leaf hashes. */
void test_mth(const struct hash *leaves, size_t n, struct hash *out);
void test_path(const struct hash *leaves, size_t n, size_t m,
               struct merkle_proof *out);
void test_subproof(const struct hash *leaves, size_t n, size_t m, bool whole,
                   struct merkle_proof *out);

/*
 * On which side each hash of a proof stands, from the bottom up, as a text of
 * L and R; W in front when a consistency proof begins at the whole old tree.
 * Sizes with the same text cannot be told apart by a proof [MP3].
 */
#define TEST_SHAPE 72
str test_path_shape(size_t n, size_t m, char out[static TEST_SHAPE]);
str test_subproof_shape(size_t n, size_t m, char out[static TEST_SHAPE]);

#endif
