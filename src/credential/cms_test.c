/* Signatures that stand beside what they sign. [CM1] [CM2]  What other programs
 * make of them: tests/foreign. */
#include "credential/cms.h"

#include "base/arena.h"
#include "base/test.h"
#include "credential/x509.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/x509.h>

static const str secret = S_INIT("0123456789abcdef0123456789abcdef");

static const struct x509_subject subject = {
    .name = S_INIT("示例认证中心"),
    .number = S_INIT("CNCA-R-2099-000"),
    .from = 1767225600,
    .until = 4102444800,
    .serial = { 1 },
};

static void open_signer(struct arena *a, struct signer *s)
{
    str pem = S("");

    EXPECT_OK(x509_self_signed(a, X509_P256, secret, &subject, &pem));
    EXPECT_OK(signer_open(a, X509_P256, secret, pem, s));
}

/* Does OpenSSL find the signature over these bytes good? */
static bool verifies(const struct signer *s, str der, str bytes)
{
    const unsigned char *p = (const unsigned char *)der.p;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)der.n);
    BIO *b = BIO_new_mem_buf(bytes.p, (int)bytes.n);
    X509_STORE *trusted = X509_STORE_new();
    X509_VERIFY_PARAM *rules = X509_STORE_get0_param(trusted);

    X509_STORE_add_cert(trusted, s->certificate);
    X509_VERIFY_PARAM_set_time(rules, 1772323200); /* 2026-03-01 */
    X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_ANY);
    bool good =
        CMS_verify(cms, NULL, trusted, b, NULL, CMS_BINARY | CMS_CADES) == 1;
    X509_STORE_free(trusted);
    BIO_free(b);
    CMS_ContentInfo_free(cms);
    ERR_clear_error();
    return good;
}

/* [CM1] */
TEST(a_signature_is_over_both_parts_and_no_other_bytes)
{
    TEST_ARENA(a, 1 << 20);
    scoped(signer_end) struct signer s = { 0 };
    str der = S("");

    open_signer(&a, &s);
    EXPECT_OK(cms_sign(&a, &s, S("before"), S("after"), &der));
    EXPECT(der.n > 100 && der.n < CMS_BYTES_MAX);
    EXPECT(verifies(&s, der, S("beforeafter")));
    EXPECT(!verifies(&s, der, S("beforeafteR")));
    EXPECT(!verifies(&s, der, S("before")));
    /* An empty part is one. */
    EXPECT_OK(cms_sign(&a, &s, S(""), S("x"), &der));
    EXPECT(verifies(&s, der, S("x")));
}

/* [CM1] */
TEST(a_signature_names_its_certificate_and_no_time)
{
    TEST_ARENA(a, 1 << 20);
    scoped(signer_end) struct signer s = { 0 };
    str der = S("");

    open_signer(&a, &s);
    EXPECT_OK(cms_sign(&a, &s, S("a"), S("b"), &der));
    const unsigned char *p = (const unsigned char *)der.p;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &p, (long)der.n);
    CMS_SignerInfo *si = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
    EXPECT(CMS_signed_get_attr_by_NID(si, NID_pkcs9_signingTime, -1) < 0);
    EXPECT(CMS_signed_get_attr_by_NID(si, NID_id_smime_aa_signingCertificateV2,
                                      -1) >= 0);
    EXPECT(CMS_signed_get_attr_count(si) == 3);
    CMS_ContentInfo_free(cms);
}

/* [CM2]  The answers of a real service: tests/foreign. */
TEST(a_stamp_is_asked_for_the_signature_and_taken_only_when_it_answers)
{
    static const uint8_t nonce[CMS_NONCE_BYTES] = { 1, 2, 3 };
    TEST_ARENA(a, 1 << 20);
    scoped(signer_end) struct signer s = { 0 };
    str der = S("");
    str request = S("");
    str again = S("");
    str out = S("untouched");

    open_signer(&a, &s);
    EXPECT_OK(cms_sign(&a, &s, S("a"), S("b"), &der));
    EXPECT_OK(cms_stamp_request(&a, der, nonce, &request));
    EXPECT_OK(cms_stamp_request(&a, der, nonce, &again));
    EXPECT_STR(again, request);
    EXPECT(request.n > 50 && request.n < 100);
    EXPECT_ERR(cms_stamp_request(&a, S("no DER"), nonce, &out), ERR_CORRUPT,
               "cms.form");
    EXPECT_ERR(cms_stamp_add(&a, der, request, S("hello"), &out), ERR_REFUSED,
               "cms.stamp");
    EXPECT_ERR(cms_stamp_add(&a, der, request, request, &out), ERR_REFUSED,
               "cms.stamp");
    EXPECT_ERR(cms_stamp_add(&a, S("x"), request, S("x"), &out), ERR_CORRUPT,
               "cms.form");
    EXPECT_ERR(cms_stamp_add(&a, der, S("x"), S("x"), &out), ERR_CORRUPT,
               "cms.form");
    EXPECT_STR(out, S("untouched"));
}
