#include "service/mail_settings.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/base64.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "codec/mime.h"
#include "crypto/bytes.h"
#include "crypto/hash.h"
#include "crypto/secret.h"
#include "store/meta.h"
#include "sys/entropy.h"

enum { SETTINGS_MAX = 200000 };

#define SETTINGS_KEY S("mail")

/* --- boxes ---------------------------------------------------------------- */

static void box_key(const struct app *app, uint8_t out[static SECRET_KEY_BYTES])
{
    static const char purpose[] = "tenstar mail";
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, purpose, sizeof purpose);
    sha256_add(&h, app_salt_key(app), SALT_KEY_BYTES);
    sha256_end(&h, out);
}

err mail_box_seal(struct app *app, struct arena *a, str about, str text,
                  str *out)
{
    uint8_t nonce[SECRET_NONCE_BYTES];
    uint8_t key[SECRET_KEY_BYTES];

    TRY(entropy_fill(app_world_of(app)->entropy, nonce, sizeof nonce));
    box_key(app, key);
    err e = secret_seal(a, key, nonce, about, text, out);
    bytes_wipe(key, sizeof key);
    return e;
}

err mail_box_open(struct app *app, struct arena *a, str about, str box,
                  str *out)
{
    uint8_t key[SECRET_KEY_BYTES];

    box_key(app, key);
    err e = secret_open(a, key, about, box, out);
    bytes_wipe(key, sizeof key);
    return e;
}

/* --- saying [MS1] --------------------------------------------------------- */

err mail_check_right(struct arena *a, const struct session *who)
{
    if ((who->actor.roles & ROLE_BIT(ROLE_ADMIN)) != 0)
        return OK;
    return err_new(a, ERR_DENIED, "outbox.names",
                   ARG_IDS("roles", S("role.admin")));
}

static err check(struct arena *a, const struct mail_settings *s)
{
    TRY(mail_check_server(a, s->server.address));
    if (!mime_is_address(s->from))
        return err_new(a, ERR_INVALID, "mime.address",
                       ARG_STR("address", s->from));
    if (s->server.password.n > 0 && s->server.user.n == 0)
        return err_new(a, ERR_INVALID, "outbox.password");
    if (s->server.authority.n > 0 &&
        !str_contains(s->server.authority, S("-----BEGIN CERTIFICATE-----")))
        return err_new(a, ERR_INVALID, "outbox.authority");
    return OK;
}

/* [MS2] */
static err write_settings(struct app *app, struct arena *a,
                          const struct mail_settings *s, str *out)
{
    struct json *j = json_new_object(a);
    struct buf box;
    str sealed;
    str text;

    TRY(mail_box_seal(app, a, SETTINGS_KEY, s->server.password, &sealed));
    buf_init(&box, a, SETTINGS_MAX);
    base64_encode(&box, BASE64_PADDED, sealed.p, sealed.n);
    TRY(buf_done(&box, &text));
    json_set(j, S("server"), json_new_str(a, s->server.address));
    json_set(j, S("from"), json_new_str(a, s->from));
    json_set(j, S("user"), json_new_str(a, s->server.user));
    json_set(j, S("authority"), json_new_str(a, s->server.authority));
    json_set(j, S("password"), json_new_str(a, text));
    return json_text(a, j, SETTINGS_MAX, out);
}

static err keep(struct tx *tx, void *context)
{
    return meta_set(tx, SETTINGS_KEY, *(const str *)context);
}

err mail_settings_set(struct app *app, struct arena *a,
                      const struct session *who, const struct mail_settings *s)
{
    str text;

    TRY(mail_check_right(a, who));
    TRY(check(a, s));
    TRY(write_settings(app, a, s, &text));
    return app_write_case(app, a, keep, &text);
}

/* --- reading -------------------------------------------------------------- */

static err open_password(struct app *app, struct arena *a, str text, str *out)
{
    bool valid;
    str box = S("");

    TRY(base64_decode(a, BASE64_PADDED, text, &box, &valid));
    return mail_box_open(app, a, SETTINGS_KEY, valid ? box : S(""), out);
}

err mail_settings_get(struct app *app, struct tx *tx, struct arena *a,
                      struct mail_settings *out)
{
    struct mail_settings got = { 0 };
    bool found = false;
    struct json *j;
    str text;

    TRY(meta_get(tx, a, SETTINGS_KEY, &text, &found));
    if (!found)
        return err_new(a, ERR_NOT_FOUND, "outbox.no_server");
    TRY(json_parse(a, text, &j));
    got.server.address = json_get_str(j, S("server"));
    got.server.user = json_get_str(j, S("user"));
    got.server.authority = json_get_str(j, S("authority"));
    got.from = json_get_str(j, S("from"));
    TRY(open_password(app, a, json_get_str(j, S("password")),
                      &got.server.password));
    *out = got;
    return OK;
}

err mail_is_set(struct tx *tx, bool *out)
{
    str text;

    return meta_get(tx, tx_arena(tx), SETTINGS_KEY, &text, out);
}

static err read_kept(struct app *app, struct arena *a,
                     struct mail_settings *out)
{
    scoped(tx_abort) struct tx *tx = NULL;

    TRY(app_read(app, a, &tx));
    return mail_settings_get(app, tx, a, out);
}

err mail_settings_show(struct app *app, struct arena *a,
                       const struct session *who, struct mail_settings *out)
{
    struct mail_settings got = { 0 };

    TRY(mail_check_right(a, who));
    TRY(read_kept(app, a, &got));
    bytes_wipe((void *)(uintptr_t)got.server.password.p, got.server.password.n);
    got.server.password = S("");
    *out = got;
    return OK;
}

err mail_settings_change(struct app *app, struct arena *a,
                         const struct session *who,
                         const struct mail_settings *s)
{
    struct mail_settings kept = { 0 };
    struct mail_settings new = *s;

    TRY(mail_check_right(a, who));
    err e = read_kept(app, a, &kept);
    if (failed(e) && !err_is(e, ERR_NOT_FOUND))
        return e;
    if (new.server.password.n == 0 &&
        str_eq(new.server.address, kept.server.address) &&
        str_eq(new.server.user, kept.server.user))
        new.server.password = kept.server.password;
    return mail_settings_set(app, a, who, &new);
}
