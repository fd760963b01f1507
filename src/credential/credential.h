#ifndef CREDENTIAL_CREDENTIAL_H
#define CREDENTIAL_CREDENTIAL_H

/*
 * credential -- everything that a body signs for strangers: the credential of a
 * certificate, the code on the paper, the lists of what is suspended and
 * revoked, and the document of the keys.  What is written here is read by
 * verify/ and by programs of others (tests/foreign/credential/).
 *
 *   [CW1] Functions of their arguments: no clock, no store, no random number.
 *         Same facts, same key, same moment: same bytes.
 *   [CW2] What is written, the reader of the same name takes, and gives the
 * same facts back: credential_read(), qr_read(), status_list_read(),
 *         did_document_read().
 *   [CW3] Keys never leave struct sign_key; the caller ends it.
 *
 * How to issue one, all of it within the act's transaction:
 *
 *     struct seal by = { key, did, S("credential-1"), now };
 *     credential_write(a, &facts, &by, &written);
 *     qr_facts_of(&facts, &written.digest, &code);
 *     qr_write(a, public_url, &code, qr_key, &text);
 */

#include "base/hash.h"
#include "credential/seal.h"
#include "verify/credential.h"
#include "verify/qr.h"
#include "verify/status_list.h"

struct arena;

/* --- credential (verify/credential.h) ----------------------------------- */

struct credential_written {
    str json;           /* with a proof; application/vc */
    str jwt;            /* application/vc+jwt */
    struct hash digest; /* of what both say (verify/sealed.h [SE1]) */
};

/* facts->issuer must be by->did.  Errors as credential_document(); ERR_INVALID
 * "credential.text" (field: issuer) when they differ. */
err credential_write(struct arena *a, const struct credential_facts *facts,
                     const struct seal *by, struct credential_written *out);

/* The same in two steps: what it says, and then the signatures, for which
 * by->did must be the facts' issuer.  The first tells the digest. */
err credential_draft(struct arena *a, const struct credential_facts *facts,
                     struct seal_draft *out);
err credential_seal(struct arena *a, const struct seal_draft *draft,
                    const struct seal *by, struct credential_written *out);

/* --- code (verify/qr.h) ------------------------------------------------- */

/*
 * A code of version 11 at level M has 254 bytes for data.  Its three runs, the
 * address in capitals, the "#" as a byte, base32, have heads of 15, 20 and 15
 * bits; a character takes 5.5, the "#" 8: 358 characters in all.
 */
enum { QR_DENSE_MAX = 358 };

/* What the code of a certificate says; `digest` is that of its credential. */
void qr_facts_of(const struct credential_facts *facts,
                 const struct hash *digest, struct qr_facts *out);

/*
 * The text to be drawn.  `base` is public_url: "https://register.example.cn",
 * with a port if need be, without path.  The holder's name is cut to what fits
 * into QR_DENSE_MAX characters [QR3].  ERR_INVALID "qr.address" when base or
 * number cannot stand in a code [QR1]; ERR_LIMIT "qr.dense" (limit) when not
 * even a name of two characters fits: then the address alone has to do.
 */
err qr_write(struct arena *a, str base, const struct qr_facts *facts,
             const struct sign_key *key, str *out);

/* The address alone; ERR_INVALID likewise. */
err qr_write_address(struct arena *a, str base, str number, str *out);

/* --- status list (verify/status_list.h) --------------------------------- */

struct status_list_facts {
    str address; /* where it stands; `status_list_credential` of credentials */
    enum status_purpose purpose;
    int64_t entries;    /* STATUS_LIST_LEAST..STATUS_LIST_MOST, in eights */
    const int64_t *set; /* the indexes whose bit is set, in any order */
    size_t n;           /* of them */
    int64_t as_of;      /* microseconds since 1970; 0: when it is signed */
};

struct status_list_written {
    str json;
    str jwt;
};

/* As it stands, or stood, at the moment f->as_of; signed at by->at.
 * ERR_INVALID "status_list.short" (entries, least), "status_list.range" (index,
 * entries); ERR_LIMIT "status_list.long" (limit). */
err status_list_write(struct arena *a, const struct status_list_facts *facts,
                      const struct seal *by, struct status_list_written *out);

/* --- keys (verify/did.h) ------------------------------------------------ */

struct key_facts {
    str name; /* its use, a hyphen and a count: "credential-1", "qr-2" */
    uint8_t public[SIGN_PUBLIC_BYTES];
    int64_t from;    /* microseconds since 1970 */
    int64_t until;   /* when it was retired; INT64_MAX: it is in use */
    int64_t revoked; /* when it was given up for lost; INT64_MAX: it was not */
};

/* The did.json of a body: all keys it ever had, in the order given, each in
 * both forms [SM2].  ERR_INVALID "did.many" (limit), "did.twice" (key). */
err did_document_write(struct arena *a, str did, const struct key_facts *keys,
                       size_t n, str *out);

#endif
