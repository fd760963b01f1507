/*
 * sm2 -- signing is written out here (GB/T 32918.2, 6.1) because OpenSSL's own
 * draws its random number itself [SC2]; all arithmetic is OpenSSL's.
 */

#include "crypto/sm2.h"

#include "crypto/bytes.h"
#include "crypto/ends.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>

const str sm2_identity = S_INIT("1234567812345678");

static err memory_unless(bool done)
{
    return done ? OK : err_memory();
}

/* --- SM3 ---------------------------------------------------------------- */

err sm3(const void *p, size_t n, uint8_t out[static SM3_BYTES])
{
    return memory_unless(
        EVP_Digest(p == NULL ? "" : p, n, out, NULL, EVP_sm3(), NULL) == 1);
}

/* SM3 of several runs of bytes one after the other. */
static err sm3_of(const str *runs, size_t n, uint8_t out[static SM3_BYTES])
{
    scoped(end_digest) EVP_MD_CTX *h = EVP_MD_CTX_new();

    TRY_MEMORY(h);
    TRY_MEMORY(EVP_DigestInit_ex(h, EVP_sm3(), NULL) == 1);
    for (size_t i = 0; i < n; i++)
        TRY_MEMORY(EVP_DigestUpdate(h, runs[i].p, runs[i].n) == 1);
    return memory_unless(EVP_DigestFinal_ex(h, out, NULL) == 1);
}

/* a, b and the base point of the curve, as the standard hashes them. */
static const uint8_t curve[128] = {
    0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfc, 0x28, 0xe9, 0xfa, 0x9e,
    0x9d, 0x9f, 0x5e, 0x34, 0x4d, 0x5a, 0x9e, 0x4b, 0xcf, 0x65, 0x09, 0xa7,
    0xf3, 0x97, 0x89, 0xf5, 0x15, 0xab, 0x8f, 0x92, 0xdd, 0xbc, 0xbd, 0x41,
    0x4d, 0x94, 0x0e, 0x93, 0x32, 0xc4, 0xae, 0x2c, 0x1f, 0x19, 0x81, 0x19,
    0x5f, 0x99, 0x04, 0x46, 0x6a, 0x39, 0xc9, 0x94, 0x8f, 0xe3, 0x0b, 0xbf,
    0xf2, 0x66, 0x0b, 0xe1, 0x71, 0x5a, 0x45, 0x89, 0x33, 0x4c, 0x74, 0xc7,
    0xbc, 0x37, 0x36, 0xa2, 0xf4, 0xf6, 0x77, 0x9c, 0x59, 0xbd, 0xce, 0xe3,
    0x6b, 0x69, 0x21, 0x53, 0xd0, 0xa9, 0x87, 0x7c, 0xc6, 0x2a, 0x47, 0x40,
    0x02, 0xdf, 0x32, 0xe5, 0x21, 0x39, 0xf0, 0xa0,
};

/* e = SM3(Z || message), Z = SM3(bits of identity || identity || curve ||
 * public key). */
static err message_digest(const uint8_t public[static SM2_PUBLIC_BYTES],
                          str message, uint8_t out[static SM3_BYTES])
{
    uint8_t z[SM3_BYTES];
    const str first[] = {
        S("\x00\x80"),
        sm2_identity,
        { (const char *)curve, sizeof curve },
        { (const char *)public + 1, SM2_PUBLIC_BYTES - 1 },
    };
    const str second[] = { { (const char *)z, sizeof z }, message };

    TRY(sm3_of(first, sizeof first / sizeof *first, z));
    return sm3_of(second, sizeof second / sizeof *second, out);
}

/* --- arithmetic --------------------------------------------------------- */

/* What a calculation needs; all of it is wiped with the context. */
struct desk {
    EC_GROUP *group;
    BN_CTX *numbers;
    EC_POINT *point;
    BIGNUM *d; /* the secret key */
    BIGNUM *k; /* the secret number of one signature */
    BIGNUM *e;
    BIGNUM *r;
    BIGNUM *s;
    BIGNUM *x;
};

static void desk_end(struct desk *t)
{
    EC_POINT_clear_free(t->point);
    BN_clear_free(t->d);
    BN_clear_free(t->k);
    BN_clear_free(t->e);
    BN_clear_free(t->r);
    BN_clear_free(t->s);
    BN_clear_free(t->x);
    BN_CTX_free(t->numbers);
    EC_GROUP_free(t->group);
}

static err desk_set(struct desk *t,
                    const uint8_t secret[static SM2_SECRET_BYTES])
{
    t->group = EC_GROUP_new_by_curve_name(NID_sm2);
    t->numbers = BN_CTX_secure_new();
    TRY_MEMORY(t->group != NULL && t->numbers != NULL);
    t->point = EC_POINT_new(t->group);
    t->d = BN_secure_new();
    t->k = BN_secure_new();
    t->e = BN_new();
    t->r = BN_new();
    t->s = BN_secure_new();
    t->x = BN_secure_new();
    TRY_MEMORY(t->point != NULL && t->d != NULL && t->k != NULL &&
               t->e != NULL && t->r != NULL && t->s != NULL && t->x != NULL);
    BN_set_flags(t->d, BN_FLG_CONSTTIME);
    BN_set_flags(t->k, BN_FLG_CONSTTIME);
    BN_set_flags(t->s, BN_FLG_CONSTTIME);
    return memory_unless(BN_bin2bn(secret, SM2_SECRET_BYTES, t->d) != NULL);
}

/* 1 <= d < n - 1 */
static bool is_secret(const struct desk *t)
{
    const BIGNUM *n = EC_GROUP_get0_order(t->group);

    if (BN_is_zero(t->d) || BN_copy(t->x, n) == NULL ||
        BN_sub_word(t->x, 1) != 1)
        return false;
    return BN_cmp(t->d, t->x) < 0;
}

err sm2_key_of_secret(const uint8_t secret[static SM2_SECRET_BYTES],
                      struct sm2_key *out, bool *valid)
{
    scoped(desk_end) struct desk t = { 0 };
    struct sm2_key made;

    TRY(desk_set(&t, secret));
    *valid = is_secret(&t);
    if (!*valid)
        return OK;
    memcpy(made.secret, secret, sizeof made.secret);
    TRY_MEMORY(EC_POINT_mul(t.group, t.point, t.d, NULL, NULL, t.numbers) == 1);
    TRY_MEMORY(EC_POINT_point2oct(t.group, t.point,
                                  POINT_CONVERSION_UNCOMPRESSED, made.public,
                                  sizeof made.public,
                                  t.numbers) == sizeof made.public);
    *out = made;
    bytes_wipe(&made, sizeof made);
    return OK;
}

void sm2_key_end(struct sm2_key *k)
{
    bytes_wipe(k, sizeof *k);
}

/* [SC2] k of 512 bits, so that its remainder favours no number: from two
 * hashes over the key, the message, what is random, and a count. */
static err draw(struct desk *t, const struct sm2_key *key,
                const uint8_t e[static SM3_BYTES], const uint8_t *random,
                uint8_t count)
{
    uint8_t bytes[2 * SM3_BYTES];
    BIGNUM *order = t->x;

    for (uint8_t half = 0; half < 2; half++) {
        const uint8_t which[2] = { count, half };
        const str runs[] = {
            { (const char *)key->secret, sizeof key->secret },
            { (const char *)e, SM3_BYTES },
            { (const char *)random, SM2_RANDOM_BYTES },
            { (const char *)which, sizeof which },
        };

        TRY(sm3_of(runs, sizeof runs / sizeof *runs,
                   bytes + (size_t)half * SM3_BYTES));
    }
    bool done = BN_bin2bn(bytes, sizeof bytes, t->k) != NULL &&
                BN_copy(order, EC_GROUP_get0_order(t->group)) != NULL &&
                BN_sub_word(order, 1) == 1 &&
                BN_nnmod(t->k, t->k, order, t->numbers) == 1 &&
                BN_add_word(t->k, 1) == 1;
    bytes_wipe(bytes, sizeof bytes);
    return memory_unless(done);
}

/* r = e + x of k times the base point; *good is false when r or r + k is 0. */
static err first_half(struct desk *t, bool *good)
{
    const BIGNUM *n = EC_GROUP_get0_order(t->group);

    TRY_MEMORY(EC_POINT_mul(t->group, t->point, t->k, NULL, NULL, t->numbers) ==
                   1 &&
               EC_POINT_get_affine_coordinates(t->group, t->point, t->x, NULL,
                                               t->numbers) == 1 &&
               BN_mod_add(t->r, t->e, t->x, n, t->numbers) == 1 &&
               BN_mod_add(t->x, t->r, t->k, n, t->numbers) == 1);
    *good = !BN_is_zero(t->r) && !BN_is_zero(t->x);
    return OK;
}

/* s = (k - r d) / (1 + d); *good is false when it is 0.  The inverse is
 * (1 + d)^(n - 2), which takes the same time for every d. */
static err second_half(struct desk *t, bool *good)
{
    const BIGNUM *n = EC_GROUP_get0_order(t->group);

    TRY_MEMORY(BN_mod_mul(t->x, t->r, t->d, n, t->numbers) == 1 &&
               BN_mod_sub(t->k, t->k, t->x, n, t->numbers) == 1 &&
               BN_copy(t->s, t->d) != NULL && BN_add_word(t->s, 1) == 1 &&
               BN_copy(t->x, n) != NULL && BN_sub_word(t->x, 2) == 1);
    TRY_MEMORY(
        BN_mod_exp_mont_consttime(t->s, t->s, t->x, n, t->numbers, NULL) == 1 &&
        BN_mod_mul(t->s, t->s, t->k, n, t->numbers) == 1);
    *good = !BN_is_zero(t->s);
    return OK;
}

err sm2_sign(const struct sm2_key *k, str message,
             const uint8_t random[static SM2_RANDOM_BYTES],
             uint8_t out[static SM2_SIGNATURE_BYTES])
{
    scoped(desk_end) struct desk t = { 0 };
    uint8_t e[SM3_BYTES];
    bool good = false;

    TRY(message_digest(k->public, message, e));
    TRY(desk_set(&t, k->secret));
    TRY_MEMORY(BN_bin2bn(e, sizeof e, t.e) != NULL);
    /* Once in 2^255 a number will not do: the count is for form's sake. */
    for (uint8_t count = 0; !good && count < 255; count++) {
        TRY(draw(&t, k, e, random, count));
        TRY(first_half(&t, &good));
        if (good)
            TRY(second_half(&t, &good));
    }
    return memory_unless(good &&
                         BN_bn2binpad(t.r, out, SM2_SIGNATURE_BYTES / 2) > 0 &&
                         BN_bn2binpad(t.s, out + SM2_SIGNATURE_BYTES / 2,
                                      SM2_SIGNATURE_BYTES / 2) > 0);
}

/* --- verifying ---------------------------------------------------------- */

/* The key that `public` is, or NULL in *out when it is no point of the curve.
 */
static err key_of(const uint8_t public[static SM2_PUBLIC_BYTES], EVP_PKEY **out)
{
    scoped(end_context) EVP_PKEY_CTX *c =
        EVP_PKEY_CTX_new_from_name(NULL, "SM2", NULL);
    char group[] = "SM2";
    uint8_t copy[SM2_PUBLIC_BYTES];
    OSSL_PARAM parameters[3];

    TRY_MEMORY(c);
    TRY_MEMORY(EVP_PKEY_fromdata_init(c) == 1);
    memcpy(copy, public, sizeof copy);
    parameters[0] = OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME,
                                                     group, sizeof group - 1);
    parameters[1] = OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY,
                                                      copy, sizeof copy);
    parameters[2] = OSSL_PARAM_construct_end();
    if (EVP_PKEY_fromdata(c, out, EVP_PKEY_PUBLIC_KEY, parameters) != 1)
        *out = NULL;
    return OK;
}

/* A whole number of DER: 02, length, the 32 bytes without needless zeros, with
 * one where the highest bit is set.  Returns how many bytes that made. */
static size_t der_number(const uint8_t number[static 32], uint8_t *out)
{
    size_t zeros = 0;

    while (zeros < 31 && number[zeros] == 0)
        zeros++;
    size_t pad = number[zeros] >> 7;
    out[0] = 0x02;
    out[1] = (uint8_t)(32 - zeros + pad);
    out[2] = 0;
    memcpy(out + 2 + pad, number + zeros, 32 - zeros);
    return 2 + pad + 32 - zeros;
}

enum { DER_MAX = 2 + 2 * 35 };

static size_t der_signature(const uint8_t signature[static SM2_SIGNATURE_BYTES],
                            uint8_t out[static DER_MAX])
{
    size_t n = der_number(signature, out + 2);

    n += der_number(signature + SM2_SIGNATURE_BYTES / 2, out + 2 + n);
    out[0] = 0x30;
    out[1] = (uint8_t)n;
    return 2 + n;
}

err sm2_verify(const uint8_t public[static SM2_PUBLIC_BYTES], str message,
               const uint8_t signature[static SM2_SIGNATURE_BYTES], bool *valid)
{
    scoped(end_digest) EVP_MD_CTX *h = EVP_MD_CTX_new();
    scoped(end_key) EVP_PKEY *k = NULL;
    uint8_t der[DER_MAX];
    size_t n = der_signature(signature, der);

    TRY_MEMORY(h);
    TRY(key_of(public, &k));
    if (k == NULL) {
        ERR_clear_error();
        *valid = false;
        return OK;
    }
    scoped(end_context) EVP_PKEY_CTX *c =
        EVP_PKEY_CTX_new_from_pkey(NULL, k, NULL);
    TRY_MEMORY(c);
    TRY_MEMORY(EVP_PKEY_CTX_set1_id(c, sm2_identity.p, (int)sm2_identity.n) ==
               1);
    EVP_MD_CTX_set_pkey_ctx(h, c);
    TRY_MEMORY(EVP_DigestVerifyInit(h, NULL, EVP_sm3(), NULL, k) == 1);
    *valid = EVP_DigestVerify(h, der, n, (const unsigned char *)message.p,
                              message.n) == 1;
    ERR_clear_error(); /* others of this thread look there for their own */
    return OK;
}
