/* Whatever a stranger may have in hand, altered in each of its parts: what is
 * refused, and for which reason. */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/base64.h"
#include "credential/test_sample.h"
#include "credential/test_thing.h"

/* --- altered: the credential [VC1] --------------------------------------- */

TEST(a_credential_altered_in_any_field_is_refused_with_the_reason)
{
    static const struct {
        const char *what;
        str from;
        str to;
        const char *id;
    } rows[] = {
        { "the number", S_INIT("\"name\":\"71226SC0006R0S\""),
          S_INIT("\"name\":\"71226SC0007R0S\""), "sealed.signature" },
        { "the holder", S_INIT("示例智能装备"), S_INIT("示例智慧装备"),
          "sealed.signature" },
        { "the credit code", S_INIT("91990000MA0000001X"),
          S_INIT("91990000MA0000002X"), "sealed.signature" },
        { "what it covers", S_INIT("家用空气净化"), S_INIT("商用空气净化"),
          "sealed.signature" },
        { "the first day", S_INIT("2026-02-28T16:00:00Z"),
          S_INIT("2026-01-31T16:00:00Z"), "sealed.signature" },
        { "the last day", S_INIT("2029-02-28T15:59:59Z"),
          S_INIT("2030-02-28T15:59:59Z"), "sealed.signature" },
        { "a last day that is none", S_INIT("2029-02-28T15:59:59Z"),
          S_INIT("2029-02-28T16:00:00Z"), "credential.field" },
        { "the criterion", S_INIT("GB/T 27922-2011"), S_INIT("GB/T 27922-2021"),
          "sealed.signature" },
        { "the index", S_INIT("\"94567\""), S_INIT("\"94568\""),
          "credential.field" },
        { "the list", S_INIT("status/revocation/1"),
          S_INIT("status/revocation/2"), "credential.field" },
        { "the body's name", S_INIT("示例认证有限公司"),
          S_INIT("示例认证无限公司"), "credential.field" },
        { "the body", S_INIT("\"id\":\"did:web:register.example.cn\""),
          S_INIT("\"id\":\"did:web:register.example.com\""),
          "credential.field" },
        { "a member more", S_INIT("{\"@context\""),
          S_INIT("{\"@a\":1,\"@context\""), "credential.field" },
        { "the key", S_INIT("#credential-1"), S_INIT("#credential-2"),
          "did.revoked" },
        { "a key there is not", S_INIT("#credential-1"),
          S_INIT("#credential-9"), "did.unknown" },
        { "a key of another purpose", S_INIT("#credential-1"),
          S_INIT("#credential-3"), "did.early" },
        { "the moment of signing", S_INIT("2026-03-01T02:00:00Z"),
          S_INIT("2026-03-01T02:00:01Z"), "sealed.signature" },
        { "the proof", S_INIT("\"proofValue\":\"z"),
          S_INIT("\"proofValue\":\"z1"), "proof.field" },
        { "not JSON any more", S_INIT("{\"@context\""), S_INIT("{@context\""),
          "json.syntax" },
    };
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        test_thing_check(&s,
                         test_altered(&a, s.credential.json, rows[i].from,
                                      rows[i].to),
                         ALL, test_from, &r);
        test_expect_refuted(rows[i].what, &r, rows[i].id);
    }
}

/* A token whose payload says something else, under the old signature. */
static str token_with(struct arena *a, str jwt, size_t part, str from, str to)
{
    str rest = jwt;
    str parts[3];
    struct buf b;
    str out = S("");

    for (size_t i = 0; i < 3; i++)
        parts[i] = str_cut(&rest, '.');
    str bytes = S("");
    bool valid = false;
    EXPECT_OK(base64_decode(a, BASE64_URL, parts[part], &bytes, &valid));
    bytes = test_altered(a, bytes, from, to);
    buf_init(&b, a, 8 << 20);
    base64_encode(&b, BASE64_URL, bytes.p, bytes.n);
    EXPECT_OK(buf_done(&b, &parts[part]));
    buf_init(&b, a, 8 << 20);
    for (size_t i = 0; i < 3; i++) {
        buf_str(&b, i == 0 ? S("") : S("."));
        buf_str(&b, parts[i]);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(a_token_altered_in_any_field_is_refused_with_the_reason)
{
    static const struct {
        const char *what;
        size_t part;
        str from;
        str to;
        const char *id;
    } rows[] = {
        { "the holder", 1, S_INIT("示例智能装备"), S_INIT("示例智慧装备"),
          "sealed.signature" },
        { "the credit code", 1, S_INIT("91990000MA0000001X"),
          S_INIT("91990000MA0000002X"), "sealed.signature" },
        { "the last day", 1, S_INIT("2029-02-28T15:59:59Z"),
          S_INIT("2030-02-28T15:59:59Z"), "sealed.signature" },
        { "the moment of signing", 1, S_INIT("\"iat\":1772330400"),
          S_INIT("\"iat\":1772330401"), "sealed.signature" },
        { "no moment", 1, S_INIT("\"iat\":"), S_INIT("\"iaT\":"),
          "sealed.claim" },
        { "the algorithm", 0, S_INIT("EdDSA"), S_INIT("none"),
          "jws.algorithm" },
        { "the type", 0, S_INIT("vc+jwt"), S_INIT("jwt"), "jws.type" },
        { "the key", 0, S_INIT("#credential-1"), S_INIT("#credential-2"),
          "did.revoked" },
    };
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        test_thing_check(&s,
                         token_with(&a, s.credential.jwt, rows[i].part,
                                    rows[i].from, rows[i].to),
                         ALL, test_from, &r);
        test_expect_refuted(rows[i].what, &r, rows[i].id);
    }
    test_thing_check(&s, str_first(s.credential.jwt, s.credential.jwt.n - 2),
                     ALL, test_from, &r);
    test_expect_refuted("cut short", &r, "jws.form");
}

/* --- altered: code, paper ------------------------------------------------ */

TEST(a_code_altered_in_any_letter_is_refused)
{
    TEST_ARENA(a, 200 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    test_thing_check(&s, test_altered(&a, s.qr, S("0006R0S#"), S("0007R0S#")),
                     ALL, test_from, &r);
    test_expect_refuted("the address", &r, "qr.number");
    test_thing_check(&s, test_altered(&a, s.qr, S("#"), S("#A")), ALL,
                     test_from, &r);
    test_expect_refuted("a letter more", &r, "qr.form");
    test_thing_check(&s, str_first(s.qr, s.qr.n - 8), ALL, test_from, &r);
    test_expect_refuted("cut short", &r, "qr.letters");
    test_thing_check(&s, test_altered(&a, s.qr, S("HTTPS"), S("https")), ALL,
                     test_from, &r);
    test_expect_refuted("small letters", &r, "qr.address");
    for (size_t i = str_index(s.qr, '#') + 1; i < s.qr.n; i++) {
        char *text = arena_zero(&a, s.qr.n);

        memcpy(text, s.qr.p, s.qr.n);
        text[i] = text[i] == 'B' ? 'C' : 'B';
        test_thing_check(&s, (str){ text, s.qr.n }, WITH_KEYS, test_from, &r);
        EXPECT(report_verdict(&r) == VERDICT_REFUTED);
    }
}

TEST(a_paper_altered_in_any_part_is_refused_with_the_reason)
{
    static const struct {
        const char *what;
        str from;
        str to;
        const char *id;
    } rows[] = {
        { "the page", S_INIT("[ 0 0 10 10 ]"), S_INIT("[ 0 0 10 12 ]"),
          "verify.cms_content" },
        { "the credential inside", S_INIT("91990000MA0000001X"),
          S_INIT("91990000MA0000002X"), "verify.cms_content" },
        { "the proof inside", S_INIT("index 2"), S_INIT("index 1"),
          "verify.cms_content" },
        { "the range", S_INIT("/ByteRange [0 0"), S_INIT("/ByteRange [0 1"),
          "verify.pdf_partly" },
        { "the signature", S_INIT("/Contents <3082"), S_INIT("/Contents <3182"),
          "verify.cms_form" },
        { "more behind", S_INIT("%%EOF\n"), S_INIT("%%EOF\n%\n"),
          "verify.pdf_partly" },
    };
    TEST_ARENA(a, 200 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        test_thing_check(&s, test_altered(&a, s.pdf, rows[i].from, rows[i].to),
                         ALL, test_from, &r);
        test_expect_refuted(rows[i].what, &r, rows[i].id);
    }
}

/* The credential of another certificate, in a paper that is signed well. */
TEST(a_proof_of_another_credential_is_refused)
{
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    s.leaves[2] = test_altered(&a, s.leaves[2], S("\"index\":94567"),
                               S("\"index\":94568"));
    test_write_note(&s);
    test_write_proof(&s);
    test_write_paper(&s);
    test_thing_check(&s, s.pdf, WITH_KEYS | WITH_POLICY, test_from, &r);
    test_expect_refuted("index", &r, "entry.other");
}

/* --- altered: the log [LC1] ---------------------------------------------- */

TEST(a_log_altered_in_any_part_is_refused_with_the_reason)
{
    static const struct {
        const char *what;
        size_t entry;
        str from;
        str to;
        const char *id;
    } rows[] = {
        { "the holder of an entry", 1, S_INIT("示例智能装备"),
          S_INIT("示例智慧装备"), "log_copy.root" },
        { "the digest of one", 2, S_INIT("\"digest\":\""),
          S_INIT("\"digest\":\"0"), "log_copy.root" },
        { "the kind of one", 1, S_INIT("certificate.issued"),
          S_INIT("certificate.expired"), "log_copy.root" },
        { "the key of one", 0, S_INIT("\"public\":\""),
          S_INIT("\"public\":\"0"), "log_copy.root" },
        { "the form of one", 1, S_INIT("{\"at\""), S_INIT("{ \"at\""),
          "entry.form" },
        { "a day that is none", 1, S_INIT("\"on\":\"2026-03-01\""),
          S_INIT("\"on\":\"2026-03-32\""), "entry.field" },
    };
    TEST_ARENA(a, 200 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct test_thing t = s;

        t.leaves[rows[i].entry] =
            test_altered(&a, s.leaves[rows[i].entry], rows[i].from, rows[i].to);
        test_thing_check(&t, s.credential.json, ALL, test_from, &r);
        test_expect_refuted(rows[i].what, &r, rows[i].id);
    }
}

TEST(a_log_with_an_entry_more_or_less_is_refused)
{
    TEST_ARENA(a, 200 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    struct test_thing t = s;
    t.n = 2;
    test_thing_check(&t, s.credential.json, ALL, test_from, &r);
    test_expect_refuted("one less", &r, "log_copy.bundle");
    t = s;
    t.leaves[t.n++] = s.leaves[2];
    test_thing_check(&t, s.credential.json, ALL, test_from, &r);
    test_expect_refuted("one more", &r, "log_copy.bundle");
    t = s;
    t.leaves[0] = s.leaves[1];
    t.leaves[1] = s.leaves[0];
    test_thing_check(&t, s.credential.json, ALL, test_from, &r);
    test_expect_refuted("in another order", &r, "log_copy.root");
}

TEST(a_checkpoint_or_proof_altered_is_refused_with_the_reason)
{
    static const struct {
        const char *what;
        str from;
        str to;
        const char *id;
    } notes[] = {
        { "the size", S_INIT("\n3\n"), S_INIT("\n2\n"), "note.signature" },
        { "the name", S_INIT("register.example.cn/log\n3"),
          S_INIT("register.example.cn/lag\n3"), "policy.log" },
        { "no signature", S_INIT("\n\n— "), S_INIT("\n— "), "note.split" },
    };
    static const struct {
        const char *what;
        str from;
        str to;
        const char *id;
    } proofs[] = {
        { "the index", S_INIT("index 2"), S_INIT("index 1"), "proof.path" },
        { "no version", S_INIT("proof@v1"), S_INIT("proof@v2"), "proof.form" },
        { "the size", S_INIT("\n3\n"), S_INIT("\n4\n"), "note.signature" },
    };
    TEST_ARENA(a, 200 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    for (size_t i = 0; i < COUNT(notes); i++) {
        struct test_thing t = s;

        t.note = test_altered(&a, s.note, notes[i].from, notes[i].to);
        test_thing_check(&t, s.credential.json, ALL, test_from, &r);
        test_expect_refuted(notes[i].what, &r, notes[i].id);
    }
    for (size_t i = 0; i < COUNT(proofs); i++) {
        test_thing_check(&s,
                         test_altered(&a, s.proof, proofs[i].from,
                                      proofs[i].to),
                         WITH_POLICY, test_from, &r);
        test_expect_refuted(proofs[i].what, &r, proofs[i].id);
    }
}

/* --- altered: lists ------------------------------------------------------ */

TEST(a_list_that_was_altered_or_is_another_is_refused)
{
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    struct test_thing t = s;
    t.revocations = s.suspensions;
    test_thing_check(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_from,
                     &r);
    test_expect_refuted("the other list", &r, "status_list.other");
    t = s;
    t.suspensions = test_altered(&a, s.suspensions, S("2026-03-01T02:00:00Z"),
                                 S("2026-03-02T02:00:00Z"));
    test_thing_check(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_from,
                     &r);
    test_expect_refuted("its moment", &r, "sealed.signature");
    t = s;
    t.suspensions = test_altered(&a, s.suspensions, S("\"encodedList\":\"u"),
                                 S("\"encodedList\":\"uA"));
    test_thing_check(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_from,
                     &r);
    test_expect_refuted("its bits", &r, "status_list.encoding");
}

TEST(a_bit_that_is_set_refutes_on_its_day_and_revocation_ever_after)
{
    static const int64_t own = 94567;
    static const int64_t near = 94566;
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;
    const str revocation = S("https://register.example.cn/status/revocation/1");
    const str suspension = S("https://register.example.cn/status/suspension/1");

    test_thing_make(&s, &a);
    struct test_thing t = s;
    t.revocations = test_list(&s, STATUS_REVOCATION, revocation, &own, 1);
    test_thing_check(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_from,
                     &r);
    test_expect_refuted("revoked", &r, "verify.revoked");
    test_thing_check(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_until,
                     &r);
    test_expect_refuted("revoked long ago", &r, "verify.revoked");
    t = s;
    t.suspensions = test_list(&s, STATUS_SUSPENSION, suspension, &own, 1);
    test_thing_check(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_from,
                     &r);
    test_expect_refuted("suspended", &r, "verify.suspended");
    t.suspensions = test_list(&s, STATUS_SUSPENSION, suspension, &near, 1);
    test_thing_check(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_from,
                     &r);
    EXPECT(report_verdict(&r) == VERDICT_PARTLY);
    EXPECT(test_says(&r, FINDING_PROVED, "verify.status_clear"));
    EXPECT(!test_says(&r, FINDING_OPEN, "verify.status_other_day"));
    test_thing_check(&t, s.credential.json, WITH_KEYS | WITH_LISTS,
                     test_from + 1, &r);
    EXPECT(test_says(&r, FINDING_OPEN, "verify.status_other_day"));
}
