#ifndef CLI_REPORT_H
#define CLI_REPORT_H

/* report -- what the subcommands of reporting have in common. */

#include "cli/cli.h"
#include "filing/month.h"

/* --month, "2026-11".  ERR_INVALID "cli.month" (given). */
err report_month(struct cli *cli, const struct arguments *args,
                 struct month *out);

/* "2026-11" as JSON. */
struct json *report_month_json(struct arena *a, struct month m);

#endif
