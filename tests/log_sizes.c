/*
 * log_sizes -- a transparency log at many sizes, as its readers get it, for
 * programs that nobody here wrote (tests/foreign_log.sh).
 *
 *   log_sizes DIR
 *     DIR/vkey                 the verifier key
 *     DIR/checkpoint/N         the signed checkpoint of the first N entries
 *     DIR/tile/..              every tile that one of them needs
 *     DIR/proof/N-I            entry I is among the first N: a proof file
 *     DIR/consistency          lines "M N HASH,HASH": the first M are the
 *                              beginning of the first N
 *
 * The log is kept in a store and read through tlog/, as the server's is.  Entry
 * i is the text "entry i".
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "codec/base64.h"
#include "merkle/tlog_proof.h"
#include "store/log.h"
#include "sys/files.h"
#include "tlog/tiles.h"
#include "tlog/tlog.h"

#include <errno.h>
#include <stdio.h>

enum { ARENA = 64 << 20, STEP_ARENA = 512 << 20, BATCH = 500, PATHS = 1000 };

static const struct tlog_key key = {
    S_INIT("register.example/log"), { 7 }, NULL, NULL, NULL, 0
};

/* Where everything goes, and what everything comes from. */
struct maker {
    struct heap heap;
    struct file_ops files;
    struct store *store;
    const char *dir;
};

/* --- files ------------------------------------------------------------ */

/* DIR/FOLDER/NAME, its folder made. */
static err path_of(struct maker *m, struct arena *a, const char *folder,
                   str name, str *out)
{
    size_t end;
    struct buf b;

    buf_init(&b, a, PATHS);
    buf_str(&b, str_of(m->dir));
    buf_char(&b, '/');
    buf_str(&b, str_of(folder));
    buf_str(&b, name);
    TRY(buf_done(&b, out));
    for (end = out->n; out->p[end - 1] != '/'; end--)
        continue;
    return folder_make(&m->files, a, str_first(*out, end - 1), FOLDER_PUBLIC);
}

/* Not synced: whoever loses it makes it again. */
static err write_file(struct maker *m, struct arena *a, const char *folder,
                      str name, str bytes)
{
    str path;
    FILE *f;

    TRY(path_of(m, a, folder, name, &path));
    TRY_MEMORY(arena_str(a, path, &path));
    f = fopen(path.p, "wb");
    if (f == NULL || fwrite(bytes.p, 1, bytes.n, f) != bytes.n ||
        fclose(f) != 0)
        return file_err(a, path, errno);
    return OK;
}

/* --- growing ---------------------------------------------------------- */

static err take_any(struct tx *, const struct log_pending_row *, int64_t,
                    void *)
{
    return OK;
}

static err enter(struct tx *tx, int64_t from, int64_t to)
{
    for (int64_t i = from; i < to; i++) {
        char leaf[40];
        int n = snprintf(leaf, sizeof leaf, "entry %lld", (long long)i);

        TRY(tlog_enter(tx, 1, S("test/x"), (str){ leaf, (size_t)n }));
    }
    return OK;
}

/* In one transaction: nobody looks in between. */
static err grow(struct maker *m, struct arena *a, int64_t from, int64_t to,
                struct checkpoint *out)
{
    const struct tlog_taker anybody = { take_any, NULL };
    scoped(tx_abort) struct tx *tx = NULL;
    size_t done;

    TRY(tx_begin(m->store, a, TX_WRITE, &tx));
    for (int64_t at = from; at < to; at += BATCH) {
        TRY(enter(tx, at, to - at > BATCH ? at + BATCH : to));
        TRY(tlog_sequence(tx, &key, BATCH, &anybody, &done));
    }
    TRY(tlog_checkpoint(tx, a, &key, 1, out));
    return tx_commit(&tx);
}

/* --- what is published ------------------------------------------------ */

static err write_tiles(struct maker *m, struct tx *tx, struct arena *a,
                       int64_t old_size, int64_t size)
{
    struct tile_walk walk = { 0 };
    struct tile t;

    while (tile_next(&walk, (uint64_t)old_size, (uint64_t)size, &t)) {
        char name[TILE_PATH];
        bool found;
        str bytes;

        TRY(tlog_tile(tx, a, t, size, &bytes, &found));
        TRY(write_file(m, a, "", tile_path(t, name), bytes));
    }
    return OK;
}

static err write_proof(struct maker *m, struct tx *tx, struct arena *a,
                       const struct checkpoint *c, int64_t index)
{
    struct tlog_proof p = { .index = (uint64_t)index, .checkpoint = c->note };
    char name[50];
    str text;
    int n = snprintf(name, sizeof name, "%lld-%lld", (long long)c->size,
                     (long long)index);

    TRY(tlog_inclusion(tx, index, c->size, &p.path));
    TRY(tlog_proof_write(a, &p, &text));
    return write_file(m, a, "proof/", (str){ name, (size_t)n }, text);
}

static err write_proofs(struct maker *m, struct tx *tx, struct arena *a,
                        const struct checkpoint *c)
{
    if (c->size > 0)
        TRY(write_proof(m, tx, a, c, 0));
    if (c->size > 2)
        TRY(write_proof(m, tx, a, c, c->size / 2));
    if (c->size > 1)
        TRY(write_proof(m, tx, a, c, c->size - 1));
    return OK;
}

static err put_consistency(struct tx *tx, struct buf *b, int64_t old_size,
                           int64_t size)
{
    struct merkle_proof p;

    TRY(tlog_consistency(tx, old_size, size, &p));
    buf_printf(b, "%lld %lld ", (long long)old_size, (long long)size);
    for (size_t i = 0; i < p.n; i++) {
        if (i > 0)
            buf_char(b, ',');
        base64_encode(b, BASE64_PADDED, p.hashes[i].b, sizeof p.hashes[i].b);
    }
    buf_char(b, '\n');
    return OK;
}

/* --- step by step ----------------------------------------------------- */

static err publish(struct maker *m, struct arena *a, int64_t old_size,
                   const struct checkpoint *c, struct buf *consistency)
{
    scoped(tx_abort) struct tx *tx = NULL;
    char name[30];
    int n = snprintf(name, sizeof name, "%lld", (long long)c->size);

    TRY(tx_begin(m->store, a, TX_READ, &tx));
    TRY(write_tiles(m, tx, a, old_size, c->size));
    TRY(write_proofs(m, tx, a, c));
    if (old_size > 0)
        TRY(put_consistency(tx, consistency, old_size, c->size));
    if (old_size > 1) /* and from far back */
        TRY(put_consistency(tx, consistency, old_size / 2, c->size));
    return write_file(m, a, "checkpoint/", (str){ name, (size_t)n }, c->note);
}

static err step(struct maker *m, int64_t old_size, int64_t size,
                struct buf *consistency)
{
    scoped(arena_end) struct arena a;
    struct checkpoint c;

    arena_init(&a, &m->heap, STEP_ARENA);
    TRY(grow(m, &a, old_size, size, &c));
    return publish(m, &a, old_size, &c, consistency);
}

/* Every size up to 300, and both sides of where tiles fill up. */
static err make_all(struct maker *m, struct buf *consistency)
{
    static const int64_t more[] = { 511, 512, 513, 65535, 65536, 65537, 70000 };
    int64_t size = 0;

    TRY(step(m, 0, 0, consistency));
    while (size < 300) {
        TRY(step(m, size, size + 1, consistency));
        size++;
    }
    for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
        TRY(step(m, size, more[i], consistency));
        size = more[i];
    }
    return OK;
}

static err make(struct maker *m, struct arena *a)
{
    scoped(store_close) struct store *s = NULL;
    struct buf consistency;
    char where[PATHS];
    str text;

    buf_init(&consistency, a, 8 << 20);
    TRY(folder_make(&m->files, a, str_of(m->dir), FOLDER_PUBLIC));
    (void)snprintf(where, sizeof where, "sqlite:%s/log.db", m->dir);
    TRY(store_open(&m->heap, a, str_of(where), &s));
    TRY(store_migrate(s, a));
    m->store = s;
    TRY(make_all(m, &consistency));
    TRY(buf_done(&consistency, &text));
    TRY(write_file(m, a, "", S("consistency"), text));
    TRY(tlog_vkey(a, &key, &text));
    return write_file(m, a, "", S("vkey"), text);
}

int main(int argc, char **argv)
{
    struct maker m = { .heap = HEAP_LIBC, .files = FILE_SYSTEM };
    scoped(arena_end) struct arena a;

    if (argc != 2) {
        fprintf(stderr, "usage: log_sizes DIR\n");
        return 2;
    }
    m.dir = argv[1];
    arena_init(&a, &m.heap, ARENA);
    err e = make(&m, &a);
    if (failed(e)) {
        fprintf(stderr, "log_sizes: %s\n", e.info->id);
        return 1;
    }
    return 0;
}
