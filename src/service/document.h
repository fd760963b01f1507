#ifndef SERVICE_DOCUMENT_H
#define SERVICE_DOCUMENT_H

/*
 * document -- the documents of a case, each made of its journal.
 *
 *   [DO1] Nothing is typed for a document: what it says stands in the case, in
 *         its package or in the catalogues.
 *   [DO2] Who may not read something in the case finds it in none of its
 *         documents either: they are made of what cases_load() gives.
 *   [DO3] A document is of the moment it tells of.  A report gives the score as
 *         it was when it was issued, also after corrections were accepted.
 *   [DO4] The same case gives the same document.
 */

#include "auth/session.h"
#include "paint/document.h"
#include "service/app.h"
#include "text/text.h"

enum document_kind {
    DOCUMENT_QUOTE,
    DOCUMENT_CONTRACT,
    DOCUMENT_SUPPLEMENT,
    DOCUMENT_PLAN,
    DOCUMENT_REPORT,
    DOCUMENT_NONCONFORMITY,
    DOCUMENT_DECISION,
    DOCUMENT_SUSPENSION,
    DOCUMENT_WITHDRAWAL,
    DOCUMENT_SURVEILLANCE,
    DOCUMENT_IMPROVEMENT,
    DOCUMENT_KIND_COUNT,
};

extern const char *const document_names[DOCUMENT_KIND_COUNT + 1];

struct document_wish {
    str ref; /* of the case */
    enum document_kind kind;
    enum lang lang;
};

/* Errors of cases_load(), improve_load(); ERR_REFUSED "sheet.nothing" (kind,
 * number): the case has not come that far. */
err document_make(struct app *app, struct arena *a, const struct session *who,
                  const struct document_wish *wish, struct paint_document *out);

/* Which there are, for whoever `who` is: of each kind.  Errors as above, but
 * for "sheet.nothing". */
err document_kinds(struct app *app, struct arena *a, const struct session *who,
                   const struct document_wish *wish,
                   bool out[DOCUMENT_KIND_COUNT]);

/* What a kind is called: the id of a text. */
const char *document_title(enum document_kind kind);

/* The document as a PDF, signed as far as the body can (signing.h [SG2]), by a
 * painter of its own.  Also errors of painter_paint(), signing_do(). */
err document_file(struct app *app, struct arena *a, const struct session *who,
                  const struct document_wish *wish, str *out);

#endif
