#ifndef CLI_PAPER_H
#define CLI_PAPER_H

/* paper -- a document painted, signed, and written to the file of --out. */

#include "cli/installation.h"

struct paint_document;
struct signing_done;
struct signing_wish;

/*
 * Paints it in a worker, signs it unless --unsigned is given, and writes the
 * file; says what became of it.  `certificate` is the number of the certificate
 * that it is, or empty.  Errors of painter_paint(), signing_do() and
 * file_write(); with --stamp ERR_INVALID "cli.paper_nobody", and what kept the
 * service from giving a stamp: then no file is written.
 */
err cli_paper(struct cli *cli, const struct arguments *args, struct app *app,
              str certificate, const struct paint_document *d);

/* What was painted, signed as --unsigned and --stamp have it.  Errors of
 * signing_do(); with --stamp also why there is no stamp, ERR_INVALID
 * "cli.paper_nobody" when nobody was named to give one. */
err cli_paper_sign(struct arena *a, const struct arguments *args,
                   struct app *app, const struct signing_wish *wish,
                   struct signing_done *done);

/*
 * Many certificates, by their numbers or by when they were issued, into the
 * folder of --into: "NUMBER.pdf" each.
 *
 *   [PB1] A file that is there stays as it is, so a run that was stopped goes
 *         on where it was: no file is there by half (sys/files.h [FI2]).
 *   [PB2] One that cannot be painted is named and keeps no other from it; then
 *         the exit is 1.  A folder that takes no file ends the run.
 *   [PB3] Asked for by --all or by days, certificates that are not valid are
 *         counted and not named: they have no paper.
 *   [PB4] Two workers paint while this process reads, signs and writes.
 */
err cli_papers(struct cli *cli, const struct arguments *args, struct app *app,
               day today);

#endif
