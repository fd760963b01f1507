#include "codec/json.h"
#include "credential/credential.h"
#include "verify/tree.h"

err credential_write(struct arena *a, const struct credential_facts *facts,
                     const struct seal *by, struct credential_written *out)
{
    struct credential_written made = { 0 };
    struct json *document = NULL;

    if (!str_eq(facts->issuer, by->did))
        return err_new(a, ERR_INVALID, "credential.text",
                       ARG_STR("field", S("issuer")));
    TRY(credential_document(a, facts, &document));
    TRY(tree_hash(a, document, &made.digest));
    TRY(seal_proof(a, document, &made.digest, by, &made.json));
    TRY(seal_jwt(a, document, by, &made.jwt));
    *out = made;
    return OK;
}
