/*
 * tenstar register prove USCC -- a file that proves which certificates an
 * enterprise has, all of them, or that it has none.
 */

#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/register_root.h"

static err say_file(struct cli *cli, str path)
{
    struct json *j = json_new_object(cli->arena);

    if (!cli->json) {
        cli_say(cli, "cli.register_proved", ARG_STR("file", path));
        return OK;
    }
    json_set(j, S("file"), json_new_str(cli->arena, path));
    return cli_print_json(cli, j);
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    str path = arguments_value(args, "out");
    struct clock_set clock;
    str proof;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(register_prove(app, cli->arena, arguments_operand(args, 0), &proof));
    if (path.n == 0) {
        buf_str(&cli->out, proof); /* which is JSON [CLI2] */
        buf_char(&cli->out, '\n');
        return OK;
    }
    TRY(file_write(cli->files, cli->arena, path, proof, FILE_PUBLIC));
    return say_file(cli, path);
}

static const struct operand operands[] = {
    { .name = "USCC", .help = "cli.operand.register_uscc" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "out", "FILE", false, "cli.option.register_proof" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand register_prove_command = {
    .name = "register prove",
    .help = "cli.help.register_prove",
    .about = "cli.about.register_prove",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
