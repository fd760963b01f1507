#include "verify/jws.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/base64.h"

/* RFC 8037, appendix A.4: header {"alg":"EdDSA"}. */
#define RFC_8037                                                               \
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."                \
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7" \
    "sVvpAr_MuM0KAg"

/* A token with this header; its signature is none. */
static str token(struct arena *a, str header)
{
    static const uint8_t signature[SIGNATURE_BYTES];
    struct buf b;
    str out = S("");

    buf_init(&b, a, 10000);
    base64_encode(&b, BASE64_URL, header.p, header.n);
    buf_str(&b, S(".e30."));
    base64_encode(&b, BASE64_URL, signature, sizeof signature);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(the_vector_of_rfc_8037_verifies)
{
    TEST_ARENA(a, 1 << 16);
    struct jws j = { 0 };
    str key = S("");
    bool valid = false;

    EXPECT_OK(base64_decode(&a, BASE64_URL,
                            S("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"),
                            &key, &valid));
    EXPECT(valid && key.n == SIGN_PUBLIC_BYTES);
    if (!EXPECT_OK(jws_read(&a, S(RFC_8037), S(""), &j)))
        return;
    EXPECT_STR(j.payload, S("Example of Ed25519 signing"));
    EXPECT(jws_holds(&j, (const uint8_t *)key.p));
    j.signature[0] ^= 1;
    EXPECT(!jws_holds(&j, (const uint8_t *)key.p));
}

/* [JW2] [JW3] */
TEST(a_header_that_asks_for_something_else_is_refused)
{
    static const struct {
        str header;
        const char *id;
    } rows[] = {
        { S_INIT("{\"alg\":\"none\",\"typ\":\"vc+jwt\"}"), "jws.algorithm" },
        { S_INIT("{\"typ\":\"vc+jwt\"}"), "jws.algorithm" },
        { S_INIT("{\"alg\":\"HS256\",\"typ\":\"vc+jwt\"}"), "jws.algorithm" },
        { S_INIT("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}"), "jws.type" },
        { S_INIT("{\"alg\":\"EdDSA\"}"), "jws.type" },
        { S_INIT("{\"alg\":\"EdDSA\",\"typ\":\"vc+jwt\",\"crit\":[]}"),
          "jws.critical" },
        { S_INIT("{\"alg\":\"EdDSA\",\"typ\":\"vc+jwt\",\"kid\":1}"),
          "jws.header" },
        { S_INIT("{\"alg\":[\"EdDSA\"],\"typ\":\"vc+jwt\"}"), "jws.header" },
        { S_INIT("[]"), "jws.form" },
        { S_INIT("{"), "jws.form" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct jws j = { 0 };

        EXPECT_ROW_ERR(rows[i].header.p,
                       jws_read(&a, token(&a, rows[i].header), S("vc+jwt"), &j),
                       ERR_INVALID, rows[i].id);
        EXPECT_ROW(rows[i].header.p, j.payload.p == NULL);
    }
}

TEST(the_newer_name_of_the_algorithm_is_taken_too)
{
    TEST_ARENA(a, 1 << 16);
    struct jws j = { 0 };

    EXPECT_OK(jws_read(&a,
                       token(&a, S("{\"alg\":\"Ed25519\",\"typ\":\"vc+jwt\","
                                   "\"kid\":\"k\"}")),
                       S("vc+jwt"), &j));
    EXPECT_STR(j.kid, S("k"));
    EXPECT_STR(j.payload, S("{}"));
}

TEST(what_is_no_token_is_refused)
{
    static const char *const rows[] = {
        "",
        ".",
        "..",
        "a.b",
        "e30.e30",
        "e30.e30.",
        "e30..AAAA",
        "eyJhbGciOiJFZERTQSJ9.e30.AAAA",
        "eyJhbGciOiJFZERTQSJ9.e30.AAAA.AAAA",
        "eyJhbGciOiJFZERTQSJ9=.e30.AAAA",
        "eyJhbGciOiJFZERTQSJ9.e3.AAAA",
        "{}",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 16);
        struct jws j = { 0 };
        err e = jws_read(&a, str_of(rows[i]), S(""), &j);

        EXPECT_ROW(rows[i], err_is(e, ERR_INVALID));
        EXPECT_ROW(rows[i], j.payload.p == NULL);
    }
}

TEST(a_token_longer_than_agreed_is_not_read)
{
    TEST_ARENA(a, 8 << 20);
    char *much = arena_zero(&a, JWS_MAX + 1);
    struct jws j = { 0 };

    if (much == NULL)
        return;
    EXPECT_ERR(jws_read(&a, (str){ much, JWS_MAX + 1 }, S(""), &j), ERR_LIMIT,
               "jws.long");
}

static err read_once(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct jws j;

    arena_init(&a, h, 1 << 16);
    return jws_read(&a, S(RFC_8037), S(""), &j);
}

TEST(a_token_is_read_or_memory_is_out)
{
    EXPECT(test_every_allocation_fails(read_once, NULL, NULL) > 0);
}
