#include "service/records_sign.h"

#include "base/arena.h"
#include "credential/seal.h"
#include "crypto/sign.h"
#include "domain/keys.h"
#include "service/credential_parts.h"
#include "sys/clock.h"
#include "verify/did.h"
#include "verify/sealed.h"

err records_own_issuer(const struct app *app, struct arena *a, str *out)
{
    str base;

    if (app_key(app, KEY_CREDENTIAL) == NULL)
        return err_new(a, ERR_REFUSED, "credential.no_key");
    TRY(credential_base(app, a, &base));
    return did_web_of(a, base, out);
}

err records_issuer(const struct app *app, struct arena *a,
                   const struct session *who, str *out)
{
    const unsigned roles = ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_REVIEWER) |
                           ROLE_BIT(ROLE_CERTIFICATES);

    if ((who->actor.roles & roles) == 0)
        return err_new(
            a, ERR_DENIED, "records.signs",
            ARG_IDS("roles",
                    S("role.auditor|role.reviewer|role.certificates")));
    return records_own_issuer(app, a, out);
}

/* Who is told that a buffer is full would not know which. */
static err too_long(struct arena *a, err e)
{
    if (!err_is(e, ERR_LIMIT))
        return e;
    return err_new(a, ERR_LIMIT, "records.sheet_long",
                   ARG_INT("most", SEALED_MAX));
}

err records_sign(struct app *app, struct arena *a, const struct json *sheet,
                 str *out)
{
    const struct app_key *key = app_key(app, KEY_CREDENTIAL);
    scoped(sign_key_end) struct sign_key pair = { 0 };
    struct clock *clock = app_world_of(app)->clock;
    struct seal by = { .key = &pair, .at = clock->now(clock) };
    struct seal_draft draft;
    str base;

    TRY(credential_base(app, a, &base));
    TRY(did_web_of(a, base, &by.did));
    TRY(credential_key_name(a, key->row, &by.name));
    TRY(too_long(a, seal_draft(a, sheet, &draft)));
    app_key_pair(key, &pair);
    return too_long(a, seal_proof(a, &draft, &by, out));
}
