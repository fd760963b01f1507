#include "credential/x509.h"

#include "base/arena.h"
#include "base/check.h"
#include "crypto/ends.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#define P256 "prime256v1"

enum { WHY_MAX = 256, POINT_BYTES = 65 };

/* --- ends ------------------------------------------------------------- */

static void end_number(BIGNUM **n)
{
    BN_clear_free(*n);
}

static void end_group(EC_GROUP **g)
{
    EC_GROUP_free(*g);
}

static void end_point(EC_POINT **p)
{
    EC_POINT_free(*p);
}

static void end_build(OSSL_PARAM_BLD **b)
{
    OSSL_PARAM_BLD_free(*b);
}

static void end_params(OSSL_PARAM **p)
{
    OSSL_PARAM_free(*p);
}

static void end_certificate(X509 **x)
{
    X509_free(*x);
}

static void end_request(X509_REQ **r)
{
    X509_REQ_free(*r);
}

static void end_pkcs8(PKCS8_PRIV_KEY_INFO **p)
{
    PKCS8_PRIV_KEY_INFO_free(*p);
}

/* --- what OpenSSL says ------------------------------------------------ */

err x509_library_err(struct arena *a)
{
    char why[WHY_MAX];

    ERR_error_string_n(ERR_get_error(), why, sizeof why);
    ERR_clear_error();
    return err_new(a, ERR_IO, "x509.library", ARG_STR("why", str_of(why)));
}

static err bad_key(struct arena *a)
{
    ERR_clear_error();
    return err_new(a, ERR_CORRUPT, "x509.key");
}

/* What was written into a BIO, in the arena. */
static err bio_text(struct arena *a, BIO *b, str *out)
{
    char *p = NULL;
    long n = BIO_get_mem_data(b, &p);

    return arena_str(a, (str){ p, (size_t)n }, out) ? OK : err_memory();
}

/* --- keys [XK1] ------------------------------------------------------- */

/* The point that belongs to the private number, in its long form. */
static bool point_of(const BIGNUM *number, uint8_t out[static POINT_BYTES])
{
    scoped(end_group) EC_GROUP *group =
        EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    scoped(end_point) EC_POINT *point =
        group == NULL ? NULL : EC_POINT_new(group);

    return point != NULL && !BN_is_zero(number) &&
           BN_cmp(number, EC_GROUP_get0_order(group)) < 0 &&
           EC_POINT_mul(group, point, number, NULL, NULL, NULL) == 1 &&
           EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, out,
                              POINT_BYTES, NULL) == POINT_BYTES;
}

static EVP_PKEY *key_of_params(OSSL_PARAM *params)
{
    scoped(end_context) EVP_PKEY_CTX *c =
        EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    EVP_PKEY *key = NULL;

    if (c == NULL || params == NULL || EVP_PKEY_fromdata_init(c) != 1 ||
        EVP_PKEY_fromdata(c, &key, EVP_PKEY_KEYPAIR, params) != 1)
        return NULL;
    return key;
}

static EVP_PKEY *open_p256(str secret)
{
    uint8_t point[POINT_BYTES];
    scoped(end_number) BIGNUM *number =
        BN_bin2bn((const uint8_t *)secret.p, X509_P256_BYTES, NULL);
    scoped(end_build) OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    scoped(end_params) OSSL_PARAM *params = NULL;

    if (number == NULL || build == NULL || !point_of(number, point) ||
        OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, P256,
                                        0) != 1 ||
        OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, number) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point,
                                         sizeof point) != 1)
        return NULL;
    params = OSSL_PARAM_BLD_to_param(build);
    return key_of_params(params);
}

static EVP_PKEY *open_rsa(str secret)
{
    const unsigned char *p = (const unsigned char *)secret.p;

    if (secret.n > INT32_MAX)
        return NULL;
    return d2i_PrivateKey(EVP_PKEY_RSA, NULL, &p, (long)secret.n);
}

/* NULL when the secret is no key of the kind. */
static EVP_PKEY *open_key(enum x509_kind kind, str secret)
{
    if (kind == X509_RSA)
        return open_rsa(secret);
    return secret.n == X509_P256_BYTES ? open_p256(secret) : NULL;
}

/* As PKCS #8: i2d_PrivateKey() would write RSA in a form of its own. */
static err rsa_secret(struct arena *a, const EVP_PKEY *key, str *secret)
{
    scoped(end_pkcs8) PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
    unsigned char *der = NULL;
    int n = info == NULL ? 0 : i2d_PKCS8_PRIV_KEY_INFO(info, &der);

    if (n <= 0)
        return x509_library_err(a);
    bool kept = arena_str(a, (str){ (char *)der, (size_t)n }, secret);
    OPENSSL_clear_free(der, (size_t)n);
    return kept ? OK : err_memory();
}

err x509_rsa_make(struct arena *a, str *secret)
{
    scoped(end_key) EVP_PKEY *key = EVP_RSA_gen(X509_RSA_BITS);

    if (key == NULL)
        return x509_library_err(a);
    return rsa_secret(a, key, secret);
}

/* --- keys made elsewhere [XK4] ---------------------------------------- */

static err p256_secret(struct arena *a, const EVP_PKEY *key, str *secret)
{
    uint8_t bytes[X509_P256_BYTES];
    BIGNUM *number = NULL;
    bool read =
        EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &number) == 1 &&
        BN_bn2binpad(number, bytes, sizeof bytes) == sizeof bytes;

    BN_clear_free(number);
    if (!read)
        return x509_library_err(a);
    bool kept = arena_str(a, (str){ (char *)bytes, sizeof bytes }, secret);
    OPENSSL_cleanse(bytes, sizeof bytes);
    return kept ? OK : err_memory();
}

/* What OpenSSL asks for when a key is locked. */
static int give_passphrase(char *to, int room, int, void *context)
{
    const str *passphrase = context;

    if (passphrase->n == 0 || passphrase->n > (size_t)room)
        return -1;
    memcpy(to, passphrase->p, passphrase->n);
    return (int)passphrase->n;
}

static bool is_p256(const EVP_PKEY *key)
{
    char group[20];

    return EVP_PKEY_is_a(key, "EC") == 1 &&
           EVP_PKEY_get_group_name(key, group, sizeof group, NULL) == 1 &&
           strcmp(group, P256) == 0;
}

static bool is_rsa(const EVP_PKEY *key)
{
    int bits = EVP_PKEY_get_bits(key);

    return EVP_PKEY_is_a(key, "RSA") == 1 && bits >= X509_RSA_LEAST &&
           bits <= X509_RSA_MOST;
}

static err no_key(struct arena *a)
{
    ERR_clear_error();
    return err_new(a, ERR_INVALID, "x509.no_key",
                   ARG_INT("least", X509_RSA_LEAST),
                   ARG_INT("most", X509_RSA_MOST));
}

static bool is_locked(str pem)
{
    return str_contains(pem, S("ENCRYPTED"));
}

err x509_import(struct arena *a, str pem, str passphrase, enum x509_kind *kind,
                str *secret)
{
    scoped(end_bio) BIO *b = NULL;
    scoped(end_key) EVP_PKEY *key = NULL;

    if (pem.n > X509_TEXT_MAX)
        return no_key(a);
    b = BIO_new_mem_buf(pem.p, (int)pem.n);
    TRY_MEMORY(b);
    key = PEM_read_bio_PrivateKey(b, NULL, give_passphrase, &passphrase);
    if (key == NULL && is_locked(pem)) {
        ERR_clear_error();
        return err_new(a, ERR_DENIED, "x509.passphrase");
    }
    if (key == NULL || (!is_p256(key) && !is_rsa(key)))
        return no_key(a);
    TRY(is_rsa(key) ? rsa_secret(a, key, secret) : p256_secret(a, key, secret));
    *kind = is_rsa(key) ? X509_RSA : X509_P256;
    return OK;
}

err x509_public(struct arena *a, enum x509_kind kind, str secret, str *der)
{
    scoped(end_key) EVP_PKEY *key = open_key(kind, secret);
    scoped(end_der) unsigned char *p = NULL;
    int n = key == NULL ? 0 : i2d_PUBKEY(key, &p);

    if (n <= 0)
        return bad_key(a);
    return arena_str(a, (str){ (char *)p, (size_t)n }, der) ? OK : err_memory();
}

/* --- certificates [XK2] ----------------------------------------------- */

static bool add_name(X509_NAME *name, int what, str text)
{
    return text.n == 0 ||
           (text.n <= INT32_MAX &&
            X509_NAME_add_entry_by_NID(name, what, MBSTRING_UTF8,
                                       (const unsigned char *)text.p,
                                       (int)text.n, -1, 0) == 1);
}

static bool set_subject(X509_NAME *name, const struct x509_subject *s)
{
    return add_name(name, NID_countryName, S("CN")) &&
           add_name(name, NID_organizationName, s->name) &&
           add_name(name, NID_commonName, s->name) &&
           add_name(name, NID_serialNumber, s->number);
}

static bool set_serial(X509 *x, const uint8_t serial[static 16])
{
    scoped(end_number) BIGNUM *n = BN_bin2bn(serial, 16, NULL);

    return n != NULL && BN_clear_bit(n, 127) >= 0 &&
           BN_to_ASN1_INTEGER(n, X509_get_serialNumber(x)) != NULL;
}

static bool add_extension(X509 *x, int what, const char *value)
{
    X509V3_CTX c;
    X509_EXTENSION *e;

    X509V3_set_ctx(&c, x, x, NULL, NULL, 0);
    e = X509V3_EXT_conf_nid(NULL, &c, what, value);
    bool added = e != NULL && X509_add_ext(x, e, -1) == 1;
    X509_EXTENSION_free(e);
    return added;
}

static bool set_days(X509 *x, const struct x509_subject *s)
{
    return ASN1_TIME_set(X509_getm_notBefore(x), (time_t)s->from) != NULL &&
           ASN1_TIME_set(X509_getm_notAfter(x), (time_t)s->until) != NULL;
}

static bool fill(X509 *x, EVP_PKEY *key, const struct x509_subject *s)
{
    return X509_set_version(x, X509_VERSION_3) == 1 &&
           set_serial(x, s->serial) && set_days(x, s) &&
           set_subject(X509_get_subject_name(x), s) &&
           X509_set_issuer_name(x, X509_get_subject_name(x)) == 1 &&
           X509_set_pubkey(x, key) == 1 &&
           add_extension(x, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(x, NID_key_usage,
                         "critical,digitalSignature,nonRepudiation") &&
           add_extension(x, NID_subject_key_identifier, "hash") &&
           X509_sign(x, key, EVP_sha256()) > 0;
}

err x509_self_signed(struct arena *a, enum x509_kind kind, str secret,
                     const struct x509_subject *s, str *pem)
{
    scoped(end_key) EVP_PKEY *key = open_key(kind, secret);
    scoped(end_certificate) X509 *x = X509_new();
    scoped(end_bio) BIO *b = BIO_new(BIO_s_mem());

    if (key == NULL)
        return bad_key(a);
    if (x == NULL || b == NULL || !fill(x, key, s) ||
        PEM_write_bio_X509(b, x) != 1)
        return x509_library_err(a);
    return bio_text(a, b, pem);
}

err x509_request(struct arena *a, enum x509_kind kind, str secret,
                 const struct x509_subject *s, str *pem)
{
    scoped(end_key) EVP_PKEY *key = open_key(kind, secret);
    scoped(end_request) X509_REQ *r = X509_REQ_new();
    scoped(end_bio) BIO *b = BIO_new(BIO_s_mem());

    if (key == NULL)
        return bad_key(a);
    if (r == NULL || b == NULL ||
        !set_subject(X509_REQ_get_subject_name(r), s) ||
        X509_REQ_set_pubkey(r, key) != 1 ||
        X509_REQ_sign(r, key, EVP_sha256()) <= 0 ||
        PEM_write_bio_X509_REQ(b, r) != 1)
        return x509_library_err(a);
    return bio_text(a, b, pem);
}

/* --- signers [XK3] ---------------------------------------------------- */

void signer_end(struct signer *s)
{
    EVP_PKEY_free(s->key);
    X509_free(s->certificate);
    sk_X509_pop_free(s->chain, X509_free);
    *s = (struct signer){ 0 };
}

static err bad_chain(struct arena *a)
{
    ERR_clear_error();
    return err_new(a, ERR_INVALID, "x509.chain",
                   ARG_INT("most", X509_CHAIN_MOST));
}

/* The certificates of a text, one after the other. */
static err read_chain(struct arena *a, BIO *b, struct signer *s)
{
    s->chain = sk_X509_new_null();
    TRY_MEMORY(s->chain);
    s->certificate = PEM_read_bio_X509(b, NULL, NULL, NULL);
    if (s->certificate == NULL)
        return bad_chain(a);
    for (X509 *x; (x = PEM_read_bio_X509(b, NULL, NULL, NULL)) != NULL;) {
        if (sk_X509_push(s->chain, x) == 0) {
            X509_free(x);
            return err_memory();
        }
        if (sk_X509_num(s->chain) >= X509_CHAIN_MOST)
            return bad_chain(a);
    }
    ERR_clear_error(); /* of the end of the text */
    return OK;
}

static err read_pem(struct arena *a, str pem, struct signer *s)
{
    scoped(end_bio) BIO *b = NULL;

    if (pem.n > X509_TEXT_MAX)
        return bad_chain(a);
    b = BIO_new_mem_buf(pem.p, (int)pem.n);
    TRY_MEMORY(b);
    return read_chain(a, b, s);
}

err signer_open(struct arena *a, enum x509_kind kind, str secret, str pem,
                struct signer *out)
{
    scoped(signer_end) struct signer s = { 0 };

    s.key = open_key(kind, secret);
    if (s.key == NULL)
        return bad_key(a);
    TRY(read_pem(a, pem, &s));
    if (X509_check_private_key(s.certificate, s.key) != 1) {
        ERR_clear_error();
        return err_new(a, ERR_INVALID, "x509.differs");
    }
    *out = s;
    s = (struct signer){ 0 };
    return OK;
}

err x509_fingerprint(struct arena *a, const struct signer *s, struct hash *out)
{
    unsigned n = 0;

    if (X509_digest(s->certificate, EVP_sha256(), out->b, &n) != 1 ||
        n != sizeof out->b)
        return x509_library_err(a);
    return OK;
}
