#include "verify/did.h"

#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"
#include "verify/instant.h"

TEST(a_did_web_has_its_document_at_one_address)
{
    TEST_ARENA(a, 1 << 18);
    static const struct {
        str did;
        str address;
    } rows[] = {
        { S_INIT("did:web:register.example.cn"),
          S_INIT("https://register.example.cn/.well-known/did.json") },
        { S_INIT("did:web:register.example.cn%3A8443"),
          S_INIT("https://register.example.cn:8443/.well-known/did.json") },
        { S_INIT("did:web:example.cn:cb:a"),
          S_INIT("https://example.cn/cb/a/did.json") },
        { S_INIT("did:web:localhost%3A1:x"),
          S_INIT("https://localhost:1/x/did.json") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        str out = S("");

        EXPECT_ROW_OK(rows[i].did.p, did_web_address(&a, rows[i].did, &out));
        EXPECT_ROW_STR(rows[i].did.p, out, rows[i].address);
    }
}

/* Nothing in a name may lead to another host, or up in the path. */
TEST(what_is_no_did_web_has_no_address)
{
    static const char *const rows[] = {
        "",
        "did:web:",
        "did:key:z6Mk",
        "did:web:a/b",
        "did:web:a@b",
        "did:web:a%2Fb",
        "did:web:a%3A",
        "did:web:a%3A123456",
        "did:web:a%3Ax",
        "did:web:a::b",
        "did:web:a:",
        "did:web::a",
        "did:web:a:..",
        "did:web:a:.hidden",
        "did:web:..",
        "did:web:a#b",
        "did:web:a?b",
        "did:web:a b",
        "did:web:示例",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        str out = S("untouched");

        EXPECT_ROW_ERR(rows[i], did_web_address(&a, str_of(rows[i]), &out),
                       ERR_INVALID, "did.web");
        EXPECT_ROW_STR(rows[i], out, S("untouched"));
    }
}

TEST(an_address_and_its_did_web_are_each_others)
{
    TEST_ARENA(a, 1 << 18);
    static const char *const wrong[] = { "",
                                         "https://",
                                         "http://a.cn",
                                         "https://a.cn/",
                                         "https://a.cn/x",
                                         "https://a.cn:",
                                         "https://a.cn:x",
                                         "https://a.cn?x",
                                         "https://u@a.cn" };
    str out = S("");

    EXPECT_OK(did_web_of(&a, S("https://register.example.cn"), &out));
    EXPECT_STR(out, S("did:web:register.example.cn"));
    EXPECT_OK(did_web_of(&a, S("https://register.example.cn:8443"), &out));
    EXPECT_STR(out, S("did:web:register.example.cn%3A8443"));
    for (size_t i = 0; i < COUNT(wrong); i++)
        EXPECT_ROW_ERR(wrong[i], did_web_of(&a, str_of(wrong[i]), &out),
                       ERR_INVALID, "did.address");
}

#define KEY "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"

TEST(a_did_key_is_a_document_of_one_key_for_ever)
{
    TEST_ARENA(a, 1 << 18);
    static const char *const wrong[] = {
        "did:key:",
        "did:key:z",
        "did:key:zz6Mk",
        ("did:web:" KEY),
        "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ",
        "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc" /* X25519 */
    };
    struct did_document d = { 0 };
    const struct did_key *k = NULL;
    str multikey = S("");

    EXPECT_OK(did_key_document(&a, S("did:key:" KEY), &d));
    EXPECT(d.n == 1);
    EXPECT_OK(did_key_at(&a, &d, S("did:key:" KEY "#" KEY), INT64_MIN, &k));
    EXPECT_OK(did_key_at(&a, &d, S("did:key:" KEY "#" KEY), INT64_MAX - 1, &k));
    EXPECT_OK(did_multikey(&a, d.keys[0].public, &multikey));
    EXPECT_STR(multikey, S(KEY));
    for (size_t i = 0; i < COUNT(wrong); i++)
        EXPECT_ROW_ERR(wrong[i], did_key_document(&a, str_of(wrong[i]), &d),
                       ERR_INVALID, "did.key");
}

#define METHOD(id, more)                                                       \
    "{\"id\":\"did:web:a#" id "\",\"type\":\"Multikey\","                      \
    "\"controller\":\"did:web:a\",\"publicKeyMultibase\":\"" KEY "\"" more "}"

/* clang-format off */
static const str three_keys = S_INIT(
    "{\"id\":\"did:web:a\",\"verificationMethod\":["
    METHOD("k", ",\"validFrom\":\"2026-01-01T00:00:00Z\","
                "\"expires\":\"2026-06-01T00:00:00Z\"") ","
    METHOD("lost", ",\"revoked\":\"2026-06-01T00:00:00Z\"") ","
    METHOD("other", "") "],"
    "\"assertionMethod\":[\"did:web:a#k\",\"did:web:a#lost\"]}");
/* clang-format on */

/* [DI1] [DI2] [DI3] On both sides of every boundary. */
TEST(a_key_counts_while_it_is_good)
{
    static const int64_t begin = INT64_C(1767225600000000);
    static const int64_t end = INT64_C(1780272000000000);
    static const struct {
        const char *name;
        str id;
        int64_t at;
        const char *refusal; /* NULL: none */
    } rows[] = {
        { "before it began", S_INIT("did:web:a#k"), begin - 1, "did.early" },
        { "from then on", S_INIT("did:web:a#k"), begin, NULL },
        { "to the last moment", S_INIT("did:web:a#k"), end - 1, NULL },
        { "when it was retired", S_INIT("did:web:a#k"), end, "did.late" },
        { "revoked, whenever", S_INIT("did:web:a#lost"), begin, "did.revoked" },
        { "not for credentials", S_INIT("did:web:a#other"), begin,
          "did.purpose" },
        { "not there", S_INIT("did:web:a#none"), begin, "did.unknown" },
        { "no id at all", S_INIT(""), begin, "did.unknown" },
    };
    TEST_ARENA(a, 1 << 18);
    struct did_document d = { 0 };

    if (!EXPECT_OK(did_document_read(&a, three_keys, &d)))
        return;
    EXPECT(d.n == 3);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct did_key *k = NULL;
        err e = did_key_at(&a, &d, rows[i].id, rows[i].at, &k);

        if (rows[i].refusal == NULL)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].refusal);
        EXPECT_ROW(rows[i].name, (k != NULL) == (rows[i].refusal == NULL));
    }
}

/* [DI4] */
TEST(keys_of_other_kinds_are_passed_over)
{
    TEST_ARENA(a, 1 << 18);
    struct did_document d = { 0 };

    EXPECT_OK(did_document_read(
        &a,
        S("{\"id\":\"did:web:a\",\"verificationMethod\":["
          "{\"id\":\"did:web:a#p\",\"type\":\"JsonWebKey\","
          "\"controller\":\"did:web:a\",\"publicKeyJwk\":{\"kty\":\"EC\"}},"
          "{\"id\":\"did:web:a#x\",\"type\":\"X509\","
          "\"controller\":\"did:web:a\"},"
          "{\"id\":\"did:web:a#qr-1-jwk\",\"type\":\"JsonWebKey\","
          "\"controller\":\"did:web:a\",\"publicKeyJwk\":{\"kty\":\"OKP\","
          "\"crv\":\"Ed25519\","
          "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}}]}"),
        &d));
    EXPECT(d.n == 1);
    EXPECT(did_key_is_for(&d.keys[0], S("qr")));
    EXPECT(!did_key_is_for(&d.keys[0], S("q")));
    EXPECT(!did_key_is_for(&d.keys[0], S("credential")));
    EXPECT(d.keys[0].public[0] == 0xd7 && !d.keys[0].asserts);
}

TEST(a_document_that_is_none_is_refused)
{
    static const struct {
        str text;
        const char *id;
        str field;
    } rows[] = {
        { S_INIT("[]"), "did.document", S_INIT("id") },
        { S_INIT("{\"id\":\"web:a\"}"), "did.document", S_INIT("id") },
        { S_INIT("{\"id\":\"did:web:a\"}"), "did.document",
          S_INIT("verificationMethod") },
        { S_INIT("{\"id\":\"did:web:a\",\"verificationMethod\":{}}"),
          "did.document", S_INIT("verificationMethod") },
        { S_INIT("{\"id\":\"did:web:a\",\"verificationMethod\":[1]}"),
          "did.document", S_INIT("verificationMethod.id") },
        { S_INIT("{\"id\":\"did:web:b\",\"verificationMethod\":[" METHOD(
              "k", "") "]}"),
          "did.document", S_INIT("verificationMethod.id") },
        { S_INIT("{\"id\":\"did:web:a\",\"verificationMethod\":["
                 "{\"id\":\"did:web:a#k\",\"controller\":\"did:web:b\"}]}"),
          "did.document", S_INIT("controller") },
        { S_INIT("{\"id\":\"did:web:a\",\"verificationMethod\":[" METHOD(
              "k", ",\"expires\":\"2026-06-01\"") "]}"),
          "did.document", S_INIT("expires") },
        { S_INIT("{\"id\":\"did:web:a\",\"verificationMethod\":[" METHOD(
              "k", ",\"revoked\":null") "]}"),
          "did.document", S_INIT("revoked") },
        { S_INIT("{\"id\":\"did:web:a\",\"verificationMethod\":[" METHOD(
              "k", "") "," METHOD("k", "") "]}"),
          "did.twice", S_INIT("") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 18);
        struct did_document d = { 0 };
        err e = did_document_read(&a, rows[i].text, &d);

        EXPECT_ROW_ERR(rows[i].text.p, e, ERR_INVALID, rows[i].id);
        if (failed(e))
            EXPECT_ROW_STR(rows[i].text.p, err_arg_text(e, "field"),
                           rows[i].field);
        EXPECT_ROW(rows[i].text.p, d.id.p == NULL);
    }
}

static err read_once(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct did_document d;

    arena_init(&a, h, 1 << 18);
    TRY(did_key_document(&a, S("did:key:" KEY), &d));
    return did_document_read(
        &a,
        S("{\"id\":\"did:web:a\",\"verificationMethod\":[" METHOD("k",
                                                                  "") "]}"),
        &d);
}

TEST(a_document_is_read_or_memory_is_out)
{
    EXPECT(test_every_allocation_fails(read_once, NULL, NULL) > 0);
}
