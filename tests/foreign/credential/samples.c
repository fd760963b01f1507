/*
 * samples -- what a body signs for strangers, in files of one folder, for
 * programs that nobody here wrote to read.  Always the same bytes.
 *
 *     foreign_samples FOLDER
 *
 * did.json        its keys
 * NAME.json .jwt  a credential with a proof, and as a token: full, plain (no
 *                 stars, no level, no paper), old (by a key retired since)
 * revocation.json .jwt  suspension.json .jwt  the lists
 * qr.txt qr-bare.txt    what a code says; qr-cut.txt, of a holder of a long
 * name cosigned.tlog-proof   an entry of a log of two, cosigned; log.vkey and
 *                 witness.vkey are the keys for it
 * sm2.txt         an SM2 signature, a line each: public key, signature,
 * message, and the message's SM3
 */

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "base/size.h"
#include "credential/test_sample.h"
#include "crypto/sm2.h"
#include "merkle/checkpoint.h"
#include "merkle/cosignature.h"
#include "merkle/tlog_proof.h"
#include "merkle/tree.h"

#include <stdio.h>
#include <stdlib.h>

static const char *folder;

static void die(const char *what, err e)
{
    (void)fprintf(stderr, "samples: %s: %s\n", what,
                  failed(e) ? e.info->id : "cannot be written");
    exit(EXIT_FAILURE);
}

static void save(const char *name, str text)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/%s", folder, name);

    if (n < 0 || (size_t)n >= sizeof path)
        die(name, OK);
    FILE *f = fopen(path, "wb");
    if (f == NULL || fwrite(text.p, 1, text.n, f) != text.n || fclose(f) != 0)
        die(name, OK);
}

static void save_both(const char *name, str json, str jwt)
{
    char file[100];

    (void)snprintf(file, sizeof file, "%s.json", name);
    save(file, json);
    (void)snprintf(file, sizeof file, "%s.jwt", name);
    save(file, jwt);
}

static void save_credential(struct arena *a, const char *name,
                            const struct credential_facts *f,
                            enum test_key which, int64_t at)
{
    struct sign_key k = test_key(which);
    struct seal by = test_seal(&k, which, at);
    struct credential_written w;
    err e = credential_write(a, f, &by, &w);

    if (failed(e))
        die(name, e);
    save_both(name, w.json, w.jwt);
}

static void save_credentials(struct arena *a)
{
    struct credential_facts f;

    test_facts(&f);
    save_credential(a, "full", &f, TEST_KEY_NOW, test_retired);
    save_credential(a, "old", &f, TEST_KEY_OLD, test_signed);
    f.level = S("");
    f.stars = 0;
    f.pdf_address = S("");
    save_credential(a, "plain", &f, TEST_KEY_NOW, test_retired);
}

/* Revoked are the first, the last and the sample; suspended the one after. */
static void save_list(struct arena *a, const char *name,
                      enum status_purpose purpose)
{
    static const int64_t revoked[] = { 0, 94567, STATUS_LIST_LEAST - 1 };
    static const int64_t suspended[] = { 94568 };
    bool first = purpose == STATUS_REVOCATION;
    struct credential_facts f;
    struct sign_key k = test_key(TEST_KEY_NOW);
    struct seal by = test_seal(&k, TEST_KEY_NOW, test_retired);
    struct status_list_written w;

    test_facts(&f);
    struct status_list_facts l = {
        .address = first ? f.revocations : f.suspensions,
        .purpose = purpose,
        .entries = STATUS_LIST_LEAST,
        .set = first ? revoked : suspended,
        .n = first ? COUNT(revoked) : COUNT(suspended),
    };
    err e = status_list_write(a, &l, &by, &w);
    if (failed(e))
        die(name, e);
    save_both(name, w.json, w.jwt);
}

static void save_code(struct arena *a, const char *file,
                      const struct qr_facts *code)
{
    struct sign_key qr = test_key(TEST_KEY_QR);
    str text;
    err e = qr_write(a, test_base, code, &qr, &text);

    if (failed(e))
        die(file, e);
    save(file, text);
}

static void save_codes(struct arena *a)
{
    struct credential_facts f;
    struct sign_key k = test_key(TEST_KEY_NOW);
    struct seal by = test_seal(&k, TEST_KEY_NOW, test_retired);
    struct credential_written w;
    struct qr_facts code;
    str text;

    test_facts(&f);
    err e = credential_write(a, &f, &by, &w);
    if (failed(e))
        die("qr", e);
    qr_facts_of(&f, &w.digest, &code);
    save_code(a, "qr.txt", &code);
    code.holder = S("示例国际智能装备与售后服务技术（集团）股份有限公司");
    save_code(a, "qr-cut.txt", &code);
    e = qr_write_address(a, test_base, f.number, &text);
    if (failed(e))
        die("qr-bare", e);
    save("qr-bare.txt", text);
}

/* The verifier key of a seed, into a file. */
static err save_vkey(struct arena *a, const char *file, enum note_kind kind,
                     str name, const struct sign_key *k)
{
    struct note_key key;
    str text;

    TRY(note_key_of(a, kind, name, k->public, &key));
    TRY(note_vkey(a, &key, &text));
    save(file, text);
    return OK;
}

/* The checkpoint of a log of two entries with this root, and its cosignature.
 */
static err checkpoint_text(struct arena *a, const struct hash *root, str *out)
{
    static const str origin = S_INIT("register.example.cn/log");
    static const str name = S_INIT("witness.example/1");
    struct sign_key log = test_key(TEST_KEY_OLD);
    struct sign_key witness = test_key(TEST_KEY_LOST);
    struct signed_note note;
    struct buf b;
    str text;
    str line;

    TRY(save_vkey(a, "log.vkey", NOTE_SIGNATURE, origin, &log));
    TRY(save_vkey(a, "witness.vkey", NOTE_COSIGNATURE, name, &witness));
    TRY(note_checkpoint(a, origin, &log, 2, root, &text));
    TRY(note_open(a, text, &note));
    TRY(cosignature_make(a, note.text, name, &witness, test_signed / 1000000,
                         &line));
    buf_init(&b, a, NOTE_BYTES_MAX);
    buf_str(&b, text);
    buf_str(&b, line);
    return buf_done(&b, out);
}

static err save_proof(struct arena *a)
{
    struct tlog_proof p = {
        .has_extra = true,
        .extra = S("{\"at\":1772330400000000,\"on\":\"2026-03-01\","
                   "\"public\":{\"holder\":\"示例智能装备股份有限公司\","
                   "\"number\":\"71226SC0006R0S\"},\"sealed\":{},"
                   "\"type\":\"certificate.issued\",\"version\":1}"),
        .index = 1,
        .path.n = 1,
    };
    struct hash leaf;
    struct hash root;
    str text;

    merkle_leaf(S("what came before"), &p.path.hashes[0]);
    merkle_leaf(p.extra, &leaf);
    merkle_node(&p.path.hashes[0], &leaf, &root);
    TRY(checkpoint_text(a, &root, &p.checkpoint));
    TRY(tlog_proof_write(a, &p, &text));
    save("cosigned.tlog-proof", text);
    return OK;
}

/* What sm2.txt says. */
static err sm2_text(struct arena *a, str *out)
{
    static const uint8_t secret[SM2_SECRET_BYTES] = { 0x39, 0x45, 0x20 };
    static const uint8_t random[SM2_RANDOM_BYTES] = { 7 };
    str message = S("售后服务认证证书 71226SC0006R0S 十星");
    uint8_t signature[SM2_SIGNATURE_BYTES];
    uint8_t hash[SM3_BYTES];
    struct sm2_key k;
    struct buf b;
    bool valid = false;

    TRY(sm2_key_of_secret(secret, &k, &valid));
    TRY(sm2_sign(&k, message, random, signature));
    TRY(sm3(message.p, message.n, hash));
    buf_init(&b, a, 1000);
    buf_hex(&b, k.public, sizeof k.public);
    buf_char(&b, '\n');
    buf_hex(&b, signature, sizeof signature);
    buf_char(&b, '\n');
    buf_str(&b, message);
    buf_char(&b, '\n');
    buf_hex(&b, hash, sizeof hash);
    buf_char(&b, '\n');
    return buf_done(&b, out);
}

int main(int argc, char **argv)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str text;

    if (argc != 2)
        return EXIT_FAILURE;
    folder = argv[1];
    arena_init(&a, &h, 64 << 20);
    err e = test_did_json(&a, &text);
    if (failed(e))
        die("did", e);
    save("did.json", text);
    save_credentials(&a);
    save_list(&a, "revocation", STATUS_REVOCATION);
    save_list(&a, "suspension", STATUS_SUSPENSION);
    save_codes(&a);
    e = save_proof(&a);
    if (failed(e))
        die("proof", e);
    e = sm2_text(&a, &text);
    if (failed(e))
        die("sm2", e);
    save("sm2.txt", text);
    return EXIT_SUCCESS;
}
