#include "crypto/sign.h"

#include "base/id.h"
#include "base/size.h"
#include "base/test.h"

/* RFC 8032, 7.1: tests 1, 2, 3 and SHA(abc). */
static const struct vector {
    const char *name;
    str seed;
    str public;
    str message;
    str signature;
} vectors[] = {
    { "test 1",
      S_INIT("9d61b19deffd5a60ba844af492ec2cc4"
             "4449c5697b326919703bac031cae7f60"),
      S_INIT("d75a980182b10ab7d54bfed3c964073a"
             "0ee172f3daa62325af021a68f707511a"),
      S_INIT(""),
      S_INIT("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
             "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100"
             "b") },
    { "test 2",
      S_INIT("4ccd089b28ff96da9db6c346ec114e0f"
             "5b8a319f35aba624da8cf6ed4fb8a6fb"),
      S_INIT("3d4017c3e843895a92b70aa74d1b7ebc"
             "9c982ccf2ec4968cc0cd55f12af4660c"),
      S_INIT("72"),
      S_INIT("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
             "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c0"
             "0") },
    { "test 3",
      S_INIT("c5aa8df43f9f837bedb7442f31dcb7b1"
             "66d38535076f094b85ce3a2e0b4458f7"),
      S_INIT("fc51cd8e6218a1a38da47ed00230f058"
             "0816ed13ba3303ac5deb911548908025"),
      S_INIT("af82"),
      S_INIT("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
             "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40"
             "a") },
    { "SHA(abc)",
      S_INIT("833fe62409237b9d62ec77587520911e"
             "9a759cec1d19755b7da901b96dca3d42"),
      S_INIT("ec172b93ad5e563bf4932c70e1245034"
             "c35467ef2efd4d64ebf819683467e2bf"),
      S_INIT("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
             "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49"
             "f"),
      S_INIT("dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
             "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a70"
             "4") },
};

TEST(keys_and_signatures_are_those_of_rfc_8032)
{
    for (size_t i = 0; i < COUNT(vectors); i++) {
        const struct vector *v = &vectors[i];
        uint8_t seed[SIGN_SEED_BYTES];
        uint8_t public[SIGN_PUBLIC_BYTES];
        uint8_t message[64];
        uint8_t want[SIGNATURE_BYTES];
        uint8_t got[SIGNATURE_BYTES];
        str m = { (const char *)message, v->message.n / 2 };
        scoped(sign_key_end) struct sign_key k;

        EXPECT_ROW(v->name, hex_parse(v->seed, seed, sizeof seed));
        EXPECT_ROW(v->name, hex_parse(v->public, public, sizeof public));
        EXPECT_ROW(v->name, hex_parse(v->message, message, m.n));
        EXPECT_ROW(v->name, hex_parse(v->signature, want, sizeof want));

        sign_key_of_seed(seed, &k);
        sign_bytes(&k, m, got);
        EXPECT_ROW(v->name, memcmp(k.public, public, sizeof public) == 0);
        EXPECT_ROW(v->name, memcmp(got, want, sizeof want) == 0);
        EXPECT_ROW(v->name, sign_verify(public, m, want));
    }
}

static void key_of(uint8_t first, struct sign_key *out)
{
    uint8_t seed[SIGN_SEED_BYTES] = { first };

    sign_key_of_seed(seed, out);
}

TEST(a_signature_is_for_its_message_and_key_only)
{
    scoped(sign_key_end) struct sign_key k;
    scoped(sign_key_end) struct sign_key other;
    uint8_t signature[SIGNATURE_BYTES];

    key_of(1, &k);
    key_of(2, &other);
    sign_bytes(&k, S("checked and signed"), signature);
    EXPECT(sign_verify(k.public, S("checked and signed"), signature));
    EXPECT(!sign_verify(other.public, S("checked and signed"), signature));
    EXPECT(!sign_verify(k.public, S("checked and signed "), signature));
    EXPECT(!sign_verify(k.public, S("checked and signe"), signature));
    EXPECT(!sign_verify(k.public, S(""), signature));
    EXPECT(!sign_verify(k.public, (str){ NULL, 0 }, signature));
}

/* Nothing verifies while any bit of the n bytes at p is another. */
static void expect_every_bit_matters(const struct sign_key *k, str message,
                                     const uint8_t *signature, uint8_t *p,
                                     size_t n)
{
    for (size_t bit = 0; bit < 8 * n; bit++) {
        uint8_t mask = (uint8_t)(1 << bit % 8);

        p[bit / 8] ^= mask;
        EXPECT(!sign_verify(k->public, message, signature));
        p[bit / 8] ^= mask;
    }
    EXPECT(sign_verify(k->public, message, signature));
}

/* [property] No bit of signature, key or message can be changed. */
TEST(every_altered_bit_is_noticed)
{
    char text[] = "certificate 2026-000123";
    str m = str_of(text);
    scoped(sign_key_end) struct sign_key k;
    uint8_t signature[SIGNATURE_BYTES];

    key_of(3, &k);
    sign_bytes(&k, m, signature);
    expect_every_bit_matters(&k, m, signature, signature, sizeof signature);
    expect_every_bit_matters(&k, m, signature, k.public, sizeof k.public);
    expect_every_bit_matters(&k, m, signature, (uint8_t *)text, m.n);
}

/* [SG2] The point at infinity and 0 as a key "sign" everything in verifiers
 * that do not look. */
TEST(keys_of_small_order_verify_nothing)
{
    uint8_t public[SIGN_PUBLIC_BYTES] = { 1 };
    uint8_t signature[SIGNATURE_BYTES] = { 1 };

    EXPECT(!sign_verify(public, S("anything"), signature));
    public[0] = 0;
    EXPECT(!sign_verify(public, S("anything"), signature));
}

TEST(an_ended_key_is_wiped)
{
    static const struct sign_key zero;
    struct sign_key k;

    key_of(4, &k);
    EXPECT(memcmp(&k, &zero, sizeof k) != 0);
    sign_key_end(&k);
    EXPECT(memcmp(&k, &zero, sizeof k) == 0);
    sign_key_end(&k);
}

/* [SG1] */
TEST(a_pair_put_together_signs_as_the_one_made_of_its_seed)
{
    static const uint8_t seed[SIGN_SEED_BYTES] = { 1, 2, 3 };
    scoped(sign_key_end) struct sign_key made = { 0 };
    scoped(sign_key_end) struct sign_key joined = { 0 };
    uint8_t want[SIGNATURE_BYTES];
    uint8_t got[SIGNATURE_BYTES];

    sign_key_of_seed(seed, &made);
    sign_key_of_pair(seed, made.public, &joined);
    sign_bytes(&made, S("words"), want);
    sign_bytes(&joined, S("words"), got);
    EXPECT(memcmp(want, got, sizeof want) == 0);
    EXPECT(memcmp(made.public, joined.public, sizeof made.public) == 0);
}
