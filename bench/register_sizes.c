/*
 * bench/register_sizes -- what a look-up costs as the register grows.
 *
 *   build/bench/bench_register_sizes FOLDER ROUNDS SECONDS SIZE...
 *
 * FOLDER/SIZE is an installation of which nothing but its register is asked.
 * That is filled, once, with so many answers of PACKED bytes each, which is
 * what the answer of a certificate from a file comes to when it says little;
 * 42 million of them are ten gigabytes, and lie in memory.  Each size has a
 * server of its own; they are asked in turn for numbers drawn all over them,
 * and a constant of the same size by the first of them.
 *
 * The book is written past register/book.h, in the order of its keys, page
 * after page: so it is as small as it can be and made in a minute.
 */

#include "asking.h"
#include "installation.h"
#include "load.h"
#include "served.h"

#include "base/buf.h"
#include "base/size.h"
#include "register/book.h"
#include "service/register_home.h"
#include "service/register_pack.h"

#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SIZES_MOST = 8,
    SIZE_MOST = 100000000,
    PACKED = 200,
    SEED = 20260301,
    AT_ONCE = 500000, /* answers in a transaction */
    INSIDE = 20000,
    INSIDE_ROUNDS = 11,
    REQUEST_ARENA = 8 << 20,
    PERCENT = 100,
};

struct size {
    struct installation at;
    struct served served;
    struct asking asking;
    uint32_t n;
    char name[100];
    char script[ASKING_PATH];
    struct series inside;
};

static struct size sizes[SIZES_MOST];
static struct contestant all[SIZES_MOST + 1];
static size_t count;

/* --- answers ------------------------------------------------------------- */

static str number_at(uint32_t i, char room[static ASKING_ROOM])
{
    (void)snprintf(room, ASKING_ROOM, "%03u26SC%08uR0M", i / 1000000, i);
    return str_of(room);
}

/* Padded to PACKED bytes with its name, the head and what is put. */
static str answer_at(uint32_t i, struct buf *b)
{
    static const char until[] = "valid";
    char text[PACKED];
    char room[ASKING_ROOM];
    struct ready x = { .until = 21500,
                       .at = 10,
                       .cut = sizeof until - 1,
                       .put = S("expired"),
                       .from = 0,
                       .over = DAY_NEVER };
    size_t n = PACKED - READY_HEAD - x.put.n;
    int used = snprintf(text, sizeof text,
                        "{\"status\":\"%s\",\"number\":\"%s\",\"uscc\":"
                        "\"9133010079%08u\",\"until\":\"2028-11-11\",\"of\":"
                        "\"",
                        until, number_at(i, room).p, i);
    str packed;

    memset(text + used, 'x', n - (size_t)used);
    memcpy(text + n - 3, "\"}\n", 3);
    x.bytes = (str){ text, n };
    x.names[0] = x.names[1] = i;
    b->n = 0;
    ready_pack(b, &x);
    ok(buf_done(b, &packed));
    return packed;
}

/* --- the book ------------------------------------------------------------ */

static void lm(int number)
{
    must(number == 0, mdb_strerror(number));
}

static MDB_val val_of(str s)
{
    return (MDB_val){ s.n, (void *)(uintptr_t)s.p };
}

static void put_some(MDB_env *env, uint32_t from, uint32_t to)
{
    struct heap heap = HEAP_LIBC;
    struct arena a;
    struct buf b;
    MDB_txn *txn;
    MDB_dbi answers;
    char room[ASKING_ROOM];

    arena_init(&a, &heap, REQUEST_ARENA);
    buf_init(&b, &a, 1 << 16);
    lm(mdb_txn_begin(env, NULL, 0, &txn));
    lm(mdb_dbi_open(txn, "answers", MDB_CREATE, &answers));
    for (uint32_t i = from; i < to; i++) {
        MDB_val k = val_of(number_at(i, room));
        MDB_val v = val_of(answer_at(i, &b));

        lm(mdb_put(txn, answers, &k, &v, MDB_APPEND));
    }
    lm(mdb_txn_commit(txn));
    arena_end(&a);
}

static void make_book(const char *folder, uint32_t n)
{
    char path[ASKING_PATH];
    MDB_env *env;

    (void)snprintf(path, sizeof path, "%s/%u/register/answers.mdb", folder, n);
    lm(mdb_env_create(&env));
    lm(mdb_env_set_mapsize(env, (size_t)BOOK_ROOM));
    lm(mdb_env_set_maxdbs(env, BOOK_TABLES));
    lm(mdb_env_open(env, path, MDB_NOSUBDIR | MDB_NOSYNC, 0600));
    for (uint32_t i = 0; i < n; i += AT_ONCE)
        put_some(env, i, n - i < AT_ONCE ? n : i + AT_ONCE);
    lm(mdb_env_sync(env, 1));
    mdb_env_close(env);
}

static uint64_t answers_of(struct size *s)
{
    scoped(book_read_end) struct book_reader *r = NULL;
    struct book *book;
    uint64_t n;

    ok(register_open(s->at.app, &s->at.arena, &book));
    ok(book_read(book, &s->at.arena, &r));
    ok(book_count(r, &s->at.arena, BOOK_ANSWERS, &n));
    return n;
}

static void open_size(struct size *s, const char *folder)
{
    char path[ASKING_PATH];

    (void)snprintf(path, sizeof path, "%s/%u", folder, s->n);
    installation_open(&s->at, path, APP_WRITE);
}

/* Nothing is written twice; a book of another number is none of ours. */
static void begin(struct size *s, const char *folder)
{
    open_size(s, folder);
    if (answers_of(s) == 0) {
        installation_close(&s->at);
        make_book(folder, s->n);
        open_size(s, folder);
    }
    must(answers_of(s) == s->n, "the book has another number of answers");
    register_fed(s->at.app, register_newest(s->at.app));
    served_open(&s->served, &s->at);
}

/* --- what is asked for --------------------------------------------------- */

static bool touch(void *context, str, str value)
{
    uint64_t *sum = context;

    *sum += (uint8_t)value.p[0];
    return true;
}

/* So that all of it lies in memory, as far as there is enough. */
static void warm(struct size *s)
{
    scoped(book_read_end) struct book_reader *r = NULL;
    struct book *book;
    uint64_t sum = 0;

    ok(register_open(s->at.app, &s->at.arena, &book));
    ok(book_read(book, &s->at.arena, &r));
    ok(book_walk(r, &s->at.arena, BOOK_ANSWERS, S("\1"), touch, &sum));
}

static void draw(struct size *s)
{
    char room[ASKING_ROOM];

    asking_begin(&s->asking, &s->at.arena, SEED);
    while (s->asking.n < ASKING_MOST)
        asking_add(&s->asking,
                   number_at(asking_below(&s->asking, s->n), room).p);
}

static void write_script(struct size *s, const char *folder)
{
    char name[32];

    (void)snprintf(name, sizeof name, "%u", s->n);
    asking_write(&s->asking, folder, name, "/api/v1/certificates/", s->script);
}

static struct contestant contestant_of(struct size *s, const char *script)
{
    return (struct contestant){ .name = s->name,
                                .path = "/",
                                .script = script,
                                .port = server_port(s->served.server) };
}

static void set_constant(const char *folder)
{
    static char script[ASKING_PATH];
    struct size *s = &sizes[0];
    char path[ASKING_PATH];

    (void)snprintf(path, sizeof path, "/api/v1/certificates/%s",
                   asking_next(&s->asking));
    served_constant(&s->served, "answer",
                    served_ask(&s->served, &s->at.arena, path));
    tell("register_sizes.bytes", served_size(&s->served, "answer"));
    asking_write(&s->asking, folder, "constant", "/constants/answer/", script);
    all[0] = contestant_of(s, script);
    all[0].name = "register_sizes.constant";
}

/* --- measuring ----------------------------------------------------------- */

static double time_inside(struct size *s)
{
    char path[ASKING_PATH];
    struct arena a;
    double start = seconds_of_cpu();

    arena_init(&a, &s->at.heap, REQUEST_ARENA);
    for (int i = 0; i < INSIDE; i++) {
        (void)snprintf(path, sizeof path, "/api/v1/certificates/%s",
                       asking_next(&s->asking));
        (void)served_ask(&s->served, &a, path);
        arena_reset(&a);
    }
    arena_end(&a);
    return (seconds_of_cpu() - start) / INSIDE * 1e6;
}

static void tell_of(const struct size *s, const char *what, double value)
{
    char name[200];

    (void)snprintf(name, sizeof name, "%s.%s", s->name, what);
    tell(name, value);
}

static void measure_inside(void)
{
    for (int round = 0; round < INSIDE_ROUNDS; round++) {
        for (size_t i = 0; i < count; i++)
            series_add(&sizes[i].inside, time_inside(&sizes[i]));
    }
    for (size_t i = 0; i < count; i++)
        tell_of(&sizes[i], "inside_micros", series_median(&sizes[i].inside));
}

/* From end to end: the time of an answer of the largest to the smallest. */
static void tell_growth(void)
{
    const struct contestant *first = &all[1];

    for (size_t i = 0; i < count; i++) {
        tell_of(&sizes[i], "to_smallest",
                series_ratio(&first->rates, &all[i + 1].rates));
        load_tell(&all[i + 1], &all[0]);
    }
    tell("register_sizes.growth",
         series_ratio(&first->rates, &all[count].rates));
    tell("register_sizes.largest_to_constant",
         series_ratio(&all[count].rates, &all[0].rates));
}

static void read_sizes(int argc, char **argv)
{
    for (int i = 4; i < argc; i++) {
        int n = number_of(argc, argv, i, SIZE_MOST, 0);

        must(n > 0 && count < SIZES_MOST, "which sizes?");
        sizes[count++].n = (uint32_t)n;
    }
    must(count > 0, "which sizes?");
}

int main(int argc, char **argv)
{
    int rounds = number_of(argc, argv, 2, ROUNDS_MOST, 5);
    int seconds = number_of(argc, argv, 3, 600, 3);

    must(argc > 4, "which folder, how many rounds and seconds, which sizes?");
    read_sizes(argc, argv);
    load_keep_to(0);
    for (size_t i = 0; i < count; i++) {
        struct size *s = &sizes[i];

        (void)snprintf(s->name, sizeof s->name, "register_sizes.%u", s->n);
        begin(s, argv[1]);
        warm(s);
        draw(s);
        write_script(s, argv[1]);
        all[i + 1] = contestant_of(s, s->script);
    }
    set_constant(argv[1]);
    measure_inside();
    load_measure(all, count + 1, rounds, seconds);
    tell_growth();
    for (size_t i = 0; i < count; i++) {
        served_close(&sizes[i].served);
        installation_close(&sizes[i].at);
    }
    return 0;
}
