#ifndef SERVICE_KEY_CERTIFICATE_H
#define SERVICE_KEY_CERTIFICATE_H

/*
 * key_certificate -- the certificates of the keys for documents.
 *
 *   DIR/keys/pdf-1.pem  of the first key, with those above it; public
 *
 *   [KT1] A key for documents has a certificate from its first day on: one of
 *         its own making, with the body's name and the number of its approval,
 *         for CERTIFICATE_YEARS.
 *   [KT2] What is put into the file is the key's own (credential/x509.h [XK3]).
 */

#include "credential/x509.h"
#include "domain/keys.h"
#include "service/app.h"

enum { CERTIFICATE_YEARS = 10 };

/* [KT1] For a new key, as PEM. */
err key_certificate_make(struct app *app, struct arena *a, enum key_kind kind,
                         str secret, str *pem);

/* What an authority is sent to certify a key, as PEM. */
err key_certificate_request(struct app *app, struct arena *a,
                            const struct app_key *key, str *pem);

/* The file of the key with this serial, written whole. */
err key_certificate_put(struct app *app, struct arena *a,
                        enum key_purpose purpose, int64_t serial, str pem);

/* [KT2] What signs with these certificates.  Errors of signer_open(). */
err key_certificate_try(struct arena *a, const struct app_key *key, str pem,
                        struct signer *out);

/* What signs documents, now; zeroed when the body has no such key.  ERR_IO and
 * ERR_NOT_FOUND of file_read(), errors of signer_open(). */
err key_certificate_signer(struct app *app, struct arena *a,
                           struct signer *out);

#endif
