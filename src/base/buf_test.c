#include "base/buf.h"

#include "base/arena.h"
#include "base/test.h"

TEST(buf_collects_what_is_appended)
{
    TEST_ARENA(a, 1 << 20);
    struct buf b;
    str got;

    buf_init(&b, &a, 1000);
    buf_str(&b, S("n="));
    buf_int(&b, INT64_MIN);
    buf_char(&b, ' ');
    buf_hex(&b, (const uint8_t[]){ 0x00, 0xaf }, 2);
    buf_printf(&b, " %03d", 7);
    EXPECT_OK(buf_done(&b, &got));
    EXPECT_STR(got, S("n=-9223372036854775808 00af 007"));
    EXPECT(got.p[got.n] == '\0');
}

TEST(buf_never_holds_more_than_its_limit_and_failure_sticks)
{
    TEST_ARENA(a, 1 << 20);
    struct buf b;
    str got = S("untouched");

    buf_init(&b, &a, 4);
    buf_str(&b, S("1234"));
    EXPECT_STR(buf_view(&b), S("1234"));
    buf_str(&b, S("5"));
    buf_str(&b, S(""));
    EXPECT_STR(buf_view(&b), S("1234"));
    EXPECT_ERR(buf_done(&b, &got), ERR_LIMIT, "buf.limit");
    EXPECT_STR(got, S("untouched"));
}

TEST(an_empty_buf_is_an_empty_text)
{
    TEST_ARENA(a, 1 << 20);
    struct buf b;
    str got;

    buf_init(&b, &a, 0);
    EXPECT_OK(buf_done(&b, &got));
    EXPECT(got.n == 0 && got.p[0] == '\0');
}

static err fill(struct heap *h, void *)
{
    scoped(arena_end) struct arena a;
    struct buf b;
    str got;

    arena_init(&a, h, 1 << 20);
    buf_init(&b, &a, 100000);
    for (int i = 0; i < 50000; i++)
        buf_char(&b, 'x');
    return buf_done(&b, &got);
}

TEST(buf_reports_every_allocation_failure)
{
    EXPECT(test_every_allocation_fails(fill, NULL, NULL) > 1);
}
