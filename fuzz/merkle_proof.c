/*
 * Any bytes as a proof: two bytes for the sizes or places, then hashes.
 *
 * The only proof that may hold for a place of a known tree is the one that we
 * would make ourselves, hash by hash; and any number of hashes with any sizes
 * must come to an end.
 */

#include "base/check.h"
#include "merkle/proof.h"

enum { SIZE = 255 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

struct tree {
    struct merkle_source source;
    struct hash levels[8][SIZE];
};

static err read_node(const struct merkle_source *s, unsigned level,
                     uint64_t index, struct hash *out)
{
    const struct tree *t = (const struct tree *)s;

    check(level < 8 && index < (uint64_t)SIZE >> level);
    *out = t->levels[level][index];
    return OK;
}

/* Leaf i is one byte, i. */
static void grow(struct tree *t)
{
    struct merkle_edge edge = { 0 };

    t->source.node = read_node;
    for (size_t i = 0; i < SIZE; i++) {
        struct hash made[MERKLE_LEVELS];
        struct hash leaf;
        char byte = (char)(uint8_t)i;

        merkle_leaf((str){ &byte, 1 }, &leaf);
        size_t whole = merkle_append(&edge, &leaf, made);
        for (size_t level = 0; level < whole; level++)
            t->levels[level][i >> level] = made[level];
    }
}

static bool same(const struct merkle_proof *a, const struct merkle_proof *b)
{
    return a->n == b->n &&
           memcmp(a->hashes, b->hashes, a->n * sizeof *a->hashes) == 0;
}

/* What is given, and what we make ourselves; too much for the stack. */
struct trial {
    struct tree tree;
    struct merkle_proof given;
    struct merkle_proof made;
};

static void check_inclusion(struct trial *t, uint64_t index, uint64_t size)
{
    const struct hash *leaf = &t->tree.levels[0][index];
    const struct merkle_source *s = &t->tree.source;
    struct hash root = { 0 };

    check(!failed(merkle_root_read(s, size, &root)));
    check(!failed(merkle_inclusion(s, index, size, &t->made)));
    check(merkle_inclusion_holds(index, size, leaf, &t->made, &root));
    check(merkle_inclusion_holds(index, size, leaf, &t->given, &root) ==
          same(&t->made, &t->given));
}

static void check_consistency(struct trial *t, uint64_t old_size, uint64_t size)
{
    const struct merkle_source *s = &t->tree.source;
    struct hash old = { 0 };
    struct hash root = { 0 };

    check(!failed(merkle_root_read(s, old_size, &old)));
    check(!failed(merkle_root_read(s, size, &root)));
    check(!failed(merkle_consistency(s, old_size, size, &t->made)));
    check(merkle_consistency_holds(old_size, size, &old, &root, &t->made));
    check(merkle_consistency_holds(old_size, size, &old, &root, &t->given) ==
          same(&t->made, &t->given));
}

/* Sizes from all over: the answer does not matter, that there is one does. */
static void check_ends(const uint8_t *bytes, size_t n,
                       const struct merkle_proof *given)
{
    uint64_t places[2];
    struct hash h = { { 0 } };

    if (n < sizeof places)
        return;
    memcpy(places, bytes, sizeof places);
    (void)merkle_inclusion_holds(places[0], places[1], &h, given, &h);
    (void)merkle_consistency_holds(places[0], places[1], &h, &h, given);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static struct trial t;
    size_t hashes = n < 2 ? 0 : (n - 2) / 32;

    if (t.tree.source.node == NULL)
        grow(&t.tree);
    if (n < 2 || hashes > MERKLE_PROOF_MAX)
        return 0;
    t.given.n = hashes;
    memcpy(t.given.hashes, bytes + 2, hashes * sizeof *t.given.hashes);

    uint64_t size = bytes[1];
    if (bytes[0] < size)
        check_inclusion(&t, bytes[0], size);
    if (bytes[0] <= size)
        check_consistency(&t, bytes[0], size);
    check_ends(bytes, n, &t.given);
    return 0;
}
