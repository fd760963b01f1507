/* tenstar backup FOLDER --data DIR -- what is there now, beside what earlier
 * backups have. (service/backup.h) */

#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/backup.h"

static err print_made(struct cli *cli, const struct backup_made *m)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);

    json_set(j, S("name"), json_new_str(a, m->name));
    json_set(j, S("rows"), json_new_int(a, m->rows));
    json_set(j, S("pieces"), json_new_int(a, m->pieces));
    json_set(j, S("new_pieces"), json_new_int(a, m->new_pieces));
    json_set(j, S("files"), json_new_int(a, m->files));
    json_set(j, S("new_files"), json_new_int(a, m->new_files));
    json_set(j, S("bytes"), json_new_int(a, m->bytes));
    json_set(j, S("log_entries"), json_new_int(a, m->log_size));
    return cli_print_json(cli, j);
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct backup_made m;
    struct clock_set clock;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(backup_make(app, cli->arena, arguments_operand(args, 0), &m));
    if (cli->json)
        return print_made(cli, &m);
    cli_say(cli, "cli.backup_made", ARG_STR("name", m.name),
            ARG_INT("rows", m.rows), ARG_INT("files", m.files),
            ARG_INT("pieces", m.new_pieces), ARG_INT("new_files", m.new_files),
            ARG_INT("bytes", m.bytes), ARG_INT("entries", m.log_size));
    return OK;
}

static const struct operand operands[] = {
    { .name = "FOLDER", .help = "cli.operand.backup" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand backup_command = {
    .name = "backup",
    .help = "cli.help.backup",
    .about = "cli.about.backup",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
