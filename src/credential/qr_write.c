#include "base/buf.h"
#include "codec/base32.h"
#include "codec/cbor.h"
#include "codec/utf8.h"
#include "credential/credential.h"

#include <stddef.h>

enum {
    COSE_SIGN1 = 18,
    NAME_LEAST = 2, /* characters; fewer tell nobody anything */
};

void qr_facts_of(const struct credential_facts *facts,
                 const struct hash *digest, struct qr_facts *out)
{
    *out = (struct qr_facts){
        .number = facts->number,
        .holder = facts->holder,
        .uscc = facts->uscc,
        .criterion = facts->criterion,
        .stars = facts->stars,
        .from = facts->from,
        .until = facts->until,
        .index = facts->index,
    };
    memcpy(out->digest, digest->b, sizeof out->digest);
}

static void put_capitals(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool small = s.p[i] >= 'a' && s.p[i] <= 'z';

        buf_char(b, (char)(small ? s.p[i] - 'a' + 'A' : s.p[i]));
    }
}

err qr_write_address(struct arena *a, str base, str number, str *out)
{
    struct qr q;
    struct buf b;
    str made = { NULL, 0 };

    buf_init(&b, a, QR_TEXT_MAX);
    put_capitals(&b, base);
    buf_str(&b, S("/C/"));
    buf_str(&b, number);
    TRY(buf_done(&b, &made));
    if (str_contains(made, S("#"))) /* it would begin the statement */
        return err_new(a, ERR_INVALID, "qr.address");
    TRY(qr_read(a, made, &q));
    *out = made;
    return OK;
}

/* 18([ << { 1: -8 } >>, {}, payload, signature ]) */
static void put_cose(struct buf *b, str payload,
                     const uint8_t signature[static SIGNATURE_BYTES])
{
    cbor_tag(b, COSE_SIGN1);
    cbor_array(b, 4);
    cbor_bytes(b, qr_protected);
    cbor_map(b, 0);
    cbor_bytes(b, payload);
    cbor_bytes(b, (str){ (const char *)signature, SIGNATURE_BYTES });
}

/* ADDRESS#BASE32 */
static err text_of(struct arena *a, str address, str payload,
                   const uint8_t signature[static SIGNATURE_BYTES], str *out)
{
    struct buf cose;
    struct buf b;
    str bytes = { NULL, 0 };

    buf_init(&cose, a, QR_STATEMENT_MAX);
    put_cose(&cose, payload, signature);
    TRY(buf_done(&cose, &bytes));
    buf_init(&b, a, (size_t)QR_TEXT_MAX * 2);
    buf_str(&b, address);
    buf_char(&b, '#');
    base32_encode(&b, bytes.p, bytes.n);
    return buf_done(&b, out);
}

/* The first `n` characters of a name, and an ellipsis. */
static err cut(struct arena *a, str name, size_t n, str *out)
{
    struct buf b;

    buf_init(&b, a, CREDENTIAL_TEXT_MAX);
    buf_str(&b, utf8_first(name, n));
    buf_str(&b, S("…"));
    return buf_done(&b, out);
}

/* The payload with as much of the name as fits [QR3]. */
static err fitting_payload(struct arena *a, str address, struct qr_facts facts,
                           str *out)
{
    static const uint8_t unsigned_yet[SIGNATURE_BYTES];
    str holder = facts.holder;
    size_t n = 0;
    str payload = { NULL, 0 };
    str text = { NULL, 0 };

    if (!utf8_check(holder, &n))
        n = 0;
    for (n++; n > NAME_LEAST;) {
        TRY(qr_payload(a, &facts, &payload));
        TRY(text_of(a, address, payload, unsigned_yet, &text));
        if (text.n <= QR_DENSE_MAX) {
            *out = payload;
            return OK;
        }
        TRY(cut(a, holder, --n, &facts.holder));
    }
    return err_new(a, ERR_LIMIT, "qr.dense", ARG_INT("limit", QR_DENSE_MAX));
}

err qr_write(struct arena *a, str base, const struct qr_facts *facts,
             const struct sign_key *key, str *out)
{
    uint8_t signature[SIGNATURE_BYTES];
    str address = { NULL, 0 };
    str payload = { NULL, 0 };
    str message = { NULL, 0 };

    TRY(qr_write_address(a, base, facts->number, &address));
    TRY(fitting_payload(a, address, *facts, &payload));
    TRY(qr_message(a, payload, &message));
    sign_bytes(key, message, signature);
    return text_of(a, address, payload, signature, out);
}
