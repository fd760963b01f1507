/* What is written, read back; and every way to alter it. */

#include "credential/credential.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/base64.h"
#include "credential/test_sample.h"
#include "crypto/hash.h"
#include "verify/did.h"

static void write_sample(struct arena *a, enum test_key which, int64_t at,
                         struct credential_written *out)
{
    struct sign_key k = test_key(which);
    struct seal by = test_seal(&k, which, at);
    struct credential_facts f;

    test_facts(&f);
    EXPECT_OK(credential_write(a, &f, &by, out));
}

static bool same_hash(struct hash x, struct hash y)
{
    return hash_eq(&x, &y);
}

static void expect_facts(const char *row, const struct credential_facts *got,
                         const struct credential_facts *want)
{
    EXPECT_ROW_STR(row, got->address, want->address);
    EXPECT_ROW_STR(row, got->number, want->number);
    EXPECT_ROW_STR(row, got->title, want->title);
    EXPECT_ROW_STR(row, got->covers, want->covers);
    EXPECT_ROW(row, got->from == want->from && got->until == want->until);
    EXPECT_ROW_STR(row, got->issuer, want->issuer);
    EXPECT_ROW_STR(row, got->body, want->body);
    EXPECT_ROW_STR(row, got->approval, want->approval);
    EXPECT_ROW_STR(row, got->holder, want->holder);
    EXPECT_ROW_STR(row, got->uscc, want->uscc);
    EXPECT_ROW_STR(row, got->scheme, want->scheme);
    EXPECT_ROW_STR(row, got->scheme_address, want->scheme_address);
    EXPECT_ROW(row, same_hash(got->scheme_hash, want->scheme_hash));
    EXPECT_ROW_STR(row, got->criterion, want->criterion);
    EXPECT_ROW_STR(row, got->level, want->level);
    EXPECT_ROW(row, got->stars == want->stars);
    EXPECT_ROW_STR(row, got->revocations, want->revocations);
    EXPECT_ROW_STR(row, got->suspensions, want->suspensions);
    EXPECT_ROW(row, got->index == want->index);
    EXPECT_ROW_STR(row, got->pdf_address, want->pdf_address);
    EXPECT_ROW(row, same_hash(got->pdf_hash, want->pdf_hash));
}

/* [SE1] */
static void expect_digest(struct arena *a, const struct credential *c,
                          const struct hash *want)
{
    struct hash got = { 0 };

    EXPECT_OK(sealed_digest(a, &c->sealed, &got));
    EXPECT(hash_eq(&got, want));
}

/* [CW2] [VC1] In both forms, with all there can be and with as little. */
TEST(a_credential_gives_its_facts_back)
{
    for (int least = 0; least < 2; least++) {
        TEST_ARENA(a, 4 << 20);
        struct sign_key k = test_key(TEST_KEY_OLD);
        struct seal by = test_seal(&k, TEST_KEY_OLD, test_signed);
        struct did_document issuer = { 0 };
        struct credential_facts f;
        struct credential_written w = { 0 };
        struct credential c = { 0 };

        test_facts(&f);
        if (least == 1) {
            f.level = S("");
            f.stars = 0;
            f.pdf_address = S("");
            memset(f.pdf_hash.b, 0, sizeof f.pdf_hash.b);
            f.index = 0;
            f.until = f.from;
        }
        EXPECT_OK(test_did_document(&a, &issuer));
        EXPECT_OK(credential_write(&a, &f, &by, &w));
        EXPECT_OK(credential_read(&a, w.json, &c));
        expect_facts("proof", &c.facts, &f);
        EXPECT(c.sealed.form == SEALED_PROOF);
        EXPECT(c.sealed.created == test_signed);
        expect_digest(&a, &c, &w.digest);
        EXPECT_OK(credential_check_signature(&a, &c, &issuer));
        EXPECT_OK(credential_read(&a, w.jwt, &c));
        expect_facts("token", &c.facts, &f);
        EXPECT(c.sealed.form == SEALED_JWT);
        EXPECT(c.sealed.created == test_signed);
        expect_digest(&a, &c, &w.digest);
        EXPECT_OK(credential_check_signature(&a, &c, &issuer));
    }
}

/* [CW1] The bytes themselves, pinned: what was issued once must be read for
 * ever, so a change here is a new version of the form, not a correction. */
TEST(the_same_facts_give_the_same_bytes_as_ever)
{
    TEST_ARENA(a, 4 << 20);
    struct credential_written w = { 0 };
    str did = S("");

    write_sample(&a, TEST_KEY_OLD, test_signed, &w);
    EXPECT_OK(test_did_json(&a, &did));
    const struct {
        str text;
        const char *sha256;
    } rows[] = {
        { w.json,
          "0f9e7ac88a1a6a4596f038f0403655239262b9bbc08ada5fbab75d10ff1af04a" },
        { w.jwt,
          "9b4888e2f6ac1df656a01e2ab358e28f3afdf57d60c6459bc1c3d04e8122e003" },
        { did,
          "9d42ae9ca588ecff2bb049f5764c68df6a4a2febcbfeb98d759ed117686369c2" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint8_t got[SHA256_BYTES];
        char hex[2 * SHA256_BYTES + 1] = { 0 };

        sha256(rows[i].text.p, rows[i].text.n, got);
        for (size_t k = 0; k < sizeof got; k++) {
            hex[2 * k] = "0123456789abcdef"[got[k] >> 4];
            hex[2 * k + 1] = "0123456789abcdef"[got[k] & 15];
        }
        EXPECT_STR(str_of(hex), str_of(rows[i].sha256));
    }
}

/* Is this text believed to be a credential of the body? */
static bool believed(str text, const struct did_document *issuer)
{
    TEST_ARENA(a, 4 << 20);
    struct credential c = { 0 };

    return !failed(credential_read(&a, text, &c)) &&
           !failed(credential_check_signature(&a, &c, issuer));
}

/* Every byte of `text`, with one bit changed; at least one is believed as it
 * is.  What changes no meaning (a blank in JSON) there is none of. */
static void expect_no_byte_can_change(str text,
                                      const struct did_document *issuer)
{
    char bad[8000];

    EXPECT(text.n < sizeof bad && believed(text, issuer));
    memcpy(bad, text.p, text.n);
    for (size_t i = 0; i < text.n && !test_failing(); i++) {
        bad[i] ^= 1;
        EXPECT(!believed((str){ bad, text.n }, issuer));
        bad[i] ^= 1;
    }
}

TEST(a_credential_with_any_byte_changed_is_not_believed)
{
    TEST_ARENA(a, 4 << 20);
    struct did_document issuer = { 0 };
    struct credential_written w = { 0 };

    write_sample(&a, TEST_KEY_OLD, test_signed, &w);
    EXPECT_OK(test_did_document(&a, &issuer));
    expect_no_byte_can_change(w.json, &issuer);
    expect_no_byte_can_change(w.jwt, &issuer);
}

/* `text` with the first `from` replaced by `to`, of any length. */
static str replaced(struct arena *a, str text, str from, str to)
{
    size_t at = str_find(text, from);
    char *made = arena_zero(a, text.n + to.n);

    EXPECT(at < text.n && made != NULL);
    if (at == text.n || made == NULL)
        return text;
    memcpy(made, text.p, at);
    memcpy(made + at, to.p, to.n);
    memcpy(made + at + to.n, text.p + at + from.n, text.n - at - from.n);
    return (str){ made, text.n - from.n + to.n };
}

/* [VC1] Each field altered, left out or doubled; refused with the place named,
 * before the signature is even looked at. */
TEST(a_document_that_says_something_else_is_refused_with_the_place)
{
    static const struct {
        const char *name;
        str from;
        str to;
        const char *id;
        str field;
    } rows[] = {
        { "another vocabulary", S_INIT("dcc/0.6.0/\"],\"credentialStatus"),
          S_INIT("dcc/0.7.0/\"],\"credentialStatus"), "proof.context",
          S_INIT("") },
        { "no second of midnight", S_INIT("2026-02-28T16:00:00Z"),
          S_INIT("2026-02-28T16:00:01Z"), "credential.field",
          S_INIT("validFrom") },
        { "ends at noon", S_INIT("2029-02-28T15:59:59Z"),
          S_INIT("2029-02-28T12:00:00Z"), "credential.field",
          S_INIT("validUntil") },
        { "ends before it begins", S_INIT("2029-02-28T15:59:59Z"),
          S_INIT("2025-02-28T15:59:59Z"), "credential.number",
          S_INIT("until") },
        { "no body", S_INIT("\"name\":\"示例认证有限公司\",\"type\""),
          S_INIT("\"type\""), "credential.text", S_INIT("body") },
        { "an index with a zero before it", S_INIT(":\"94567\""),
          S_INIT(":\"094567\""), "credential.field",
          S_INIT("credentialStatus[0].statusListIndex") },
        { "another index for suspension",
          S_INIT("\"94567\",\"statusPurpose\":\"suspension\""),
          S_INIT("\"94568\",\"statusPurpose\":\"suspension\""),
          "credential.field", S_INIT("credentialStatus[1].statusListIndex") },
        { "another purpose", S_INIT("\"statusPurpose\":\"suspension\""),
          S_INIT("\"statusPurpose\":\"message\""), "credential.field",
          S_INIT("credentialStatus[1].statusPurpose") },
        { "by itself", S_INIT("3rdParty"), S_INIT("1stParty"),
          "credential.field", S_INIT("credentialSubject.assessorLevel") },
        { "another level of approval", S_INIT("GovtApproval"),
          S_INIT("Accredited"), "credential.field",
          S_INIT("credentialSubject.assessmentLevel") },
        { "does not conform", S_INIT("\"conformance\":true"),
          S_INIT("\"conformance\":false"), "credential.field",
          S_INIT("credentialSubject.assessment[0].conformance") },
        { "eleven stars", S_INIT("\"value\":10"), S_INIT("\"value\":11"),
          "credential.field",
          S_INIT("credentialSubject.assessment[0].declaredValue") },
        { "stars as a text", S_INIT("\"value\":10"), S_INIT("\"value\":\"10\""),
          "credential.field",
          S_INIT("credentialSubject.assessment[0].declaredValue") },
        { "another number in an id", S_INIT("6R0S#holder"),
          S_INIT("6R1S#holder"), "credential.field",
          S_INIT("credentialSubject.issuedToParty.id") },
        { "a hash in capitals", S_INIT("\"hashDigest\":\"9d"),
          S_INIT("\"hashDigest\":\"9D"), "credential.field",
          S_INIT("credentialSubject.conformityCertificate.hashDigest") },
        { "half a hash", S_INIT("\"hashDigest\":\"9d9d"),
          S_INIT("\"hashDigest\":\"9d"), "credential.field",
          S_INIT("credentialSubject.conformityCertificate") },
        { "another kind of hash", S_INIT("sha256-"), S_INIT("sha384-"),
          "credential.field", S_INIT("relatedResource[0].digestSRI") },
        { "another scheme in the scope",
          S_INIT("\"scope\":{\"id\":\"https://register.example.cn/schemes/"),
          S_INIT("\"scope\":{\"id\":\"https://register.example.cn/others/"),
          "credential.field", S_INIT("relatedResource[0].id") },
        { "no vocabulary's type", S_INIT("DigitalConformityCredential"),
          S_INIT("DigitalProductPassport"), "credential.field",
          S_INIT("type[0]") },
        { "more than there is to say", S_INIT("\"validFrom\""),
          S_INIT("\"termsOfUse\":\"none\",\"validFrom\""), "credential.field",
          S_INIT("termsOfUse") },
        { "a number that is none", S_INIT("\"name\":\"71226SC0006R0S\""),
          S_INIT("\"name\":71226"), "credential.text", S_INIT("number") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 4 << 20);
        struct credential_written w = { 0 };
        struct credential c = { 0 };

        write_sample(&a, TEST_KEY_OLD, test_signed, &w);
        err e =
            credential_read(&a, replaced(&a, w.json, rows[i].from, rows[i].to),
                            &c);
        EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].id);
        if (failed(e))
            EXPECT_ROW_STR(rows[i].name, err_arg_text(e, "field"),
                           rows[i].field);
        EXPECT_ROW(rows[i].name, c.facts.number.p == NULL);
    }
}

/* [DI1] [DI2] [SE2] Who signed, and when. */
TEST(a_key_that_was_not_the_bodys_then_proves_nothing)
{
    static const struct {
        const char *name;
        enum test_key which;
        int64_t late; /* microseconds after test_retired */
        const char *refusal;
    } rows[] = {
        { "retired a moment later", TEST_KEY_OLD, -1000000, NULL },
        { "already retired", TEST_KEY_OLD, 0, "did.late" },
        { "not in use yet", TEST_KEY_NOW, -1000000, "did.early" },
        { "in use from now on", TEST_KEY_NOW, 0, NULL },
        { "lost", TEST_KEY_LOST, -1000000, "did.revoked" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 4 << 20);
        struct did_document issuer = { 0 };
        struct credential_written w = { 0 };
        struct credential c = { 0 };

        write_sample(&a, rows[i].which, test_retired + rows[i].late, &w);
        EXPECT_OK(test_did_document(&a, &issuer));
        EXPECT_OK(credential_read(&a, w.json, &c));
        err e = credential_check_signature(&a, &c, &issuer);
        if (rows[i].refusal == NULL)
            EXPECT_ROW_OK(rows[i].name, e);
        else
            EXPECT_ROW_ERR(rows[i].name, e, ERR_INVALID, rows[i].refusal);
    }
}

TEST(the_keys_of_another_body_are_of_no_use)
{
    TEST_ARENA(a, 4 << 20);
    struct did_document issuer = { 0 };
    struct credential_written w = { 0 };
    struct credential c = { 0 };

    write_sample(&a, TEST_KEY_OLD, test_signed, &w);
    EXPECT_OK(test_did_document(&a, &issuer));
    EXPECT_OK(credential_read(&a, w.json, &c));
    issuer.id = S("did:web:elsewhere.example.cn");
    EXPECT_ERR(credential_check_signature(&a, &c, &issuer), ERR_INVALID,
               "sealed.issuer");
    EXPECT_OK(test_did_document(&a, &issuer));
    c.sealed.signature[0] ^= 1;
    EXPECT_ERR(credential_check_signature(&a, &c, &issuer), ERR_INVALID,
               "sealed.signature");
}

TEST(a_certificate_is_valid_from_its_first_to_its_last_day)
{
    TEST_ARENA(a, 4 << 20);
    struct credential_written w = { 0 };
    struct credential c = { 0 };

    write_sample(&a, TEST_KEY_OLD, test_signed, &w);
    EXPECT_OK(credential_read(&a, w.json, &c));
    EXPECT_ERR(credential_check_day(&a, &c, test_from - 1), ERR_INVALID,
               "credential.early");
    EXPECT_OK(credential_check_day(&a, &c, test_from));
    EXPECT_OK(credential_check_day(&a, &c, test_until));
    EXPECT_ERR(credential_check_day(&a, &c, test_until + 1), ERR_INVALID,
               "credential.late");
}

TEST(another_scheme_or_paper_is_not_the_one_that_is_named)
{
    TEST_ARENA(a, 4 << 20);
    struct credential_written w = { 0 };
    struct credential c = { 0 };
    struct credential_facts f;

    test_facts(&f);
    write_sample(&a, TEST_KEY_OLD, test_signed, &w);
    EXPECT_OK(credential_read(&a, w.json, &c));
    EXPECT_OK(credential_check_scheme(&a, &c, &f.scheme_hash));
    EXPECT_OK(credential_check_paper(&a, &c, &f.pdf_hash));
    EXPECT_ERR(credential_check_scheme(&a, &c, &f.pdf_hash), ERR_INVALID,
               "credential.scheme");
    EXPECT_ERR(credential_check_paper(&a, &c, &f.scheme_hash), ERR_INVALID,
               "credential.paper");
    c.facts.pdf_address = S("");
    EXPECT_ERR(credential_check_paper(&a, &c, &f.pdf_hash), ERR_INVALID,
               "credential.paper");
}

/* [VC5] On both sides of every boundary. */
TEST(facts_that_no_reader_would_take_are_not_written)
{
    TEST_ARENA(a, 4 << 20);
    char *longest = arena_zero(&a, CREDENTIAL_TEXT_MAX + 1);
    struct sign_key k = test_key(TEST_KEY_OLD);
    struct seal by = test_seal(&k, TEST_KEY_OLD, test_signed);
    struct credential_written w = { 0 };
    struct credential_facts f;

    if (longest == NULL)
        return;
    memset(longest, 'x', CREDENTIAL_TEXT_MAX + 1);
    test_facts(&f);
    f.covers = (str){ longest, CREDENTIAL_TEXT_MAX };
    EXPECT_OK(credential_write(&a, &f, &by, &w));
    f.covers.n++;
    EXPECT_ERR(credential_write(&a, &f, &by, &w), ERR_INVALID,
               "credential.text");
    f.covers = S("");
    EXPECT_ERR(credential_write(&a, &f, &by, &w), ERR_INVALID,
               "credential.text");
    f.covers = S("half a character \xe6\xb0");
    EXPECT_ERR(credential_write(&a, &f, &by, &w), ERR_INVALID,
               "credential.text");
    test_facts(&f);
    f.stars = CREDENTIAL_STARS_MAX + 1;
    EXPECT_ERR(credential_write(&a, &f, &by, &w), ERR_INVALID,
               "credential.number");
    test_facts(&f);
    f.index = -1;
    EXPECT_ERR(credential_write(&a, &f, &by, &w), ERR_INVALID,
               "credential.number");
    test_facts(&f);
    f.until = f.from - 1;
    EXPECT_ERR(credential_write(&a, &f, &by, &w), ERR_INVALID,
               "credential.number");
    test_facts(&f);
    f.issuer = S("did:web:elsewhere.example.cn");
    EXPECT_ERR(credential_write(&a, &f, &by, &w), ERR_INVALID,
               "credential.text");
}

/* A token of ours, its payload replaced. */
static str other_payload(struct arena *a, str payload)
{
    struct buf b;
    str out = S("");

    buf_init(&b, a, 20000);
    buf_str(&b, S("eyJhbGciOiJFZERTQSIsInR5cCI6InZjK2p3dCJ9."));
    base64_encode(&b, BASE64_URL, payload.p, payload.n);
    buf_char(&b, '.');
    for (int i = 0; i < 86; i++)
        buf_char(&b, 'A');
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(claims_that_have_no_place_in_a_credential_are_refused)
{
    static const struct {
        str payload;
        const char *id;
        str field;
    } rows[] = {
        { S_INIT("[]"), "sealed.object", S_INIT("") },
        { S_INIT("{\"iat\":1,\"vc\":{}}"), "sealed.claim", S_INIT("vc") },
        { S_INIT("{\"iat\":1,\"vp\":{}}"), "sealed.claim", S_INIT("vp") },
        { S_INIT("{}"), "sealed.claim", S_INIT("iat") },
        { S_INIT("{\"iat\":\"1\"}"), "sealed.claim", S_INIT("iat") },
        { S_INIT("{\"iat\":-1}"), "sealed.claim", S_INIT("iat") },
        { S_INIT("{\"iat\":7258118400}"), "sealed.claim", S_INIT("iat") },
        { S_INIT("{\"iat\":1}"), "credential.field", S_INIT("validFrom") },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 1 << 18);
        struct credential c = { 0 };
        err e = credential_read(&a, other_payload(&a, rows[i].payload), &c);

        EXPECT_ROW_ERR(rows[i].payload.p, e, ERR_INVALID, rows[i].id);
        if (failed(e))
            EXPECT_ROW_STR(rows[i].payload.p, err_arg_text(e, "field"),
                           rows[i].field);
    }
}

static err all_of_it(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct sign_key k = test_key(TEST_KEY_OLD);
    struct seal by = test_seal(&k, TEST_KEY_OLD, test_signed);
    struct did_document issuer;
    struct credential_facts f;
    struct credential_written w;
    struct credential c;

    arena_init(&a, h, 4 << 20);
    test_facts(&f);
    TRY(test_did_document(&a, &issuer));
    TRY(credential_write(&a, &f, &by, &w));
    TRY(credential_read(&a, w.json, &c));
    TRY(credential_check_signature(&a, &c, &issuer));
    TRY(credential_read(&a, w.jwt, &c));
    return credential_check_signature(&a, &c, &issuer);
}

TEST(a_credential_is_written_and_read_or_memory_is_out)
{
    EXPECT(test_every_allocation_fails(all_of_it, NULL, NULL) > 0);
}
