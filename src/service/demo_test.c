/* [DM5] The day of a demonstration, however much happens on it. */

#include "base/size.h"
#include "base/test.h"
#include "service/demo_parts.h"

static const int64_t minute = INT64_C(60) * 1000000;
static const int64_t hour = INT64_C(3600) * 1000000;

/* Micros since the beginning of the day it is meant to be. */
static int64_t time_of_day(struct demo *d)
{
    return d->clock.clock.now(&d->clock.clock) - day_start_micros(d->today);
}

static void begin(struct demo *d, day today)
{
    *d = (struct demo){ 0 };
    clock_set_init(&d->clock, day_start_micros(today));
    demo_go_to(d, today);
}

TEST(what_happens_on_a_day_of_the_demonstration_happens_before_midnight)
{
    static const struct {
        const char *name;
        int steps;
        int64_t from; /* in minutes: its time of day is after this .. */
        int64_t to;   /* .. and not after that */
    } rows[] = {
        { "nine o'clock", 0, 539, 540 },
        { "a minute later", 1, 540, 541 },
        { "minutes until six", 540, 1079, 1080 },
        { "less than that from then on", 541, 1080, 1081 },
        { "nine hundred, which are fifteen hours", 900, 1080, 1140 },
        { "audits of two thousand cases", 20000, 1380, 1439 },
        { "more than anybody does", 200000, 1439, 1440 },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct demo d;
        bool ordered = true;
        int64_t at;

        begin(&d, 20000);
        at = time_of_day(&d);
        for (int n = 0; n < rows[i].steps; n++) {
            demo_next_minute(&d);
            ordered = ordered && time_of_day(&d) >= at;
            at = time_of_day(&d);
        }
        EXPECT_ROW(rows[i].name, ordered);
        EXPECT_ROW(rows[i].name, at > rows[i].from * minute);
        EXPECT_ROW(rows[i].name, at <= rows[i].to * minute);
        EXPECT_ROW(rows[i].name, at < 24 * hour);
    }
}

TEST(the_next_day_begins_at_nine_however_long_the_last_one_was)
{
    struct demo d;

    begin(&d, 20000);
    for (int n = 0; n < 2000; n++)
        demo_next_minute(&d);
    demo_go_to(&d, 20001);
    EXPECT(time_of_day(&d) == 9 * hour);
}
