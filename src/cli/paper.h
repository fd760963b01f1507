#ifndef CLI_PAPER_H
#define CLI_PAPER_H

/* paper -- a document painted and written to the file of --out. */

#include "cli/cli.h"

struct paint_document;

/* Paints it in a worker and writes the file; says how big it is.  Errors of
 * painter_paint() and file_write(). */
err cli_paper(struct cli *cli, const struct arguments *args,
              const struct paint_document *d);

#endif
