/* tenstar serve --data DIR -- the server. */

#include "base/size.h"
#include "cli/installation.h"

static err run(struct cli *cli, const struct arguments *)
{
    return err_new(cli->arena, ERR_REFUSED, "cli.not_served");
}

const struct subcommand serve_command = {
    .name = "serve",
    .help = "cli.help.serve",
    .run = run,
};
