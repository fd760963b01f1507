#include "crypto/password.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "crypto/bytes.h"

#include <sodium/crypto_pwhash_argon2id.h>
#include <sodium/utils.h>

#include <assert.h>

static_assert(PASSWORD_SALT_BYTES == crypto_pwhash_argon2id_SALTBYTES);
static_assert(PASSWORD_KIB_MIN * 1024 == crypto_pwhash_argon2id_MEMLIMIT_MIN);

enum {
    BASE64 = sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
    BASE64_MAX = sodium_base64_ENCODED_LEN(PASSWORD_HASH_BYTES, BASE64),
    KEPT_MAX = 128,
};

/* A PHC string taken apart. */
struct kept {
    struct password_cost cost;
    uint8_t salt[PASSWORD_SALT_BYTES];
    uint8_t hash[PASSWORD_HASH_BYTES];
};

static bool cost_is_in_range(struct password_cost cost)
{
    return cost.kib >= PASSWORD_KIB_MIN && cost.kib <= PASSWORD_KIB_MAX &&
           cost.passes >= 1 && cost.passes <= PASSWORD_PASSES_MAX;
}

/* Fails only for want of memory, for the ranges were checked. */
static err derive(str secret, const uint8_t salt[static PASSWORD_SALT_BYTES],
                  struct password_cost cost,
                  uint8_t out[static PASSWORD_HASH_BYTES])
{
    const char *p = secret.n == 0 ? "" : secret.p;

    if (crypto_pwhash_argon2id(out, PASSWORD_HASH_BYTES, p, secret.n, salt,
                               cost.passes, (size_t)cost.kib * 1024,
                               crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0)
        return err_memory();
    return OK;
}

err password_key(struct arena *a, str secret,
                 const uint8_t salt[static PASSWORD_SALT_BYTES],
                 struct password_cost cost,
                 uint8_t out[static PASSWORD_HASH_BYTES])
{
    check(cost_is_in_range(cost));
    if (secret.n > PASSWORD_SECRET_MAX)
        return err_new(a, ERR_LIMIT, "password.long",
                       ARG_INT("limit", PASSWORD_SECRET_MAX));
    return derive(secret, salt, cost, out);
}

static void put_base64(struct buf *b, const uint8_t *p, size_t n)
{
    char text[BASE64_MAX];

    (void)sodium_bin2base64(text, sizeof text, p, n, BASE64);
    buf_str(b, str_of(text));
}

err password_hash(struct arena *a, str secret,
                  const uint8_t salt[static PASSWORD_SALT_BYTES],
                  struct password_cost cost, str *out)
{
    uint8_t hash[PASSWORD_HASH_BYTES];
    struct buf b;

    TRY(password_key(a, secret, salt, cost, hash));

    buf_init(&b, a, KEPT_MAX);
    buf_printf(&b, "$argon2id$v=19$m=%u,t=%u,p=1$", cost.kib, cost.passes);
    put_base64(&b, salt, PASSWORD_SALT_BYTES);
    buf_char(&b, '$');
    put_base64(&b, hash, PASSWORD_HASH_BYTES);
    return buf_done(&b, out);
}

/* Take `what` off the front of *rest; false when it is not there. */
static bool take(str *rest, str what)
{
    if (!str_begins(*rest, what))
        return false;
    *rest = str_from(*rest, what.n);
    return true;
}

/* Take a whole number without leading zeros off the front of *rest. */
static bool take_number(str *rest, uint32_t *out)
{
    uint32_t value = 0;
    size_t n = 0;

    while (n < rest->n && n < 9 && rest->p[n] >= '0' && rest->p[n] <= '9')
        value = value * 10 + (uint32_t)(rest->p[n++] - '0');
    if (n == 0 || rest->p[0] == '0')
        return false;
    *rest = str_from(*rest, n);
    *out = value;
    return true;
}

bool password_cost_read(str kib, str passes, struct password_cost *out)
{
    return take_number(&kib, &out->kib) && kib.n == 0 &&
           take_number(&passes, &out->passes) && passes.n == 0 &&
           cost_is_in_range(*out);
}

/* Exactly n bytes; libsodium refuses spare bits and foreign characters. */
static bool read_base64(str text, uint8_t *out, size_t n)
{
    size_t got = 0;
    const char *end = NULL;

    if (text.n == 0 || sodium_base642bin(out, n, text.p, text.n, NULL, &got,
                                         &end, BASE64) != 0)
        return false;
    return got == n && end == text.p + text.n;
}

static bool read_kept(str text, struct kept *out)
{
    return take(&text, S("$argon2id$v=19$m=")) &&
           take_number(&text, &out->cost.kib) && take(&text, S(",t=")) &&
           take_number(&text, &out->cost.passes) && take(&text, S(",p=1$")) &&
           cost_is_in_range(out->cost) &&
           read_base64(str_cut(&text, '$'), out->salt, sizeof out->salt) &&
           read_base64(text, out->hash, sizeof out->hash);
}

static err form(struct arena *a)
{
    return err_new(a, ERR_CORRUPT, "password.form");
}

err password_check(struct arena *a, str secret, str kept, bool *right)
{
    struct kept k = { 0 };
    uint8_t hash[PASSWORD_HASH_BYTES];

    if (!read_kept(kept, &k))
        return form(a);
    /* The work is done whether or not it can come to anything. */
    TRY(derive(str_first(secret, PASSWORD_SECRET_MAX), k.salt, k.cost, hash));
    bool same = bytes_equal(hash, k.hash, sizeof hash);
    bytes_wipe(hash, sizeof hash);

    *right = same && secret.n <= PASSWORD_SECRET_MAX;
    return OK;
}

err password_cost_of(struct arena *a, str kept, struct password_cost *out)
{
    struct kept k = { 0 };

    if (!read_kept(kept, &k))
        return form(a);
    *out = k.cost;
    return OK;
}
