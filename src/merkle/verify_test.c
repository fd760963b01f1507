#include "merkle/proof.h"

#include "base/test.h"
#include "merkle/test_tree.h"

/* What a check of an entry is given. */
struct claim {
    uint64_t index;
    uint64_t size;
    struct hash leaf;
    struct merkle_proof proof;
    struct hash root;
};

static bool holds(const struct claim *c)
{
    return merkle_inclusion_holds(c->index, c->size, &c->leaf, &c->proof,
                                  &c->root);
}

static struct claim claim_of(const struct test_tree *t, uint64_t index,
                             uint64_t size)
{
    struct claim c = { .index = index, .size = size };

    c.leaf = t->levels[0][index];
    EXPECT_OK(merkle_inclusion(&t->source, index, size, &c.proof));
    EXPECT_OK(merkle_root_read(&t->source, size, &c.root));
    EXPECT(holds(&c));
    return c;
}

/* With any one bit of the hash changed, the claim does not hold. */
static void expect_bit_matters(struct claim *c, struct hash *h,
                               struct test_random *r)
{
    uint64_t bit = test_random_below(r, 256);

    h->b[bit / 8] ^= (uint8_t)(1 << bit % 8);
    EXPECT(!holds(c));
    h->b[bit / 8] ^= (uint8_t)(1 << bit % 8);
}

static void expect_hashes_matter(struct claim c, struct test_random *r)
{
    expect_bit_matters(&c, &c.leaf, r);
    expect_bit_matters(&c, &c.root, r);
    for (size_t i = 0; i < c.proof.n; i++)
        expect_bit_matters(&c, &c.proof.hashes[i], r);

    c.proof.n++;
    EXPECT(!holds(&c));
    c.proof.n--;
    if (c.proof.n > 0) {
        c.proof.n--;
        EXPECT(!holds(&c));
    }
}

TEST(no_hash_of_an_inclusion_proof_can_be_changed_added_or_left_out)
{
    enum { MOST = 130 };
    TEST_ARENA(a, 1 << 20);
    struct test_random r = { TEST_SEED };
    struct test_tree t;

    test_tree_init(&t, &a, MOST);
    test_tree_grow(&t, MOST);
    for (uint64_t size = 1; size <= MOST; size++) {
        for (uint64_t i = 0; i < size; i++)
            expect_hashes_matter(claim_of(&t, i, size), &r);
    }
}

/* [MP3] In the same tree no other index holds; another size does only where
 * the path looks the same. */
static void expect_places_matter(const struct test_tree *t, struct claim was,
                                 uint64_t most)
{
    char old_shape[TEST_SHAPE];
    char shape[TEST_SHAPE];
    str want = test_path_shape(was.size, was.index, old_shape);
    struct claim c = was;

    for (c.index = 0; c.index <= was.size + 1; c.index++)
        EXPECT(holds(&c) == (c.index == was.index));
    c.index = was.index;
    for (c.size = 0; c.size <= most; c.size++) {
        bool same = c.size > c.index &&
                    str_eq(test_path_shape(c.size, c.index, shape), want);
        EXPECT(holds(&c) == same);
    }

    /* The root that goes with the size tells them apart. */
    for (c.size = 1; c.size <= most; c.size++) {
        EXPECT_OK(merkle_root_read(&t->source, c.size, &c.root));
        EXPECT(holds(&c) == (c.size == was.size));
    }
}

TEST(an_inclusion_proof_is_for_its_index_only_and_its_size_by_the_root)
{
    enum { MOST = 40 };
    TEST_ARENA(a, 1 << 20);
    struct test_tree t;

    test_tree_init(&t, &a, MOST);
    test_tree_grow(&t, MOST);
    for (uint64_t size = 1; size <= MOST; size++) {
        for (uint64_t i = 0; i < size; i++)
            expect_places_matter(&t, claim_of(&t, i, size), MOST);
    }
}

TEST(an_inclusion_proof_out_of_range_does_not_hold)
{
    TEST_ARENA(a, 1 << 20);
    struct test_tree t;

    test_tree_init(&t, &a, 8);
    test_tree_grow(&t, 8);
    struct claim c = claim_of(&t, 0, 1);

    c.size = 0;
    EXPECT(!holds(&c));
    c.index = 1;
    c.size = 1;
    EXPECT(!holds(&c));
    c.index = UINT64_MAX;
    c.size = UINT64_MAX;
    EXPECT(!holds(&c));
    c.index = 0;
    EXPECT(!holds(&c));
    c = claim_of(&t, 3, 8);
    c.proof.n = MERKLE_PROOF_MAX + 1;
    EXPECT(!holds(&c));
    c.proof.n = SIZE_MAX;
    EXPECT(!holds(&c));
}

TEST(the_largest_size_holds_and_one_more_does_not)
{
    struct test_huge t;
    struct claim c = { .index = 5, .size = MERKLE_SIZE_MAX };

    test_huge_init(&t);
    c.leaf = t.levels[0];
    EXPECT_OK(merkle_inclusion(&t.source, c.index, c.size, &c.proof));
    EXPECT_OK(merkle_root_read(&t.source, c.size, &c.root));
    EXPECT(holds(&c));
    c.size++;
    EXPECT(!holds(&c));
}

/* What a check of two trees is given. */
struct growth {
    uint64_t old_size;
    uint64_t size;
    struct hash old_root;
    struct hash root;
    struct merkle_proof proof;
};

static bool grows(const struct growth *g)
{
    return merkle_consistency_holds(g->old_size, g->size, &g->old_root,
                                    &g->root, &g->proof);
}

static struct growth growth_of(const struct test_tree *t, uint64_t old_size,
                               uint64_t size)
{
    struct growth g = { .old_size = old_size, .size = size };

    EXPECT_OK(merkle_root_read(&t->source, old_size, &g.old_root));
    EXPECT_OK(merkle_root_read(&t->source, size, &g.root));
    EXPECT_OK(merkle_consistency(&t->source, old_size, size, &g.proof));
    EXPECT(grows(&g));
    return g;
}

static void expect_bit_matters_to(struct growth *g, struct hash *h,
                                  struct test_random *r)
{
    uint64_t bit = test_random_below(r, 256);

    h->b[bit / 8] ^= (uint8_t)(1 << bit % 8);
    EXPECT(!grows(g));
    h->b[bit / 8] ^= (uint8_t)(1 << bit % 8);
}

static void expect_growth_is_tight(struct growth g, struct test_random *r)
{
    expect_bit_matters_to(&g, &g.old_root, r);
    /* Every tree continues the empty one, whatever its root. */
    if (g.old_size > 0)
        expect_bit_matters_to(&g, &g.root, r);
    for (size_t i = 0; i < g.proof.n; i++)
        expect_bit_matters_to(&g, &g.proof.hashes[i], r);

    g.proof.n++;
    EXPECT(!grows(&g));
    g.proof.n--;
    if (g.proof.n > 0) {
        g.proof.n--;
        EXPECT(!grows(&g));
    }
}

TEST(no_hash_of_a_consistency_proof_can_be_changed_added_or_left_out)
{
    enum { MOST = 130 };
    TEST_ARENA(a, 1 << 20);
    struct test_random r = { TEST_SEED };
    struct test_tree t;

    test_tree_init(&t, &a, MOST);
    test_tree_grow(&t, MOST);
    for (uint64_t size = 0; size <= MOST; size++) {
        for (uint64_t old = 0; old <= size; old++)
            expect_growth_is_tight(growth_of(&t, old, size), &r);
    }
}

/* Whether a proof for `was` is one for the sizes of `g` too [MP3]. */
static bool looks_the_same(const struct growth *was, const struct growth *g)
{
    char one[TEST_SHAPE];
    char other[TEST_SHAPE];

    if (g->old_size > g->size)
        return false;
    /* From anything to itself takes no proof, but the same root twice. */
    if (g->old_size == g->size && g->size > 0)
        return was->old_size == was->size;
    /* Nor does nothing to anything; its root is known. */
    if (g->old_size == 0)
        return was->old_size == 0 && (g->size > 0 || was->size == 0);
    if (was->old_size == 0 || was->old_size == was->size)
        return false;
    return str_eq(test_subproof_shape(was->size, was->old_size, one),
                  test_subproof_shape(g->size, g->old_size, other));
}

static void expect_only_its_shape(struct growth was, uint64_t most)
{
    struct growth g = was;

    for (g.old_size = 0; g.old_size <= most; g.old_size++) {
        for (g.size = 0; g.size <= most; g.size++)
            EXPECT(grows(&g) == looks_the_same(&was, &g));
    }
}

TEST(a_consistency_proof_is_for_sizes_of_its_shape_only)
{
    enum { MOST = 20 };
    TEST_ARENA(a, 1 << 20);
    struct test_tree t;

    test_tree_init(&t, &a, MOST);
    test_tree_grow(&t, MOST);
    for (uint64_t size = 0; size <= MOST; size++) {
        for (uint64_t old = 0; old <= size; old++)
            expect_only_its_shape(growth_of(&t, old, size), MOST);
    }
}

/* A log that rewrote one entry cannot prove that it grew. */
TEST(a_tree_with_another_past_does_not_continue_it)
{
    TEST_ARENA(a, 1 << 20);
    struct test_tree t;
    struct merkle_edge edge = { 0 };
    struct hash made[MERKLE_LEVELS];
    struct hash leaf;

    test_tree_init(&t, &a, 20);
    test_tree_grow(&t, 20);
    for (size_t i = 0; i < 20; i++) {
        merkle_leaf(S("another"), &leaf);
        (void)merkle_append(&edge, i == 3 ? &leaf : &t.levels[0][i], made);
    }
    struct growth g = growth_of(&t, 7, 20);
    merkle_edge_root(&edge, &g.root);
    EXPECT(!grows(&g));
}

TEST(a_consistency_proof_out_of_range_does_not_hold)
{
    TEST_ARENA(a, 1 << 20);
    struct test_tree t;

    test_tree_init(&t, &a, 8);
    test_tree_grow(&t, 8);
    struct growth g = growth_of(&t, 3, 7);

    g.old_size = 8;
    EXPECT(!grows(&g));
    g.old_size = 3;
    g.size = UINT64_MAX;
    EXPECT(!grows(&g));
    g.size = 7;
    g.proof.n = MERKLE_PROOF_MAX + 1;
    EXPECT(!grows(&g));
    g.proof.n = SIZE_MAX;
    EXPECT(!grows(&g));
    g = growth_of(&t, 8, 8);
    g.old_size = MERKLE_SIZE_MAX + 1;
    g.size = MERKLE_SIZE_MAX + 1;
    EXPECT(!grows(&g));
    g.old_size = MERKLE_SIZE_MAX;
    g.size = MERKLE_SIZE_MAX;
    EXPECT(grows(&g));
}

/* [MP2] Random bytes end in an answer, and that is no. */
TEST(random_proofs_do_not_hold)
{
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 2000; i++) {
        struct claim c;
        struct growth g;

        test_random_bytes(&r, &c, sizeof c);
        c.size >>= i % 64;
        c.index >>= i % 61;
        c.proof.n %= MERKLE_PROOF_MAX + 2;
        EXPECT(!holds(&c));

        test_random_bytes(&r, &g, sizeof g);
        g.size >>= i % 64;
        g.old_size >>= i % 61;
        g.proof.n %= MERKLE_PROOF_MAX + 2;
        EXPECT(!grows(&g));
    }
}
