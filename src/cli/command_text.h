#ifndef CLI_COMMAND_TEXT_H
#define CLI_COMMAND_TEXT_H

/*
 * command_text -- the commands that `case do` carries out, as the tables that
 * check them have them: found by name, and in words for --help and the manual
 * page.
 */

#include "base/buf.h"
#include "base/err.h"
#include "text/text.h"

struct arena;
struct record;
struct register_kind;
struct right;

/* A command of a case, or else of a register. */
struct command_row {
    const struct right *right;             /* of a case; else NULL */
    const struct register_kind *register_; /* of a register; else NULL */
    const char *name;
    const struct record *record; /* of its fields */
};

/* ERR_NOT_FOUND "command.unknown_near" (name, near), where the name of one is
 * near (base/near.h), else "command.unknown" (name). */
err command_row_find(struct arena *a, str name, struct command_row *out);

/* What stands in the place of CASE: "person:LOGIN", for a case "CASE". */
const char *command_row_ref(const struct command_row *c);

/* Does the table of its fields hold any? */
bool record_has_fields(const struct record *r);

/* "issue the certificate" */
void command_title(struct buf *b, enum lang lang, const char *command);

/* Who may give it, and at which stages or on what. */
void command_who(struct buf *b, enum lang lang, const struct command_row *c);

/* What `tenstar case do CASE COMMAND --help` prints. */
void command_help(struct buf *b, enum lang lang, const struct command_row *c);

#endif
