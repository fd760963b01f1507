/*
 * The first byte chooses a scheme, each after it what somebody does next: who,
 * on which day, which command, which data.  Whatever decide() says: a refusal
 * changes nothing and has words; events are sealed, read back equal and folded;
 * the invariants hold, and so do the books that were kept beside
 * (domain/test_ledger.h).
 */

#include "service/test_world.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"

enum { STEPS_MOST = 600 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct byte_choices c;

    arena_init(&a, &h, 512 << 20);
    if (n == 0)
        return 0;
    byte_choices_init(&c, bytes + 1, n - 1);
    struct walk *w =
        walk_new(&a, world_scheme(bytes[0]), world_calendar(), &c.choices);
    check(w != NULL);
    while (!walk_over(w) && w->step_count < STEPS_MOST)
        world_check(w, walk_on(w));
    world_check(w, walk_replay(w));
    return 0;
}
