#ifndef VERIFY_CMS_H
#define VERIFY_CMS_H

/*
 * cms -- who signed bytes that stand elsewhere, by a CMS signature such as PDF
 * files hold (RFC 5652; ETSI EN 319 122-1 CAdES), and when a time-stamping
 * service saw that signature (RFC 3161).
 *
 *   [CC1] One signer, whose certificate is inside and is the one that the
 * signed attribute signing-certificate(-v2) names: it cannot be exchanged for
 *         another of the same key.
 *   [CC2] SHA-256, SHA-384 or SHA-512; what is older is refused.
 *   [CC3] Nothing follows the signature but zeros: room that was left over.
 *   [CC4] That the certificate is whose name it bears is not checked here:
 *         there is no list of authorities in this program.  What is given back
 *         is enough to look it up, or to know it again.
 *   [CC5] A stamp is over this very signature, and made by a key whose
 *         certificate is for stamps and was valid then.  One that is not is
 *         refused, not passed over.
 *
 * A function of bytes: of libcrypto it calls what reads and computes, never
 * what asks a clock, a file or a list of authorities.
 */

#include "base/err.h"
#include "base/hash.h"

struct arena;

enum { CMS_CHECK_MAX = 1 << 20 };

/* Whose certificate it is. */
struct cms_party {
    str subject; /* "CN=..,O=.." (RFC 4514, in UTF-8) */
    str issuer;  /* likewise; the same where it vouches for itself */
    struct hash fingerprint; /* SHA-256 of the certificate */
    str key;                 /* its public key, DER (SubjectPublicKeyInfo) */
    int64_t from;            /* seconds since 1970 */
    int64_t until;           /* likewise, inclusive */
};

struct cms_seen {
    struct cms_party by;
    bool stamped;
    struct cms_party stamped_by; /* where it is */
    int64_t stamped_at;          /* seconds since 1970 */
};

/*
 * Is `der` a signature over the bytes of the two parts, one after the other?
 * ERR_INVALID "verify.cms_form" when it is none of ours or more follows [CC3],
 * "verify.cms_certificate" [CC1], "verify.cms_weak" [CC2], "verify.cms_content"
 * when it is over other bytes, "verify.cms_signature" when the certificate's
 * key did not make it, "verify.cms_stamp" [CC5], "verify.cms_late" (subject)
 * when it was stamped outside of the days of the signer's certificate;
 * ERR_LIMIT "verify.cms_long" (limit).
 */
err cms_check(struct arena *a, str der, str first, str second,
              struct cms_seen *out);

#endif
