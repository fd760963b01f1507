#ifndef MERKLE_MAP_H
#define MERKLE_MAP_H

/*
 * map -- a Merkle map: one hash stands for all pairs of key and value, and it
 * can be proved of any key what its value is, or that it has none.  So a
 * register proves that these are all certificates of an enterprise.
 *
 * It is a trie over the bits of the keys, most significant first, in which a
 * subtree of one pair is that pair, however deep it stands (as the sparse trees
 * of key transparency have it: RFC 6962 gives the domain separation, the
 * collapsed subtrees are those of Dahlberg, Pulls and Peeters, "Efficient
 * Sparse Merkle Trees", 2016).
 *
 *     root = subtree of all pairs at depth 0
 *     subtree of no pair     = 32 bytes of zero
 *     subtree of one pair    = SHA-256(0x02 || key || value)
 *     subtree of more pairs  = SHA-256(0x03 || left || right), left holding the
 *                              pairs whose key has bit `depth` clear
 *
 *   [MM1] A set of pairs has exactly one root, whatever order they came in.
 *   [MM2] Whoever made the root, nobody has proofs of two claims about one key
 *         in it: where one ends, the other would need a node that is a pair and
 *         a subtree at once.
 *   [MM3] The prefixes are not those of tree.h: no node of a log is one of a
 *         map.
 *
 * Pure, as everything in this room.
 */

#include "base/err.h"
#include "base/hash.h"

enum { MAP_DEPTH_MAX = 256 }; /* bits of a key */

/* Pairs are sorted by key, bytewise, and no key stands twice. */
struct map_pair {
    struct hash key; /* of what is looked up: SHA-256 of a USCC */
    struct hash value;
};

/* The root of the subtree at `depth`, 0..MAP_DEPTH_MAX, of n sorted pairs that
 * agree in their first `depth` bits.  `pairs` may be NULL when n is 0. */
void map_root(const struct map_pair *pairs, size_t n, unsigned depth,
              struct hash *out);

/* The node over two subtrees at one depth; the same as map_root() only where at
 * least two pairs lie below it. */
void map_node(const struct hash *left, const struct hash *right,
              struct hash *out);

/* The hash of one pair, wherever it stands. */
void map_leaf(const struct map_pair *pair, struct hash *out);

/* What to keep of a subtree by somebody who does not keep its pairs together:
 * its root, and whether that is a node at all. */
struct map_part {
    struct hash root;
    unsigned pairs; /* 0, 1, or 2: more than one */
};

/* The part of sorted pairs, as map_root(); and of two halves at one depth. */
void map_part_of(const struct map_pair *pairs, size_t n, unsigned depth,
                 struct map_part *out);
void map_join(const struct map_part *left, const struct map_part *right,
              struct map_part *out);

/*
 * What proves of a key what its value is.  Going down from the root along the
 * bits of the key one comes to a place where at most one pair is left:
 *
 *     `key` itself      -- its value is proved
 *     another pair      -- `key` has none, or it would stand beside that one
 *     nothing           -- `key` has none
 */
struct map_proof {
    unsigned n;                       /* how deep that place is, 0..256 */
    struct hash aside[MAP_DEPTH_MAX]; /* the other half at each depth, from the
                                         root down; [0, n) */
    bool other;                       /* another pair stands there .. */
    struct map_pair there;            /* .. this one */
};

/*
 * The proof of `key` within the subtree at `depth` of n sorted pairs; its first
 * hash is of depth `depth`.  Whoever keeps the upper levels by themselves puts
 * their halves in front (map_proof_above()).
 */
void map_prove(const struct map_pair *pairs, size_t n, unsigned depth,
               const struct hash *key, struct map_proof *out);

/* Put the halves beside the way from the root down to depth n in front of a
 * proof that begins there; at most MAP_DEPTH_MAX together. */
void map_proof_above(struct map_proof *p, const struct hash *aside, unsigned n);

/* Does the proof hold that `key` has this value (NULL: none) in the map of
 * `root`?  A proof from anywhere may be given: n is looked at. */
bool map_proof_holds(const struct hash *root, const struct hash *key,
                     const struct hash *value, const struct map_proof *p);

#endif
