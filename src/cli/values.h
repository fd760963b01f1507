#ifndef CLI_VALUES_H
#define CLI_VALUES_H

/* values -- values of the domain as subcommands print them. */

#include "base/day.h"
#include "base/err.h"
#include "base/str.h"

struct arena;
struct cli;
struct json;

/* "2026-11-24", null for DAY_NEVER. */
struct json *cli_day_json(struct arena *a, day d);

/* null for an empty one. */
struct json *cli_str_json(struct arena *a, str s);

/* Fen; null for 0. */
struct json *cli_amount_json(struct arena *a, int64_t fen);

/* The names of the roles in a set of ROLE_BIT()s. */
struct json *cli_roles_json(struct arena *a, unsigned roles);

/* Their catalogue ids for ARG_IDS, "role.intake|role.finance". */
str cli_role_ids(struct cli *cli, unsigned roles);

/* The names of the parts in a set of bits, "team, answers". */
str cli_dossier_parts(struct cli *cli, unsigned parts);

/* The id of a name behind a prefix, "stage.audit". */
str cli_id(struct cli *cli, const char *prefix, const char *name);

/* Which of `names` (NULL-ended) it is.  ERR_INVALID "cli.key_choice" (given,
 * choices). */
err cli_choose(struct cli *cli, str given, const char *const *names, int *out);

#endif
