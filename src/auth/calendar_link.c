#include "auth/calendar_link.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/base64.h"
#include "crypto/bytes.h"
#include "crypto/hash.h"
#include "store/admission.h"
#include "store/people.h"

err calendar_link_none(struct arena *a)
{
    return err_new(a, ERR_NOT_FOUND, "calendar.none");
}

err calendar_link_token(struct arena *a,
                        const uint8_t secret[static CALENDAR_SECRET_BYTES],
                        struct calendar_row *row, str *token)
{
    uint8_t bytes[CALENDAR_TOKEN_BYTES];
    struct buf b;

    memcpy(bytes, row->id.b, sizeof row->id.b);
    memcpy(bytes + sizeof row->id.b, secret, CALENDAR_SECRET_BYTES);
    sha256(bytes, sizeof bytes, row->secret.b);
    buf_init(&b, a, CALENDAR_TOKEN_TEXT);
    base64_encode(&b, BASE64_URL, bytes, sizeof bytes);
    bytes_wipe(bytes, sizeof bytes);
    return buf_done(&b, token);
}

/* [SA2] */
static err find(struct tx *tx, struct arena *a, str bytes,
                struct calendar_row *out)
{
    uint8_t hash[SHA256_BYTES];
    id link;
    err e;

    memcpy(link.b, bytes.p, sizeof link.b);
    sha256(bytes.p, bytes.n, hash);
    e = calendar_link_get(tx, a, link, out);
    if (err_is(e, ERR_NOT_FOUND))
        return calendar_link_none(a);
    TRY(e);
    return bytes_equal(hash, out->secret.b, sizeof hash)
               ? OK
               : calendar_link_none(a);
}

err calendar_link_open(struct tx *tx, struct arena *a, str token, day today,
                       struct calendar_row *row, struct session *out)
{
    struct admission_row admission;
    struct person_row person;
    bool valid = false;
    str bytes = S("");

    if (token.n == CALENDAR_TOKEN_TEXT)
        TRY(base64_decode(a, BASE64_URL, token, &bytes, &valid));
    if (!valid)
        return calendar_link_none(a);
    TRY(find(tx, a, bytes, row));
    TRY(person_get(tx, a, row->person, &person));
    TRY(admission_get(tx, a, row->person, &admission));
    if (person.state != PERSON_ACTIVE || today > admission.until)
        return calendar_link_none(a);
    *out = (struct session){
        /* [SA4] */
        .actor = { person.id, (unsigned)person.roles, person.enterprise },
        .login = person.login,
        .channel = S("calendar"),
    };
    return OK;
}
