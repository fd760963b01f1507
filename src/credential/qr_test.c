#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/base32.h"
#include "codec/cbor.h"
#include "codec/utf8.h"
#include "credential/test_sample.h"
#include "verify/did.h"

/* The sample, its credential and its code. */
struct sample {
    struct credential_facts facts;
    struct credential credential;
    struct qr_facts code;
    str text;
    struct did_document issuer;
};

static err make(struct arena *a, struct sample *s)
{
    struct sign_key k = test_key(TEST_KEY_OLD);
    struct sign_key qr = test_key(TEST_KEY_QR);
    struct seal by = test_seal(&k, TEST_KEY_OLD, test_signed);
    struct credential_written w;

    test_facts(&s->facts);
    TRY(credential_write(a, &s->facts, &by, &w));
    TRY(credential_read(a, w.json, &s->credential));
    qr_facts_of(&s->facts, &w.digest, &s->code);
    TRY(qr_write(a, test_base, &s->code, &qr, &s->text));
    return test_did_document(a, &s->issuer);
}

/* [CW2] */
TEST(a_code_gives_its_facts_back)
{
    TEST_ARENA(a, 4 << 20);
    struct sample s;
    struct qr q = { 0 };

    EXPECT_OK(make(&a, &s));
    if (!EXPECT_OK(qr_read(&a, s.text, &q)))
        return;
    EXPECT_STR(q.address, S("HTTPS://REGISTER.EXAMPLE.CN/C/71226SC0006R0S"));
    EXPECT_STR(q.number, s.facts.number);
    EXPECT_STR(q.facts.number, s.facts.number);
    EXPECT(str_begins(s.facts.holder, str_first(q.facts.holder, 30)));
    EXPECT_STR(q.facts.uscc, s.facts.uscc);
    EXPECT_STR(q.facts.criterion, s.facts.criterion);
    EXPECT(q.facts.stars == 10);
    EXPECT(q.facts.from == test_from && q.facts.until == test_until);
    EXPECT(q.facts.index == 94567);
    EXPECT_OK(qr_check_signature(&a, &q, &s.issuer));
    EXPECT_OK(qr_check_credential(&a, &q, &s.credential));
}

/* [CW1] Pinned, as in credential_test.c. */
TEST(the_same_facts_give_the_same_code_as_ever)
{
    TEST_ARENA(a, 4 << 20);
    struct sample s;

    EXPECT_OK(make(&a, &s));
    EXPECT_STR(s.text,
               S("HTTPS://REGISTER.EXAMPLE.CN/C/71226SC0006R0S#2KCEHIIBE6QFQ55"
                 "JAFXDOMJSGI3FGQZQGAYDMURQKMBHQJHHUS5OJPUL42M3V2EDXXUKHBPFUSD"
                 "6RAVB4S533ZU4RHUZTEHFQWWOLD5YANZDSMJZHEYDAMBQJVATAMBQGAYDAMK"
                 "YARXUOQRPKQQDENZZGIZC2MRQGEYQKCQGDFICCBYZKRUAQGQAAFYWOCKIRYI"
                 "JS6A6FYC3WWCAYDYNDLGJEML4REDYBATLXE7YA2YCTHWYDPUPKRLKNWMNZEW"
                 "MLYFJBJG4TQFQFAJA4XYWHRHZLFN6JGL3KEA7WE6RSRPH2BHOWFHISBQ"));
}

TEST(a_code_with_any_letter_changed_is_not_believed)
{
    TEST_ARENA(a, 4 << 20);
    struct sample s;
    char bad[QR_DENSE_MAX];

    EXPECT_OK(make(&a, &s));
    EXPECT(s.text.n <= sizeof bad);
    memcpy(bad, s.text.p, s.text.n);
    for (size_t i = 0; i < s.text.n; i++) {
        TEST_ARENA(inner, 1 << 18);
        struct qr q = { 0 };

        bad[i] = s.text.p[i] == 'A' ? 'B' : 'A';
        err e = qr_read(&inner, (str){ bad, s.text.n }, &q);
        if (!failed(e))
            e = qr_check_signature(&inner, &q, &s.issuer);
        /* The host is not part of the statement: who is asked is not what is
         * said.  It stands between the scheme and the path. */
        EXPECT(failed(e) || (i >= 8 && i < 27));
        bad[i] = s.text.p[i];
    }
}

/* [QR3] */
TEST(a_long_name_is_cut_to_what_the_code_can_hold)
{
    static const struct {
        const char *name;
        str base;
        str holder;
        bool whole;
    } rows[] = {
        { "short", S_INIT("https://a.cn"), S_INIT("示例公司"), true },
        { "long", S_INIT("https://a.cn"),
          S_INIT("示例国际智能装备与售后服务技术（集团）股份有限公司"), false },
        { "long address", S_INIT("https://certificates.register.example.cn"),
          S_INIT("示例智能装备股份有限公司"), false },
        { "with a port", S_INIT("https://a.cn:8443"), S_INIT("示例公司"),
          true },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 4 << 20);
        struct sign_key key = test_key(TEST_KEY_QR);
        struct sample s;
        struct qr q = { 0 };
        str text = S("");

        EXPECT_OK(make(&a, &s));
        s.code.holder = rows[i].holder;
        s.credential.facts.holder = rows[i].holder;
        EXPECT_ROW_OK(rows[i].name,
                      qr_write(&a, rows[i].base, &s.code, &key, &text));
        EXPECT_ROW_OK(rows[i].name, qr_read(&a, text, &q));
        EXPECT_ROW(rows[i].name, text.n <= QR_DENSE_MAX);
        EXPECT_ROW(rows[i].name,
                   str_eq(q.facts.holder, rows[i].holder) == rows[i].whole);
        EXPECT_ROW(rows[i].name,
                   rows[i].whole || (str_ends(q.facts.holder, S("…")) &&
                                     text.n > QR_DENSE_MAX - 6));
        EXPECT_ROW_OK(rows[i].name, qr_check_credential(&a, &q, &s.credential));
    }
}

TEST(what_cannot_be_a_code_is_not_written)
{
    TEST_ARENA(a, 4 << 20);
    struct sign_key key = test_key(TEST_KEY_QR);
    static const char *const bases[] = { "https://a.cn/x", "https://a.cn/",
                                         "http://a.cn",    "https://",
                                         "a.cn",           "https://a.cn#C" };
    struct sample s;
    str text = S("untouched");

    EXPECT_OK(make(&a, &s));
    for (size_t i = 0; i < COUNT(bases); i++)
        EXPECT_ROW_ERR(bases[i],
                       qr_write(&a, str_of(bases[i]), &s.code, &key, &text),
                       ERR_INVALID, "qr.address");
    EXPECT_ERR(qr_write_address(&a, test_base, S("small"), &text), ERR_INVALID,
               "qr.address");
    EXPECT_ERR(qr_write_address(&a, test_base, S("A/B"), &text), ERR_INVALID,
               "qr.address");
    EXPECT_ERR(qr_write_address(&a, test_base, S("A#B"), &text), ERR_INVALID,
               "qr.address");
    s.code.criterion = S("a criterion of which there is far more to say than "
                         "any code on any paper could ever hold, however long "
                         "one looks at it");
    EXPECT_ERR(qr_write(&a, test_base, &s.code, &key, &text), ERR_LIMIT,
               "qr.dense");
    EXPECT_STR(text, S("untouched"));
}

TEST(an_address_alone_proves_nothing)
{
    TEST_ARENA(a, 4 << 20);
    struct sample s;
    struct qr q = { 0 };
    str text = S("");

    EXPECT_OK(make(&a, &s));
    EXPECT_OK(qr_write_address(&a, test_base, s.facts.number, &text));
    EXPECT_OK(qr_read(&a, text, &q));
    EXPECT(!q.with_statement);
    EXPECT_ERR(qr_check_signature(&a, &q, &s.issuer), ERR_INVALID, "qr.bare");
}

/* [QR5] */
TEST(a_key_for_other_things_or_a_lost_one_does_not_count)
{
    TEST_ARENA(a, 4 << 20);
    struct sample s;
    struct qr q = { 0 };
    struct did_key keys[2 * TEST_KEYS];
    size_t n = 0;

    EXPECT_OK(make(&a, &s));
    EXPECT_OK(qr_read(&a, s.text, &q));
    for (size_t i = 0; i < s.issuer.n; i++) {
        if (did_key_is_for(&s.issuer.keys[i], S("qr")))
            keys[n++] = s.issuer.keys[i];
    }
    EXPECT(n == 2); /* in both its forms */
    const struct did_document d = { s.issuer.id, 1, keys };
    keys[0].until = test_signed; /* retired */
    EXPECT_OK(qr_check_signature(&a, &q, &d));
    keys[0].revoked = test_retired;
    EXPECT_ERR(qr_check_signature(&a, &q, &d), ERR_INVALID, "qr.signature");
    keys[0].revoked = INT64_MAX;
    keys[0].asserts = false;
    EXPECT_ERR(qr_check_signature(&a, &q, &d), ERR_INVALID, "qr.signature");
    keys[0].asserts = true;
    keys[0].id = S("did:web:register.example.cn#credential-9");
    EXPECT_ERR(qr_check_signature(&a, &q, &d), ERR_INVALID, "qr.signature");
}

TEST(a_code_is_valid_from_its_first_to_its_last_day)
{
    TEST_ARENA(a, 4 << 20);
    struct sample s;
    struct qr q = { 0 };

    EXPECT_OK(make(&a, &s));
    EXPECT_OK(qr_read(&a, s.text, &q));
    EXPECT_ERR(qr_check_day(&a, &q, test_from - 1), ERR_INVALID,
               "credential.early");
    EXPECT_OK(qr_check_day(&a, &q, test_from));
    EXPECT_OK(qr_check_day(&a, &q, test_until));
    EXPECT_ERR(qr_check_day(&a, &q, test_until + 1), ERR_INVALID,
               "credential.late");
}

/* Each field of a credential altered in turn. */
TEST(a_code_of_another_credential_says_what_differs)
{
    static const char *const fields[] = { "number",    "holder", "uscc",
                                          "criterion", "stars",  "from",
                                          "until",     "index",  "digest" };

    for (size_t i = 0; i < COUNT(fields); i++) {
        TEST_ARENA(a, 4 << 20);
        struct sample s;
        struct qr q = { 0 };

        EXPECT_OK(make(&a, &s));
        EXPECT_OK(qr_read(&a, s.text, &q));
        struct credential *c = &s.credential;
        str *const texts[] = { &c->facts.number, &c->facts.holder,
                               &c->facts.uscc, &c->facts.criterion };
        if (i < COUNT(texts))
            *texts[i] = S("another");
        c->facts.stars += i == 4;
        c->facts.from += i == 5;
        c->facts.until += i == 6;
        c->facts.index += i == 7;
        q.facts.digest[7] ^= i == 8;
        err e = qr_check_credential(&a, &q, c);
        EXPECT_ROW_ERR(fields[i], e, ERR_INVALID, "qr.other");
        if (failed(e))
            EXPECT_ROW_STR(fields[i], err_arg_text(e, "field"),
                           str_of(fields[i]));
    }
}

/* A code with this statement, in a proper envelope or one without its tag. */
static str code_of(struct arena *a, str payload, bool tagged, str head)
{
    static const char signature[SIGNATURE_BYTES];
    struct buf cose;
    struct buf b;
    str bytes = S("");
    str out = S("");

    buf_init(&cose, a, 1000);
    if (tagged)
        cbor_tag(&cose, 18);
    cbor_array(&cose, 4);
    cbor_bytes(&cose, head);
    cbor_map(&cose, 0);
    cbor_bytes(&cose, payload);
    cbor_bytes(&cose, (str){ signature, sizeof signature });
    EXPECT_OK(buf_done(&cose, &bytes));
    buf_init(&b, a, 2000);
    buf_str(&b, S("HTTPS://A.CN/C/N1#"));
    base32_encode(&b, bytes.p, bytes.n);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* What a statement of one star says, with field `key` left out (0: none) or
 * given as a number that cannot be right. */
static str statement(struct arena *a, int64_t key, bool wrong)
{
    static const char *const texts[] = { "N1", "holder", "uscc", "criterion" };
    struct buf b;
    str out = S("");

    buf_init(&b, a, 1000);
    cbor_map(&b, key == 0 || wrong ? 9 : 8);
    for (int64_t k = 1; k <= 9; k++) {
        if (k == key && !wrong)
            continue;
        cbor_int(&b, k);
        if (k == key)
            cbor_int(&b, -100000);
        else if (k <= 4)
            cbor_text(&b, str_of(texts[k - 1]));
        else if (k <= 8)
            cbor_int(&b, k);
        else
            cbor_bytes(&b, S("12345678"));
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

TEST(a_statement_that_lacks_something_or_has_it_wrong_says_what)
{
    static const char *const fields[] = { "number",    "holder", "uscc",
                                          "criterion", "stars",  "from",
                                          "until",     "index",  "digest" };

    for (int64_t k = 1; k <= 9; k++) {
        TEST_ARENA(a, 1 << 18);
        const char *row = fields[k - 1];
        struct qr q = { 0 };
        err e =
            qr_read(&a, code_of(&a, statement(&a, k, true), true, qr_protected),
                    &q);

        EXPECT_ROW_ERR(row, e, ERR_INVALID, "qr.field");
        if (failed(e))
            EXPECT_ROW_STR(row, err_arg_text(e, "field"), str_of(row));
        e = qr_read(&a,
                    code_of(&a, statement(&a, k, false), true, qr_protected),
                    &q);
        if (k == 5)
            EXPECT_ROW_OK("no stars", e);
        else
            EXPECT_ROW_ERR(row, e, ERR_INVALID, "qr.field");
    }
}

TEST(what_is_no_code_of_ours_is_refused)
{
    TEST_ARENA(a, 1 << 20);
    str good = statement(&a, 0, false);
    str more = S("\xa1\x0a\x01");
    const struct {
        const char *name;
        str text;
        const char *id;
    } rows[] = {
        { "nothing", S(""), "qr.address" },
        { "small letters", S("https://a.cn/c/N1"), "qr.address" },
        { "no host", S("HTTPS:///C/N1"), "qr.address" },
        { "a name in front of the host", S("HTTPS://U@A.CN/C/N1"),
          "qr.address" },
        { "another path", S("HTTPS://A.CN/D/N1"), "qr.address" },
        { "no number", S("HTTPS://A.CN/C/"), "qr.address" },
        { "more path", S("HTTPS://A.CN/C/N1/X"), "qr.address" },
        { "a query", S("HTTPS://A.CN/C/N1?X"), "qr.address" },
        { "an empty statement", S("HTTPS://A.CN/C/N1#"), "qr.form" },
        { "not base32", S("HTTPS://A.CN/C/N1#018"), "qr.letters" },
        { "another hash sign", S("HTTPS://A.CN/C/N1#MY#MY"), "qr.letters" },
        { "no CBOR", S("HTTPS://A.CN/C/N1#77777777"), "qr.form" },
        { "no tag", code_of(&a, good, false, qr_protected), "qr.form" },
        { "another algorithm", code_of(&a, good, true, S("\xa1\x01\x26")),
          "qr.form" },
        { "no algorithm", code_of(&a, good, true, S("")), "qr.form" },
        { "no payload", code_of(&a, S(""), true, qr_protected), "qr.form" },
        { "a payload that is no map",
          code_of(&a, S("\x01"), true, qr_protected), "qr.form" },
        { "a payload with little in it", code_of(&a, more, true, qr_protected),
          "qr.field" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct qr q = { 0 };

        EXPECT_ROW_ERR(rows[i].name, qr_read(&a, rows[i].text, &q), ERR_INVALID,
                       rows[i].id);
        EXPECT_ROW(rows[i].name, q.address.p == NULL);
    }
    struct qr q = { 0 };
    EXPECT_OK(qr_read(&a, code_of(&a, good, true, qr_protected), &q));
}

/* [QR4] */
TEST(a_statement_about_another_number_is_refused)
{
    TEST_ARENA(a, 4 << 20);
    struct sample s;
    struct qr q = { 0 };
    struct buf b;
    str text = S("");

    EXPECT_OK(make(&a, &s));
    buf_init(&b, &a, 1000);
    buf_str(&b, S("HTTPS://REGISTER.EXAMPLE.CN/C/71226SC0007R0S"));
    buf_str(&b, str_from(s.text, str_index(s.text, '#')));
    EXPECT_OK(buf_done(&b, &text));
    EXPECT_ERR(qr_read(&a, text, &q), ERR_INVALID, "qr.number");
}

static err make_and_read(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct sample s;
    struct qr q;

    arena_init(&a, h, 4 << 20);
    TRY(make(&a, &s));
    TRY(qr_read(&a, s.text, &q));
    return qr_check_signature(&a, &q, &s.issuer);
}

TEST(a_code_is_written_and_read_or_memory_is_out)
{
    EXPECT(test_every_allocation_fails(make_and_read, NULL, NULL) > 0);
}
