#include "store/test_fault_cases.h"

#include "base/arena.h"
#include "store/blob.h"
#include "store/command.h"
#include "store/counters.h"
#include "store/journal.h"
#include "store/log.h"
#include "store/store_test_env.h"
#include "sys/files.h"

#include <stdio.h>
#include <unistd.h>

enum { COMMANDS = 3, FILE_LIMIT = 4 << 20 };

static const struct hash BLOB = { { 0xB1 } };
#define BLOB_BYTES S("a report of some length")

/* A migrated store and its files as they are before each run. */
struct world {
    struct store_place place;
    struct arena *arena;
    char db[PLACE_WHERE];
    char wal[PLACE_WHERE];
    str db_bytes;
    str wal_bytes;  /* empty: none */
    str blobs;      /* folder */
    int64_t before; /* commands in it */
    int64_t acknowledged;
};

/* --- what is done ----------------------------------------------------- */

/* One command: a stream, two events, a number, a leaf, an answer. */
static err act(struct tx *tx)
{
    const struct journal_row events[] = {
        { .version = 1, .type = S("opened"), .body = S("{\"n\":1}") },
        { .version = 2, .type = S("closed"), .body = S("{\"n\":2}") },
    };
    int64_t n;
    char number[24];

    TRY(counter_next(tx, S("case/2026"), &n));
    (void)snprintf(number, sizeof number, "C%lld", (long long)n);
    struct stream_row s = {
        .id = { { (uint8_t)n } },
        .kind = S("case"),
        .number = str_of(number),
    };
    struct command_row c = { .id = s.id, .stream = s.id, .answer = s.number };
    struct log_pending_row leaf = { .subject = s.number, .leaf = S("{}") };

    TRY(stream_open(tx, &s));
    TRY(journal_append(tx, s.id, 0, events, 2));
    TRY(log_pending_add(tx, &leaf));
    return command_record(tx, &c);
}

static err act_once(struct store *s, struct arena *a)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(tx_begin(s, a, TX_WRITE, &tx));
    TRY(tx_savepoint(tx));
    TRY(act(tx));
    TRY(tx_release(tx));
    return tx_commit(&tx);
}

static err act_often(struct heap *h, struct file_ops *, void *context)
{
    struct world *w = (struct world *)context;
    scoped(arena_end) struct arena a;
    scoped(store_close) struct store *s = NULL;

    arena_init(&a, h, 1 << 20);
    TRY(store_open(h, &a, w->place.where, &s));
    for (int i = 0; i < COMMANDS; i++) {
        TRY(act_once(s, &a));
        w->acknowledged++;
    }
    return OK;
}

/* --- before and after ------------------------------------------------- */

static void lay(const char *path, str bytes)
{
    FILE *f = fopen(path, "wb");

    EXPECT(f != NULL && fwrite(bytes.p, 1, bytes.n, f) == bytes.n);
    EXPECT(f != NULL && fclose(f) == 0);
}

static void prepare(void *context)
{
    struct world *w = (struct world *)context;
    char shm[PLACE_WHERE + 8];

    (void)snprintf(shm, sizeof shm, "%s-shm", w->db);
    (void)unlink(shm);
    (void)unlink(w->wal);
    lay(w->db, w->db_bytes);
    if (w->wal_bytes.n > 0)
        lay(w->wal, w->wal_bytes);
    w->acknowledged = 0;
}

/* All or nothing, nothing acknowledged lost, and at most the one that was
 * under way when things went wrong. */
static void look(const struct fault_run *run, void *context)
{
    struct world *w = (struct world *)context;
    TEST_ARENA(a, 1 << 22);
    char want[120];
    str got = store_test_ask(&w->place, &a,
                             "SELECT count(*) FROM command;"
                             "SELECT count(*) FROM stream WHERE version = 2;"
                             "SELECT count(*) FROM journal;"
                             "SELECT count(*) FROM log_pending;"
                             "SELECT coalesce(sum(value), 0) FROM counter;"
                             "PRAGMA integrity_check;"
                             "PRAGMA foreign_key_check;");
    long long n = store_test_number(got);
    int64_t more = n - w->before;

    EXPECT(more >= w->acknowledged && more <= w->acknowledged + 1);
    EXPECT(run->failed || more == COMMANDS);
    (void)snprintf(want, sizeof want, "%lld\n%lld\n%lld\n%lld\n%lld\nok\n", n,
                   n, 2 * n, n, n);
    EXPECT_STR(got, str_of(want));
}

/* --- worlds ----------------------------------------------------------- */

static bool new_world(struct world *w, struct arena *a)
{
    char blobs[PLACE_FOLDER + 8];

    *w = (struct world){ .arena = a };
    if (!store_place_new(true, &w->place))
        return false;
    w->place.where = str_of(w->place.where_text);
    (void)snprintf(w->db, sizeof w->db, "%s",
                   w->place.where_text + strlen("sqlite:"));
    (void)snprintf(w->wal, sizeof w->wal, "%.200s-wal", w->db);
    (void)snprintf(blobs, sizeof blobs, "%s/blobs", w->place.folder);
    return arena_str(a, str_of(blobs), &w->blobs);
}

static err keep(struct world *w, const char *path, str *out)
{
    struct file_ops machine = FILE_SYSTEM;

    return file_read(&machine, w->arena, str_of(path), FILE_LIMIT, out);
}

/* A store that was closed in order. */
static err make_clean(struct world *w)
{
    struct heap h = HEAP_LIBC;
    scoped(store_close) struct store *s = NULL;

    TRY(store_test_open(&w->place, &h, w->arena, &s));
    store_close(&s);
    return keep(w, w->db, &w->db_bytes);
}

/* The files of a store in use, copied from under it: as a killed process
 * leaves them. */
static err make_killed(struct world *w)
{
    struct heap h = HEAP_LIBC;
    scoped(store_close) struct store *s = NULL;

    TRY(store_test_open(&w->place, &h, w->arena, &s));
    TRY(act_once(s, w->arena));
    TRY(act_once(s, w->arena));
    w->before = 2;
    TRY(keep(w, w->db, &w->db_bytes));
    return keep(w, w->wal, &w->wal_bytes);
}

static long run(enum fault what, long stride, struct world *w,
                err (*body)(struct heap *h, struct file_ops *files, void *),
                void (*check)(const struct fault_run *run, void *))
{
    const struct fault_plan plan = {
        .prepare = prepare,
        .body = body,
        .check = check,
        .context = w,
        .stride = stride,
    };

    return fault_each(what, &plan);
}

long fault_commands(enum fault what, long stride)
{
    TEST_ARENA(a, (size_t)2 * FILE_LIMIT);
    struct world w;

    if (!new_world(&w, &a) || !EXPECT_OK(make_clean(&w)))
        return 0;
    return run(what, stride, &w, act_often, look);
}

long fault_recovery(enum fault what, long stride)
{
    TEST_ARENA(a, (size_t)4 * FILE_LIMIT);
    struct world w;

    if (!new_world(&w, &a) || !EXPECT_OK(make_killed(&w)))
        return 0;
    EXPECT(w.wal_bytes.n > 0);
    return run(what, stride, &w, act_often, look);
}

/* --- blobs ------------------------------------------------------------ */

/* [BL1] The file, then the row that names it. */
static err act_with_blob(struct heap *h, struct file_ops *files, void *context)
{
    struct world *w = (struct world *)context;
    scoped(arena_end) struct arena a;
    scoped(store_close) struct store *s = NULL;
    scoped(tx_abort) struct tx *tx = NULL;
    const struct blobs b = { .files = files, .folder = w->blobs };
    const struct blob_row row = {
        .hash = BLOB,
        .size = (int64_t)BLOB_BYTES.n,
        .media_type = S("text/plain"),
    };

    arena_init(&a, h, 1 << 20);
    TRY(store_open(h, &a, w->place.where, &s));
    TRY(blob_write(&b, &a, &BLOB, BLOB_BYTES));
    TRY(tx_begin(s, &a, TX_WRITE, &tx));
    TRY(blob_record(tx, &row));
    TRY(act(tx));
    TRY(tx_commit(&tx));
    w->acknowledged++;
    return OK;
}

/* A row never stands without its file. */
static void look_at_blob(const struct fault_run *run, void *context)
{
    struct world *w = (struct world *)context;
    struct file_ops machine = FILE_SYSTEM;
    const struct blobs b = { .files = &machine, .folder = w->blobs };
    struct blob_row row = { .hash = BLOB, .size = (int64_t)BLOB_BYTES.n };
    TEST_ARENA(a, 1 << 16);
    int64_t n = store_test_count(&w->place, "SELECT count(*) FROM blob");
    str got = S("");

    EXPECT(n == 1 || (n == 0 && run->failed));
    EXPECT(store_test_count(&w->place, "SELECT count(*) FROM command") == n);
    if (n == 1) {
        EXPECT_OK(blob_read(&b, &a, &row, &got));
        EXPECT_STR(got, BLOB_BYTES);
    }
}

static void prepare_blob(void *context)
{
    struct world *w = (struct world *)context;
    struct file_ops machine = FILE_SYSTEM;
    char path[PLACE_FOLDER + 100];
    TEST_ARENA(a, 1 << 16);

    prepare(context);
    (void)snprintf(path, sizeof path, "%.80s/blobs/b1/%062d", w->place.folder,
                   0);
    /* There is none before the first run. */
    err e = file_remove(&machine, &a, str_of(path));
    EXPECT(!failed(e) || e.info->code == ERR_NOT_FOUND);
}

long fault_blob(enum fault what, long stride)
{
    TEST_ARENA(a, (size_t)2 * FILE_LIMIT);
    struct world w;

    if (!new_world(&w, &a) || !EXPECT_OK(make_clean(&w)))
        return 0;
    const struct fault_plan plan = {
        .prepare = prepare_blob,
        .body = act_with_blob,
        .check = look_at_blob,
        .context = &w,
        .stride = stride,
    };
    return fault_each(what, &plan);
}
