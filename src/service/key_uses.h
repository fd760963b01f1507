#ifndef SERVICE_KEY_USES_H
#define SERVICE_KEY_USES_H

/*
 * key_uses -- what a key has signed, as far as it is kept: who finds that a key
 * fell into other hands has to know what that puts in doubt.
 *
 *   [KU1] Credentials say which key signed them; a code is signed with its
 *         credential and a checkpoint by itself, both by the key of that
 *         moment.
 *   [KU2] Of a compromised key only what it signed since it may be is told.
 *   [KU3] Status lists and documents are signed when somebody asks and are not
 *         kept, so nothing is said of them; key_uses_kept() tells that from a
 *         key that signed nothing.
 *   [KU4] Uses are in order of time: indices are drawn and tell no order.
 */

#include "codec/record.h"
#include "domain/keys.h"
#include "service/app.h"

struct key_use {
    int64_t at; /* when, microseconds UTC */
    str number; /* of a certificate; empty: it is a checkpoint .. */
    int64_t n;  /* .. of this size; else the credential's serial */
};

/* Is anything kept of what keys of this purpose sign? [KU3] */
bool key_uses_kept(enum key_purpose purpose);

/* *out is a list of struct key_use.  ERR_NOT_FOUND "key.unknown" (purpose,
 * serial). */
err key_uses(struct app *app, struct arena *a, enum key_purpose purpose,
             int64_t serial, struct list *out);

#endif
