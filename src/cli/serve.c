/*
 * tenstar serve --data DIR [--listen ADDR:PORT] -- the server: public pages
 * and API, until SIGTERM or SIGINT.
 *
 * The access log goes to stderr, a JSON line a request.  A thread beside the
 * server's keeps the transparency log up to date (cli/sequencing.h).
 */

#include "api/api.h"
#include "base/arena.h"
#include "base/size.h"
#include "cli/installation.h"
#include "cli/sequencing.h"
#include "codec/json.h"
#include "http/http.h"
#include "http/listen.h"
#include "sys/log.h"
#include "sys/stop.h"
#include "web/web.h"

#include <unistd.h>

#define LISTEN_USUAL "127.0.0.1:8010"

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

static err open_server(struct cli *cli, struct faces *faces, str listen,
                       struct server **out)
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
        .log = faces->log,
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

static err serve(struct cli *cli, struct faces *faces, str listen)
{
    struct server *server = NULL;
    struct sequencing sequencing;

    stop_hold();
    TRY(open_server(cli, faces, listen, &server));
    err e = sequencing_start(&sequencing, faces->app, faces->log, cli->arena);
    if (!failed(e)) {
        e = say_where(cli, host_of(listen), server_port(server));
        if (!failed(e))
            (void)stop_wait();
        sequencing_stop(&sequencing);
    }
    server_stop(&server);
    return e;
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct log log;
    struct faces faces = { .today = DAY_NEVER, .log = &log };
    struct clock_set unused;
    str listen = arguments_value(args, "listen");

    if (listen.n == 0)
        listen = S(LISTEN_USUAL);
    if (arguments_given(args, "today"))
        TRY(cli_today(cli, args, &faces.today));
    TRY(cli_open(cli, args, APP_SERVE, &unused, &app));
    TRY(check_address(cli, app, listen));
    faces.app = app;
    log_init(&log, cli->clock, STDERR_FILENO, LEVEL_INFO);
    return serve(cli, &faces, listen);
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
