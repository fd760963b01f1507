#ifndef SERVICE_KEYS_H
#define SERVICE_KEYS_H

/*
 * keys -- making, retiring and locking the keys an installation signs with.
 *
 *   [SK1] A key's file is on disk before the body's stream says that it signs;
 *         where the stream did not get to say so the file is none of a key, and
 *         the next one overwrites it.
 *   [SK2] A key made or retired while a server runs would sign on in it, so
 *         both need the installation for themselves (APP_SERVE).
 *   [SK3] That a key was made or retired is entered in the log.
 *   [SK4] Locking writes one file, so a crash leaves the old passphrase or the
 *         new one.  Keys that lie open are put under a master first.
 *   [SK5] The certificate of a key for documents is on disk before the body's
 *         stream says that it has one.  Where the stream did not get to say so
 *         it signs all the same, and is put there once more.
 */

#include "auth/session.h"
#include "domain/keys.h"
#include "service/app.h"

/* What is asked for, by whom, on which day. */
struct keys_order {
    const struct session *who;
    day today;
};

/*
 * Make the next key of a purpose; *serial is its own.  Errors of key_make(),
 * and ERR_IO "x509.library" (why), ERR_INVALID "did.address" (address) where
 * strangers could not find a key of credentials or codes.
 */
err keys_make(struct app *app, struct arena *a, const struct keys_order *order,
              enum key_purpose purpose, enum key_kind kind, int64_t *serial);

enum { KEYS_PEM_MAX = 256 * 1024 }; /* bytes of a key or of certificates */

/* A key that was made elsewhere. */
struct key_import {
    enum key_purpose purpose;
    str pem;
    str passphrase; /* that it is locked by; empty: none */
};

/* Take it as the next key of its purpose.  Errors of x509_import() and
 * key_make(); ERR_INVALID "key.no_certificate" (purpose) but for documents. */
err keys_import(struct app *app, struct arena *a,
                const struct keys_order *order, const struct key_import *wish,
                int64_t *serial);

/* What an authority is sent to certify the key of a purpose that signs, as
 * PEM.  ERR_INVALID "key.no_certificate" (purpose), ERR_NOT_FOUND "key.none"
 * (purpose). */
err keys_request(struct app *app, struct arena *a, enum key_purpose purpose,
                 str *pem);

/* Put in place what the authority sent back: the key's certificate and those
 * above it, as PEM.  Errors of key_certify() and signer_open(). */
err keys_certify(struct app *app, struct arena *a,
                 const struct keys_order *order, enum key_purpose purpose,
                 str pem, int64_t *serial);

/* Errors of key_retire(). */
err keys_retire(struct app *app, struct arena *a,
                const struct keys_order *order, const struct key_retired *wish);

/* The log's first key is as old as the body, and no event tells of it until it
 * is rotated: its row until then, of no day.  *found is false afterwards. */
err keys_log_first(const struct app *app, struct arena *a, struct key_row *out,
                   bool *found);

/*
 * Lock the keys by a passphrase, or by another one than before; empty: leave
 * them open.  What they are locked by now is app_world's.  ERR_DENIED
 * "keys.locks" but for administrators, ERR_INVALID "keys.passphrase_short"
 * (least) under SECRET_LEAST bytes (enrol.h), ERR_LIMIT "password.long"
 * (limit).
 */
err keys_lock(struct app *app, struct arena *a, const struct keys_order *order,
              str passphrase);

#endif
