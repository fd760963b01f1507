/*
 * tenstar log export OUT -- the transparency log as files that any web server
 * can serve: tiles, entries and, last, the checkpoint.
 */

#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/published.h"

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct published_copy made;
    struct clock_set clock;
    struct json *j;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(published_copy(app, cli->arena, arguments_operand(args, 0), &made));
    if (!cli->json) {
        cli_say(cli, "cli.log_exported", ARG_INT("size", made.size),
                ARG_INT("files", made.files),
                ARG_STR("folder", arguments_operand(args, 0)));
        return OK;
    }
    j = json_new_object(cli->arena);
    json_set(j, S("size"), json_new_int(cli->arena, made.size));
    json_set(j, S("files"), json_new_int(cli->arena, made.files));
    return cli_print_json(cli, j);
}

static const struct operand operands[] = {
    { .name = "OUT", .help = "cli.operand.log_out" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand log_export_command = {
    .name = "log export",
    .help = "cli.help.log_export",
    .about = "cli.about.log_export",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
