/*
 * tenstar records room -- how much of the disk files of service records that
 * are held may take together. [RH11]
 *
 *   [CR1] Whoever says nothing is told; with --most it is changed.
 */

#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/records_held_room.h"

enum { MEGABYTE = 1 << 20 };

static err say(struct cli *cli, const struct held_room *r)
{
    struct json *j = json_new_object(cli->arena);
    int64_t megabytes = (r->taken + MEGABYTE - 1) / MEGABYTE;

    json_set_int(cli->arena, j, "gigabytes", r->gigabytes);
    json_set_int(cli->arena, j, "taken", r->taken);
    if (cli->json)
        return cli_print_json(cli, j);
    cli_say(cli, "cli.records_room", ARG_INT("taken", megabytes),
            ARG_INT("most", r->gigabytes));
    return OK;
}

static err change(struct cli *cli, const struct arguments *args,
                  struct app *app)
{
    const struct number_rule rule = { HELD_ROOM_LEAST, HELD_ROOM_MOST, 0 };
    struct session who;
    int64_t most;

    TRY(arguments_number(cli->arena, args, "most", rule, &most));
    TRY(cli_session(cli, args, app, &who));
    return held_room_set(app, cli->arena, &who, most);
}

static err run(struct cli *cli, const struct arguments *args)
{
    bool changes = arguments_given(args, "most");
    scoped(app_close) struct app *app = NULL;
    struct clock_set clock;
    struct held_room room;

    TRY(cli_open(cli, args, changes ? APP_WRITE : APP_READ, &clock, &app));
    if (changes)
        TRY(change(cli, args, app));
    TRY(held_room_get(app, cli->arena, &room));
    return say(cli, &room);
}

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "most", "GIGABYTES", false, "cli.option.records_room" },
    { "as", "USER", false, "cli.option.as" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand records_room_command = {
    .name = "records room",
    .help = "cli.help.records_room",
    .about = "cli.about.records_room",
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
