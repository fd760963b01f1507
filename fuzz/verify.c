/* Any bytes as whatever a stranger may bring: read, checked by what the
 * sample's body publishes, and reported on.  Nothing is proved of bytes that
 * the body did not sign. */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "credential/test_sample.h"
#include "verify/did.h"
#include "verify/thing.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static bool is_refusal(err e)
{
    return e.info->code == ERR_INVALID || e.info->code == ERR_LIMIT;
}

static void try_thing(struct arena *a, str s)
{
    struct did_document keys = { 0 };
    const struct thing_trust trust = { .keys = &keys, .on = test_from };
    struct thing *t = arena_zero(a, sizeof *t);
    struct verify_report r;

    check(t != NULL && !failed(test_did_document(a, &keys)));
    check(!failed(thing_read(a, s, t)));
    check(!failed(t->broken) || is_refusal(t->broken));
    report_begin(&r, a);
    thing_check(&r, t, &trust);
    check(!failed(report_end(&r)) && r.first != NULL);
    if (failed(t->broken))
        check(report_verdict(&r) == VERDICT_REFUTED);
    if (t->has_credential && report_verdict(&r) != VERDICT_REFUTED)
        check(str_eq(t->number, S("71226SC0006R0S")));
}

static void try_parts(struct arena *a, str s)
{
    struct cms_seen seen = { 0 };
    struct log_entry entry = { 0 };
    err e = cms_check(a, s, S("a"), S("b"), &seen);

    check(!failed(e) || is_refusal(e));
    e = entry_read(a, s, &entry);
    check(!failed(e) || is_refusal(e));
    if (!failed(e))
        check(entry.kind.n > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str s = { (const char *)bytes, n };

    arena_init(&a, &h, 256 << 20);
    try_thing(&a, s);
    try_parts(&a, s);
    return 0;
}
