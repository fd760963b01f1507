#ifndef SERVICE_DISCLOSURE_H
#define SERVICE_DISCLOSURE_H

/*
 * disclosure -- the record of a case's newest signed decision as a file that a
 * stranger can check (verify/dossier.h).
 *
 *   [DI1] The parts are made anew from the journal, as the case stood when the
 *         decision was signed, and given out only if they have the seals that
 *         the journal and the log have.
 *   [DI2] The body's head and quality managers disclose any case, and the
 *         enterprise its own; which of its customers said what it never gets
 *         (domain/papers.h [PA4]), so that part is withheld from it.
 *   [DI3] The same case, checkpoint and choice give the same bytes.
 */

#include "auth/session.h"
#include "service/app.h"

struct arena;

struct disclosure_wish {
    const struct session *who;
    str ref;           /* number or id of the case */
    unsigned withheld; /* 1 << enum dossier_part */
};

struct disclosure {
    str number;
    str archive;
    int64_t index; /* of the entry in the log */
    unsigned withheld;
};

/*
 * ERR_NOT_FOUND "case.missing" (ref), "disclosure.none" (number) when no
 * decision was signed, or it was when no record was kept yet,
 * "disclosure.waiting" (number) when no checkpoint covers the entry; ERR_DENIED
 * "rights.disclose"; ERR_CORRUPT "disclosure.differs" (number, part) [DI1];
 * ERR_INVALID "dossier.needed" (part).
 */
err disclosure_make(struct app *app, struct arena *a,
                    const struct disclosure_wish *wish, struct disclosure *out);

#endif
