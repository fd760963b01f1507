#include "credential/test_paper.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "credential/cms.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

const int64_t test_stamped = INT64_C(1772323200);

static const str secret = S_INIT("0123456789abcdef0123456789abcdef");
static const str stamp_secret = S_INIT("fedcba9876543210fedcba9876543210");

static const struct x509_subject subject = {
    .name = S_INIT("示例认证中心"),
    .number = S_INIT("CNCA-R-2099-000"),
    .from = 1767225600,
    .until = 4102444800,
    .serial = { 1 },
};

void test_signer(struct arena *a, struct signer *out)
{
    str pem = S("");

    EXPECT_OK(x509_self_signed(a, X509_P256, secret, &subject, &pem));
    EXPECT_OK(signer_open(a, X509_P256, secret, pem, out));
}

/* --- stamps ------------------------------------------------------------- */

static void add_extension(X509 *x, int nid, const char *value)
{
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

    EXPECT(e != NULL && X509_add_ext(x, e, -1) == 1);
    X509_EXTENSION_free(e);
}

/* The service's own certificate, for stamps. */
static X509 *service_certificate(EVP_PKEY *key)
{
    X509 *x = X509_new();
    X509_NAME *name = X509_get_subject_name(x);

    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               (const unsigned char *)"Example Time", -1, -1,
                               0);
    X509_set_issuer_name(x, name);
    ASN1_TIME_set(X509_getm_notBefore(x), test_stamped - 1000);
    ASN1_TIME_set(X509_getm_notAfter(x), 4102444800);
    X509_set_pubkey(x, key);
    add_extension(x, NID_ext_key_usage, "critical,timeStamping");
    EXPECT(X509_sign(x, key, EVP_sha256()) > 0);
    return x;
}

static ASN1_INTEGER *a_serial(TS_RESP_CTX *, void *)
{
    ASN1_INTEGER *n = ASN1_INTEGER_new();

    ASN1_INTEGER_set(n, 1);
    return n;
}

static int a_time(TS_RESP_CTX *, void *at, long *sec, long *usec)
{
    *sec = (long)*(const int64_t *)at;
    *usec = 0;
    return 1;
}

static str answer_of(struct arena *a, str request, X509 *x, EVP_PKEY *key,
                     int64_t *at)
{
    TS_RESP_CTX *c = TS_RESP_CTX_new();
    BIO *b = BIO_new_mem_buf(request.p, (int)request.n);
    ASN1_OBJECT *policy = OBJ_txt2obj("1.2.3.4", 1);
    unsigned char *p = NULL;
    str out = S("");

    EXPECT(TS_RESP_CTX_set_signer_cert(c, x) == 1 &&
           TS_RESP_CTX_set_signer_key(c, key) == 1 &&
           TS_RESP_CTX_set_signer_digest(c, EVP_sha256()) == 1 &&
           TS_RESP_CTX_set_ess_cert_id_digest(c, EVP_sha256()) == 1 &&
           TS_RESP_CTX_set_def_policy(c, policy) == 1 &&
           TS_RESP_CTX_add_md(c, EVP_sha256()) == 1);
    TS_RESP_CTX_set_serial_cb(c, a_serial, NULL);
    TS_RESP_CTX_set_time_cb(c, a_time, at);
    TS_RESP *r = TS_RESP_create_response(c, b);
    int n = r == NULL ? 0 : i2d_TS_RESP(r, &p);
    EXPECT(n > 0 && arena_str(a, (str){ (char *)p, (size_t)n }, &out));
    OPENSSL_free(p);
    TS_RESP_free(r);
    ASN1_OBJECT_free(policy);
    BIO_free(b);
    TS_RESP_CTX_free(c);
    return out;
}

str test_stamp(struct arena *a, str der, int64_t at)
{
    static const uint8_t nonce[CMS_NONCE_BYTES] = { 1, 2, 3 };
    scoped(signer_end) struct signer service = { 0 };
    str pem = S("");
    str request = S("");
    str out = S("");

    EXPECT_OK(x509_self_signed(a, X509_P256, stamp_secret, &subject, &pem));
    EXPECT_OK(signer_open(a, X509_P256, stamp_secret, pem, &service));
    EXPECT_OK(cms_stamp_request(a, der, nonce, &request));
    X509 *x = service_certificate(service.key);
    str answer = answer_of(a, request, x, service.key, &at);
    EXPECT_OK(cms_stamp_add(a, der, request, answer, &out));
    X509_free(x);
    ERR_clear_error();
    return out;
}

/* --- the file ----------------------------------------------------------- */

static const char *const one_page[] = {
    "<< /Type /Catalog\n   /Pages 2 0 R\n>>",
    "<< /Type /Pages\n   /Kids [ 3 0 R ]\n   /Count 1\n>>",
    "<< /Type /Page % 4\n   /Parent 2 0 R\n   /MediaBox [ 0 0 10 10 ]\n>>",
};

static str a_file(struct arena *a)
{
    size_t offsets[COUNT(one_page)];
    struct buf b;
    str out = S("");

    buf_init(&b, a, 1 << 16);
    buf_str(&b, S("%PDF-1.5\n%\xB5\xED\xAE\xFB\n"));
    for (size_t i = 0; i < COUNT(one_page); i++) {
        offsets[i] = buf_view(&b).n;
        buf_printf(&b, "%zu 0 obj\n%s\nendobj\n", i + 1, one_page[i]);
    }
    size_t table = buf_view(&b).n;
    buf_printf(&b, "xref\n0 %zu\n0000000000 65535 f \n", COUNT(one_page) + 1);
    for (size_t i = 0; i < COUNT(one_page); i++)
        buf_printf(&b, "%010zu 00000 n \n", offsets[i]);
    buf_printf(&b,
               "trailer\n<< /Size %zu\n   /Root 1 0 R\n>>\nstartxref\n%zu\n"
               "%%%%EOF\n",
               COUNT(one_page) + 1, table);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

str test_paper(struct arena *a, const struct test_paper *p)
{
    scoped(signer_end) struct signer s = { 0 };
    const struct pdf_facts facts = { S("示例认证中心"), S("颁发证书"),
                                     test_stamped * 1000000, p->attachments,
                                     p->n };
    struct pdf_prepared prepared = { 0 };
    str der = S("");
    str out = S("");

    test_signer(a, &s);
    EXPECT_OK(pdf_prepare(a, a_file(a), &facts, &prepared));
    EXPECT_OK(cms_sign(a, &s, prepared.first, prepared.second, &der));
    if (p->stamped)
        der = test_stamp(a, der, test_stamped);
    EXPECT_OK(pdf_seal(a, &prepared, der, &out));
    return out;
}
