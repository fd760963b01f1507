#ifndef SERVICE_CREDENTIAL_SM2_H
#define SERVICE_CREDENTIAL_SM2_H

/*
 * credential_sm2 -- a certificate's credential signed by SM2 besides, for
 * readers who have to go by SM2 and SM3 (GB/T 32918, GB/T 32905).
 *
 *   [S21] What is signed is the credential's JSON, byte for byte as it is given
 *         out; the signature stands in a file of its own.
 *   [S22] It is made when somebody asks and not kept.  The key is announced as
 *         any other, so that the log has its public part.
 */

#include "base/err.h"
#include "base/str.h"

struct app;
struct arena;

/*
 * Of the newest credential: JSON with `key` ("sm2-1"), `public` (04 x y) and
 * `signature` (r s), both hexadecimal, and `signer`, the identity that is
 * signed along (crypto/sm2.h [SC1]).  ERR_NOT_FOUND "credential.none" (number),
 * "key.none" (purpose).
 */
err credential_sm2(struct app *app, struct arena *a, str number, str *out);

#endif
