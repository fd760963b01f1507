/* Keys and certificates for documents. [XK1]-[XK4] */
#include "credential/x509.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/id.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/base64.h"
#include "crypto/hash.h"
#include "scheme/test_files.h"

#include <stdio.h>

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

/* --- keys made elsewhere [XK4] ---------------------------------------- */

static str read_pem(struct arena *a, const char *name)
{
    char path[60];

    (void)snprintf(path, sizeof path, "tests/golden/keys/%s.pem", name);
    return test_file(a, path);
}

TEST(a_key_made_elsewhere_is_taken_when_readers_of_documents_know_its_kind)
{
    static const struct {
        const char *file;
        const char *why;
        str passphrase;
        enum x509_kind kind;
        enum err_code code;
        const char *id; /* NULL: taken */
    } rows[] = {
        { "p256", "PKCS #8", S_INIT(""), X509_P256, ERR_INVALID, NULL },
        { "p256", "open, and a passphrase", S_INIT("x"), X509_P256, ERR_INVALID,
          NULL },
        { "p256-older", "as it was written before PKCS #8", S_INIT(""),
          X509_P256, ERR_INVALID, NULL },
        { "p256-locked", "locked", S_INIT("three"), X509_P256, ERR_INVALID,
          NULL },
        { "p256-locked", "another passphrase", S_INIT("four"), X509_P256,
          ERR_DENIED, "x509.passphrase" },
        { "p256-locked", "no passphrase", S_INIT(""), X509_P256, ERR_DENIED,
          "x509.passphrase" },
        { "p384", "another curve", S_INIT(""), X509_P256, ERR_INVALID,
          "x509.no_key" },
        { "ed25519", "which no reader knows", S_INIT(""), X509_P256,
          ERR_INVALID, "x509.no_key" },
        { "rsa2047", "a bit short", S_INIT(""), X509_RSA, ERR_INVALID,
          "x509.no_key" },
        { "rsa2048", "just long enough", S_INIT(""), X509_RSA, ERR_INVALID,
          NULL },
        { "rsa4096", "the longest", S_INIT(""), X509_RSA, ERR_INVALID, NULL },
        { "rsa4098", "longer", S_INIT(""), X509_RSA, ERR_INVALID,
          "x509.no_key" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 8 << 20);
        enum x509_kind kind = X509_P256;
        str taken = S("");
        str der = S("");
        err e = x509_import(&a, read_pem(&a, rows[i].file), rows[i].passphrase,
                            &kind, &taken);

        if (rows[i].id != NULL) {
            EXPECT_ROW_ERR(rows[i].why, e, rows[i].code, rows[i].id);
            continue;
        }
        EXPECT_ROW_OK(rows[i].why, e);
        EXPECT_ROW(rows[i].why, kind == rows[i].kind);
        EXPECT_ROW_OK(rows[i].why, x509_public(&a, kind, taken, &der));
    }
}

TEST(a_key_is_the_same_in_whatever_form_it_came)
{
    static const char *const forms[] = { "p256", "p256-older", "p256-locked" };
    static const str want = S_INIT("\x05\x9e\xa8\x0f\xb9\x95\x56\x26\xe3\xd7"
                                   "\x7b\x11\x70\xc7\xea\x4b\x4c\xdf\x2f\xe7"
                                   "\x35\x3c\x5e\x5d\x38\x75\x87\xf7\x6f\xa6"
                                   "\xa9\x2e");
    TEST_ARENA(a, 8 << 20);

    for (size_t i = 0; i < COUNT(forms); i++) {
        enum x509_kind kind = X509_RSA;
        str taken = S("");

        EXPECT_ROW_OK(forms[i], x509_import(&a, read_pem(&a, forms[i]),
                                            S("three"), &kind, &taken));
        EXPECT_ROW_STR(forms[i], taken, want);
    }
}

TEST(a_text_without_a_key_is_refused)
{
    TEST_ARENA(a, 8 << 20);
    enum x509_kind kind = X509_P256;
    str taken = S("untouched");
    str pem = S("");
    char *long_text = arena_zero(&a, X509_TEXT_MAX + 1);

    EXPECT(long_text != NULL);
    EXPECT_OK(x509_self_signed(&a, X509_P256, secret, &subject, &pem));
    EXPECT_ERR(x509_import(&a, pem, S(""), &kind, &taken), ERR_INVALID,
               "x509.no_key");
    EXPECT_ERR(x509_import(&a, S(""), S(""), &kind, &taken), ERR_INVALID,
               "x509.no_key");
    EXPECT_ERR(x509_import(&a, (str){ long_text, X509_TEXT_MAX + 1 }, S(""),
                           &kind, &taken),
               ERR_INVALID, "x509.no_key");
    EXPECT_STR(taken, S("untouched"));
}

/* [XK1] SEQUENCE of version 0, algorithm rsaEncryption, OCTET STRING. */
TEST(an_rsa_key_is_kept_as_pkcs8)
{
    static const str algorithm =
        S_INIT("\x02\x01\x00\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01"
               "\x01\x05\x00\x04");
    TEST_ARENA(a, 8 << 20);
    enum x509_kind kind = X509_P256;
    str taken = S("");
    str made = S("");

    EXPECT_OK(x509_rsa_make(&a, &made));
    EXPECT(str_begins(str_from(made, 4), algorithm));
    EXPECT_OK(x509_import(&a, read_pem(&a, "rsa2048"), S(""), &kind, &taken));
    EXPECT(str_begins(str_from(taken, 4), algorithm));
}

/* SHA-256 of what stands between the lines of the PEM. */
TEST(a_fingerprint_is_the_hash_of_the_certificate)
{
    TEST_ARENA(a, 8 << 20);
    scoped(signer_end) struct signer s = { 0 };
    struct hash got = { 0 };
    struct hash want = { 0 };
    struct buf b;
    bool valid = false;
    str text = S("");
    str pem = S("");
    str der = S("");

    EXPECT_OK(x509_self_signed(&a, X509_P256, secret, &subject, &pem));
    EXPECT_OK(signer_open(&a, X509_P256, secret, pem, &s));
    EXPECT_OK(x509_fingerprint(&a, &s, &got));
    pem = str_from(pem, strlen("-----BEGIN CERTIFICATE-----\n"));
    pem = str_first(pem, str_find(pem, S("-----END")));
    buf_init(&b, &a, pem.n);
    for (size_t i = 0; i < pem.n; i++) {
        if (pem.p[i] != '\n')
            buf_char(&b, pem.p[i]);
    }
    EXPECT_OK(buf_done(&b, &text));
    EXPECT_OK(base64_decode(&a, BASE64_PADDED, text, &der, &valid));
    EXPECT(valid);
    sha256(der.p, der.n, want.b);
    EXPECT(hash_eq(&got, &want));
}
