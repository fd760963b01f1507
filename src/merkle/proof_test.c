#include "merkle/proof.h"

#include "base/size.h"
#include "base/test.h"
#include "merkle/test_tree.h"

static bool same_proof(const struct merkle_proof *a,
                       const struct merkle_proof *b)
{
    return a->n == b->n &&
           memcmp(a->hashes, b->hashes, a->n * sizeof *a->hashes) == 0;
}

static void expect_inclusion(const struct test_tree *t, uint64_t index,
                             uint64_t size)
{
    struct merkle_proof proof = { 0 };
    struct hash root;

    EXPECT_OK(merkle_root_read(&t->source, size, &root));
    EXPECT_OK(merkle_inclusion(&t->source, index, size, &proof));
    EXPECT(merkle_inclusion_holds(index, size, &t->levels[0][index], &proof,
                                  &root));
}

TEST(every_entry_of_every_small_tree_is_proved)
{
    enum { MOST = 300 };
    TEST_ARENA(a, 4 << 20);
    struct test_tree t;

    test_tree_init(&t, &a, MOST);
    test_tree_grow(&t, MOST);
    for (size_t size = 1; size <= MOST; size++) {
        for (size_t i = 0; i < size; i++)
            expect_inclusion(&t, i, size);
    }
}

static void expect_path(const struct test_tree *t, size_t index, size_t size)
{
    struct merkle_proof want = { 0 };
    struct merkle_proof got = { 0 };

    test_path(t->levels[0], size, index, &want);
    EXPECT_OK(merkle_inclusion(&t->source, index, size, &got));
    EXPECT(same_proof(&got, &want));
}

TEST(every_path_is_that_of_the_definition)
{
    enum { MOST = 80 };
    TEST_ARENA(a, 4 << 20);
    struct test_tree t;

    test_tree_init(&t, &a, MOST);
    test_tree_grow(&t, MOST);
    for (size_t size = 1; size <= MOST; size++) {
        for (size_t i = 0; i < size; i++)
            expect_path(&t, i, size);
    }
}

static void expect_consistency(const struct merkle_source *s, uint64_t old_size,
                               uint64_t size)
{
    struct merkle_proof proof = { 0 };
    struct hash old_root;
    struct hash root;

    EXPECT_OK(merkle_root_read(s, old_size, &old_root));
    EXPECT_OK(merkle_root_read(s, size, &root));
    EXPECT_OK(merkle_consistency(s, old_size, size, &proof));
    EXPECT(merkle_consistency_holds(old_size, size, &old_root, &root, &proof));
}

TEST(entries_around_the_ends_of_tiles_are_proved)
{
    static const size_t sizes[] = { 65534, 65535, 65536, 65537, 65538 };
    static const size_t indexes[] = { 0,     1,     254,   255,   256,
                                      257,   32767, 32768, 65279, 65280,
                                      65533, 65534, 65535, 65536, 65537 };
    TEST_ARENA(a, 8 << 20);
    struct test_tree t;

    test_tree_init(&t, &a, 65538);
    test_tree_grow(&t, 65538);
    for (size_t i = 0; i < COUNT(sizes) * COUNT(indexes); i++) {
        size_t size = sizes[i / COUNT(indexes)];
        size_t index = indexes[i % COUNT(indexes)];

        if (index < size)
            expect_inclusion(&t, index, size);
        if (index <= size)
            expect_consistency(&t.source, index, size);
    }
}

/* Every pair of sizes up to 130. */
TEST(every_small_tree_is_the_beginning_of_every_larger_one)
{
    enum { MOST = 130 };
    TEST_ARENA(a, 4 << 20);
    struct test_tree t;

    test_tree_init(&t, &a, MOST);
    test_tree_grow(&t, MOST);
    for (size_t size = 0; size <= MOST; size++) {
        for (size_t old = 0; old <= size; old++)
            expect_consistency(&t.source, old, size);
    }
}

static void expect_subproof(const struct test_tree *t, size_t old, size_t size)
{
    struct merkle_proof want = { 0 };
    struct merkle_proof got = { .n = 9 };

    test_subproof(t->levels[0], size, old, true, &want);
    EXPECT_OK(merkle_consistency(&t->source, old, size, &got));
    EXPECT(same_proof(&got, &want));
}

TEST(every_consistency_proof_is_that_of_the_definition)
{
    enum { MOST = 80 };
    TEST_ARENA(a, 4 << 20);
    struct test_tree t;

    test_tree_init(&t, &a, MOST);
    test_tree_grow(&t, MOST);
    for (size_t size = 1; size <= MOST; size++) {
        for (size_t old = 1; old <= size; old++)
            expect_subproof(&t, old, size);
    }
}

static void expect_huge(const struct test_huge *t, uint64_t index,
                        uint64_t size)
{
    struct merkle_proof proof = { 0 };
    struct hash root;

    EXPECT_OK(merkle_root_read(&t->source, size, &root));
    EXPECT_OK(merkle_inclusion(&t->source, index, size, &proof));
    EXPECT(proof.n <= 62);
    EXPECT(merkle_inclusion_holds(index, size, &t->levels[0], &proof, &root));
    expect_consistency(&t->source, index + 1, size);
}

TEST(trees_up_to_the_largest_are_proved)
{
    struct test_random r = { TEST_SEED };
    struct test_huge t;

    test_huge_init(&t);
    expect_huge(&t, 0, MERKLE_SIZE_MAX);
    expect_huge(&t, MERKLE_SIZE_MAX - 1, MERKLE_SIZE_MAX);
    expect_huge(&t, MERKLE_SIZE_MAX / 2, MERKLE_SIZE_MAX);
    expect_huge(&t, MERKLE_SIZE_MAX - 2, MERKLE_SIZE_MAX - 1);
    expect_huge(&t, MERKLE_SIZE_MAX / 2, MERKLE_SIZE_MAX / 2 + 1);
    expect_huge(&t, MERKLE_SIZE_MAX / 2 - 2, MERKLE_SIZE_MAX - 1);
    for (int i = 0; i < 500; i++) {
        uint64_t size = test_random_next(&r) >> (2 + i % 62);

        if (size > 0)
            expect_huge(&t, test_random_below(&r, size), size);
    }
}

/* The longest consistency proof: [MERKLE_PROOF_MAX] is not a hash too few. */
TEST(the_longest_proof_fits)
{
    struct test_huge t;
    struct merkle_proof proof;

    test_huge_init(&t);
    EXPECT_OK(merkle_consistency(&t.source, MERKLE_SIZE_MAX - 1,
                                 MERKLE_SIZE_MAX, &proof));
    EXPECT(proof.n == MERKLE_PROOF_MAX);
}

/* A source that fails at its n-th subtree. */
struct failing {
    struct merkle_source source;
    struct test_tree *tree;
    long *left;
    err failure;
};

static err read_failing(const struct merkle_source *s, unsigned level,
                        uint64_t index, struct hash *out)
{
    const struct failing *f = (const struct failing *)s;

    if (--*f->left < 0)
        return f->failure;
    return f->tree->source.node(&f->tree->source, level, index, out);
}

TEST(what_the_source_cannot_read_is_passed_on_and_changes_nothing)
{
    TEST_ARENA(a, 1 << 20);
    struct test_tree t;
    long failures = 0;

    test_tree_init(&t, &a, 100);
    test_tree_grow(&t, 100);
    for (long n = 0;; n++) {
        long left = n;
        struct failing f = {
            { read_failing }, &t, &left, err_new(&a, ERR_IO, "test.io")
        };
        struct merkle_proof proof = { .n = 77 };
        struct merkle_edge edge = { .size = 77 };
        struct hash root = { { 77 } };

        err e = merkle_inclusion(&f.source, 5, 99, &proof);
        bool bad = failed(e);
        EXPECT(!bad || (e.info->code == ERR_IO && proof.n == 77));
        left = n;
        e = merkle_consistency(&f.source, 5, 99, &proof);
        bad = bad || failed(e);
        left = n;
        e = merkle_edge_read(&f.source, 99, &edge);
        EXPECT(!failed(e) || edge.size == 77);
        left = n;
        e = merkle_root_read(&f.source, 99, &root);
        EXPECT(!failed(e) || root.b[0] == 77);
        failures += bad;
        if (!bad)
            break;
    }
    EXPECT(failures > 5);
}
