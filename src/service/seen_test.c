/* Which hashes came before. [SN1] */

#include "service/seen.h"

#include "base/test.h"
#include "crypto/hash.h"

static struct hash hash_of(uint32_t n)
{
    struct hash h;

    sha256(&n, sizeof n, h.b);
    return h;
}

/* Of first..last, how many came before. */
static uint32_t add(struct seen *s, uint32_t first, uint32_t last)
{
    uint32_t before = 0;

    for (uint32_t n = first; n <= last; n++) {
        struct hash h = hash_of(n);
        bool was = false;

        EXPECT_OK(seen_add(s, &h, &was));
        before += was;
    }
    return before;
}

TEST(what_came_before_is_known_and_nothing_else)
{
    struct heap heap = HEAP_LIBC;
    scoped(seen_end) struct seen s = { .heap = &heap };

    EXPECT(add(&s, 1, 1000) == 0);
    EXPECT(add(&s, 1, 1000) == 1000);
    EXPECT(add(&s, 901, 1100) == 100);
}

TEST(more_than_there_is_room_for_begins_anew)
{
    struct heap heap = HEAP_LIBC;
    scoped(seen_end) struct seen s = { .heap = &heap };

    EXPECT(add(&s, 1, SEEN_MOST) == 0);
    EXPECT(add(&s, SEEN_MOST + 1, SEEN_MOST + 1) == 0);
    EXPECT(add(&s, 1, 10) == 0); /* forgotten */
    EXPECT(add(&s, SEEN_MOST + 1, SEEN_MOST + 1) == 1);
}

static err add_some(struct heap *h, void *)
{
    scoped(seen_end) struct seen s = { .heap = h };
    bool before;

    for (uint32_t n = 0; n < 100; n++) {
        struct hash one = hash_of(n);

        TRY(seen_add(&s, &one, &before));
    }
    return OK;
}

TEST(memory_that_ends_is_an_error)
{
    EXPECT(test_every_allocation_fails(add_some, NULL, NULL) > 1);
}
