#ifndef CLI_SCORE_H
#define CLI_SCORE_H

/* score -- a score in words, for several subcommands. */

#include "cli/cli.h"
#include "domain/score.h"

/* The points, and the level that is reached or that none is. [M2] */
void cli_say_level(struct cli *cli, const struct scheme *s,
                   const struct score *x);

/* Each hard indicator of each level, and whether it is met. [M3] */
void cli_say_gates(struct cli *cli, const struct scheme *s,
                   const struct score *x);

#endif
