#ifndef SERVICE_CERTIFICATE_PAPER_H
#define SERVICE_CERTIFICATE_PAPER_H

/*
 * certificate_paper -- a certificate as a document. [M20] [17065 7.7.1]
 *
 *   [CT1] It says what the register says of it, in the words of the package it
 *         was issued under, in the reader's language and small in the other;
 *         and the holder's address.
 *   [CT2] Only a certificate that is valid is put on paper: a paper of one that
 *         was suspended or withdrawn would say what is not so.
 *   [CT3] The same certificate gives the same document whenever it is asked
 *         for.
 *   [CT4] The main certificate lists its valid sub-certificates on further
 *         pages; each of those is a certificate of its own as well.
 *   [CT5] Its code is the one of its credential, which proves what it says
 *         without the register; where it has none, its address alone.
 */

#include "paint/document.h"
#include "service/app.h"
#include "text/text.h"

struct certificate_wish {
    str number;
    enum lang lang;
    day today;
};

/* Errors of lookup_certificate(); ERR_REFUSED
 * "sheet.not_valid" (number, status). */
err certificate_paper(struct app *app, struct arena *a,
                      const struct certificate_wish *wish,
                      struct paint_document *out);

/* The same as a PDF, signed as far as the body can (signing.h [SG2]), with what
 * proves it attached, by a painter of its own.  The file lives in the arena.
 * Also errors of painter_paint(), signing_do(). */
err certificate_paper_file(struct app *app, struct arena *a,
                           const struct certificate_wish *wish, str *out);

#endif
