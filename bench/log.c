/*
 * bench/log -- what the transparency log costs.
 *
 *   build/bench/bench_log FOLDER [MEMORY [DURABLE]]
 *
 *   memory   MEMORY entries: leaf hash, every subtree they complete, and a
 *            signed checkpoint each BATCH, nothing stored
 *   durable  DURABLE entries through tlog/ into SQLite, synchronous=FULL, BATCH
 *            a transaction: entered in one, given indices in a second, signed
 *            in a third, the checkpoint kept beside the store before that
 *            commits.  Three transactions and a file a batch, all synced.
 *   proof    that an entry is in it, out of the store: transaction, newest
 *            checkpoint, path and file
 *
 * Memory and proofs are CPU time, for they wait for nothing; durable is time by
 * the clock.
 */

#include "measure.h"

#include "base/arena.h"
#include "base/heap.h"
#include "merkle/checkpoint.h"
#include "merkle/tlog_proof.h"
#include "store/log.h"
#include "sys/files.h"
#include "tlog/anchor.h"
#include "tlog/tiles.h"
#include "tlog/tlog.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    MEMORY = 1000000,
    DURABLE = 200000,
    MOST = 100000000,
    BATCH = 500,
    PROOFS = 2000,
    ROUNDS = 5,
    LEAF = 400, /* bytes of an entry: a certificate's is about as long */
    ARENA = 64 << 20,
};

static const struct tlog_key plain = {
    .origin = S_INIT("register.example/log"),
    .seed = { 7 },
};

static str leaf_of(char text[static LEAF], int64_t i)
{
    (void)snprintf(text, LEAF, "{\"number\":%lld}", (long long)i);
    return (str){ text, LEAF };
}

/* --- in memory --------------------------------------------------------- */

/* Every subtree that there is, by level; kept, as a log has to. */
struct levels {
    struct hash *at[MERKLE_LEVELS];
};

static void levels_begin(struct levels *l, int64_t n)
{
    for (size_t i = 0; i < MERKLE_LEVELS; i++)
        l->at[i] = malloc(((size_t)(n >> i) + 1) * sizeof(struct hash));
}

static void levels_end(struct levels *l)
{
    for (size_t i = 0; i < MERKLE_LEVELS; i++)
        free(l->at[i]);
}

static void sign(const struct merkle_edge *edge, const struct sign_key *key)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct hash root;
    str note;

    arena_init(&a, &h, 1 << 20);
    merkle_edge_root(edge, &root);
    ok(note_checkpoint(&a, plain.origin, key, (int64_t)edge->size, &root,
                       &note));
}

static double in_memory(int64_t n)
{
    scoped(sign_key_end) struct sign_key key;
    struct merkle_edge edge = { 0 };
    struct levels l;
    char text[LEAF] = { 0 };

    sign_key_of_seed(plain.seed, &key);
    levels_begin(&l, n);
    double from = seconds_of_cpu();
    for (int64_t i = 0; i < n; i++) {
        struct hash made[MERKLE_LEVELS];
        struct hash leaf;

        merkle_leaf(leaf_of(text, i), &leaf);
        size_t whole = merkle_append(&edge, &leaf, made);
        for (size_t k = 0; k < whole; k++)
            l.at[k][i >> k] = made[k];
        if ((i + 1) % BATCH == 0 || i + 1 == n)
            sign(&edge, &key);
    }
    double took = seconds_of_cpu() - from;
    levels_end(&l);
    return took / (double)n;
}

/* --- durable ----------------------------------------------------------- */

struct place {
    struct heap heap;
    struct file_ops files;
    struct tlog_anchor anchor;
    struct tlog_key key;
    char path[300];
    char where[320];
    char kept[320];
    struct store *store;
};

static void place_begin(struct place *p, const char *folder, struct arena *a)
{
    static const char *const tails[] = { "", "-wal", "-shm", ".checkpoint" };

    *p = (struct place){ .heap = HEAP_LIBC, .files = FILE_SYSTEM };
    (void)snprintf(p->path, sizeof p->path, "%s/bench-log.db", folder);
    (void)snprintf(p->where, sizeof p->where, "sqlite:%s", p->path);
    for (int i = 0; i < 4; i++) {
        (void)snprintf(p->kept, sizeof p->kept, "%s%s", p->path, tails[i]);
        (void)unlink(p->kept);
    }
    p->anchor = (struct tlog_anchor){ &p->files, str_of(p->kept) };
    p->key = plain;
    p->key.anchor = &p->anchor;
    ok(store_open(&p->heap, a, str_of(p->where), &p->store));
    ok(store_migrate(p->store, a));
}

static void enter(struct place *p, struct arena *a, int64_t from, int64_t to)
{
    scoped(tx_abort) struct tx *tx = NULL;
    char text[LEAF] = { 0 };

    ok(tx_begin(p->store, a, TX_WRITE, &tx));
    for (int64_t i = from; i < to; i++)
        ok(tlog_enter(tx, i, S("certificate/99926SC0001R0M"),
                      leaf_of(text, i)));
    ok(tx_commit(&tx));
}

static err take_any(struct tx *, const struct log_pending_row *, int64_t,
                    void *)
{
    return OK;
}

static void give_indices(struct place *p, struct arena *a)
{
    const struct tlog_taker anybody = { take_any, NULL };
    scoped(tx_abort) struct tx *tx = NULL;
    size_t done;

    ok(tx_begin(p->store, a, TX_WRITE, &tx));
    ok(tlog_sequence(tx, &p->key, BATCH, &anybody, &done));
    ok(tx_commit(&tx));
}

static void sign_durably(struct place *p, struct arena *a)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct checkpoint c;

    ok(tx_begin(p->store, a, TX_WRITE, &tx));
    ok(tlog_checkpoint(tx, a, &p->key, 1, &c));
    ok(tx_commit(&tx));
}

static double durably(struct place *p, int64_t n)
{
    double from = seconds_now();

    for (int64_t i = 0; i < n; i += BATCH) {
        scoped(arena_end) struct arena a;

        arena_init(&a, &p->heap, ARENA);
        enter(p, &a, i, n - i > BATCH ? i + BATCH : n);
        give_indices(p, &a);
        sign_durably(p, &a);
    }
    return (seconds_now() - from) / (double)n;
}

/* --- proofs ------------------------------------------------------------ */

static void prove(struct place *p, struct arena *a, int64_t index)
{
    scoped(tx_abort) struct tx *tx = NULL;
    struct tlog_proof made = { .index = (uint64_t)index };
    struct checkpoint c;
    str text;

    ok(tx_begin(p->store, a, TX_READ, &tx));
    ok(tlog_newest(tx, a, &c));
    ok(tlog_inclusion(tx, index, c.size, &made.path));
    made.checkpoint = c.note;
    ok(tlog_proof_write(a, &made, &text));
}

static double prove_some(struct place *p, int64_t n)
{
    double from = seconds_of_cpu();

    for (int64_t i = 0; i < PROOFS; i++) {
        scoped(arena_end) struct arena a;

        arena_init(&a, &p->heap, 1 << 20);
        prove(p, &a, i * 7919 % n);
    }
    return (seconds_of_cpu() - from) / PROOFS;
}

int main(int argc, char **argv)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct series memory = { 0 };
    struct series proofs = { 0 };
    struct place p;
    int n = number_of(argc, argv, 2, MOST, MEMORY);
    int durable = number_of(argc, argv, 3, MOST, DURABLE);

    must(argc > 1, "a folder on the disk to measure");
    arena_init(&a, &h, ARENA);
    for (int i = 0; i < ROUNDS; i++)
        series_add(&memory, in_memory(n));
    tell("log.entries", n);
    tell("log.memory_micros", 1e6 * series_median(&memory));
    tell("log.memory_rate", 1 / series_median(&memory));
    place_begin(&p, argv[1], &a);
    double each = durably(&p, durable);
    tell("log.durable_entries", durable);
    tell("log.durable_micros", 1e6 * each);
    tell("log.durable_rate", 1 / each);
    for (int i = 0; i < ROUNDS; i++)
        series_add(&proofs, prove_some(&p, durable));
    tell("log.proof_micros", 1e6 * series_median(&proofs));
    store_close(&p.store);
    return 0;
}
