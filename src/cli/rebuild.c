/* tenstar rebuild --data DIR -- the tables that look-ups read, made again. */

#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/rebuild.h"

/* No server may run: it would wait all that time, and answer from what is being
 * taken away. */
static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct rebuilt made;
    struct clock_set clock;

    TRY(cli_open(cli, args, APP_REBUILD, &clock, &app));
    TRY(rebuild(app, cli->arena, &made));
    if (!cli->json) {
        cli_say(cli, "cli.rebuilt", ARG_INT("events", made.events),
                ARG_INT("cases", made.cases),
                ARG_INT("certificates", made.certificates),
                ARG_INT("people", made.people),
                ARG_INT("enterprises", made.enterprises));
        return OK;
    }

    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);
    json_set(j, S("events"), json_new_int(a, made.events));
    json_set(j, S("cases"), json_new_int(a, made.cases));
    json_set(j, S("certificates"), json_new_int(a, made.certificates));
    json_set(j, S("people"), json_new_int(a, made.people));
    json_set(j, S("enterprises"), json_new_int(a, made.enterprises));
    return cli_print_json(cli, j);
}

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand rebuild_command = {
    .name = "rebuild",
    .help = "cli.help.rebuild",
    .about = "cli.about.rebuild",
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
