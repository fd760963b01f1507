/*
 * Whatever a stranger may have in hand, altered in each of its parts: what is
 * refused, and for which reason. [RP1]-[RP3] [TH1]-[TH3]
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "codec/base64.h"
#include "credential/credential.h"
#include "credential/test_paper.h"
#include "credential/test_sample.h"
#include "merkle/checkpoint.h"
#include "merkle/tlog_proof.h"
#include "verify/did.h"
#include "verify/thing.h"
#include "verify/tree.h"

#include <stdio.h>

/* --- what there is ------------------------------------------------------ */

enum { ENTRIES = 4, LEAF_MOST = 1000 };

/* Everything about one certificate: the paper, the credential in both forms,
 * the code, the lists, the keys, a log and a proof. */
struct sample {
    struct arena *a;
    struct credential_written credential;
    str qr;
    str revocations;
    str suspensions;
    str did;
    str leaves[ENTRIES];
    size_t n; /* of them */
    str note;
    str proof;
    str pdf;
    str policy;
};

static const int64_t micros = 1000000;
static const str origin = S_INIT("register.example.cn/log");

static void write_signed(struct sample *s)
{
    struct sign_key key = test_key(TEST_KEY_OLD);
    struct sign_key qr_key = test_key(TEST_KEY_QR);
    struct seal by = test_seal(&key, TEST_KEY_OLD, test_signed);
    struct credential_facts f;
    struct qr_facts q;

    test_facts(&f);
    EXPECT_OK(credential_write(s->a, &f, &by, &s->credential));
    qr_facts_of(&f, &s->credential.digest, &q);
    EXPECT_OK(qr_write(s->a, test_base, &q, &qr_key, &s->qr));
    EXPECT_OK(test_did_json(s->a, &s->did));
}

static str a_list(struct sample *s, enum status_purpose purpose, str address,
                  const int64_t *set, size_t n)
{
    struct sign_key key = test_key(TEST_KEY_OLD);
    struct seal by = test_seal(&key, TEST_KEY_OLD, test_signed);
    const struct status_list_facts facts = { address, purpose,
                                             STATUS_LIST_LEAST, set, n };
    struct status_list_written w = { 0 };

    EXPECT_OK(status_list_write(s->a, &facts, &by, &w));
    return w.json;
}

static void hex_of(const uint8_t *p, size_t n, char out[static 65])
{
    for (size_t i = 0; i < n; i++)
        (void)snprintf(out + 2 * i, 3, "%02x", p[i]);
}

static str leaf(struct sample *s, const char *kind, const char *on, str open)
{
    struct buf b;
    str out = S("");

    buf_init(&b, s->a, LEAF_MOST);
    buf_printf(&b,
               "{\"at\":%lld,\"on\":\"%s\",\"public\":{%.*s},\"sealed\":{},"
               "\"type\":\"%s\",\"version\":1}",
               (long long)test_signed, on, STR_ARG(open), kind);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* Three texts in one, with a NUL behind. */
static str joined(struct sample *s, str before, const char *text, str after)
{
    struct buf b;
    str out = S("");

    buf_init(&b, s->a, LEAF_MOST);
    buf_str(&b, before);
    buf_str(&b, str_of(text));
    buf_str(&b, after);
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

#define NUMBER "\"number\":\"71226SC0006R0S\""

static void write_leaves(struct sample *s)
{
    struct sign_key key = test_key(TEST_KEY_OLD);
    char public[65];
    char digest[65];

    hex_of(key.public, sizeof key.public, public);
    hex_of(s->credential.digest.b, sizeof s->credential.digest.b, digest);
    s->leaves[0] =
        leaf(s, "key.made", "2026-01-01",
             joined(s, S("\"kind\":\"ed25519\",\"public\":\""), public,
                    S("\","
                      "\"purpose\":\"credential\",\"serial\":1")));
    s->leaves[1] =
        leaf(s, "certificate.issued", "2026-03-01",
             S("\"criterion\":\"GB/T 27922-2011\",\"from\":\"2026-03-01\","
               "\"holder\":\"示例智能装备股份有限公司\"," NUMBER
               ",\"scheme_hash\":"
               "\"5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c"
               "5c5c5c5c\",\"stars\":10,\"until\":\"2029-02-28\","
               "\"uscc\":\"91990000MA0000001X\""));
    s->leaves[2] =
        leaf(s, "credential.signed", "2026-03-01",
             joined(s, S("\"digest\":\""), digest,
                    S("\",\"index\":94567,\"key\":1," NUMBER ",\"serial\":1")));
    s->n = 3;
}

/* --- the log ------------------------------------------------------------ */

static void write_note(struct sample *s)
{
    struct sign_key key = test_key(TEST_KEY_NOW);
    struct merkle_edge edge = { 0 };
    struct hash made[MERKLE_LEVELS];
    struct hash root;

    for (size_t i = 0; i < s->n; i++) {
        struct hash h;

        merkle_leaf(s->leaves[i], &h);
        (void)merkle_append(&edge, &h, made);
    }
    merkle_edge_root(&edge, &root);
    EXPECT_OK(
        note_checkpoint(s->a, origin, &key, (int64_t)s->n, &root, &s->note));
}

/* That the entry of the credential, the last of three, is in the log. */
static void write_proof(struct sample *s)
{
    struct tlog_proof p = { .has_extra = true,
                            .extra = s->leaves[2],
                            .index = 2,
                            .checkpoint = s->note };
    struct hash left;
    struct hash right;

    merkle_leaf(s->leaves[0], &left);
    merkle_leaf(s->leaves[1], &right);
    merkle_node(&left, &right, &p.path.hashes[0]);
    p.path.n = 1;
    EXPECT_OK(tlog_proof_write(s->a, &p, &s->proof));
}

static void write_policy(struct sample *s)
{
    struct sign_key key = test_key(TEST_KEY_NOW);
    struct note_key log = { 0 };
    str vkey = S("");

    EXPECT_OK(note_key_of(s->a, NOTE_SIGNATURE, origin, key.public, &log));
    EXPECT_OK(note_vkey(s->a, &log, &vkey));
    s->policy = joined(s, S("log "), vkey.p, S("\nquorum none\n"));
}

static void write_paper(struct sample *s)
{
    const struct pdf_attachment files[] = {
        { S("credential.json"), S("application/vc"), S("凭证"),
          s->credential.json },
        { S("certificate.tlog-proof"), S("text/plain"), S("证明"), s->proof },
    };
    const struct test_paper paper = { files, COUNT(files), true };

    s->pdf = test_paper(s->a, &paper);
}

static void make_sample(struct sample *s, struct arena *a)
{
    s->a = a;
    write_signed(s);
    s->revocations =
        a_list(s, STATUS_REVOCATION,
               S("https://register.example.cn/status/revocation/1"), NULL, 0);
    s->suspensions =
        a_list(s, STATUS_SUSPENSION,
               S("https://register.example.cn/status/suspension/1"), NULL, 0);
    write_leaves(s);
    write_note(s);
    write_proof(s);
    write_policy(s);
    write_paper(s);
}

/* --- checking ----------------------------------------------------------- */

/* What the reader takes along: any of the sample's parts. */
enum { WITH_KEYS = 1, WITH_LISTS = 2, WITH_POLICY = 4, WITH_LOG = 8, ALL = 15 };

static str bundle_of(const struct sample *s)
{
    struct buf b;
    str out = S("");

    buf_init(&b, s->a, 1 << 20);
    for (size_t i = 0; i < s->n; i++) {
        buf_char(&b, (char)(s->leaves[i].n >> 8));
        buf_char(&b, (char)s->leaves[i].n);
        buf_str(&b, s->leaves[i]);
    }
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

static err read_log(const struct sample *s, const struct policy *policy,
                    str number, struct log_copy *out)
{
    struct tile tile;

    TRY(log_copy_begin(out, s->a, policy, s->note, number));
    while (log_copy_next(out, &tile))
        TRY(log_copy_add(out, s->a, bundle_of(s)));
    return log_copy_end(out);
}

static void check_with(const struct sample *s, str bytes, unsigned with, day on,
                       struct verify_report *r)
{
    struct did_document *keys = arena_zero(s->a, sizeof *keys);
    struct log_copy *log = arena_zero(s->a, sizeof *log);
    struct thing *t = arena_zero(s->a, sizeof *t);
    struct thing_trust trust = { .on = on };

    report_begin(r, s->a);
    if (!EXPECT_OK(thing_read(s->a, bytes, t)))
        return;
    if ((with & WITH_KEYS) != 0 &&
        EXPECT_OK(did_document_read(s->a, s->did, keys)))
        trust.keys = keys;
    if ((with & WITH_LISTS) != 0) {
        trust.revocations = s->revocations;
        trust.suspensions = s->suspensions;
    }
    if ((with & (WITH_POLICY | WITH_LOG)) != 0)
        EXPECT_OK(policy_read(s->a, s->policy, &trust.policy));
    if ((with & WITH_LOG) != 0) {
        err e = read_log(s, trust.policy, t->number, log);

        report_refuted(r, e);
        if (!failed(e))
            trust.log = log;
    }
    thing_check(r, t, &trust);
    EXPECT_OK(report_end(r));
}

static bool says(const struct verify_report *r, enum finding_is is,
                 const char *id)
{
    for (const struct verify_finding *f = r->first; f != NULL; f = f->next) {
        if (f->is == is && strcmp(f->id, id) == 0)
            return true;
    }
    return false;
}

/* Refuted, and for this reason before any other. */
static void expect_refuted(const char *row, const struct verify_report *r,
                           const char *id)
{
    const char *got = "nothing refuted";

    for (const struct verify_finding *f = r->first; f != NULL; f = f->next) {
        if (f->is == FINDING_REFUTED) {
            got = f->id;
            break;
        }
    }
    EXPECT_ROW_STR(row, str_of(got), str_of(id));
    EXPECT_ROW(row, report_verdict(r) == VERDICT_REFUTED);
}

/* `s` with `from` once replaced by `to`; the same when it is not there, which
 * fails the test. */
static str altered(struct arena *a, str s, str from, str to)
{
    size_t at = str_find(s, from);
    struct buf b;
    str out = S("");

    EXPECT_ROW(from.p, at < s.n);
    buf_init(&b, a, 8 << 20);
    buf_str(&b, str_first(s, at));
    buf_str(&b, to);
    buf_str(&b, str_from(s, at + from.n));
    EXPECT_OK(buf_done(&b, &out));
    return out;
}

/* --- what holds --------------------------------------------------------- */

TEST(each_thing_holds_with_all_there_is_to_check_it_by)
{
    TEST_ARENA(a, 64 << 20);
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    check_with(&s, s.credential.json, ALL, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_HOLDS);
    EXPECT(says(&r, FINDING_PROVED, "verify.credential_signed"));
    EXPECT(says(&r, FINDING_PROVED, "verify.key_logged"));
    EXPECT(says(&r, FINDING_PROVED, "verify.status_clear"));
    EXPECT(says(&r, FINDING_PROVED, "verify.entry_same"));
    EXPECT(says(&r, FINDING_PROVED, "verify.stands_valid"));
    check_with(&s, s.credential.jwt, ALL, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_HOLDS);
    check_with(&s, s.qr, ALL, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_HOLDS);
    check_with(&s, S("71226SC0006R0S"), ALL, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_HOLDS);
    check_with(&s, S("https://register.example.cn/c/71226sc0006r0s\n"), ALL,
               test_from, &r);
    EXPECT(says(&r, FINDING_PROVED, "verify.stands_valid"));
    check_with(&s, s.proof, WITH_POLICY, test_from, &r);
    EXPECT(says(&r, FINDING_PROVED, "verify.proof_holds"));
    EXPECT(says(&r, FINDING_OPEN, "verify.status_unchecked"));
}

/* The signer's own certificate is vouched for by nobody. */
TEST(a_paper_holds_but_for_whose_certificate_it_is)
{
    TEST_ARENA(a, 64 << 20);
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    check_with(&s, s.pdf, ALL, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_PARTLY);
    EXPECT(says(&r, FINDING_PROVED, "verify.pdf_signed"));
    EXPECT(says(&r, FINDING_PROVED, "verify.pdf_stamped"));
    EXPECT(says(&r, FINDING_OPEN, "verify.pdf_self_signed"));
    EXPECT(says(&r, FINDING_PROVED, "verify.credential_signed"));
    EXPECT(says(&r, FINDING_PROVED, "verify.proof_holds"));
    EXPECT(says(&r, FINDING_PROVED, "verify.entry_same"));
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
        { "no keys", 0, "verify.credential_unsigned", VERDICT_PARTLY },
        { "no list and no log", WITH_KEYS, "verify.status_unchecked",
          VERDICT_PARTLY },
        { "no log", WITH_KEYS | WITH_LISTS, "verify.log_unchecked",
          VERDICT_PARTLY },
    };
    TEST_ARENA(a, 64 << 20);
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_with(&s, s.credential.json, rows[i].with, test_from, &r);
        EXPECT_ROW(rows[i].why, says(&r, FINDING_OPEN, rows[i].open));
        EXPECT_ROW(rows[i].why, report_verdict(&r) == rows[i].verdict);
    }
    check_with(&s, S("71226SC0006R0S"), 0, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_NOTHING);
    EXPECT(says(&r, FINDING_OPEN, "verify.number_alone"));
    check_with(&s, s.proof, 0, test_from, &r);
    EXPECT(says(&r, FINDING_OPEN, "verify.proof_unchecked"));
    EXPECT(report_verdict(&r) == VERDICT_NOTHING);
}

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
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_with(&s, altered(&a, s.credential.json, rows[i].from, rows[i].to),
                   ALL, test_from, &r);
        expect_refuted(rows[i].what, &r, rows[i].id);
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
    bytes = altered(a, bytes, from, to);
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
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_with(&s,
                   token_with(&a, s.credential.jwt, rows[i].part, rows[i].from,
                              rows[i].to),
                   ALL, test_from, &r);
        expect_refuted(rows[i].what, &r, rows[i].id);
    }
    check_with(&s, str_first(s.credential.jwt, s.credential.jwt.n - 2), ALL,
               test_from, &r);
    expect_refuted("cut short", &r, "jws.form");
}

/* --- altered: code, paper ------------------------------------------------ */

TEST(a_code_altered_in_any_letter_is_refused)
{
    TEST_ARENA(a, 200 << 20);
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    check_with(&s, altered(&a, s.qr, S("0006R0S#"), S("0007R0S#")), ALL,
               test_from, &r);
    expect_refuted("the address", &r, "qr.number");
    check_with(&s, altered(&a, s.qr, S("#"), S("#A")), ALL, test_from, &r);
    expect_refuted("a letter more", &r, "qr.form");
    check_with(&s, str_first(s.qr, s.qr.n - 8), ALL, test_from, &r);
    expect_refuted("cut short", &r, "qr.letters");
    check_with(&s, altered(&a, s.qr, S("HTTPS"), S("https")), ALL, test_from,
               &r);
    expect_refuted("small letters", &r, "qr.address");
    for (size_t i = str_index(s.qr, '#') + 1; i < s.qr.n; i++) {
        char *text = arena_zero(&a, s.qr.n);

        memcpy(text, s.qr.p, s.qr.n);
        text[i] = text[i] == 'B' ? 'C' : 'B';
        check_with(&s, (str){ text, s.qr.n }, WITH_KEYS, test_from, &r);
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
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_with(&s, altered(&a, s.pdf, rows[i].from, rows[i].to), ALL,
                   test_from, &r);
        expect_refuted(rows[i].what, &r, rows[i].id);
    }
}

/* The credential of another certificate, in a paper that is signed well. */
TEST(a_proof_of_another_credential_is_refused)
{
    TEST_ARENA(a, 64 << 20);
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    s.leaves[2] =
        altered(&a, s.leaves[2], S("\"index\":94567"), S("\"index\":94568"));
    write_note(&s);
    write_proof(&s);
    write_paper(&s);
    check_with(&s, s.pdf, WITH_KEYS | WITH_POLICY, test_from, &r);
    expect_refuted("index", &r, "entry.other");
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
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sample t = s;

        t.leaves[rows[i].entry] =
            altered(&a, s.leaves[rows[i].entry], rows[i].from, rows[i].to);
        check_with(&t, s.credential.json, ALL, test_from, &r);
        expect_refuted(rows[i].what, &r, rows[i].id);
    }
}

TEST(a_log_with_an_entry_more_or_less_is_refused)
{
    TEST_ARENA(a, 200 << 20);
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    struct sample t = s;
    t.n = 2;
    check_with(&t, s.credential.json, ALL, test_from, &r);
    expect_refuted("one less", &r, "log_copy.bundle");
    t = s;
    t.leaves[t.n++] = s.leaves[2];
    check_with(&t, s.credential.json, ALL, test_from, &r);
    expect_refuted("one more", &r, "log_copy.bundle");
    t = s;
    t.leaves[0] = s.leaves[1];
    t.leaves[1] = s.leaves[0];
    check_with(&t, s.credential.json, ALL, test_from, &r);
    expect_refuted("in another order", &r, "log_copy.root");
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
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    for (size_t i = 0; i < COUNT(notes); i++) {
        struct sample t = s;

        t.note = altered(&a, s.note, notes[i].from, notes[i].to);
        check_with(&t, s.credential.json, ALL, test_from, &r);
        expect_refuted(notes[i].what, &r, notes[i].id);
    }
    for (size_t i = 0; i < COUNT(proofs); i++) {
        check_with(&s, altered(&a, s.proof, proofs[i].from, proofs[i].to),
                   WITH_POLICY, test_from, &r);
        expect_refuted(proofs[i].what, &r, proofs[i].id);
    }
}

/* --- altered: lists ------------------------------------------------------ */

TEST(a_list_that_was_altered_or_is_another_is_refused)
{
    TEST_ARENA(a, 64 << 20);
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    struct sample t = s;
    t.revocations = s.suspensions;
    check_with(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_from, &r);
    expect_refuted("the other list", &r, "status_list.other");
    t = s;
    t.suspensions = altered(&a, s.suspensions, S("2026-03-01T02:00:00Z"),
                            S("2026-03-02T02:00:00Z"));
    check_with(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_from, &r);
    expect_refuted("its moment", &r, "sealed.signature");
    t = s;
    t.suspensions = altered(&a, s.suspensions, S("\"encodedList\":\"u"),
                            S("\"encodedList\":\"uA"));
    check_with(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_from, &r);
    expect_refuted("its bits", &r, "status_list.encoding");
}

TEST(a_bit_that_is_set_refutes_on_its_day_and_revocation_ever_after)
{
    static const int64_t own = 94567;
    static const int64_t near = 94566;
    TEST_ARENA(a, 64 << 20);
    struct sample s = { 0 };
    struct verify_report r;
    const str revocation = S("https://register.example.cn/status/revocation/1");
    const str suspension = S("https://register.example.cn/status/suspension/1");

    make_sample(&s, &a);
    struct sample t = s;
    t.revocations = a_list(&s, STATUS_REVOCATION, revocation, &own, 1);
    check_with(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_from, &r);
    expect_refuted("revoked", &r, "verify.revoked");
    check_with(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_until, &r);
    expect_refuted("revoked long ago", &r, "verify.revoked");
    t = s;
    t.suspensions = a_list(&s, STATUS_SUSPENSION, suspension, &own, 1);
    check_with(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_from, &r);
    expect_refuted("suspended", &r, "verify.suspended");
    t.suspensions = a_list(&s, STATUS_SUSPENSION, suspension, &near, 1);
    check_with(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_from, &r);
    EXPECT(report_verdict(&r) == VERDICT_PARTLY);
    EXPECT(says(&r, FINDING_PROVED, "verify.status_clear"));
    EXPECT(!says(&r, FINDING_OPEN, "verify.status_other_day"));
    check_with(&t, s.credential.json, WITH_KEYS | WITH_LISTS, test_from + 1,
               &r);
    EXPECT(says(&r, FINDING_OPEN, "verify.status_other_day"));
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
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        day on = (rows[i].late ? test_until : test_from) + rows[i].after;
        const str things[] = { s.credential.json, s.qr };

        for (size_t k = 0; k < COUNT(things); k++) {
            check_with(&s, things[k], WITH_KEYS, on, &r);
            if (rows[i].id == NULL)
                EXPECT_ROW(rows[i].why, report_verdict(&r) == VERDICT_PARTLY);
            else
                expect_refuted(rows[i].why, &r, rows[i].id);
        }
    }
    /* The log knows the last day too, and the first. */
    check_with(&s, S("71226SC0006R0S"), ALL, test_until, &r);
    EXPECT(says(&r, FINDING_PROVED, "verify.stands_valid"));
    check_with(&s, S("71226SC0006R0S"), ALL, test_until + 1, &r);
    expect_refuted("the day after, by the log", &r, "credential.late");
    check_with(&s, S("71226SC0006R0S"), ALL, test_from - 1, &r);
    expect_refuted("the day before, by the log", &r, "verify.stands_not_yet");
}

/* [LC2] */
TEST(a_copy_of_the_log_says_where_it_ends)
{
    TEST_ARENA(a, 64 << 20);
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    check_with(&s, S("71226SC0006R0S"), ALL, test_from, &r);
    EXPECT(!says(&r, FINDING_OPEN, "verify.log_as_of"));
    check_with(&s, S("71226SC0006R0S"), ALL, test_from + 1, &r);
    EXPECT(says(&r, FINDING_OPEN, "verify.log_as_of"));
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
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sign_key key = test_key(rows[i].key);
        struct seal by =
            test_seal(&key, rows[i].key, test_retired + rows[i].at * micros);
        struct credential_written w = { 0 };
        struct credential_facts f;

        test_facts(&f);
        EXPECT_OK(credential_write(&a, &f, &by, &w));
        check_with(&s, w.json, WITH_KEYS, test_from, &r);
        if (rows[i].id == NULL)
            EXPECT_ROW(rows[i].why, report_verdict(&r) == VERDICT_PARTLY);
        else
            expect_refuted(rows[i].why, &r, rows[i].id);
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
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sample t = s;

        t.leaves[t.n++] =
            leaf(&t, "key.retired", "2026-03-01",
                 joined(&t, S("\"ending\":\""), rows[i].ending,
                        S("\",\"purpose\":\"credential\","
                          "\"serial\":1,\"since\":\"2026-02-01\"")));
        write_note(&t);
        check_with(&t, s.credential.json, ALL, test_from, &r);
        if (rows[i].id == NULL)
            EXPECT_ROW(rows[i].ending, report_verdict(&r) == VERDICT_HOLDS);
        else
            expect_refuted(rows[i].ending, &r, rows[i].id);
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
    struct sample s = { 0 };
    struct verify_report r;

    make_sample(&s, &a);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sample t = s;

        t.leaves[t.n++] = leaf(&t, rows[i].kind, "2026-03-02", S(NUMBER));
        write_note(&t);
        check_with(&t, S("71226SC0006R0S"), ALL, test_from, &r);
        EXPECT_ROW(rows[i].kind,
                   says(&r, FINDING_PROVED, "verify.stands_valid"));
        check_with(&t, S("71226SC0006R0S"), ALL, test_from + 1, &r);
        if (rows[i].id == NULL)
            EXPECT_ROW(rows[i].kind,
                       says(&r, FINDING_PROVED, "verify.stands_valid"));
        else
            expect_refuted(rows[i].kind, &r, rows[i].id);
    }
    check_with(&s, S("71226SC9999R0S"), ALL, test_from, &r);
    expect_refuted("another number", &r, "verify.stands_not_yet");
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
        { S_INIT("https://example.cn"), THING_QR, "qr.address" },
        { S_INIT("c2sp.org/tlog-proof@v1"), THING_PROOF, "proof.form" },
        { S_INIT("eyJ.e30.AA"), THING_CREDENTIAL, "jws.form" },
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
        expect_refuted(rows[i].id, &r, rows[i].id);
    }
}

static err check_once(struct heap *h, void *context)
{
    const struct sample *s = context;
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
    TRY(log_copy_add(&log, &a, bundle_of(s)));
    TRY(log_copy_end(&log));
    trust.log = &log;
    report_begin(&r, &a);
    thing_check(&r, &t, &trust);
    return report_end(&r);
}

TEST(a_report_is_whole_or_memory_is_out)
{
    TEST_ARENA(a, 400 << 20);
    struct sample s = { 0 };

    make_sample(&s, &a);
    EXPECT(test_every_allocation_fails(check_once, NULL, &s) > 0);
}
