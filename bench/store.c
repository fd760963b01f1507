/*
 * bench/store -- what a durable command costs, and what the group saves.
 *
 *   build/bench/bench_store FOLDER        (a folder on the disk to measure)
 *
 * Three ways to carry out the same commands (advance a stream, append an
 * event, keep the answer), all with synchronous=FULL:
 *
 *   alone   a client, a transaction and an fsync each
 *   group   CLIENTS clients through the committer
 *   bare    the same statements straight to SQLite in one thread, in as many
 *           transactions as the committer made (raw.h)
 */

#include "measure.h"
#include "raw.h"

#include "base/arena.h"
#include "base/heap.h"
#include "store/command.h"
#include "store/committer.h"
#include "store/journal.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

enum {
    CLIENTS = 64,
    EACH = 250, /* commands a client: CLIENTS * EACH in all */
    ALONE = 2000,
    ROUNDS = 5,
    BODY = 400, /* bytes of an event */
};

/* --- one command ------------------------------------------------------- */

/* A client's own stream, and how far it has come. */
struct client {
    struct committer *committer;
    id stream;
    int64_t version;
    pthread_t thread;
};

static char body[BODY];

static const str answer = S_INIT("{\"ok\":true}");
static const str type = S_INIT("finding.recorded");

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
    const struct journal_row e = {
        .version = c->version + 1,
        .type = type,
        .body = { body, sizeof body },
        .hash = { { (uint8_t)c->version } },
    };
    const struct command_row done = {
        .id = command_id(c),
        .stream = c->stream,
        .version = e.version,
        .answer = answer,
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

    (void)snprintf(p->path, sizeof p->path, "%s/bench-store.db", p->folder);
    (void)snprintf(p->where, sizeof p->where, "sqlite:%s", p->path);
    for (int i = 0; i < 3; i++) {
        (void)snprintf(name, sizeof name, "%s%s", p->path, tails[i]);
        (void)unlink(name);
    }
    arena_init(&a, &h, 1 << 20);
    ok(store_open(&h, &a, str_of(p->where), &s));
    ok(store_migrate(s, &a));
    ok(tx_begin(s, &a, TX_WRITE, &tx));
    for (uint8_t i = 0; i < CLIENTS; i++) {
        (void)snprintf(name, sizeof name, "C%d", i);
        clients[i] = (struct client){ .stream = { { 1, i } } };
        ok(stream_open(tx, &(struct stream_row){ .id = clients[i].stream,
                                                 .kind = S("case"),
                                                 .number = str_of(name) }));
    }
    ok(tx_commit(&tx));
}

/* --- the three ways ---------------------------------------------------- */

static double alone(struct place *p)
{
    struct client clients[CLIENTS];
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    scoped(store_close) struct store *s = NULL;

    fresh(p, clients);
    arena_init(&a, &h, 1 << 20);
    ok(store_open(&h, &a, str_of(p->where), &s));
    double begin = seconds_now();
    for (int i = 0; i < ALONE; i++) {
        struct client *c = &clients[i % CLIENTS];
        scoped(tx_abort) struct tx *tx = NULL;
        ok(tx_begin(s, &a, TX_WRITE, &tx));
        ok(carry_out(tx, c));
        ok(tx_commit(&tx));
        c->version++;
    }
    return ALONE / (seconds_now() - begin);
}

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
    double begin = seconds_now();
    for (int i = 0; i < CLIENTS; i++) {
        clients[i].committer = c;
        must(pthread_create(&clients[i].thread, NULL, call, &clients[i]) == 0,
             "there is no thread");
    }
    for (int i = 0; i < CLIENTS; i++)
        must(pthread_join(clients[i].thread, NULL) == 0, "a thread is lost");
    double took = seconds_now() - begin;
    *groups = committer_counts(c).groups;
    return CLIENTS * EACH / took;
}

static double bare(struct place *p, int64_t groups)
{
    struct client clients[CLIENTS];
    id streams[CLIENTS];

    fresh(p, clients);
    for (int i = 0; i < CLIENTS; i++)
        streams[i] = clients[i].stream;
    return raw_run(p->path, &(struct raw_plan){
                                .streams = streams,
                                .stream_count = CLIENTS,
                                .commands = (int64_t)CLIENTS * EACH,
                                .groups = groups,
                                .type = type,
                                .body = { body, sizeof body },
                                .answer = answer,
                            });
}

int main(int argc, char **argv)
{
    static struct series by_one;
    static struct series by_group;
    static struct series by_bare;
    struct place p = { 0 };
    int64_t groups = 0;

    must(argc == 2, "which folder?");
    p.folder = argv[1];
    memset(body, 'x', sizeof body);
    for (int i = 0; i < ROUNDS; i++) {
        series_add(&by_one, alone(&p));
        series_add(&by_group, in_groups(&p, &groups));
        series_add(&by_bare, bare(&p, groups));
    }
    (void)unlink(p.path);
    tell("store.alone_rate", series_median(&by_one));
    tell("store.group_rate", series_median(&by_group));
    tell("store.group_size", (double)CLIENTS * EACH / (double)groups);
    tell("store.bare_rate", series_median(&by_bare));
    tell("store.group_to_bare", series_ratio(&by_group, &by_bare));
    tell("store.group_to_alone", series_ratio(&by_group, &by_one));
    return 0;
}
