#ifndef CLI_HELP_H
#define CLI_HELP_H

/*
 * help -- what a subcommand's table says, as text for a terminal and as a
 * manual page (cli/manual_page.c).
 */

#include "base/buf.h"
#include "base/str.h"
#include "cli/arguments.h"
#include "text/text.h"

/* "tenstar score SCHEME ANSWERS.yaml [--json]", one line. */
void help_usage(struct buf *b, const struct subcommand *s);

/* What `tenstar SUBCOMMAND --help` prints. */
void help_subcommand(struct buf *b, enum lang lang, const struct subcommand *s);

/* What `tenstar --help` prints: every subcommand in a line; only those of
 * `group`, unless that is empty. */
void help_all(struct buf *b, enum lang lang,
              const struct subcommand *const *table, size_t n, str group);

/* The manual page tenstar(1) in roff: all subcommands, and the commands of a
 * case from the tables that check them.  `date` is the day the page shows,
 * `version` the program's. */
void help_manual(struct buf *b, enum lang lang,
                 const struct subcommand *const *table, size_t n, str date,
                 str version);

#endif
