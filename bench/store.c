/*
 * bench/store -- what a durable command costs, and what the group saves.
 *
 *   build/bench/bench_store [FOLDER]        (a folder on the disk to measure)
 *
 * Three ways to carry out the same commands (advance a stream, append an
 * event, keep the answer), all with synchronous=FULL:
 *
 *   one by one   a client, a transaction and an fsync each
 *   group        CLIENTS clients through the committer
 *   bare         the same statements straight to SQLite in one thread, in as
 *                many transactions as the committer made; no savepoint, no
 *                arena, no error handling: the least it can cost
 *
 * Prints medians of ROUNDS rounds run in turn; the ratios hold on any
 * machine, the times do not.
 */

#include "base/arena.h"
#include "base/heap.h"
#include "store/command.h"
#include "store/committer.h"
#include "store/journal.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    CLIENTS = 64,
    EACH = 250, /* commands a client: CLIENTS * EACH in all */
    ALONE = 2000,
    ROUNDS = 5,
    BODY = 400, /* bytes of an event */
};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "bench_store: %s\n", what);
    exit(EXIT_FAILURE);
}

static void ok(err e)
{
    must(!failed(e), failed(e) ? e.info->id : "");
}

/* --- one command ------------------------------------------------------- */

/* A client's own stream, and how far it has come. */
struct client {
    struct committer *committer;
    id stream;
    int64_t version;
    pthread_t thread;
};

static char body[BODY];

static struct journal_row event_of(const struct client *c)
{
    return (struct journal_row){
        .version = c->version + 1,
        .type = S("finding.recorded"),
        .body = { body, sizeof body },
        .hash = { { (uint8_t)c->version } },
    };
}

/* The id of the client's next command. */
static id command_id(const struct client *c)
{
    id i = c->stream;

    memcpy(i.b + 8, &c->version, sizeof c->version);
    return i;
}

static err carry_out(struct tx *tx, void *context)
{
    const struct client *c = (const struct client *)context;
    const struct journal_row e = event_of(c);
    const struct command_row done = {
        .id = command_id(c),
        .stream = c->stream,
        .version = e.version,
        .answer = S("{\"ok\":true}"),
    };

    TRY(journal_append(tx, c->stream, c->version, &e, 1));
    return command_record(tx, &done);
}

/* --- a fresh store ----------------------------------------------------- */

struct place {
    const char *folder;
    char path[300];
    char where[320];
};

static void fresh(struct place *p, struct client clients[CLIENTS])
{
    static const char *const tails[] = { "", "-wal", "-shm" };
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    scoped(store_close) struct store *s = NULL;
    scoped(tx_abort) struct tx *tx = NULL;
    char name[320];

    snprintf(p->path, sizeof p->path, "%s/bench-store.db", p->folder);
    snprintf(p->where, sizeof p->where, "sqlite:%s", p->path);
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", p->path, tails[i]);
        (void)unlink(name);
    }
    arena_init(&a, &h, 1 << 20);
    ok(store_open(&h, &a, str_of(p->where), &s));
    ok(store_migrate(s, &a));
    ok(tx_begin(s, &a, TX_WRITE, &tx));
    for (uint8_t i = 0; i < CLIENTS; i++) {
        snprintf(name, sizeof name, "C%d", i);
        clients[i] = (struct client){ .stream = { { 1, i } } };
        ok(stream_open(tx, &(struct stream_row){ .id = clients[i].stream,
                                                 .kind = S("case"),
                                                 .number = str_of(name) }));
    }
    ok(tx_commit(&tx));
}

/* --- one by one -------------------------------------------------------- */

static double one_by_one(struct place *p)
{
    struct client clients[CLIENTS];
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    scoped(store_close) struct store *s = NULL;

    fresh(p, clients);
    arena_init(&a, &h, 1 << 20);
    ok(store_open(&h, &a, str_of(p->where), &s));
    double begin = now();
    for (int i = 0; i < ALONE; i++) {
        struct client *c = &clients[i % CLIENTS];
        scoped(tx_abort) struct tx *tx = NULL;
        ok(tx_begin(s, &a, TX_WRITE, &tx));
        ok(carry_out(tx, c));
        ok(tx_commit(&tx));
        c->version++;
    }
    return ALONE / (now() - begin);
}

/* --- in groups --------------------------------------------------------- */

static void *call(void *arg)
{
    struct client *c = (struct client *)arg;
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;

    arena_init(&a, &h, 1 << 20);
    for (int i = 0; i < EACH; i++) {
        ok(committer_run(c->committer, &a, carry_out, c));
        c->version++;
    }
    return NULL;
}

static double in_groups(struct place *p, int64_t *groups)
{
    struct client clients[CLIENTS];
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    scoped(committer_close) struct committer *c = NULL;

    fresh(p, clients);
    arena_init(&a, &h, 1 << 20);
    ok(committer_open(&h, &a, str_of(p->where), &committer_limits_usual, &c));
    double begin = now();
    for (int i = 0; i < CLIENTS; i++) {
        clients[i].committer = c;
        must(pthread_create(&clients[i].thread, NULL, call, &clients[i]) == 0,
             "a thread");
    }
    for (int i = 0; i < CLIENTS; i++)
        must(pthread_join(clients[i].thread, NULL) == 0, "a thread's end");
    double took = now() - begin;
    *groups = committer_counts(c).groups;
    return CLIENTS * EACH / took;
}

/* --- bare SQLite ------------------------------------------------------- */

static sqlite3_stmt *prepare(sqlite3 *db, enum sql which)
{
    sqlite3_stmt *s = NULL;

    must(sqlite3_prepare_v2(db, sql_text[which], -1, &s, NULL) == SQLITE_OK,
         sql_name[which]);
    return s;
}

static void blob(sqlite3_stmt *s, int n, const void *p, int size)
{
    sqlite3_bind_blob(s, n, p, size, SQLITE_STATIC);
}

static void text(sqlite3_stmt *s, int n, str v)
{
    sqlite3_bind_text(s, n, v.p, (int)v.n, SQLITE_STATIC);
}

static void step(sqlite3_stmt *s)
{
    must(sqlite3_step(s) == SQLITE_DONE, "a statement");
    sqlite3_reset(s);
}

/* Parameters stand in the order of their first appearance. */
static void bare_command(sqlite3_stmt *advance, sqlite3_stmt *add,
                         sqlite3_stmt *record, const struct client *c)
{
    const struct journal_row e = event_of(c);
    id command = command_id(c);
    static const struct hash none;

    sqlite3_bind_int64(advance, 1, e.version);
    blob(advance, 2, e.hash.b, sizeof e.hash.b);
    blob(advance, 3, c->stream.b, sizeof c->stream.b);
    sqlite3_bind_int64(advance, 4, c->version);
    step(advance);

    blob(add, 1, c->stream.b, sizeof c->stream.b);
    sqlite3_bind_int64(add, 2, e.version);
    text(add, 3, e.type);
    sqlite3_bind_int64(add, 4, 0);
    sqlite3_bind_int64(add, 5, 0);
    text(add, 6, e.body);
    blob(add, 7, e.hash.b, sizeof e.hash.b);
    step(add);

    blob(record, 1, command.b, sizeof command.b);
    blob(record, 2, none.b, sizeof command.b);
    blob(record, 3, none.b, sizeof none.b);
    blob(record, 4, c->stream.b, sizeof c->stream.b);
    sqlite3_bind_int64(record, 5, e.version);
    text(record, 6, S("{\"ok\":true}"));
    sqlite3_bind_int64(record, 7, 0);
    step(record);
}

static void run(sqlite3 *db, const char *what)
{
    must(sqlite3_exec(db, what, NULL, NULL, NULL) == SQLITE_OK, what);
}

static double bare(struct place *p, int64_t groups)
{
    struct client clients[CLIENTS];
    sqlite3 *db = NULL;
    int64_t total = (int64_t)CLIENTS * EACH;

    fresh(p, clients);
    must(sqlite3_open(p->path, &db) == SQLITE_OK, "a database");
    run(db, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
            "PRAGMA cache_size = -8192");
    sqlite3_stmt *advance = prepare(db, SQL_stream_advance);
    sqlite3_stmt *add = prepare(db, SQL_journal_add);
    sqlite3_stmt *record = prepare(db, SQL_command_add);
    int64_t done = 0;
    double begin = now();
    for (int64_t g = 1; g <= groups; g++) {
        run(db, "BEGIN IMMEDIATE");
        for (; done < total * g / groups; done++) {
            struct client *c = &clients[done % CLIENTS];
            bare_command(advance, add, record, c);
            c->version++;
        }
        run(db, "COMMIT");
    }
    double took = now() - begin;
    sqlite3_finalize(advance);
    sqlite3_finalize(add);
    sqlite3_finalize(record);
    sqlite3_close(db);
    return (double)total / took;
}

/* --- report ------------------------------------------------------------ */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

static double median(double v[ROUNDS])
{
    qsort(v, ROUNDS, sizeof *v, by_size);
    return v[ROUNDS / 2];
}

int main(int argc, char **argv)
{
    struct place p = { .folder = argc > 1 ? argv[1] : "." };
    double alone[ROUNDS];
    double group[ROUNDS];
    double least[ROUNDS];
    double ratio[ROUNDS];
    int64_t groups = 0;

    memset(body, 'x', sizeof body);
    for (int i = 0; i < ROUNDS; i++) {
        alone[i] = one_by_one(&p);
        group[i] = in_groups(&p, &groups);
        least[i] = bare(&p, groups);
        ratio[i] = group[i] / least[i];
    }
    (void)unlink(p.path);
    printf("one by one          %8.0f commands/s\n", median(alone));
    printf("group, %d clients   %8.0f commands/s, %.1f a transaction\n",
           CLIENTS, median(group), (double)CLIENTS * EACH / (double)groups);
    printf("bare, as many fsyncs %7.0f commands/s\n", median(least));
    printf("group / bare        %8.2f\n", median(ratio));
    printf("group / one by one  %8.1f\n", median(group) / median(alone));
    return EXIT_SUCCESS;
}
