/*
 * tenstar register root -- one hash for all of the register, entered in the
 * log: what `register prove` and mirrors prove against.
 */

#include "base/size.h"
#include "cli/installation.h"
#include "cli/values.h"
#include "codec/json.h"
#include "service/register_root.h"

static str root_text(struct cli *cli, const struct hash *root)
{
    struct buf b;

    buf_init(&b, cli->arena, 2 * sizeof root->b);
    buf_hex(&b, root->b, sizeof root->b);
    return cli_text(cli, &b);
}

static err print_root(struct cli *cli, const struct register_rooted *r)
{
    struct arena *a = cli->arena;
    struct json *j = json_new_object(a);

    json_set(j, S("entry"), json_new_int(a, r->mark.index));
    json_set(j, S("on"), cli_day_json(a, r->mark.on));
    json_set(j, S("upto"), json_new_int(a, r->mark.upto));
    json_set(j, S("root"), json_new_str(a, root_text(cli, &r->mark.root)));
    json_set(j, S("holders"), json_new_int(a, r->mark.holders));
    json_set(j, S("numbers"), json_new_int(a, r->mark.numbers));
    json_set(j, S("entered"), json_new_bool(a, r->entered));
    return cli_print_json(cli, j);
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct sequencer sequencer = { 0 };
    struct register_rooted r;
    struct clock_set clock;
    day today;

    TRY(cli_today(cli, args, &today));
    TRY(cli_open(cli, args, APP_WRITE, &clock, &app));
    sequencer.app = app;
    TRY(register_root(&sequencer, cli->arena, today, &r));
    if (cli->json)
        return print_root(cli, &r);
    cli_say(cli, r.entered ? "cli.register_rooted" : "cli.register_root_same",
            ARG_INT("index", r.mark.index), ARG_DAY("on", r.mark.on),
            ARG_INT("holders", r.mark.holders),
            ARG_INT("numbers", r.mark.numbers), ARG_INT("upto", r.mark.upto),
            ARG_STR("root", root_text(cli, &r.mark.root)));
    return OK;
}

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand register_root_command = {
    .name = "register root",
    .help = "cli.help.register_root",
    .about = "cli.about.register_root",
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
