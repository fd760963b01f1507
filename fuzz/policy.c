/* Any bytes as a trust policy: what is read keeps its promises. */

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"
#include "merkle/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* [PO3] A group names what stands before it, and is not impossible. */
static void check_group(const struct trust_policy *p, size_t i)
{
    const struct policy_name *g = &p->names[i];

    check(g->need >= 1 && g->need <= g->member_count);
    for (size_t m = 0; m < g->member_count; m++)
        check(g->members[m] < i && p->names[g->members[m]].taken);
}

static void try_policy(struct arena *a, str s)
{
    const struct trust_policy *p;

    if (failed(policy_read(a, s, &p)))
        return;
    check(p->log_count <= POLICY_LOGS_MAX && p->name_count <= POLICY_NAMES_MAX);
    check(p->quorum == POLICY_QUORUM_NONE ||
          (p->quorum >= 0 && (size_t)p->quorum < p->name_count));
    for (size_t i = 0; i < p->name_count; i++) {
        check(p->names[i].name.n > 0);
        if (p->names[i].group)
            check_group(p, i);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    str s = { (const char *)bytes, n };

    arena_init(&a, &h, 64 << 20);
    try_policy(&a, s);
    return 0;
}
