/*
 * OpenSSL puts a signing time into every signature, which CAdES allows and the
 * PAdES baseline does not; so it is taken out and what is left is signed again.
 * Signed attributes are a SET: in DER its members stand in the order of their
 * bytes (X.690, 11.6).
 */

#include "credential/cms.h"

#include "base/arena.h"
#include "credential/x509.h"
#include "crypto/ends.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <stdlib.h>

enum { ATTRIBUTES_MAX = 16, STAMP_VERSION = 1 };

/* --- ends ------------------------------------------------------------- */

static void end_query(TS_REQ **r)
{
    TS_REQ_free(*r);
}

static void end_answer(TS_RESP **r)
{
    TS_RESP_free(*r);
}

static void end_check(TS_VERIFY_CTX **c)
{
    TS_VERIFY_CTX_free(*c);
}

/* --- the attributes, signed again [CM1] -------------------------------- */

/* An attribute in DER. */
struct attribute {
    unsigned char *p;
    size_t n;
};

static int order_der(const void *a, const void *b)
{
    const struct attribute *x = a;
    const struct attribute *y = b;
    str left = { (const char *)x->p, x->n };
    str right = { (const char *)y->p, y->n };

    return str_cmp(left, right);
}

static void end_attributes(struct attribute *v, int n)
{
    for (int i = 0; i < n; i++)
        OPENSSL_free(v[i].p);
}

/* Their DER, and how many bytes in all; false when one cannot be written. */
static bool write_attributes(const CMS_SignerInfo *si, struct attribute *v,
                             int n, size_t *total)
{
    for (int i = 0; i < n; i++) {
        int length = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(si, i), &v[i].p);

        if (length <= 0)
            return false;
        v[i].n = (size_t)length;
        *total += v[i].n;
    }
    return true;
}

/* SET OF Attribute, its members in order. */
static err write_set(struct arena *a, const struct attribute *v, int n,
                     size_t total, str *out)
{
    unsigned char *set = arena_zero(a, total + 16);
    unsigned char *at = set;

    TRY_MEMORY(set);
    ASN1_put_object(&at, 1, (int)total, V_ASN1_SET, V_ASN1_UNIVERSAL);
    for (int i = 0; i < n; i++) {
        memcpy(at, v[i].p, v[i].n);
        at += v[i].n;
    }
    *out = (str){ (const char *)set, (size_t)(at - set) };
    return OK;
}

static err signed_set(struct arena *a, const CMS_SignerInfo *si, str *out)
{
    struct attribute v[ATTRIBUTES_MAX] = { 0 };
    int n = CMS_signed_get_attr_count(si);
    size_t total = 0;

    if (n < 0 || n > ATTRIBUTES_MAX)
        return x509_library_err(a);
    if (!write_attributes(si, v, n, &total)) {
        end_attributes(v, n);
        return x509_library_err(a);
    }
    qsort(v, (size_t)n, sizeof *v, order_der);
    err e = write_set(a, v, n, total, out);
    end_attributes(v, n);
    return e;
}

/* Sign the bytes, and put that in the place of the signature there was. */
static err replace_signature(struct arena *a, CMS_SignerInfo *si, EVP_PKEY *key,
                             str bytes)
{
    scoped(end_digest) EVP_MD_CTX *m = EVP_MD_CTX_new();
    const unsigned char *p = (const unsigned char *)bytes.p;
    unsigned char *signature = NULL;
    size_t n = 0;

    if (m == NULL ||
        EVP_DigestSignInit(m, NULL, EVP_sha256(), NULL, key) != 1 ||
        EVP_DigestSign(m, NULL, &n, p, bytes.n) != 1)
        return x509_library_err(a);
    signature = OPENSSL_malloc(n);
    TRY_MEMORY(signature);
    if (EVP_DigestSign(m, signature, &n, p, bytes.n) != 1) {
        OPENSSL_free(signature);
        return x509_library_err(a);
    }
    ASN1_STRING_set0(CMS_SignerInfo_get0_signature(si), signature, (int)n);
    return OK;
}

static err sign_without_time(struct arena *a, CMS_SignerInfo *si, EVP_PKEY *key)
{
    int at = CMS_signed_get_attr_by_NID(si, NID_pkcs9_signingTime, -1);
    str set = S("");

    if (at >= 0)
        X509_ATTRIBUTE_free(CMS_signed_delete_attr(si, at));
    TRY(signed_set(a, si, &set));
    return replace_signature(a, si, key, set);
}

/* --- signing ---------------------------------------------------------- */

static bool digest_parts(CMS_ContentInfo *cms, str first, str second)
{
    BIO *sink = BIO_new(BIO_s_null());
    scoped(end_bio) BIO *b = sink == NULL ? NULL : CMS_dataInit(cms, sink);
    size_t done;

    if (b == NULL) {
        BIO_free(sink);
        return false;
    }
    return BIO_write_ex(b, first.p, first.n, &done) == 1 && done == first.n &&
           BIO_write_ex(b, second.p, second.n, &done) == 1 &&
           done == second.n && CMS_dataFinal(cms, b) == 1;
}

static err too_long(struct arena *a)
{
    return err_new(a, ERR_LIMIT, "cms.long", ARG_INT("limit", CMS_BYTES_MAX));
}

static err write_der(struct arena *a, CMS_ContentInfo *cms, str *der)
{
    scoped(end_der) unsigned char *p = NULL;
    int n = i2d_CMS_ContentInfo(cms, &p);

    if (n <= 0)
        return x509_library_err(a);
    if (n > CMS_BYTES_MAX)
        return too_long(a);
    return arena_str(a, (str){ (char *)p, (size_t)n }, der) ? OK : err_memory();
}

err cms_sign(struct arena *a, const struct signer *s, str first, str second,
             str *der)
{
    const unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL |
                           CMS_NOSMIMECAP | CMS_CADES | CMS_STREAM;
    scoped(end_content) CMS_ContentInfo *cms =
        CMS_sign(NULL, NULL, s->chain, NULL, flags);
    CMS_SignerInfo *si =
        cms == NULL
            ? NULL
            : CMS_add1_signer(cms, s->certificate, s->key, EVP_sha256(), flags);

    if (si == NULL || !digest_parts(cms, first, second))
        return x509_library_err(a);
    TRY(sign_without_time(a, si, s->key));
    return write_der(a, cms, der);
}

/* --- time stamps [CM2] ------------------------------------------------ */

static CMS_ContentInfo *read_content(str der)
{
    const unsigned char *p = (const unsigned char *)der.p;

    return der.n > CMS_BYTES_MAX ? NULL
                                 : d2i_CMS_ContentInfo(NULL, &p, (long)der.n);
}

/* The one signer there is, or NULL. */
static CMS_SignerInfo *signer_in(CMS_ContentInfo *cms)
{
    STACK_OF(CMS_SignerInfo) *all =
        cms == NULL ? NULL : CMS_get0_SignerInfos(cms);

    return sk_CMS_SignerInfo_num(all) == 1 ? sk_CMS_SignerInfo_value(all, 0)
                                           : NULL;
}

static err bad_form(struct arena *a)
{
    ERR_clear_error();
    return err_new(a, ERR_CORRUPT, "cms.form");
}

static bool set_imprint(TS_REQ *q, CMS_SignerInfo *si)
{
    const ASN1_OCTET_STRING *signature = CMS_SignerInfo_get0_signature(si);
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    unsigned char hash[32];
    bool set = imprint != NULL && algorithm != NULL &&
               EVP_Digest(ASN1_STRING_get0_data(signature),
                          (size_t)ASN1_STRING_length(signature), hash, NULL,
                          EVP_sha256(), NULL) == 1 &&
               X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL,
                               NULL) == 1 &&
               TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 &&
               TS_MSG_IMPRINT_set_msg(imprint, hash, sizeof hash) == 1 &&
               TS_REQ_set_msg_imprint(q, imprint) == 1;

    X509_ALGOR_free(algorithm);
    TS_MSG_IMPRINT_free(imprint);
    return set;
}

static bool set_nonce(TS_REQ *q, const uint8_t nonce[static CMS_NONCE_BYTES])
{
    ASN1_INTEGER *n = ASN1_INTEGER_new();
    uint64_t value = 1; /* never zero */

    for (size_t i = 1; i < CMS_NONCE_BYTES; i++)
        value = value << 8 | nonce[i];
    bool set = n != NULL && ASN1_INTEGER_set_uint64(n, value) == 1 &&
               TS_REQ_set_nonce(q, n) == 1;
    ASN1_INTEGER_free(n);
    return set;
}

err cms_stamp_request(struct arena *a, str der,
                      const uint8_t nonce[static CMS_NONCE_BYTES], str *request)
{
    scoped(end_content) CMS_ContentInfo *cms = read_content(der);
    scoped(end_query) TS_REQ *q = TS_REQ_new();
    scoped(end_der) unsigned char *p = NULL;
    CMS_SignerInfo *si = signer_in(cms);

    if (si == NULL)
        return bad_form(a);
    if (q == NULL || TS_REQ_set_version(q, STAMP_VERSION) != 1 ||
        !set_imprint(q, si) || !set_nonce(q, nonce) ||
        TS_REQ_set_cert_req(q, 1) != 1)
        return x509_library_err(a);
    int n = i2d_TS_REQ(q, &p);
    if (n <= 0)
        return x509_library_err(a);
    return arena_str(a, (str){ (char *)p, (size_t)n }, request) ? OK
                                                                : err_memory();
}

static err no_stamp(struct arena *a, const char *why)
{
    ERR_clear_error();
    return err_new(a, ERR_REFUSED, "cms.stamp", ARG_STR("why", str_of(why)));
}

/* Does the answer fit the request: granted, the same imprint, the same nonce?
 */
static bool answers(TS_REQ *q, TS_RESP *r)
{
    scoped(end_check) TS_VERIFY_CTX *c = TS_REQ_to_TS_VERIFY_CTX(q, NULL);

    if (c == NULL)
        return false;
    /* Who signed the stamp is for whoever checks it to say. */
    TS_VERIFY_CTX_set_flags(c, TS_VFY_VERSION | TS_VFY_IMPRINT | TS_VFY_NONCE);
    return TS_RESP_verify_response(c, r) == 1;
}

static err put_token(struct arena *a, CMS_ContentInfo *cms, CMS_SignerInfo *si,
                     TS_RESP *r, str *out)
{
    scoped(end_der) unsigned char *p = NULL;
    int n = i2d_PKCS7(TS_RESP_get_token(r), &p);

    if (n <= 0 ||
        CMS_unsigned_add1_attr_by_NID(si, NID_id_smime_aa_timeStampToken,
                                      V_ASN1_SEQUENCE, p, n) != 1)
        return x509_library_err(a);
    return write_der(a, cms, out);
}

err cms_stamp_add(struct arena *a, str der, str request, str answer, str *out)
{
    const unsigned char *asked = (const unsigned char *)request.p;
    const unsigned char *given = (const unsigned char *)answer.p;
    scoped(end_content) CMS_ContentInfo *cms = read_content(der);
    scoped(end_query) TS_REQ *q = d2i_TS_REQ(NULL, &asked, (long)request.n);
    scoped(end_answer) TS_RESP *r =
        answer.n > CMS_BYTES_MAX ? NULL
                                 : d2i_TS_RESP(NULL, &given, (long)answer.n);
    CMS_SignerInfo *si = signer_in(cms);

    if (si == NULL || q == NULL)
        return bad_form(a);
    if (r == NULL)
        return no_stamp(a, "no answer of RFC 3161");
    if (!answers(q, r))
        return no_stamp(a, "refused, or the stamp of something else");
    return put_token(a, cms, si, r, out);
}
