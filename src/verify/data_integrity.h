#ifndef VERIFY_DATA_INTEGRITY_H
#define VERIFY_DATA_INTEGRITY_H

/*
 * data_integrity -- proofs inside of JSON documents (W3C Data Integrity 1.0),
 * of the one suite eddsa-jcs-2022.
 *
 *     { ..., "proof": { "type": "DataIntegrityProof",
 *                       "cryptosuite": "eddsa-jcs-2022",
 *                       "created": "2026-11-27T16:00:00Z",
 *                       "verificationMethod": "did:web:..#credential-1",
 *                       "proofPurpose": "assertionMethod",
 *                       "@context": [..], "proofValue": "z.." } }
 *
 *   [PR1] Signed are SHA-256 of the canonical proof without proofValue, then
 *         SHA-256 of the canonical document without proof: 64 bytes.
 *   [PR2] The proof repeats the document's @context, so that it cannot be
 *         exchanged.  A document may go on after the values of the proof; what
 *         is hashed then has the proof's.
 *   [PR3] One proof, with the members above and no others: what we do not
 *         understand (an expiry, a domain, a chain of proofs) is refused, not
 *         passed over.
 */

#include "base/err.h"
#include "base/hash.h"
#include "crypto/sign.h"

struct arena;
struct json;

enum { DATA_INTEGRITY_BYTES = 64 };

struct data_integrity {
    str method;            /* the key's id */
    int64_t created;       /* microseconds since 1970 */
    struct json *document; /* without the proof, and with its @context [PR2] */
    uint8_t hashes[DATA_INTEGRITY_BYTES]; /* [PR1] */
    uint8_t signature[SIGNATURE_BYTES];
};

/* [PR1] of the tree_hash() of a document without proof, and that of a proof
 * without value. */
void data_integrity_hashes(const struct hash *document,
                           const struct hash *options,
                           uint8_t out[static DATA_INTEGRITY_BYTES]);

/*
 * The proof of `document`.  ERR_INVALID "proof.none" when there is not exactly
 * one, "proof.field" (field) when a member is missing or is not what it should
 * be, "proof.member" (field) for one we do not know [PR3], "proof.context"
 * [PR2].
 */
err data_integrity_read(struct arena *a, const struct json *document,
                        struct data_integrity *out);

/* SHA-256 of the canonical document, of the hashes that were signed. */
struct hash data_integrity_digest(str hashes);

/* Did the owner of `public` sign it? */
bool data_integrity_holds(const struct data_integrity *d,
                          const uint8_t public[static SIGN_PUBLIC_BYTES]);

#endif
