#ifndef CLI_CASE_H
#define CLI_CASE_H

/* case -- what subcommands about one case take: which, where, who, when. */

#include "cli/cli.h"

struct case_file;
struct state;

enum { CASE_OPERANDS = 1, CASE_OPTIONS = 3 };

extern const struct operand case_operand[CASE_OPERANDS]; /* CASE */
extern const struct option case_options[CASE_OPTIONS]; /* --data --as --today */

/* Why the plan is as it is, and what the enterprise says to its team. */
void case_say_plan(struct cli *cli, const struct state *s);

/* What is on its way to a signature; for the body's people. */
void case_say_decision(struct cli *cli, const struct case_file *f);

#endif
