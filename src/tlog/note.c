#include "tlog/note.h"

#include "base/buf.h"
#include "base/id.h"
#include "codec/base64.h"
#include "codec/utf8.h"
#include "crypto/hash.h"

enum {
    ED25519 = 0x01, /* the type of a key, in its id and its text */
    VKEY_MAX = 1 << 12,
};

/* Em dash and space: how a signature line begins. */
static const str mark = S_INIT("\xe2\x80\x94 ");

/* The spaces of Unicode (White_Space) that are no control characters. */
static bool is_space(uint32_t c)
{
    return c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

/* [NT3] */
static bool is_name(str name)
{
    size_t at = 0;
    uint32_t c = 0;

    while (utf8_next(name, &at, &c)) {
        if (c < 0x20 || c == '+' || is_space(c))
            return false;
    }
    return name.n > 0 && at == name.n;
}

/* [NT2] of text and note alike. */
static bool is_text(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] < 0x20 && s.p[i] != '\n')
            return false;
    }
    return str_ends(s, S("\n")) && utf8_check(s, NULL);
}

static err check_text(struct arena *a, str s)
{
    if (s.n > NOTE_BYTES_MAX)
        return err_new(a, ERR_LIMIT, "note.long",
                       ARG_INT("limit", NOTE_BYTES_MAX));
    if (!is_text(s))
        return err_new(a, ERR_INVALID, "note.text");
    return OK;
}

/* [NT1] */
static void key_id(str name, const uint8_t public[static SIGN_PUBLIC_BYTES],
                   uint8_t out[static NOTE_ID_BYTES])
{
    static const uint8_t between[2] = { '\n', ED25519 };
    uint8_t whole[SHA256_BYTES];
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, name.p, name.n);
    sha256_add(&h, between, sizeof between);
    sha256_add(&h, public, SIGN_PUBLIC_BYTES);
    sha256_end(&h, whole);
    memcpy(out, whole, NOTE_ID_BYTES);
}

err note_key_of(struct arena *a, str name,
                const uint8_t public[static SIGN_PUBLIC_BYTES],
                struct note_key *out)
{
    if (!is_name(name))
        return err_new(a, ERR_INVALID, "note.name", ARG_STR("name", name));
    out->name = name;
    key_id(name, public, out->id);
    memcpy(out->public, public, SIGN_PUBLIC_BYTES);
    return OK;
}

err note_vkey(struct arena *a, str name,
              const uint8_t public[static SIGN_PUBLIC_BYTES], str *out)
{
    uint8_t typed[1 + SIGN_PUBLIC_BYTES] = { ED25519 };
    struct note_key k = { 0 };
    struct buf b;

    TRY(note_key_of(a, name, public, &k));
    memcpy(typed + 1, public, SIGN_PUBLIC_BYTES);

    buf_init(&b, a, VKEY_MAX);
    buf_str(&b, name);
    buf_char(&b, '+');
    buf_hex(&b, k.id, sizeof k.id);
    buf_char(&b, '+');
    base64_encode(&b, BASE64_PADDED, typed, sizeof typed);
    return buf_done(&b, out);
}

err note_key_parse(struct arena *a, str vkey, struct note_key *out)
{
    str rest = vkey;
    str name = str_cut(&rest, '+');
    str digits = str_cut(&rest, '+');
    uint8_t given[NOTE_ID_BYTES];
    struct note_key k = { 0 };
    str bytes = { NULL, 0 };
    bool valid = false;

    TRY(base64_decode(a, BASE64_PADDED, rest, &bytes, &valid));
    if (!valid || bytes.n != 1 + SIGN_PUBLIC_BYTES || bytes.p[0] != ED25519 ||
        !hex_parse(digits, given, sizeof given) || !is_name(name))
        return err_new(a, ERR_INVALID, "note.vkey", ARG_STR("text", vkey));

    TRY(note_key_of(a, name, (const uint8_t *)bytes.p + 1, &k));
    if (memcmp(k.id, given, sizeof given) != 0)
        return err_new(a, ERR_INVALID, "note.vkey", ARG_STR("text", vkey));
    *out = k;
    return OK;
}

err note_sign(struct arena *a, str text, str name, const struct sign_key *key,
              str *out)
{
    uint8_t signature[NOTE_ID_BYTES + SIGNATURE_BYTES];
    struct note_key k = { 0 };
    struct buf b;

    TRY(check_text(a, text));
    TRY(note_key_of(a, name, key->public, &k));
    memcpy(signature, k.id, NOTE_ID_BYTES);
    sign_bytes(key, text, signature + NOTE_ID_BYTES);

    buf_init(&b, a, NOTE_BYTES_MAX);
    buf_str(&b, text);
    buf_char(&b, '\n');
    buf_str(&b, mark);
    buf_str(&b, name);
    buf_char(&b, ' ');
    base64_encode(&b, BASE64_PADDED, signature, sizeof signature);
    buf_char(&b, '\n');
    return buf_done(&b, out);
}

/* Where the last "\n\n" of `s` begins, or s.n. */
static size_t find_last_gap(str s)
{
    for (size_t i = s.n; i >= 2; i--) {
        if (s.p[i - 1] == '\n' && s.p[i - 2] == '\n')
            return i - 2;
    }
    return s.n;
}

/* A signature line taken apart. */
struct signature {
    str name;
    uint8_t id[NOTE_ID_BYTES];
    str bytes; /* what follows the id; of any length */
};

/* line = mark name " " base64(id || bytes), with at least one byte */
static err read_line(struct arena *a, str line, int64_t number,
                     struct signature *out)
{
    bool valid = false;
    str bytes = { NULL, 0 };
    str rest = str_from(line, mark.n);
    str name = str_cut(&rest, ' ');

    TRY(base64_decode(a, BASE64_PADDED, rest, &bytes, &valid));
    if (!str_begins(line, mark) || !is_name(name) || !valid ||
        bytes.n <= NOTE_ID_BYTES)
        return err_new(a, ERR_INVALID, "note.line", ARG_INT("line", number));

    out->name = name;
    memcpy(out->id, bytes.p, NOTE_ID_BYTES);
    out->bytes = str_from(bytes, NOTE_ID_BYTES);
    return OK;
}

/* [NT4] */
static err check_signature(struct arena *a, const struct signature *s, str text,
                           const struct note_key *key, bool *signed_by_key)
{
    if (!str_eq(s->name, key->name) ||
        memcmp(s->id, key->id, NOTE_ID_BYTES) != 0)
        return OK;
    if (s->bytes.n != SIGNATURE_BYTES ||
        !sign_verify(key->public, text, (const uint8_t *)s->bytes.p))
        return err_new(a, ERR_INVALID, "note.signature",
                       ARG_STR("name", key->name));
    *signed_by_key = true;
    return OK;
}

/* Every signature line, for each must be well-formed; they end in a newline. */
static err check_signatures(struct arena *a, str lines, str text,
                            const struct note_key *key)
{
    bool signed_by_key = false;
    int64_t number = 0;

    for (str rest = lines; rest.n > 0;) {
        struct signature s = { 0 };

        if (++number > NOTE_SIGNATURES_MAX)
            return err_new(a, ERR_LIMIT, "note.many",
                           ARG_INT("limit", NOTE_SIGNATURES_MAX));
        TRY(read_line(a, str_cut(&rest, '\n'), number, &s));
        TRY(check_signature(a, &s, text, key, &signed_by_key));
    }
    if (!signed_by_key)
        return err_new(a, ERR_INVALID, "note.unsigned",
                       ARG_STR("name", key->name));
    return OK;
}

err note_verify(struct arena *a, str note, const struct note_key *key,
                str *text)
{
    TRY(check_text(a, note));

    size_t gap = find_last_gap(note);
    str lines = str_from(note, gap + 2);
    if (gap == note.n || lines.n == 0)
        return err_new(a, ERR_INVALID, "note.split");

    str signed_text = str_first(note, gap + 1);
    TRY(check_signatures(a, lines, signed_text, key));
    *text = signed_text;
    return OK;
}
