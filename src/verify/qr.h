#ifndef VERIFY_QR_H
#define VERIFY_QR_H

/*
 * qr -- what the code on a paper says: an address, and behind its "#" a signed
 * statement that can be checked without asking anybody.
 *
 *     HTTPS://REGISTER.EXAMPLE.CN/C/71226SC0006R0S            the address alone
 *     HTTPS://REGISTER.EXAMPLE.CN/C/71226SC0006R0S#2KCEHIIB.. with BASE32(COSE)
 *
 *   COSE  = 18([ protected, {}, payload, signature ])     RFC 9052, COSE_Sign1
 *   protected = << { 1: -8 } >>                           EdDSA
 *   payload   = << { 1: number, 2: holder, 3: social credit code,
 *                    4: criterion, 5: stars, 6: first day, 7: last day,
 *                    8: index in the status lists,
 *                    9: first 8 bytes of the credential's digest } >>
 *
 *   [QR1] Capitals throughout, which a QR code packs closest.  The path of a
 *         certificate is /C/ and its number, in which letters, digits, "-" and
 *         "." stand.
 *   [QR2] Days are counted since 1970-01-01, as in base/day.h; stars are left
 *         out where the scheme has none.
 *   [QR3] A holder's name that would make the code too dense is cut and ends in
 *         an ellipsis; the social credit code is always whole.
 *   [QR4] The number in the statement is the number in the address.
 *   [QR5] There is no key id (it would cost as much as two characters of the
 *         name): the body's keys called "qr-.." are tried in turn.  A QR code
 *         does not say when it was signed, so a retired key counts like one in
 *         use; a revoked one does not (did.h [DI2]).
 *   [QR6] Each statement has one encoding (codec/cbor.h [CB1]).
 */

#include "base/day.h"
#include "crypto/sign.h"

struct arena;
struct credential;
struct did_document;

enum {
    QR_TEXT_MAX = 2000,
    QR_NUMBER_MAX = 60,
    QR_DIGEST_BYTES = 8,
    QR_STATEMENT_MAX = 1000,
};

struct qr_facts {
    str number;
    str holder;
    str uscc;
    str criterion;
    int stars; /* 0: none */
    day from;
    day until; /* inclusive */
    int64_t index;
    uint8_t digest[QR_DIGEST_BYTES];
};

struct qr {
    str address; /* up to the "#" */
    str number;  /* as the address has it */
    bool with_statement;
    struct qr_facts facts; /* if it has one */
    str message;           /* what the signature is over */
    uint8_t signature[SIGNATURE_BYTES];
};

/*
 * What a scanner reads.  It borrows `text`.  ERR_INVALID "qr.address" by [QR1],
 * "qr.letters" when what follows the "#" is not base32, "qr.form" when that is
 * no COSE_Sign1 of ours, "qr.field" (field) when the statement lacks
 * something, has more, or something is not what it should be, "qr.number"
 * (number, stated) by [QR4]; ERR_LIMIT "qr.long" (limit).
 */
err qr_read(struct arena *a, str text, struct qr *out);

/* Did the body sign the statement?  ERR_INVALID "qr.bare" (number) when there
 * is none, "qr.signature" (number, did) when none of its keys made it. */
err qr_check_signature(struct arena *a, const struct qr *q,
                       const struct did_document *issuer);

/* Is it valid on `on`, as far as it says?  ERR_INVALID "credential.early",
 * "credential.late" as credential_check_day(). */
err qr_check_day(struct arena *a, const struct qr *q, day on);

/* Does it have the beginning of the name only? [QR3] */
bool qr_holder_is_cut(const struct qr_facts *f);

/* Does it say what the credential says?  ERR_INVALID "qr.other" (number, field)
 * names the first thing that differs. */
err qr_check_credential(struct arena *a, const struct qr *q,
                        const struct credential *c);

/* The bytes that are signed (RFC 9052, Sig_structure) for a payload, and the
 * payload of facts; for those who make codes.  ERR_MEMORY, ERR_LIMIT
 * "buf.limit" beyond QR_STATEMENT_MAX. */
err qr_message(struct arena *a, str payload, str *out);
err qr_payload(struct arena *a, const struct qr_facts *f, str *out);

/* << { 1: -8 } >> */
extern const str qr_protected;

#endif
