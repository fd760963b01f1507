#ifndef MERKLE_PROOF_H
#define MERKLE_PROOF_H

/*
 * proof -- that an entry is in a tree, and that a tree is the beginning of
 * another (RFC 9162, 2.1.3 and 2.1.4).
 *
 *   [MP1] Making proofs reads whole subtrees only, so what is stored never has
 *         to be changed when a tree grows.
 *   [MP2] Checking takes bytes from strangers: any size, index, hash and number
 *         of hashes gives true or false in at most MERKLE_PROOF_MAX steps.
 *   [MP3] A proof binds hashes, not sizes: an entry's path can look the same in
 *         trees of several sizes.  Size and root are bound together by the
 *         signature on a checkpoint, which is why callers take both from one.
 */

#include "base/err.h"
#include "merkle/tree.h"

/* A path down a tree of 2^62 leaves has 62 hashes, a consistency proof one
 * more. */
enum { MERKLE_PROOF_MAX = 63 };

struct merkle_proof {
    size_t n; /* 0..MERKLE_PROOF_MAX */
    struct hash hashes[MERKLE_PROOF_MAX];
};

/*
 * Where whole subtrees are read from: a store, tiles, an array in a test.
 * Only subtrees within the size asked for are read.
 */
struct merkle_source {
    err (*node)(const struct merkle_source *s, unsigned level, uint64_t index,
                struct hash *out);
};

/* What follows fails only as the source does; outputs are untouched then. */

/* The edge of the first `size` leaves. */
err merkle_edge_read(const struct merkle_source *s, uint64_t size,
                     struct merkle_edge *out);

/* The root of the first `size` leaves. */
err merkle_root_read(const struct merkle_source *s, uint64_t size,
                     struct hash *out);

/* That leaf `index` is in the tree of the first `size` leaves; index < size.
 * Hashes from the leaf to the root. */
err merkle_inclusion(const struct merkle_source *s, uint64_t index,
                     uint64_t size, struct merkle_proof *out);

/* That the first `old_size` leaves are the beginning of the first `size`;
 * old_size <= size.  Empty when old_size is 0 or size. */
err merkle_consistency(const struct merkle_source *s, uint64_t old_size,
                       uint64_t size, struct merkle_proof *out);

/* Does `proof` show that `leaf` (a leaf's hash) is at `index` of the tree of
 * `size` leaves with this root? */
bool merkle_inclusion_holds(uint64_t index, uint64_t size,
                            const struct hash *leaf,
                            const struct merkle_proof *proof,
                            const struct hash *root);

/* Does `proof` show that the tree of `old_size` leaves with `old_root` is the
 * beginning of the tree of `size` leaves with `root`?  Nothing is the
 * beginning of everything, if old_root is that of the empty tree. */
bool merkle_consistency_holds(uint64_t old_size, uint64_t size,
                              const struct hash *old_root,
                              const struct hash *root,
                              const struct merkle_proof *proof);

#endif
