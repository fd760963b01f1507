#include "service/credential_sm2.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hex.h"
#include "codec/canonical.h"
#include "codec/json.h"
#include "crypto/sm2.h"
#include "service/app_parts.h"
#include "service/credentials.h"
#include "sys/entropy.h"

enum { TEXT_MOST = 1000 };

static err find_key(struct app *app, struct arena *a,
                    const struct app_key **out)
{
    *out = app_key(app, KEY_SM2);
    if (*out != NULL)
        return OK;
    return err_new(a, ERR_NOT_FOUND, "key.none",
                   ARG_STR("purpose", str_of(key_purpose_names[KEY_SM2])));
}

static err sign(struct app *app, const struct app_key *key, str message,
                uint8_t out[static SM2_SIGNATURE_BYTES])
{
    scoped(sm2_key_end) struct sm2_key pair = { 0 };
    uint8_t random[SM2_RANDOM_BYTES];
    bool valid;

    /* It was tried when the installation was opened. */
    TRY(sm2_key_of_secret((const uint8_t *)key->secret.p, &pair, &valid));
    TRY(entropy_fill(app_world_of(app)->entropy, random, sizeof random));
    return sm2_sign(&pair, message, random, out);
}

static err name_of(struct arena *a, const struct app_key *key, str *out)
{
    struct buf b;

    buf_init(&b, a, TEXT_MOST);
    buf_printf(&b, "%s-%lld", key_purpose_names[KEY_SM2],
               (long long)key->row->made.serial);
    return buf_done(&b, out);
}

static err write(struct arena *a, const struct app_key *key,
                 const uint8_t signature[static SM2_SIGNATURE_BYTES], str *out)
{
    struct json *j = json_new_object(a);
    str name;
    str hex;

    TRY(name_of(a, key, &name));
    TRY(hex_text(a, signature, SM2_SIGNATURE_BYTES, &hex));
    json_set(j, S("key"), json_new_str(a, name));
    json_set(j, S("public"), json_new_str(a, key->row->made.public));
    json_set(j, S("signature"), json_new_str(a, hex));
    json_set(j, S("signer"), json_new_str(a, sm2_identity));
    return json_text(a, j, TEXT_MOST, out);
}

err credential_sm2(struct app *app, struct arena *a, str number, str *out)
{
    uint8_t signature[SM2_SIGNATURE_BYTES];
    const struct app_key *key;
    struct credential_row row;

    TRY(find_key(app, a, &key));
    TRY(credentials_newest(app, a, number, &row));
    TRY(sign(app, key, row.json, signature));
    return write(a, key, signature, out);
}
