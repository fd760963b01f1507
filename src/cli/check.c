/* tenstar check --data DIR -- is everything stored still what it was? */

#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/check.h"

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct check_counts c;
    struct clock_set clock;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(check_all(app, cli->arena, &c));
    if (!cli->json) {
        cli_say(cli, "cli.checked", ARG_INT("streams", c.streams),
                ARG_INT("events", c.events), ARG_INT("cases", c.cases),
                ARG_INT("certificates", c.certificates),
                ARG_INT("entries", c.entries));
        return OK;
    }

    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    json_set(j, S("streams"), json_new_int(a, c.streams));
    json_set(j, S("events"), json_new_int(a, c.events));
    json_set(j, S("cases"), json_new_int(a, c.cases));
    json_set(j, S("certificates"), json_new_int(a, c.certificates));
    json_set(j, S("log_entries"), json_new_int(a, c.entries));
    return cli_print_json(cli, j);
}

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand check_command = {
    .name = "check",
    .help = "cli.help.check",
    .about = "cli.about.check",
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
