/* The log as others read it. [TT1] [TT2] */
#include "tlog/tiles.h"

#include "base/arena.h"
#include "base/size.h"
#include "store/log.h"
#include "store/store_test_env.h"
#include "tlog/tlog.h"

#include <stdio.h>

enum { ARENA = 64 << 20, AT = 1000, PAGE = 200 };

static const struct tlog_key KEY = {
    S_INIT("register.example/log"), { 7 }, NULL, NULL, NULL, 0
};

static str leaf_text(struct arena *a, int64_t i)
{
    char digits[32];
    str text = S("");

    (void)snprintf(digits, sizeof digits, "leaf %lld", (long long)i);
    EXPECT(arena_str(a, str_of(digits), &text));
    return text;
}

static err take_any(struct tx *, const struct log_pending_row *, int64_t,
                    void *)
{
    return OK;
}

static const struct tlog_taker anybody = { take_any, NULL };

static err grow(struct store *s, struct arena *a, int64_t from, int64_t to)
{
    scoped(tx_abort) struct tx *tx = NULL;
    size_t done;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    for (int64_t i = from; i < to; i++)
        TRY(tlog_enter(tx, AT, S("case/x"), leaf_text(a, i)));
    TRY(tlog_sequence(tx, &KEY, 1000, &anybody, &done));
    return tx_commit(&tx);
}

static struct tile tile_at(const char *path)
{
    struct tile t = { .width = 0 };

    EXPECT_ROW(path, tile_parse(str_of(path), &t));
    return t;
}

static str bytes_of(struct tx *tx, struct arena *a, const char *path,
                    int64_t size)
{
    str bytes = S("");
    bool found = false;

    EXPECT_ROW_OK(path, tlog_tile(tx, a, tile_at(path), size, &bytes, &found));
    EXPECT_ROW(path, found);
    return bytes;
}

/* C2SP: 300 entries are a full tile, one of 44 and, above, one of width 1. */
EACH_STORE_TEST(a_tile_holds_the_hashes_of_the_tree)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    struct hash leaves[300];

    EXPECT_OK(grow(s, &a, 0, 300));
    for (int64_t i = 0; i < 300; i++)
        merkle_leaf(leaf_text(&a, i), &leaves[i]);
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));

    str full = bytes_of(tx, &a, "tile/0/000", 300);
    EXPECT(full.n == 8192 && memcmp(full.p, leaves, 8192) == 0);
    str part = bytes_of(tx, &a, "tile/0/001.p/44", 300);
    EXPECT(part.n == 44 * 32UL && memcmp(part.p, leaves + 256, part.n) == 0);
    struct hash above;
    merkle_root(leaves, 256, &above);
    str top = bytes_of(tx, &a, "tile/1/000.p/1", 300);
    EXPECT(top.n == 32 && memcmp(top.p, above.b, 32) == 0);
}

EACH_STORE_TEST(a_bundle_holds_each_entry_after_its_length)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;

    EXPECT_OK(grow(s, &a, 0, 258));
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_STR(bytes_of(tx, &a, "tile/entries/001.p/2", 258),
               S("\0\x08leaf 256\0\x08leaf 257"));

    str full = bytes_of(tx, &a, "tile/entries/000", 258);
    EXPECT(str_begins(full, S("\0\x06leaf 0\0\x06leaf 1")));
    EXPECT(str_ends(full, S("\0\x08leaf 255")));
}

/* [TT1] both sides of each boundary. */
EACH_STORE_TEST(what_no_checkpoint_covers_is_not_given_out)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    static const struct {
        const char *path;
        int64_t size;
        bool found;
    } rows[] = {
        { "tile/0/000.p/1", 0, false },
        { "tile/entries/000.p/1", 0, false },
        { "tile/0/000.p/1", 1, true },
        { "tile/0/000.p/2", 1, false },
        { "tile/0/000.p/5", 5, true },
        { "tile/0/000.p/5", 9, true }, /* an older size's, still there */
        { "tile/0/000.p/255", 256, true },
        { "tile/0/000", 255, false },
        { "tile/0/000", 256, true },
        { "tile/0/001.p/1", 256, false }, /* no empty tile */
        { "tile/0/001.p/1", 257, true },
        { "tile/1/000.p/1", 255, false },
        { "tile/1/000.p/1", 256, true },
        { "tile/1/000.p/2", 257, false },
        { "tile/entries/000.p/255", 255, true },
        { "tile/entries/000", 255, false },
        { "tile/entries/000", 256, true },
        { "tile/2/000.p/1", 257, false },
        { "tile/63/000", 257, false },
    };

    EXPECT_OK(grow(s, &a, 0, 257));
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    for (size_t i = 0; i < COUNT(rows); i++) {
        str bytes = S("untouched");
        bool found = !rows[i].found;

        EXPECT_ROW_OK(rows[i].path, tlog_tile(tx, &a, tile_at(rows[i].path),
                                              rows[i].size, &bytes, &found));
        EXPECT_ROW(rows[i].path, found == rows[i].found);
        EXPECT_ROW(rows[i].path,
                   rows[i].found || str_eq(bytes, S("untouched")));
    }
}

EACH_STORE_TEST(a_tile_of_which_something_is_lost_is_not_given_out)
{
    TEST_ARENA(a, ARENA);
    TEST_STORE(s, place, &a);
    scoped(tx_abort) struct tx *tx = NULL;
    str bytes = S("");
    bool found;

    EXPECT_OK(grow(s, &a, 0, 5));
    (void)store_test_ask(place, &a,
                         "DELETE FROM log_entry WHERE idx = 3;"
                         "DELETE FROM log_node WHERE level = 0 AND idx = 3;");
    EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
    EXPECT_ERR(tlog_tile(tx, &a, tile_at("tile/0/000.p/5"), 5, &bytes, &found),
               ERR_CORRUPT, "tlog.damaged");
    EXPECT_ERR(tlog_tile(tx, &a, tile_at("tile/entries/000.p/5"), 5, &bytes,
                         &found),
               ERR_CORRUPT, "tlog.damaged");
}

/* Of every entry in every size up to 20, and of every two sizes. */
ONE_STORE_TEST(proofs_from_the_store_hold, true)
{
    TEST_ARENA(kept, ARENA);
    TEST_STORE(s, place, &kept);
    struct hash leaves[20];
    struct hash roots[21];

    EXPECT_OK(grow(s, &kept, 0, 20));
    for (int64_t i = 0; i < 20; i++)
        merkle_leaf(leaf_text(&kept, i), &leaves[i]);
    for (size_t n = 0; n <= 20; n++)
        merkle_root(leaves, n, &roots[n]);
    for (int64_t size = 1; size <= 20; size++) {
        TEST_ARENA(a, 4 << 20);
        scoped(tx_abort) struct tx *tx = NULL;

        EXPECT_OK(tx_begin(s, &a, TX_READ, &tx));
        for (int64_t i = 0; i < size; i++) {
            struct merkle_proof p = { 0 };

            EXPECT_OK(tlog_inclusion(tx, i, size, &p));
            EXPECT(merkle_inclusion_holds((uint64_t)i, (uint64_t)size,
                                          &leaves[i], &p, &roots[size]));
            EXPECT_OK(tlog_consistency(tx, i, size, &p));
            EXPECT(merkle_consistency_holds((uint64_t)i, (uint64_t)size,
                                            &roots[i], &roots[size], &p));
        }
    }
}
