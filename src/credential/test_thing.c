#include "credential/test_thing.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/size.h"
#include "base/test.h"
#include "credential/test_paper.h"
#include "credential/test_sample.h"
#include "merkle/checkpoint.h"
#include "merkle/tlog_proof.h"
#include "verify/did.h"

#include <stdio.h>

/* --- what there is ------------------------------------------------------ */

static const str origin = S_INIT("register.example.cn/log");

static void write_signed(struct test_thing *s)
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

str test_list(struct test_thing *s, enum status_purpose purpose, str address,
              const int64_t *set, size_t n)
{
    struct sign_key key = test_key(TEST_KEY_OLD);
    struct seal by = test_seal(&key, TEST_KEY_OLD, test_signed);
    const struct status_list_facts facts = {
        address, purpose, STATUS_LIST_LEAST, set, n, 0
    };
    struct status_list_written w = { 0 };

    EXPECT_OK(status_list_write(s->a, &facts, &by, &w));
    return w.json;
}

static void hex_of(const uint8_t *p, size_t n, char out[static 65])
{
    for (size_t i = 0; i < n; i++)
        (void)snprintf(out + 2 * i, 3, "%02x", p[i]);
}

str test_leaf(struct test_thing *s, const char *kind, const char *on, str open)
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
str test_joined(struct test_thing *s, str before, const char *text, str after)
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

static void write_leaves(struct test_thing *s)
{
    struct sign_key key = test_key(TEST_KEY_OLD);
    char public[65];
    char digest[65];

    hex_of(key.public, sizeof key.public, public);
    hex_of(s->credential.digest.b, sizeof s->credential.digest.b, digest);
    s->leaves[0] =
        test_leaf(s, "key.made", "2026-01-01",
                  test_joined(s, S("\"kind\":\"ed25519\",\"public\":\""),
                              public,
                              S("\","
                                "\"purpose\":\"credential\",\"serial\":1")));
    s->leaves[1] =
        test_leaf(s, "certificate.issued", "2026-03-01",
                  S("\"criterion\":\"GB/T 27922-2011\",\"from\":\"2026-03-01\","
                    "\"holder\":\"示例智能装备股份有限公司\"," TEST_NUMBER
                    ",\"scheme_hash\":"
                    "\"5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c"
                    "5c5c5c5c\",\"stars\":10,\"until\":\"2029-02-28\","
                    "\"uscc\":\"91990000MA0000001X\""));
    s->leaves[2] =
        test_leaf(s,
                  "credential"
                  ".signed",
                  "2026-03-01",
                  test_joined(s, S("\"digest\":\""), digest,
                              S("\",\"index\":94567,\"key\":1," TEST_NUMBER
                                ",\"serial\":1")));
    s->n = 3;
}

/* --- the log ------------------------------------------------------------ */

void test_write_note(struct test_thing *s)
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
void test_write_proof(struct test_thing *s)
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

static void write_policy(struct test_thing *s)
{
    struct sign_key key = test_key(TEST_KEY_NOW);
    struct note_key log = { 0 };
    str vkey = S("");

    EXPECT_OK(note_key_of(s->a, NOTE_SIGNATURE, origin, key.public, &log));
    EXPECT_OK(note_vkey(s->a, &log, &vkey));
    s->policy = test_joined(s, S("log "), vkey.p, S("\nquorum none\n"));
}

void test_write_paper(struct test_thing *s)
{
    const struct pdf_attachment files[] = {
        { S("credential.json"), S("application/vc"), S("凭证"),
          s->credential.json },
        { S("certificate.tlog-proof"), S("text/plain"), S("证明"), s->proof },
    };
    const struct test_paper paper = { files, COUNT(files), true };

    s->pdf = test_paper(s->a, &paper);
}

void test_thing_make(struct test_thing *s, struct arena *a)
{
    s->a = a;
    write_signed(s);
    s->revocations =
        test_list(s, STATUS_REVOCATION,
                  S("https://register.example.cn/status/revocation/1"), NULL,
                  0);
    s->suspensions =
        test_list(s, STATUS_SUSPENSION,
                  S("https://register.example.cn/status/suspension/1"), NULL,
                  0);
    write_leaves(s);
    test_write_note(s);
    test_write_proof(s);
    write_policy(s);
    test_write_paper(s);
}

/* --- checking ----------------------------------------------------------- */

str test_bundle(const struct test_thing *s)
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

static err read_log(const struct test_thing *s,
                    const struct trust_policy *policy, str number,
                    struct log_copy *out)
{
    struct tile tile;

    TRY(log_copy_begin(out, s->a, policy, s->note, number));
    while (log_copy_next(out, &tile))
        TRY(log_copy_add(out, s->a, test_bundle(s)));
    return log_copy_end(out);
}

void test_thing_check(const struct test_thing *s, str bytes, unsigned with,
                      day on, struct verify_report *r)
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
    trust.keys_fetched = (with & WITH_FETCHED) != 0;
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

bool test_says(const struct verify_report *r, enum finding_is is,
               const char *id)
{
    for (const struct verify_finding *f = r->first; f != NULL; f = f->next) {
        if (f->is == is && strcmp(f->id, id) == 0)
            return true;
    }
    return false;
}

/* Refuted, and for this reason before any other. */
void test_expect_refuted(const char *row, const struct verify_report *r,
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
str test_altered(struct arena *a, str s, str from, str to)
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
