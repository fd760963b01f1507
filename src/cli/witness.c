/*
 * tenstar witness --data DIR [--name NAME] [--listen ADDR:PORT] -- watch logs
 * of others: cosign what continues what was cosigned before, until SIGTERM.
 */

#include "witness/witness.h"

#include "base/arena.h"
#include "base/size.h"
#include "cli/cli.h"
#include "codec/json.h"
#include "http/http.h"
#include "sys/log.h"
#include "sys/stop.h"

#include <unistd.h>

#define LISTEN_USUAL "127.0.0.1:8011"

/* Whoever asks is known by the signature on what is sent. */
static err permit(struct request *, int)
{
    return OK;
}

static err say_running(struct cli *cli, const struct witness *w, uint16_t port)
{
    struct json *j = json_new_object(cli->arena);
    str vkey;

    TRY(witness_vkey(cli->arena, w, &vkey));
    json_set(j, S("vkey"), json_new_str(cli->arena, vkey));
    json_set(j, S("port"), json_new_int(cli->arena, port));
    if (cli->json)
        TRY(cli_print_json(cli, j));
    else
        cli_say(cli, "cli.witnessing", ARG_STR("vkey", vkey),
                ARG_INT("port", port));
    return cli_flush(cli);
}

static err serve(struct cli *cli, struct witness *w, str listen,
                 struct log *log)
{
    struct server *server = NULL;
    struct router *router;
    str address;

    TRY(router_new(cli->arena, &witness_routes, 1, &router));
    TRY_MEMORY(arena_str(cli->arena, listen, &address));
    const struct web_site site = {
        .app = w,
        .router = router,
        .permit = permit,
        .on_error = witness_error,
    };
    const struct server_options options = {
        .heap = cli->heap,
        .clock = cli->clock,
        .entropy = cli->entropy,
        .log = log,
        .listen = address.p,
        .limits = server_limits_default,
    };
    stop_hold();
    TRY(server_open(cli->arena, &options, &site, &server));
    err e = say_running(cli, w, server_port(server));
    if (!failed(e))
        (void)stop_wait();
    server_stop(&server);
    return e;
}

static err run(struct cli *cli, const struct arguments *args)
{
    const struct witness_world world = { cli->files, cli->clock, cli->entropy };
    scoped(witness_end) struct witness *w = NULL;
    str listen = arguments_value(args, "listen");
    struct log log;

    TRY(witness_start(cli->arena, &world, arguments_value(args, "data"),
                      arguments_value(args, "name"), &w));
    log_init(&log, cli->clock, STDERR_FILENO, LEVEL_INFO);
    return serve(cli, w, listen.n > 0 ? listen : S(LISTEN_USUAL), &log);
}

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.witness_data" },
    { "name", "NAME", false, "cli.option.witness_name" },
    { "listen", "ADDR:PORT", false, "cli.option.witness_listen" },
};

const struct subcommand witness_command = {
    .name = "witness",
    .help = "cli.help.witness",
    .about = "cli.about.witness",
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
