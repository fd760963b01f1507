/*
 * bench/register_sizes -- what a look-up costs as the register grows.
 *
 *   build/bench/bench_register_sizes FOLDER ROUNDS SECONDS SIZE...
 *
 * FOLDER/SIZE is an installation of which nothing but its register is asked.
 * That is filled, once, with so many answers like those of certificates from a
 * file, of some 450 bytes, which come to some 200 packed; 42 million of them
 * are ten gigabytes, and lie in memory.  Each size has a server of its own;
 * they are asked in turn for numbers drawn all over them, and a constant of the
 * same size by the first of them.
 *
 * The book is written past register/book.h, in the order of its keys, page
 * after page: so it is as small as it can be and made in a minute.
 */

#include "asking.h"
#include "installation.h"
#include "load.h"
#include "names.h"
#include "served.h"

#include "base/buf.h"
#include "base/size.h"
#include "register/book.h"
#include "register/pressed.h"
#include "service/register_home.h"
#include "service/register_pack.h"

#include <lmdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SIZES_MOST = 8,
    SIZE_MOST = 100000000,
    TEXT = 1024,
    NAME = 256, /* bytes */
    HOLDERS = 100000,
    BODIES = 600,
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

#define VALID "valid"

static struct made_names holders;
static struct size sizes[SIZES_MOST];
static struct contestant all[SIZES_MOST + 1];
static size_t count;

/* --- answers ------------------------------------------------------------- */

static str number_at(uint32_t i, char room[static ASKING_ROOM])
{
    (void)snprintf(room, ASKING_ROOM, "%03u26SC%08uR0M", i / 1000000, i);
    return str_of(room);
}

/* The text of the i-th, as of one that a file brought. */
static str text_at(uint32_t i, char room[static TEXT])
{
    static const char *const kinds[] = { "19001-2016", "24001-2016",
                                         "45001-2020", "27922-2011" };
    const struct search_document *of = &holders.documents[i % holders.n];
    char number[ASKING_ROOM];
    uint32_t body = i % BODIES;
    uint32_t year = 22 + i % 3;
    uint32_t month = 1 + i % 12;
    int length = (int)(of->name.n % NAME);

    int n = snprintf(
        room, TEXT,
        "{\"criterion\":\"GB/T %s\",\"holder\":\"%.*s\",\"imported\":true,"
        "\"issued\":\"20%u-%02u-17\",\"issuer\":{\"name\":{\"en\":\"%03u\","
        "\"zh\":\"%03u\"}},\"number\":\"%s\",\"place\":\"%u00\",\"scope\":{"
        "\"en\":\"\",\"zh\":\"%.*s\"},\"status\":\"valid\",\"status_since\":"
        "\"20%u-%02u-17\",\"trade\":\"C%02u\",\"uscc\":\"9133010079%08u\","
        "\"valid_from\":\"20%u-%02u-17\",\"valid_until\":\"20%u-%02u-16\"}\n",
        kinds[i % COUNT(kinds)], length, of->name.p, year, month, body, body,
        number_at(i, number).p, 1100 + i % 5000, length, of->name.p, year,
        month, 13 + i % 30, i, year, month, year + 3, month);

    must(n > 0 && n < TEXT, "a text is too long");
    return (str){ room, (size_t)n };
}

/* It is valid until a day that is far, and then it is not. */
static str answer_at(struct press *press, struct arena *a, uint32_t i,
                     struct buf *b)
{
    char room[TEXT];
    str text = text_at(i, room);
    const char *status = strstr(room, VALID);
    struct ready x = { .until = 21500,
                       .cut = sizeof VALID - 1,
                       .put = S("expired"),
                       .over = DAY_NEVER,
                       .names = { i, i } };
    str packed;

    must(status != NULL, "it has no status");
    x.n = text.n;
    x.at = (size_t)(status - room);
    ok(press_text(press, a, text, &x.pressed));
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

/* By the first text the others are pressed. */
static struct press *press_by_first(struct arena *a)
{
    char room[TEXT];
    struct press *press;

    ok(press_new(a, text_at(0, room), &press));
    return press;
}

static void put_like(MDB_env *env)
{
    char room[TEXT];
    MDB_val k = val_of(S("like"));
    MDB_val v = val_of(text_at(0, room));
    MDB_txn *txn;
    MDB_dbi meta;

    lm(mdb_txn_begin(env, NULL, 0, &txn));
    lm(mdb_dbi_open(txn, "meta", MDB_CREATE, &meta));
    lm(mdb_put(txn, meta, &k, &v, 0));
    lm(mdb_txn_commit(txn));
}

static void put_some(MDB_env *env, uint32_t from, uint32_t to)
{
    struct heap heap = HEAP_LIBC;
    struct arena a;
    struct buf b;
    MDB_txn *txn;
    MDB_dbi answers;
    char room[ASKING_ROOM];

    arena_init(&a, &heap, (size_t)AT_ONCE * TEXT * 2);
    struct press *press = press_by_first(&a);
    buf_init(&b, &a, 1 << 16);
    lm(mdb_txn_begin(env, NULL, 0, &txn));
    lm(mdb_dbi_open(txn, "answers", MDB_CREATE, &answers));
    for (uint32_t i = from; i < to; i++) {
        MDB_val k = val_of(number_at(i, room));
        MDB_val v = val_of(answer_at(press, &a, i, &b));

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
    put_like(env);
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
    struct heap heap = HEAP_LIBC;
    struct arena a;

    must(argc > 4, "which folder, how many rounds and seconds, which sizes?");
    read_sizes(argc, argv);
    arena_init(&a, &heap, (size_t)1 << 30);
    holders = made_names(&a, getenv("ENTERPRISES"), HOLDERS, SEED);
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
