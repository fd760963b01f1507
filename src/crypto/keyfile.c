#include "crypto/keyfile.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/id.h"
#include "crypto/bytes.h"

#define LOCKED "tenstar-key argon2id m="
#define SEALED "tenstar-key sealed "
/* What a locked master's box is for [KF1]. */
#define MASTER "tenstar master key"

enum { BOX_MAX = KEYFILE_SECRET_MAX + SECRET_EXTRA_BYTES };

static err form(struct arena *a)
{
    return err_new(a, ERR_CORRUPT, "keyfile.form");
}

static void put_hex(struct buf *b, str bytes)
{
    buf_hex(b, (const uint8_t *)bytes.p, bytes.n);
}

/* The bytes of hexadecimal digits; *valid is false when they are none. */
static err read_hex(struct arena *a, str digits, str *out, bool *valid)
{
    size_t n = digits.n / 2;
    uint8_t *bytes;

    *valid = false;
    if (digits.n == 0 || digits.n % 2 != 0 || n > BOX_MAX)
        return OK;
    bytes = arena_zero(a, n + 1);
    TRY_MEMORY(bytes);
    if (!hex_parse(digits, bytes, n))
        return OK;
    *valid = true;
    *out = (str){ (const char *)bytes, n };
    return OK;
}

/* --- the master ------------------------------------------------------- */

err keyfile_open_text(struct arena *a, const struct master_key *m, str *out)
{
    struct buf b;

    buf_init(&b, a, 2 * sizeof m->b + 1);
    buf_hex(&b, m->b, sizeof m->b);
    buf_char(&b, '\n');
    return buf_done(&b, out);
}

err keyfile_lock(struct arena *a, const struct master_key *m, str passphrase,
                 struct password_cost cost, const struct keyfile_chance *chance,
                 str *out)
{
    uint8_t key[SECRET_KEY_BYTES];
    str plain = { (const char *)m->b, sizeof m->b };
    struct buf b;
    str box;

    TRY(password_key(a, passphrase, chance->salt, cost, key));
    err e = secret_seal(a, key, chance->nonce, S(MASTER), plain, &box);
    bytes_wipe(key, sizeof key);
    TRY(e);

    buf_init(&b, a, KEYFILE_TEXT_MAX);
    buf_printf(&b, LOCKED "%u,t=%u ", cost.kib, cost.passes);
    buf_hex(&b, chance->salt, sizeof chance->salt);
    buf_char(&b, ' ');
    put_hex(&b, box);
    buf_char(&b, '\n');
    return buf_done(&b, out);
}

bool keyfile_is_locked(str text)
{
    return str_begins(text, S(LOCKED));
}

/* A locked master taken apart. */
struct locked {
    struct password_cost cost;
    uint8_t salt[PASSWORD_SALT_BYTES];
    str box; /* as hexadecimal digits */
};

static bool read_locked(str text, struct locked *out)
{
    str rest = str_from(text, strlen(LOCKED));
    str kib = str_cut(&rest, ',');

    if (!str_begins(rest, S("t=")))
        return false;
    rest = str_from(rest, 2);
    str passes = str_cut(&rest, ' ');
    str salt = str_cut(&rest, ' ');
    out->box = rest;
    return password_cost_read(kib, passes, &out->cost) &&
           hex_parse(salt, out->salt, sizeof out->salt);
}

static err unlock(struct arena *a, const struct locked *l, str passphrase,
                  struct master_key *out)
{
    uint8_t key[SECRET_KEY_BYTES];
    bool valid;
    str plain;
    str box;

    TRY(read_hex(a, l->box, &box, &valid));
    if (!valid || box.n != sizeof out->b + SECRET_EXTRA_BYTES)
        return form(a);
    TRY(password_key(a, passphrase, l->salt, l->cost, key));
    err e = secret_open(a, key, S(MASTER), box, &plain);
    bytes_wipe(key, sizeof key);
    if (err_is(e, ERR_CORRUPT))
        return err_new(a, ERR_DENIED, "keyfile.passphrase_wrong");
    TRY(e);
    memcpy(out->b, plain.p, sizeof out->b);
    return OK;
}

err keyfile_master_read(struct arena *a, str text, str passphrase,
                        struct master_key *out)
{
    struct locked l;

    text = str_trim(text);
    if (!keyfile_is_locked(text))
        return hex_parse(text, out->b, sizeof out->b) ? OK : form(a);
    if (!read_locked(text, &l))
        return form(a);
    if (passphrase.n == 0)
        return err_new(a, ERR_DENIED, "keyfile.passphrase_needed");
    return unlock(a, &l, passphrase, out);
}

/* --- keys under it ---------------------------------------------------- */

err keyfile_write(struct arena *a, const struct master_key *m, str about,
                  const uint8_t nonce[static SECRET_NONCE_BYTES], str secret,
                  str *out)
{
    struct buf b;
    str box;

    check(secret.n <= KEYFILE_SECRET_MAX);
    TRY(secret_seal(a, m->b, nonce, about, secret, &box));
    buf_init(&b, a, KEYFILE_TEXT_MAX);
    buf_str(&b, S(SEALED));
    put_hex(&b, box);
    buf_char(&b, '\n');
    return buf_done(&b, out);
}

err keyfile_read(struct arena *a, const struct master_key *m, str about,
                 str text, str *out)
{
    bool valid;
    str bytes;

    text = str_trim(text);
    if (!str_begins(text, S(SEALED))) { /* [KF3] */
        TRY(read_hex(a, text, &bytes, &valid));
        if (!valid || bytes.n != 32)
            return form(a);
        *out = bytes;
        return OK;
    }
    TRY(read_hex(a, str_from(text, strlen(SEALED)), &bytes, &valid));
    return valid ? secret_open(a, m->b, about, bytes, out) : form(a);
}
