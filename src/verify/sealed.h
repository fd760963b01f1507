#ifndef VERIFY_SEALED_H
#define VERIFY_SEALED_H

/*
 * sealed -- a JSON document that somebody signed, in either of the two forms
 * credentials come in: with a proof inside (data_integrity.h), or as vc+jwt
 * (jws.h).  What follows need not know which.
 *
 *   [SE1] Both forms say the same document, and so have the same digest: a
 *         vc+jwt's moment of signing (`iat`) is not part of it.  A vc+jwt is
 *         checked without it, so it is taken only when it is asked for.
 *   [SE2] Reading is one thing, believing another: until sealed_check() said
 *         OK, the document is what a stranger wrote.
 */

#include "base/err.h"
#include "base/hash.h"
#include "crypto/sign.h"

#include <stdint.h>

struct arena;
struct did_document;
struct json;

enum { SEALED_MAX = 4 << 20 };

enum sealed_form { SEALED_PROOF, SEALED_JWT };

struct sealed {
    enum sealed_form form;
    const struct json *document; /* an object, without what signs it */
    str method;                  /* id of the key */
    int64_t created;             /* when it says it was signed; microseconds */
    str message;                 /* what the signature is over */
    uint8_t signature[SIGNATURE_BYTES];
};

/*
 * `text` is JSON when it begins with a brace, else a vc+jwt; blanks around it
 * do not matter; it must live as long as *out.  ERR_INVALID as json_parse(),
 * data_integrity_read() and jws_read(), "sealed.object" when it is no JSON
 * object, "sealed.claim" (field) when a vc+jwt says `vc` or `vp`, or no `iat`;
 * ERR_LIMIT "sealed.long" (limit).
 */
err sealed_read(struct arena *a, str text, struct sealed *out);

/* SHA-256 of the canonical document [SE1].  ERR_MEMORY. */
err sealed_digest(struct arena *a, const struct sealed *s, struct hash *out);

/*
 * Did `issuer` sign it, with a key of his document that was good then?
 * ERR_INVALID "sealed.issuer" (issuer, did) when the document of keys is
 * somebody else's, what did_key_at() refuses, and "sealed.signature" (key) when
 * document or signature were altered.
 */
err sealed_check(struct arena *a, const struct sealed *s, str issuer,
                 const struct did_document *keys);

#endif
