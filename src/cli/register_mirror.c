/*
 * tenstar register mirror DIR -- the whole register and its log as files that
 * any web server can serve, and anybody can check.
 */

#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/mirror.h"

static err print_made(struct cli *cli, const struct mirrored *m)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);

    json_set(j, S("entry"), json_new_int(a, m->mark.index));
    json_set(j, S("entries"), json_new_int(a, m->entries));
    json_set(j, S("holders"), json_new_int(a, m->mark.holders));
    json_set(j, S("numbers"), json_new_int(a, m->mark.numbers));
    json_set(j, S("pieces"), json_new_int(a, m->pieces));
    json_set(j, S("written"), json_new_int(a, m->written));
    json_set(j, S("files"), json_new_int(a, m->files));
    json_set(j, S("removed"), json_new_int(a, m->removed));
    return cli_print_json(cli, j);
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct sequencer sequencer = { 0 };
    struct mirrored m;
    struct clock_set clock;
    day today;

    TRY(cli_today(cli, args, &today));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    sequencer.app = app;
    TRY(mirror_make(&sequencer, cli->arena, today, arguments_operand(args, 0),
                    &m));
    if (cli->json)
        return print_made(cli, &m);
    cli_say(cli, "cli.register_mirrored", ARG_INT("holders", m.mark.holders),
            ARG_INT("numbers", m.mark.numbers), ARG_INT("index", m.mark.index),
            ARG_INT("pieces", m.pieces), ARG_INT("written", m.written),
            ARG_INT("files", m.files), ARG_INT("removed", m.removed),
            ARG_STR("folder", arguments_operand(args, 0)));
    return OK;
}

static const struct operand operands[] = {
    { .name = "OUT", .help = "cli.operand.log_out" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand register_mirror_command = {
    .name = "register mirror",
    .help = "cli.help.register_mirror",
    .about = "cli.about.register_mirror",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
