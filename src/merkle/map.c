/*
 * The trie of map.h.  Pairs are sorted, so a subtree is a range of them, and
 * where it splits is found by halving.
 */

#include "merkle/map.h"

#include "base/check.h"
#include "crypto/hash.h"

enum { LEAF = 0x02, NODE = 0x03 };

static const struct hash nothing; /* the subtree of no pair */

static void hash_two(uint8_t prefix, const struct hash *a, const struct hash *b,
                     struct hash *out)
{
    uint8_t bytes[1 + 2 * SHA256_BYTES] = { prefix };

    /* Copied before `out` is written: it may be one of the two. */
    memcpy(bytes + 1, a->b, SHA256_BYTES);
    memcpy(bytes + 1 + SHA256_BYTES, b->b, SHA256_BYTES);
    sha256(bytes, sizeof bytes, out->b);
}

void map_leaf(const struct map_pair *pair, struct hash *out)
{
    hash_two(LEAF, &pair->key, &pair->value, out);
}

void map_node(const struct hash *left, const struct hash *right,
              struct hash *out)
{
    hash_two(NODE, left, right, out);
}

/* Bit `depth` of a key, 0 being the most significant of its first byte. */
static bool bit(const struct hash *key, unsigned depth)
{
    return (key->b[depth / 8] >> (7 - depth % 8) & 1) != 0;
}

/* How many of the sorted pairs go left at `depth`. */
static size_t split(const struct map_pair *pairs, size_t n, unsigned depth)
{
    size_t from = 0;

    check(depth < MAP_DEPTH_MAX);
    while (from < n) {
        size_t middle = from + (n - from) / 2;

        if (bit(&pairs[middle].key, depth))
            n = middle;
        else
            from = middle + 1;
    }
    return from;
}

/* Deeper by one call for each bit in which keys agree: for hashes some dozens,
 * and never more than they have bits. */
void map_root(const struct map_pair *pairs, size_t n, unsigned depth,
              struct hash *out)
{
    struct hash left;
    struct hash right;

    if (n == 0) {
        *out = nothing;
        return;
    }
    if (n == 1) {
        map_leaf(pairs, out);
        return;
    }
    size_t middle = split(pairs, n, depth);
    map_root(pairs, middle, depth + 1, &left);
    map_root(pairs + middle, n - middle, depth + 1, &right);
    map_node(&left, &right, out);
}

void map_part_of(const struct map_pair *pairs, size_t n, unsigned depth,
                 struct map_part *out)
{
    map_root(pairs, n, depth, &out->root);
    out->pairs = n < 2 ? (unsigned)n : 2;
}

void map_join(const struct map_part *left, const struct map_part *right,
              struct map_part *out)
{
    unsigned pairs = left->pairs + right->pairs;

    if (pairs < 2) { /* the pair itself, or nothing */
        *out = left->pairs > 0 ? *left : *right;
        return;
    }
    map_node(&left->root, &right->root, &out->root);
    out->pairs = 2;
}

void map_prove(const struct map_pair *pairs, size_t n, unsigned depth,
               const struct hash *key, struct map_proof *out)
{
    out->n = 0;
    for (; n > 1; depth++) {
        size_t middle = split(pairs, n, depth);
        bool right = bit(key, depth);

        if (right)
            map_root(pairs, middle, depth + 1, &out->aside[out->n]);
        else
            map_root(pairs + middle, n - middle, depth + 1,
                     &out->aside[out->n]);
        pairs += right ? middle : 0;
        n = right ? n - middle : middle;
        out->n++;
    }
    out->other = n == 1 && !hash_eq(&pairs->key, key);
    out->there = out->other ? *pairs : (struct map_pair){ 0 };
}

void map_proof_above(struct map_proof *p, const struct hash *aside, unsigned n)
{
    check(p->n <= MAP_DEPTH_MAX - n && n <= MAP_DEPTH_MAX);
    memmove(p->aside + n, p->aside, p->n * sizeof *p->aside);
    memcpy(p->aside, aside, n * sizeof *p->aside);
    p->n += n;
}

/* Do both keys take the same way down to `depth`? */
static bool agree(const struct hash *a, const struct hash *b, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++) {
        if (bit(a, i) != bit(b, i))
            return false;
    }
    return true;
}

/* What stands at the end of the way, when the claim is true; false when proof
 * and claim cannot both be. */
static bool bottom(const struct hash *key, const struct hash *value,
                   const struct map_proof *p, struct hash *out)
{
    *out = nothing;
    if (value != NULL) {
        const struct map_pair pair = { *key, *value };

        map_leaf(&pair, out);
        return !p->other;
    }
    if (!p->other)
        return true;
    map_leaf(&p->there, out);
    return !hash_eq(&p->there.key, key) && agree(&p->there.key, key, p->n);
}

bool map_proof_holds(const struct hash *root, const struct hash *key,
                     const struct hash *value, const struct map_proof *p)
{
    struct hash node;

    if (p->n > MAP_DEPTH_MAX || !bottom(key, value, p, &node))
        return false;
    for (unsigned depth = p->n; depth-- > 0;) {
        if (bit(key, depth))
            map_node(&p->aside[depth], &node, &node);
        else
            map_node(&node, &p->aside[depth], &node);
    }
    return hash_eq(root, &node);
}
