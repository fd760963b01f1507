/* tenstar manual -- the manual page, in roff, from the subcommands' tables. */

#include "base/size.h"
#include "cli/cli.h"
#include "cli/help.h"

/* The page changes with the program, not with the day it is built. */
#define MANUAL_DATE "2026-11-24"

static err run(struct cli *cli, const struct arguments *)
{
    help_manual(&cli->out, cli->lang, cli_subcommands, cli_subcommand_count,
                S(MANUAL_DATE), S(PROGRAM_VERSION));
    return cli_print_text(cli, "manual");
}

const struct subcommand manual_command = {
    .name = "manual",
    .help = "cli.help.manual",
    .run = run,
};
