/*
 * Nodes lie in BOOK_MAP under four bytes, most significant first: 1 is the
 * root, 2n and 2n + 1 are the halves of n, so that the parts of HOLDERS_DEPTH
 * bits are HOLDERS_PARTS and what follows it.  A node that holds no pair is
 * left away.
 */

#include "register/holders.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "crypto/hash.h"

#include <assert.h>

enum {
    NODE_KEY = 4,
    NODE_BYTES = 33, /* its pairs, 1 or 2; its root */
    PART_ARENA = 64 << 20,
};

void holders_key(str uscc, struct hash *out)
{
    sha256(uscc.p, uscc.n, out->b);
}

/* The first `depth` bits of a key, as a number. */
static uint32_t prefix_of(const struct hash *key, unsigned depth)
{
    uint32_t first = (uint32_t)key->b[0] << 8 | key->b[1];

    static_assert(HOLDERS_DEPTH == 16);
    return first >> (HOLDERS_DEPTH - depth);
}

static str str_of_hash(const struct hash *h)
{
    return (str){ (const char *)h->b, sizeof h->b };
}

/* --- the nodes that are kept --------------------------------------------- */

static str node_key(uint32_t number, char room[static NODE_KEY])
{
    for (int i = NODE_KEY; i-- > 0; number >>= 8)
        room[i] = (char)(uint8_t)number;
    return (str){ room, NODE_KEY };
}

static err broken(struct arena *a, uint32_t number)
{
    return err_new(a, ERR_CORRUPT, "register.map", ARG_INT("node", number));
}

static err node_get(const struct book_reader *r, struct arena *a,
                    uint32_t number, struct map_part *out)
{
    char room[NODE_KEY];
    bool found;
    str bytes;

    TRY(book_get(r, a, BOOK_MAP, node_key(number, room), &bytes, &found));
    *out = (struct map_part){ 0 };
    if (!found)
        return OK;
    if (bytes.n != NODE_BYTES || (bytes.p[0] != 1 && bytes.p[0] != 2))
        return broken(a, number);
    out->pairs = (unsigned)bytes.p[0];
    memcpy(out->root.b, bytes.p + 1, sizeof out->root.b);
    return OK;
}

static err node_put(struct book_writer *w, struct arena *a, uint32_t number,
                    const struct map_part *part)
{
    char room[NODE_KEY];
    char bytes[NODE_BYTES];

    if (part->pairs == 0)
        return book_drop(w, a, BOOK_MAP, node_key(number, room));
    bytes[0] = (char)part->pairs;
    memcpy(bytes + 1, part->root.b, sizeof part->root.b);
    return book_put(w, a, BOOK_MAP, node_key(number, room),
                    (str){ bytes, sizeof bytes });
}

/* --- pairs, out of the holders ------------------------------------------- */

/* Those whose keys begin with `prefix` of `depth` bits, in a buf. */
struct gathering {
    struct buf pairs;
    uint32_t prefix;
    unsigned depth;
    bool strange; /* a key that is none */
};

static bool gather_one(void *context, str key, str said)
{
    struct gathering *g = context;
    struct map_pair pair;

    if (key.n != sizeof pair.key.b) {
        g->strange = true;
        return false;
    }
    memcpy(pair.key.b, key.p, key.n);
    if (prefix_of(&pair.key, g->depth) != g->prefix)
        return false;
    sha256(said.p, said.n, pair.value.b);
    buf_str(&g->pairs, (str){ (const char *)&pair, sizeof pair });
    return !failed(g->pairs.first);
}

/* *pairs lie in `own`. */
static err gather(const struct book_reader *r, struct arena *own,
                  uint32_t prefix, unsigned depth,
                  const struct map_pair **pairs, size_t *n)
{
    struct gathering g = { .prefix = prefix, .depth = depth };
    struct hash from = { 0 };
    uint32_t first = prefix << (HOLDERS_DEPTH - depth);
    str bytes;

    from.b[0] = (uint8_t)(first >> 8);
    from.b[1] = (uint8_t)first;
    buf_init(&g.pairs, own, PART_ARENA);
    TRY(book_walk(r, own, BOOK_HOLDERS, str_of_hash(&from), gather_one, &g));
    TRY(buf_done(&g.pairs, &bytes));
    if (g.strange)
        return broken(own, (1U << depth) + prefix);
    static_assert(_Alignof(struct map_pair) == 1);
    *pairs = (const void *)bytes.p;
    *n = bytes.n / sizeof **pairs;
    return OK;
}

static err part_of(const struct book_reader *r, struct heap *h, struct arena *a,
                   uint32_t part, struct map_part *out)
{
    scoped(arena_end) struct arena own;
    const struct map_pair *pairs = NULL;
    size_t n = 0;

    arena_init(&own, h, PART_ARENA);
    TRY(err_keep(a, gather(r, &own, part, HOLDERS_DEPTH, &pairs, &n)));
    map_part_of(pairs, n, HOLDERS_DEPTH, out);
    return OK;
}

/* --- changing ---------------------------------------------------------------
 */

err holders_put(struct holders_change *c, struct arena *a,
                const struct hash *key, str said)
{
    uint32_t part = prefix_of(key, HOLDERS_DEPTH);

    c->touched[part / 64] |= UINT64_C(1) << part % 64;
    if (said.n == 0)
        return book_drop(c->writer, a, BOOK_HOLDERS, str_of_hash(key));
    return book_put(c->writer, a, BOOK_HOLDERS, str_of_hash(key), said);
}

static bool is_touched(const struct holders_change *c, uint32_t part)
{
    return (c->touched[part / 64] >> part % 64 & 1) != 0;
}

static err settle_parts(const struct holders_change *c, struct heap *h,
                        struct arena *a)
{
    for (uint32_t part = 0; part < HOLDERS_PARTS; part++) {
        struct map_part p;

        if (!is_touched(c, part))
            continue;
        TRY(part_of(book_writing(c->writer), h, a, part, &p));
        TRY(node_put(c->writer, a, HOLDERS_PARTS + part, &p));
    }
    return OK;
}

static err join(const struct book_reader *r, struct arena *a, uint32_t number,
                struct map_part *out)
{
    struct map_part left;
    struct map_part right;

    TRY(node_get(r, a, 2 * number, &left));
    TRY(node_get(r, a, 2 * number + 1, &right));
    map_join(&left, &right, out);
    return OK;
}

/* The parts that were touched become those of one bit less. */
static void lift(struct holders_change *c, uint32_t parts)
{
    for (uint32_t part = 0; part < parts; part++) {
        uint64_t bit = is_touched(c, 2 * part) || is_touched(c, 2 * part + 1);

        c->touched[part / 64] &= ~(UINT64_C(1) << part % 64);
        c->touched[part / 64] |= bit << part % 64;
    }
}

static err settle_level(struct holders_change *c, struct arena *a,
                        uint32_t parts)
{
    lift(c, parts);
    for (uint32_t part = 0; part < parts; part++) {
        struct map_part p;

        if (!is_touched(c, part))
            continue;
        TRY(join(book_writing(c->writer), a, parts + part, &p));
        TRY(node_put(c->writer, a, parts + part, &p));
    }
    return OK;
}

err holders_settle(struct holders_change *c, struct heap *h, struct arena *a)
{
    TRY(settle_parts(c, h, a));
    for (uint32_t parts = HOLDERS_PARTS / 2; parts > 0; parts /= 2)
        TRY(settle_level(c, a, parts));
    memset(c->touched, 0, sizeof c->touched);
    return OK;
}

/* --- proving ----------------------------------------------------------------
 */

err holders_root(const struct book_reader *r, struct arena *a, struct hash *out)
{
    struct map_part root;

    TRY(node_get(r, a, 1, &root));
    *out = root.root;
    return OK;
}

err holders_part(const struct book_reader *r, struct arena *a, unsigned depth,
                 uint32_t prefix, struct map_part *out)
{
    check(depth <= HOLDERS_DEPTH && prefix < 1U << depth);
    return node_get(r, a, (1U << depth) + prefix, out);
}

/* Down through what is kept, as long as more than one pair is below. */
static err go_down(const struct book_reader *r, struct arena *a,
                   const struct hash *key, unsigned *depth,
                   struct hash aside[static HOLDERS_DEPTH])
{
    struct map_part at;

    TRY(node_get(r, a, 1, &at));
    for (*depth = 0; *depth < HOLDERS_DEPTH && at.pairs > 1; ++*depth) {
        uint32_t next = (2U << *depth) + prefix_of(key, *depth + 1);
        struct map_part other;

        TRY(node_get(r, a, next, &at));
        TRY(node_get(r, a, next ^ 1, &other));
        aside[*depth] = other.root;
    }
    return OK;
}

static err prove_below(const struct book_reader *r, struct heap *h,
                       struct arena *a, const struct hash *key, unsigned depth,
                       struct map_proof *out)
{
    scoped(arena_end) struct arena own;
    const struct map_pair *pairs = NULL;
    size_t n = 0;

    arena_init(&own, h, PART_ARENA);
    TRY(err_keep(a, gather(r, &own, prefix_of(key, depth), depth, &pairs, &n)));
    if (depth < HOLDERS_DEPTH && n > 1)
        return broken(a, (1U << depth) + prefix_of(key, depth));
    map_prove(pairs, n, depth, key, out);
    return OK;
}

err holders_prove(const struct book_reader *r, struct heap *h, struct arena *a,
                  const struct hash *key, str *said, struct map_proof *out)
{
    struct hash aside[HOLDERS_DEPTH];
    unsigned depth;
    bool found;

    *said = S("");
    TRY(book_get(r, a, BOOK_HOLDERS, str_of_hash(key), said, &found));
    TRY(go_down(r, a, key, &depth, aside));
    TRY(prove_below(r, h, a, key, depth, out));
    map_proof_above(out, aside, depth);
    return OK;
}

/* --- checking ---------------------------------------------------------------
 */

static err expect_node(const struct book_reader *r, struct arena *a,
                       uint32_t number, const struct map_part *want)
{
    struct map_part is;

    TRY(node_get(r, a, number, &is));
    return is.pairs == want->pairs && hash_eq(&is.root, &want->root)
               ? OK
               : broken(a, number);
}

err holders_check(const struct book_reader *r, struct heap *h, struct arena *a)
{
    struct map_part p;

    for (uint32_t part = 0; part < HOLDERS_PARTS; part++) {
        TRY(part_of(r, h, a, part, &p));
        TRY(expect_node(r, a, HOLDERS_PARTS + part, &p));
    }
    for (uint32_t number = HOLDERS_PARTS; number-- > 1;) {
        TRY(join(r, a, number, &p));
        TRY(expect_node(r, a, number, &p));
    }
    return OK;
}
