#ifndef CLI_SUBCOMMANDS_H
#define CLI_SUBCOMMANDS_H

/*
 * subcommands -- which subcommand the words of a line begin with, and what to
 * say when it is none.
 *
 * A group is the first word that several subcommands have in common: "case".
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct subcommand;

/* NULL: none.  *used is how many of the words its name takes. */
const struct subcommand *subcommand_find(const str *words, size_t n,
                                         size_t *used);

bool subcommand_is_group(str word);

/* Is it one of the group's? */
bool subcommand_in_group(const struct subcommand *s, str group);

/*
 * Why the words, at least one, begin with no subcommand.  ERR_INVALID
 *   "cli.needs_subcommand" (group, subcommands: those it has)
 *   "cli.unknown_near" (word, near), where a name is near (base/near.h)
 *   "cli.unknown_in_group" (word, group, subcommands)
 *   "cli.unknown" (word, subcommands: all first words)
 */
err subcommand_unknown(struct arena *a, const str *words, size_t n);

#endif
