/* Keys and certificates for documents. [XK1]-[XK3] */
#include "credential/x509.h"

#include "base/arena.h"
#include "base/id.h"
#include "base/size.h"
#include "base/test.h"

static const str secret = S_INIT("0123456789abcdef0123456789abcdef");

static const struct x509_subject subject = {
    .name = S_INIT("示例认证中心"),
    .number = S_INIT("CNCA-R-2099-000"),
    .from = 1767225600, /* 2026-01-01 */
    .until = 2082758400,
    .serial = { 0xff, 1, 2 },
};

/* RFC 6979, A.2.5: a P-256 private number and its public point. */
TEST(the_public_part_of_a_p256_key_is_that_of_the_rfc)
{
    static const char number[] =
        "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721";
    static const char x[] =
        "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6";
    TEST_ARENA(a, 1 << 20);
    uint8_t key[32];
    uint8_t want[32];
    str der = S("");

    EXPECT(hex_parse(str_of(number), key, 32));
    EXPECT(hex_parse(str_of(x), want, 32));
    EXPECT_OK(x509_public(&a, X509_P256, (str){ (const char *)key, 32 }, &der));
    EXPECT(der.n == 91);
    EXPECT(memcmp(der.p + 27, want, 32) == 0);
}

TEST(what_is_no_key_of_the_kind_is_refused)
{
    static const struct {
        const char *why;
        enum x509_kind kind;
        str secret;
    } rows[] = {
        { "a byte short", X509_P256,
          S_INIT("0123456789abcdef0123456789abcde") },
        { "zero",
          X509_P256,
          { "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            32 } },
        { "beyond the order of the group",
          X509_P256,
          { "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
            "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
            32 } },
        { "no DER", X509_RSA, S_INIT("0123456789abcdef0123456789abcdef") },
        { "nothing", X509_RSA, S_INIT("") },
    };
    TEST_ARENA(a, 1 << 20);

    for (size_t i = 0; i < COUNT(rows); i++) {
        str out = S("untouched");

        EXPECT_ROW_ERR(rows[i].why,
                       x509_public(&a, rows[i].kind, rows[i].secret, &out),
                       ERR_CORRUPT, "x509.key");
        EXPECT_ROW_ERR(rows[i].why,
                       x509_self_signed(&a, rows[i].kind, rows[i].secret,
                                        &subject, &out),
                       ERR_CORRUPT, "x509.key");
        EXPECT_ROW_ERR(rows[i].why,
                       x509_request(&a, rows[i].kind, rows[i].secret, &subject,
                                    &out),
                       ERR_CORRUPT, "x509.key");
        EXPECT_ROW_STR(rows[i].why, out, S("untouched"));
    }
}

TEST(a_key_signs_by_the_certificate_it_made_for_itself)
{
    TEST_ARENA(a, 1 << 20);
    scoped(signer_end) struct signer s = { 0 };
    str pem = S("");

    EXPECT_OK(x509_self_signed(&a, X509_P256, secret, &subject, &pem));
    EXPECT(str_begins(pem, S("-----BEGIN CERTIFICATE-----\n")));
    EXPECT_OK(signer_open(&a, X509_P256, secret, pem, &s));
    EXPECT(s.key != NULL && s.certificate != NULL);
}

TEST(an_rsa_key_is_made_kept_and_signs)
{
    TEST_ARENA(a, 1 << 20);
    scoped(signer_end) struct signer s = { 0 };
    str rsa = S("");
    str pem = S("");

    EXPECT_OK(x509_rsa_make(&a, &rsa));
    EXPECT_OK(x509_self_signed(&a, X509_RSA, rsa, &subject, &pem));
    EXPECT_OK(signer_open(&a, X509_RSA, rsa, pem, &s));
    EXPECT_OK(x509_request(&a, X509_RSA, rsa, &subject, &pem));
    EXPECT(str_begins(pem, S("-----BEGIN CERTIFICATE REQUEST-----\n")));
}

TEST(a_chain_is_certificates_and_begins_with_the_keys_own)
{
    static const str other = S_INIT("another key of thirty-two bytes.");
    TEST_ARENA(a, 1 << 20);
    struct signer s = { 0 };
    str mine = S("");
    str theirs = S("");
    str both;
    char many[X509_CHAIN_MOST + 1][1200];
    size_t n = 0;

    EXPECT_OK(x509_self_signed(&a, X509_P256, secret, &subject, &mine));
    EXPECT_OK(x509_self_signed(&a, X509_P256, other, &subject, &theirs));
    EXPECT_ERR(signer_open(&a, X509_P256, secret, theirs, &s), ERR_INVALID,
               "x509.differs");
    EXPECT_ERR(signer_open(&a, X509_P256, secret, S("hello"), &s), ERR_INVALID,
               "x509.chain");
    EXPECT_ERR(signer_open(&a, X509_P256, secret, S(""), &s), ERR_INVALID,
               "x509.chain");
    EXPECT_ERR(signer_open(&a, X509_P256, S("x"), mine, &s), ERR_CORRUPT,
               "x509.key");
    for (size_t i = 0; i <= X509_CHAIN_MOST; i++, n += mine.n)
        memcpy((char *)many + n, mine.p, mine.n);
    both = (str){ (const char *)many, n };
    EXPECT_ERR(signer_open(&a, X509_P256, secret, both, &s), ERR_INVALID,
               "x509.chain");
    EXPECT(s.key == NULL);
    EXPECT_OK(
        signer_open(&a, X509_P256, secret, str_first(both, n - mine.n), &s));
    signer_end(&s);
    signer_end(&s);
}
