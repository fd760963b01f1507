#ifndef CREDENTIAL_X509_H
#define CREDENTIAL_X509_H

/*
 * x509 -- keys for documents, and the certificates that say whose they are
 * (RFC 5280), by OpenSSL.
 *
 *   [XK1] A P-256 key is its private number, 32 bytes; an RSA key is PKCS #8 in
 *         DER.  The public part is SubjectPublicKeyInfo in DER.
 *   [XK2] A body signs by its own certificate until one comes from an authority
 *         that readers of PDF files trust: x509_request() asks for it.
 *   [XK3] A signer's key is that of its first certificate.
 *   [XK4] A key that was made elsewhere is taken when it is RSA of
 *         X509_RSA_LEAST to X509_RSA_MOST bits, or P-256.
 */

#include "base/err.h"
#include "base/hash.h"
#include "base/str.h"

#include <stdint.h>

struct arena;

/* As OpenSSL calls them. */
struct evp_pkey_st;
struct stack_st_X509;
struct x509_st;

enum x509_kind { X509_P256, X509_RSA };

enum {
    X509_P256_BYTES = 32,
    X509_RSA_BITS = 3072, /* of ours */
    X509_RSA_LEAST = 2048,
    X509_RSA_MOST = 4096,
    X509_CHAIN_MOST = 8,        /* certificates */
    X509_TEXT_MAX = 256 * 1024, /* of them as PEM */
};

/* Who signs: a key, its certificate, and those above it. */
struct signer {
    struct evp_pkey_st *key;
    struct x509_st *certificate;
    struct stack_st_X509 *chain; /* without the certificate itself */
};

/*
 * What signs with this key, by the certificates of a PEM text, its own first.
 * ERR_CORRUPT "x509.key" when the secret is none of the kind; ERR_INVALID
 * "x509.chain" when the text holds none, or more than X509_CHAIN_MOST;
 * "x509.differs" [XK3].
 */
err signer_open(struct arena *a, enum x509_kind kind, str secret, str pem,
                struct signer *out);

/* A zeroed signer may be ended; so may one twice. */
void signer_end(struct signer *s);

/* A new RSA key, of OpenSSL's own randomness.  A P-256 key is any 32 random
 * bytes.  ERR_IO "x509.library" (why). */
err x509_rsa_make(struct arena *a, str *secret);

/*
 * The key of a PEM text, PKCS #8 or an older form, locked by the passphrase or
 * open [XK4].  ERR_INVALID "x509.no_key" (least, most) when there is none that
 * we take, ERR_DENIED "x509.passphrase" when it is locked by another.
 */
err x509_import(struct arena *a, str pem, str passphrase, enum x509_kind *kind,
                str *secret);

/* [XK1] ERR_CORRUPT "x509.key". */
err x509_public(struct arena *a, enum x509_kind kind, str secret, str *der);

/* Whose certificate it is. */
struct x509_subject {
    str name;      /* CN and O: the body's */
    str number;    /* serialNumber: of its approval */
    int64_t from;  /* seconds since 1970 */
    int64_t until; /* likewise */
    uint8_t serial[16];
};

/* A certificate that the key itself signs [XK2], as PEM.  ERR_CORRUPT
 * "x509.key", ERR_IO "x509.library" (why). */
err x509_self_signed(struct arena *a, enum x509_kind kind, str secret,
                     const struct x509_subject *s, str *pem);

/* What an authority is sent to certify the key (PKCS #10), as PEM. */
err x509_request(struct arena *a, enum x509_kind kind, str secret,
                 const struct x509_subject *s, str *pem);

/* SHA-256 of the signer's certificate, in DER.  ERR_IO "x509.library" (why). */
err x509_fingerprint(struct arena *a, const struct signer *s, struct hash *out);

/* The newest reason OpenSSL gives, as ERR_IO "x509.library" (why). */
err x509_library_err(struct arena *a);

#endif
