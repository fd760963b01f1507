#include "base/hex.h"

#include "base/arena.h"
#include "base/id.h"
#include "base/test.h"

TEST(bytes_are_digits_as_they_are_read_again)
{
    static const uint8_t bytes[] = { 0x00, 0x0f, 0xa0, 0xff };
    TEST_ARENA(a, 1 << 20);
    uint8_t again[sizeof bytes];
    str got;

    EXPECT_OK(hex_text(&a, bytes, sizeof bytes, &got));
    EXPECT_STR(got, S("000fa0ff"));
    EXPECT(hex_parse(got, again, sizeof again) &&
           memcmp(again, bytes, sizeof bytes) == 0);
    EXPECT_OK(hex_text(&a, bytes, 0, &got));
    EXPECT(got.n == 0);
}

static err write_digits(struct heap *h, void *)
{
    static const uint8_t bytes[200] = { 1 };
    scoped(arena_end) struct arena a;
    str got;

    arena_init(&a, h, 1 << 20);
    return hex_text(&a, bytes, sizeof bytes, &got);
}

TEST(digits_survive_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(write_digits, NULL, NULL) > 0);
}
