#include "verify/qr.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/base32.h"
#include "codec/cbor.h"
#include "codec/utf8.h"
#include "verify/credential.h"
#include "verify/did.h"

enum { COSE_SIGN1 = 18 };

/* Keys of the statement. */
enum {
    NUMBER = 1,
    HOLDER,
    USCC,
    CRITERION,
    STARS,
    FROM,
    UNTIL,
    INDEX,
    DIGEST,
    UNKNOWN, /* any other */
};

/* What messages call them. */
static const char *const names[] = {
    [NUMBER] = "number",       [HOLDER] = "holder", [USCC] = "uscc",
    [CRITERION] = "criterion", [STARS] = "stars",   [FROM] = "from",
    [UNTIL] = "until",         [INDEX] = "index",   [DIGEST] = "digest",
    [UNKNOWN] = "another",
};

const str qr_protected = S_INIT("\xa1\x01\x27");

static const str ellipsis = S_INIT("…");

/* --- what is signed ----------------------------------------------------- */

err qr_message(struct arena *a, str payload, str *out)
{
    struct buf b;

    buf_init(&b, a, QR_STATEMENT_MAX);
    cbor_array(&b, 4);
    cbor_text(&b, S("Signature1"));
    cbor_bytes(&b, qr_protected);
    cbor_bytes(&b, S("")); /* nothing from outside */
    cbor_bytes(&b, payload);
    return buf_done(&b, out);
}

static void put_text(struct buf *b, int64_t key, str s)
{
    cbor_int(b, key);
    cbor_text(b, s);
}

static void put_int(struct buf *b, int64_t key, int64_t n)
{
    cbor_int(b, key);
    cbor_int(b, n);
}

err qr_payload(struct arena *a, const struct qr_facts *f, str *out)
{
    struct buf b;

    buf_init(&b, a, QR_STATEMENT_MAX);
    cbor_map(&b, f->stars > 0 ? 9 : 8);
    put_text(&b, NUMBER, f->number);
    put_text(&b, HOLDER, f->holder);
    put_text(&b, USCC, f->uscc);
    put_text(&b, CRITERION, f->criterion);
    if (f->stars > 0)
        put_int(&b, STARS, f->stars);
    put_int(&b, FROM, f->from);
    put_int(&b, UNTIL, f->until);
    put_int(&b, INDEX, f->index);
    cbor_int(&b, DIGEST);
    cbor_bytes(&b, (str){ (const char *)f->digest, sizeof f->digest });
    return buf_done(&b, out);
}

/* --- the address -------------------------------------------------------- */

static bool is_number(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' &&
            c != '.')
            return false;
    }
    return s.n > 0 && s.n <= QR_NUMBER_MAX;
}

/* HOST or HOST:PORT, as far as it can be told without asking for it. */
static bool is_host(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' &&
            c != '.' && c != ':')
            return false;
    }
    return s.n > 0;
}

/* [QR1] */
static bool read_address(str address, str *number)
{
    str rest = str_from(address, S("HTTPS://").n);
    str host = str_cut(&rest, '/');

    if (!str_begins(address, S("HTTPS://")) || !is_host(host) ||
        !str_begins(rest, S("C/")) || !is_number(str_from(rest, 2)))
        return false;
    *number = str_from(rest, 2);
    return true;
}

/* --- the statement ------------------------------------------------------ */

static err malformed(struct arena *a)
{
    return err_new(a, ERR_INVALID, "qr.form");
}

static err wrong_field(struct arena *a, int64_t key)
{
    return err_new(a, ERR_INVALID, "qr.field",
                   ARG_STR("field", str_of(names[key])));
}

/* CBOR that is none is a malformed code, wherever it ends. */
static err read_cbor(struct arena *a, str s, struct cbor **out)
{
    err e = cbor_read(a, s, out);

    return failed(e) && !err_is(e, ERR_MEMORY) ? malformed(a) : e;
}

static err get_text(struct arena *a, const struct cbor *map, int64_t key,
                    str *out)
{
    const struct cbor *c = cbor_get(map, key);

    if (c == NULL || c->kind != CBOR_TEXT || !utf8_is_text(c->bytes) ||
        c->bytes.n == 0)
        return wrong_field(a, key);
    *out = c->bytes;
    return OK;
}

static err get_int(struct arena *a, const struct cbor *map, int64_t key,
                   int64_t least, int64_t most, int64_t *out)
{
    const struct cbor *c = cbor_get(map, key);

    if (c == NULL || c->kind != CBOR_INT || c->number < least ||
        c->number > most)
        return wrong_field(a, key);
    *out = c->number;
    return OK;
}

static err get_numbers(struct arena *a, const struct cbor *map,
                       struct qr_facts *f)
{
    int64_t stars = 0;
    int64_t from = 0;
    int64_t until = 0;

    if (cbor_get(map, STARS) != NULL)
        TRY(get_int(a, map, STARS, 1, CREDENTIAL_STARS_MAX, &stars));
    TRY(get_int(a, map, FROM, DAY_MIN, DAY_MAX, &from));
    TRY(get_int(a, map, UNTIL, from, DAY_MAX, &until));
    TRY(get_int(a, map, INDEX, 0, INT64_MAX, &f->index));
    f->stars = (int)stars;
    f->from = (day)from;
    f->until = (day)until;
    return OK;
}

static err read_payload(struct arena *a, str payload, struct qr_facts *f)
{
    struct cbor *map = NULL;

    TRY(read_cbor(a, payload, &map));
    if (map->kind != CBOR_MAP)
        return malformed(a);
    TRY(get_text(a, map, NUMBER, &f->number));
    TRY(get_text(a, map, HOLDER, &f->holder));
    TRY(get_text(a, map, USCC, &f->uscc));
    TRY(get_text(a, map, CRITERION, &f->criterion));
    TRY(get_numbers(a, map, f));

    const struct cbor *digest = cbor_get(map, DIGEST);
    if (digest == NULL || digest->kind != CBOR_BYTES ||
        digest->bytes.n != sizeof f->digest)
        return wrong_field(a, DIGEST);
    memcpy(f->digest, digest->bytes.p, sizeof f->digest);
    if (map->count != (f->stars > 0 ? 9U : 8U))
        return wrong_field(a, UNKNOWN);
    return OK;
}

/* Element of a COSE_Sign1, by kind; NULL when it is another. */
static const struct cbor *next_of(const struct cbor **at, enum cbor_kind kind)
{
    const struct cbor *c = *at;

    if (c == NULL || c->kind != kind)
        return NULL;
    *at = c->next;
    return c;
}

static err read_cose(struct arena *a, str bytes, struct qr *q)
{
    struct cbor *c = NULL;

    TRY(read_cbor(a, bytes, &c));
    if (c->kind != CBOR_TAG || c->number != COSE_SIGN1 ||
        c->first->kind != CBOR_ARRAY || c->first->count != 4)
        return malformed(a);
    const struct cbor *at = c->first->first;
    const struct cbor *head = next_of(&at, CBOR_BYTES);
    const struct cbor *open = next_of(&at, CBOR_MAP);
    const struct cbor *payload = next_of(&at, CBOR_BYTES);
    const struct cbor *signature = next_of(&at, CBOR_BYTES);
    if (head == NULL || open == NULL || payload == NULL || signature == NULL)
        return malformed(a);
    if (!str_eq(head->bytes, qr_protected) || open->count != 0 ||
        payload->bytes.n == 0 || signature->bytes.n != SIGNATURE_BYTES)
        return malformed(a);

    memcpy(q->signature, signature->bytes.p, SIGNATURE_BYTES);
    TRY(qr_message(a, payload->bytes, &q->message));
    return read_payload(a, payload->bytes, &q->facts);
}

static err read_statement(struct arena *a, str letters, struct qr *q)
{
    str bytes = { NULL, 0 };
    bool valid = false;

    TRY(base32_decode(a, letters, &bytes, &valid));
    if (!valid)
        return err_new(a, ERR_INVALID, "qr.letters");
    if (bytes.n == 0 || bytes.n > QR_STATEMENT_MAX / 2)
        return malformed(a);
    TRY(read_cose(a, bytes, q));
    if (!str_eq(q->facts.number, q->number)) /* [QR4] */
        return err_new(a, ERR_INVALID, "qr.number",
                       ARG_STR("number", q->number),
                       ARG_STR("stated", q->facts.number));
    q->with_statement = true;
    return OK;
}

err qr_read(struct arena *a, str text, struct qr *out)
{
    str trimmed = str_trim(text);
    size_t at = str_index(trimmed, '#');
    struct qr made = { .address = str_first(trimmed, at) };

    if (text.n > QR_TEXT_MAX)
        return err_new(a, ERR_LIMIT, "qr.long", ARG_INT("limit", QR_TEXT_MAX));
    if (!read_address(made.address, &made.number))
        return err_new(a, ERR_INVALID, "qr.address");
    if (at < trimmed.n)
        TRY(read_statement(a, str_from(trimmed, at + 1), &made));
    *out = made;
    return OK;
}

/* --- checking ----------------------------------------------------------- */

err qr_check_signature(struct arena *a, const struct qr *q,
                       const struct did_document *issuer)
{
    if (!q->with_statement)
        return err_new(a, ERR_INVALID, "qr.bare", ARG_STR("number", q->number));
    for (size_t i = 0; i < issuer->n; i++) {
        const struct did_key *k = &issuer->keys[i];

        if (did_key_is_for(k, S("qr")) && k->asserts &&
            k->revoked == INT64_MAX &&
            sign_verify(k->public, q->message, q->signature))
            return OK;
    }
    return err_new(a, ERR_INVALID, "qr.signature", ARG_STR("number", q->number),
                   ARG_STR("did", issuer->id));
}

err qr_check_day(struct arena *a, const struct qr *q, day on)
{
    const struct credential c = { .facts = { .number = q->number,
                                             .from = q->facts.from,
                                             .until = q->facts.until } };

    return credential_check_day(a, &c, on);
}

bool qr_holder_is_cut(const struct qr_facts *f)
{
    return str_ends(f->holder, ellipsis);
}

/* The whole name, or its beginning [QR3]. */
static bool is_holder(str stated, str holder)
{
    if (str_eq(stated, holder))
        return true;
    return str_ends(stated, ellipsis) &&
           str_begins(holder, str_first(stated, stated.n - ellipsis.n));
}

err qr_check_credential(struct arena *a, const struct qr *q,
                        const struct credential *c)
{
    const struct qr_facts *s = &q->facts;
    const struct credential_facts *f = &c->facts;
    struct hash digest;
    int64_t field = 0;

    TRY(sealed_digest(a, &c->sealed, &digest));
    if (memcmp(s->digest, digest.b, sizeof s->digest) != 0)
        field = DIGEST;
    if (s->index != f->index)
        field = INDEX;
    if (s->until != f->until)
        field = UNTIL;
    if (s->from != f->from)
        field = FROM;
    if (s->stars != f->stars)
        field = STARS;
    if (!str_eq(s->criterion, f->criterion))
        field = CRITERION;
    if (!str_eq(s->uscc, f->uscc))
        field = USCC;
    if (!is_holder(s->holder, f->holder))
        field = HOLDER;
    if (!str_eq(q->number, f->number))
        field = NUMBER;
    if (field == 0)
        return OK;
    return err_new(a, ERR_INVALID, "qr.other", ARG_STR("number", q->number),
                   ARG_STR("field", str_of(names[field])));
}
