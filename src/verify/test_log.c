#include "verify/test_log.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/test.h"
#include "merkle/checkpoint.h"
#include "merkle/tile.h"
#include "merkle/tree.h"

static const str origin = S_INIT("register.example.cn/log");

/* 2026-03-01T02:00:00Z, in microseconds since 1970. */
static const int64_t entered = INT64_C(1772330400000000);

enum { LEAF_MOST = 200, FILE_MOST = 1 << 20 };

/* --- what is in it ------------------------------------------------------ */

/* "e000", "e001" .. is what differs from one to the next. */
static str leaf(struct arena *a, int64_t i)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, LEAF_MOST);
    buf_printf(
        &b,
        "{\"at\":%lld,\"on\":\"2026-03-01\",\"public\":{\"n\":\"e%03lld\"},"
        "\"sealed\":{},\"type\":\"package.frozen\",\"version\":1}",
        (long long)entered, (long long)i);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static str bundle(struct arena *a, struct tile t)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, FILE_MOST);
    for (uint32_t i = 0; i < t.width; i++) {
        str text = leaf(a, (int64_t)(t.index * TILE_WIDTH + i));

        buf_char(&b, (char)(text.n >> 8));
        buf_char(&b, (char)text.n);
        buf_str(&b, text);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static str hashes(struct arena *a, const struct hash *leaves, struct tile t)
{
    const size_t below = (size_t)1 << (t.level * TILE_HEIGHT);
    struct hash *rows = arena_array(a, t.width, sizeof *rows);

    EXPECT(rows != NULL);
    for (uint32_t i = 0; rows != NULL && i < t.width; i++)
        merkle_root(leaves + (t.index * TILE_WIDTH + i) * below, below,
                    &rows[i]);
    return (str){ (const char *)rows, t.width * sizeof *rows };
}

static void put(struct test_log *log, struct arena *a, str path, str bytes)
{
    struct test_log_file *f = &log->files[log->n];

    EXPECT_ROW(path.p, log->n < TEST_LOG_FILES);
    if (log->n == TEST_LOG_FILES)
        return;
    EXPECT(arena_str(a, path, &f->path));
    f->bytes = bytes;
    log->n++;
}

static struct sign_key log_key(void)
{
    uint8_t seed[SIGN_SEED_BYTES];
    struct sign_key k;

    memset(seed, 3, sizeof seed);
    sign_key_of_seed(seed, &k);
    return k;
}

static str policy(struct arena *a, const struct sign_key *key)
{
    struct note_key known = { 0 };
    struct buf b;
    str vkey = S("");
    str out = S("");

    EXPECT_OK(note_key_of(a, NOTE_SIGNATURE, origin, key->public, &known));
    EXPECT_OK(note_vkey(a, &known, &vkey));
    buf_init(&b, a, LEAF_MOST);
    buf_printf(&b, "log %.*s\nquorum none\n", STR_ARG(vkey));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

void test_log_make(struct test_log *log, struct arena *a, int64_t size)
{
    struct hash *leaves = arena_array(a, TEST_LOG_SIZE, sizeof *leaves);
    const struct sign_key key = log_key();
    struct tile_walk walk = { 0 };
    struct hash root;
    struct tile t;
    str note = S("");

    *log = (struct test_log){ .policy = policy(a, &key) };
    for (int64_t i = 0; i < size; i++)
        merkle_leaf(leaf(a, i), &leaves[i]);
    merkle_root(leaves, (size_t)size, &root);
    while (tile_next(&walk, 0, (uint64_t)size, &t)) {
        char path[TILE_PATH];

        put(log, a, tile_path(t, path),
            t.level == TILE_ENTRIES ? bundle(a, t) : hashes(a, leaves, t));
    }
    EXPECT_OK(note_checkpoint(a, origin, &key, size, &root, &note));
    put(log, a, S("checkpoint"), note);
}

str *test_log_file(struct test_log *log, const char *path)
{
    for (size_t i = 0; i < log->n; i++) {
        if (str_eq(log->files[i].path, str_of(path)))
            return &log->files[i].bytes;
    }
    EXPECT_ROW(path, false);
    return NULL;
}

/* --- altered ------------------------------------------------------------ */

/* clang-format off */
const struct test_log_row test_log_rows[] = {
    { "the first entry of a full bundle", "tile/entries/000", ALTERED_BYTE, "\"e000", "log_copy.root" },
    { "its last entry", "tile/entries/000", ALTERED_BYTE, "\"e255", "log_copy.root" },
    { "the moment of one", "tile/entries/000", ALTERED_BYTE, "{\"at\":17", "log_copy.root" },
    { "the day of one", "tile/entries/000", ALTERED_BYTE, "\"on\":\"2026-03", "log_copy.root" },
    { "a day that is none", "tile/entries/000", ALTERED_BYTE, "\"on\":\"2026-03-01", "entry.field" },
    { "the kind of one", "tile/entries/000", ALTERED_BYTE, "\"type\":\"package.f", "log_copy.root" },
    { "the version of one", "tile/entries/000", ALTERED_BYTE, "\"version\":1", "entry.field" },
    { "its last byte", "tile/entries/000", ALTERED_LAST, NULL, "entry.form" },
    { "a full bundle cut short", "tile/entries/000", CUT_SHORT, NULL, "log_copy.bundle" },
    { "a full bundle made longer", "tile/entries/000", MADE_LONGER, NULL, "log_copy.bundle" },
    { "another full bundle", "tile/entries/001", ALTERED_BYTE, "\"e300", "log_copy.root" },
    { "the first entry of the bundle that is begun", "tile/entries/002.p/88", ALTERED_BYTE, "\"e512", "log_copy.root" },
    { "its last entry", "tile/entries/002.p/88", ALTERED_BYTE, "\"e599", "log_copy.root" },
    { "it cut short", "tile/entries/002.p/88", CUT_SHORT, NULL, "log_copy.bundle" },
    { "it made longer", "tile/entries/002.p/88", MADE_LONGER, NULL, "log_copy.bundle" },
    { "the last hash of a full tile", "tile/0/000", ALTERED_LAST, NULL, "log_copy.tile" },
    { "a full tile cut short", "tile/0/000", CUT_SHORT, NULL, "log_copy.tile" },
    { "another full tile", "tile/0/001", ALTERED_LAST, NULL, "log_copy.tile" },
    { "the last hash of the tile that is begun", "tile/0/002.p/88", ALTERED_LAST, NULL, "log_copy.tile" },
    { "it cut short", "tile/0/002.p/88", CUT_SHORT, NULL, "log_copy.tile" },
    { "it made longer", "tile/0/002.p/88", MADE_LONGER, NULL, "log_copy.tile" },
    { "a hash of the level above", "tile/1/000.p/2", ALTERED_LAST, NULL, "log_copy.tile" },
    { "the level above cut short", "tile/1/000.p/2", CUT_SHORT, NULL, "log_copy.tile" },
    { "the log's name", "checkpoint", ALTERED_BYTE, "register.example.cn/lo", "policy.log" },
    { "its size", "checkpoint", ALTERED_BYTE, "\n6", "note.signature" },
    { "its root", "checkpoint", ALTERED_BYTE, "\n/4eQL9", "note.signature" },
    { "which key signed it", "checkpoint", ALTERED_BYTE, "/log I0IB", "policy.log" },
    { "its signature", "checkpoint", ALTERED_BYTE, "/log I0IBFBKS", "note.signature" },
    { "who signed it", "checkpoint", ALTERED_BYTE, "\n\n\xe2\x80\x94 r", "policy.log" },
    { "the checkpoint cut short", "checkpoint", CUT_SHORT, NULL, "note.text" },
    { 0 },
};
/* clang-format on */

str test_log_altered(struct arena *a, str bytes, const struct test_log_row *r)
{
    const size_t n = bytes.n + (r->how == MADE_LONGER) - (r->how == CUT_SHORT);
    char *out = arena_zero(a, bytes.n + 1);
    size_t at = bytes.n - 1;

    EXPECT_ROW(r->what, out != NULL);
    memcpy(out, bytes.p, bytes.n);
    if (r->how == ALTERED_BYTE)
        at = str_find(bytes, str_of(r->at)) + strlen(r->at) - 1;
    EXPECT_ROW(r->what, at < bytes.n);
    if (r->how <= ALTERED_LAST && at < bytes.n)
        out[at] = (char)(out[at] ^ 1);
    return (str){ out, n };
}
