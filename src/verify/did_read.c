/* did_read -- a DID document, from its text. [DI1]-[DI4] */

#include "base/arena.h"
#include "codec/base64.h"
#include "codec/json.h"
#include "verify/did.h"
#include "verify/instant.h"

static err wrong(struct arena *a, const char *field)
{
    return err_new(a, ERR_INVALID, "did.document",
                   ARG_STR("field", str_of(field)));
}

/* An Ed25519 key in a JWK: {"kty":"OKP","crv":"Ed25519","x":"..."}. */
static err jwk_read(struct arena *a, const struct json *jwk,
                    uint8_t public[static SIGN_PUBLIC_BYTES], bool *valid)
{
    str x = { NULL, 0 };

    *valid = false;
    if (!str_eq(json_get_str(jwk, S("kty")), S("OKP")) ||
        !str_eq(json_get_str(jwk, S("crv")), S("Ed25519")))
        return OK;
    TRY(base64_decode(a, BASE64_URL, json_get_str(jwk, S("x")), &x, valid));
    *valid = *valid && x.n == SIGN_PUBLIC_BYTES;
    if (*valid)
        memcpy(public, x.p, SIGN_PUBLIC_BYTES);
    return OK;
}

/* *ours says whether it is a key that we know what to do with [DI4]. */
static err public_read(struct arena *a, const struct json *m,
                       uint8_t public[static SIGN_PUBLIC_BYTES], bool *ours)
{
    str type = json_get_str(m, S("type"));

    if (str_eq(type, S("Multikey")))
        return did_multikey_read(a, json_get_str(m, S("publicKeyMultibase")),
                                 public, ours);
    if (str_eq(type, S("JsonWebKey")))
        return jwk_read(a, json_get(m, S("publicKeyJwk")), public, ours);
    *ours = false;
    return OK;
}

/* The moment that `name` says, or *out as it is when there is none. */
static err moment(struct arena *a, const struct json *m, const char *name,
                  int64_t *out)
{
    const struct json *value = json_get(m, str_of(name));

    if (value == NULL)
        return OK;
    if (value->kind != JSON_STR || !instant_parse(value->text, out))
        return wrong(a, name);
    return OK;
}

/* Is the method with this id, or its text, one of assertionMethod [DI3]? */
static bool asserts(const struct json *document, str id)
{
    const struct json *list = json_get(document, S("assertionMethod"));

    if (list == NULL || list->kind != JSON_ARRAY)
        return false;
    for (const struct json *m = list->first; m != NULL; m = m->next) {
        if (m->kind == JSON_STR && str_eq(m->text, id))
            return true;
    }
    return false;
}

/* One method into `k`; *ours is false when it is passed over. */
static err method_read(struct arena *a, const struct json *document,
                       const struct json *m, struct did_key *k, bool *ours)
{
    str did = json_get_str(document, S("id"));
    struct did_key made = {
        .id = json_get_str(m, S("id")),
        .from = INT64_MIN,
        .until = INT64_MAX,
        .revoked = INT64_MAX,
    };

    if (!str_begins(made.id, did) ||
        !str_begins(str_from(made.id, did.n), S("#")))
        return wrong(a, "verificationMethod.id");
    if (!str_eq(json_get_str(m, S("controller")), did))
        return wrong(a, "controller");
    TRY(moment(a, m, "validFrom", &made.from));
    TRY(moment(a, m, "expires", &made.until));
    TRY(moment(a, m, "revoked", &made.revoked));
    TRY(public_read(a, m, made.public, ours));
    made.asserts = asserts(document, made.id);
    *k = made;
    return OK;
}

static err methods_read(struct arena *a, const struct json *document,
                        struct did_document *out)
{
    const struct json *list = json_get(document, S("verificationMethod"));

    if (list == NULL || list->kind != JSON_ARRAY)
        return wrong(a, "verificationMethod");
    if (list->count > DID_KEYS_MAX)
        return err_new(a, ERR_INVALID, "did.many",
                       ARG_INT("limit", DID_KEYS_MAX));

    struct did_key *keys = arena_array(a, list->count, sizeof *keys);
    TRY_MEMORY(keys);
    out->keys = keys;
    for (const struct json *m = list->first; m != NULL; m = m->next) {
        struct did_key k = { 0 };
        bool ours = false;

        TRY(method_read(a, document, m, &k, &ours));
        if (did_find(out, k.id) != NULL)
            return err_new(a, ERR_INVALID, "did.twice", ARG_STR("key", k.id));
        if (ours)
            keys[out->n++] = k;
    }
    return OK;
}

err did_document_read(struct arena *a, str text, struct did_document *out)
{
    struct did_document made = { 0 };
    struct json *j = NULL;

    if (text.n > DID_DOCUMENT_MAX)
        return err_new(a, ERR_LIMIT, "did.long",
                       ARG_INT("limit", DID_DOCUMENT_MAX));
    TRY(json_parse(a, text, &j));
    made.id = json_get_str(j, S("id"));
    if (!str_begins(made.id, S("did:")))
        return wrong(a, "id");
    TRY(methods_read(a, j, &made));
    *out = made;
    return OK;
}
