/*
 * app_keys -- the files that an installation's keys are in. [AP4]
 */

#include "service/app.h"
#include "service/app_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/hex.h"
#include "base/id.h"
#include "credential/x509.h"
#include "crypto/bytes.h"
#include "crypto/sign.h"
#include "crypto/sm2.h"
#include "sys/files.h"

enum { NAME_MAX_BYTES = 60 };

err app_key_name(struct arena *a, enum key_purpose purpose, int64_t serial,
                 str *out)
{
    struct buf b;

    buf_init(&b, a, NAME_MAX_BYTES);
    buf_printf(&b, "keys/%s", key_purpose_names[purpose]);
    if (purpose != KEY_LOG || serial > 1)
        buf_printf(&b, "-%lld", (long long)serial);
    buf_str(&b, S(".key"));
    return buf_done(&b, out);
}

err app_read_master(const struct app_world *w, struct arena *a, str dir,
                    struct master_key *out, bool *found)
{
    struct master_key none = { 0 };
    str path;
    str text;

    TRY(app_path(a, dir, "keys/master.key", &path));
    err e = file_read(w->files, a, path, KEY_FILE_MAX, &text);
    *found = !failed(e);
    if (err_is(e, ERR_NOT_FOUND)) {
        *out = none;
        return OK;
    }
    TRY(e);
    return keyfile_master_read(a, text, w->passphrase, out);
}

err app_read_key(const struct app_world *w, struct arena *a, str dir, str name,
                 const struct master_key *master, str *out)
{
    str path;
    str text;

    TRY(app_path(a, dir, name.p, &path));
    TRY(file_read(w->files, a, path, KEY_FILE_MAX, &text));
    err e = keyfile_read(a, master, name, text, out);
    if (err_is(e, ERR_CORRUPT))
        return err_new(a, ERR_CORRUPT, "app.key", ARG_STR("path", path));
    return e;
}

/* --- public parts ------------------------------------------------------ */

static err ed25519_public(struct arena *a, str secret, str *out)
{
    scoped(sign_key_end) struct sign_key pair = { 0 };

    if (secret.n != SIGN_SEED_BYTES)
        return OK;
    sign_key_of_seed((const uint8_t *)secret.p, &pair);
    return hex_text(a, pair.public, sizeof pair.public, out);
}

static err sm2_public(struct arena *a, str secret, str *out)
{
    scoped(sm2_key_end) struct sm2_key pair = { 0 };
    bool valid = false;

    if (secret.n == SM2_SECRET_BYTES)
        TRY(sm2_key_of_secret((const uint8_t *)secret.p, &pair, &valid));
    return valid ? hex_text(a, pair.public, sizeof pair.public, out) : OK;
}

static err document_public(struct arena *a, enum x509_kind kind, str secret,
                           str *out)
{
    str der;
    err e = x509_public(a, kind, secret, &der);

    if (err_is(e, ERR_CORRUPT))
        return OK;
    TRY(e);
    return hex_text(a, der.p, der.n, out);
}

err app_key_public(struct arena *a, enum key_kind kind, str secret, str *out)
{
    *out = S("");
    switch (kind) {
    case KEY_ED25519: return ed25519_public(a, secret, out);
    case KEY_P256: return document_public(a, X509_P256, secret, out);
    case KEY_RSA: return document_public(a, X509_RSA, secret, out);
    case KEY_IS_SM2: return sm2_public(a, secret, out);
    }
    return OK;
}

void app_key_pair(const struct app_key *key, struct sign_key *out)
{
    uint8_t public[SIGN_PUBLIC_BYTES] = { 0 };
    bool whole = key->secret.n == SIGN_SEED_BYTES &&
                 hex_parse(key->row->made.public, public, sizeof public);

    check(whole); /* read_one() has compared them */
    sign_key_of_pair((const uint8_t *)key->secret.p, public, out);
}

/* --- opening ------------------------------------------------------------ */

static err read_one(const struct app_world *w, struct arena *a, str dir,
                    const struct master_key *master, const struct key_row *row,
                    struct app_key *out)
{
    str public;
    str secret;
    str name;

    TRY(app_key_name(a, (enum key_purpose)row->made.purpose, row->made.serial,
                     &name));
    TRY(app_read_key(w, a, dir, name, master, &secret));
    TRY(app_key_public(a, (enum key_kind)row->made.kind, secret, &public));
    if (!str_eq(public, row->made.public))
        return err_new(a, ERR_CORRUPT, "app.key_differs",
                       ARG_STR("path", name));
    *out = (struct app_key){ row, secret };
    return OK;
}

/* --- the log's [KY7] -------------------------------------------------- */

/* The public part of the log's first key stands in no event. */
static err tell_first(struct arena *a, struct key_row *row,
                      const uint8_t seed[static 32])
{
    return app_key_public(a, KEY_ED25519, (str){ (const char *)seed, 32 },
                          &row->made.public);
}

/* What it was, and whether it signs along with the newest. */
static err take_former(struct arena *a, const struct key_history *h,
                       const struct key_row *row, struct tlog_former *out)
{
    if (!hex_parse(row->made.public, out->public, sizeof out->public))
        return err_new(a, ERR_CORRUPT, "app.public_key",
                       ARG_STR("purpose", S("log")),
                       ARG_INT("serial", row->made.serial));
    out->signs = key_signs_along(h, row);
    return OK;
}

static err read_seed(const struct app_world *w, struct arena *a, str dir,
                     const struct master_key *master, const struct key_row *row,
                     uint8_t seed[static 32])
{
    struct app_key key;

    TRY(read_one(w, a, dir, master, row, &key));
    memcpy(seed, key.secret.p, SIGN_SEED_BYTES);
    bytes_wipe((void *)(uintptr_t)key.secret.p, key.secret.n);
    return OK;
}

err app_read_log_keys(const struct app_world *w, struct arena *a, str dir,
                      const struct master_key *master, struct key_history *h,
                      struct tlog_key *out)
{
    const struct key_row *newest = key_current(h, KEY_LOG);
    struct tlog_former *formers = arena_array(a, h->n, sizeof *formers);

    TRY_MEMORY(formers);
    out->formers = formers;
    for (size_t i = 0; newest != NULL && i < h->n; i++) {
        struct key_row *row = &h->rows[i];
        struct tlog_former *f = &formers[out->former_n];

        if (row->made.purpose != KEY_LOG)
            continue;
        if (row->made.serial == 1)
            TRY(tell_first(a, row, out->seed));
        if (row == newest)
            continue;
        TRY(take_former(a, h, row, f));
        if (f->signs)
            TRY(read_seed(w, a, dir, master, row, f->seed));
        out->former_n++;
    }
    return newest == NULL ? OK
                          : read_seed(w, a, dir, master, newest, out->seed);
}

/* --- all others --------------------------------------------------------- */

err app_read_keys(const struct app_world *w, struct arena *a, str dir,
                  const struct master_key *master, const struct key_history *h,
                  struct app_key *keys)
{
    for (int p = 0; p < KEY_PURPOSE_COUNT; p++) {
        const struct key_row *row = key_current(h, (enum key_purpose)p);

        if (row != NULL && p != KEY_LOG)
            TRY(read_one(w, a, dir, master, row, &keys[p]));
    }
    return OK;
}
