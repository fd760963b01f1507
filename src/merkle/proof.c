/*
 * Making proofs.  The recursive definitions of the RFC become walks from the
 * root of leaves [from, to) down: at each step one half is left aside, and its
 * hash is what the proof holds.
 */

#include "merkle/proof.h"

#include "base/check.h"

/* Leaves [from, to), from < to, that form one tree of their own. */
struct range {
    uint64_t from;
    uint64_t to;
};

/* The level of the largest whole subtree of n leaves, n > 0. */
static unsigned top_level(uint64_t n)
{
    return 63 - (unsigned)__builtin_clzll(n);
}

/* Where a range of more than one leaf is split [MK2]. */
static uint64_t split(struct range r)
{
    return r.from + (UINT64_C(1) << top_level(r.to - r.from - 1));
}

/* The edge of a range, which begins at a multiple of its largest subtree. */
static err read_edge(const struct merkle_source *s, struct range r,
                     struct merkle_edge *out)
{
    out->size = r.to - r.from;
    while (r.from < r.to) {
        unsigned level = top_level(r.to - r.from);

        TRY(s->node(s, level, r.from >> level, &out->nodes[level]));
        r.from += UINT64_C(1) << level;
    }
    return OK;
}

err merkle_edge_read(const struct merkle_source *s, uint64_t size,
                     struct merkle_edge *out)
{
    struct merkle_edge edge = { 0 };

    check(size <= MERKLE_SIZE_MAX);
    TRY(read_edge(s, (struct range){ 0, size }, &edge));
    *out = edge;
    return OK;
}

static err read_root(const struct merkle_source *s, struct range r,
                     struct hash *out)
{
    struct merkle_edge edge = { 0 };

    TRY(read_edge(s, r, &edge));
    merkle_edge_root(&edge, out);
    return OK;
}

err merkle_root_read(const struct merkle_source *s, uint64_t size,
                     struct hash *out)
{
    check(size <= MERKLE_SIZE_MAX);
    return read_root(s, (struct range){ 0, size }, out);
}

/* The ranges a proof is made of, from the root down. */
struct walk {
    size_t n;
    struct range aside[MERKLE_PROOF_MAX];
};

/* Go down into the half of *r that holds leaf `at`, and put the other aside. */
static void step(struct walk *w, struct range *r, uint64_t at)
{
    uint64_t middle = split(*r);
    struct range left = { r->from, middle };
    struct range right = { middle, r->to };

    check(w->n < MERKLE_PROOF_MAX);
    w->aside[w->n++] = at < middle ? right : left;
    *r = at < middle ? left : right;
}

/* The hashes of what was put aside, from the bottom up. */
static err finish(const struct merkle_source *s, const struct walk *w,
                  struct merkle_proof *out)
{
    struct merkle_proof proof = { .n = w->n };

    for (size_t i = 0; i < w->n; i++)
        TRY(read_root(s, w->aside[w->n - 1 - i], &proof.hashes[i]));
    *out = proof;
    return OK;
}

err merkle_inclusion(const struct merkle_source *s, uint64_t index,
                     uint64_t size, struct merkle_proof *out)
{
    struct range r = { 0, size };
    struct walk w = { .n = 0 };

    check(index < size && size <= MERKLE_SIZE_MAX);
    while (r.to - r.from > 1)
        step(&w, &r, index);
    return finish(s, &w, out);
}

err merkle_consistency(const struct merkle_source *s, uint64_t old_size,
                       uint64_t size, struct merkle_proof *out)
{
    struct range r = { 0, size };
    struct walk w = { .n = 0 };

    check(old_size <= size && size <= MERKLE_SIZE_MAX);
    if (old_size == 0)
        return finish(s, &w, out);

    /* Down to the subtree at which the old tree ended. */
    while (r.to != old_size)
        step(&w, &r, old_size - 1);
    /* Whoever checks has its hash already if it is the whole old tree. */
    if (r.from > 0)
        w.aside[w.n++] = r;
    return finish(s, &w, out);
}
