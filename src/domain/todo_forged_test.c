/* What waits, whatever a journal says. [M4] */

#include "domain/todo.h"
#include "domain/test_walking.h"

static void expect_days(const struct walk *w)
{
    const struct todo_facts f = { DAY_NEVER, false };
    struct list l = { 0 };

    EXPECT_OK(todo_make(w->arena, w->state, &f, &l));
    for (size_t i = 0; i < l.n; i++) {
        const struct task *t = (const struct task *)l.p + i;

        EXPECT(t->opens >= DAY_MIN && t->opens <= DAY_MAX);
        EXPECT(t->due == DAY_NEVER || (t->due >= DAY_MIN && t->due <= DAY_MAX));
    }
}

/* A state that nobody's decisions led to has tasks too, or none; and every one
 * of them has a day that the store can keep. */
TEST(any_journal_gives_tasks_with_days)
{
    TEST_ARENA(a, 512 << 20);
    struct walking x;

    if (!walking_init(&x, &a, "ten-star"))
        return;
    for (uint64_t seed = 0; seed < 4; seed++) {
        struct drawn d = drawn_from(TEST_SEED + seed);
        struct walk *w = walk_new(&a, x.scheme, x.calendar, &d.choices);

        for (int i = 0; i < 60 * (int)seed && !walk_over(w); i++)
            EXPECT_STR(str_of(walk_on(w)), str_of(NULL));
        for (int i = 0; i < 80; i++) {
            (void)walk_forge(w);
            expect_days(w);
        }
    }
}
