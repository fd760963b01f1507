#include "verify/data_integrity.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/json.h"
#include "verify/did.h"

/* The vectors of W3C vc-di-eddsa, TestVectors/eddsa-jcs-2022, and of the
 * recommendation of 15 May 2025, appendix B.2: one document, three proofs. */
#define VECTOR                                                                 \
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","                 \
    "\"https://www.w3.org/ns/credentials/examples/v2\"],"                      \
    "\"id\":\"urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33\","                \
    "\"type\":[\"VerifiableCredential\",\"AlumniCredential\"],"                \
    "\"name\":\"Alumni Credential\",\"description\":"                          \
    "\"A minimum viable example of an Alumni Credential.\","                   \
    "\"issuer\":\"https://vc.example/issuers/5678\","                          \
    "\"validFrom\":\"2023-01-01T00:00:00Z\",\"credentialSubject\":{"           \
    "\"id\":\"did:example:abcdefgh\",\"alumniOf\":"                            \
    "\"The School of Examples\"},\"proof\":"
#define PROOF                                                                  \
    "{\"type\":\"DataIntegrityProof\",\"cryptosuite\":\"eddsa-jcs-2022\","     \
    "\"created\":\"2023-02-24T23:36:38Z\","                                    \
    "\"proofPurpose\":\"assertionMethod\","
#define CONTEXT                                                                \
    "\"@context\":[\"https://www.w3.org/ns/credentials/v2\","                  \
    "\"https://www.w3.org/ns/credentials/examples/v2\"],"
#define KEY "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
#define BY_ADDRESS                                                             \
    "\"verificationMethod\":\"https://vc.example/issuers/5678#" KEY "\","
#define BY_KEY "\"verificationMethod\":\"did:key:" KEY "#" KEY "\","
#define VALUE                                                                  \
    "\"proofValue\":\"z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93"  \
    "FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX\"}}"

static err read_text(struct arena *a, str text, struct data_integrity *out)
{
    struct json *j = NULL;

    TRY(json_parse(a, text, &j));
    return data_integrity_read(a, j, out);
}

static void w3c_key(struct arena *a, uint8_t public[static SIGN_PUBLIC_BYTES])
{
    bool valid = false;

    EXPECT_OK(did_multikey_read(a, S(KEY), public, &valid));
    EXPECT(valid);
}

TEST(the_vectors_of_the_w3c_verify)
{
    static const struct {
        const char *name;
        str text;
    } rows[] = {
        { "of the recommendation, by did:key",
          S_INIT(VECTOR PROOF BY_KEY CONTEXT VALUE) },
        { "by an address, with the context repeated",
          S_INIT(VECTOR PROOF BY_ADDRESS CONTEXT
                 "\"proofValue\":\"z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD"
                 "5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4\"}}") },
        { "by an address, without it",
          S_INIT(VECTOR PROOF BY_ADDRESS
                 "\"proofValue\":\"z3P6rHMUaWG6e3Ac6xYFht8aEvoVXndgKTtEY8kzWYXz"
                 "k8dKmAo2GJeZiJw4qoZ2PGp4ugdaHx3oQiLpeFBLDqP2M\"}}") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 18);
        struct data_integrity d = { 0 };
        uint8_t public[SIGN_PUBLIC_BYTES] = { 0 };

        w3c_key(&a, public);
        EXPECT_ROW_OK(rows[i].name, read_text(&a, rows[i].text, &d));
        EXPECT_ROW(rows[i].name, data_integrity_holds(&d, public));
        EXPECT_ROW(rows[i].name, d.created == INT64_C(1677281798000000));
        d.hashes[63] ^= 1;
        EXPECT_ROW(rows[i].name, !data_integrity_holds(&d, public));
    }
}

/* The hash of the vector, and the signature its published secret key gives:
 * signing is deterministic. [SG1] */
TEST(the_hashes_and_the_signature_are_those_of_the_w3c)
{
    TEST_ARENA(a, 1 << 18);
    struct data_integrity d = { 0 };
    static const uint8_t begin[4] = { 0x66, 0xab, 0x15, 0x4f };
    static const uint8_t middle[4] = { 0x59, 0xb7, 0xcb, 0x62 };
    /* "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq", less its type */
    static const uint8_t seed[SIGN_SEED_BYTES] = {
        0xc9, 0x6e, 0xf9, 0xea, 0x10, 0xc5, 0xe4, 0x14, 0xc4, 0x71, 0x72,
        0x3a, 0xff, 0x9d, 0xe7, 0x2c, 0x35, 0xfa, 0x5b, 0x70, 0xfa, 0xe9,
        0x7e, 0x88, 0x32, 0xec, 0xac, 0x7d, 0x2e, 0x2b, 0x8e, 0xd6,
    };
    uint8_t signature[SIGNATURE_BYTES];
    struct sign_key k;

    EXPECT_OK(read_text(&a, S(VECTOR PROOF BY_KEY CONTEXT VALUE), &d));
    EXPECT(memcmp(d.hashes, begin, sizeof begin) == 0);
    EXPECT(memcmp(d.hashes + 32, middle, sizeof middle) == 0);
    sign_key_of_seed(seed, &k);
    sign_bytes(&k, (str){ (const char *)d.hashes, sizeof d.hashes }, signature);
    EXPECT(memcmp(signature, d.signature, sizeof signature) == 0);
    sign_key_end(&k);
}

/* [PR2] The document may go on after the proof's contexts: then it is not what
 * was signed any more but reads as it was signed. */
TEST(a_context_added_at_the_end_is_left_out_of_what_was_signed)
{
    TEST_ARENA(a, 1 << 18);
    struct data_integrity d = { 0 };
    struct json *j = NULL;
    uint8_t public[SIGN_PUBLIC_BYTES] = { 0 };

    w3c_key(&a, public);
    EXPECT_OK(json_parse(&a, S(VECTOR PROOF BY_KEY CONTEXT VALUE), &j));
    json_add(j->first, json_new_str(&a, S("https://elsewhere.example/")));
    EXPECT_OK(data_integrity_read(&a, j, &d));
    EXPECT(data_integrity_holds(&d, public));
    EXPECT(json_get(d.document, S("@context"))->count == 2);
}

TEST(what_is_no_proof_of_ours_is_refused)
{
    static const struct {
        const char *name;
        str text;
        const char *id;
        str field;
    } rows[] = {
        { "no proof", S_INIT("{}"), "proof.none", S_INIT("") },
        { "two proofs", S_INIT("{\"proof\":[{},{}]}"), "proof.none",
          S_INIT("") },
        { "an empty one", S_INIT("{\"proof\":{}}"), "proof.field",
          S_INIT("type") },
        { "another type", S_INIT("{\"proof\":{\"type\":\"Ed25519Signature\"}}"),
          "proof.field", S_INIT("type") },
        { "another suite",
          S_INIT("{\"proof\":{\"type\":\"DataIntegrityProof\","
                 "\"cryptosuite\":\"eddsa-rdfc-2022\"}}"),
          "proof.field", S_INIT("cryptosuite") },
        { "an expiry", S_INIT("{\"proof\":{\"expires\":\"2030\"}}"),
          "proof.member", S_INIT("expires") },
        { "no key", S_INIT("{\"proof\":" PROOF VALUE), "proof.field",
          S_INIT("verificationMethod") },
        { "no signature",
          S_INIT("{\"proof\":" PROOF BY_KEY "\"proofValue\":\"z1\"}}"),
          "proof.field", S_INIT("proofValue") },
        { "a signature in another base",
          S_INIT("{\"proof\":" PROOF BY_KEY "\"proofValue\":\"uAAAA\"}}"),
          "proof.field", S_INIT("proofValue") },
        { "another context",
          S_INIT("{\"@context\":\"https://elsewhere.example/\","
                 "\"proof\":" PROOF BY_KEY CONTEXT VALUE),
          "proof.context", S_INIT("") },
        { "a context less",
          S_INIT("{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],"
                 "\"proof\":" PROOF BY_KEY CONTEXT VALUE),
          "proof.context", S_INIT("") },
        { "no context", S_INIT("{\"proof\":" PROOF BY_KEY CONTEXT VALUE),
          "proof.context", S_INIT("") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 18);
        struct data_integrity d = { 0 };
        err e = read_text(&a, rows[i].text, &d);

        EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].id);
        if (failed(e))
            EXPECT_ROW_STR(rows[i].name, err_arg_text(e, "field"),
                           rows[i].field);
    }
}

static err read_once(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct data_integrity d;

    arena_init(&a, h, 1 << 18);
    return read_text(&a, S(VECTOR PROOF BY_KEY CONTEXT VALUE), &d);
}

TEST(a_proof_is_read_or_memory_is_out)
{
    EXPECT(test_every_allocation_fails(read_once, NULL, NULL) > 0);
}
