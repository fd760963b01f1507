#include "crypto/sm2.h"

#include "base/id.h"
#include "base/size.h"
#include "base/test.h"

static void from_hex(const char *hex, uint8_t *out, size_t n)
{
    EXPECT(hex_parse(str_of(hex), out, n));
}

/* GB/T 32905, appendix A. */
TEST(the_hashes_of_the_standard_are_ours)
{
    static const struct {
        str text;
        const char *hash;
    } rows[] = {
        { S_INIT("abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da"
                         "02b8f4ba8e0" },
        { S_INIT("abcdabcdabcdabcdabcdabcdabcdabcd"
                 "abcdabcdabcdabcdabcdabcdabcdabcd"),
          "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732" },
        { { NULL, 0 },
          "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035e"
          "b5082aa2b" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        uint8_t want[SM3_BYTES];
        uint8_t got[SM3_BYTES];

        from_hex(rows[i].hash, want, sizeof want);
        EXPECT_ROW_OK(rows[i].hash, sm3(rows[i].text.p, rows[i].text.n, got));
        EXPECT_ROW(rows[i].hash, memcmp(got, want, sizeof got) == 0);
    }
}

/* GB/T 32918.5, appendix A.2: the key pair, and the signature of "message
 * digest" under the usual identity. */
static const char secret_hex[] =
    "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8";
static const char public_hex[] =
    "0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
static const char signature_hex[] =
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";

static void standard_key(struct sm2_key *k)
{
    uint8_t secret[SM2_SECRET_BYTES];
    bool valid = false;

    from_hex(secret_hex, secret, sizeof secret);
    EXPECT_OK(sm2_key_of_secret(secret, k, &valid));
    EXPECT(valid);
}

TEST(the_key_and_the_signature_of_the_standard_are_right)
{
    uint8_t public[SM2_PUBLIC_BYTES];
    uint8_t signature[SM2_SIGNATURE_BYTES];
    struct sm2_key k;
    bool valid = false;

    from_hex(public_hex, public, sizeof public);
    from_hex(signature_hex, signature, sizeof signature);
    standard_key(&k);
    EXPECT(memcmp(k.public, public, sizeof public) == 0);
    EXPECT_OK(sm2_verify(k.public, S("message digest"), signature, &valid));
    EXPECT(valid);
    EXPECT_OK(sm2_verify(k.public, S("message digesT"), signature, &valid));
    EXPECT(!valid);
}

/* [SC1] [SC3] OpenSSL's verifier takes what we sign, and nothing altered. */
TEST(what_is_signed_verifies_and_nothing_altered_does)
{
    str message = S("售后服务认证证书 71226SC0006R0S 十星");
    uint8_t random[SM2_RANDOM_BYTES] = { 7 };
    uint8_t signature[SM2_SIGNATURE_BYTES];
    struct sm2_key k;
    bool valid = false;

    standard_key(&k);
    EXPECT_OK(sm2_sign(&k, message, random, signature));
    EXPECT_OK(sm2_verify(k.public, message, signature, &valid));
    EXPECT(valid);
    EXPECT_OK(sm2_verify(k.public, str_first(message, message.n - 1), signature,
                         &valid));
    EXPECT(!valid);
    for (size_t i = 0; i < sizeof signature; i++) {
        signature[i] ^= 1;
        EXPECT_OK(sm2_verify(k.public, message, signature, &valid));
        EXPECT(!valid);
        signature[i] ^= 1;
    }
    k.public[64] ^= 1; /* no point of the curve any more */
    EXPECT_OK(sm2_verify(k.public, message, signature, &valid));
    EXPECT(!valid);
    sm2_key_end(&k);
}

/* [SC2] */
TEST(signing_is_a_function_of_its_arguments)
{
    uint8_t random[SM2_RANDOM_BYTES] = { 7 };
    uint8_t first[SM2_SIGNATURE_BYTES];
    uint8_t again[SM2_SIGNATURE_BYTES];
    struct sm2_key k;

    standard_key(&k);
    EXPECT_OK(sm2_sign(&k, S("one"), random, first));
    EXPECT_OK(sm2_sign(&k, S("one"), random, again));
    EXPECT(memcmp(first, again, sizeof first) == 0);
    /* With the same randomness another message has another secret number. */
    EXPECT_OK(sm2_sign(&k, S("two"), random, again));
    EXPECT(memcmp(first, again, 32) != 0);
    random[31] = 1;
    EXPECT_OK(sm2_sign(&k, S("one"), random, again));
    EXPECT(memcmp(first, again, 32) != 0);
}

/* Random messages: short and long numbers in DER among them. */
TEST(many_messages_of_many_keys_verify)
{
    struct test_random r = { TEST_SEED };

    for (int i = 0; i < 40; i++) {
        uint8_t secret[SM2_SECRET_BYTES];
        uint8_t random[SM2_RANDOM_BYTES];
        uint8_t signature[SM2_SIGNATURE_BYTES];
        char text[100];
        str message = { text, (size_t)i * 2 };
        struct sm2_key k;
        bool valid = false;

        test_random_bytes(&r, secret, sizeof secret);
        test_random_bytes(&r, random, sizeof random);
        test_random_bytes(&r, text, sizeof text);
        secret[0] &= 0x7f;
        EXPECT_OK(sm2_key_of_secret(secret, &k, &valid));
        EXPECT(valid);
        EXPECT_OK(sm2_sign(&k, message, random, signature));
        EXPECT_OK(sm2_verify(k.public, message, signature, &valid));
        EXPECT(valid);
    }
}

/* The order of the curve is n: 1 and n - 2 are the ends of what a key can be.
 */
TEST(a_secret_out_of_range_is_no_key)
{
    static const struct {
        const char *name;
        const char *hex;
        bool valid;
    } rows[] = {
        { "0",
          "0000000000000000000000000000000000000000000000000000000000000000",
          false },
        { "1",
          "0000000000000000000000000000000000000000000000000000000000000001",
          true },
        { "n - 2",
          "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54121",
          true },
        { "n - 1",
          "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122",
          false },
        { "n",
          "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123",
          false },
        { "the largest",
          "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
          false },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        uint8_t secret[SM2_SECRET_BYTES];
        struct sm2_key k = { 0 };
        bool valid = !rows[i].valid;

        from_hex(rows[i].hex, secret, sizeof secret);
        EXPECT_ROW_OK(rows[i].name, sm2_key_of_secret(secret, &k, &valid));
        EXPECT_ROW(rows[i].name, valid == rows[i].valid);
        EXPECT_ROW(rows[i].name, (k.public[0] == 4) == rows[i].valid);
    }
}
