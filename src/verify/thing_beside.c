/* thing_beside -- what goes along with certificates and is none: a status list,
 * the body's keys, a signature by SM2. [TH7] */

#include "base/arena.h"
#include "codec/json.h"
#include "verify/thing.h"

/* --- which it is ---------------------------------------------------------- */

static bool has_list(const struct json *j, str name)
{
    const struct json *member = json_get(j, name);

    return member != NULL && member->kind == JSON_ARRAY;
}

enum thing_kind thing_document_kind(const struct json *j)
{
    if (status_list_is(j))
        return THING_LIST;
    if (str_begins(json_get_str(j, S("id")), S("did:")) &&
        has_list(j, S("verificationMethod")))
        return THING_KEYS;
    if (holder_proof_is(j))
        return THING_HOLDER;
    if (str_begins(json_get_str(j, S("key")), S("sm2-")) &&
        json_get_str(j, S("signature")).n > 0)
        return THING_SM2;
    return THING_CREDENTIAL;
}

err thing_text_kind(struct arena *a, str text, enum thing_kind *out)
{
    struct json *j = NULL;
    err e = json_parse(a, text, &j);

    if (err_is(e, ERR_MEMORY))
        return e;
    *out = failed(e) ? THING_CREDENTIAL : thing_document_kind(j);
    return OK;
}

/* --- what is said of it --------------------------------------------------- */

static void check_list_alone(struct verify_report *r, const struct thing *t,
                             const struct thing_trust *trust)
{
    const struct status_list *l = &t->list;

    if (trust->keys == NULL) {
        report_open(r, "verify.credential_unsigned", ARG_STR("did", l->issuer));
    } else {
        err e = sealed_check(r->a, &l->sealed, l->issuer, trust->keys);

        report_refuted(r, e);
        if (!failed(e))
            report_proved(r, "verify.list_signed", ARG_STR("did", l->issuer),
                          ARG_DAY("made", day_of_micros(l->made)),
                          ARG_INT("entries", l->n));
    }
    report_open(r, "verify.list_alone");
}

/* What is wrong with its pieces the reader of them says. */
static void check_mirror_alone(struct verify_report *r,
                               const struct thing_trust *trust)
{
    if (trust->policy == NULL)
        report_open(r, "verify.proof_unchecked");
    if (trust->log != NULL)
        thing_say_reach(r, trust->log, trust->on);
}

void thing_check_beside(struct verify_report *r, const struct thing *t,
                        const struct thing_trust *trust)
{
    if (t->kind == THING_HOLDER)
        thing_check_holder(r, t, trust);
    else if (t->kind == THING_MIRROR)
        check_mirror_alone(r, trust);
    else if (t->kind == THING_LIST)
        check_list_alone(r, t, trust);
    else if (t->kind == THING_KEYS)
        report_open(r, "verify.keys_alone");
    else
        report_open(r, "verify.sm2_alone");
}
