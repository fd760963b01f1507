#include "verify/data_integrity.h"

#include "base/arena.h"
#include "base/size.h"
#include "codec/base58.h"
#include "codec/json.h"
#include "verify/instant.h"
#include "verify/tree.h"

void data_integrity_hashes(const struct hash *document,
                           const struct hash *options,
                           uint8_t out[static DATA_INTEGRITY_BYTES])
{
    memcpy(out, options->b, sizeof options->b);
    memcpy(out + sizeof options->b, document->b, sizeof document->b);
}

static err wrong(struct arena *a, str field)
{
    return err_new(a, ERR_INVALID, "proof.field", ARG_STR("field", field));
}

/* What a proof of ours consists of; `text` is what must stand there. */
static const struct {
    str name;
    str text;
} members[] = {
    { S_INIT("type"), S_INIT("DataIntegrityProof") },
    { S_INIT("cryptosuite"), S_INIT("eddsa-jcs-2022") },
    { S_INIT("proofPurpose"), S_INIT("assertionMethod") },
    { S_INIT("verificationMethod"), { NULL, 0 } },
    { S_INIT("created"), { NULL, 0 } },
    { S_INIT("proofValue"), { NULL, 0 } },
};

static bool is_member(str name)
{
    for (size_t i = 0; i < COUNT(members); i++) {
        if (str_eq(members[i].name, name))
            return true;
    }
    return str_eq(name, S("@context"));
}

/* [PR3] */
static err check_members(struct arena *a, const struct json *proof)
{
    for (const struct json *m = proof->first; m != NULL; m = m->next) {
        if (!is_member(m->key))
            return err_new(a, ERR_INVALID, "proof.member",
                           ARG_STR("field", m->key));
    }
    for (size_t i = 0; i < COUNT(members); i++) {
        str text = json_get_str(proof, members[i].name);

        if (text.n == 0 ||
            (members[i].text.n > 0 && !str_eq(text, members[i].text)))
            return wrong(a, members[i].name);
    }
    return OK;
}

static err read_signature(struct arena *a, str value,
                          uint8_t out[static SIGNATURE_BYTES])
{
    str bytes = { NULL, 0 };
    bool valid = false;

    if (str_begins(value, S("z")))
        TRY(base58_decode(a, str_from(value, 1), &bytes, &valid));
    if (!valid || bytes.n != SIGNATURE_BYTES)
        return wrong(a, S("proofValue"));
    memcpy(out, bytes.p, SIGNATURE_BYTES);
    return OK;
}

/* Does `context` begin with everything in `first`?  Both may be one value, or
 * a list. */
static err begins_with(struct arena *a, const struct json *context,
                       const struct json *first, bool *out)
{
    str place = S("");

    *out = false;
    if (context == NULL)
        return OK;
    if (context->kind != JSON_ARRAY || first->kind != JSON_ARRAY) {
        TRY(tree_differs(a, context, first, &place));
        *out = place.n == 0;
        return OK;
    }
    const struct json *c = context->first;
    for (const struct json *f = first->first; f != NULL; f = f->next) {
        if (c == NULL)
            return OK;
        TRY(tree_differs(a, c, f, &place));
        if (place.n > 0)
            return OK;
        c = c->next;
    }
    *out = true;
    return OK;
}

/* [PR2] The document without its proof, with the proof's context; and its
 * hash. */
static err bare_document(struct arena *a, const struct json *signed_document,
                         const struct json *proof, struct json **out,
                         struct hash *hash)
{
    const struct json *context = json_get(proof, S("@context"));
    const struct json *own = json_get(signed_document, S("@context"));
    struct json *made = NULL;
    bool same = false;

    TRY(tree_without(a, signed_document, S("proof"), &made));
    if (context != NULL) {
        TRY(begins_with(a, own, context, &same));
        if (!same)
            return err_new(a, ERR_INVALID, "proof.context");
    }
    if (context == NULL || own->count == context->count) {
        *out = made; /* it does not go on after the proof's */
        return tree_hash_without(a, signed_document, S("proof"), hash);
    }
    TRY(tree_without(a, made, S("@context"), &made));
    TRY_MEMORY(json_set(made, S("@context"), tree_share(a, context)));
    *out = made;
    return tree_hash(a, made, hash);
}

err data_integrity_read(struct arena *a, const struct json *document,
                        struct data_integrity *out)
{
    const struct json *proof = json_get(document, S("proof"));
    struct data_integrity made = { 0 };
    struct hash digest;
    struct hash options;

    if (proof == NULL || proof->kind != JSON_OBJECT)
        return err_new(a, ERR_INVALID, "proof.none");
    TRY(check_members(a, proof));
    if (!instant_parse(json_get_str(proof, S("created")), &made.created))
        return wrong(a, S("created"));
    TRY(read_signature(a, json_get_str(proof, S("proofValue")),
                       made.signature));
    TRY(bare_document(a, document, proof, &made.document, &digest));
    TRY(tree_hash_without(a, proof, S("proofValue"), &options));
    data_integrity_hashes(&digest, &options, made.hashes);
    made.method = json_get_str(proof, S("verificationMethod"));
    *out = made;
    return OK;
}

struct hash data_integrity_digest(str hashes)
{
    struct hash out;

    memcpy(out.b, hashes.p + sizeof out.b, sizeof out.b);
    return out;
}

bool data_integrity_holds(const struct data_integrity *d,
                          const uint8_t public[static SIGN_PUBLIC_BYTES])
{
    str message = { (const char *)d->hashes, sizeof d->hashes };

    return sign_verify(public, message, d->signature);
}
