#ifndef CLI_PAPER_H
#define CLI_PAPER_H

/* paper -- a document painted, signed, and written to the file of --out. */

#include "cli/installation.h"

struct paint_document;

/*
 * Paints it in a worker, signs it unless --unsigned is given, and writes the
 * file; says what became of it.  `certificate` is the number of the certificate
 * that it is, or empty.  Errors of painter_paint(), signing_do() and
 * file_write(); with --stamp ERR_INVALID "cli.paper_nobody", and what kept the
 * service from giving a stamp: then no file is written.
 */
err cli_paper(struct cli *cli, const struct arguments *args, struct app *app,
              str certificate, const struct paint_document *d);

#endif
