#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "codec/base64.h"
#include "codec/json.h"
#include "credential/credential.h"
#include "verify/did.h"
#include "verify/instant.h"
#include "verify/tree.h"

enum { ID_MAX = 1000 };

static err key_id(struct arena *a, str did, str name, str after, str *out)
{
    struct buf b;

    buf_init(&b, a, ID_MAX);
    buf_str(&b, did);
    buf_char(&b, '#');
    buf_str(&b, name);
    buf_str(&b, after);
    return buf_done(&b, out);
}

/* A moment that there is. */
static void set_moment(struct arena *a, struct json *object, const char *key,
                       int64_t micros)
{
    char text[INSTANT_TEXT];
    str kept = { NULL, 0 };

    if (micros == INT64_MAX)
        return;
    if (arena_str(a, instant_text(micros, text), &kept))
        json_set_str(a, object, key, kept);
    else
        json_set(object, str_of(key), NULL);
}

/* What both forms of a key have. */
static struct json *method(struct arena *a, str did, str id, const char *type,
                           const struct key_facts *k)
{
    struct json *j = json_new_object(a);

    json_set_str(a, j, "id", id);
    json_set_str(a, j, "type", str_of(type));
    json_set_str(a, j, "controller", did);
    set_moment(a, j, "validFrom", k->from);
    set_moment(a, j, "expires", k->until);
    set_moment(a, j, "revoked", k->revoked);
    return j;
}

static err multikey(struct arena *a, str did, const struct key_facts *k,
                    struct json **out)
{
    str id = { NULL, 0 };
    str text = { NULL, 0 };

    TRY(key_id(a, did, k->name, S(""), &id));
    TRY(did_multikey(a, k->public, &text));
    struct json *j = method(a, did, id, "Multikey", k);
    json_set_str(a, j, "publicKeyMultibase", text);
    *out = j;
    return OK;
}

static err web_key(struct arena *a, str did, const struct key_facts *k,
                   struct json **out)
{
    struct json *jwk = json_new_object(a);
    struct buf b;
    str id = { NULL, 0 };
    str x = { NULL, 0 };

    TRY(key_id(a, did, k->name, S("-jwk"), &id));
    buf_init(&b, a, 100);
    base64_encode(&b, BASE64_URL, k->public, sizeof k->public);
    TRY(buf_done(&b, &x));
    json_set_str(a, jwk, "kty", S("OKP"));
    json_set_str(a, jwk, "crv", S("Ed25519"));
    json_set_str(a, jwk, "alg", S("EdDSA"));
    json_set_str(a, jwk, "x", x);
    struct json *j = method(a, did, id, "JsonWebKey", k);
    json_set(j, S("publicKeyJwk"), jwk);
    *out = j;
    return OK;
}

/* A revoked key may sign nothing any more, and what it signed is in doubt. */
static void add_method(struct arena *a, struct json *j,
                       const struct key_facts *k, struct json *methods,
                       struct json *assertions)
{
    json_add(methods, j);
    if (j != NULL && k->revoked == INT64_MAX)
        json_add(assertions, json_new_str(a, json_get_str(j, S("id"))));
}

static struct json *contexts(struct arena *a)
{
    static const str addresses[] = {
        S_INIT("https://www.w3.org/ns/did/v1"),
        S_INIT("https://w3id.org/security/multikey/v1"),
        S_INIT("https://w3id.org/security/jwk/v1"),
    };
    struct json *list = json_new_array(a);

    for (size_t i = 0; i < COUNT(addresses); i++)
        json_add(list, json_new_str(a, addresses[i]));
    return list;
}

static err check_names(struct arena *a, const struct key_facts *keys, size_t n)
{
    if (n > DID_KEYS_MAX / 2)
        return err_new(a, ERR_INVALID, "did.many",
                       ARG_INT("limit", DID_KEYS_MAX / 2));
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (str_eq(keys[i].name, keys[k].name))
                return err_new(a, ERR_INVALID, "did.twice",
                               ARG_STR("key", keys[i].name));
        }
    }
    return OK;
}

err did_document_write(struct arena *a, str did, const struct key_facts *keys,
                       size_t n, str *out)
{
    struct json *methods = json_new_array(a);
    struct json *assertions = json_new_array(a);
    struct json *document = json_new_object(a);

    TRY(check_names(a, keys, n));
    for (size_t i = 0; i < n; i++) {
        struct json *j = NULL;

        TRY(multikey(a, did, &keys[i], &j));
        add_method(a, j, &keys[i], methods, assertions);
        TRY(web_key(a, did, &keys[i], &j));
        add_method(a, j, &keys[i], methods, assertions);
    }
    json_set(document, S("@context"), contexts(a));
    json_set_str(a, document, "id", did);
    json_set(document, S("verificationMethod"), methods);
    json_set(document, S("assertionMethod"), assertions);
    return tree_text(a, document, out);
}
