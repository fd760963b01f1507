#ifndef MERKLE_TREE_H
#define MERKLE_TREE_H

/*
 * tree -- the Merkle tree hash of RFC 6962 and RFC 9162, section 2.1.
 *
 *   [MK1] A leaf is SHA-256(0x00 || data), a node SHA-256(0x01 || left ||
 *         right): no node can be passed off as a leaf.  The tree of no leaves
 *         is SHA-256 of nothing.
 *   [MK2] The left subtree of n leaves, n > 1, has the largest power of two
 *         below n.  Hence a tree grows at its right edge only, and a whole
 *         subtree of 2^level leaves never changes once it is there.
 *
 * A whole subtree is named by (level, index): it spans the leaves from
 * index * 2^level up to, but without, (index + 1) * 2^level.  A leaf's own
 * hash is at level 0.  Nothing here allocates or fails; a size or index out of
 * range is a bug of the caller.
 */

#include "base/hash.h"
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

/* The largest tree; it fits an int64_t, as stores keep sizes. */
#define MERKLE_SIZE_MAX (UINT64_C(1) << 62)

/* Levels 0..62. */
enum { MERKLE_LEVELS = 63 };

/* [MK1] */
void merkle_leaf(str data, struct hash *out);
void merkle_node(const struct hash *left, const struct hash *right,
                 struct hash *out);
void merkle_empty(struct hash *out);

/* The root over n leaf hashes, n of any size.  The n = 2^level hashes of a run
 * of subtrees give the subtree above them, too. */
void merkle_root(const struct hash *leaves, size_t n, struct hash *out);

/*
 * The right edge of a tree: all that is needed to go on appending to it.
 * nodes[k] is the root of a whole subtree of level k where bit k of `size` is
 * set, and has no meaning where it is not.  A zeroed edge is the empty tree.
 */
struct merkle_edge {
    uint64_t size; /* 0..MERKLE_SIZE_MAX */
    struct hash nodes[MERKLE_LEVELS];
};

/*
 * Append one leaf hash.  Returns how many subtrees it made whole: made[k] is
 * that of level k and index (size before) >> k, made[0] the leaf itself, for
 * the caller to store.  `made` has room for MERKLE_LEVELS.
 */
size_t merkle_append(struct merkle_edge *edge, const struct hash *leaf,
                     struct hash *made);

/* The root of the tree that has this edge. */
void merkle_edge_root(const struct merkle_edge *edge, struct hash *out);

#endif
