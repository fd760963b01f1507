/*
 * bench/lookup -- what a stranger's look-up of a certificate costs.
 *
 *   build/bench/bench_lookup DATA [ROUNDS [SECONDS]]    (a demonstration's
 *                                                        folder)
 *
 * The first certificate of the register, as JSON and as a page, by the routes
 * that `tenstar serve` has, with an access log to /dev/null; each held against
 * libmicrohttpd alone with a constant of the same size.  "inside" is the time
 * from the request's target to the whole answer, without any network.
 */

#include "bare.h"
#include "installation.h"
#include "load.h"

#include "api/api.h"
#include "base/buf.h"
#include "base/size.h"
#include "http/http.h"
#include "service/lookup.h"
#include "sys/log.h"
#include "web/web.h"

#include <fcntl.h>

enum {
    ROUNDS = 5,
    SECONDS = 3,
    INSIDE_ROUNDS = 101,
    BATCH = 100,
    REQUEST_ARENA = 8 << 20
};

struct bench {
    struct installation at;
    struct faces faces;
    struct log log;
    struct web_site site;
    struct server *server;
    str paths[2];
    struct contestant all[4]; /* bare and ours as JSON, as a page */
    struct MHD_Daemon *bares[2];
};

static err permit(struct request *, int)
{
    return OK;
}

static err on_error(struct request *, err why, struct response *)
{
    return why;
}

/* --- without a network ------------------------------------------------ */

static str answer(struct bench *b, struct arena *a, str path)
{
    struct incoming in = { .asked = ASKED_METHOD, .target = path };
    struct request rq = { .arena = a, .id = S("bench") };
    struct response rs;

    ok(site_answer(&b->site, &rq, &in, &rs));
    must(rs.status == 200, "the certificate is not found");
    return rs.body;
}

static double time_inside(struct bench *b, str path)
{
    struct arena a;
    double start = seconds_now();

    arena_init(&a, &b->at.heap, REQUEST_ARENA);
    for (int i = 0; i < BATCH; i++) {
        (void)answer(b, &a, path);
        arena_reset(&a);
    }
    arena_end(&a);
    return (seconds_now() - start) / BATCH * 1e6;
}

static void measure_inside(struct bench *b)
{
    static struct series micros[2];

    for (int i = 0; i < INSIDE_ROUNDS; i++) {
        for (size_t k = 0; k < 2; k++)
            series_add(&micros[k], time_inside(b, b->paths[k]));
    }
    tell("lookup.json.inside_micros", series_median(&micros[0]));
    tell("lookup.page.inside_micros", series_median(&micros[1]));
}

/* --- over a network --------------------------------------------------- */

/* Buffers end with a NUL, as wrk's words must. */
static str path_of(struct bench *b, const char *before, str number)
{
    struct buf text;
    str path;

    buf_init(&text, &b->at.arena, 400);
    buf_str(&text, str_of(before));
    buf_str(&text, number);
    ok(buf_done(&text, &path));
    return path;
}

static void choose_certificate(struct bench *b)
{
    const struct public_certificate *c;
    struct list found;
    struct list left_out;

    b->faces = (struct faces){ .app = b->at.app, .today = DAY_NEVER };
    ok(lookup_first(b->at.app, &b->at.arena, faces_today(&b->faces), 1, &found,
                    &left_out));
    must(found.n == 1, "the register is empty");
    c = found.p;
    b->paths[0] = path_of(b, "/api/v1/certificates/", c->number);
    b->paths[1] = path_of(b, "/c/", c->number);
}

static void set_site(struct bench *b)
{
    static const struct route_table *tables;
    static struct route_table both[2];
    struct router *router;

    both[0] = web_routes;
    both[1] = api_routes;
    tables = both;
    ok(router_new(&b->at.arena, tables, COUNT(both), &router));
    b->site = (struct web_site){ .app = &b->faces,
                                 .router = router,
                                 .permit = permit,
                                 .on_error = on_error };
}

static void open_ours(struct bench *b)
{
    log_init(&b->log, &b->at.clock, open("/dev/null", O_WRONLY | O_CLOEXEC),
             LEVEL_INFO);
    const struct server_options options = {
        .heap = &b->at.heap,
        .clock = &b->at.clock,
        .entropy = &b->at.entropy,
        .log = &b->log,
        .listen = "127.0.0.1:0",
        .threads = 1,
        .limits = server_limits_default,
    };

    ok(server_open(&b->at.arena, &options, &b->site, &b->server));
}

static void set_contestants(struct bench *b)
{
    static const char *const names[] = { "lookup.json_bare", "lookup.json",
                                         "lookup.page_bare", "lookup.page" };

    for (size_t i = 0; i < COUNT(b->all); i++) {
        b->all[i].name = names[i];
        b->all[i].path = b->paths[i / 2].p;
        b->all[i].port = server_port(b->server);
    }
    for (size_t k = 0; k < 2; k++) {
        struct contestant *bare = &b->all[2 * k];

        bare->port = 0;
        b->bares[k] =
            bare_open(answer(b, &b->at.arena, b->paths[k]),
                      k == 0 ? "application/json" : "text/html", &bare->port);
    }
}

static void measure(struct bench *b, int rounds, int seconds)
{
    load_measure(b->all, COUNT(b->all), rounds, seconds);
    for (size_t i = 0; i < COUNT(b->all); i++)
        load_tell(&b->all[i], &b->all[i / 2 * 2]);
}

int main(int argc, char **argv)
{
    static struct bench b;

    must(argc >= 2, "which folder?");
    load_keep_to(0);
    installation_open(&b.at, argv[1], APP_READ);
    choose_certificate(&b);
    set_site(&b);
    open_ours(&b);
    set_contestants(&b);

    measure_inside(&b);
    measure(&b, number_of(argc, argv, 2, ROUNDS_MOST, ROUNDS),
            number_of(argc, argv, 3, 600, SECONDS));

    server_stop(&b.server);
    for (size_t k = 0; k < 2; k++)
        MHD_stop_daemon(b.bares[k]);
    installation_close(&b.at);
    return 0;
}
