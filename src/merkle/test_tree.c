#include "merkle/test_tree.h"

#include "base/test.h"

#include <stdio.h>

static err read_node(const struct merkle_source *s, unsigned level,
                     uint64_t index, struct hash *out)
{
    const struct test_tree *t = (const struct test_tree *)s;

    EXPECT(level < MERKLE_LEVELS && index < t->edge.size >> level);
    *out = t->levels[level][index];
    return OK;
}

void test_tree_init(struct test_tree *t, struct arena *a, size_t most)
{
    *t = (struct test_tree){ .source = { read_node } };
    for (size_t level = 0; most >> level > 0; level++) {
        t->levels[level] = arena_array(a, most >> level, sizeof(struct hash));
        EXPECT(t->levels[level] != NULL);
    }
}

void test_tree_grow(struct test_tree *t, size_t size)
{
    while (t->edge.size < size) {
        uint64_t index = t->edge.size;
        struct hash made[MERKLE_LEVELS];
        struct hash leaf;
        char text[24];
        int n = snprintf(text, sizeof text, "%llu", (unsigned long long)index);

        merkle_leaf((str){ text, (size_t)n }, &leaf);
        size_t whole = merkle_append(&t->edge, &leaf, made);
        for (size_t level = 0; level < whole; level++)
            t->levels[level][index >> level] = made[level];
    }
}

static err read_huge(const struct merkle_source *s, unsigned level,
                     uint64_t index, struct hash *out)
{
    const struct test_huge *t = (const struct test_huge *)s;

    EXPECT(level < MERKLE_LEVELS && index < MERKLE_SIZE_MAX >> level);
    *out = t->levels[level];
    return OK;
}

void test_huge_init(struct test_huge *t)
{
    *t = (struct test_huge){ .source = { read_huge } };
    merkle_leaf(S("the same"), &t->levels[0]);
    for (size_t level = 1; level < MERKLE_LEVELS; level++)
        merkle_node(&t->levels[level - 1], &t->levels[level - 1],
                    &t->levels[level]);
}

/* The largest power of two below n, n > 1. */
static size_t k_of(size_t n)
{
    size_t k = 1;

    while (2 * k < n)
        k *= 2;
    return k;
}

/* The recursion of the definitions is the point of what follows. */
void test_mth(const struct hash *leaves, size_t n, struct hash *out)
{
    struct hash left;
    struct hash right;

    if (n == 0) {
        merkle_empty(out);
        return;
    }
    if (n == 1) {
        *out = leaves[0];
        return;
    }
    test_mth(leaves, k_of(n), &left);
    test_mth(leaves + k_of(n), n - k_of(n), &right);
    merkle_node(&left, &right, out);
}

void test_path(const struct hash *leaves, size_t n, size_t m,
               struct merkle_proof *out)
{
    if (n == 1) {
        out->n = 0;
        return;
    }

    size_t k = k_of(n);
    if (m < k) {
        test_path(leaves, k, m, out);
        test_mth(leaves + k, n - k, &out->hashes[out->n++]);
    } else {
        test_path(leaves + k, n - k, m - k, out);
        test_mth(leaves, k, &out->hashes[out->n++]);
    }
}

void test_subproof(const struct hash *leaves, size_t n, size_t m, bool whole,
                   struct merkle_proof *out)
{
    if (m == n) {
        out->n = 0;
        if (!whole)
            test_mth(leaves, n, &out->hashes[out->n++]);
        return;
    }

    size_t k = k_of(n);
    if (m <= k) {
        test_subproof(leaves, k, m, whole, out);
        test_mth(leaves + k, n - k, &out->hashes[out->n++]);
    } else {
        test_subproof(leaves + k, n - k, m - k, false, out);
        test_mth(leaves, k, &out->hashes[out->n++]);
    }
}

static void turn_round(char *p, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        char c = p[i];

        p[i] = p[n - 1 - i];
        p[n - 1 - i] = c;
    }
}

str test_path_shape(size_t n, size_t m, char out[static TEST_SHAPE])
{
    size_t length = 0;

    while (n > 1) {
        size_t k = k_of(n);

        out[length++] = m < k ? 'R' : 'L';
        n = m < k ? k : n - k;
        m = m < k ? m : m - k;
    }
    turn_round(out, length);
    return (str){ out, length };
}

str test_subproof_shape(size_t n, size_t m, char out[static TEST_SHAPE])
{
    size_t length = 0;
    bool whole = true;

    while (m < n) {
        size_t k = k_of(n);

        out[length++] = m <= k ? 'R' : 'L';
        whole = whole && m <= k;
        n = m <= k ? k : n - k;
        m = m <= k ? m : m - k;
    }
    if (whole)
        out[length++] = 'W';
    turn_round(out, length);
    return (str){ out, length };
}
