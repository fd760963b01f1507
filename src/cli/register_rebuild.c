/* tenstar register rebuild --data DIR -- the register's read model, made again
 * from the store. */

#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/register_feed.h"

/* No server may run: it feeds the same book. */
static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct register_feeder feeder = { .again = true };
    struct register_turn made;
    struct clock_set clock;
    struct json *j;
    day today;

    TRY(cli_today(cli, args, &today));
    TRY(cli_open(cli, args, APP_SERVE, &clock, &app));
    feeder.app = app;
    TRY(register_turn(&feeder, cli->arena, today, &made));
    if (!cli->json) {
        cli_say(cli, "cli.register_rebuilt", ARG_INT("answers", made.answers),
                ARG_INT("left_out", made.left_out));
        return OK;
    }
    j = json_new_object(cli->arena);
    json_set(j, S("answers"), json_new_int(cli->arena, made.answers));
    json_set(j, S("left_out"), json_new_int(cli->arena, made.left_out));
    return cli_print_json(cli, j);
}

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand register_rebuild_command = {
    .name = "register rebuild",
    .help = "cli.help.register_rebuild",
    .about = "cli.about.register_rebuild",
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
