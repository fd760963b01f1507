#include "service/keys.h"

#include "base/arena.h"
#include "base/hex.h"
#include "crypto/bytes.h"
#include "service/app_parts.h"
#include "service/credentials.h"
#include "service/enrol.h"
#include "service/key_certificate.h"
#include "service/order.h"
#include "service/stream.h"
#include "service/public_keys.h"
#include "store/journal.h"
#include "sys/clock.h"
#include "sys/entropy.h"
#include "sys/files.h"

#include <assert.h>

enum { SECRET_BYTES = 32 };
static_assert((int)KEYS_PEM_MAX == (int)X509_TEXT_MAX);

/* A command on its way. */
struct keying {
    struct app *app;
    const struct keys_order *order;
    const struct key_made *made;           /* one of these three */
    const struct key_retired *retired;     /* .. */
    const struct key_certified *certified; /* .. */
    str secret;                            /* of the new key */
    str pem;                               /* certificates */
    int64_t serial;
};

static struct facts facts_of(const struct keying *k)
{
    struct clock *clock = app_world_of(k->app)->clock;

    return (struct facts){
        .at = clock->now(clock),
        .today = k->order->today,
        .actor = k->order->who->actor,
        .channel = k->order->who->channel,
    };
}

/* --- files [SK1] ------------------------------------------------------ */

static err put_file(struct app *app, struct arena *a, str name, str text)
{
    str path;

    TRY(app_path(a, app_folder(app), name.p, &path));
    return file_write(app_world_of(app)->files, a, path, text, FILE_SECRET);
}

static err new_master(struct app *app, struct arena *a,
                      struct master_key *master)
{
    str text;

    TRY(entropy_fill(app_world_of(app)->entropy, master->b, sizeof master->b));
    TRY(keyfile_open_text(a, master, &text));
    return put_file(app, a, S("keys/master.key"), text);
}

/* The master, made when there is none yet. */
static err get_master(struct app *app, struct arena *a,
                      struct master_key *master)
{
    bool found;

    TRY(app_read_master(app_world_of(app), a, app_folder(app), master, &found));
    return found ? OK : new_master(app, a, master);
}

static err put_key(struct app *app, struct arena *a, str name,
                   const struct master_key *master, str secret)
{
    uint8_t nonce[SECRET_NONCE_BYTES];
    str text;

    TRY(entropy_fill(app_world_of(app)->entropy, nonce, sizeof nonce));
    TRY(keyfile_write(a, master, name, nonce, secret, &text));
    return put_file(app, a, name, text);
}

static err store_key(struct tx *tx, const struct keying *k)
{
    struct arena *a = tx_arena(tx);
    struct master_key master;
    str name;

    TRY(app_key_name(a, (enum key_purpose)k->made->purpose, k->serial, &name));
    TRY(get_master(k->app, a, &master));
    err e = put_key(k->app, a, name, &master, k->secret);
    bytes_wipe(&master, sizeof master);
    return e;
}

/* A new key for documents signs by a certificate of its own making. */
static err store_first_certificate(struct tx *tx, const struct keying *k)
{
    enum key_purpose purpose = (enum key_purpose)k->made->purpose;
    str pem;

    if (!key_has_certificate(purpose))
        return OK;
    TRY(key_certificate_make(k->app, tx_arena(tx), (enum key_kind)k->made->kind,
                             k->secret, &pem));
    return key_certificate_put(k->app, tx_arena(tx), purpose, k->serial, pem);
}

/* [SK1] [SK5] */
static err store_files(struct tx *tx, const struct keying *k)
{
    if (k->certified != NULL)
        return key_certificate_put(k->app, tx_arena(tx),
                                   (enum key_purpose)k->certified->purpose,
                                   k->serial, k->pem);
    if (k->made == NULL)
        return OK;
    TRY(store_key(tx, k));
    return store_first_certificate(tx, k);
}

/* --- the stream ------------------------------------------------------- */

static err judge(struct tx *tx, struct keying *k, const struct key_history *h,
                 struct event_list *out)
{
    struct facts f = facts_of(k);

    if (k->retired != NULL)
        return key_retire(tx_arena(tx), h, k->retired, &f, out);
    if (k->certified != NULL)
        return key_certify(tx_arena(tx), h, k->certified, &f, out);
    k->serial = key_next(h, (enum key_purpose)k->made->purpose);
    return key_make(tx_arena(tx), h, k->made, &f, out);
}

static err carry_out(struct tx *tx, void *context)
{
    struct keying *k = context;
    struct event_list before;
    struct event_list more = { 0 };
    struct key_history history;
    struct stream_row row;

    TRY(stream_by_number(tx, tx_arena(tx), S("body"), S("body"), &row));
    TRY(stream_events(tx, tx_arena(tx), &row, &before));
    TRY(key_history_of(tx_arena(tx), &before, &history));
    TRY(judge(tx, k, &history, &more));
    TRY(store_files(tx, k));
    TRY(stream_append(tx, row.id, row.version, &row.head, &more));
    return stream_enter_log(tx, k->app, &more);
}

/* Whatever is refused is kept in the audit trail. */
static err run(struct keying *k, struct arena *a, str command)
{
    err e = app_write(k->app, a, carry_out, k);
    struct refused r = { .who = k->order->who, .command = command, .why = e };

    if (failed(e))
        order_refused(k->app, a, &r);
    return e;
}

/* --- making ----------------------------------------------------------- */

static void wipe(str secret)
{
    bytes_wipe((void *)(uintptr_t)secret.p, secret.n);
}

/* 32 random bytes; a few of all that can be drawn are no key of some kinds, and
 * another is drawn. */
static err draw_secret(struct app *app, struct arena *a, enum key_kind kind,
                       str *secret, str *public)
{
    uint8_t *bytes = arena_zero(a, SECRET_BYTES);

    TRY_MEMORY(bytes);
    *secret = (str){ (const char *)bytes, SECRET_BYTES };
    do {
        TRY(entropy_fill(app_world_of(app)->entropy, bytes, SECRET_BYTES));
        TRY(app_key_public(a, kind, *secret, public));
    } while (public->n == 0);
    return OK;
}

static err new_secret(struct app *app, struct arena *a, enum key_kind kind,
                      str *secret, str *public)
{
    if (kind != KEY_RSA)
        return draw_secret(app, a, kind, secret, public);
    TRY(x509_rsa_make(a, secret));
    return app_key_public(a, kind, *secret, public);
}

/* The key `k` has, announced as `made`. */
static err announce(struct keying *k, struct arena *a,
                    const struct key_made *made, int64_t *serial)
{
    k->made = made;
    err e = run(k, a, S("key.make"));
    wipe(k->secret);
    TRY(e);
    *serial = k->serial;
    return OK;
}

err keys_make(struct app *app, struct arena *a, const struct keys_order *order,
              enum key_purpose purpose, enum key_kind kind, int64_t *serial)
{
    struct key_made made = { .purpose = (int)purpose, .kind = (int)kind };
    struct keying k = { .app = app, .order = order };
    str name;

    if (purpose == KEY_CREDENTIAL || purpose == KEY_QR)
        TRY(public_keys_name(app, a, &name));
    TRY(new_secret(app, a, kind, &k.secret, &made.public));
    return announce(&k, a, &made, serial);
}

static err check_has_certificate(struct arena *a, enum key_purpose purpose)
{
    if (key_has_certificate(purpose))
        return OK;
    return err_new(a, ERR_INVALID, "key.no_certificate",
                   ARG_STR("purpose", str_of(key_purpose_names[purpose])));
}

err keys_import(struct app *app, struct arena *a,
                const struct keys_order *order, const struct key_import *wish,
                int64_t *serial)
{
    struct key_made made = { .purpose = (int)wish->purpose };
    struct keying k = { .app = app, .order = order };
    enum x509_kind kind;

    TRY(check_has_certificate(a, wish->purpose));
    TRY(x509_import(a, wish->pem, wish->passphrase, &kind, &k.secret));
    made.kind = kind == X509_RSA ? KEY_RSA : KEY_P256;
    TRY(app_key_public(a, (enum key_kind)made.kind, k.secret, &made.public));
    return announce(&k, a, &made, serial);
}

/* --- certificates [SK5] ----------------------------------------------- */

static err find_certified(struct app *app, struct arena *a,
                          enum key_purpose purpose, const struct app_key **out)
{
    TRY(check_has_certificate(a, purpose));
    *out = app_key(app, purpose);
    if (*out != NULL)
        return OK;
    return err_new(a, ERR_NOT_FOUND, "key.none",
                   ARG_STR("purpose", str_of(key_purpose_names[purpose])));
}

err keys_request(struct app *app, struct arena *a, enum key_purpose purpose,
                 str *pem)
{
    const struct app_key *key;

    TRY(find_certified(app, a, purpose, &key));
    return key_certificate_request(app, a, key, pem);
}

err keys_certify(struct app *app, struct arena *a,
                 const struct keys_order *order, enum key_purpose purpose,
                 str pem, int64_t *serial)
{
    scoped(signer_end) struct signer signer = { 0 };
    struct key_certified certified = { .purpose = (int)purpose };
    const struct app_key *key;

    TRY(find_certified(app, a, purpose, &key));
    TRY(key_certificate_try(a, key, pem, &signer));
    TRY(x509_fingerprint(a, &signer, &certified.certificate));
    struct keying k = { .app = app,
                        .order = order,
                        .certified = &certified,
                        .pem = pem,
                        .serial = key->row->made.serial };
    TRY(run(&k, a, S("key.certify")));
    *serial = k.serial;
    return OK;
}

err keys_retire(struct app *app, struct arena *a,
                const struct keys_order *order, const struct key_retired *wish)
{
    struct keying k = { .app = app, .order = order, .retired = wish };

    return run(&k, a, S("key.retire"));
}

/* --- locking [SK4] ---------------------------------------------------- */

/* A key that lies open goes under the master; one that is there already is
 * written as it was. */
static err put_under(struct app *app, struct arena *a, str name,
                     const struct master_key *master)
{
    str secret;

    TRY(app_read_key(app_world_of(app), a, app_folder(app), name, master,
                     &secret));
    err e = put_key(app, a, name, master, secret);
    bytes_wipe((void *)(uintptr_t)secret.p, secret.n);
    return e;
}

static err write_master(struct app *app, struct arena *a,
                        const struct master_key *master, str passphrase)
{
    struct keyfile_chance chance;
    str text;

    TRY(entropy_fill(app_world_of(app)->entropy, &chance, sizeof chance));
    if (passphrase.n == 0)
        TRY(keyfile_open_text(a, master, &text));
    else
        TRY(keyfile_lock(a, master, passphrase, PASSWORD_COST_NORMAL, &chance,
                         &text));
    return put_file(app, a, S("keys/master.key"), text);
}

static err lock_all(struct app *app, struct arena *a,
                    const struct master_key *master, str passphrase)
{
    TRY(put_under(app, a, S("keys/salt.key"), master));
    TRY(put_under(app, a, S("keys/log.key"), master));
    return write_master(app, a, master, passphrase);
}

err keys_log_first(const struct app *app, struct arena *a, struct key_row *out,
                   bool *found)
{
    struct key_row row = {
        .made = { .purpose = KEY_LOG, .serial = 1, .kind = KEY_ED25519 },
        .from = DAY_NEVER,
        .until = DAY_NEVER
    };
    struct sign_key pair;

    *found = key_current(app_key_history(app), KEY_LOG) == NULL;
    if (!*found)
        return OK;
    sign_key_of_seed(app_log_key(app)->seed, &pair);
    err e = hex_text(a, pair.public, sizeof pair.public, &row.made.public);
    bytes_wipe(&pair, sizeof pair);
    TRY(e);
    *out = row;
    return OK;
}

err keys_lock(struct app *app, struct arena *a, const struct keys_order *order,
              str passphrase)
{
    struct master_key master;

    if ((order->who->actor.roles & ROLE_BIT(ROLE_ADMIN)) == 0)
        return err_new(a, ERR_DENIED, "keys.locks",
                       ARG_IDS("roles", S("role.admin")));
    if (passphrase.n > 0 && passphrase.n < SECRET_LEAST)
        return err_new(a, ERR_INVALID, "keys.passphrase_short",
                       ARG_INT("least", SECRET_LEAST));
    TRY(get_master(app, a, &master));
    err e = lock_all(app, a, &master, passphrase);
    bytes_wipe(&master, sizeof master);
    return e;
}
