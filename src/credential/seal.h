#ifndef CREDENTIAL_SEAL_H
#define CREDENTIAL_SEAL_H

/*
 * seal -- signing a JSON document in the two forms that verify/sealed.h reads.
 *
 *   [SM1] Signing is deterministic (crypto/sign.h [SG1]) and the text is
 *         canonical JSON: same document, key and moment, same bytes.
 *   [SM2] In a DID document a key stands as Multikey under its name, and as
 *         JsonWebKey under its name and "-jwk" (credential/credential.h); a
 *         proof names the one, a token the other.
 */

#include "base/err.h"
#include "base/hash.h"

#include <stdint.h>

struct arena;
struct json;
struct sign_key;

/* Who signs, and when. */
struct seal {
    const struct sign_key *key;
    str did;    /* "did:web:register.example.cn" */
    str name;   /* of the key: "credential-1" */
    int64_t at; /* microseconds since 1970; in whole seconds it is written */
};

/* What is to be signed: the canonical text of a document that has neither a
 * proof nor a moment ("iat") yet, and its SHA-256. */
struct seal_draft {
    str text;
    struct hash digest;
};

/* ERR_LIMIT "buf.limit", ERR_MEMORY. */
err seal_draft(struct arena *a, const struct json *document,
               struct seal_draft *out);

/* With a proof inside; likewise. */
err seal_proof(struct arena *a, const struct seal_draft *document,
               const struct seal *by, str *out);

/* As vc+jwt; likewise. */
err seal_jwt(struct arena *a, const struct seal_draft *document,
             const struct seal *by, str *out);

#endif
