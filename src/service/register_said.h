#ifndef SERVICE_REGISTER_SAID_H
#define SERVICE_REGISTER_SAID_H

/*
 * register_said -- what the register says of an enterprise: all of its
 * certificates, as bytes that a map of holders proves (register/holders.h).
 *
 *   [SD1] What is said changes by acts only, never by the mere passing of days:
 *         a certificate stands there as it was last recorded, with its last
 *         day, and whoever reads it on a day tells by that whether it is over.
 *   [SD2] Equal acts give equal bytes, on either engine: canonical JSON,
 *         certificates by the bytes of their numbers.
 *   [SD3] Only what the public may know (lookup.h [LU1]).
 *
 *     {"certificates":[{"body":null,"criterion":"..",
 *       "first_issued":"2026-03-02","holder":"..","issued":"2026-03-02",
 *       "level":"..","level_name":{"en":"..","zh":".."},"number":"..",
 *       "scheme":"..","scope":"..","status":"valid",
 *       "status_since":"2026-03-02","sub_certificates":[
 *       {"ended":null,"issued":"..","number":"..","site":"..",
 *       "valid_until":".."}],"suspended_until":null,"valid_from":"..",
 *       "valid_until":".."}],"uscc":".."}
 *
 * `body` is null for our own certificates and the name of whoever issued one
 * that was imported; of those `level_name` is null, and `level` what the file
 * said.
 */

#include "service/app.h"

/* Into `a`; empty: it has none.  Errors of app_scheme_words(). */
err register_holder_said(struct app *app, struct tx *tx, struct arena *a,
                         str uscc, str *out);

#endif
