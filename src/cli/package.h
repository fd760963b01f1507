#ifndef CLI_PACKAGE_H
#define CLI_PACKAGE_H

/* package -- read a scheme package from a folder, for several subcommands. */

#include "cli/cli.h"
#include "scheme/load.h"

/*
 * Every file of the folder and one level of folders below it.
 * ERR_NOT_FOUND "package.missing_known" (path, known: packages beside it) or
 * "package.missing" (path) when there is no such folder, "package.no_file"
 * (path) when it holds no scheme.yaml, and then nothing in it was read.
 */
err cli_read_package(struct cli *cli, str path, struct package *out);

/* Is it a folder with scheme.yaml?  ERR_MEMORY. */
err cli_is_package(struct cli *cli, str path, bool *out);

/* "PATH/FILE:LINE:COLUMN: reason", a line each. */
void cli_print_problems(struct cli *cli, str path, const struct problem *p);

/* The same as a list of {file, line, column, id, message}. */
struct json *cli_problems_json(struct cli *cli, const struct problem *p);

/* ERR_INVALID "package.unsound" (path, line, column, why): by the first
 * problem, with its place; `scheme check` lists them all. */
err cli_unsound(struct cli *cli, str path, const struct problem *first);

/* The scheme of a package; ERR_INVALID "package.unsound" (path, line, column,
 * why) when it breaks rules. */
err cli_load_scheme(struct cli *cli, str path, const struct scheme **out);

/* Is the package sound, and do its golden cases hold?  ERR_INVALID when not,
 * and then *problems says why; it stays NULL for other errors. */
err cli_check_package(struct cli *cli, const struct package *p,
                      struct scheme **out, struct problem **problems);

/* A package that is, for cases to be judged by, and its scheme: errors of
 * cli_read_package(), else ERR_INVALID "package.unsound" by the first thing
 * that is wrong. */
err cli_read_sound(struct cli *cli, str path, struct package *out,
                   const struct scheme **scheme);

#endif
