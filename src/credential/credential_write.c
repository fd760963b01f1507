#include "codec/json.h"
#include "credential/credential.h"

err credential_draft(struct arena *a, const struct credential_facts *facts,
                     struct seal_draft *out)
{
    struct json *document = NULL;

    TRY(credential_document(a, facts, &document));
    return seal_draft(a, document, out);
}

err credential_seal(struct arena *a, const struct seal_draft *draft,
                    const struct seal *by, struct credential_written *out)
{
    struct credential_written made = { .digest = draft->digest };

    TRY(seal_proof(a, draft, by, &made.json));
    TRY(seal_jwt(a, draft, by, &made.jwt));
    *out = made;
    return OK;
}

err credential_write(struct arena *a, const struct credential_facts *facts,
                     const struct seal *by, struct credential_written *out)
{
    struct seal_draft draft = { 0 };

    if (!str_eq(facts->issuer, by->did))
        return err_new(a, ERR_INVALID, "credential.text",
                       ARG_STR("field", S("issuer")));
    TRY(credential_draft(a, facts, &draft));
    return credential_seal(a, &draft, by, out);
}
