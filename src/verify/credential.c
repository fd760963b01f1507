/* credential -- one that a stranger brings: read, and checked against what he
 * may ask.  [VC1] is why reading takes the facts out wherever they should be,
 * and only then looks whether that was all. */

#include "verify/credential.h"

#include "base/arena.h"
#include "base/id.h"
#include "codec/base64.h"
#include "codec/json.h"
#include "verify/instant.h"
#include "verify/tree.h"

/* Element `at` of a list; NULL when there is none. */
static const struct json *element(const struct json *list, size_t at)
{
    const struct json *e = NULL;

    if (list != NULL && list->kind == JSON_ARRAY)
        e = list->first;
    for (; e != NULL && at > 0; at--)
        e = e->next;
    return e;
}

static err wrong(struct arena *a, str field)
{
    return err_new(a, ERR_INVALID, "credential.field", ARG_STR("field", field));
}

/* What a moment is the first second of, or the last [VC2]. */
static bool read_day(str text, bool end, day *out)
{
    int64_t micros = 0;

    if (!instant_parse(text, &micros))
        return false;
    day on = day_of_micros(micros);
    if (micros != (end ? instant_day_end(on) : instant_day_begin(on)))
        return false;
    *out = on;
    return true;
}

/* Digits without a leading zero. */
static bool read_index(str text, int64_t *out)
{
    int64_t n = 0;

    if (text.n == 0 || text.n > 18 || (text.n > 1 && text.p[0] == '0'))
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        n = 10 * n + (text.p[i] - '0');
    }
    *out = n;
    return true;
}

static err read_digest(struct arena *a, str text, struct hash *out, bool *valid)
{
    static const str sri = S_INIT("sha256-");
    str bytes = { NULL, 0 };

    *valid = false;
    if (!str_begins(text, sri))
        return OK;
    TRY(base64_decode(a, BASE64_PADDED, str_from(text, sri.n), &bytes, valid));
    *valid = *valid && bytes.n == sizeof out->b;
    if (*valid)
        memcpy(out->b, bytes.p, sizeof out->b);
    return OK;
}

static void read_assessment(const struct json *j, struct credential_facts *f)
{
    const struct json *level = element(json_get(j, S("assessmentCriteria")), 0);
    const struct json *metric = element(json_get(j, S("declaredValue")), 0);
    const struct json *stars =
        json_get(json_get(metric, S("metricValue")), S("value"));

    f->criterion = json_get_str(json_get(j, S("referenceStandard")), S("name"));
    f->level = json_get_str(level, S("name"));
    if (stars != NULL && stars->kind == JSON_INT && stars->number >= 0 &&
        stars->number <= CREDENTIAL_STARS_MAX)
        f->stars = (int)stars->number;
}

static err read_subject(struct arena *a, const struct json *j,
                        struct credential_facts *f)
{
    const struct json *holder = json_get(j, S("issuedToParty"));
    const struct json *scope = json_get(j, S("scope"));
    const struct json *paper = json_get(j, S("conformityCertificate"));

    f->number = json_get_str(j, S("name"));
    f->covers = json_get_str(j, S("description"));
    f->holder = json_get_str(holder, S("name"));
    f->uscc = json_get_str(holder, S("registeredId"));
    f->scheme = json_get_str(scope, S("name"));
    f->scheme_address = json_get_str(scope, S("id"));
    read_assessment(element(json_get(j, S("assessment")), 0), f);
    f->pdf_address = json_get_str(paper, S("linkURL"));
    if (paper != NULL && !hex_parse(json_get_str(paper, S("hashDigest")),
                                    f->pdf_hash.b, sizeof f->pdf_hash.b))
        return wrong(a, S("credentialSubject.conformityCertificate"));
    return OK;
}

static err read_status(struct arena *a, const struct json *list,
                       struct credential_facts *f)
{
    const struct json *revoked = element(list, 0);

    f->revocations = json_get_str(revoked, S("statusListCredential"));
    f->suspensions = json_get_str(element(list, 1), S("statusListCredential"));
    if (!read_index(json_get_str(revoked, S("statusListIndex")), &f->index))
        return wrong(a, S("credentialStatus[0].statusListIndex"));
    return OK;
}

static err read_facts(struct arena *a, const struct json *j,
                      struct credential_facts *f)
{
    const struct json *issuer = json_get(j, S("issuer"));
    const struct json *related = element(json_get(j, S("relatedResource")), 0);
    bool valid = false;

    f->address = json_get_str(j, S("id"));
    f->title = json_get_str(j, S("name"));
    f->issuer = json_get_str(issuer, S("id"));
    f->body = json_get_str(issuer, S("name"));
    f->approval =
        json_get_str(element(json_get(issuer, S("issuerAlsoKnownAs")), 0),
                     S("registeredId"));
    if (!read_day(json_get_str(j, S("validFrom")), false, &f->from))
        return wrong(a, S("validFrom"));
    if (!read_day(json_get_str(j, S("validUntil")), true, &f->until))
        return wrong(a, S("validUntil"));
    TRY(read_digest(a, json_get_str(related, S("digestSRI")), &f->scheme_hash,
                    &valid));
    if (!valid)
        return wrong(a, S("relatedResource[0].digestSRI"));
    TRY(read_status(a, json_get(j, S("credentialStatus")), f));
    return read_subject(a, json_get(j, S("credentialSubject")), f);
}

err credential_of(struct arena *a, const struct sealed *s,
                  struct credential *out)
{
    struct credential made = { .sealed = *s };
    struct json *want = NULL;
    str place = S("");

    TRY(read_facts(a, made.sealed.document, &made.facts));
    TRY(credential_document(a, &made.facts, &want));
    TRY(tree_differs(a, made.sealed.document, want, &place));
    if (place.n > 0)
        return wrong(a, place);
    *out = made;
    return OK;
}

err credential_read(struct arena *a, str text, struct credential *out)
{
    struct sealed s = { 0 };

    TRY(sealed_read(a, text, &s));
    return credential_of(a, &s, out);
}

err credential_check_signature(struct arena *a, const struct credential *c,
                               const struct did_document *issuer)
{
    return sealed_check(a, &c->sealed, c->facts.issuer, issuer);
}

err credential_check_day(struct arena *a, const struct credential *c, day on)
{
    if (on < c->facts.from)
        return err_new(a, ERR_INVALID, "credential.early",
                       ARG_STR("number", c->facts.number),
                       ARG_DAY("from", c->facts.from), ARG_DAY("on", on));
    if (on > c->facts.until)
        return err_new(a, ERR_INVALID, "credential.late",
                       ARG_STR("number", c->facts.number),
                       ARG_DAY("until", c->facts.until), ARG_DAY("on", on));
    return OK;
}

err credential_check_scheme(struct arena *a, const struct credential *c,
                            const struct hash *scheme)
{
    if (hash_eq(&c->facts.scheme_hash, scheme))
        return OK;
    return err_new(a, ERR_INVALID, "credential.scheme",
                   ARG_STR("number", c->facts.number),
                   ARG_STR("scheme", c->facts.scheme));
}

err credential_check_paper(struct arena *a, const struct credential *c,
                           const struct hash *pdf)
{
    if (c->facts.pdf_address.n > 0 && hash_eq(&c->facts.pdf_hash, pdf))
        return OK;
    return err_new(a, ERR_INVALID, "credential.paper",
                   ARG_STR("number", c->facts.number));
}
