/* The transparency log as strangers read it. [PB1]-[PB3] [WL1] [WL2] */

#include "base/arena.h"
#include "merkle/checkpoint.h"
#include "merkle/proof.h"
#include "service/published.h"
#include "web/test_site.h"

#include <stdio.h>

static bool open_site(struct test_site *s)
{
    return test_site_open(s, &log_routes, 1, web_error);
}

#define TEST_LOG(name)                                                         \
    scoped(test_site_end) struct test_site name;                               \
    if (!open_site(&(name)))                                                   \
    return

/* What the checkpoint says, verified with the key that is published. */
static struct checkpoint_body checkpoint_of(struct test_site *s, str note)
{
    struct arena *a = &s->reg.arena;
    struct published_log l = { 0 };
    struct note_key key = { 0 };
    struct checkpoint_body body = { 0 };

    EXPECT_OK(published_log(s->reg.app, a, &l));
    EXPECT_OK(note_key_parse(a, l.vkey, &key));
    EXPECT_OK(note_checkpoint_open(a, note, &key, &body));
    return body;
}

TEST(the_checkpoint_is_signed_and_soon_out_of_date)
{
    TEST_LOG(s);
    struct response rs = site_get(&s, "/log/checkpoint", LANG_ZH);

    EXPECT(rs.status == 200);
    EXPECT_STR(rs.type, S("text/plain; charset=utf-8"));
    EXPECT_STR(rs.cache, S("public, max-age=2"));
    EXPECT_STR(answer_header(&rs, "Access-Control-Allow-Origin"), S("*"));
    EXPECT(checkpoint_of(&s, rs.body).size > 0);
}

/* From what is served alone: every entry's hash is in the tile, and the tile
 * makes the root that was signed. */
TEST(tiles_and_entries_make_the_root_that_was_signed)
{
    TEST_LOG(s);
    struct checkpoint_body c =
        checkpoint_of(&s, site_get(&s, "/log/checkpoint", LANG_ZH).body);
    char hashes[64];
    char entries[64];
    struct hash leaves[255];
    struct hash root;
    size_t n = 0;

    EXPECT(c.size > 1 && c.size < 256);
    (void)snprintf(hashes, sizeof hashes, "/log/tile/0/000.p/%d", (int)c.size);
    (void)snprintf(entries, sizeof entries, "/log/tile/entries/000.p/%d",
                   (int)c.size);
    struct response tile = site_get(&s, hashes, LANG_ZH);
    EXPECT_STR(tile.type, S("application/octet-stream"));
    EXPECT_STR(tile.cache, S("public, max-age=31536000, immutable"));
    EXPECT_STR(answer_header(&tile, "Access-Control-Allow-Origin"), S("*"));
    for (str rest = site_get(&s, entries, LANG_ZH).body; rest.n > 2 && n < 255;
         n++) {
        size_t length =
            (size_t)((unsigned char)rest.p[0] << 8 | (unsigned char)rest.p[1]);

        merkle_leaf(str_first(str_from(rest, 2), length), &leaves[n]);
        rest = str_from(rest, 2 + length);
    }
    EXPECT(n == c.size && tile.body.n == 32 * n);
    EXPECT(memcmp(tile.body.p, leaves, tile.body.n) == 0);
    merkle_root(leaves, n, &root);
    EXPECT(hash_eq(&root, &c.root));
}

TEST(what_no_checkpoint_covers_is_not_there)
{
    TEST_LOG(s);
    static const char *const paths[] = {
        "/log/tile",
        "/log/tile/0",
        "/log/tile/0/000",
        "/log/tile/0/001",
        "/log/tile/0/001.p/1",
        "/log/tile/0/000.p/0",
        "/log/tile/0/000.p/255",
        "/log/tile/0/000.p/256",
        "/log/tile/0/0.p/1",
        "/log/tile/1/000.p/1",
        "/log/tile/64/000.p/1",
        "/log/tile/entries/000",
        "/log/tile/entries/001.p/1",
        "/log/tile/data/000.p/1",
        "/log/tile/0/x000/000.p/1",
        "/log/tile/0/000.p/1/",
        "/log/tiles/0/000.p/1",
        "/log/checkpoint/1",
    };

    EXPECT(site_get(&s, "/log/tile/0/000.p/1", LANG_ZH).status == 200);
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct response rs = site_get(&s, paths[i], LANG_EN);

        EXPECT_ROW(paths[i], rs.status == 404);
        EXPECT_ROW_STR(paths[i], rs.cache, S("no-store"));
    }
}

/* The address behind the next "<a href=" into the log's files; *from goes past
 * it. */
static bool next_link(struct arena *a, str *from, str *out)
{
    static const str begin = S_INIT("<a href=\"/log/");
    size_t at = str_find(*from, begin);

    if (at == from->n)
        return false;
    *from = str_from(*from, at + S("<a href=\"").n);
    str target = str_first(*from, str_index(*from, '"'));
    return arena_str(a, target, out);
}

/* [PB1] In a log too small for one full tile, too. */
TEST(every_file_that_the_page_names_is_there)
{
    TEST_LOG(s);
    str rest = site_get(&s, "/log", LANG_EN).body;
    str target;
    int n = 0;

    for (; next_link(&s.reg.arena, &rest, &target); n++)
        EXPECT_ROW(target.p, site_get(&s, target.p, LANG_EN).status == 200);
    EXPECT(n == 3); /* checkpoint, hashes, entries */
}

TEST(the_page_says_how_far_the_log_is_signed)
{
    TEST_LOG(s);

    for (enum lang l = 0; l < LANG_COUNT; l++) {
        struct published_log log = { 0 };
        struct response rs = site_get(&s, "/log", l);

        EXPECT_OK(published_log(s.reg.app, &s.reg.arena, &log));
        EXPECT(rs.status == 200);
        EXPECT_STR(rs.type, S("text/html; charset=utf-8"));
        EXPECT(str_contains(rs.body, log.vkey));
        EXPECT(str_contains(rs.body, log.origin));
        EXPECT(answer_holds(&rs, text_get(l, "page.log_witnesses_none").p));
        EXPECT(!answer_holds(&rs, text_get(l, "page.log_stopped").p));
    }
}

/* [T2] Whoever looks is told, and how it came about. */
TEST(the_page_says_that_the_log_has_stopped)
{
    TEST_LOG(s);
    struct arena *a = &s.reg.arena;
    const char *path = site_path(&s, s.reg.folder, S("/log.checkpoint"));
    struct file_ops files = FILE_SYSTEM;

    EXPECT_OK(
        file_write(&files, a, str_of(path), S("nonsense\n"), FILE_PUBLIC));
    struct response rs = site_get(&s, "/log", LANG_EN);
    EXPECT(rs.status == 200);
    EXPECT(answer_holds(&rs, "This log has stopped."));
    EXPECT(answer_holds(&rs, "should hold the newest checkpoint"));
}

static err fetch(struct heap *h, void *context)
{
    return site_try(context, h, "/log/tile/entries/000.p/1");
}

static err fetch_page(struct heap *h, void *context)
{
    return site_try(context, h, "/log");
}

TEST(nothing_of_the_log_is_sent_in_part)
{
    TEST_LOG(s);

    EXPECT_OK(fetch(&s.reg.heap, &s)); /* the store is open from now on */
    EXPECT(test_every_allocation_fails(fetch, NULL, &s) > 0);
    EXPECT(test_every_allocation_fails(fetch_page, NULL, &s) > 0);
}
