/* credential_document -- the JSON that says a certificate's facts. [VC1]
 * Members are set in the order of canonical JSON: so are they in what is
 * signed, and comparing the two finds each where it looks first. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/size.h"
#include "codec/base64.h"
#include "codec/json.h"
#include "codec/utf8.h"
#include "verify/credential.h"
#include "verify/instant.h"

#include <stddef.h>

/* Who keeps these numbers.  They are part of what is signed, so they are not
 * a reader's language but one for all. */
static const str uscc_keeper = S_INIT("https://www.cods.org.cn/");
static const str uscc_name = S_INIT("Unified Social Credit Code, GB 32100");
static const str approval_keeper = S_INIT("https://cx.cnca.cn/");
static const str approval_name = S_INIT("CNCA approval number");
static const str authority =
    S_INIT("Certification and Accreditation Administration of China");
static const str authority_address = S_INIT("https://www.cnca.gov.cn/");

/* --- what the facts must be --------------------------------------------- */

#define TEXT(f, may_be_empty)                                                  \
    {                                                                          \
#f, offsetof(struct credential_facts, f), (may_be_empty)               \
    }

static const struct {
    const char *name;
    size_t at;
    bool may_be_empty;
} texts[] = {
    TEXT(address, false),        TEXT(number, false),
    TEXT(title, false),          TEXT(covers, false),
    TEXT(issuer, false),         TEXT(body, false),
    TEXT(approval, false),       TEXT(holder, false),
    TEXT(uscc, false),           TEXT(scheme, false),
    TEXT(scheme_address, false), TEXT(criterion, false),
    TEXT(level, true),           TEXT(revocations, false),
    TEXT(suspensions, false),    TEXT(pdf_address, true),
};

/* [VC5] */
static err check_texts(struct arena *a, const struct credential_facts *f)
{
    for (size_t i = 0; i < COUNT(texts); i++) {
        str s;

        memcpy(&s, (const char *)f + texts[i].at, sizeof s);
        if ((s.n == 0 && !texts[i].may_be_empty) || s.n > CREDENTIAL_TEXT_MAX ||
            !utf8_is_text(s))
            return err_new(a, ERR_INVALID, "credential.text",
                           ARG_STR("field", str_of(texts[i].name)));
    }
    return OK;
}

static err check_numbers(struct arena *a, const struct credential_facts *f)
{
    const char *field = NULL;

    if (f->stars < 0 || f->stars > CREDENTIAL_STARS_MAX)
        field = "stars";
    if (f->index < 0)
        field = "index";
    if (f->from < DAY_MIN || f->until > DAY_MAX || f->from > f->until)
        field = "until";
    if (field != NULL)
        return err_new(a, ERR_INVALID, "credential.number",
                       ARG_STR("field", str_of(field)));
    return OK;
}

/* --- pieces ------------------------------------------------------------- */

/* ["A", "B"]; b may be empty. */
static struct json *list_of(struct arena *a, str first, str second)
{
    struct json *list = json_new_array(a);

    json_add(list, json_new_str(a, first));
    if (second.n > 0)
        json_add(list, json_new_str(a, second));
    return list;
}

static void set_types(struct arena *a, struct json *object, str first,
                      str second)
{
    json_set(object, S("type"), list_of(a, first, second));
}

/* `address` with a fragment: a name for a part of what stands there. */
static str part_of(struct arena *a, str address, const char *fragment)
{
    struct buf b;
    str out = { NULL, 0 };

    buf_init(&b, a, CREDENTIAL_TEXT_MAX + 100);
    buf_expect(&b, address.n + 1 + strlen(fragment));
    buf_str(&b, address);
    buf_char(&b, '#');
    buf_str(&b, str_of(fragment));
    return failed(buf_done(&b, &out)) ? (str){ NULL, 0 } : out;
}

static void set_part(struct arena *a, struct json *object, str address,
                     const char *fragment)
{
    str id = part_of(a, address, fragment);

    json_set(object, S("id"), id.p == NULL ? NULL : json_new_str(a, id));
}

static void set_instant(struct arena *a, struct json *object, const char *key,
                        int64_t micros)
{
    char text[INSTANT_TEXT];
    str kept = { NULL, 0 };
    bool there = arena_str(a, instant_text(micros, text), &kept);

    json_set(object, str_of(key), there ? json_new_str(a, kept) : NULL);
}

/* Whoever is known by a number in somebody's register. */
struct party {
    const char *part; /* of the certificate, for its id */
    str name;
    str number;
    str keeper; /* of the register */
    str register_name;
};

static struct json *party(struct arena *a, str address, const struct party *p)
{
    struct json *j = json_new_object(a);
    struct json *scheme = json_new_object(a);

    json_set_str(a, scheme, "id", p->keeper);
    json_set_str(a, scheme, "name", p->register_name);
    set_types(a, scheme, S("IdentifierScheme"), S(""));
    set_part(a, j, address, p->part);
    json_set(j, S("idScheme"), scheme);
    json_set_str(a, j, "name", p->name);
    json_set_str(a, j, "registeredId", p->number);
    return j;
}

static struct json *issuer(struct arena *a, const struct credential_facts *f)
{
    const struct party body = { "body", f->body, f->approval, approval_keeper,
                                approval_name };
    struct json *known = json_new_array(a);
    struct json *j = json_new_object(a);

    json_add(known, party(a, f->issuer, &body));
    json_set_str(a, j, "id", f->issuer);
    json_set(j, S("issuerAlsoKnownAs"), known);
    json_set_str(a, j, "name", f->body);
    set_types(a, j, S("CredentialIssuer"), S(""));
    return j;
}

/* That the state approved the body. [条例 9] */
static struct json *authorisation(struct arena *a,
                                  const struct credential_facts *f)
{
    struct json *by = json_new_object(a);
    struct json *j = json_new_object(a);
    struct json *list = json_new_array(a);

    json_set_str(a, by, "id", authority_address);
    json_set_str(a, by, "name", authority);
    set_part(a, j, f->issuer, "approval");
    json_set(j, S("issuingAuthority"), by);
    json_set_str(a, j, "name", f->approval);
    set_types(a, j, S("Endorsement"), S(""));
    json_add(list, j);
    return list;
}

/* A name or id, and what it is. */
static struct json *named(struct arena *a, str type, str id, str name)
{
    struct json *j = json_new_object(a);

    if (id.n > 0)
        json_set_str(a, j, "id", id);
    json_set_str(a, j, "name", name);
    set_types(a, j, type, S(""));
    return j;
}

static void set_level(struct arena *a, struct json *assessment, str level)
{
    struct json *list = json_new_array(a);

    json_add(list, named(a, S("Criterion"), S(""), level));
    json_set(assessment, S("assessmentCriteria"), list);
}

static void set_stars(struct arena *a, struct json *assessment, int stars)
{
    struct json *value = json_new_object(a);
    struct json *metric = json_new_object(a);
    struct json *list = json_new_array(a);

    json_set_str(a, value, "unit", S("star"));
    json_set(value, S("value"), json_new_int(a, stars));
    json_set_str(a, metric, "metricName", S("stars"));
    json_set(metric, S("metricValue"), value);
    json_add(list, metric);
    json_set(assessment, S("declaredValue"), list);
}

static struct json *assessment(struct arena *a,
                               const struct credential_facts *f)
{
    struct json *j = json_new_object(a);
    struct json *list = json_new_array(a);

    if (f->level.n > 0)
        set_level(a, j, f->level);
    json_set(j, S("conformance"), json_new_bool(a, true));
    json_set_str(a, j, "conformityTopic", S("governance.compliance"));
    if (f->stars > 0)
        set_stars(a, j, f->stars);
    set_part(a, j, f->address, "assessment");
    json_set(j, S("referenceStandard"),
             named(a, S("Standard"), S(""), f->criterion));
    set_types(a, j, S("ConformityAssessment"), S("Declaration"));
    json_add(list, j);
    return list;
}

static struct json *paper(struct arena *a, const struct credential_facts *f)
{
    struct json *j = json_new_object(a);
    struct buf hex;
    str digest = { NULL, 0 };

    buf_init(&hex, a, 100);
    buf_hex(&hex, f->pdf_hash.b, sizeof f->pdf_hash.b);
    bool there = !failed(buf_done(&hex, &digest));
    json_set_str(a, j, "encryptionMethod", S("none"));
    json_set(j, S("hashDigest"), there ? json_new_str(a, digest) : NULL);
    json_set_str(a, j, "hashMethod", S("SHA-256"));
    json_set_str(a, j, "linkName", f->title);
    json_set_str(a, j, "linkType", S("application/pdf"));
    json_set_str(a, j, "linkURL", f->pdf_address);
    set_types(a, j, S("SecureLink"), S("Link"));
    return j;
}

static struct json *subject(struct arena *a, const struct credential_facts *f)
{
    const struct party holder = { "holder", f->holder, f->uscc, uscc_keeper,
                                  uscc_name };
    struct json *j = json_new_object(a);

    json_set(j, S("assessment"), assessment(a, f));
    json_set_str(a, j, "assessmentLevel", S("GovtApproval"));
    json_set_str(a, j, "assessorLevel", S("3rdParty"));
    json_set_str(a, j, "attestationType", S("certification"));
    json_set(j, S("authorisation"), authorisation(a, f));
    if (f->pdf_address.n > 0)
        json_set(j, S("conformityCertificate"), paper(a, f));
    json_set_str(a, j, "description", f->covers);
    set_part(a, j, f->address, "attestation");
    json_set(j, S("issuedToParty"), party(a, f->address, &holder));
    json_set_str(a, j, "name", f->number);
    json_set(j, S("scope"),
             named(a, S("ConformityAssessmentScheme"), f->scheme_address,
                   f->scheme));
    set_types(a, j, S("ConformityAttestation"), S("Attestation"));
    return j;
}

/* [VC4] */
static struct json *status(struct arena *a, str list, str purpose,
                           int64_t index)
{
    struct json *j = json_new_object(a);
    struct buf b;
    str number = { NULL, 0 };

    buf_init(&b, a, 30);
    buf_int(&b, index);
    if (failed(buf_done(&b, &number)))
        return NULL;
    set_part(a, j, list, number.p);
    json_set_str(a, j, "statusListCredential", list);
    json_set_str(a, j, "statusListIndex", number);
    json_set_str(a, j, "statusPurpose", purpose);
    json_set_str(a, j, "type", S("BitstringStatusListEntry"));
    return j;
}

static struct json *statuses(struct arena *a, const struct credential_facts *f)
{
    struct json *list = json_new_array(a);

    json_add(list, status(a, f->revocations, S("revocation"), f->index));
    json_add(list, status(a, f->suspensions, S("suspension"), f->index));
    return list;
}

/* [VC3] */
static struct json *related(struct arena *a, const struct credential_facts *f)
{
    struct json *j = json_new_object(a);
    struct json *list = json_new_array(a);
    struct buf b;
    str digest = { NULL, 0 };

    buf_init(&b, a, 100);
    buf_str(&b, S("sha256-"));
    base64_encode(&b, BASE64_PADDED, f->scheme_hash.b, sizeof f->scheme_hash.b);
    bool there = !failed(buf_done(&b, &digest));
    json_set(j, S("digestSRI"), there ? json_new_str(a, digest) : NULL);
    json_set_str(a, j, "id", f->scheme_address);
    json_add(list, j);
    return list;
}

err credential_document(struct arena *a, const struct credential_facts *f,
                        struct json **out)
{
    TRY(check_texts(a, f));
    TRY(check_numbers(a, f));

    struct json *j = json_new_object(a);
    json_set(j, S("@context"),
             list_of(a, S("https://www.w3.org/ns/credentials/v2"),
                     S("https://test.uncefact.org/vocabulary/untp/dcc/"
                       "0.6.0/")));
    json_set(j, S("credentialStatus"), statuses(a, f));
    json_set(j, S("credentialSubject"), subject(a, f));
    json_set_str(a, j, "id", f->address);
    json_set(j, S("issuer"), issuer(a, f));
    json_set_str(a, j, "name", f->title);
    json_set(j, S("relatedResource"), related(a, f));
    set_types(a, j, S("DigitalConformityCredential"),
              S("VerifiableCredential"));
    set_instant(a, j, "validFrom", instant_day_begin(f->from));
    set_instant(a, j, "validUntil", instant_day_end(f->until));
    TRY_MEMORY(j != NULL && !j->broken);
    *out = j;
    return OK;
}
