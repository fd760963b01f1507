/* What is no certificate, and is handed in as one. [TH7] */
#include "base/arena.h"
#include "base/size.h"
#include "base/test.h"
#include "credential/test_sample.h"
#include "credential/test_thing.h"

/* [TH7] Whoever takes one of them for the certificate is told what it is. */
TEST(what_goes_along_with_a_certificate_is_called_what_it_is)
{
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };

    test_thing_make(&s, &a);
    const struct {
        const char *why;
        str bytes;
        unsigned with;
        enum thing_kind kind;
        enum verify_verdict verdict;
        const char *id;
    } rows[] = {
        { "keys", s.did, 0, THING_KEYS, VERDICT_NOTHING, "verify.keys_alone" },
        { "a list", s.revocations, 0, THING_LIST, VERDICT_NOTHING,
          "verify.list_alone" },
        { "a list, and whose it is", s.revocations, WITH_KEYS, THING_LIST,
          VERDICT_PARTLY, "verify.list_alone" },
        { "SM2",
          S("{\"key\":\"sm2-1\",\"public\":\"04\",\"signature\":\"00\","
            "\"signer\":\"1234567812345678\"}\n"),
          0, THING_SM2, VERDICT_NOTHING, "verify.sm2_alone" },
        { "an address", S("https://register.example.cn/c/71226SC0006R0S"), 0,
          THING_ADDRESS, VERDICT_NOTHING, "verify.qr_bare" },
        { "one without https", S("http://register.example.cn/c/71226SC0006R0S"),
          0, THING_ADDRESS, VERDICT_NOTHING, "verify.qr_bare" },
        { "a code without a statement",
          S("HTTPS://REGISTER.EXAMPLE.CN/C/71226SC0006R0S"), 0, THING_QR,
          VERDICT_NOTHING, "verify.qr_bare" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct thing *t = arena_zero(&a, sizeof *t);
        struct verify_report r;

        EXPECT_ROW_OK(rows[i].why, thing_read(&a, rows[i].bytes, t));
        EXPECT_ROW(rows[i].why, t->kind == rows[i].kind);
        test_thing_check(&s, rows[i].bytes, rows[i].with, test_from, &r);
        EXPECT_ROW(rows[i].why, report_verdict(&r) == rows[i].verdict);
        EXPECT_ROW(rows[i].why, test_says(&r, FINDING_OPEN, rows[i].id));
    }
}

static size_t taken(const struct arena *a, size_t limit)
{
    return limit - a->budget;
}

/* Most of what verifying takes beside the signature is reading, so finding out
 * which document it is must not be a second time. */
TEST(a_document_is_read_once)
{
    enum { LIMIT = 1 << 20 };
    TEST_ARENA(whole, 64 << 20);
    struct test_thing s = { 0 };

    test_thing_make(&s, &whole);
    const str forms[] = { s.credential.json, s.credential.jwt };
    for (size_t i = 0; i < COUNT(forms); i++) {
        TEST_ARENA(once, LIMIT);
        TEST_ARENA(a, LIMIT);
        struct credential c = { 0 };
        struct thing *t = arena_zero(&whole, sizeof *t);

        EXPECT_OK(credential_read(&once, forms[i], &c));
        EXPECT_OK(thing_read(&a, forms[i], t));
        EXPECT(t->has_credential);
        EXPECT(taken(&a, LIMIT) == taken(&once, LIMIT));
    }
}

/* [SL3] */
TEST(a_list_that_was_altered_is_refuted_by_itself)
{
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    test_thing_check(&s, s.revocations, WITH_KEYS, test_from, &r);
    EXPECT(test_says(&r, FINDING_PROVED, "verify.list_signed"));
    str altered =
        test_altered(&a, s.revocations, S("revocation/1"), S("revocation/2"));
    test_thing_check(&s, altered, WITH_KEYS, test_from, &r);
    test_expect_refuted("another address", &r, "sealed.signature");
}
