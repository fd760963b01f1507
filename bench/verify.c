/*
 * bench/verify -- what verifying without anybody's help costs, beside the bare
 * Ed25519 signatures that it cannot do without.
 *
 *   build/bench/bench_verify [TIMES]
 *
 *   code   the text of a QR code, from its letters to a whole report
 *   token  a credential as vc+jwt, likewise
 *   json   a credential with its proof inside, likewise
 *   bare   sign_verify() of a short message
 *
 * Each of them needs one signature checked.  What that takes grows with what
 * was signed, which is all of a token and 64 bytes of a JSON: so each is
 * held against sign_verify() of its own message with its own signature.
 *
 * Everything is in memory and read already; the keys are those of a document
 * that was read before.  CPU time, for it waits for nothing.
 */

#include "measure.h"

#include "base/arena.h"
#include "base/heap.h"
#include "base/size.h"
#include "credential/credential.h"
#include "credential/test_sample.h"
#include "verify/did.h"
#include "verify/thing.h"

#include <stdio.h>

enum { TIMES = 2000, TIMES_MOST = 1000000, ROUNDS = 15, ARENA = 64 << 20 };

struct signed_bytes {
    struct sign_key by;
    str message;
    uint8_t signature[SIGNATURE_BYTES];
};

/* What is verified, and by what. */
struct thing_bench {
    const char *name;
    str bytes;
    const struct thing_trust *trust;
    struct series micros;
    struct signed_bytes sealed;
    struct series bare_micros; /* sign_verify() of the same */
};

static void verify_once(const struct thing_bench *b, struct arena *a)
{
    struct verify_report r;
    struct thing *t = arena_zero(a, sizeof *t);

    must(t != NULL, "memory");
    ok(thing_read(a, b->bytes, t));
    report_begin(&r, a);
    thing_check(&r, t, b->trust);
    ok(report_end(&r));
    must(report_verdict(&r) == VERDICT_PARTLY, "what is verified holds");
}

static double verify_many(const struct thing_bench *b, struct arena *a, int n)
{
    double before = seconds_of_cpu();

    for (int i = 0; i < n; i++) {
        verify_once(b, a);
        arena_reset(a);
    }
    return (seconds_of_cpu() - before) * 1e6 / n;
}

/* The signature alone. */
static double bare_many(const struct signed_bytes *s, int n)
{
    double before = seconds_of_cpu();

    for (int i = 0; i < n; i++)
        must(sign_verify(s->by.public, s->message, s->signature),
             "a signature holds");
    return (seconds_of_cpu() - before) * 1e6 / n;
}

/* Of a message as long as a code's. */
static struct signed_bytes sign_short(void)
{
    static const char zeros[160];
    struct signed_bytes s = { .by = test_key(TEST_KEY_NOW),
                              .message = { zeros, sizeof zeros } };

    sign_bytes(&s.by, s.message, s.signature);
    return s;
}

/* What was signed of a thing, which lives in `kept`. */
static void take_signed(struct thing_bench *b, struct arena *kept)
{
    struct thing *t = arena_zero(kept, sizeof *t);
    struct signed_bytes *s = &b->sealed;

    must(t != NULL, "memory");
    ok(thing_read(kept, b->bytes, t));
    s->by = test_key(t->kind == THING_QR ? TEST_KEY_QR : TEST_KEY_NOW);
    s->message = t->credential.sealed.message;
    memcpy(s->signature, t->credential.sealed.signature, sizeof s->signature);
    if (t->kind != THING_QR)
        return;
    s->message = t->qr.message;
    memcpy(s->signature, t->qr.signature, sizeof s->signature);
}

static void make_things(struct arena *a, struct credential_written *w,
                        str *code)
{
    struct sign_key key = test_key(TEST_KEY_NOW);
    struct sign_key qr = test_key(TEST_KEY_QR);
    struct seal by = test_seal(&key, TEST_KEY_NOW, test_retired);
    struct credential_facts f;
    struct qr_facts q;

    test_facts(&f);
    ok(credential_write(a, &f, &by, w));
    qr_facts_of(&f, &w->digest, &q);
    ok(qr_write(a, test_base, &q, &qr, code));
}

/* [BM1] */
static void measure(struct thing_bench *things, size_t n, struct arena *a,
                    int times)
{
    struct signed_bytes shortest = sign_short();
    struct series bare = { 0 };

    for (int round = 0; round < ROUNDS; round++) {
        series_add(&bare, bare_many(&shortest, times));
        for (size_t i = 0; i < n; i++) {
            series_add(&things[i].bare_micros,
                       bare_many(&things[i].sealed, times));
            series_add(&things[i].micros, verify_many(&things[i], a, times));
        }
    }
    tell("verify.bare_micros", series_median(&bare));
    for (size_t i = 0; i < n; i++) {
        char name[60];

        (void)snprintf(name, sizeof name, "verify.%s_micros", things[i].name);
        tell(name, series_median(&things[i].micros));
        (void)snprintf(name, sizeof name, "verify.%s_to_bare", things[i].name);
        tell(name, series_ratio(&things[i].micros, &things[i].bare_micros));
        (void)snprintf(name, sizeof name, "verify.%s_bare_micros",
                       things[i].name);
        tell(name, series_median(&things[i].bare_micros));
    }
}

int main(int argc, char **argv)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena kept;
    scoped(arena_end) struct arena a;
    struct did_document keys = { 0 };
    const struct thing_trust trust = { .keys = &keys, .on = test_from };
    struct credential_written w;
    str code;

    arena_init(&kept, &h, ARENA);
    arena_init(&a, &h, ARENA);
    ok(test_did_document(&kept, &keys));
    make_things(&kept, &w, &code);
    struct thing_bench things[] = {
        { .name = "code", .bytes = code, .trust = &trust },
        { .name = "token", .bytes = w.jwt, .trust = &trust },
        { .name = "json", .bytes = w.json, .trust = &trust },
    };
    for (size_t i = 0; i < COUNT(things); i++)
        take_signed(&things[i], &kept);
    measure(things, COUNT(things), &a,
            number_of(argc, argv, 1, TIMES_MOST, TIMES));
    return 0;
}
