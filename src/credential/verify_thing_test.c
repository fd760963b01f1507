/* Whatever a stranger may have in hand: what is proved of it, on which days and
 * by which keys. [RP1]-[RP3] [TH1]-[TH3] */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "credential/test_paper.h"
#include "credential/test_sample.h"
#include "credential/test_thing.h"
#include "verify/did.h"

static const int64_t micros = 1000000;

/* --- what holds --------------------------------------------------------- */

TEST(each_thing_holds_with_all_there_is_to_check_it_by)
{
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    test_thing_check(&s, s.credential.json, ALL, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_HOLDS);
    EXPECT(test_says(&r, FINDING_PROVED, "verify.credential_signed"));
    EXPECT(test_says(&r, FINDING_PROVED, "verify.key_logged"));
    EXPECT(test_says(&r, FINDING_PROVED, "verify.status_clear"));
    EXPECT(test_says(&r, FINDING_PROVED, "verify.entry_same"));
    EXPECT(test_says(&r, FINDING_PROVED, "verify.stands_valid"));
    test_thing_check(&s, s.credential.jwt, ALL, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_HOLDS);
    test_thing_check(&s, S("71226SC0006R0S"), ALL, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_HOLDS);
    test_thing_check(&s, S("https://register.example.cn/c/71226sc0006r0s\n"),
                     ALL, test_from, &r);
    EXPECT(test_says(&r, FINDING_PROVED, "verify.stands_valid"));
    test_thing_check(&s, s.proof, WITH_POLICY, test_from, &r);
    EXPECT(test_says(&r, FINDING_PROVED, "verify.proof_holds"));
    EXPECT(test_says(&r, FINDING_OPEN, "verify.status_unchecked"));
}

/* [QR3] Signed or only claimed, a cut name is said to be cut; a whole one is
 * not.
 */
TEST(a_code_says_that_it_has_only_the_beginning_of_a_name)
{
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct sign_key key = test_key(TEST_KEY_QR);
    struct verify_report r;
    struct qr q = { 0 };
    str text = S("");

    test_thing_make(&s, &a);
    test_thing_check(&s, s.qr, WITH_KEYS, test_from, &r);
    EXPECT(test_says(&r, FINDING_PROVED, "verify.qr_says"));
    EXPECT(!test_says(&r, FINDING_PROVED, "verify.qr_cut"));
    EXPECT_OK(qr_read(&a, s.qr, &q));
    q.facts.holder = S("示例国际智能装备与售后服务技术（集团）股份有限公司");
    EXPECT_OK(qr_write(&a, test_base, &q.facts, &key, &text));
    test_thing_check(&s, text, WITH_KEYS, test_from, &r);
    EXPECT(test_says(&r, FINDING_PROVED, "verify.qr_cut"));
    test_thing_check(&s, text, 0, test_from, &r);
    EXPECT(test_says(&r, FINDING_OPEN, "verify.qr_cut"));
}

/* [DI5] The sample's log knows the key of credentials, and not that of codes.
 */
TEST(keys_that_came_along_count_only_where_the_log_has_them)
{
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    test_thing_check(&s, s.credential.json, ALL | WITH_FETCHED, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_HOLDS);
    test_thing_check(&s, s.qr, ALL | WITH_FETCHED, test_from, &r);
    test_expect_refuted("a key the log has not", &r, "log_copy.key");
    test_thing_check(&s, s.qr, ALL, test_from, &r);
    EXPECT(test_says(&r, FINDING_OPEN, "verify.key_not_logged"));
    EXPECT(report_verdict(&r) == VERDICT_PARTLY);
    test_thing_check(&s, s.qr, WITH_KEYS | WITH_FETCHED, test_from, &r);
    EXPECT(test_says(&r, FINDING_OPEN, "verify.keys_unlogged"));
    test_thing_check(&s, s.credential.json, WITH_KEYS | WITH_FETCHED, test_from,
                     &r);
    EXPECT(test_says(&r, FINDING_OPEN, "verify.keys_unlogged"));
}

/* The signer's own certificate is vouched for by nobody. */
TEST(a_paper_holds_but_for_whose_certificate_it_is)
{
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    test_thing_check(&s, s.pdf, ALL, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_PARTLY);
    EXPECT(test_says(&r, FINDING_PROVED, "verify.pdf_signed"));
    EXPECT(test_says(&r, FINDING_PROVED, "verify.pdf_stamped"));
    EXPECT(test_says(&r, FINDING_OPEN, "verify.pdf_self_signed"));
    EXPECT(test_says(&r, FINDING_PROVED, "verify.credential_signed"));
    EXPECT(test_says(&r, FINDING_PROVED, "verify.proof_holds"));
    EXPECT(test_says(&r, FINDING_PROVED, "verify.entry_same"));
}

static size_t said_times(const struct verify_report *r, const char *id)
{
    size_t n = 0;

    for (const struct verify_finding *f = r->first; f != NULL; f = f->next)
        n += str_eq(str_of(f->id), str_of(id));
    return n;
}

/* [TH6] */
TEST(what_the_proof_of_a_paper_told_is_not_told_again_by_the_log)
{
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    test_thing_check(&s, s.pdf, ALL, test_from, &r);
    EXPECT(said_times(&r, "verify.entry_same") == 1);
    EXPECT(said_times(&r, "verify.act_credential") == 1);
    test_thing_check(&s, s.credential.json, ALL, test_from, &r);
    EXPECT(said_times(&r, "verify.entry_same") == 1);
    s.leaves[2] = s.leaves[1];
    test_write_note(&s);
    test_write_proof(&s);
    test_write_paper(&s);
    test_thing_check(&s, s.pdf, ALL, test_from, &r);
    EXPECT(said_times(&r, "verify.entry_same") == 1);
    EXPECT(said_times(&r, "verify.act_issued") == 2); /* entries 1 and 2 */
}

/* Anybody can sign a paper anew and attach to it what the log does have of
 * something else. [TH5] */
TEST(a_paper_with_the_proof_of_another_entry_is_refuted)
{
    static const struct {
        const char *why;
        const char *kind;
        str open;
        const char *id;
    } rows[] = {
        { "another certificate's, issued", "certificate.issued",
          S_INIT("\"number\":\"71226SC0009R0S\""), "entry.other" },
        { "another certificate's, suspended", "certificate.suspended",
          S_INIT("\"number\":\"71226SC0009R0S\""), "entry.kind" },
        { "this certificate's, but of no credential", "certificate.suspended",
          S_INIT(TEST_NUMBER), "entry.kind" },
        { "of no certificate", "key.made", S_INIT("\"serial\":2"),
          "entry.kind" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 64 << 20);
        struct test_thing s = { 0 };
        struct verify_report r;

        test_thing_make(&s, &a);
        s.leaves[2] = test_leaf(&s, rows[i].kind, "2026-03-01", rows[i].open);
        test_write_note(&s);
        test_write_proof(&s);
        test_write_paper(&s);
        test_thing_check(&s, s.pdf, WITH_KEYS | WITH_LISTS | WITH_POLICY,
                         test_from, &r);
        EXPECT_ROW(rows[i].why,
                   test_says(&r, FINDING_PROVED, "verify.proof_holds"));
        test_expect_refuted(rows[i].why, &r, rows[i].id);
    }
}

/* An entry about the key for documents that signed the sample's paper, or about
 * another one. */
static str paper_key_leaf(struct test_thing *s, bool own)
{
    struct thing t;
    struct buf b;
    str open = S("");

    EXPECT_OK(thing_read(s->a, s->pdf, &t));
    buf_init(&b, s->a, 4000);
    buf_str(&b, S("\"kind\":\"p256\",\"public\":\""));
    buf_hex(&b, (const uint8_t *)t.pdf.signature.by.key.p,
            t.pdf.signature.by.key.n);
    buf_str(&b, own ? S("") : S("00"));
    buf_str(&b, S("\",\"purpose\":\"pdf\",\"serial\":1"));
    EXPECT_OK(buf_done(&b, &open));
    return test_leaf(s, "key.made", "2026-01-01", open);
}

/* Whoever signs a forged paper attaches what the body did sign. [TH4] */
TEST(a_paper_is_the_bodys_only_where_the_log_has_the_key_that_signed_it)
{
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    struct test_thing own = s;
    struct test_thing other = s;
    own.leaves[own.n++] = paper_key_leaf(&s, true);
    other.leaves[other.n++] = paper_key_leaf(&s, false);
    test_write_note(&own);
    test_write_note(&other);
    test_thing_check(&own, s.pdf, ALL, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_HOLDS);
    EXPECT(test_says(&r, FINDING_PROVED, "verify.pdf_key_logged"));
    EXPECT(!test_says(&r, FINDING_OPEN, "verify.pdf_self_signed"));
    test_thing_check(&other, s.pdf, ALL, test_from, &r);
    test_expect_refuted("the key of somebody else", &r, "log_copy.paper_key");
}

/* The stamp is of 2026-03-01. */
TEST(what_a_compromised_key_signed_counts_when_it_was_stamped_before)
{
    static const struct {
        const char *since;
        const char *id;
    } rows[] = {
        { "2026-02-28", "log_copy.key_lost" },
        { "2026-03-01", "log_copy.key_lost" },
        { "2026-03-02", NULL },
    };
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct test_thing t = s;

        t.leaves[t.n++] = paper_key_leaf(&s, true);
        t.leaves[t.n++] = test_leaf(
            &t, "key.retired", "2026-03-03",
            test_joined(&t,
                        S("\"ending\":\"compromised\",\"purpose\":\"pdf\","
                          "\"serial\":1,\"since\":\""),
                        rows[i].since, S("\"")));
        test_write_note(&t);
        test_thing_check(&t, s.pdf, ALL, test_from, &r);
        if (rows[i].id == NULL)
            EXPECT_ROW(rows[i].since,
                       test_says(&r, FINDING_PROVED, "verify.pdf_key_logged"));
        else
            test_expect_refuted(rows[i].since, &r, rows[i].id);
    }
}

/* The sample's certificate is valid from 2026-01-01 to 2100-01-01. */
TEST(a_signature_without_a_stamp_counts_while_its_certificate_is_valid)
{
    static const struct {
        const char *why;
        const char *on;
        bool counts;
    } rows[] = {
        { "the day before the first", "2025-12-31", false },
        { "the first day", "2026-01-01", true },
        { "the last day", "2100-01-01", true },
        { "the day after the last", "2100-01-02", false },
    };
    const struct test_paper bare = { NULL, 0, false };
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { .a = &a };
    str pdf = test_paper(&a, &bare);
    struct verify_report r;
    day on = 0;

    for (size_t i = 0; i < COUNT(rows); i++) {
        EXPECT_ROW(rows[i].why, day_parse(str_of(rows[i].on), &on));
        test_thing_check(&s, pdf, 0, on, &r);
        if (!rows[i].counts)
            test_expect_refuted(rows[i].why, &r, "verify.pdf_expired");
        EXPECT_ROW(rows[i].why,
                   test_says(&r, FINDING_OPEN, "verify.pdf_unstamped") ==
                       rows[i].counts);
        EXPECT_ROW(rows[i].why,
                   test_says(&r, FINDING_PROVED, "verify.pdf_signed"));
    }
}

/* [TH2] */
TEST(what_the_reader_does_not_bring_is_said_to_be_unchecked)
{
    static const struct {
        const char *why;
        unsigned with;
        const char *open;
        enum verify_verdict verdict;
    } rows[] = {
        { "no keys", 0, "verify.credential_unsigned", VERDICT_NOTHING },
        { "no list and no log", WITH_KEYS, "verify.status_unchecked",
          VERDICT_PARTLY },
        { "no log", WITH_KEYS | WITH_LISTS, "verify.log_unchecked",
          VERDICT_PARTLY },
    };
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        test_thing_check(&s, s.credential.json, rows[i].with, test_from, &r);
        EXPECT_ROW(rows[i].why, test_says(&r, FINDING_OPEN, rows[i].open));
        EXPECT_ROW(rows[i].why, report_verdict(&r) == rows[i].verdict);
    }
    test_thing_check(&s, S("71226SC0006R0S"), 0, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_NOTHING);
    EXPECT(test_says(&r, FINDING_OPEN, "verify.number_alone"));
    test_thing_check(&s, s.proof, 0, test_from, &r);
    EXPECT(test_says(&r, FINDING_OPEN, "verify.proof_unchecked"));
    EXPECT(report_verdict(&r) == VERDICT_NOTHING);
}

/* --- days --------------------------------------------------------------- */

/* [VC2] Both ends inclusive. */
TEST(a_thing_holds_from_its_first_day_to_its_last)
{
    static const struct {
        const char *why;
        int32_t after; /* the first day, or the last where it is `late` */
        bool late;
        const char *id;
    } rows[] = {
        { "the day before", -1, false, "credential.early" },
        { "the first day", 0, false, NULL },
        { "the last day", 0, true, NULL },
        { "the day after", 1, true, "credential.late" },
    };
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        day on = (rows[i].late ? test_until : test_from) + rows[i].after;
        const str things[] = { s.credential.json, s.qr };

        for (size_t k = 0; k < COUNT(things); k++) {
            test_thing_check(&s, things[k], WITH_KEYS, on, &r);
            if (rows[i].id == NULL)
                EXPECT_ROW(rows[i].why, report_verdict(&r) == VERDICT_PARTLY);
            else
                test_expect_refuted(rows[i].why, &r, rows[i].id);
        }
    }
    /* The log knows the last day too, and the first. */
    test_thing_check(&s, S("71226SC0006R0S"), ALL, test_until, &r);
    EXPECT(test_says(&r, FINDING_PROVED, "verify.stands_valid"));
    test_thing_check(&s, S("71226SC0006R0S"), ALL, test_until + 1, &r);
    test_expect_refuted("the day after, by the log", &r, "credential.late");
    test_thing_check(&s, S("71226SC0006R0S"), ALL, test_from - 1, &r);
    test_expect_refuted("the day before, by the log", &r,
                        "verify.stands_not_yet");
}

/* [LC2] */
TEST(a_copy_of_the_log_says_where_it_ends)
{
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    test_thing_check(&s, S("71226SC0006R0S"), ALL, test_from, &r);
    EXPECT(!test_says(&r, FINDING_OPEN, "verify.log_as_of"));
    test_thing_check(&s, S("71226SC0006R0S"), ALL, test_from + 1, &r);
    EXPECT(test_says(&r, FINDING_OPEN, "verify.log_as_of"));
    EXPECT(report_verdict(&r) == VERDICT_PARTLY);
}

/* --- keys [DI1] [DI2] ---------------------------------------------------- */

TEST(a_key_retired_in_good_order_still_counts_and_a_compromised_one_does_not)
{
    static const struct {
        const char *why;
        enum test_key key;
        int64_t at; /* seconds after the retirement */
        const char *id;
    } rows[] = {
        { "a second before it was retired", TEST_KEY_OLD, -1, NULL },
        { "a second after", TEST_KEY_OLD, 1, "did.late" },
        { "with the key that fell into other hands, long before", TEST_KEY_LOST,
          -1000, "did.revoked" },
        { "a second before the next key", TEST_KEY_NOW, -1, "did.early" },
        { "with the next key", TEST_KEY_NOW, 0, NULL },
    };
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sign_key key = test_key(rows[i].key);
        struct seal by =
            test_seal(&key, rows[i].key, test_retired + rows[i].at * micros);
        struct credential_written w = { 0 };
        struct credential_facts f;

        test_facts(&f);
        EXPECT_OK(credential_write(&a, &f, &by, &w));
        test_thing_check(&s, w.json, WITH_KEYS, test_from, &r);
        if (rows[i].id == NULL)
            EXPECT_ROW(rows[i].why, report_verdict(&r) == VERDICT_PARTLY);
        else
            test_expect_refuted(rows[i].why, &r, rows[i].id);
    }
}

TEST(a_key_that_the_log_gives_up_for_compromised_does_not_count)
{
    static const struct {
        const char *ending;
        const char *id;
    } rows[] = {
        { "rotated", NULL },
        { "lost", NULL },
        { "compromised", "log_copy.key_lost" },
    };
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct test_thing t = s;

        t.leaves[t.n++] =
            test_leaf(&t, "key.retired", "2026-03-01",
                      test_joined(&t, S("\"ending\":\""), rows[i].ending,
                                  S("\",\"purpose\":\"credential\","
                                    "\"serial\":1,\"since\":\"2026-02-01\"")));
        test_write_note(&t);
        test_thing_check(&t, s.credential.json, ALL, test_from, &r);
        if (rows[i].id == NULL)
            EXPECT_ROW(rows[i].ending, report_verdict(&r) == VERDICT_HOLDS);
        else
            test_expect_refuted(rows[i].ending, &r, rows[i].id);
    }
}

/* --- history ------------------------------------------------------------- */

TEST(the_log_says_how_a_certificate_stands)
{
    static const struct {
        const char *kind;
        const char *id; /* NULL: it is in force */
    } rows[] = {
        { "certificate.suspended", "verify.stands_suspended" },
        { "certificate.withdrawn", "verify.stands_withdrawn" },
        { "certificate.cancelled", "verify.stands_cancelled" },
        { "certificate.expired", "verify.stands_expired" },
        { "certificate.restored", NULL },
        { "certificate.reduced", NULL },
    };
    TEST_ARENA(a, 64 << 20);
    struct test_thing s = { 0 };
    struct verify_report r;

    test_thing_make(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct test_thing t = s;

        t.leaves[t.n++] =
            test_leaf(&t, rows[i].kind, "2026-03-02", S(TEST_NUMBER));
        test_write_note(&t);
        test_thing_check(&t, S("71226SC0006R0S"), ALL, test_from, &r);
        EXPECT_ROW(rows[i].kind,
                   test_says(&r, FINDING_PROVED, "verify.stands_valid"));
        test_thing_check(&t, S("71226SC0006R0S"), ALL, test_from + 1, &r);
        if (rows[i].id == NULL)
            EXPECT_ROW(rows[i].kind,
                       test_says(&r, FINDING_PROVED, "verify.stands_valid"));
        else
            test_expect_refuted(rows[i].kind, &r, rows[i].id);
    }
    test_thing_check(&s, S("71226SC9999R0S"), ALL, test_from, &r);
    test_expect_refuted("another number", &r, "verify.stands_not_yet");
}

/* --- anything ------------------------------------------------------------ */

/* [TH1] */
TEST(what_is_no_thing_is_said_to_be_none)
{
    static const struct {
        str bytes;
        enum thing_kind kind;
        const char *id;
    } rows[] = {
        { S_INIT(""), THING_UNKNOWN, "verify.unknown" },
        { S_INIT("hello, world"), THING_UNKNOWN, "verify.unknown" },
        { S_INIT("\xff\xfe"), THING_UNKNOWN, "verify.unknown" },
        { S_INIT("{}"), THING_CREDENTIAL, "proof.none" },
        { S_INIT("%PDF-1.7"), THING_PDF, "verify.pdf_unsigned" },
        { S_INIT("https://example.cn"), THING_ADDRESS, "verify.address" },
        { S_INIT("http://example.cn/x"), THING_ADDRESS, "verify.address" },
        { S_INIT("HTTPS://EXAMPLE.CN"), THING_QR, "qr.address" },
        { S_INIT("c2sp.org/tlog-proof@v1"), THING_PROOF, "proof.form" },
        { S_INIT("eyJ.e30.AA"), THING_CREDENTIAL, "jws.form" },
        /* A token that lost a piece on its way is one, not a riddle. */
        { S_INIT("eyJhbGciOiJFZERTQSJ9 e30.AA"), THING_CREDENTIAL, "jws.form" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        TEST_ARENA(a, 8 << 20);
        struct thing *t = arena_zero(&a, sizeof *t);
        const struct thing_trust none = { 0 };
        struct verify_report r;

        EXPECT_ROW_OK(rows[i].id, thing_read(&a, rows[i].bytes, t));
        EXPECT_ROW(rows[i].id, t->kind == rows[i].kind);
        report_begin(&r, &a);
        thing_check(&r, t, &none);
        test_expect_refuted(rows[i].id, &r, rows[i].id);
    }
}

static err check_once(struct heap *h, void *context)
{
    const struct test_thing *s = context;
    scoped(arena_end) struct arena a;
    struct did_document keys;
    struct thing_trust trust = { .on = test_from,
                                 .keys = &keys,
                                 .revocations = s->revocations,
                                 .suspensions = s->suspensions };
    struct verify_report r;
    struct log_copy log;
    struct thing t;

    arena_init(&a, h, 64 << 20);
    TRY(did_document_read(&a, s->did, &keys));
    TRY(policy_read(&a, s->policy, &trust.policy));
    TRY(thing_read(&a, s->credential.json, &t));
    TRY(log_copy_begin(&log, &a, trust.policy, s->note, t.number));
    TRY(log_copy_add(&log, &a, test_bundle(s)));
    TRY(log_copy_end(&log));
    trust.log = &log;
    report_begin(&r, &a);
    thing_check(&r, &t, &trust);
    return report_end(&r);
}

TEST(a_report_is_whole_or_memory_is_out)
{
    TEST_ARENA(a, 400 << 20);
    struct test_thing s = { 0 };

    test_thing_make(&s, &a);
    EXPECT(test_every_allocation_fails(check_once, NULL, &s) > 0);
}
