#ifndef CLI_INSTALLATION_H
#define CLI_INSTALLATION_H

/* installation -- what subcommands with --data have in common. */

#include "auth/session.h"
#include "cli/cli.h"
#include "service/app.h"

/* What installations are opened with: of --today see below. */
err cli_world(struct cli *cli, const struct arguments *args,
              struct clock_set *clock, struct app_world *out);

/*
 * Open the installation of --data.  With --today its clock stands at nine
 * o'clock of that day (UTC+8), a little later at each look, so that stories
 * and demonstrations have their own time; `clock` is owned by the caller.
 */
err cli_open(struct cli *cli, const struct arguments *args, enum app_use use,
             struct clock_set *clock, struct app **out);

/* Act as --as, whose secret is TENSTAR_SECRET outside a demonstration; without
 * --as somebody who may read everything, in a demonstration only. */
err cli_session(struct cli *cli, const struct arguments *args, struct app *app,
                struct session *out);

#endif
