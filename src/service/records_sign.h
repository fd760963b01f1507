#ifndef SERVICE_RECORDS_SIGN_H
#define SERVICE_RECORDS_SIGN_H

/* records_sign -- a body signs a sheet of service records, with the key that
 * its credentials are signed with. */

#include "auth/session.h"
#include "service/app.h"

struct json;

/*
 * The body's DID, for somebody who may sign: an auditor, lead, reviewer or
 * certificate officer of the body.  ERR_DENIED "records.signs" (roles);
 * ERR_REFUSED "credential.no_key".
 */
err records_issuer(const struct app *app, struct arena *a,
                   const struct session *who, str *out);

/* The same for what the installation counted itself, whoever asked for it:
 * nobody has to believe anybody there.  ERR_REFUSED "credential.no_key". */
err records_own_issuer(const struct app *app, struct arena *a, str *out);

/* The sheet's canonical text with a proof inside.  ERR_LIMIT
 * "records.sheet_long" (most): longer than what can be checked again, which is
 * SEALED_MAX; a page, a phone and the case read it whole (verify/sealed.h). */
err records_sign(struct app *app, struct arena *a, const struct json *sheet,
                 str *out);

#endif
