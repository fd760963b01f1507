/* cms -- taken apart attribute by attribute, because CMS_verify() answers only
 * yes or no, and would have a store of certificates. */

#include "verify/cms.h"

#include "base/arena.h"
#include "base/day.h"
#include "codec/utf8.h"
#include "crypto/ends.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/* An attribute that stands there once, with one value. */
enum { ONLY_ONE = -3 };
enum { DIGEST_MAX = EVP_MAX_MD_SIZE, NAME_MAX_BYTES = 2000 };
enum { SECONDS_A_DAY = 86400 };

/* --- ends ------------------------------------------------------------- */

static void end_certificates(STACK_OF(X509) * *s)
{
    sk_X509_pop_free(*s, X509_free);
}

static void end_chain(STACK_OF(X509) * *s)
{
    sk_X509_free(*s); /* its certificate is borrowed */
}

static void end_named(ESS_SIGNING_CERT **e)
{
    ESS_SIGNING_CERT_free(*e);
}

static void end_named_v2(ESS_SIGNING_CERT_V2 **e)
{
    ESS_SIGNING_CERT_V2_free(*e);
}

static void end_stamp(TS_TST_INFO **t)
{
    TS_TST_INFO_free(*t);
}

/* A signature that is being looked at. */
struct looking {
    struct arena *a;
    CMS_ContentInfo *cms;
    CMS_SignerInfo *signer;
    X509 *certificate; /* borrowed from what `cms` holds */
};

static err wrong(struct arena *a, const char *id)
{
    ERR_clear_error();
    return err_new(a, ERR_INVALID, id);
}

/* --- taking it apart -------------------------------------------------- */

/* [CC3] */
static bool only_zeros(str rest)
{
    for (size_t i = 0; i < rest.n; i++) {
        if (rest.p[i] != 0)
            return false;
    }
    return true;
}

static err read_content(struct arena *a, str der, CMS_ContentInfo **out)
{
    const unsigned char *p = (const unsigned char *)der.p;

    if (der.n > CMS_CHECK_MAX)
        return err_new(a, ERR_LIMIT, "verify.cms_long",
                       ARG_INT("limit", CMS_CHECK_MAX));
    if (der.n == 0)
        return wrong(a, "verify.cms_form");
    *out = d2i_CMS_ContentInfo(NULL, &p, (long)der.n);
    if (*out == NULL ||
        !only_zeros(str_from(der, (size_t)((const char *)p - der.p))) ||
        OBJ_obj2nid(CMS_get0_type(*out)) != NID_pkcs7_signed)
        return wrong(a, "verify.cms_form");
    return OK;
}

/* [CC1] The one signer, and his certificate among those that are there. */
static err find_signer(struct looking *l, STACK_OF(X509) * all)
{
    STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(l->cms);

    if (sk_CMS_SignerInfo_num(signers) != 1)
        return wrong(l->a, "verify.cms_form");
    l->signer = sk_CMS_SignerInfo_value(signers, 0);
    for (int i = 0; i < sk_X509_num(all) && l->certificate == NULL; i++) {
        if (CMS_SignerInfo_cert_cmp(l->signer, sk_X509_value(all, i)) == 0)
            l->certificate = sk_X509_value(all, i);
    }
    return l->certificate == NULL ? wrong(l->a, "verify.cms_certificate") : OK;
}

static ASN1_STRING *attribute(const struct looking *l, int nid, int type)
{
    return CMS_signed_get0_data_by_OBJ(l->signer, OBJ_nid2obj(nid), ONLY_ONE,
                                       type);
}

/* --- what was signed -------------------------------------------------- */

/* [CC2] */
static const EVP_MD *digest_of(int nid)
{
    switch (nid) {
    case NID_sha256: return EVP_sha256();
    case NID_sha384: return EVP_sha384();
    case NID_sha512: return EVP_sha512();
    default: return NULL;
    }
}

static bool digest_parts(const EVP_MD *md, str first, str second,
                         unsigned char out[static DIGEST_MAX], unsigned *n)
{
    scoped(end_digest) EVP_MD_CTX *m = EVP_MD_CTX_new();

    return m != NULL && EVP_DigestInit_ex(m, md, NULL) == 1 &&
           EVP_DigestUpdate(m, first.p, first.n) == 1 &&
           EVP_DigestUpdate(m, second.p, second.n) == 1 &&
           EVP_DigestFinal_ex(m, out, n) == 1;
}

static bool is_digest(const ASN1_STRING *stated, const unsigned char *digest,
                      unsigned n)
{
    return stated != NULL && ASN1_STRING_length(stated) == (int)n &&
           memcmp(ASN1_STRING_get0_data(stated), digest, n) == 0;
}

static err check_digest(const struct looking *l, str first, str second)
{
    X509_ALGOR *algorithm = NULL;
    unsigned char digest[DIGEST_MAX];
    unsigned n = 0;

    CMS_SignerInfo_get0_algs(l->signer, NULL, NULL, &algorithm, NULL);
    const EVP_MD *md = digest_of(OBJ_obj2nid(algorithm->algorithm));
    if (md == NULL)
        return wrong(l->a, "verify.cms_weak");
    TRY_MEMORY(digest_parts(md, first, second, digest, &n));
    if (!is_digest(attribute(l, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING),
                   digest, n))
        return wrong(l->a, "verify.cms_content");
    return OK;
}

/* The attribute contentType says what `nid` is the number of, as the content
 * does (RFC 5652, 11.1). */
static bool is_content(const struct looking *l, int nid)
{
    const ASN1_OBJECT *stated =
        CMS_signed_get0_data_by_OBJ(l->signer,
                                    OBJ_nid2obj(NID_pkcs9_contentType),
                                    ONLY_ONE, V_ASN1_OBJECT);

    return stated != NULL && OBJ_obj2nid(stated) == nid &&
           OBJ_obj2nid(CMS_get0_eContentType(l->cms)) == nid;
}

/* --- who signed it [CC1] ----------------------------------------------- */

static bool names_certificate(const struct looking *l)
{
    const ASN1_STRING *old =
        attribute(l, NID_id_smime_aa_signingCertificate, V_ASN1_SEQUENCE);
    const ASN1_STRING *new =
        attribute(l, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE);
    scoped(end_named) ESS_SIGNING_CERT *named = NULL;
    scoped(end_named_v2) ESS_SIGNING_CERT_V2 *named_v2 = NULL;
    scoped(end_chain) STACK_OF(X509) *chain = sk_X509_new_null();
    const unsigned char *p;

    if (old != NULL) {
        p = ASN1_STRING_get0_data(old);
        named = d2i_ESS_SIGNING_CERT(NULL, &p, ASN1_STRING_length(old));
    }
    if (new != NULL) {
        p = ASN1_STRING_get0_data(new);
        named_v2 = d2i_ESS_SIGNING_CERT_V2(NULL, &p, ASN1_STRING_length(new));
    }
    return chain != NULL && (named != NULL || named_v2 != NULL) &&
           sk_X509_push(chain, l->certificate) > 0 &&
           OSSL_ESS_check_signing_certs(named, named_v2, chain, 1) == 1;
}

static err check_signer(const struct looking *l)
{
    if (!names_certificate(l))
        return wrong(l->a, "verify.cms_certificate");
    CMS_SignerInfo_set1_signer_cert(l->signer, l->certificate);
    if (CMS_SignerInfo_verify(l->signer) != 1)
        return wrong(l->a, "verify.cms_signature");
    return OK;
}

/* Seconds since 1970 of a time in X.509; false for what is none, or too far. */
static bool seconds_of(const ASN1_TIME *t, int64_t *out)
{
    struct tm tm = { 0 };
    day on = 0;

    if (t == NULL || ASN1_TIME_to_tm(t, &tm) != 1)
        return false;
    const struct date date = { tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday };
    if (!day_of_date(date, &on))
        return false;
    *out = (int64_t)on * SECONDS_A_DAY + tm.tm_hour * INT64_C(3600) +
           tm.tm_min * INT64_C(60) + tm.tm_sec;
    return true;
}

static err name_text(struct arena *a, const X509_NAME *name, str *out)
{
    scoped(end_bio) BIO *b = BIO_new(BIO_s_mem());
    char *p = NULL;

    TRY_MEMORY(b);
    if (X509_NAME_print_ex(b, name, 0,
                           XN_FLAG_RFC2253 &
                               ~(unsigned long)ASN1_STRFLGS_ESC_MSB) < 0)
        return wrong(a, "verify.cms_certificate");
    long n = BIO_get_mem_data(b, &p);
    str text = utf8_first((str){ p, (size_t)n }, NAME_MAX_BYTES);
    if (!utf8_is_text(text))
        return wrong(a, "verify.cms_certificate");
    return arena_str(a, text, out) ? OK : err_memory();
}

/* Public, as the log has it. */
static err read_key(struct arena *a, const X509 *x, str *out)
{
    const X509_PUBKEY *key = X509_get_X509_PUBKEY(x);
    int n = i2d_X509_PUBKEY(key, NULL);

    if (n <= 0)
        return wrong(a, "verify.cms_certificate");
    unsigned char *der = arena_zero(a, (size_t)n);
    TRY_MEMORY(der);
    unsigned char *end = der;
    if (i2d_X509_PUBKEY(key, &end) != n)
        return wrong(a, "verify.cms_certificate");
    *out = (str){ (const char *)der, (size_t)n };
    return OK;
}

static err read_party(struct arena *a, const X509 *x, struct cms_party *out)
{
    struct cms_party p = { 0 };
    unsigned n = sizeof p.fingerprint.b;

    if (X509_digest(x, EVP_sha256(), p.fingerprint.b, &n) != 1 ||
        !seconds_of(X509_get0_notBefore(x), &p.from) ||
        !seconds_of(X509_get0_notAfter(x), &p.until))
        return wrong(a, "verify.cms_certificate");
    TRY(read_key(a, x, &p.key));
    TRY(name_text(a, X509_get_subject_name(x), &p.subject));
    TRY(name_text(a, X509_get_issuer_name(x), &p.issuer));
    *out = p;
    return OK;
}

/* The signature of `l->cms` over these bytes, which are what `nid` says. */
static err check_whole(struct looking *l, STACK_OF(X509) * all, int nid,
                       const str parts[static 2], struct cms_party *by)
{
    TRY(find_signer(l, all));
    if (!is_content(l, nid))
        return wrong(l->a, "verify.cms_form");
    TRY(check_digest(l, parts[0], parts[1]));
    TRY(check_signer(l));
    return read_party(l->a, l->certificate, by);
}

/* --- when [CC5] ------------------------------------------------------- */

static str string_of(const ASN1_STRING *s)
{
    return (str){ (const char *)ASN1_STRING_get0_data(s),
                  (size_t)ASN1_STRING_length(s) };
}

/* Is it a stamp of the signature in `stamped`? */
static bool is_stamp_of(TS_TST_INFO *info, CMS_SignerInfo *stamped)
{
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    const X509_ALGOR *algorithm = TS_MSG_IMPRINT_get_algo(imprint);
    const EVP_MD *md = digest_of(OBJ_obj2nid(algorithm->algorithm));
    unsigned char digest[DIGEST_MAX];
    unsigned n = 0;

    return md != NULL &&
           digest_parts(md, string_of(CMS_SignerInfo_get0_signature(stamped)),
                        S(""), digest, &n) &&
           is_digest(TS_MSG_IMPRINT_get_msg(imprint), digest, n);
}

/* Does it say so itself?  OpenSSL gives all bits for one that says nothing. */
static bool is_for_stamps(X509 *x)
{
    uint32_t usage = X509_get_extended_key_usage(x);

    return usage != UINT32_MAX && (usage & XKU_TIMESTAMP) != 0;
}

/* What the stamp in `token` says, if it is one, and who says so. */
static err check_token(struct looking *token, CMS_SignerInfo *stamped,
                       struct cms_seen *out)
{
    scoped(end_certificates) STACK_OF(X509) *all = CMS_get1_certs(token->cms);
    ASN1_OCTET_STRING **content = CMS_get0_content(token->cms);

    if (content == NULL || *content == NULL)
        return wrong(token->a, "verify.cms_form");
    const str parts[2] = { string_of(*content), S("") };
    const unsigned char *p = (const unsigned char *)parts[0].p;
    scoped(end_stamp) TS_TST_INFO *info =
        d2i_TS_TST_INFO(NULL, &p, (long)parts[0].n);
    if (info == NULL || !is_stamp_of(info, stamped) ||
        !seconds_of(TS_TST_INFO_get_time(info), &out->stamped_at))
        return wrong(token->a, "verify.cms_stamp");
    TRY(check_whole(token, all, NID_id_smime_ct_TSTInfo, parts,
                    &out->stamped_by));
    if (!is_for_stamps(token->certificate) ||
        out->stamped_at < out->stamped_by.from ||
        out->stamped_at > out->stamped_by.until)
        return wrong(token->a, "verify.cms_stamp");
    return OK;
}

/* Whatever is wrong inside of a stamp, it is the stamp that is wrong. */
static err read_token(struct arena *a, str der, CMS_SignerInfo *stamped,
                      struct cms_seen *out)
{
    scoped(end_content) CMS_ContentInfo *cms = NULL;
    err e = read_content(a, der, &cms);
    struct looking token = { .a = a, .cms = cms };

    if (!failed(e))
        e = check_token(&token, stamped, out);
    return err_is(e, ERR_INVALID) ? wrong(a, "verify.cms_stamp") : e;
}

static err check_stamp(const struct looking *l, struct cms_seen *seen)
{
    ASN1_OBJECT *kind = OBJ_nid2obj(NID_id_smime_aa_timeStampToken);
    const ASN1_STRING *token;

    if (CMS_unsigned_get_attr_by_OBJ(l->signer, kind, -1) < 0)
        return OK;
    token = CMS_unsigned_get0_data_by_OBJ(l->signer, kind, ONLY_ONE,
                                          V_ASN1_SEQUENCE);
    if (token == NULL)
        return wrong(l->a, "verify.cms_stamp");
    TRY(read_token(l->a, string_of(token), l->signer, seen));
    if (seen->stamped_at < seen->by.from || seen->stamped_at > seen->by.until)
        return err_new(l->a, ERR_INVALID, "verify.cms_late",
                       ARG_STR("subject", seen->by.subject));
    seen->stamped = true;
    return OK;
}

err cms_check(struct arena *a, str der, str first, str second,
              struct cms_seen *out)
{
    scoped(end_content) CMS_ContentInfo *cms = NULL;
    scoped(end_certificates) STACK_OF(X509) *all = NULL;
    const str parts[2] = { first, second };
    struct cms_seen seen = { 0 };
    ASN1_OCTET_STRING **content;

    TRY(read_content(a, der, &cms));
    struct looking l = { .a = a, .cms = cms };
    content = CMS_get0_content(cms);
    if (content != NULL && *content != NULL)
        return wrong(a, "verify.cms_form"); /* it brings along what it signs */
    all = CMS_get1_certs(cms);
    TRY(check_whole(&l, all, NID_pkcs7_data, parts, &seen.by));
    TRY(check_stamp(&l, &seen));
    ERR_clear_error();
    *out = seen;
    return OK;
}
