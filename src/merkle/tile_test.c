#include "merkle/tile.h"

#include "base/size.h"
#include "base/test.h"
#include "merkle/test_tree.h"

TEST(widths_are_those_of_the_specification)
{
    static const struct {
        const char *why;
        uint64_t size;
        int64_t level;
        uint64_t index;
        uint64_t want;
    } rows[] = {
        { "no leaf, no tile", 0, 0, 0, 0 },
        { "no leaf, no bundle", 0, TILE_ENTRIES, 0, 0 },
        { "one leaf", 1, 0, 0, 1 },
        { "one entry", 1, TILE_ENTRIES, 0, 1 },
        { "one short of full", 255, 0, 0, 255 },
        { "nothing above yet", 255, 1, 0, 0 },
        { "256: a full tile", 256, 0, 0, 256 },
        { "256: no empty one behind it", 256, 0, 1, 0 },
        { "256: and one hash above", 256, 1, 0, 1 },
        { "257: begins the next", 257, 0, 1, 1 },
        { "70,000: the last full one", 70000, 0, 272, 256 },
        { "70,000: then 112", 70000, 0, 273, 112 },
        { "70,000: nothing behind", 70000, 0, 274, 0 },
        { "70,000: one full above", 70000, 1, 0, 256 },
        { "70,000: then 17", 70000, 1, 1, 17 },
        { "70,000: one at the top", 70000, 2, 0, 1 },
        { "70,000: entries like leaves", 70000, TILE_ENTRIES, 273, 112 },
        { "the largest tree", UINT64_C(1) << 62, 0, TILE_INDEX_MAX, 256 },
        { "its top", UINT64_C(1) << 62, 7, 0, 64 },
        { "nothing above the top", UINT64_C(1) << 62, 8, 0, 0 },
        { "nor at the last level", UINT64_C(1) << 62, 63, 0, 0 },
        { "an index from afar", 70000, 0, UINT64_MAX, 0 },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW(rows[i].why, tile_width(rows[i].size, (int)rows[i].level,
                                           rows[i].index) == rows[i].want);
}

static const struct {
    struct tile tile;
    str path;
} paths[] = {
    { { 0, 0, 256 }, S_INIT("tile/0/000") },
    { { 0, 0, 1 }, S_INIT("tile/0/000.p/1") },
    { { 0, 0, 255 }, S_INIT("tile/0/000.p/255") },
    { { 1, 999, 256 }, S_INIT("tile/1/999") },
    { { 1, 1000, 256 }, S_INIT("tile/1/x001/000") },
    { { 63, 1234067, 256 }, S_INIT("tile/63/x001/x234/067") },
    { { 0, 273, 112 }, S_INIT("tile/0/273.p/112") },
    { { TILE_ENTRIES, 0, 5 }, S_INIT("tile/entries/000.p/5") },
    { { TILE_ENTRIES, 1234067, 256 }, S_INIT("tile/entries/x001/x234/067") },
    { { 0, TILE_INDEX_MAX, 255 },
      S_INIT("tile/0/x018/x014/x398/x509/x481/983.p/255") },
    { { TILE_ENTRIES, TILE_INDEX_MAX, 255 },
      S_INIT("tile/entries/x018/x014/x398/x509/x481/983.p/255") },
};

TEST(paths_are_those_of_the_specification)
{
    for (size_t i = 0; i < COUNT(paths); i++) {
        char text[TILE_PATH];
        struct tile back = { 0 };

        EXPECT_STR(tile_path(paths[i].tile, text), paths[i].path);
        EXPECT_ROW(paths[i].path.p, tile_parse(paths[i].path, &back));
        EXPECT_ROW(paths[i].path.p, back.level == paths[i].tile.level &&
                                        back.index == paths[i].tile.index &&
                                        back.width == paths[i].tile.width);
    }
}

TEST(every_tile_has_one_path_that_reads_back)
{
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 20000; i++) {
        struct tile t = {
            .level = (int)test_random_below(&r, 65) - 1,
            .index = test_random_next(&r) >> (10 + i % 54),
            .width = 1 + (uint32_t)test_random_below(&r, 256),
        };
        struct tile back = { 0 };
        char text[TILE_PATH];
        str path = tile_path(t, text);

        EXPECT(path.n < TILE_PATH && text[path.n] == '\0');
        EXPECT(tile_parse(path, &back));
        EXPECT(back.level == t.level && back.index == t.index &&
               back.width == t.width);
    }
}

TEST(what_is_no_path_of_a_tile_is_refused_and_changes_nothing)
{
    static const str rows[] = {
        S_INIT(""),
        S_INIT("tile"),
        S_INIT("tile/"),
        S_INIT("tile/0"),
        S_INIT("tile/0/"),
        S_INIT("tile//000"),
        S_INIT("/tile/0/000"),
        S_INIT("Tile/0/000"),
        S_INIT("tile/00/000"),
        S_INIT("tile/64/000"),
        S_INIT("tile/100/000"),
        S_INIT("tile/-1/000"),
        S_INIT("tile/data/000"),
        S_INIT("tile/0/0"),
        S_INIT("tile/0/00"),
        S_INIT("tile/0/0000"),
        S_INIT("tile/0/0x0"),
        S_INIT("tile/0/x00"),
        S_INIT("tile/0/x000"),
        S_INIT("tile/0/x000/000"),
        S_INIT("tile/0/x000/x001/000"),
        S_INIT("tile/0/001/000"),
        S_INIT("tile/0/x001/x000"),
        S_INIT("tile/0/x001/"),
        S_INIT("tile/0/x001//000"),
        S_INIT("tile/0/X001/000"),
        S_INIT("tile/0/000/"),
        S_INIT("tile/0/000.p"),
        S_INIT("tile/0/000.p/"),
        S_INIT("tile/0/000.p/0"),
        S_INIT("tile/0/000.p/01"),
        S_INIT("tile/0/000.p/256"),
        S_INIT("tile/0/000.p/1000"),
        S_INIT("tile/0/000.p/1/"),
        S_INIT("tile/0/000.p/1.p/1"),
        S_INIT("tile/0/000.p/+1"),
        S_INIT("tile/0/.p/1"),
        S_INIT("tile/0/000\0"),
        S_INIT("tile/0/x018/x014/x398/x509/x481/984"),
        S_INIT("tile/0/x001/x018/x014/x398/x509/x481/983"),
        S_INIT("tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999"),
        S_INIT("tile/entries"),
        S_INIT("tile/entries/"),
        S_INIT("tile/entries/0/000"),
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct tile t = { 7, 77, 177 };

        EXPECT_ROW(rows[i].p, !tile_parse(rows[i], &t));
        EXPECT_ROW(rows[i].p, t.level == 7 && t.index == 77 && t.width == 177);
    }
}

/* Visit what is to be published and hold it against the widths. */
static size_t expect_walk(uint64_t old_size, uint64_t size)
{
    struct tile_walk w = { 0 };
    struct tile t = { 0 };
    struct tile before = { .level = -2 };
    size_t n = 0;

    for (; tile_next(&w, old_size, size, &t); n++) {
        EXPECT(t.level > before.level || t.index > before.index);
        EXPECT(t.width == tile_width(size, t.level, t.index));
        EXPECT(t.width > tile_width(old_size, t.level, t.index));
        before = t;
    }
    EXPECT(!tile_next(&w, old_size, size, &t));
    return n;
}

/* How many tiles the two sizes differ in, by looking at all there could be. */
static size_t count_changed(uint64_t old_size, uint64_t size)
{
    size_t n = 0;

    for (int level = TILE_ENTRIES; level <= TILE_LEVEL_MAX; level++) {
        for (uint64_t i = 0; i <= size / TILE_WIDTH; i++)
            n += tile_width(size, level, i) > tile_width(old_size, level, i);
    }
    return n;
}

TEST(a_log_that_grows_publishes_what_changed_and_nothing_else)
{
    static const uint64_t sizes[] = { 0,     1,     2,     255,   256,
                                      257,   511,   512,   513,   1000,
                                      65535, 65536, 65537, 65792, 70000 };

    for (size_t i = 0; i < COUNT(sizes) * COUNT(sizes); i++) {
        uint64_t old_size = sizes[i / COUNT(sizes)];
        uint64_t size = sizes[i % COUNT(sizes)];

        EXPECT(expect_walk(old_size, size) == count_changed(old_size, size));
    }
    EXPECT(expect_walk(5, 4) == 0);
    EXPECT(expect_walk(255, 256) == 3);
    EXPECT(expect_walk(0, 70000) == 274 + 274 + 2 + 1);
}

static void expect_found(const struct test_tree *t, unsigned level,
                         uint64_t index)
{
    uint32_t at;
    uint32_t n;
    struct tile tile = tile_of_node(level, index, &at, &n);
    size_t below = (size_t)tile.level * TILE_HEIGHT;
    struct hash got;

    EXPECT(at + n <= tile_width(t->edge.size, tile.level, tile.index));
    merkle_root(&t->levels[below][tile.index * TILE_WIDTH + at], n, &got);
    EXPECT(hash_eq(&got, &t->levels[level][index]));
}

/* [property] A tile's hashes give every subtree above and in it. */
TEST(every_subtree_is_found_in_its_tile)
{
    static const uint64_t most = 70000;
    TEST_ARENA(a, 8 << 20);
    struct test_tree t;

    test_tree_init(&t, &a, most);
    test_tree_grow(&t, most);
    for (unsigned level = 0; most >> level > 0; level++) {
        for (uint64_t i = 0; i < most >> level; i += 1 + (most >> level) / 50)
            expect_found(&t, level, i);
    }
}
