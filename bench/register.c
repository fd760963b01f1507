/*
 * bench/register -- what a program's look-up costs when its answer lies in the
 * register's book.
 *
 *   build/bench/bench_register answers  DATA FOLDER [ROUNDS [SECONDS [NGINX
 *                                       [QUIET [FASTIFY]]]]]
 *   build/bench/bench_register page     DATA FOLDER [ROUNDS [SECONDS]]
 *   build/bench/bench_register changing DATA FOLDER [ROUNDS [SECONDS]]
 *   build/bench/bench_register constant DATA FOLDER
 *
 * DATA is an installation whose register was filled from a file, as
 * tools/benchrun.py makes it; into FOLDER go wrk's scripts.  Numbers are drawn
 * all over the register, each asked for over 64 connections that stay open.  A
 * constant is an answer of middling size, sent by the same server with the same
 * headers.
 *
 *   answers   a certificate; a hundred at a time; and beside them the servers
 *             on other ports: two that return FOLDER/constant.json, which
 *             "constant" wrote, and one that looks up the same by other means.
 *   page      the page about a certificate.
 *   changing  a certificate, in turn with nothing else to do and while 2,000
 *             certificates a second change, each by a row, a leaf of the log
 *             and a mark.
 *
 * "inside" is the processor's time from the request's target to the whole
 * answer.
 */

#include "asking.h"
#include "changing.h"
#include "installation.h"
#include "load.h"
#include "served.h"

#include "base/size.h"
#include "service/register_feed.h"
#include "service/register_home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROUNDS = 5,
    SECONDS = 3,
    SEED = 20260301,
    BATCH = 1000,
    INSIDE_ROUNDS = 51,
    MANY = 100,
    OTHERS = 3,
    OWN = 3,     /* contestants of ours before them */
    SIZES = 301, /* answers of which the middling one is taken */
    REQUEST_ARENA = 8 << 20,
};

struct bench {
    struct installation at;
    struct served served;
    struct asking asking;
    const char *folder;
    int rounds;
    int seconds;
    int ports[OTHERS]; /* 0: not there */
};

static struct bench b;

/* --- what is asked for ------------------------------------------------------
 */

static void feed_once(void)
{
    struct register_feeder f = { .app = b.at.app };
    struct register_turn made;
    double start = seconds_now();

    ok(register_turn(&f, &b.at.arena, faces_today(&b.served.faces), &made));
    if (made.made)
        tell("register.made_micros",
             (seconds_now() - start) / (double)made.answers * 1e6);
}

/* Certificates from files; the body's own begin with its number. */
static void draw(void)
{
    struct register_reader *reader;

    asking_begin(&b.asking, &b.at.arena, SEED);
    ok(register_read(b.at.app, &b.at.arena, &reader));
    must(reader != NULL, "the book is not whole");
    asking_draw(&b.asking, &b.at.arena, register_book(reader), S("00026"));
    register_read_end(b.at.app, &reader);
}

static int by_size(const void *x, const void *y)
{
    const struct served_answer *a = *(const struct served_answer *const *)x;
    const struct served_answer *c = *(const struct served_answer *const *)y;

    return (a->rs.body.n > c->rs.body.n) - (a->rs.body.n < c->rs.body.n);
}

/* The constant under this name: of some answers the middling one. */
static void set_constant(const char *name, const char *before)
{
    static struct served_answer *all[SIZES];
    char path[ASKING_PATH];

    for (size_t i = 0; i < SIZES; i++) {
        (void)snprintf(path, sizeof path, "%s%s", before,
                       asking_next(&b.asking));
        all[i] = served_ask(&b.served, &b.at.arena, path);
    }
    qsort(all, SIZES, sizeof *all, by_size);
    served_constant(&b.served, name, all[SIZES / 2]);
}

/* --- without a network ------------------------------------------------------
 */

static double time_inside(const char *before)
{
    char path[ASKING_PATH];
    struct arena a;
    double start = seconds_of_cpu();

    arena_init(&a, &b.at.heap, REQUEST_ARENA);
    for (int i = 0; i < BATCH; i++) {
        (void)snprintf(path, sizeof path, "%s%s", before,
                       asking_next(&b.asking));
        (void)served_ask(&b.served, &a, path);
        arena_reset(&a);
    }
    arena_end(&a);
    return (seconds_of_cpu() - start) / BATCH * 1e6;
}

static void measure_inside(const char *constant, const char *lookup,
                           const char *part)
{
    static struct series micros[2];
    char name[100];

    for (int i = 0; i < INSIDE_ROUNDS; i++) {
        series_add(&micros[0], time_inside(constant));
        series_add(&micros[1], time_inside(lookup));
    }
    (void)snprintf(name, sizeof name, "%s.constant.inside_micros", part);
    tell(name, series_median(&micros[0]));
    (void)snprintf(name, sizeof name, "%s.lookup.inside_micros", part);
    tell(name, series_median(&micros[1]));
}

/* --- the parts --------------------------------------------------------------
 */

static struct contestant one_of(const char *name, const char *script, int port)
{
    return (struct contestant){
        .name = name, .path = "/", .script = script, .port = (uint16_t)port
    };
}

/* `bares`: which of them each is held against. */
static void measure(struct contestant *all, const size_t *bares, size_t n)
{
    load_measure(all, n, b.rounds, b.seconds);
    for (size_t i = 0; i < n; i++)
        load_tell(&all[i], &all[bares[i]]);
}

/* A script each for the look-up and for its constant. */
static void write_scripts(const char *name, const char *before,
                          char constant[static ASKING_PATH],
                          char lookup[static ASKING_PATH])
{
    char own[ASKING_PATH];
    char other[ASKING_PATH];

    (void)snprintf(own, sizeof own, "/constants/%s/", name);
    (void)snprintf(other, sizeof other, "%s_constant", name);
    asking_write(&b.asking, b.folder, other, own, constant);
    asking_write(&b.asking, b.folder, name, before, lookup);
}

/* Of a hundred at a time the certificates a second. */
static void tell_many(const struct contestant *many,
                      const struct contestant *one)
{
    tell("register.many.certificates", MANY * series_median(&many->rates));
    tell("register.many.to_single",
         MANY * series_ratio(&many->rates, &one->rates));
}

static void tell_others(const struct contestant *all, size_t n)
{
    for (size_t i = OWN; i < n; i++) {
        char name[100];

        (void)snprintf(name, sizeof name, "register.lookup.rate_to_%s",
                       all[i].name + strlen("register."));
        tell(name, series_ratio(&all[1].rates, &all[i].rates));
    }
}

static void run_answers(void)
{
    static const size_t bares[OWN + OTHERS] = { 0, 0, 2 };
    static const char *const others[] = { "register.nginx",
                                          "register.nginx_quiet",
                                          "register.fastify" };
    static char scripts[OWN][ASKING_PATH];
    static struct contestant all[OWN + OTHERS];
    int own = server_port(b.served.server);
    size_t n = OWN;

    set_constant("answer", "/api/v1/certificates/");
    tell("register.bytes", served_size(&b.served, "answer"));
    write_scripts("answer", "/api/v1/certificates/", scripts[0], scripts[1]);
    asking_write_many(&b.asking, b.folder, "many", "/api/v1/certificates", MANY,
                      scripts[2]);
    measure_inside("/constants/answer/", "/api/v1/certificates/", "register");
    all[0] = one_of("register.constant", scripts[0], own);
    all[1] = one_of("register.lookup", scripts[1], own);
    all[2] = one_of("register.many", scripts[2], own);
    for (size_t i = 0; i < COUNT(others); i++) {
        if (b.ports[i] > 0)
            all[n++] = one_of(others[i], scripts[1], b.ports[i]);
    }
    measure(all, bares, n);
    tell_many(&all[2], &all[1]);
    tell_others(all, n);
}

static void run_page(void)
{
    static const size_t bares[] = { 0, 0 };
    static char scripts[2][ASKING_PATH];
    static struct contestant all[2];
    int own = server_port(b.served.server);

    set_constant("page", "/c/");
    tell("register_page.bytes", served_size(&b.served, "page"));
    write_scripts("page", "/c/", scripts[0], scripts[1]);
    measure_inside("/constants/page/", "/c/", "register_page");
    all[0] = one_of("register_page.constant", scripts[0], own);
    all[1] = one_of("register_page.lookup", scripts[1], own);
    measure(all, bares, COUNT(all));
}

static void run_changing(void)
{
    static char scripts[2][ASKING_PATH];
    static struct contestant all[2];
    int own = server_port(b.served.server);
    struct changing *c;

    write_scripts("changing", "/api/v1/certificates/", scripts[0], scripts[1]);
    all[0] = one_of("register_changing.quiet", scripts[1], own);
    all[1] = one_of("register_changing.lookup", scripts[1], own);
    changing_fill(&b.at, &b.served.faces);
    for (int i = 0; i < b.rounds; i++) {
        load_measure(&all[0], 1, 1, b.seconds);
        c = changing_begin(&b.at, &b.served.faces);
        load_measure(&all[1], 1, 1, b.seconds);
        changing_end(&c);
    }
    load_tell(&all[0], &all[0]);
    load_tell(&all[1], &all[0]);
    changing_tell();
}

/* What another server returns. */
static void run_constant(void)
{
    char path[ASKING_PATH];

    set_constant("answer", "/api/v1/certificates/");
    (void)snprintf(path, sizeof path, "%s/constant.json", b.folder);
    served_save(&b.served, "answer", path);
}

/* --- which ------------------------------------------------------------------
 */

static void run(const char *part)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } parts[] = {
        { "answers", run_answers },
        { "page", run_page },
        { "changing", run_changing },
        { "constant", run_constant },
    };

    for (size_t i = 0; i < COUNT(parts); i++) {
        if (strcmp(parts[i].name, part) == 0) {
            parts[i].run();
            return;
        }
    }
    must(false, "there is no such part");
}

int main(int argc, char **argv)
{
    must(argc >= 4, "which part, which data, which folder?");
    b.folder = argv[3];
    b.rounds = number_of(argc, argv, 4, ROUNDS_MOST, ROUNDS);
    b.seconds = number_of(argc, argv, 5, 600, SECONDS);
    for (int i = 0; i < OTHERS; i++)
        b.ports[i] = number_of(argc, argv, 6 + i, UINT16_MAX, 0);
    load_keep_to(0);
    installation_open(&b.at, argv[2], APP_WRITE);
    served_open(&b.served, &b.at);
    feed_once();
    draw();
    run(argv[1]);
    served_close(&b.served);
    installation_close(&b.at);
    return 0;
}
