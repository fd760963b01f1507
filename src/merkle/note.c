#include "merkle/note.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/id.h"
#include "codec/base64.h"
#include "codec/utf8.h"
#include "crypto/hash.h"
#include "merkle/cosignature.h"

enum { VKEY_MAX = 1 << 12 };

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
static void set_id(struct note_key *k)
{
    const uint8_t between[2] = { '\n', (uint8_t)k->kind };
    uint8_t whole[SHA256_BYTES];
    struct sha256 h;

    sha256_init(&h);
    sha256_add(&h, k->name.p, k->name.n);
    sha256_add(&h, between, sizeof between);
    sha256_add(&h, k->public, SIGN_PUBLIC_BYTES);
    sha256_end(&h, whole);
    memcpy(k->id, whole, NOTE_ID_BYTES);
}

err note_key_of(struct arena *a, enum note_kind kind, str name,
                const uint8_t public[static SIGN_PUBLIC_BYTES],
                struct note_key *out)
{
    if (!is_name(name))
        return err_new(a, ERR_INVALID, "note.name", ARG_STR("name", name));
    out->name = name;
    out->kind = kind;
    memcpy(out->public, public, SIGN_PUBLIC_BYTES);
    set_id(out);
    return OK;
}

err note_vkey(struct arena *a, const struct note_key *key, str *out)
{
    uint8_t typed[1 + SIGN_PUBLIC_BYTES] = { (uint8_t)key->kind };
    struct buf b;

    memcpy(typed + 1, key->public, SIGN_PUBLIC_BYTES);
    buf_init(&b, a, VKEY_MAX);
    buf_str(&b, key->name);
    buf_char(&b, '+');
    buf_hex(&b, key->id, sizeof key->id);
    buf_char(&b, '+');
    base64_encode(&b, BASE64_PADDED, typed, sizeof typed);
    return buf_done(&b, out);
}

static bool is_kind(char byte)
{
    return byte == NOTE_SIGNATURE || byte == NOTE_COSIGNATURE;
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
    if (!valid || bytes.n != 1 + SIGN_PUBLIC_BYTES || !is_kind(bytes.p[0]) ||
        !hex_parse(digits, given, sizeof given) || !is_name(name))
        return err_new(a, ERR_INVALID, "note.vkey", ARG_STR("text", vkey));

    TRY(note_key_of(a, (enum note_kind)bytes.p[0], name,
                    (const uint8_t *)bytes.p + 1, &k));
    if (memcmp(k.id, given, sizeof given) != 0)
        return err_new(a, ERR_INVALID, "note.vkey", ARG_STR("text", vkey));
    *out = k;
    return OK;
}

void note_put_line(struct buf *b, const struct note_key *key, str signature)
{
    uint8_t bytes[NOTE_ID_BYTES + COSIGNATURE_BYTES];

    check(signature.n <= COSIGNATURE_BYTES);
    memcpy(bytes, key->id, NOTE_ID_BYTES);
    memcpy(bytes + NOTE_ID_BYTES, signature.p, signature.n);
    buf_str(b, mark);
    buf_str(b, key->name);
    buf_char(b, ' ');
    base64_encode(b, BASE64_PADDED, bytes, NOTE_ID_BYTES + signature.n);
    buf_char(b, '\n');
}

err note_sign(struct arena *a, str text, str name, const struct sign_key *key,
              str *out)
{
    uint8_t signature[SIGNATURE_BYTES];
    struct note_key k = { 0 };
    struct buf b;

    TRY(check_text(a, text));
    TRY(note_key_of(a, NOTE_SIGNATURE, name, key->public, &k));
    sign_bytes(key, text, signature);

    buf_init(&b, a, NOTE_BYTES_MAX);
    buf_str(&b, text);
    buf_char(&b, '\n');
    note_put_line(&b, &k, (str){ (const char *)signature, sizeof signature });
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

/* line = mark name " " base64(id || bytes), with at least one byte */
static err read_line(struct arena *a, str line, size_t number,
                     struct note_signature *out)
{
    bool valid = false;
    str bytes = { NULL, 0 };
    str rest = str_from(line, mark.n);
    str name = str_cut(&rest, ' ');

    TRY(base64_decode(a, BASE64_PADDED, rest, &bytes, &valid));
    if (!str_begins(line, mark) || !is_name(name) || !valid ||
        bytes.n <= NOTE_ID_BYTES)
        return err_new(a, ERR_INVALID, "note.line", ARG_INT("line", number));

    out->line = (str){ line.p, line.n + 1 }; /* its newline was seen */
    out->name = name;
    memcpy(out->id, bytes.p, NOTE_ID_BYTES);
    out->bytes = str_from(bytes, NOTE_ID_BYTES);
    return OK;
}

static size_t count_lines(str lines)
{
    size_t n = 0;

    for (size_t i = 0; i < lines.n; i++)
        n += lines.p[i] == '\n';
    return n;
}

/* Every signature line, for each must be well-formed; they end in a newline. */
static err read_lines(struct arena *a, str lines, struct signed_note *out)
{
    size_t n = count_lines(lines);
    struct note_signature *all;

    if (n == 0)
        return err_new(a, ERR_INVALID, "note.split");
    if (n > NOTE_SIGNATURES_MAX)
        return err_new(a, ERR_LIMIT, "note.many",
                       ARG_INT("limit", NOTE_SIGNATURES_MAX));
    all = arena_array(a, n, sizeof *all);
    TRY_MEMORY(all);
    for (size_t i = 0; i < n; i++)
        TRY(read_line(a, str_cut(&lines, '\n'), i + 1, &all[i]));
    out->signatures = all;
    out->n = n;
    return OK;
}

err note_open(struct arena *a, str note, struct signed_note *out)
{
    struct signed_note opened = { 0 };

    TRY(check_text(a, note));

    size_t gap = find_last_gap(note);
    if (gap == note.n)
        return err_new(a, ERR_INVALID, "note.split");
    opened.text = str_first(note, gap + 1);
    TRY(read_lines(a, str_from(note, gap + 2), &opened));
    *out = opened;
    return OK;
}

err note_open_lines(struct arena *a, str lines, struct signed_note *out)
{
    struct signed_note opened = { 0 };

    TRY(check_text(a, lines));
    TRY(read_lines(a, lines, &opened));
    *out = opened;
    return OK;
}

/* [NT5] */
static err holds(struct arena *a, str text, const struct note_key *key,
                 str bytes, bool *out)
{
    if (key->kind == NOTE_COSIGNATURE)
        return cosignature_holds(a, text, key, bytes, out);
    *out = bytes.n == SIGNATURE_BYTES &&
           sign_verify(key->public, text, (const uint8_t *)bytes.p);
    return OK;
}

/* [NT4] */
static bool is_by(const struct note_signature *s, const struct note_key *key)
{
    return str_eq(s->name, key->name) &&
           memcmp(s->id, key->id, NOTE_ID_BYTES) == 0;
}

err note_find(struct arena *a, const struct signed_note *note,
              const struct note_key *key, const struct note_signature **out)
{
    const struct note_signature *found = NULL;

    for (size_t i = 0; i < note->n; i++) {
        const struct note_signature *s = &note->signatures[i];
        bool valid;

        if (!is_by(s, key))
            continue;
        TRY(holds(a, note->text, key, s->bytes, &valid));
        if (!valid)
            return err_new(a, ERR_INVALID, "note.signature",
                           ARG_STR("name", key->name));
        if (found == NULL)
            found = s;
    }
    *out = found;
    return OK;
}

err note_verify(struct arena *a, str note, const struct note_key *key,
                str *text)
{
    const struct note_signature *by = NULL;
    struct signed_note opened = { 0 };

    TRY(note_open(a, note, &opened));
    TRY(note_find(a, &opened, key, &by));
    if (by == NULL)
        return err_new(a, ERR_INVALID, "note.unsigned",
                       ARG_STR("name", key->name));
    *text = opened.text;
    return OK;
}
