/* tenstar certificate show NUMBER --data DIR -- what the register says. */

#include "base/size.h"
#include "cli/installation.h"
#include "codec/json.h"
#include "service/certificate_json.h"

static const char *const status_ids[] = {
    [CERTIFICATE_VALID] = "status.valid",
    [CERTIFICATE_SUSPENDED] = "status.suspended",
    [CERTIFICATE_WITHDRAWN] = "status.withdrawn",
    [CERTIFICATE_CANCELLED] = "status.cancelled",
    [CERTIFICATE_EXPIRED] = "status.expired",
};

/* In English where it was given in English. */
static str scope_of(const struct cli *cli, const struct public_certificate *c)
{
    return cli->lang == LANG_EN && c->scope_en.n > 0 ? c->scope_en : c->scope;
}

static void say_subs(struct cli *cli, const struct public_certificate *c)
{
    const struct public_sub *subs = c->subs.p;

    for (size_t i = 0; i < c->subs.n; i++)
        cli_say(cli, "cli.certificate_sub", ARG_STR("number", subs[i].number),
                ARG_IDS("status", str_of(status_ids[subs[i].status])),
                ARG_STR("site", subs[i].site),
                ARG_STR("address", subs[i].address),
                ARG_DAY("until", subs[i].until));
}

static err run(struct cli *cli, const struct arguments *args)
{
    scoped(app_close) struct app *app = NULL;
    struct public_certificate c;
    struct clock_set clock;
    day today;

    TRY(cli_open(cli, args, APP_READ, &clock, &app));
    TRY(cli_today(cli, args, &today));
    TRY(lookup_certificate(app, cli->arena, arguments_operand(args, 0), today,
                           &c));
    if (cli->json)
        return cli_print_json(cli,
                              certificate_json(cli->arena, app_body(app), &c));
    cli_say(cli, "cli.certificate", ARG_STR("number", c.number),
            ARG_IDS("status", str_of(status_ids[c.status])),
            ARG_STR("holder", c.holder), ARG_STR("uscc", c.uscc));
    if (c.main.n > 0)
        cli_say(cli, "cli.certificate_main", ARG_STR("main", c.main),
                ARG_STR("site", c.site), ARG_STR("address", c.site_address));
    cli_say(cli, "cli.certificate_level", ARG_STR("criterion", c.criterion),
            ARG_LABEL("level", c.level_label),
            ARG_STR("scope", scope_of(cli, &c)));
    cli_say(cli, "cli.certificate_days", ARG_DAY("from", c.from),
            ARG_DAY("until", c.until));
    say_subs(cli, &c);
    if (c.assumed)
        cli_say(cli, "cli.assumed");
    return OK;
}

static const struct operand operands[] = {
    { .name = "NUMBER", .help = "cli.operand.number" },
};

static const struct option options[] = {
    { "data", "DIR", true, "cli.option.data" },
    { "today", "DATE", false, "cli.option.today" },
};

const struct subcommand certificate_show_command = {
    .name = "certificate show",
    .help = "cli.help.certificate_show",
    .operands = operands,
    .operand_count = COUNT(operands),
    .options = options,
    .option_count = COUNT(options),
    .run = run,
};
