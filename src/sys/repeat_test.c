#include "sys/repeat.h"

#include "base/test.h"

#include <sched.h>
#include <semaphore.h>

#define HOUR (INT64_C(3600) * 1000000)

/* Posts `done` after each turn and waits as `waits` says, turn by turn. */
struct counting {
    struct repeat repeat;
    sem_t done;
    const int64_t *waits;
    _Atomic int turns;
};

static int64_t count_turn(struct repeat *r)
{
    struct counting *c = (struct counting *)r;
    int64_t micros = *c->waits;

    c->turns++;
    if (micros < HOUR && micros != REPEAT_NEVER)
        c->waits++;
    EXPECT(sem_post(&c->done) == 0);
    return micros;
}

static bool begin(struct counting *c, const int64_t *waits)
{
    TEST_ARENA(a, 1 << 12);

    *c = (struct counting){ .repeat = { .turn = count_turn }, .waits = waits };
    EXPECT(sem_init(&c->done, 0, 0) == 0);
    return EXPECT_OK(repeat_start(&c->repeat, &a));
}

static void wait_for(struct counting *c, int turns)
{
    for (int i = 0; i < turns; i++)
        EXPECT(sem_wait(&c->done) == 0);
}

static void finish(struct counting *c)
{
    repeat_stop(&c->repeat);
    EXPECT(sem_destroy(&c->done) == 0);
}

TEST(a_turn_comes_after_another_as_long_as_it_says_when)
{
    static const int64_t waits[] = { 1, 0, 1000, REPEAT_NEVER };
    struct counting c;

    if (!begin(&c, waits))
        return;
    wait_for(&c, 4);
    finish(&c);
    EXPECT(c.turns == 4);
}

/* [RP2] An hour does not pass here.  [RP1] Nor is it over at once: had the
 * moment been told by one clock and awaited by another, there were turns by the
 * thousand. */
TEST(a_stop_ends_a_long_wait)
{
    static const int64_t waits[] = { HOUR };
    struct counting c;

    if (!begin(&c, waits))
        return;
    wait_for(&c, 1);
    for (int i = 0; i < 1000; i++)
        (void)sched_yield();
    finish(&c);
    EXPECT(c.turns == 1);
}

/* [RP3] Whether it waits already or is still at its turn. */
TEST(who_is_woken_takes_another_turn_at_once)
{
    static const int64_t waits[] = { HOUR };
    struct counting c;

    if (!begin(&c, waits))
        return;
    wait_for(&c, 1);
    repeat_wake(&c.repeat);
    wait_for(&c, 1);
    finish(&c);
    EXPECT(c.turns == 2);
}

/* [RP2] */
static int64_t turn_until_stopped(struct repeat *r)
{
    while (!r->stop)
        (void)sched_yield();
    return 0;
}

TEST(a_long_turn_hears_of_the_stop)
{
    TEST_ARENA(a, 1 << 12);
    struct repeat r = { .turn = turn_until_stopped };

    if (!EXPECT_OK(repeat_start(&r, &a)))
        return;
    repeat_stop(&r);
    EXPECT(r.stop);
}
