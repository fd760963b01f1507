/*
 * Checking proofs: the loops of RFC 9162, 2.1.3.2 and 2.1.4.2.
 *
 * Both follow a leaf up the tree.  `at` is the index of the subtree on its way
 * at the current level, `last` that of the last subtree of the level; where
 * the two meet at an even index the subtree has no brother and is its own
 * parent, so these levels have no hash in the proof.
 */

#include "merkle/proof.h"

struct climb {
    uint64_t at;
    uint64_t last;
};

static bool is_right(const struct climb *c)
{
    return (c->at & 1) != 0 || c->at == c->last;
}

/* To the parent, after a hash of the proof was used. */
static void go_up(struct climb *c)
{
    if (is_right(c)) {
        while ((c->at & 1) == 0 && c->at != 0) {
            c->at >>= 1;
            c->last >>= 1;
        }
    }
    c->at >>= 1;
    c->last >>= 1;
}

bool merkle_inclusion_holds(uint64_t index, uint64_t size,
                            const struct hash *leaf,
                            const struct merkle_proof *proof,
                            const struct hash *root)
{
    if (index >= size || size > MERKLE_SIZE_MAX || proof->n > MERKLE_PROOF_MAX)
        return false;

    struct climb c = { index, size - 1 };
    struct hash r = *leaf;
    for (size_t i = 0; i < proof->n; i++) {
        if (c.last == 0)
            return false;
        if (is_right(&c))
            merkle_node(&proof->hashes[i], &r, &r);
        else
            merkle_node(&r, &proof->hashes[i], &r);
        go_up(&c);
    }
    return c.last == 0 && hash_eq(&r, root);
}

static bool is_empty_root(const struct hash *root)
{
    struct hash empty;

    merkle_empty(&empty);
    return hash_eq(root, &empty);
}

/* Up from where the old tree ended, towards both roots at once. */
static bool both_roots_follow(struct climb c, struct hash from,
                              const struct hash *rest, size_t n,
                              const struct hash roots[static 2])
{
    struct hash old = from;
    struct hash new = from;

    for (size_t i = 0; i < n; i++) {
        if (c.last == 0)
            return false;
        if (is_right(&c)) {
            merkle_node(&rest[i], &old, &old);
            merkle_node(&rest[i], &new, &new);
        } else {
            merkle_node(&new, &rest[i], &new);
        }
        go_up(&c);
    }
    return c.last == 0 && hash_eq(&old, &roots[0]) && hash_eq(&new, &roots[1]);
}

bool merkle_consistency_holds(uint64_t old_size, uint64_t size,
                              const struct hash *old_root,
                              const struct hash *root,
                              const struct merkle_proof *proof)
{
    const struct hash roots[2] = { *old_root, *root };

    if (old_size > size || size > MERKLE_SIZE_MAX ||
        proof->n > MERKLE_PROOF_MAX)
        return false;
    if (old_size == 0 && !is_empty_root(old_root))
        return false;
    if (old_size == size)
        return proof->n == 0 && hash_eq(old_root, root);
    if (old_size == 0)
        return proof->n == 0;
    if (proof->n == 0)
        return false;

    struct climb c = { old_size - 1, size - 1 };
    while ((c.at & 1) != 0) {
        c.at >>= 1;
        c.last >>= 1;
    }
    /* The old tree is one whole subtree: its root is where the way begins, and
     * the proof does not repeat it. */
    if ((old_size & (old_size - 1)) == 0)
        return both_roots_follow(c, *old_root, proof->hashes, proof->n, roots);
    return both_roots_follow(c, proof->hashes[0], proof->hashes + 1,
                             proof->n - 1, roots);
}
