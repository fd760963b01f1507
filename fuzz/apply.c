/*
 * The first byte chooses a scheme, the second for how long people go by the
 * rules; then come events that nobody decided on: of any kind, with any data
 * that their tables let in.  Folding is total, a state that broke an invariant
 * decides nothing, and the texts give the same state when read again.
 */

#include "service/test_world.h"

#include "base/arena.h"
#include "base/check.h"
#include "base/heap.h"

enum { FORGED_MOST = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct heap h = HEAP_LIBC;
    scoped(arena_end) struct arena a;
    struct byte_choices c;

    arena_init(&a, &h, 512 << 20);
    if (n < 2)
        return 0;
    byte_choices_init(&c, bytes + 2, n - 2);
    struct walk *w =
        walk_new(&a, world_scheme(bytes[0]), world_calendar(), &c.choices);
    check(w != NULL);
    for (unsigned i = 0; i < bytes[1] && !walk_over(w); i++)
        world_check(w, walk_on(w));
    for (int i = 0; i < FORGED_MOST && !c.choices.over; i++)
        world_check(w, walk_forge(w));
    world_check(w, walk_replay(w));
    return 0;
}
