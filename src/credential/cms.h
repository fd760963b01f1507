#ifndef CREDENTIAL_CMS_H
#define CREDENTIAL_CMS_H

/*
 * cms -- signatures over bytes that stand elsewhere, as PAdES puts them into
 * PDF files (RFC 5652, ETSI EN 319 122-1 CAdES, EN 319 142-1).
 *
 *   [CM1] Baseline B-B: detached, SHA-256, signing-certificate-v2, the
 *         certificates that are needed to check it; no signing time, which only
 *         the signer would vouch for.
 *   [CM2] Baseline B-T: an RFC 3161 time stamp over the signature besides.  The
 *         request is made here, sent elsewhere, and the answer put in here, but
 *         only when it is a stamp of that very signature.
 */

#include "base/err.h"
#include "base/str.h"

struct arena;
struct signer;

enum {
    CMS_BYTES_MAX = 16384, /* of a signature with its certificates and stamp */
    CMS_NONCE_BYTES = 8,
};

/* The signature over the bytes of the two parts, one after the other, in DER.
 * ERR_IO "x509.library" (why), ERR_LIMIT "cms.long" (limit). */
err cms_sign(struct arena *a, const struct signer *s, str first, str second,
             str *der);

/* What a time-stamping service is sent, for the signature in `der`; `nonce` is
 * random.  ERR_CORRUPT "cms.form". */
err cms_stamp_request(struct arena *a, str der,
                      const uint8_t nonce[static CMS_NONCE_BYTES],
                      str *request);

/*
 * The signature with the service's answer in it.  ERR_REFUSED "cms.stamp" (why)
 * when the answer is a refusal, no answer, or of another request; ERR_LIMIT
 * "cms.long" (limit).
 */
err cms_stamp_add(struct arena *a, str der, str request, str answer, str *out);

#endif
