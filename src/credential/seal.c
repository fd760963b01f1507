#include "credential/seal.h"

#include "base/arena.h"
#include "base/buf.h"
#include "codec/base58.h"
#include "codec/base64.h"
#include "codec/json.h"
#include "crypto/hash.h"
#include "crypto/sign.h"
#include "verify/data_integrity.h"
#include "verify/instant.h"
#include "verify/jws.h"
#include "verify/tree.h"

#include <stdio.h>

enum { ID_MAX = 1000, MOMENT_MAX = 24 };

err seal_draft(struct arena *a, const struct json *document,
               struct seal_draft *out)
{
    struct seal_draft made;

    TRY(tree_text(a, document, &made.text));
    sha256(made.text.p, made.text.n, made.digest.b);
    *out = made;
    return OK;
}

/* "did:web:..#credential-1", and what follows. */
static err method_id(struct arena *a, const struct seal *by, str after,
                     str *out)
{
    struct buf b;

    buf_init(&b, a, ID_MAX);
    buf_str(&b, by->did);
    buf_char(&b, '#');
    buf_str(&b, by->name);
    buf_str(&b, after);
    return buf_done(&b, out);
}

/* --- a proof inside ----------------------------------------------------- */

/* The proof, but for its value. */
static err proof_options(struct arena *a, const struct seal_draft *document,
                         const struct seal *by, struct json **out)
{
    str context = tree_text_of(document->text, S("@context"));
    struct json *read = NULL;
    char moment[INSTANT_TEXT];
    str created = { NULL, 0 };
    str id = { NULL, 0 };
    struct json *j = json_new_object(a);

    TRY_MEMORY(arena_str(a, instant_text(by->at, moment), &created));
    TRY(method_id(a, by, S(""), &id));
    json_set_str(a, j, "type", S("DataIntegrityProof"));
    json_set_str(a, j, "cryptosuite", S("eddsa-jcs-2022"));
    json_set_str(a, j, "created", created);
    json_set_str(a, j, "verificationMethod", id);
    json_set_str(a, j, "proofPurpose", S("assertionMethod"));
    if (context.n > 0) {
        TRY(json_parse(a, context, &read));
        json_set(j, S("@context"), read);
    }
    TRY_MEMORY(j != NULL && !j->broken);
    *out = j;
    return OK;
}

static err proof_value(struct arena *a, const struct seal_draft *document,
                       const struct json *options, const struct seal *by,
                       str *out)
{
    uint8_t hashes[DATA_INTEGRITY_BYTES];
    uint8_t signature[SIGNATURE_BYTES];
    struct hash proof;
    struct buf b;

    TRY(tree_hash(a, options, &proof));
    data_integrity_hashes(&document->digest, &proof, hashes);
    sign_bytes(by->key, (str){ (const char *)hashes, sizeof hashes },
               signature);
    buf_init(&b, a, ID_MAX);
    buf_char(&b, 'z');
    base58_encode(&b, signature, sizeof signature);
    return buf_done(&b, out);
}

err seal_proof(struct arena *a, const struct seal_draft *document,
               const struct seal *by, str *out)
{
    struct json *options = NULL;
    str value = { NULL, 0 };
    str proof = { NULL, 0 };

    TRY(proof_options(a, document, by, &options));
    TRY(proof_value(a, document, options, by, &value));
    json_set_str(a, options, "proofValue", value);
    TRY_MEMORY(!options->broken);
    TRY(tree_text(a, options, &proof));
    return tree_text_with(a, document->text, S("proof"), proof, out);
}

/* --- a token ------------------------------------------------------------ */

static err token_header(struct arena *a, const struct seal *by, str *out)
{
    struct json *j = json_new_object(a);
    str id = { NULL, 0 };

    TRY(method_id(a, by, S("-jwk"), &id));
    json_set_str(a, j, "alg", S("EdDSA"));
    json_set_str(a, j, "cty", S("vc"));
    json_set_str(a, j, "kid", id);
    json_set_str(a, j, "typ", S("vc+jwt"));
    return tree_text(a, j, out);
}

/* "iat" is in whole seconds. */
static err token_claims(struct arena *a, const struct seal_draft *document,
                        const struct seal *by, str *out)
{
    char moment[MOMENT_MAX];

    (void)snprintf(moment, sizeof moment, "%lld", (long long)by->at / 1000000);
    return tree_text_with(a, document->text, S("iat"), str_of(moment), out);
}

err seal_jwt(struct arena *a, const struct seal_draft *document,
             const struct seal *by, str *out)
{
    uint8_t signature[SIGNATURE_BYTES];
    struct buf b;
    str head = { NULL, 0 };
    str body = { NULL, 0 };

    TRY(token_header(a, by, &head));
    TRY(token_claims(a, document, by, &body));

    buf_init(&b, a, JWS_MAX);
    buf_expect(&b, (head.n + body.n + sizeof signature) / 3 * 4 + 20);
    base64_encode(&b, BASE64_URL, head.p, head.n);
    buf_char(&b, '.');
    base64_encode(&b, BASE64_URL, body.p, body.n);
    sign_bytes(by->key, buf_view(&b), signature);
    buf_char(&b, '.');
    base64_encode(&b, BASE64_URL, signature, sizeof signature);
    return buf_done(&b, out);
}
