/*
 * bench/register -- what a program's look-up costs when its answer lies in the
 * register's book.
 *
 *   build/bench/bench_register DATA [CERTIFICATES [ROUNDS [SECONDS]]]
 *
 * DATA is the folder of a demonstration that nobody needs any more: so many
 * certificates are added to it.  Held against each other are a constant answer
 * of the same size and with the same headers, by the same server, and the
 * look-up of a certificate; then the same while 2,000 certificates a second
 * change, each by a row, a leaf of the log and a mark.  "inside" is the time
 * from the request's target to the whole answer, of numbers here and there.
 */

#include "installation.h"
#include "load.h"

#include "api/api.h"
#include "base/buf.h"
#include "base/size.h"
#include "http/http.h"
#include "service/lookup_ready.h"
#include "service/register_feed.h"
#include "store/certificates.h"
#include "sys/log.h"
#include "tlog/tlog.h"
#include "web/web.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

enum {
    CERTIFICATES = 20000,
    ROUNDS = 5,
    SECONDS = 3,
    CHANGES = 2000, /* a second, */
    AT_ONCE = 100,  /* in transactions of so many */
    NUMBER_ROOM = 40,
    BATCH = 1000,
    INSIDE_ROUNDS = 51,
    ARENA = 1 << 30,
    REQUEST_ARENA = 8 << 20,
    STEP = 7919, /* prime: numbers here and there */
};

struct bench {
    struct installation at;
    struct faces faces;
    struct log log;
    struct web_site site;
    struct server *server;
    int n;
    char path[100];
    char constant[4096];
    size_t size;
    struct contestant all[2];      /* constant, look-up */
    struct contestant changing[2]; /* the same while others change */
    _Atomic bool stop;
    _Atomic int64_t changed;
    _Atomic int64_t fed;
    _Atomic int64_t turns;
};

static struct bench b;

/* --- certificates ------------------------------------------------------- */

static str number_at(int i, char room[static NUMBER_ROOM])
{
    (void)snprintf(room, NUMBER_ROOM, "00026SC%07dR0M", i);
    return str_of(room);
}

static struct certificate_row row_at(int i, int32_t status,
                                     char room[static NUMBER_ROOM])
{
    struct certificate_row row = {
        .number = number_at(i, room),
        .id = { { 0xBE, (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i } },
        .holder = S("示例家用电器售后服务有限公司"),
        .uscc = S("91990000DEM079199R"),
        .scheme_id = S("ten-star"),
        .criterion = S("Q/ZZLH 1001-2021"),
        .level_id = S("ten"),
        .stars = 10,
        .issued = 20000,
        .valid_from = 20000,
        .valid_until = 21500,
        .first_issued = 20000,
        .status = status,
        .status_since = 20000,
        .suspended_until = DAY_NEVER,
        .scope_zh = S("家用电器的售后服务"),
        .scope_en = S("After-sales service of household appliances"),
        .log_index = LOG_INDEX_NONE,
        .version = 1,
    };

    /* A holder each: a code that nobody's is. */
    static char uscc[24];
    (void)snprintf(uscc, sizeof uscc, "91990000B%09d", i);
    row.uscc = str_of(uscc);
    return row;
}

struct some {
    int from;
    int n;
    int32_t status;
    bool told;
};

static err put_some(struct tx *tx, void *context)
{
    const struct some *s = context;
    char room[NUMBER_ROOM];
    char subject[NUMBER_ROOM + 20];
    char leaf[NUMBER_ROOM + 40];

    for (int i = 0; i < s->n; i++) {
        int k = (s->from + i) % b.n;
        struct certificate_row row = row_at(k, s->status, room);

        TRY(certificate_put(tx, &row));
        if (!s->told)
            continue;
        (void)snprintf(subject, sizeof subject, "certificate/%s", room);
        (void)snprintf(leaf, sizeof leaf, "{\"number\":\"%s\",\"status\":%d}",
                       room, s->status);
        TRY(tlog_enter(tx, 1, str_of(subject), str_of(leaf)));
        TRY(register_news(b.at.app, tx_arena(tx), row.number));
    }
    return OK;
}

static void put(const struct some *s)
{
    struct arena a;

    arena_init(&a, &b.at.heap, ARENA);
    ok(app_write(b.at.app, &a, put_some, (void *)(uintptr_t)s));
    arena_end(&a);
}

/* --- beside the look-ups -------------------------------------------------- */

static void *change(void *)
{
    double start = seconds_now();
    int64_t done = 0;

    while (!atomic_load(&b.stop)) {
        struct some s = { (int)(done % b.n), AT_ONCE, (int32_t)(done / b.n % 2),
                          true };

        put(&s);
        done += AT_ONCE;
        atomic_store(&b.changed, done);
        double ahead = start + (double)done / CHANGES - seconds_now();
        if (ahead > 0)
            /* rules: allow usleep because changes come at their own pace */
            (void)usleep((unsigned)(ahead * 1e6));
    }
    return NULL;
}

static void *feed(void *)
{
    struct register_feeder f = { .app = b.at.app };

    while (!atomic_load(&b.stop)) {
        struct register_turn made;
        struct arena a;

        arena_init(&a, &b.at.heap, ARENA);
        ok(register_turn(&f, &a, faces_today(&b.faces), &made));
        arena_end(&a);
        atomic_fetch_add(&b.fed, made.answers);
        atomic_fetch_add(&b.turns, 1);
        /* rules: allow usleep because cli/feeding.c looks as often */
        (void)usleep(25000);
    }
    return NULL;
}

/* --- the server ------------------------------------------------------------
 */

static err permit(struct request *, int)
{
    return OK;
}

static err on_error(struct request *, err why, struct response *)
{
    return why;
}

/* As many bytes, and as many headers. */
static err constant(struct request *rq, struct response *rs)
{
    (void)rq;
    respond(rs, 200, S("application/json; charset=utf-8"),
            (str){ b.constant, b.size });
    response_cache(rs, S("public, max-age=60"));
    TRY(response_header(rs, S("Access-Control-Allow-Origin"), S("*")));
    TRY(response_header(rs, S("Access-Control-Expose-Headers"), S("ETag")));
    TRY(response_header(rs, S("Vary"), S("Accept-Encoding")));
    return response_etag(rs, S("0123456789abcdef"));
}

static void set_site(void)
{
    static const struct route routes[] = {
        { METHOD_GET, "/api/v1/constants/{number}", 0, BODY_NONE, constant },
    };
    static struct route_table both[2];
    struct router *router;

    both[0] = (struct route_table){ routes, COUNT(routes) };
    both[1] = api_routes;
    ok(router_new(&b.at.arena, both, COUNT(both), &router));
    b.site = (struct web_site){ .app = &b.faces,
                                .router = router,
                                .permit = permit,
                                .on_error = on_error };
}

static void open_server(void)
{
    log_init(&b.log, &b.at.clock, open("/dev/null", O_WRONLY | O_CLOEXEC),
             LEVEL_INFO);
    const struct server_options options = {
        .heap = &b.at.heap,
        .clock = &b.at.clock,
        .entropy = &b.at.entropy,
        .log = &b.log,
        .listen = "127.0.0.1:0",
        .threads = 1,
        .limits = server_limits_default,
    };

    ok(server_open(&b.at.arena, &options, &b.site, &b.server));
}

/* --- measuring --------------------------------------------------------------
 */

static str answer(struct arena *a, str path)
{
    struct incoming in = { .asked = ASKED_METHOD, .target = path };
    struct request rq = { .arena = a, .id = S("bench") };
    struct response rs;

    ok(site_answer(&b.site, &rq, &in, &rs));
    must(rs.status == 200, "the certificate is not found");
    return rs.body;
}

static double time_inside(const char *folder)
{
    static int at;
    struct arena a;
    double start = seconds_now();

    arena_init(&a, &b.at.heap, REQUEST_ARENA);
    for (int i = 0; i < BATCH; i++) {
        char room[NUMBER_ROOM];
        char path[100];

        at = (at + STEP) % b.n;
        (void)snprintf(path, sizeof path, "/api/v1/%s/%s", folder,
                       number_at(at, room).p);
        (void)answer(&a, str_of(path));
        arena_reset(&a);
    }
    arena_end(&a);
    return (seconds_now() - start) / BATCH * 1e6;
}

static void measure_inside(void)
{
    static struct series micros[2];

    for (int i = 0; i < INSIDE_ROUNDS; i++) {
        series_add(&micros[0], time_inside("constants"));
        series_add(&micros[1], time_inside("certificates"));
    }
    tell("register.constant.inside_micros", series_median(&micros[0]));
    tell("register.lookup.inside_micros", series_median(&micros[1]));
}

static void set_contestants(struct contestant *c, const char *constant_name,
                            const char *lookup_name)
{
    c[0] = (struct contestant){ .name = constant_name,
                                .path = "/api/v1/constants/x",
                                .port = server_port(b.server) };
    c[1] = (struct contestant){ .name = lookup_name,
                                .path = b.path,
                                .port = server_port(b.server) };
}

static void measure(struct contestant *c, int rounds, int seconds)
{
    load_measure(c, 2, rounds, seconds);
    for (size_t i = 0; i < 2; i++)
        load_tell(&c[i], &c[0]);
}

static void measure_changing(int rounds, int seconds)
{
    pthread_t threads[2];
    double start = seconds_now();

    must(pthread_create(&threads[0], NULL, change, NULL) == 0 &&
             pthread_create(&threads[1], NULL, feed, NULL) == 0,
         "there is no thread");
    measure(b.changing, rounds, seconds);
    double gone = seconds_now() - start;
    atomic_store(&b.stop, true);
    (void)pthread_join(threads[0], NULL);
    (void)pthread_join(threads[1], NULL);
    tell("register.changes", (double)atomic_load(&b.changed) / gone);
    tell("register.packed", (double)atomic_load(&b.fed) / gone);
    tell("register.turns", (double)atomic_load(&b.turns) / gone);
}

static void fill(void)
{
    struct register_feeder f = { .app = b.at.app, .again = true };
    struct register_turn made;
    double start;

    for (int i = 0; i < b.n; i += BATCH) {
        struct some s = { i, b.n - i < BATCH ? b.n - i : BATCH, 0, false };

        put(&s);
    }
    start = seconds_now();
    ok(register_turn(&f, &b.at.arena, faces_today(&b.faces), &made));
    must(made.left_out == 0 && made.answers >= b.n, "some are left out");
    tell("register.made_micros",
         (seconds_now() - start) / (double)made.answers * 1e6);
}

int main(int argc, char **argv)
{
    int rounds = number_of(argc, argv, 3, ROUNDS_MOST, ROUNDS);
    int seconds = number_of(argc, argv, 4, 600, SECONDS);
    char room[NUMBER_ROOM];

    must(argc >= 2, "which folder?");
    b.n = number_of(argc, argv, 2, 10000000, CERTIFICATES);
    installation_open(&b.at, argv[1], APP_WRITE);
    b.faces = (struct faces){ .app = b.at.app, .today = DAY_NEVER };
    fill();
    (void)snprintf(b.path, sizeof b.path, "/api/v1/certificates/%s",
                   number_at(b.n / 2, room).p);
    load_keep_to(0);
    set_site();
    open_server();
    str text = answer(&b.at.arena, str_of(b.path));
    must(text.n <= sizeof b.constant, "the answer is too long");
    memcpy(b.constant, text.p, text.n);
    b.size = text.n;
    tell("register.bytes", (double)b.size);
    set_contestants(b.all, "register.constant", "register.lookup");
    set_contestants(b.changing, "register.changing_constant",
                    "register.changing_lookup");

    measure_inside();
    measure(b.all, rounds, seconds);
    measure_changing(rounds, seconds);
    server_stop(&b.server);
    installation_close(&b.at);
    return 0;
}
