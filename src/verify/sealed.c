#include "verify/sealed.h"

#include "base/arena.h"
#include "codec/json.h"
#include "verify/data_integrity.h"
#include "verify/did.h"
#include "verify/jws.h"
#include "verify/tree.h"

static const int64_t second = 1000000;
/* 2199-12-31, the end of base/day.h, in seconds. */
static const int64_t last_second = 7258118399;

static err parse_object(struct arena *a, str text, const struct json **out)
{
    TRY(json_parse_sealed(a, text, out));
    if ((*out)->kind != JSON_OBJECT)
        return err_new(a, ERR_INVALID, "sealed.object");
    return OK;
}

static err read_proof(struct arena *a, str text, struct sealed *s)
{
    struct data_integrity d = { 0 };
    const struct json *document = NULL;

    TRY(parse_object(a, text, &document));
    TRY(data_integrity_read(a, document, &d));
    char *message = arena_zero(a, sizeof d.hashes);
    TRY_MEMORY(message);
    memcpy(message, d.hashes, sizeof d.hashes);

    s->form = SEALED_PROOF;
    s->document = d.document;
    s->method = d.method;
    s->created = d.created;
    s->message = (str){ message, sizeof d.hashes };
    memcpy(s->signature, d.signature, sizeof s->signature);
    return OK;
}

static err wrong_claim(struct arena *a, str field)
{
    return err_new(a, ERR_INVALID, "sealed.claim", ARG_STR("field", field));
}

/* The document that a payload is, and when it was signed. */
static err read_claims(struct arena *a, const struct json *payload,
                       struct sealed *s)
{
    const struct json *iat = json_get(payload, S("iat"));
    struct json *document = NULL;

    if (json_get(payload, S("vc")) != NULL)
        return wrong_claim(a, S("vc"));
    if (json_get(payload, S("vp")) != NULL)
        return wrong_claim(a, S("vp"));
    if (iat == NULL || iat->kind != JSON_INT || iat->number < 0 ||
        iat->number > last_second)
        return wrong_claim(a, S("iat"));
    TRY(tree_without(a, payload, S("iat"), &document));
    s->document = document;
    s->created = iat->number * second;
    return OK;
}

static err read_jwt(struct arena *a, str text, struct sealed *s)
{
    struct jws j = { 0 };
    const struct json *payload = NULL;

    TRY(jws_read(a, text, S("vc+jwt"), &j));
    TRY(parse_object(a, j.payload, &payload));
    TRY(read_claims(a, payload, s));
    s->form = SEALED_JWT;
    s->method = j.kid;
    s->message = j.message;
    memcpy(s->signature, j.signature, sizeof s->signature);
    return OK;
}

err sealed_read(struct arena *a, str text, struct sealed *out)
{
    struct sealed made = { 0 };
    str trimmed = str_trim(text);

    if (text.n > SEALED_MAX)
        return err_new(a, ERR_LIMIT, "sealed.long",
                       ARG_INT("limit", SEALED_MAX));
    if (str_begins(trimmed, S("{")))
        TRY(read_proof(a, trimmed, &made));
    else
        TRY(read_jwt(a, trimmed, &made));
    *out = made;
    return OK;
}

err sealed_digest(struct arena *a, const struct sealed *s, struct hash *out)
{
    if (s->form == SEALED_JWT)
        return tree_hash(a, s->document, out);
    *out = data_integrity_digest(s->message);
    return OK;
}

err sealed_check(struct arena *a, const struct sealed *s, str issuer,
                 const struct did_document *keys)
{
    const struct did_key *k = NULL;

    if (!str_eq(issuer, keys->id))
        return err_new(a, ERR_INVALID, "sealed.issuer",
                       ARG_STR("issuer", issuer), ARG_STR("did", keys->id));
    TRY(did_key_at(a, keys, s->method, s->created, &k));
    if (!sign_verify(k->public, s->message, s->signature))
        return err_new(a, ERR_INVALID, "sealed.signature",
                       ARG_STR("key", s->method));
    return OK;
}
