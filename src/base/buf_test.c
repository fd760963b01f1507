#include "base/buf.h"

#include "base/arena.h"
#include "base/size.h"
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

TEST(a_whole_number_is_written_in_full_whatever_its_sign_and_size)
{
    static const struct {
        int64_t n;
        const char *want;
    } rows[] = {
        { 0, "0" },
        { 9, "9" },
        { 10, "10" },
        { -1, "-1" },
        { -10, "-10" },
        { INT64_MAX, "9223372036854775807" },
        { INT64_MIN, "-9223372036854775808" },
        { INT64_C(1000000000000000000), "1000000000000000000" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        TEST_ARENA(a, 1 << 20);
        struct buf b;

        buf_init(&b, &a, 100);
        buf_int(&b, rows[i].n);
        EXPECT_STR(buf_view(&b), str_of(rows[i].want));
    }
}

TEST(the_limit_holds_however_far_the_buf_had_grown)
{
    /* about the sizes that it grows by */
    static const size_t limits[] = { 1, 62, 63, 64, 65, 127, 128, 200 };

    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        TEST_ARENA(a, 1 << 20);
        struct buf b;

        buf_init(&b, &a, limits[i]);
        for (size_t n = 0; n < limits[i]; n++)
            buf_char(&b, 'x');
        EXPECT(!failed(b.first) && buf_view(&b).n == limits[i]);
        buf_char(&b, 'y');
        EXPECT_ERR(b.first, ERR_LIMIT, "buf.limit");
        EXPECT(buf_view(&b).n == limits[i]);
    }
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

/* [B1] [B2] Taking room beforehand changes neither what is kept nor how much.
 */
TEST(room_that_is_expected_changes_nothing_but_how_often_it_grows)
{
    static const struct {
        const char *why;
        size_t expected;
        size_t limit;
        bool fits; /* the five bytes */
    } rows[] = {
        { "none", 0, 100, true },
        { "less than there is", 3, 100, true },
        { "just so much", 5, 100, true },
        { "more", 50, 100, true },
        { "more than the limit", 1000, 5, true },
        { "and what is kept is more, too", 1000, 4, false },
        { "none, and what is kept is more", 0, 4, false },
    };
    TEST_ARENA(a, 1 << 16);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b;
        str got = S("");

        buf_init(&b, &a, rows[i].limit);
        buf_expect(&b, rows[i].expected);
        buf_char(&b, 'a');
        buf_str(&b, S("bcd"));
        buf_expect(&b, rows[i].expected);
        buf_char(&b, 'e');
        err e = buf_done(&b, &got);
        if (rows[i].fits)
            EXPECT_ROW_OK(rows[i].why, e);
        else
            EXPECT_ROW_ERR(rows[i].why, e, ERR_LIMIT, "buf.limit");
        EXPECT_ROW_STR(rows[i].why, got, rows[i].fits ? S("abcde") : S(""));
    }
}

TEST(room_that_was_expected_is_not_fetched_again)
{
    TEST_ARENA(a, 1 << 16);
    struct buf b;

    buf_init(&b, &a, 10);
    buf_expect(&b, 1000);
    const char *where = b.p;
    buf_str(&b, S("0123456789"));
    EXPECT(b.p == where);
}
