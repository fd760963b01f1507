#include "base/arena.h"

#include "base/check.h"
#include "base/test.h"

#include <stdalign.h>
#include <stdint.h>

TEST(arena_memory_is_zeroed_and_aligned_whatever_the_size)
{
    TEST_ARENA(a, 1 << 20);

    for (size_t n = 0; n < 300; n++) {
        unsigned char *p = arena_zero(&a, n);
        EXPECT(p != NULL);
        EXPECT((uintptr_t)p % alignof(max_align_t) == 0);
        for (size_t i = 0; i < n; i++)
            EXPECT(p[i] == 0);
        if (n > 0)
            memset(p, 0xff, n);
    }
}

TEST(arena_never_takes_more_than_its_limit)
{
    TEST_ARENA(a, 100000);

    EXPECT(arena_zero(&a, 200000) == NULL);
    size_t got = 0;
    while (arena_zero(&a, 1000) != NULL)
        got += 1000;
    EXPECT(got <= 100000);
    EXPECT(got >= 80000);
}

TEST(arena_refuses_sizes_that_overflow)
{
    TEST_ARENA(a, 100000);

    EXPECT(arena_zero(&a, SIZE_MAX) == NULL);
    EXPECT(arena_zero(&a, SIZE_MAX / 2 + 1) == NULL);
    EXPECT(arena_array(&a, SIZE_MAX / 2, 3) == NULL);
}

TEST(arena_str_copies_and_ends_with_nul)
{
    TEST_ARENA(a, 100000);
    char text[] = "abc";
    str got;

    EXPECT(arena_str(&a, (str){ text, 3 }, &got));
    text[0] = 'x';
    EXPECT_STR(got, S("abc"));
    EXPECT(got.p[3] == '\0');
    EXPECT(arena_str(&a, (str){ NULL, 0 }, &got) && got.n == 0);
}

static err ask_often(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;

    arena_init(&a, h, 1 << 20);
    for (int i = 0; i < 5; i++)
        TRY_MEMORY(arena_zero(&a, 20000));
    return OK;
}

TEST(arena_gives_everything_back_when_the_heap_fails)
{
    EXPECT(test_every_allocation_fails(ask_often, NULL, NULL) == 5);
}

TEST(a_reset_arena_is_as_good_as_new)
{
    struct heap_fault f;
    struct arena a;

    heap_fault_init(&f, 0, false);
    arena_init(&a, &f.heap, 100000);
    for (int round = 0; round < 3; round++) {
        unsigned char *small = arena_zero(&a, 100);
        unsigned char *large = arena_zero(&a, 50000);

        check(small != NULL && large != NULL);
        EXPECT(arena_zero(&a, 50000) == NULL);
        for (size_t i = 0; i < 100; i++)
            EXPECT(small[i] == 0);
        memset(small, 0xff, 100);
        memset(large, 0xff, 50000);
        arena_reset(&a);
        EXPECT(f.live <= 1);
    }
    arena_end(&a);
    EXPECT(f.live == 0);
}

/* The block that is kept may be full, and not the newest. */
TEST(a_reset_arena_shows_nothing_of_what_was_in_it)
{
    TEST_ARENA(a, 1 << 20);

    for (int i = 0; i < 2000; i++)
        memset(arena_zero(&a, 16), 0xff, 16);
    arena_reset(&a);
    for (int i = 0; i < 2000; i++) {
        const unsigned char *p = arena_zero(&a, 16);
        for (size_t k = 0; k < 16; k++)
            EXPECT(p[k] == 0);
    }
    arena_reset(&a);
    arena_reset(&a);
    EXPECT(arena_zero(&a, 1) != NULL);
}
