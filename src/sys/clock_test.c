#include "sys/clock.h"

#include "base/test.h"

TEST(the_system_clocks_go_forward_and_agree_with_nothing_else)
{
    struct clock c = CLOCK_SYSTEM;
    int64_t then = c.ticks(&c);

    EXPECT(c.ticks(&c) >= then);
    /* The program was written in 2026; a clock before that is not set. */
    EXPECT(c.now(&c) > INT64_C(1700000000) * 1000000);
}

TEST(a_set_clock_stands_until_it_is_moved)
{
    struct clock_set c;

    clock_set_init(&c, 41);
    EXPECT(c.clock.now(&c.clock) == 41);
    EXPECT(c.clock.ticks(&c.clock) == 41);
    clock_set_forward(&c, 0);
    EXPECT(c.clock.now(&c.clock) == 41);
    clock_set_forward(&c, 1);
    EXPECT(c.clock.now(&c.clock) == 42);
    EXPECT(c.clock.ticks(&c.clock) == 42);
}

TEST(an_instant_is_written_in_utc_with_microseconds)
{
    static const struct {
        const char *why;
        int64_t micros;
        const char *want;
    } rows[] = {
        { "the epoch", 0, "1970-01-01T00:00:00.000000Z" },
        { "one microsecond later", 1, "1970-01-01T00:00:00.000001Z" },
        { "one microsecond before: borrows from the second", -1,
          "1969-12-31T23:59:59.999999Z" },
        { "a leap day", INT64_C(1709208000123456),
          "2024-02-29T12:00:00.123456Z" },
        { "the last microsecond that fits", INT64_C(7258118399999999),
          "2199-12-31T23:59:59.999999Z" },
        { "the one after it clamps", INT64_C(7258118400000000),
          "2199-12-31T23:59:59.999999Z" },
        { "the first that fits", INT64_C(-2208988800000000),
          "1900-01-01T00:00:00.000000Z" },
        { "the one before it clamps", INT64_C(-2208988800000001),
          "1900-01-01T00:00:00.000000Z" },
        { "no instant at all", INT64_MIN, "1900-01-01T00:00:00.000000Z" },
    };
    char out[CLOCK_TEXT];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        EXPECT_ROW_STR(rows[i].why, clock_text(rows[i].micros, out),
                       str_of(rows[i].want));
}
