#ifndef VERIFY_DID_H
#define VERIFY_DID_H

/*
 * did -- who a body is to a stranger: a did:web name, which is an address, and
 * the document there, which lists the keys it has signed with, ever.
 *
 *     did:web:register.example.cn  ->  https://register.example.cn
 *                                      /.well-known/did.json
 *
 *   [DI1] A key is good from `validFrom` until `expires`: what says it was
 *         signed before or after that does not count.  A key retired in good
 *         order stays in the document with its days, and what it signed then
 *         stays good.
 *   [DI2] A key with `revoked` fell into other hands.  Whoever has it writes
 *         any date he likes, so nothing it signed counts by itself; what is in
 *         the log from before that moment is another matter (the log's).
 *   [DI3] Only keys in `assertionMethod` may sign credentials.
 *   [DI4] Of the document's keys those are read that are Ed25519, as Multikey
 *         or as JsonWebKey; others are passed over.  One key may stand there
 *         twice, once in each form.
 *   [DI5] A did:web document vouches for itself only: that it is the body's the
 *         reader knows from where it was fetched, or from its hash in the log.
 */

#include "base/err.h"
#include "crypto/sign.h"

#include <stdint.h>

struct arena;

enum { DID_KEYS_MAX = 200, DID_DOCUMENT_MAX = 1 << 20 };

struct did_key {
    str id; /* "did:web:register.example.cn#credential-1" */
    uint8_t public[SIGN_PUBLIC_BYTES];
    int64_t from;    /* microseconds since 1970; INT64_MIN: not said */
    int64_t until;   /* likewise; INT64_MAX: still in use */
    int64_t revoked; /* likewise; INT64_MAX: it is not */
    bool asserts;    /* [DI3] */
};

struct did_document {
    str id;
    size_t n;
    const struct did_key *keys; /* in the document's order */
};

/* Where the document of a did:web stands.  ERR_INVALID "did.web" (did) when
 * `did` is none: a host, perhaps with "%3A" and a port, and parts of a path
 * after colons. */
err did_web_address(struct arena *a, str did, str *out);

/* The other way: the did:web of an address without path, query and slash at its
 * end, "https://register.example.cn:8443".  ERR_INVALID "did.address"
 * (address). */
err did_web_of(struct arena *a, str address, str *out);

/* "z6Mk..": an Ed25519 key with its type, in base58. */
err did_multikey(struct arena *a,
                 const uint8_t public[static SIGN_PUBLIC_BYTES], str *out);

/* The key that a multikey says.  *valid is false, `public` untouched, when it
 * is not such a text.  ERR_MEMORY. */
err did_multikey_read(struct arena *a, str multikey,
                      uint8_t public[static SIGN_PUBLIC_BYTES], bool *valid);

/* The document that "did:key:z6Mk.." stands for: one key, good for ever.
 * ERR_INVALID "did.key" (did). */
err did_key_document(struct arena *a, str did, struct did_document *out);

/*
 * The document in `text`.  ERR_INVALID "did.document" (field) when a member is
 * missing or is not what it should be, "did.many" (limit), "did.twice" (key)
 * when two keys have one id; what json_parse() refuses; ERR_LIMIT "did.long"
 * (limit).
 */
err did_document_read(struct arena *a, str text, struct did_document *out);

/* The key with this id, or NULL. */
const struct did_key *did_find(const struct did_document *d, str id);

/* Does the part of its id after "#" begin with `use` and a hyphen? */
bool did_key_is_for(const struct did_key *k, str use);

/*
 * May the document's key `id` have signed a credential at the moment `at`?
 * ERR_INVALID "did.unknown" (key, did), "did.purpose" (key) [DI3],
 * "did.revoked" (key, on) [DI2], "did.early" and "did.late" (key, on, signed)
 * [DI1]; days are those at UTC+8.
 */
err did_key_at(struct arena *a, const struct did_document *d, str id,
               int64_t at, const struct did_key **out);

#endif
