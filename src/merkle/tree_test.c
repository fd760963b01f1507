#include "merkle/tree.h"

#include "base/id.h"
#include "base/size.h"
#include "base/test.h"
#include "merkle/test_tree.h"

static void expect_hash(const char *row, const struct hash *got, str want)
{
    struct hash h;

    EXPECT_ROW(row, hex_parse(want, h.b, sizeof h.b));
    EXPECT_ROW(row, hash_eq(got, &h));
}

/* The eight leaves that the tests of Certificate Transparency use, and the
 * roots of their first 0 to 8. */
static const struct {
    const char *name;
    str leaf; /* hexadecimal; the one that is appended after the root */
    str root;
} vectors[] = {
    { "0", S_INIT(""),
      S_INIT("e3b0c44298fc1c149afbf4c8996fb924"
             "27ae41e4649b934ca495991b7852b855") },
    { "1", S_INIT("00"),
      S_INIT("6e340b9cffb37a989ca544e6bb780a2c"
             "78901d3fb33738768511a30617afa01d") },
    { "2", S_INIT("10"),
      S_INIT("fac54203e7cc696cf0dfcb42c92a1d9d"
             "baf70ad9e621f4bd8d98662f00e3c125") },
    { "3", S_INIT("2021"),
      S_INIT("aeb6bcfe274b70a14fb067a5e5578264"
             "db0fa9b51af5e0ba159158f329e06e77") },
    { "4", S_INIT("3031"),
      S_INIT("d37ee418976dd95753c1c73862b9398f"
             "a2a2cf9b4ff0fdfe8b30cd95209614b7") },
    { "5", S_INIT("40414243"),
      S_INIT("4e3bbb1f7b478dcfe71fb631631519a3"
             "bca12c9aefca1612bfce4c13a86264d4") },
    { "6", S_INIT("5051525354555657"),
      S_INIT("76e67dadbcdf1e10e1b74ddc608abd2f"
             "98dfb16fbce75277b5232a127f2087ef") },
    { "7", S_INIT("606162636465666768696a6b6c6d6e6f"),
      S_INIT("ddb89be403809e325750d3d263cd7892"
             "9c2942b7942a34b77e122c9594a74c8c") },
    { "8", S_INIT(""),
      S_INIT("5dc9da79a70659a9ad559cb701ded9a2"
             "ab9d823aad2f4960cfe370eff4604328") },
};

TEST(roots_of_zero_to_eight_leaves_are_the_published_ones)
{
    struct merkle_edge edge = { 0 };
    struct hash leaves[COUNT(vectors)];
    struct hash made[MERKLE_LEVELS];
    struct hash root;

    for (size_t i = 0; i < COUNT(vectors); i++) {
        uint8_t data[16];
        str leaf = { (const char *)data, vectors[i].leaf.n / 2 };

        merkle_edge_root(&edge, &root);
        expect_hash(vectors[i].name, &root, vectors[i].root);
        merkle_root(leaves, i, &root);
        expect_hash(vectors[i].name, &root, vectors[i].root);

        EXPECT(hex_parse(vectors[i].leaf, data, leaf.n));
        merkle_leaf(leaf, &leaves[i]);
        (void)merkle_append(&edge, &leaves[i], made);
    }
}

TEST(a_leaf_is_no_node)
{
    struct hash a;
    struct hash b;
    struct hash node;
    struct hash leaf;
    char both[64];

    merkle_leaf(S("a"), &a);
    merkle_leaf(S("b"), &b);
    memcpy(both, a.b, 32);
    memcpy(both + 32, b.b, 32);
    merkle_node(&a, &b, &node);
    merkle_leaf((str){ both, sizeof both }, &leaf);
    EXPECT(!hash_eq(&node, &leaf));
    merkle_node(&b, &a, &leaf);
    EXPECT(!hash_eq(&node, &leaf));
    merkle_empty(&leaf);
    merkle_leaf(S(""), &a);
    EXPECT(!hash_eq(&leaf, &a));
}

TEST(a_node_may_take_the_place_of_either_of_its_children)
{
    struct hash a;
    struct hash b;
    struct hash node;

    merkle_leaf(S("a"), &a);
    merkle_leaf(S("b"), &b);
    merkle_node(&a, &b, &node);

    struct hash left = a;
    merkle_node(&left, &b, &left);
    EXPECT(hash_eq(&left, &node));
    merkle_node(&a, &b, &b);
    EXPECT(hash_eq(&b, &node));
}

/* [property] Root and subtrees by appending are those of the definition. */
TEST(appending_gives_the_roots_and_subtrees_of_the_definition)
{
    enum { MOST = 300 };
    TEST_ARENA(a, 4 << 20);
    struct test_tree t;
    struct hash got;
    struct hash want;

    test_tree_init(&t, &a, MOST);
    for (size_t size = 0; size <= MOST; size++) {
        test_tree_grow(&t, size);
        test_mth(t.levels[0], size, &want);
        merkle_edge_root(&t.edge, &got);
        EXPECT(hash_eq(&got, &want));
        merkle_root(t.levels[0], size, &got);
        EXPECT(hash_eq(&got, &want));
        EXPECT_OK(merkle_root_read(&t.source, size, &got));
        EXPECT(hash_eq(&got, &want));
    }
    for (size_t i = 0; i < MOST / 16; i++) {
        test_mth(t.levels[0] + 16 * i, 16, &want);
        EXPECT(hash_eq(&t.levels[4][i], &want));
    }
}

TEST(appending_says_how_many_subtrees_became_whole)
{
    static const size_t want[] = { 1, 2, 1, 3, 1, 2, 1, 4, 1 };
    struct merkle_edge edge = { 0 };
    struct hash made[MERKLE_LEVELS];
    struct hash leaf;

    merkle_leaf(S("x"), &leaf);
    for (size_t i = 0; i < COUNT(want); i++)
        EXPECT(merkle_append(&edge, &leaf, made) == want[i]);
    EXPECT(edge.size == COUNT(want));
}

/* The last leaf there is room for makes 63 subtrees whole. */
TEST(the_largest_tree_can_be_filled)
{
    struct test_huge t;
    struct merkle_edge edge;
    struct hash made[MERKLE_LEVELS];
    struct hash root;

    test_huge_init(&t);
    EXPECT_OK(merkle_edge_read(&t.source, MERKLE_SIZE_MAX - 1, &edge));
    EXPECT(merkle_append(&edge, &t.levels[0], made) == MERKLE_LEVELS);
    EXPECT(edge.size == MERKLE_SIZE_MAX);
    merkle_edge_root(&edge, &root);
    EXPECT(hash_eq(&root, &t.levels[62]));
    EXPECT(hash_eq(&made[62], &root));
    EXPECT_OK(merkle_root_read(&t.source, MERKLE_SIZE_MAX, &root));
    EXPECT(hash_eq(&root, &t.levels[62]));
}
