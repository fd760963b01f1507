/*
 * tenstar serve --data DIR [--listen ADDR:PORT] -- the server: public pages
 * and API, until SIGTERM or SIGINT.
 *
 * The access log goes to stderr, a JSON line a request.  A thread beside the
 * server's keeps the transparency log up to date, once it has seen that all
 * records fit, and does once a day what a day does by itself (daily.h).
 */

#include "api/api.h"
#include "base/arena.h"
#include "base/size.h"
#include "cli/daily.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "http/http.h"
#include "http/listen.h"
#include "service/check.h"
#include "service/sequence.h"
#include "sys/log.h"
#include "sys/stop.h"
#include "web/web.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

enum {
    SEQUENCE_ARENA = 64 << 20,
    SEQUENCE_EVERY = 1000000, /* microseconds */
};

#define LISTEN_USUAL "127.0.0.1:8010"

/* --- the sequencer's thread ------------------------------------------- */

struct sequencer {
    struct app *app;
    struct heap *heap;
    struct clock *clock;
    struct log *log;
    struct daily daily;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    bool stop;
};

/* Wait for the next turn; false when it is time to stop. */
static bool next_turn(struct sequencer *s)
{
    int64_t micros = s->clock->now(s->clock) + SEQUENCE_EVERY;
    struct timespec until = { .tv_sec = micros / 1000000,
                              .tv_nsec = micros % 1000000 * 1000 };
    bool stop;

    (void)pthread_mutex_lock(&s->mutex);
    if (!s->stop)
        (void)pthread_cond_timedwait(&s->wake, &s->mutex, &until);
    stop = s->stop;
    (void)pthread_mutex_unlock(&s->mutex);
    return !stop;
}

/* Before the first signature all that signatures rest on is read once; what
 * the day does by itself is signed with the rest. */
static err sign_what_waits(struct sequencer *s, struct arena *a, bool *checked)
{
    struct check_counts counts;
    int64_t size;

    if (!*checked)
        TRY(check_records(s->app, a, &counts));
    *checked = true;
    daily_turn(&s->daily, a);
    return sequence_log(s->app, a, &size);
}

/* False when what is stored does not check out. */
static bool take_turn(struct sequencer *s, bool *checked)
{
    scoped(arena_end) struct arena a;

    arena_init(&a, s->heap, SEQUENCE_ARENA);
    err e = sign_what_waits(s, &a, checked);
    if (!failed(e))
        return true;
    log_err(s->log, "sequencer", S(""), e);
    return e.info->code != ERR_CORRUPT;
}

/* On top of what does not check out nothing is signed until somebody has
 * mended it and started the server anew; until then it goes on answering what
 * it knows. */
static void *run_sequencer(void *context)
{
    struct sequencer *s = context;
    bool checked = false;
    bool sound;

    do {
        sound = take_turn(s, &checked);
    } while (sound && next_turn(s));
    return NULL;
}

static err sequencer_start(struct sequencer *s, struct arena *a)
{
    (void)pthread_mutex_init(&s->mutex, NULL);
    (void)pthread_cond_init(&s->wake, NULL);
    int number = pthread_create(&s->thread, NULL, run_sequencer, s);
    if (number != 0)
        return err_new(a, ERR_IO, "serve.thread", ARG_INT("number", number));
    return OK;
}

static void sequencer_stop(struct sequencer *s)
{
    (void)pthread_mutex_lock(&s->mutex);
    s->stop = true;
    (void)pthread_cond_signal(&s->wake);
    (void)pthread_mutex_unlock(&s->mutex);
    (void)pthread_join(s->thread, NULL);
    (void)pthread_cond_destroy(&s->wake);
    (void)pthread_mutex_destroy(&s->mutex);
}

/* --- the site --------------------------------------------------------- */

/* Everything served here is public; rights come with logging in. */
static err permit(struct request *, int)
{
    return OK;
}

static err on_error(struct request *rq, err why, struct response *rs)
{
    return api_is(rq) ? api_error(rq, why, rs) : web_error(rq, why, rs);
}

/* A demonstration's keys protect nothing: it is for this machine only. */
static err check_address(struct cli *cli, const struct app *app, str listen)
{
    bool loopback;

    TRY(listen_is_loopback(cli->arena, listen, &loopback));
    if (!app_body(app)->demonstration || loopback)
        return OK;
    return err_new(cli->arena, ERR_REFUSED, "serve.demonstration",
                   ARG_STR("listen", listen));
}

static err open_server(struct cli *cli, struct log *log, struct faces *faces,
                       str listen, struct server **out)
{
    struct site *site = arena_zero(cli->arena, sizeof *site);
    const struct route_table tables[] = { web_routes, api_routes };
    struct router *router;
    str address;

    TRY_MEMORY(site);
    TRY(router_new(cli->arena, tables, COUNT(tables), &router));
    TRY_MEMORY(arena_str(cli->arena, listen, &address));
    *site = (struct site){
        .app = faces,
        .router = router,
        .permit = permit,
        .on_error = on_error,
    };
    struct server_options options = {
        .heap = cli->heap,
        .clock = cli->clock,
        .entropy = cli->entropy,
        .log = log,
        .listen = address.p,
        .limits = server_limits_default,
    };
    return server_open(cli->arena, &options, site, out);
}

/* "127.0.0.1" of "127.0.0.1:8010". */
static str host_of(str listen)
{
    while (listen.n > 0 && listen.p[listen.n - 1] != ':')
        listen.n--;
    return str_first(listen, listen.n == 0 ? 0 : listen.n - 1);
}

static err say_where(struct cli *cli, str host, uint16_t port)
{
    struct json *j = json_new_object(cli->arena);

    json_set(j, S("host"), json_new_str(cli->arena, host));
    json_set(j, S("port"), json_new_int(cli->arena, port));
    if (cli->json)
        TRY(cli_print_json(cli, j));
    else
        cli_say(cli, "cli.serving", ARG_STR("host", host),
                ARG_INT("port", port));
    return cli_flush(cli);
}

static err serve(struct cli *cli, struct app *app, struct faces *faces,
                 str listen)
{
    struct log log;
    struct server *server = NULL;
    struct sequencer sequencer = {
        .app = app,
        .heap = cli->heap,
        .clock = cli->clock,
        .log = &log,
        .daily = { app, &log, DAY_MIN },
    };

    log_init(&log, cli->clock, STDERR_FILENO, LEVEL_INFO);
    stop_hold();
    TRY(open_server(cli, &log, faces, listen, &server));
    err e = sequencer_start(&sequencer, cli->arena);
    if (!failed(e)) {
        e = say_where(cli, host_of(listen), server_port(server));
        if (!failed(e))
            (void)stop_wait();
        sequencer_stop(&sequencer);
    }
    server_stop(&server);
    return e;
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct faces faces = { .today = DAY_NEVER };
    struct clock_set unused;
    str listen = arguments_value(args, "listen");

    if (listen.n == 0)
        listen = S(LISTEN_USUAL);
    if (arguments_given(args, "today"))
        TRY(cli_today(cli, args, &faces.today));
    TRY(cli_open(cli, args, APP_SERVE, &unused, &app));
    TRY(check_address(cli, app, listen));
    faces.app = app;
    return serve(cli, app, &faces, listen);
}

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "listen", "ADDR:PORT", false, "cli.option.listen" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand serve_command = {
    .name = "serve",
    .help = "cli.help.serve",
    .about = "cli.about.serve",
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
