#include "tlog/note.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/base64.h"
#include "crypto/hash.h"

enum { NOTE_MAX = 1 << 16, NAME_MAX_BYTES = 200, ED25519 = 1, KEY_ID = 4 };

/* [NT2] */
static err check_name(struct arena *a, str name)
{
    bool right = name.n > 0 && name.n <= NAME_MAX_BYTES;

    for (size_t i = 0; i < name.n && right; i++)
        right = (unsigned char)name.p[i] > ' ' && name.p[i] != '+' &&
                name.p[i] != 0x7f;
    if (right)
        return OK;
    return err_new(a, ERR_INVALID, "note.name", ARG_STR("name", name));
}

/* [NT1] */
static void key_id(str name, const uint8_t *public, uint8_t out[static KEY_ID])
{
    static const uint8_t between[2] = { '\n', ED25519 };
    uint8_t whole[SHA256_BYTES];
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, name.p, name.n);
    sha256_add(&h, between, sizeof between);
    sha256_add(&h, public, SIGN_PUBLIC_BYTES);
    sha256_end(&h, whole);
    memcpy(out, whole, KEY_ID);
}

static err write_text(struct arena *a, str origin, int64_t size,
                      const struct hash *root, str *out)
{
    struct buf b;

    buf_init(&b, a, NOTE_MAX);
    buf_str(&b, origin);
    buf_char(&b, '\n');
    buf_int(&b, size);
    buf_char(&b, '\n');
    base64_encode(&b, BASE64_PADDED, root->b, sizeof root->b);
    buf_char(&b, '\n');
    return buf_done(&b, out);
}

err note_checkpoint(struct arena *a, str origin, const struct sign_key *key,
                    int64_t size, const struct hash *root, str *out)
{
    uint8_t signature[KEY_ID + SIGNATURE_BYTES];
    struct buf b;
    str text;

    TRY(check_name(a, origin));
    TRY(write_text(a, origin, size, root, &text));
    key_id(origin, key->public, signature);
    sign_bytes(key, text, signature + KEY_ID);

    buf_init(&b, a, NOTE_MAX);
    buf_str(&b, text);
    buf_str(&b, S("\n\xe2\x80\x94 "));
    buf_str(&b, origin);
    buf_char(&b, ' ');
    base64_encode(&b, BASE64_PADDED, signature, sizeof signature);
    buf_char(&b, '\n');
    return buf_done(&b, out);
}

err note_vkey(struct arena *a, str name,
              const uint8_t public[static SIGN_PUBLIC_BYTES], str *out)
{
    uint8_t typed[1 + SIGN_PUBLIC_BYTES] = { ED25519 };
    uint8_t short_id[KEY_ID];
    struct buf b;

    TRY(check_name(a, name));
    key_id(name, public, short_id);
    memcpy(typed + 1, public, SIGN_PUBLIC_BYTES);
    buf_init(&b, a, NOTE_MAX);
    buf_str(&b, name);
    buf_char(&b, '+');
    buf_hex(&b, short_id, sizeof short_id);
    buf_char(&b, '+');
    base64_encode(&b, BASE64_PADDED, typed, sizeof typed);
    return buf_done(&b, out);
}

/* The signature line's bytes, when the line is one of this name and key. */
static err read_signature(struct arena *a, str line, str name,
                          const uint8_t *public, str *out)
{
    str rest = line;
    uint8_t short_id[KEY_ID];
    bool valid = false;
    str bytes;

    *out = S("");
    if (!str_begins(rest, S("\xe2\x80\x94 ")))
        return OK;
    rest = str_from(rest, 4);
    if (!str_begins(rest, name) || str_index(rest, ' ') != name.n)
        return OK;
    TRY(base64_decode(a, BASE64_PADDED, str_from(rest, name.n + 1), &bytes,
                      &valid));
    key_id(name, public, short_id);
    if (valid && bytes.n == KEY_ID + SIGNATURE_BYTES &&
        memcmp(bytes.p, short_id, KEY_ID) == 0)
        *out = str_from(bytes, KEY_ID);
    return OK;
}

err note_checkpoint_valid(struct arena *a, str note, str name,
                          const uint8_t public[static SIGN_PUBLIC_BYTES],
                          int64_t size, const struct hash *root, bool *valid)
{
    str text;

    *valid = false;
    TRY(write_text(a, name, size, root, &text));
    if (!str_begins(note, text) || !str_begins(str_from(note, text.n), S("\n")))
        return OK;
    for (str rest = str_from(note, text.n + 1); rest.p != NULL;) {
        str line = str_cut(&rest, '\n');
        str signature;

        TRY(read_signature(a, line, name, public, &signature));
        if (signature.n == SIGNATURE_BYTES)
            *valid = sign_verify(public, text, (const uint8_t *)signature.p);
    }
    return OK;
}
