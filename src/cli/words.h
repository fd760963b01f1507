#ifndef CLI_WORDS_H
#define CLI_WORDS_H

/* words -- what longer texts for people are made of. */

#include "cli/cli.h"

/* The catalogue's word for a value: words_choice(cli, "grade.", "minor"). */
str words_choice(struct cli *cli, const char *prefix, const char *name);

/* What is to be done: a task of the kind named so, about this many fen or none.
 */
str words_task(struct cli *cli, str kind, int64_t amount);

/* What an error says. */
str words_err(struct cli *cli, err why);

/* Append `part` to a list, with what stands between the parts of one. */
void words_join(const struct cli *cli, struct buf *b, str part);

/* cli_say(), further in: two blanks for each level of `depth`. */
#define words_say(cli, depth, message, ...)                                    \
    (words_indent((cli), (depth)),                                             \
     cli_say((cli), (message)__VA_OPT__(, ) __VA_ARGS__))
void words_indent(struct cli *cli, int depth);

#endif
