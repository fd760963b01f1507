/*
 * bench/http -- what our server costs on top of the library it stands on.
 *
 *   build/bench/bench_http [ROUNDS [SECONDS]]
 *
 * The same 600 bytes of JSON, answered by libmicrohttpd alone, and by our
 * server: router, arena, parsing, deadlines and a dozen headers; without an
 * access log, and with one to /dev/null.
 */

#include "bare.h"
#include "load.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "base/size.h"
#include "http/http.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/log.h"

#include <fcntl.h>

enum { BODY = 600, ROUNDS = 9, SECONDS = 3 };

static char body[BODY];

/* --- ours ------------------------------------------------------------- */

static err show(struct request *rq, struct response *rs)
{
    check(request_parameter(rq, S("number")).n > 0);
    respond(rs, 200, TYPE_JSON, (str){ body, sizeof body });
    return OK;
}

static err permit(struct request *, int)
{
    return OK;
}

static err on_error(struct request *, err why, struct response *)
{
    return why;
}

static const struct route routes[] = {
    { METHOD_GET, "/", 0, BODY_NONE, show },
    { METHOD_GET, "/api/v1/certificates/{number}", 0, BODY_NONE, show },
    { METHOD_POST, "/api/v1/certificates/lookup", 0, BODY_JSON, show },
    { METHOD_GET, "/c/{number}", 0, BODY_NONE, show },
};

/* What the servers borrow. */
struct world {
    struct heap heap;
    struct clock clock;
    struct entropy entropy;
    struct log log;
    struct arena arena;
    struct web_site site;
};

static void world_init(struct world *w)
{
    const struct route_table table = { routes, COUNT(routes) };
    struct router *router = NULL;

    *w = (struct world){ .heap = HEAP_LIBC,
                         .clock = CLOCK_SYSTEM,
                         .entropy = ENTROPY_SYSTEM };
    log_init(&w->log, &w->clock, open("/dev/null", O_WRONLY | O_CLOEXEC),
             LEVEL_INFO);
    arena_init(&w->arena, &w->heap, 1 << 20);
    ok(router_new(&w->arena, &table, 1, &router));
    w->site = (struct web_site){ .router = router,
                                 .permit = permit,
                                 .on_error = on_error };
}

static struct server *ours_open(struct world *w, struct log *log,
                                uint16_t *port)
{
    const struct server_options options = {
        .heap = &w->heap,
        .clock = &w->clock,
        .entropy = &w->entropy,
        .log = log,
        .listen = "127.0.0.1:0",
        .threads = 1,
        .limits = server_limits_default,
    };
    struct server *s = NULL;

    ok(server_open(&w->arena, &options, &w->site, &s));
    *port = server_port(s);
    return s;
}

/* --- the measuring ---------------------------------------------------- */

#define PATH "/api/v1/certificates/71223SC0002R0S"

int main(int argc, char **argv)
{
    int rounds = number_of(argc, argv, 1, ROUNDS_MOST, ROUNDS);
    int seconds = number_of(argc, argv, 2, 600, SECONDS);
    static struct contestant all[] = {
        { .name = "http.bare", .path = PATH },
        { .name = "http.quiet", .path = PATH },
        { .name = "http.logging", .path = PATH },
    };
    struct world w;

    memset(body, 'x', sizeof body);
    memcpy(body, "{\"x\":\"", 6);
    memcpy(body + sizeof body - 2, "\"}", 2);
    world_init(&w);
    load_keep_to(0);
    struct MHD_Daemon *bare =
        bare_open((str){ body, sizeof body }, "application/json", &all[0].port);
    struct server *quiet = ours_open(&w, NULL, &all[1].port);
    struct server *logging = ours_open(&w, &w.log, &all[2].port);

    load_measure(all, COUNT(all), rounds, seconds);
    for (size_t i = 0; i < COUNT(all); i++)
        load_tell(&all[i], &all[0]);

    server_stop(&logging);
    server_stop(&quiet);
    MHD_stop_daemon(bare);
    arena_end(&w.arena);
    return 0;
}
