#ifndef CLI_MONEY_H
#define CLI_MONEY_H

/* money -- a case's money in words, for several subcommands. */

#include "cli/cli.h"

struct state;

/* Catalogue ids of the lines, by enum fee_rule. */
extern const char *const fee_line_ids[];

/* Quote, invoices, payments and refunds; nothing without a quote. [M13] */
void cli_say_money(struct cli *cli, const struct state *s);

#endif
