#ifndef CLI_PACKAGE_H
#define CLI_PACKAGE_H

/* package -- read a scheme package from a folder, for several subcommands. */

#include "cli/cli.h"
#include "scheme/load.h"

/* Every file of the folder and one level of folders below it. */
err cli_read_package(struct cli *cli, str path, struct package *out);

/* "PATH/FILE:LINE:COLUMN: reason", a line each. */
void cli_print_problems(struct cli *cli, str path, const struct problem *p);

/* The same as a list of {file, line, column, id, message}. */
struct json *cli_problems_json(struct cli *cli, const struct problem *p);

/* The scheme of a package; ERR_INVALID "package.unsound" (path, line, column,
 * why) when it breaks rules. */
err cli_load_scheme(struct cli *cli, str path, const struct scheme **out);

#endif
