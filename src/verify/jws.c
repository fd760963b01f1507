#include "verify/jws.h"

#include "base/size.h"
#include "codec/base64.h"
#include "codec/json.h"

static err malformed(struct arena *a)
{
    return err_new(a, ERR_INVALID, "jws.form");
}

/* The bytes of one part. */
static err part(struct arena *a, str s, str *out)
{
    bool valid = false;

    TRY(base64_decode(a, BASE64_URL, s, out, &valid));
    return valid ? OK : malformed(a);
}

/* What the header says, if anything, is a text. */
static err check_texts(struct arena *a, const struct json *header)
{
    static const str names[] = { S_INIT("typ"), S_INIT("cty"), S_INIT("alg"),
                                 S_INIT("kid") };

    for (size_t i = 0; i < COUNT(names); i++) {
        const struct json *m = json_get(header, names[i]);

        if (m != NULL && m->kind != JSON_STR)
            return err_new(a, ERR_INVALID, "jws.header",
                           ARG_STR("field", names[i]));
    }
    return OK;
}

/* [JW2] [JW3] */
static err check_header(struct arena *a, const struct json *header, str typ)
{
    str algorithm = json_get_str(header, S("alg"));
    str type = json_get_str(header, S("typ"));

    TRY(check_texts(a, header));
    if (json_get(header, S("crit")) != NULL)
        return err_new(a, ERR_INVALID, "jws.critical");
    if (!str_eq(algorithm, S("EdDSA")) && !str_eq(algorithm, S("Ed25519")))
        return err_new(a, ERR_INVALID, "jws.algorithm",
                       ARG_STR("algorithm", algorithm));
    if (!str_eq(type, typ))
        return err_new(a, ERR_INVALID, "jws.type", ARG_STR("type", type),
                       ARG_STR("expected", typ));
    return OK;
}

err jws_read(struct arena *a, str text, str typ, struct jws *out)
{
    str rest = text;
    str head = str_cut(&rest, '.');
    str body = str_cut(&rest, '.');
    str bytes = { NULL, 0 };
    struct json *header = NULL;
    struct jws made = { 0 };

    if (text.n > JWS_MAX)
        return err_new(a, ERR_LIMIT, "jws.long", ARG_INT("limit", JWS_MAX));
    if (rest.p == NULL || body.n == 0)
        return malformed(a);
    TRY(part(a, head, &bytes));
    err e = json_parse(a, bytes, &header);
    if (err_is(e, ERR_MEMORY))
        return e;
    if (failed(e) || header->kind != JSON_OBJECT)
        return malformed(a);
    TRY(check_header(a, header, typ));

    TRY(part(a, body, &made.payload));
    TRY(part(a, rest, &bytes));
    if (bytes.n != SIGNATURE_BYTES)
        return malformed(a);
    memcpy(made.signature, bytes.p, SIGNATURE_BYTES);
    made.message = str_first(text, head.n + 1 + body.n);
    made.kid = json_get_str(header, S("kid"));
    *out = made;
    return OK;
}

bool jws_holds(const struct jws *j,
               const uint8_t public[static SIGN_PUBLIC_BYTES])
{
    return sign_verify(public, j->message, j->signature);
}
