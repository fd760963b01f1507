#ifndef VERIFY_CREDENTIAL_H
#define VERIFY_CREDENTIAL_H

/*
 * credential -- a certificate as a W3C Verifiable Credential 2.0, in the shape
 * of UNTP's Digital Conformity Credential 0.6.0.
 *
 *   [VC1] The document is a function of its facts: credential_document() makes
 *         it, and credential_read() takes only what it would have made.  So a
 *         credential says each of these things once, and nothing besides.
 *   [VC2] A certificate is valid by days at UTC+8, both ends inclusive.  Its
 *         credential says the first second of the first day and the last of the
 *         last, in UTC: 2026-01-01 to 2028-12-31 is 2025-12-31T16:00:00Z to
 *         2028-12-31T15:59:59Z.
 *   [VC3] The scheme package is a related resource with its SHA-256: what the
 *         certificate was judged by, to the last letter.
 *   [VC4] Whether it was suspended or withdrawn stands in two status lists
 *         (status_list.h), under one index.
 *   [VC5] Texts are not empty unless said here, at most CREDENTIAL_TEXT_MAX
 *         bytes, and in the language the body issued them in.
 */

#include "base/day.h"
#include "base/hash.h"
#include "verify/sealed.h"

struct arena;
struct did_document;
struct json;

enum { CREDENTIAL_TEXT_MAX = 4000, CREDENTIAL_STARS_MAX = 10 };

struct credential_facts {
    /* the certificate */
    str address; /* "https://register.example.cn/c/71226SC0006R0S" */
    str number;
    str title;  /* what kind of certificate it is */
    str covers; /* the service that was certified, as it stands on the paper */
    day from;
    day until; /* inclusive */

    /* the body */
    str issuer;   /* its did:web */
    str body;     /* its name */
    str approval; /* number of its approval, "CNCA-R-2099-000" */

    /* whose it is */
    str holder;
    str uscc;

    /* what it was judged by, and with what result */
    str scheme;         /* its name */
    str scheme_address; /* where the bytes stand that scheme_hash is the hash
                           of: what is hashed when a package is frozen */
    struct hash scheme_hash;
    str criterion; /* "GB/T 27922-2011" */
    str level;     /* the level's name; empty: the scheme has none */
    int stars;     /* 0..10; 0: the scheme has none */

    /* where it says how it stands */
    str revocations; /* address of the list */
    str suspensions; /* likewise */
    int64_t index;   /* in both */

    /* the paper; an empty address: not part of this credential */
    str pdf_address;
    struct hash pdf_hash;
};

/*
 * The document that says these facts, unsigned; it borrows the facts.
 * ERR_INVALID "credential.text" (field) by [VC5], "credential.number" (field)
 * for stars, an index or days out of range.
 */
err credential_document(struct arena *a, const struct credential_facts *f,
                        struct json **out);

struct credential {
    struct sealed sealed;
    struct credential_facts facts;
};

/* In either form.  ERR_INVALID and ERR_LIMIT as sealed_read();
 * "credential.field" (field) names the first place, "credentialSubject.scope",
 * that is not as it would be by [VC1]; as credential_document(). */
err credential_read(struct arena *a, str text, struct credential *out);

/* The same, of what was read already. */
err credential_of(struct arena *a, const struct sealed *s,
                  struct credential *out);

/* Did the body sign it?  As sealed_check(). */
err credential_check_signature(struct arena *a, const struct credential *c,
                               const struct did_document *issuer);

/* Is it valid on `on`, as far as it says?  ERR_INVALID "credential.early"
 * (number, from, on), "credential.late" (number, until, on). */
err credential_check_day(struct arena *a, const struct credential *c, day on);

/* Was it judged by the scheme that has this hash, is this the paper?
 * ERR_INVALID "credential.scheme" (number, scheme), "credential.paper" (number)
 * also when it names no paper. */
err credential_check_scheme(struct arena *a, const struct credential *c,
                            const struct hash *scheme);
err credential_check_paper(struct arena *a, const struct credential *c,
                           const struct hash *pdf);

#endif
