#ifndef VERIFY_JWS_H
#define VERIFY_JWS_H

/*
 * jws -- JSON Web Signatures in their compact form (RFC 7515), as far as
 * credentials use them: Ed25519 (RFC 8037), type "vc+jwt".
 *
 *     BASE64URL(header) "." BASE64URL(payload) "." BASE64URL(signature)
 *
 *   [JW1] The signature is over the first two parts as they stand, with the
 *         point between them.
 *   [JW2] The header says "EdDSA" or "Ed25519" and nothing else: an algorithm
 *         taken from what is to be checked has fooled many a verifier.
 *   [JW3] A header that says `crit` is refused: it asks for what we do not do.
 */

#include "base/err.h"
#include "crypto/sign.h"

struct arena;

enum { JWS_MAX = 4 << 20 };

struct jws {
    str kid;     /* which key; may be empty */
    str payload; /* the bytes that were signed */
    str message; /* [JW1]; borrowed from the text */
    uint8_t signature[SIGNATURE_BYTES];
};

/*
 * Take `text` apart, whose header must say `typ`.  ERR_INVALID "jws.form" when
 * it is not three parts in base64 with an object in front and 64 bytes at the
 * end, "jws.header" (field) when one of typ, cty, alg, kid is no text,
 * "jws.algorithm" (algorithm), "jws.type" (type, expected), "jws.critical";
 * ERR_LIMIT "jws.long" (limit).
 */
err jws_read(struct arena *a, str text, str typ, struct jws *out);

/* Did the owner of `public` sign it? */
bool jws_holds(const struct jws *j,
               const uint8_t public[static SIGN_PUBLIC_BYTES]);

#endif
