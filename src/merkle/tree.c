#include "merkle/tree.h"

#include "base/check.h"
#include "crypto/hash.h"

#include <assert.h>

static_assert(sizeof(struct hash) == SHA256_BYTES);

void merkle_leaf(str data, struct hash *out)
{
    static const uint8_t prefix = 0x00;
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, &prefix, sizeof prefix);
    sha256_add(&h, data.p, data.n);
    sha256_end(&h, out->b);
}

void merkle_node(const struct hash *left, const struct hash *right,
                 struct hash *out)
{
    uint8_t bytes[1 + 2 * SHA256_BYTES] = { 0x01 };

    /* Copied before `out` is written: it may be one of the two. */
    memcpy(bytes + 1, left->b, SHA256_BYTES);
    memcpy(bytes + 1 + SHA256_BYTES, right->b, SHA256_BYTES);
    sha256(bytes, sizeof bytes, out->b);
}

void merkle_empty(struct hash *out)
{
    sha256(NULL, 0, out->b);
}

size_t merkle_append(struct merkle_edge *edge, const struct hash *leaf,
                     struct hash *made)
{
    struct hash node = *leaf;
    size_t level = 0;

    check(edge->size < MERKLE_SIZE_MAX);
    made[0] = node;
    /* Adding one carries over the low bits that are set, as in a counter. */
    for (; (edge->size >> level & 1) != 0; level++) {
        merkle_node(&edge->nodes[level], &node, &node);
        made[level + 1] = node;
    }
    edge->nodes[level] = node;
    edge->size++;
    return level + 1;
}

void merkle_edge_root(const struct merkle_edge *edge, struct hash *out)
{
    struct hash root;
    bool any = false;

    check(edge->size <= MERKLE_SIZE_MAX);
    merkle_empty(&root);
    /* From the smallest subtree, which stands rightmost, to the largest. */
    for (size_t level = 0; level < MERKLE_LEVELS; level++) {
        if ((edge->size >> level & 1) == 0)
            continue;
        if (any)
            merkle_node(&edge->nodes[level], &root, &root);
        else
            root = edge->nodes[level];
        any = true;
    }
    *out = root;
}

void merkle_root(const struct hash *leaves, size_t n, struct hash *out)
{
    struct merkle_edge edge;
    struct hash made[MERKLE_LEVELS];

    edge.size = 0;
    for (size_t i = 0; i < n; i++)
        (void)merkle_append(&edge, &leaves[i], made);
    merkle_edge_root(&edge, out);
}
