/* The pieces of a mirror, and its index. [MI1] [MI2] [MI3] */
#include "verify/mirror.h"

#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/json.h"
#include "crypto/hash.h"

#include <stdio.h>
#include <stdlib.h>

enum { ARENA = 64 << 20, NUMBERS = 300 };

/* --- the index ------------------------------------------------------------ */

static struct mirror_index sample_index(struct mirror_file *files)
{
    files[0] = (struct mirror_file){ S("did.json"), { { 1, 2 } } };
    files[1] = (struct mirror_file){ S("index.html"), { { 3, 4 } } };
    return (struct mirror_index){ .depth = 8,
                                  .top = { { 0xab, 9 } },
                                  .log = S("c2sp.org/tlog-proof@v1\n"),
                                  .n = 2,
                                  .files = files };
}

TEST(an_index_is_read_as_it_was_written)
{
    TEST_ARENA(a, ARENA);
    struct mirror_file files[2];
    const struct mirror_index x = sample_index(files);
    struct mirror_index back = { 0 };
    str text = S("");

    EXPECT_OK(mirror_index_write(&a, &x, &text));
    EXPECT_OK(mirror_index_read(&a, text, &back));
    EXPECT(back.depth == 8 && hash_eq(&back.top, &x.top) && back.n == 2);
    EXPECT_STR(back.log, x.log);
    EXPECT_STR(back.files[1].path, S("index.html"));
    EXPECT(hash_eq(&back.files[1].hash, &files[1].hash));
}

/* What is read after a byte was altered is another index, or none. */
TEST(no_byte_of_an_index_is_altered_unseen)
{
    TEST_ARENA(a, ARENA);
    struct mirror_file files[2];
    const struct mirror_index x = sample_index(files);
    str text = S("");

    EXPECT_OK(mirror_index_write(&a, &x, &text));
    for (size_t i = 0; i < text.n; i++) {
        TEST_ARENA(own, 1 << 20);
        struct mirror_index back = { 0 };
        char *bytes = arena_zero(&own, text.n);
        str again = S("");

        if (bytes == NULL)
            abort();
        memcpy(bytes, text.p, text.n);
        bytes[i] = (char)(bytes[i] ^ 1);
        if (failed(mirror_index_read(&own, (str){ bytes, text.n }, &back)))
            continue;
        EXPECT_OK(mirror_index_write(&own, &back, &again));
        EXPECT(!str_eq(again, text));
    }
}

TEST(what_is_no_index_is_refused)
{
#define TOP "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define END ",\"type\":\"tenstar register mirror\",\"version\":1}"
    static const char *const rows[] = {
        "",
        "{",
        "[]",
        "{}",
        "{\"depth\":4,\"files\":{},\"log\":\"\",\"top\":\"" TOP "\"" END,
        "{\"depth\":24,\"files\":{},\"log\":\"\",\"top\":\"" TOP "\"" END,
        "{\"depth\":-8,\"files\":{},\"log\":\"\",\"top\":\"" TOP "\"" END,
        "{\"depth\":\"0\",\"files\":{},\"log\":\"\",\"top\":\"" TOP "\"" END,
        "{\"depth\":0,\"files\":[],\"log\":\"\",\"top\":\"" TOP "\"" END,
        "{\"depth\":0,\"files\":{\"a\":1},\"log\":\"\",\"top\":\"" TOP "\"" END,
        "{\"depth\":0,\"files\":{\"a\":\"x\"},\"log\":\"\",\"top\":\"" TOP
        "\"" END,
        "{\"depth\":0,\"files\":{},\"log\":\"\",\"top\":\"00\"" END,
        "{\"depth\":0,\"files\":{},\"log\":\"\",\"top\":\"" TOP
        "\",\"type\":\"other\",\"version\":1}",
        " {\"depth\":0,\"files\":{},\"log\":\"\",\"top\":\"" TOP "\"" END,
    };
    TEST_ARENA(a, ARENA);
    struct mirror_index x;

    EXPECT_OK(mirror_index_read(
        &a, S("{\"depth\":0,\"files\":{},\"log\":\"\",\"top\":\"" TOP "\"" END),
        &x));
    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i], mirror_index_read(&a, str_of(rows[i]), &x),
                       ERR_INVALID, "mirror.index");
}

TEST(a_mirror_is_as_deep_as_it_has_pairs)
{
    static const struct {
        int64_t pairs;
        unsigned depth;
    } rows[] = { { 0, 0 },     { 200, 0 },    { 201, 8 },
                 { 50000, 8 }, { 50001, 16 }, { INT64_MAX, 16 } };

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT(mirror_depth(rows[i].pairs) == rows[i].depth);
}

/* --- pieces --------------------------------------------------------------- */

TEST(a_piece_is_called_by_its_bytes)
{
    TEST_ARENA(a, ARENA);
    char path[MIRROR_PATH];
    struct hash name = { 0 };
    str file = S("");
    str plain = S("");

    EXPECT_OK(mirror_pack(&a, S("hello\n"), &file, &name));
    EXPECT_OK(mirror_unpack(&a, file, &name, &plain));
    EXPECT_STR(plain, S("hello\n"));
    name = (struct hash){ { 0xab, 0xcd } };
    EXPECT_STR(mirror_path(&name, path),
               S("register/ab/abcd0000000000000000000000000000000000000000"
                 "00000000000000000000"));
    EXPECT_ERR(mirror_unpack(&a, file, &name, &plain), ERR_INVALID,
               "mirror.piece");
    /* Under its right name, and yet nothing that was packed. */
    sha256("junk", 4, name.b);
    EXPECT_ERR(mirror_unpack(&a, S("junk"), &name, &plain), ERR_INVALID,
               "gzip.form");
}

static struct mirror_branch *sample_branch(struct arena *a)
{
    struct mirror_branch *b = arena_zero(a, sizeof *b);

    if (b == NULL)
        abort();
    for (size_t i = 0; i < MIRROR_FAN; i++) {
        b->part[i].pairs = (unsigned)(i % 3);
        if (b->part[i].pairs == 0)
            continue;
        b->part[i].root.b[0] = (uint8_t)i;
        b->piece[i].b[31] = (uint8_t)(i + 1);
    }
    return b;
}

TEST(a_branch_is_read_as_it_was_written)
{
    TEST_ARENA(a, ARENA);
    const struct mirror_branch *b = sample_branch(&a);
    struct mirror_branch *back = arena_zero(&a, sizeof *back);
    str text = S("");

    if (back == NULL)
        abort();
    EXPECT_OK(mirror_branch_write(&a, b, &text));
    EXPECT_OK(mirror_branch_read(&a, text, back));
    EXPECT(memcmp(b, back, sizeof *b) == 0);
}

/* Its lines, but one is this. */
static str with_line(struct arena *a, size_t at, str line)
{
    struct buf b;
    str text = S("");
    str rest;

    EXPECT_OK(mirror_branch_write(a, sample_branch(a), &rest));
    buf_init(&b, a, 1 << 20);
    for (size_t i = 0; i < MIRROR_FAN; i++) {
        str old = str_cut(&rest, '\n');

        buf_str(&b, i == at ? line : old);
        buf_char(&b, '\n');
    }
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

TEST(what_is_no_branch_is_refused_with_its_line)
{
    static const char *const lines[] = {
        "",
        "3",
        "00",
        "0 " TOP " " TOP,
        "1",
        "1 " TOP,
        "1 " TOP " 00",
        "1 00 " TOP,
        "3 " TOP " " TOP,
        "11 " TOP " " TOP,
        "1 " TOP " " TOP " ",
        "1 "
        "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff " TOP,
    };
    TEST_ARENA(a, ARENA);
    struct mirror_branch *b = arena_zero(&a, sizeof *b);
    str text = S("");

    if (b == NULL)
        abort();
    EXPECT_OK(mirror_branch_read(&a, with_line(&a, 5, S("2 " TOP " " TOP)), b));
    for (size_t i = 0; i < COUNT(lines); i++)
        EXPECT_ROW_ERR(lines[i],
                       mirror_branch_read(&a,
                                          with_line(&a, 5, str_of(lines[i])),
                                          b),
                       ERR_INVALID, "mirror.branch");
    EXPECT_OK(mirror_branch_write(&a, b, &text));
    EXPECT_ERR(mirror_branch_read(&a, S("0\n0\n"), b), ERR_INVALID,
               "mirror.branch");
    text.n--;
    EXPECT_ERR(mirror_branch_read(&a, text, b), ERR_INVALID, "mirror.branch");
}

/* --- leaf pieces, and how they lead to the root -----------------------------
 */

struct world {
    struct map_pair pairs[NUMBERS];
    str lines[NUMBERS];
    struct hash root;
};

static const struct world *sorting;

static int by_key(const void *a, const void *b)
{
    return memcmp(sorting->pairs[*(const size_t *)a].key.b,
                  sorting->pairs[*(const size_t *)b].key.b,
                  sizeof(struct hash));
}

/* Numbers "N0" .. and what is said of them, by key. */
static struct world *make_world(struct arena *a)
{
    struct world *w = arena_zero(a, sizeof *w);
    struct world *sorted = arena_zero(a, sizeof *sorted);
    size_t order[NUMBERS];

    if (w == NULL || sorted == NULL)
        abort();
    for (size_t i = 0; i < NUMBERS; i++) {
        char number[20];
        str kept = S("");

        (void)snprintf(number, sizeof number, "N%zu", i);
        EXPECT(arena_str(a, str_of(number), &kept));
        EXPECT_OK(holder_number_key(a, kept, &w->pairs[i].key));
        EXPECT_OK(holder_number_said(a, kept, S("U"), &w->lines[i]));
        sha256(w->lines[i].p, w->lines[i].n, w->pairs[i].value.b);
        order[i] = i;
    }
    sorting = w;
    qsort(order, NUMBERS, sizeof *order, by_key);
    for (size_t i = 0; i < NUMBERS; i++) {
        sorted->pairs[i] = w->pairs[order[i]];
        sorted->lines[i] = w->lines[order[i]];
    }
    map_root(sorted->pairs, NUMBERS, 0, &sorted->root);
    return sorted;
}

static str text_of(struct arena *a, const struct world *w, size_t from,
                   size_t to)
{
    struct buf b;
    str text = S("");

    buf_init(&b, a, 1 << 20);
    for (size_t i = from; i < to; i++) {
        buf_str(&b, w->lines[i]);
        buf_char(&b, '\n');
    }
    EXPECT_OK(buf_done(&b, &text));
    return text;
}

TEST(a_leaf_piece_leads_to_the_root_and_says_what_is_in_it)
{
    TEST_ARENA(a, ARENA);
    const struct world *w = make_world(&a);
    const struct hash piece = { { 7 } };
    struct mirror_leaf leaf = { 0 };
    struct hash none;

    EXPECT_OK(mirror_leaf_read(&a, text_of(&a, w, 0, NUMBERS), &leaf));
    EXPECT(leaf.n == NUMBERS && leaf.holders == 0);
    EXPECT_OK(mirror_leaf_check(&a, &leaf, 0, &piece, &w->root));
    for (size_t i = 0; i < NUMBERS; i++)
        EXPECT_STR(mirror_leaf_find(&leaf, &w->pairs[i].key), w->lines[i]);
    EXPECT_OK(holder_number_key(&a, S("N300"), &none));
    EXPECT_STR(mirror_leaf_find(&leaf, &none), S(""));
    /* [MI2] One that was left out is missed. */
    EXPECT_OK(mirror_leaf_read(&a, text_of(&a, w, 1, NUMBERS), &leaf));
    EXPECT_ERR(mirror_leaf_check(&a, &leaf, 0, &piece, &w->root), ERR_INVALID,
               "mirror.root");
    EXPECT_OK(mirror_leaf_read(&a, S(""), &leaf));
    EXPECT(leaf.n == 0);
}

TEST(a_branch_over_leaf_pieces_leads_to_the_same_root)
{
    TEST_ARENA(a, ARENA);
    const struct world *w = make_world(&a);
    struct mirror_branch *b = arena_zero(&a, sizeof *b);
    const struct hash piece = { { 7 } };
    size_t from = 0;

    if (b == NULL)
        abort();
    for (size_t i = 0; i < MIRROR_FAN; i++) {
        size_t to = from;

        while (to < NUMBERS && w->pairs[to].key.b[0] == i)
            to++;
        map_part_of(w->pairs + from, to - from, 8, &b->part[i]);
        from = to;
    }
    EXPECT_OK(mirror_branch_check(&a, b, &piece, &w->root));
    b->part[3].root.b[0] ^= 1;
    if (b->part[3].pairs > 0)
        EXPECT_ERR(mirror_branch_check(&a, b, &piece, &w->root), ERR_INVALID,
                   "mirror.root");
}

TEST(what_is_no_leaf_piece_is_refused_with_its_line)
{
    static const char *const rows[] = {
        "\n",
        "{\n",
        "{}\n",
        "{\"number\":\"\"}\n",
        "{\"certificates\":[],\"number\":\"N1\"}\n",
        "{\"number\":\"N1\",\"uscc\":\"U\"}",
        ("{\"number\":\"N1\",\"uscc\":\"U\"}\n{\"number\":\"N1\","
         "\"uscc\":\"U\"}\n"),
    };
    TEST_ARENA(a, ARENA);
    struct mirror_leaf leaf = { 0 };
    struct world *w = make_world(&a);
    str first = w->lines[0];

    for (size_t i = 0; i < COUNT(rows); i++)
        EXPECT_ROW_ERR(rows[i], mirror_leaf_read(&a, str_of(rows[i]), &leaf),
                       ERR_INVALID, "mirror.leaf");
    w->lines[0] = w->lines[1];
    w->lines[1] = first;
    EXPECT_ERR(mirror_leaf_read(&a, text_of(&a, w, 0, NUMBERS), &leaf),
               ERR_INVALID, "mirror.leaf");
    EXPECT_OK(mirror_leaf_read(
        &a, S("{\"certificates\":[],\"uscc\":\"91350100M000100Y43\"}\n"),
        &leaf));
    EXPECT(leaf.holders == 1);
}
