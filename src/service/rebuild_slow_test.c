/* A whole demonstration made again from its journals. [RB2] */
#include "service/rebuild.h"

#include "base/size.h"
#include "service/check.h"
#include "service/demo.h"
#include "service/test_projections.h"
#include "service/tick.h"

#include <string.h>

enum { CASES = 15 };

/* Half a year after its last day, so that much is told of. */
static err demonstrate(struct office *o, day today)
{
    const struct demo_wish wish = { .seed = 7, .size = CASES, .today = today };
    struct demo_made demo;
    struct tick_made ticked;

    TRY(office_name_store(o));
    TRY(demo_make(&o->arena, &o->world, o->dir, &wish, &demo));
    TRY(app_open(&o->arena, &o->world, o->dir, APP_WRITE, &o->app));
    return tick(o->app, &o->arena, today + 183, &ticked);
}

static void spoil(struct office *o)
{
    projected_clear(o);
    (void)office_ask(o, "UPDATE person SET roles = 4095, state = 1 - state,"
                        " enterprise = NULL;"
                        "UPDATE enterprise SET name = 'x', scope = 'y',"
                        " province = '', city = '', registered = NULL");
}

EACH_STORE_TEST(every_table_of_a_demonstration_is_made_again_as_it_was)
{
    TEST_WORLD(o, place);
    struct check_counts counts;
    struct rebuilt made;

    if (!EXPECT_OK(demonstrate(&o, office_day("2026-11-20"))))
        return;

    const struct projected before = projected_now(&o);
    for (size_t i = 0; i < PROJECTIONS; i++)
        EXPECT_ROW(projections[i], before.tables[i].n > 0);
    EXPECT(office_count(&o, "SELECT count(*) FROM task WHERE raised = 1") > 0);
    EXPECT(office_count(&o, "SELECT count(*) FROM task WHERE raised = 2") > 0);

    EXPECT_OK(rebuild(o.app, &o.arena, &made)); /* of what is in order */
    expect_projected("nothing was done", &o, &before);
    spoil(&o);
    EXPECT_OK(rebuild(o.app, &o.arena, &made));
    expect_projected("all that can be spoilt", &o, &before);
    EXPECT(made.cases == CASES);
    EXPECT_OK(check_all(o.app, &o.arena, &counts));
}
