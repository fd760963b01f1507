/* A whole demonstration made again from its journals. [RB2] */
#include "service/rebuild.h"

#include "base/size.h"
#include "service/check.h"
#include "service/demo.h"
#include "service/register_import.h"
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

/* Two certificates of another body. */
static void bring_in(struct office *o)
{
    static const char text[] =
        "number,holder,uscc,body,criterion,from,until\n"
        "A1,示例公司," OFFICE_USCC ",示例认证,T 1-2026,2025-03-01,2028-02-29\n"
        "A2,示例公司," OFFICE_USCC ",示例认证,T 1-2026,2025-03-01,2028-02-29\n";
    struct import_counts c;
    str path = S("");

    EXPECT_OK(file_in(&o->arena, o->dir, S("certificates"), &path));
    EXPECT_OK(
        file_write(&o->files, &o->arena, path, str_of(text), FILE_PUBLIC));
    const struct import_order order = {
        .from = { .files = &o->files, .path = path },
        .who = office_as(o, "certificates"),
        .today = office_today(o),
    };
    EXPECT_OK(register_import(o->app, &o->arena, &order, &c));
    EXPECT(c.put == 2);
}

EACH_STORE_TEST(every_table_of_a_demonstration_is_made_again_as_it_was)
{
    TEST_WORLD(o, place);
    struct check_counts counts;
    struct rebuilt made;

    if (!EXPECT_OK(demonstrate(&o, office_day("2026-11-20"))))
        return;
    bring_in(&o);

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
