/* Any bytes as the file of a proof: what is read writes back to the same bytes,
 * and nothing is proved, for nobody has the key. */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "merkle/tlog_proof.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void try_proof(struct arena *a, str s)
{
    const struct trust_policy *policy;
    struct tlog_proof p = { 0 };
    struct policy_seen seen;
    struct hash leaf = { { 1 } };
    str text = { NULL, 0 };

    if (failed(tlog_proof_read(a, s, &p)))
        return;
    if (!failed(tlog_proof_write(a, &p, &text)))
        check(str_eq(text, s));
    if (!failed(policy_read(a,
                            S("log example.com/foo+530d903a+AekyeRrm56hApGFkyQR"
                              "4ZCbV54Id2LKaANYcrnKv3U2k\nquorum none\n"),
                            &policy)))
        check(failed(tlog_proof_check(a, &p, &leaf, policy, &seen)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str s = { (const char *)bytes, n };

    arena_init(&a, &h, 64 << 20);
    try_proof(&a, s);
    return 0;
}
